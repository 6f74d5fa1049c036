import type { Catalog } from '../catalog/catalog.ts';
import type { Condition } from '../catalog/entry.ts';
import type { BranchPath, FileFacts, SlotWrite, TableFact, Value } from './facts.ts';

/** True when code under `inner` runs only if code under `outer` does. */
export const isWithin = (outer: BranchPath, inner: BranchPath): boolean =>
  outer.length <= inner.length &&
  outer.every((branch, i) => branch.of === inner[i]?.of && branch.arm === inner[i]?.arm);

/** True when both paths are the same alternatives: their values may be compared. */
export const sameBranch = (a: BranchPath, b: BranchPath): boolean => a.length === b.length && isWithin(a, b);

/** True when the paths take different arms of one conditional: they never run together. */
export const excludeEachOther = (a: BranchPath, b: BranchPath): boolean =>
  a.some((branch) => b.some((other) => other.of === branch.of && other.arm !== branch.arm));

/** Writes of a slot, or of a member that contains it, which may hold at the table's point; latest first. */
export function reachingWrites(table: TableFact, slot: string): SlotWrite[] {
  const at = table.atCall?.branch ?? [];
  const result: SlotWrite[] = [];
  for (const write of table.writes.toReversed()) {
    if (write.slot !== slot && !slot.startsWith(`${write.slot}.`)) continue;
    if (excludeEachOther(write.branch, at)) continue;
    result.push(write);
    if (isWithin(write.branch, at)) break; // runs on every path to the point: earlier values are gone
  }
  return result;
}

/**
 * `unset`: nothing writes it and it reads as zero, or as garbage. `null`: every write stores null, 0 or FALSE.
 * `set`: at least one live branch stores something. `unknown`: code that cannot be seen may decide.
 */
export type SlotState = 'unset' | 'null' | 'set' | 'unknown';

export function slotState(table: TableFact, slot: string): SlotState {
  const writes = reachingWrites(table, slot);
  if (writes.some((write) => !isZero(write.value, write.slot === slot))) return 'set';
  if (writes.length === 0) return table.isFullyKnown ? 'unset' : 'unknown';
  const decided = isWithin(writes.at(-1)?.branch ?? [], table.atCall?.branch ?? []);
  return decided || table.isFullyKnown ? 'null' : 'unknown';
}

const isZero = (value: Value, exact: boolean): boolean =>
  exact && (value.kind === 'null' || (value.kind === 'number' && value.number === 0));

/** The slot's only possible value at the point, or undefined when it has several or none. */
export function onlyValue(table: TableFact, slot: string): SlotWrite | undefined {
  const writes = reachingWrites(table, slot);
  const [write] = writes;
  return writes.length === 1 && write && write.slot === slot ? write : undefined;
}

/** What conditions ask of the code around a table: of its file, or of the whole driver. */
export type Evidence = Pick<FileFacts, 'models' | 'calls'>;

/**
 * Evaluates a catalogue condition for a table. Undefined when the facts do not decide it.
 */
export function holds(
  condition: Condition,
  table: TableFact,
  facts: Evidence,
  catalog: Catalog,
): boolean | undefined {
  if ('model' in condition) return facts.models.has(condition.model) ? true : undefined;
  if ('calls' in condition) {
    return facts.calls.some((call) => condition.calls.includes(call.name)) ? true : undefined;
  }
  if ('set' in condition) {
    const state = slotState(table, condition.set);
    return state === 'unknown' ? undefined : state === 'set';
  }
  const writes = reachingWrites(table, condition.member);
  if ('has' in condition) {
    if (writes.length === 0) return table.isFullyKnown ? false : undefined;
    const answers = writes.map(({ value }) => hasFlag(value, condition.has, catalog));
    return agreed(answers);
  }
  const { idioms } = catalog;
  if (writes.length === 0) {
    return table.isFullyKnown
      ? idioms.false.includes(condition.is) || idioms.null.includes(condition.is)
      : undefined;
  }
  return agreed(
    writes.map(({ value }) => {
      if (value.kind === 'name') return value.name === condition.is;
      if (value.kind === 'null')
        return idioms.null.includes(condition.is) || idioms.false.includes(condition.is);
      if (value.kind !== 'number') return undefined;
      if (idioms.true.includes(condition.is)) return value.number !== 0;
      if (idioms.false.includes(condition.is)) return value.number === 0;
      return undefined;
    }),
  );
}

/** Any-of over a list of conditions: true when one holds, false when all fail, else undefined. */
export function anyHolds(
  conditions: readonly Condition[] | undefined,
  table: TableFact,
  facts: Evidence,
  catalog: Catalog,
): boolean | undefined {
  let undecided = false;
  for (const condition of conditions ?? []) {
    const answer = holds(condition, table, facts, catalog);
    if (answer) return true;
    if (answer === undefined) undecided = true;
  }
  return undecided ? undefined : false;
}

/** Whether a flags value contains a flag; undefined when the value cannot be told. */
export function hasFlag(value: Value, flag: string, catalog: Catalog): boolean | undefined {
  const bits = Number(catalog.constants.get(flag)?.value ?? Number.NaN);
  switch (value.kind) {
    case 'null':
      return false;
    case 'number':
      return Number.isNaN(bits) ? undefined : (value.number & bits) !== 0;
    case 'name':
    case 'flags': {
      const names = value.kind === 'name' ? [value.name] : value.names;
      if (names.includes(flag)) return true;
      return names.every((name) => catalog.constants.has(name)) ? false : undefined;
    }
    default:
      return undefined;
  }
}

const agreed = (answers: readonly (boolean | undefined)[]): boolean | undefined =>
  answers.every((answer) => answer === answers[0]) ? answers[0] : undefined;
