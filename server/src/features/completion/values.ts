import { valueRules } from '../../catalog/catalog.ts';
import type { MemberEntry, StructureEntry, VersionEntry } from '../../catalog/entry.ts';
import type { TableFact, Value } from '../../driver/facts.ts';
import { holds, onlyValue } from '../../driver/table-state.ts';
import { neededRevision, registeredVersion, revisionOf, sizeRevisionOf } from '../../rules/support/header.ts';
import type { Chain, Cursor } from '../cursor.ts';
import { handlerItems } from './handlers.ts';
import type { Completion } from './item.ts';
import { tableBehind, tablesOf } from './members.ts';
import { laterTable } from './needs.ts';
import { contextOf, type Place, placeAt, type Scene } from './scene.ts';
import { slotItems } from './slots.ts';
import { followsComma, startsStatement, statementFrom } from './statement.ts';

/** The assignment whose value is typed: `chars.Flags = A |`. */
export interface Assignment {
  /** Index of the name that gets the value. */
  readonly target: number;
  /** How the code reaches it; undefined for a plain variable. */
  readonly chain: Chain | undefined;
  /** Flags that the value has already. */
  readonly flags: readonly string[];
}

/** What an item needs from the place it stands at; the rest is the same for all values. */
export type ValueItem = Omit<Completion, 'range' | 'before' | 'after'> & { readonly text: string };

/** Undefined where the cursor stands in no value, or in one that is more than names joined by `|`. */
export function assignmentBefore(cursor: Cursor): Assignment | undefined {
  const flags: string[] = [];
  let i = cursor.at - 1;
  while (cursor.textOf(i) === '|' && cursor.isWord(i - 1)) {
    flags.unshift(cursor.textOf(i - 1));
    i -= 2;
  }
  if (cursor.textOf(i) !== '=') return undefined;
  const before = cursor.text.charAt(cursor.startOf(i) - 1);
  if ('=!<>+-&^*/%'.includes(before) && before !== '') return undefined;
  i -= before === '|' ? 2 : 1;
  if (cursor.textOf(i) === ']') i = (cursor.partnerOf(i) ?? 0) - 1;
  if (!cursor.isWord(i)) return undefined;
  return { target: i, chain: cursor.chainBefore(i), flags };
}

/** Values for the member of a table, or the slot of an object, that a statement assigns to. */
export function valueItems(scene: Scene, { target, chain, flags }: Assignment): Completion[] {
  const { cursor, catalog } = scene;
  if (!chain || chain.isDesignator) return [];
  if (!startsStatement(cursor, chain.first) && !followsComma(cursor, chain.first)) return [];
  const statement = statementFrom(cursor, chain.first);
  const slots = slotItems(scene, chain, target, statement);
  if (slots) return slots;
  const place = placeAt(scene, statement, tablesOf(chain));
  const found = place && tableBehind(chain, place);
  const structure = found && catalog.structures.get(found.table.structure);
  const name = [...(found?.path ?? []), cursor.textOf(target)].join('.');
  const member = structure?.members.find((item) => item.name === name);
  if (!place || !found || !structure || !member) return [];
  return finished(scene, valuesOf(scene, { member, structure, table: found.table, flags, place }));
}

/** Items with the range that they replace. */
export const finished = ({ cursor }: Scene, items: readonly ValueItem[]): Completion[] =>
  items.map(({ text, ...item }) => ({ ...item, range: cursor.word, before: text, after: '' }));

export interface ValueRequest {
  readonly member: MemberEntry;
  readonly structure: StructureEntry;
  readonly table: TableFact;
  readonly flags: readonly string[];
  /** An initialiser is no place on a way through the code: nothing comes later there. */
  readonly place: Pick<Place, 'evidence'> & Partial<Place>;
}

/** What a member may hold, the likeliest first; empty when nobody can say more than the author knows. */
export function valuesOf(scene: Scene, request: ValueRequest): ValueItem[] {
  const { member, structure, table, flags, place } = request;
  const role = member.role === undefined ? undefined : scene.catalog.roles.get(member.role);
  let items: ValueItem[];
  if (flags.length > 0) items = flagItems(scene, request);
  else if (role) items = handlerItems(scene, { role, table }, isPlace(place) ? place : undefined);
  else {
    items = [
      ...headerItems(scene, request),
      ...versionItems(scene, structure, member),
      ...constantItems(scene, member),
      ...flagItems(scene, request),
    ];
  }
  return items.map((item, index) => (index === 0 ? { ...item, isBest: true } : item));
}

const constant = (name: string, detail: string, note?: string): ValueItem => ({
  label: name,
  text: name,
  filter: name,
  kind: 'constant',
  detail,
  ...(note ? { note } : {}),
  subject: { kind: 'name', name },
});

/** Type, revision and size of the object header; what goes with the registered version comes first. */
function headerItems(scene: Scene, { member, structure, table, place }: ValueRequest): ValueItem[] {
  const header = structure.objectHeader;
  if (!header || !member.name.startsWith(`${header.member}.`)) return [];
  const field = member.name.slice(header.member.length + 1);
  if (field === 'Type') {
    return [
      constant(header.type, 'object type of this structure'),
      ...(header.toleratedTypes ?? []).map((name) => constant(name, 'accepted, too')),
    ];
  }
  const tables = [table, isPlace(place) ? laterTable(place, table) : undefined].flatMap((item) => item ?? []);
  const isSize = field === 'Size';
  const other = isSize ? 'Revision' : 'Size';
  const beside = tables.flatMap((item) => {
    const value = onlyValue(item, `${header.member}.${other}`)?.value;
    const revision = value && (isSize ? revisionOf(structure, value) : sizeRevisionOf(structure, value));
    return revision ?? [];
  })[0];
  const version = versionFor(scene, structure, tables);
  const wanted = beside ?? neededRevision(contextOf(scene), structure, version);
  const reason = beside
    ? `goes with the ${other.toLowerCase()} here`
    : version
      ? `for version ${version.version}`
      : '';
  return header.revisions
    .toSorted((a, b) => Number(b === wanted) - Number(a === wanted) || b.revision - a.revision)
    .map((revision) =>
      constant(
        isSize ? revision.size : revision.constant,
        revision === wanted ? reason : `since version ${revision.since}`,
        revision === wanted ? reason : undefined,
      ),
    );
}

const isPlace = (place: ValueRequest['place']): place is Place => place.call !== undefined;

/** The version that the table registers for: as it says itself, or as the build does. */
function versionFor(
  scene: Scene,
  structure: StructureEntry,
  tables: readonly TableFact[],
): VersionEntry | undefined {
  for (const table of tables) {
    const version = registeredVersion(contextOf(scene), table, structure);
    if (version) return version;
  }
  return buildVersion(scene, structure);
}

function buildVersion({ driver, catalog }: Scene, { version }: StructureEntry): VersionEntry | undefined {
  const defines = driver.build?.defines;
  const number = (name: string | undefined) => {
    const text = name === undefined ? undefined : defines?.get(name);
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
  };
  const major = number(version?.majorMacro);
  const minor = number(version?.minorMacro);
  return catalog.versions.find((item) => item.major === major && item.minor === minor);
}

/** The macros that a header makes of the build's version, and that version as a number. */
function versionItems(scene: Scene, structure: StructureEntry, member: MemberEntry): ValueItem[] {
  const { version } = structure;
  if (!version || (member.name !== version.major && member.name !== version.minor)) return [];
  const isMajor = member.name === version.major;
  const build = buildVersion(scene, structure);
  const number = String(isMajor ? build?.major : build?.minor);
  return [
    constant(isMajor ? version.majorMacro : version.minorMacro, 'of the version that the build is for'),
    ...(build
      ? [
          {
            label: number,
            text: number,
            filter: number,
            kind: 'constant' as const,
            detail: `version ${build.version}`,
          },
        ]
      : []),
  ];
}

/** The one value that a member may have. */
const constantItems = (_scene: Scene, member: MemberEntry): ValueItem[] =>
  valueRules(member).flatMap((rule) =>
    rule.kind === 'constant' ? [constant(rule.name, 'the only value')] : [],
  );

/** Flags that the member may have and does not have yet; needed ones first, those that others exclude left out. */
function flagItems(scene: Scene, { member, structure, table, flags, place }: ValueRequest): ValueItem[] {
  const { catalog } = scene;
  const rules = valueRules(member);
  const isExcluded = (name: string) =>
    rules.some(
      (rule) =>
        rule.kind === 'exclusiveFlags' &&
        rule.flags.includes(name) &&
        rule.flags.some((other) => other !== name && flags.includes(other)),
    );
  const needed = rules.flatMap((rule) =>
    rule.kind === 'neededFlag' && holds(rule.when, table, place.evidence, catalog) === true
      ? [rule.flag]
      : [],
  );
  const named = rules.flatMap((rule): readonly string[] => {
    if (rule.kind === 'flags' || rule.kind === 'exclusiveFlags') return rule.flags;
    return rule.kind === 'neededFlag' ? [rule.flag] : [];
  });
  const isAsked = structure.members.some((item) =>
    [...(item.requiredWhen ?? []), ...(item.forbiddenWhen ?? []).map(({ when }) => when)].some(
      (condition) => 'has' in condition && condition.member === member.name,
    ),
  );
  if (named.length === 0 && !isAsked) return [];
  const known = [...catalog.constants.values()]
    .filter(
      ({ kind, of, summary }) => kind === 'flag' && of === structure.name && !/^reserved/i.test(summary),
    )
    .map(({ name }) => name);
  return [...new Set([...needed, ...named, ...known])]
    .filter((name) => !flags.includes(name) && !isExcluded(name))
    .map((name) =>
      needed.includes(name) ? constant(name, 'flag · needed here', 'needed here') : constant(name, 'flag'),
    );
}

/** The flags of a value, for tables whose values are read from tokens. */
export const valueOf = (names: readonly string[]): Value =>
  names.length === 1
    ? { kind: 'name', name: names[0] ?? '', addressOf: false }
    : names.length > 1
      ? { kind: 'flags', names }
      : { kind: 'unknown' };
