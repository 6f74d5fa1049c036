import type { MemberEntry, StructureEntry } from '../../catalog/entry.ts';
import type { TableFact } from '../../driver/facts.ts';
import type { Chain, ChainStep } from '../cursor.ts';
import type { Completion } from './item.ts';
import { laterTable, type OpenMember, openMembers, setLater } from './needs.ts';
import { type Place, placeAt, type Scene } from './scene.ts';
import { followsComma, restOfLine, startsStatement, statementFrom } from './statement.ts';
import { tablesInSight, variablesInSight } from './variables.ts';

/** Expressions for everything that a chain goes through, the last first: `&ctx->Chars.Header`, `&ctx->Chars`, `ctx`. */
export const tablesOf = ({ steps }: Chain): string[] =>
  steps.map(({ text, isPointer }) => (isPointer ? text : `&${text}`)).toReversed();

/** The table that a chain goes into, with the member path behind it. */
export function tableBehind(
  { steps }: Chain,
  { tables }: Place,
): { readonly table: TableFact; readonly path: readonly string[] } | undefined {
  for (let count = steps.length; count > 0; count--) {
    const step = steps[count - 1];
    const accessor = step && `${step.text}${step.isPointer ? '->' : '.'}`;
    const table = tables.find((item) => item.accessor === accessor);
    const outer = steps[count - 2];
    if (table)
      return { table: withoutSiblings(table, outer), path: steps.slice(count).map(({ name }) => name) };
  }
  return undefined;
}

/**
 * Without what was written to another structure in the same place: a union holds one after the other, and all of them
 * begin alike.
 */
function withoutSiblings(table: TableFact, outer: ChainStep | undefined): TableFact {
  if (!outer) return table;
  const around = `${outer.text}${outer.isPointer ? '->' : '.'}`;
  const isSibling = (accessor: string) => accessor.startsWith(around) && !accessor.startsWith(table.accessor);
  return { ...table, writes: table.writes.filter(({ accessor }) => !isSibling(accessor)) };
}

/** Members behind `chars.`, where a statement begins with it. */
export function memberItems(scene: Scene, chain: Chain): Completion[] {
  const { cursor, catalog } = scene;
  const isJoined = followsComma(cursor, chain.first);
  if (!isJoined && !startsStatement(cursor, chain.first)) return [];
  const rest = restOfLine(cursor);
  // A member that has its value already is the matter of other tools.
  if ((rest !== '' && rest !== ';') || !isReached(scene, chain)) return [];
  const place = placeAt(scene, statementFrom(cursor, chain.first), tablesOf(chain));
  const found = place && tableBehind(chain, place);
  const structure = found && catalog.structures.get(found.table.structure);
  if (!place || !structure || structure.isUnion) return [];
  const prefix = found.path.map((name) => `${name}.`).join('');
  const end = isJoined || rest === ';' ? '' : ';';
  return openIn(place, found.table, structure, scene)
    .filter(({ member }) => member.name.startsWith(prefix))
    .map(({ member, urgency }) => {
      const name = member.name.slice(prefix.length);
      return {
        ...describe(structure, member, urgency),
        label: `${name} = …`,
        filter: name,
        range: cursor.word,
        before: `${name} = `,
        after: end,
      };
    });
}

/** A pointer is reached by `->`, anything else by a dot; and a variable of another type is no table. */
function isReached(scene: Scene, { steps }: Chain): boolean {
  const [root] = steps;
  const variable = variablesInSight(scene).find(({ name }) => name === root?.name);
  if (!root || !variable) return true;
  const structure = scene.catalog.structures.get(variable.type);
  if (!structure) return steps.length > 1;
  if (root.text !== root.name) return true;
  return root.isPointer === (variable.isPointer || structure.pointers.includes(variable.type));
}

/** What the tables in sight still need, where a statement begins. */
export function statementItems(scene: Scene): Completion[] {
  const { cursor, catalog } = scene;
  if (restOfLine(cursor) !== '') return [];
  const asked = tablesInSight(scene);
  if (asked.length === 0) return [];
  const place = placeAt(scene, statementFrom(cursor, cursor.at), asked);
  if (!place) return [];
  return place.tables
    .filter((table) => isBeingFilled(place, table))
    .flatMap((table) => {
      const structure = catalog.structures.get(table.structure);
      if (!structure || structure.isUnion || !isPassed(structure, scene)) return [];
      return openIn(place, table, structure, scene)
        .filter(({ urgency }) => urgency === 'required' || urgency === 'expected')
        .map(({ member, urgency }) => {
          const text = `${table.accessor}${member.name}`;
          return {
            ...describe(structure, member, urgency),
            label: `${text} = …`,
            filter: text,
            range: cursor.word,
            before: `${text} = `,
            after: ';',
          };
        });
    });
}

const openIn = (
  place: Place,
  table: TableFact,
  structure: StructureEntry,
  { catalog }: Scene,
): OpenMember[] =>
  openMembers(
    { table, structure, evidence: place.evidence, catalog, whole: laterTable(place, table) },
    setLater(place, table),
  );

/** Some call takes it as a table; a mere part of tables needs nothing by itself. */
const isPassed = ({ name }: StructureEntry, { catalog }: Scene): boolean =>
  [...catalog.calls.values()].some(({ parameters }) =>
    parameters.some(({ structures }) => structures?.includes(name)),
  );

/** Something was stored in it on the way here, or it was zeroed, and no call has taken it since. */
function isBeingFilled(place: Place, table: TableFact): boolean {
  const body = place.facts.functions
    .get(table.inFunction)
    ?.find(({ uri, body: own }) => uri === place.facts.uri && own)?.body;
  const isHere = ({ start }: { readonly start: number }) =>
    body !== undefined && start > body.start && start < place.call.range.start;
  const isTouched =
    table.writes.some(({ statement, inHelper }) => !inHelper && isHere(statement)) ||
    (table.zeroed !== undefined && isHere(table.zeroed.range));
  if (!isTouched) return false;
  if (laterTable(place, table)) return true;
  return !place.facts.tables.some(
    (other) =>
      other.atCall !== undefined &&
      other.atCall !== place.call &&
      other.inFunction === table.inFunction &&
      other.display === table.display,
  );
}

/** What is said of a member beside its label. */
export function describe(
  structure: StructureEntry,
  member: MemberEntry,
  urgency: string,
): Pick<Completion, 'detail' | 'note' | 'kind' | 'subject' | 'continues'> {
  const revision = (member.revision ?? 1) > 1 ? ` · revision ${member.revision}` : '';
  return {
    detail: `${urgency} · ${member.role ?? member.type}${revision}`,
    note: urgency,
    kind: 'member',
    continues: true,
    subject: { kind: 'member', structure: structure.name, member: member.name },
  };
}
