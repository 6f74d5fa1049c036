import type { StructureEntry } from '../../catalog/entry.ts';
import type { SlotWrite, TableFact } from '../../driver/facts.ts';
import type { Cursor } from '../cursor.ts';
import type { Completion } from './item.ts';
import { describe } from './members.ts';
import { openMembers } from './needs.ts';
import { evidenceOf, type Scene } from './scene.ts';
import { isInitialiser } from './statement.ts';
import { finished, valueOf, valuesOf } from './values.ts';
import type { Chain } from '../cursor.ts';

/** The list of values that the cursor stands in: `NDIS_X chars = { .Header = { |`. */
interface Initialiser {
  readonly structure: StructureEntry;
  /** Name of the variable; undefined for a literal without one. */
  readonly variable: string | undefined;
  /** Index of its outermost brace. */
  readonly open: number;
  /** Members that inner braces stand for: `Header.` */
  readonly prefix: string;
}

/** Members that an initialiser has no designator for yet, behind the dot of one. */
export function designatorItems(scene: Scene, chain: Chain): Completion[] {
  const { cursor, catalog } = scene;
  const found = initialiserAround(scene);
  if (!found) return [];
  const rest = cursor.text.slice(cursor.word.end, cursor.word.end + 100);
  // A designator that is complete is the matter of other tools.
  if (!/^[ \t]*(?:[,}\r\n]|$|\/[/*])/.test(rest)) return [];
  const inner = chain.steps.map(({ name }) => `${name}.`).join('');
  const prefix = found.prefix + inner;
  const table = tableFrom(scene, found);
  const isSetLater = assignedLater(scene, found);
  const hasComma = /^[ \t]*,/.test(rest);
  return openMembers(
    { table, structure: found.structure, evidence: evidenceOf(scene, scene.facts), catalog },
    isSetLater,
  )
    .filter(({ member }) => member.name.startsWith(prefix))
    .map(({ member, urgency }) => {
      const name = member.name.slice(prefix.length);
      return {
        ...describe(found.structure, member, urgency),
        label: `${name} = …`,
        filter: name,
        range: cursor.word,
        before: `${name} = `,
        after: hasComma ? '' : ',',
      };
    });
}

/** Values behind `.Member = ` in an initialiser. */
export function designatedValueItems(scene: Scene, target: number, flags: readonly string[]): Completion[] {
  const { cursor } = scene;
  const found = initialiserAround(scene);
  if (!found) return [];
  const steps = cursor.chainBefore(target)?.steps ?? [];
  const name = found.prefix + [...steps.map((step) => step.name), cursor.textOf(target)].join('.');
  const member = found.structure.members.find((item) => item.name === name);
  if (!member) return [];
  const table = tableFrom(scene, found, target);
  const place = { evidence: evidenceOf(scene, scene.facts) };
  return finished(scene, valuesOf(scene, { member, structure: found.structure, table, flags, place }));
}

/** Undefined where the braces around the cursor belong to no structure of the catalogue. */
function initialiserAround({ cursor, catalog }: Scene): Initialiser | undefined {
  let prefix = '';
  for (let at = cursor.open.length - 1; at >= 0; at--) {
    const open = cursor.open[at] ?? 0;
    if (cursor.textOf(open) !== '{' || !isInitialiser(cursor, open)) return undefined;
    const before = cursor.textOf(open - 1);
    if (before === ')') {
      const structure = typeIn(cursor, cursor.partnerOf(open - 1) ?? open, open, catalog.structures);
      return structure && { structure, variable: undefined, open, prefix };
    }
    if (before !== '=') return undefined; // `{ { |`: which member that is, is told by its place alone
    const name = open - 2;
    const chain = cursor.isWord(name) ? cursor.chainBefore(name) : undefined;
    if (chain?.isDesignator) {
      prefix = [...chain.steps.map((step) => step.name), cursor.textOf(name), ''].join('.') + prefix;
      continue;
    }
    const structure = chain ? undefined : typeIn(cursor, name - 3, name, catalog.structures);
    return structure && { structure, variable: cursor.textOf(name), open, prefix };
  }
  return undefined;
}

/** The structure that one of a few tokens names; a pointer has no members to set. */
function typeIn(
  cursor: Cursor,
  from: number,
  to: number,
  structures: ReadonlyMap<string, StructureEntry>,
): StructureEntry | undefined {
  if (cursor.textOf(to - 1) === '*') return undefined;
  for (let i = to - 1; i >= Math.max(0, from); i--) {
    const text = cursor.textOf(i);
    const structure = cursor.isWord(i) ? structures.get(text) : undefined;
    if (structure) return structure.pointers.includes(text) || structure.isUnion ? undefined : structure;
    if (text === ';' || text === '}' || text === '{') return undefined;
  }
  return undefined;
}

/** The initialiser as a table: what its designators say, before and behind the cursor. */
function tableFrom(
  { cursor }: Scene,
  { structure, open, variable }: Initialiser,
  without?: number,
): TableFact {
  const writes: SlotWrite[] = [];
  const nesting: string[] = [];
  // What follows a half-written item has no comma in front of it.
  const behind = cursor.at + (cursor.startOf(cursor.at) < cursor.word.end ? 1 : 0);
  for (let i = open + 1; i < cursor.size; i++) {
    const text = cursor.textOf(i);
    if (text === '}') {
      if (nesting.length === 0) break;
      nesting.pop();
    } else if (text === ';') break;
    else if (text === '{') nesting.push('');
    else if (text === '.' && (i === behind || ['{', ','].includes(cursor.textOf(i - 1)))) {
      const names: string[] = [];
      while (cursor.textOf(i) === '.' && cursor.isWord(i + 1)) {
        names.push(cursor.textOf(i + 1));
        i += 2;
      }
      const isValue = cursor.textOf(i) === '=' && i - 1 !== without;
      const slot = [...nesting.filter(Boolean), ...names].join('.');
      if (isValue && cursor.textOf(i + 1) === '{') {
        nesting.push(names.join('.'));
        i++;
      } else if (isValue) writes.push(writeFrom(cursor, slot, i + 1));
      else if (names.length > 0) i--;
    }
  }
  const range = { start: cursor.startOf(open), end: cursor.endOf(open) };
  return {
    structure: structure.name,
    accessor: '',
    display: variable ?? '',
    inFunction: cursor.around?.name ?? '',
    storage: 'unknown',
    at: range,
    atCall: undefined,
    writes,
    // Statements behind it may set what it leaves out.
    isFullyKnown: false,
  };
}

function writeFrom(cursor: Cursor, slot: string, from: number): SlotWrite {
  const names: string[] = [];
  let i = from;
  for (; cursor.isWord(i) && cursor.textOf(i + 1) === '|'; i += 2) names.push(cursor.textOf(i));
  if (cursor.isWord(i) && [',', '}'].includes(cursor.textOf(i + 1))) names.push(cursor.textOf(i));
  else names.length = 0;
  const range = { start: cursor.startOf(from), end: cursor.endOf(i) };
  return {
    slot,
    value: valueOf(names),
    text: cursor.text.slice(range.start, range.end),
    range,
    target: range,
    statement: range,
    form: 'designated',
    accessor: '',
    inHelper: false,
    branch: [],
  };
}

/** Members that statements assign to the variable: a table may be filled in both ways. */
function assignedLater({ cursor, facts }: Scene, { variable }: Initialiser): (slot: string) => boolean {
  const tables = facts.tables.filter(
    (table) =>
      table.display === variable &&
      (table.storage !== 'automatic' || table.inFunction === cursor.around?.name),
  );
  const slots = new Set(
    tables.flatMap(({ writes }) =>
      writes.filter(({ form }) => form === 'assignment').map(({ slot }) => slot),
    ),
  );
  return (slot) => slots.has(slot);
}
