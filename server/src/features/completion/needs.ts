import type { Catalog } from '../../catalog/catalog.ts';
import type { MemberEntry, StructureEntry } from '../../catalog/entry.ts';
import type { TableFact } from '../../driver/facts.ts';
import {
  anyHolds,
  type Evidence,
  excludeEachOther,
  holds,
  reachingWrites,
  slotState,
} from '../../driver/table-state.ts';
import type { Spot } from './imagined.ts';

/** How much a table needs a member: the first is wanted most. */
export type Urgency = 'required' | 'expected' | 'conditional' | 'optional';

const ORDER: readonly Urgency[] = ['required', 'expected', 'conditional', 'optional'];

export interface OpenMember {
  readonly member: MemberEntry;
  readonly urgency: Urgency;
}

/** What decides whether a member is needed. */
export interface NeedContext {
  readonly table: TableFact;
  readonly structure: StructureEntry;
  readonly evidence: Evidence;
  readonly catalog: Catalog;
  /** The table with what is written to it further on: that decides conditions, too. */
  readonly whole?: TableFact | undefined;
}

/** Members that have no value yet, the most urgent first, each group in the order of the structure. */
export function openMembers(context: NeedContext, isSetLater: (slot: string) => boolean): OpenMember[] {
  const { table, structure } = context;
  const open = structure.members.flatMap((member) => {
    if (isSetLater(member.name)) return [];
    const isSet = ['set', 'null'].includes(slotState(table, member.name));
    const isCopy = isSet && reachingWrites(table, member.name).every(({ form }) => form === 'copied');
    if (isSet && !isCopy) return [];
    const urgency = urgencyOf(member, context);
    // What was copied from defaults has a value; authors overwrite some of them.
    return urgency ? [{ member, urgency: isCopy ? 'optional' : urgency }] : [];
  });
  return ORDER.flatMap((wanted) => open.filter(({ urgency }) => urgency === wanted));
}

/** Undefined for members that the author must not set. */
function urgencyOf(
  member: MemberEntry,
  { whole, table: here, structure, evidence, catalog }: NeedContext,
): Urgency | undefined {
  const table = whole ?? here;
  if (member.need === 'reserved' || member.need === 'output') return undefined;
  const isForbidden = member.forbiddenWhen?.some(
    (rule) => holds(rule.when, table, evidence, catalog) === true,
  );
  if (isForbidden) return undefined;
  const isPartner = structure.pairs?.some(
    (pair) => pair.then.includes(member.name) && holds(pair.if, table, evidence, catalog) === true,
  );
  if (isPartner) return 'required';
  // A table that is only half filled looks like one of a model that needs less; evidence alone counts.
  const excused = anyHolds(member.excusedWhen, table, evidence, catalog) === true;
  if (member.need === 'required') return excused ? 'optional' : 'required';
  if (member.need === 'soft') return excused ? 'optional' : 'expected';
  if (member.need === 'optional') return 'optional';
  const answer = anyHolds(member.requiredWhen, table, evidence, catalog);
  if (answer === true && !excused) return 'required';
  return answer === false || excused ? 'optional' : 'conditional';
}

/** Tells which members of a table are set further on in the same function, where the code goes there. */
export function setLater(spot: Spot, table: TableFact): (slot: string) => boolean {
  const behind = laterTable(spot, table);
  const { branch, range } = spot.call;
  const slots = new Set(
    behind?.writes
      .filter((write) => write.statement.start > range.start && !excludeEachOther(write.branch, branch))
      .map(({ slot }) => slot),
  );
  return (slot) => slots.has(slot);
}

/** The table as it reaches the next call that takes it. */
export const laterTable = ({ facts, call }: Spot, table: TableFact): TableFact | undefined =>
  facts.tables.find(
    (other) =>
      other.atCall !== undefined &&
      other.atCall !== call &&
      other.atCall.range.start > call.range.start &&
      other.structure === table.structure &&
      other.inFunction === table.inFunction &&
      other.display === table.display,
  );
