import type { MemberEntry, StructureEntry } from '../../catalog/entry.ts';
import type { CallFact, SlotWrite, TableFact } from '../../driver/facts.ts';
import { anyHolds, type Evidence, slotState } from '../../driver/table-state.ts';
import { rootOf } from '../../flow/graph.ts';
import type { RuleContext } from '../rule.ts';

export interface RegisteredTable {
  readonly call: CallFact;
  readonly table: TableFact;
  readonly structure: StructureEntry;
}

/** Tables that reach a registration or service call, each with its structure's entry. */
export function* registeredTables(
  context: Pick<RuleContext, 'facts' | 'driver' | 'catalog'>,
): Generator<RegisteredTable> {
  const { facts, catalog } = context;
  for (const { call, tables } of facts.registrations) {
    for (const table of tables.values()) {
      const structure = catalog.structures.get(table.structure);
      if (structure) yield { call, table: settled(context, table), structure };
    }
  }
}

/**
 * True when a call that takes another structure gets the same written value, as arms of one union do: what suits one does
 * not suit the other.
 */
export const isSharedWithOther = (
  { facts }: Pick<RuleContext, 'facts'>,
  { structure }: RegisteredTable,
  { range }: SlotWrite,
): boolean =>
  facts.registrations.some(({ tables }) =>
    [...tables.values()].some(
      (other) =>
        other.structure !== structure.name && other.writes.some((write) => write.range.start === range.start),
    ),
  );

/** Without the members that it is a copy of, when another file may have changed those. */
function settled({ facts, driver }: Pick<RuleContext, 'facts' | 'driver'>, table: TableFact): TableFact {
  const { copyOf } = table;
  if (copyOf === undefined) return table;
  const touches = [...driver.files.values()].some(
    (file) =>
      file !== facts &&
      [...file.flows.values()].some(({ graph }) => [...graph.globals].some((key) => rootOf(key) === copyOf)),
  );
  if (driver.isWhole && !touches) return table;
  return { ...table, isFullyKnown: false, writes: table.writes.filter(({ form }) => form !== 'copied') };
}

/** Names in a list for a message: `'A'`, `'A' and 'B'`, `'A', 'B' and 'C'`. */
export function quoteList(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.pop();
  return quoted.length === 0 ? (last ?? '') : `${quoted.join(', ')} and ${last}`;
}

/**
 * True when the member's requirement falls away, or may fall away: a table may belong to a model whose
 * evidence stands in another file. The sign for that is that everything the model excuses is left out.
 */
export function isExcused(
  context: { readonly facts: Evidence; readonly catalog: RuleContext['catalog'] },
  { table, structure }: RegisteredTable,
  member: MemberEntry,
): boolean {
  const { facts, catalog } = context;
  if (anyHolds(member.excusedWhen, table, facts, catalog) === true) return true;
  return (member.excusedWhen ?? []).some((condition) => {
    if (!('model' in condition)) return false;
    const alike = structure.members.filter(
      (other) =>
        (other.need === 'required' || other.need === 'soft') &&
        other.excusedWhen?.some((item) => 'model' in item && item.model === condition.model),
    );
    return alike.length > 1 && alike.every((other) => slotState(table, other.name) !== 'set');
  });
}
