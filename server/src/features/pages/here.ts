import type { Catalog } from '../../catalog/catalog.ts';
import { pageUrl } from '../../catalog/catalog.ts';
import type { MemberEntry, RoleEntry, StructureEntry } from '../../catalog/entry.ts';
import type { FileFacts, ObjectWrite, SlotWrite, TableFact } from '../../driver/facts.ts';
import { anyHolds, reachingWrites, slotState } from '../../driver/table-state.ts';
import { isExcused } from '../../rules/support/tables.ts';
import type { LineIndex } from '../../text/line-index.ts';
import type { TextRange } from '../../text/range.ts';
import {
  blocks,
  bullets,
  code,
  codes,
  fact,
  footer,
  heading,
  irqlText,
  listed,
  type Page,
  prose,
  section,
  snippet,
} from './build.ts';
import { rolePrototype } from './prototype.ts';
import { roleNamed, titleOf } from './role.ts';
import { textBefore, lastWord } from '../../text/ends.ts';

/** What pages about the driver at hand look at. */
export interface Here {
  readonly facts: FileFacts;
  readonly catalog: Catalog;
  readonly text: string;
  readonly lines: LineIndex;
}

const line = ({ lines }: Here, span: TextRange): string => `line ${lines.positionAt(span.start).line + 1}`;

// ------------------------------------------------------------------------------------------------ a table

/** A variable of a structure type: which members the driver has set before the call. */
export function tablePage(table: TableFact, structure: StructureEntry, here: Here): Page {
  const { atCall, zeroed } = table;
  const listedMembers = structure.members.flatMap(
    (member) => checklistLine(member, table, structure, here) ?? [],
  );
  return {
    title: table.display,
    kind: 'variable',
    url: pageUrl(structure.page),
    markdown: blocks(
      heading(table.display, code(structure.name)),
      atCall && `As it reaches ${code(atCall.name)}, ${line(here, atCall.range)}:`,
      bullets([
        ...listedMembers,
        fact('Not needed, left out', leftOut(table, structure, here)),
        zeroed && `Zeroed, ${line(here, zeroed.range)}.`,
        table.isFullyKnown ? undefined : 'Code out of sight may set more.',
      ]),
      footer(structure.page),
    ),
  };
}

function checklistLine(
  member: MemberEntry,
  table: TableFact,
  structure: StructureEntry,
  here: Here,
): string | undefined {
  const state = slotState(table, member.name);
  if (state === 'set') return `✓ ${code(member.name)} = ${valuesText(reachingWrites(table, member.name))}`;
  const needed = isNeeded(member, table, structure, here);
  if (needed === false) {
    const [write] = reachingWrites(table, member.name);
    return state === 'null' && write ? `– ${code(member.name)} = ${snippet(write.text)}` : undefined;
  }
  if (state === 'unknown') return `? ${code(member.name)}: set out of sight, if at all`;
  if (needed === undefined) return `? ${code(member.name)}: not set; ${conditionNote(member, here)}`;
  return `✗ ${code(member.name)}: ${member.need === 'soft' ? 'expected' : 'required'} but not set`;
}

/** Values of a slot on its branches, the likeliest first. */
const valuesText = (writes: readonly SlotWrite[]): string =>
  listed([...new Set(writes.map((write) => snippet(write.text)))], 'or');

/** Undefined when the facts do not decide a condition that has one in data. */
function isNeeded(
  member: MemberEntry,
  table: TableFact,
  structure: StructureEntry,
  here: Here,
): boolean | undefined {
  if (member.need === 'conditional') {
    if (!member.requiredWhen) return false;
    return anyHolds(member.requiredWhen, table, here.facts, here.catalog);
  }
  if (member.need !== 'required' && member.need !== 'soft') return false;
  const call = table.atCall;
  return !(call && isExcused(here, { table, structure, call }, member));
}

const conditionNote = (member: MemberEntry, { catalog }: Here): string =>
  member.condition ? prose(member.condition, catalog) : 'needed under a condition';

/** Members without value that need none. */
const leftOut = (table: TableFact, structure: StructureEntry, here: Here): string =>
  codes(
    structure.members
      .filter((member) => member.need !== 'reserved' && member.need !== 'output')
      .filter((member) => slotState(table, member.name) === 'unset')
      .filter((member) => isNeeded(member, table, structure, here) === false)
      .map((member) => member.name),
  );

/** What the driver's tables hold in a member, as list items for the member's page. */
export function memberHere(structure: StructureEntry, member: MemberEntry, here: Here): string[] {
  const seen = new Set<number>();
  const items = here.facts.tables
    .filter((table) => table.structure === structure.name)
    .flatMap((table) =>
      reachingWrites(table, member.name)
        .filter((write) => !seen.has(write.range.start) && seen.add(write.range.start))
        .map((write) => `${snippet(write.text)} in ${code(table.display)}, ${line(here, write.range)}`),
    );
  return items.length > 0 ? [`**Here:** ${listed(items)}`] : [];
}

/** What the driver stores in a slot of an object. */
export function slotHere(word: string, here: Here): string[] {
  const writes = here.facts.objectWrites.filter(
    (write) => write.slot === word || slotEnd(write.slot) === word,
  );
  const items = writes.map(
    (write) => `${snippet(write.text)} in ${code(write.slot)}, ${line(here, write.range)}`,
  );
  return items.length > 0 ? [`**Here:** ${listed(items)}`] : [];
}

const slotEnd = (slot: string): string => lastWord(textBefore(slot, '[')) || slot;

// ---------------------------------------------------------------------------------------------- a handler

interface Use {
  readonly role: RoleEntry | undefined;
  readonly text: string;
}

/** A function of the driver that the system calls; undefined for any other function. */
export function handlerPages(name: string, here: Here): Page[] {
  const { facts, catalog } = here;
  const declared = (facts.functions.get(name) ?? []).filter((item) => item.role !== undefined);
  const uses = [...tableUses(name, here), ...objectUses(name, here)];
  const roles = new Set<RoleEntry>();
  for (const { role } of uses) if (role) roles.add(role);
  if (roles.size === 0) {
    for (const { role } of declared) {
      const entry = role === undefined ? undefined : roleNamed(role, catalog);
      if (entry) roles.add(entry);
    }
  }
  return [...roles].map((role) =>
    handlerPage(
      name,
      role,
      uses.filter((use) => use.role === role),
      here,
    ),
  );
}

function handlerPage(name: string, role: RoleEntry, uses: readonly Use[], here: Here): Page {
  const { facts, catalog } = here;
  const declaration = facts.functions.get(name)?.find((item) => item.role !== undefined);
  const declaredAs = declaration
    ? `${code(declaration.role ?? '')}${declaration.uri === facts.uri ? `, ${line(here, declaration.nameRange)}` : ''}`
    : `without its role type; ${code(`${role.name} ${name};`)} lets tools check it.`;
  return {
    title: name,
    kind: 'handler',
    url: pageUrl(role.page),
    markdown: blocks(
      heading(name, `${code(role.title)} of this driver`),
      prose(role.summary, catalog),
      bullets([
        fact('Registered', uses.length > 0 ? uses.map((use) => use.text).join('; ') : 'not in this file'),
        fact('Runs at', irqlText(role.irql, catalog)),
        fact('Partners', partnersText(role, here)),
        fact('Declared', declaredAs),
      ]),
      rolePrototype(role, name),
      section(
        'Notes',
        (role.notes ?? []).map((note) => prose(note, catalog)),
      ),
      footer(role.page, `role ${code(role.name)}`, role.since),
    ),
  };
}

/** Partner roles with the functions that play them here. */
const partnersText = (role: RoleEntry, here: Here): string =>
  listed(
    (role.partners ?? []).map((partner) => {
      const functions = functionsOf(partner, here);
      const title = titleOf(partner, here.catalog);
      return functions.length > 0 ? `${title} is ${listed(functions.map(code))}` : title;
    }),
  );

function functionsOf(roleName: string, { facts, catalog }: Here): string[] {
  const names = new Set<string>();
  for (const { write, member } of handlerWrites(facts, catalog)) {
    if (member.role === roleName && write.value.kind === 'name') names.add(write.value.name);
  }
  if (names.size > 0) return [...names];
  for (const [name, declarations] of facts.functions) {
    if (declarations.some((item) => item.role === roleName)) names.add(name);
  }
  return [...names];
}

function* handlerWrites(
  facts: FileFacts,
  catalog: Catalog,
): Generator<{ write: SlotWrite; member: MemberEntry; table: TableFact }> {
  for (const table of facts.tables) {
    const members = catalog.structures.get(table.structure)?.members ?? [];
    for (const write of table.writes) {
      const member = members.find((item) => item.name === write.slot);
      if (member?.role !== undefined) yield { write, member, table };
    }
  }
}

function tableUses(name: string, here: Here): Use[] {
  const seen = new Set<number>();
  const uses: Use[] = [];
  for (const { write, member, table } of handlerWrites(here.facts, here.catalog)) {
    if (write.value.kind !== 'name' || write.value.name !== name || seen.has(write.range.start)) continue;
    seen.add(write.range.start);
    const call = table.atCall ? `, for ${code(table.atCall.name)}, ${line(here, table.atCall.range)}` : '';
    uses.push({
      role: roleNamed(member.role ?? '', here.catalog),
      text: `as ${code(member.name)} in ${code(table.display)}, ${line(here, write.range)}${call}`,
    });
  }
  return uses;
}

function objectUses(name: string, here: Here): Use[] {
  return here.facts.objectWrites
    .filter((write) => write.value.kind === 'name' && write.value.name === name)
    .map((write) => ({
      role: slotRole(write, here.catalog),
      text: `as ${code(write.slot)}, ${line(here, write.range)}`,
    }));
}

function slotRole(write: ObjectWrite, catalog: Catalog): RoleEntry | undefined {
  const word = slotEnd(write.slot);
  for (const object of catalog.objects.values()) {
    const slot = object.slots.find((item) => slotEnd(item.name) === word);
    if (slot) return roleNamed(slot.role, catalog);
  }
  return undefined;
}
