import type { Association, CallEntry, Condition } from '../../catalog/entry.ts';
import type { CallFact, FileFacts } from '../../driver/facts.ts';
import { ANYTHING, CallOrder, type Visit } from '../../driver/lifecycle/order.ts';
import { holds } from '../../driver/table-state.ts';
import type { RuleContext } from '../rule.ts';
import { callFactOf, driverEvidence, entryFunctions } from './calls.ts';

/** A call on the ways through an entry point. */
export interface OrderedCall {
  readonly file: FileFacts;
  readonly call: CallFact;
  /** What may have been called before. */
  readonly before: ReadonlySet<string>;
}

/** Registrations of one entry point that belong together, and the calls that join them. */
export interface JoinedRegistrations {
  readonly entry: CallEntry;
  readonly association: Association;
  /** In the order of the joining call's parameters, each made exactly once. */
  readonly places: readonly OrderedCall[];
  readonly joins: readonly OrderedCall[];
  /** Nothing in the driver joins them, and nothing unseen may. */
  readonly isMissing: boolean;
}

/** For every entry point and every call that joins registrations of it. */
export function* joinedRegistrations(context: RuleContext): Generator<JoinedRegistrations> {
  const { catalog, driver } = context;
  for (const entry of catalog.calls.values()) {
    const { association } = entry;
    if (!association) continue;
    const names = entry.parameters.flatMap(({ handleFrom }) => handleFrom?.slice(0, 1) ?? []);
    const wanted = new Set([entry.name, ...names]);
    if (!names.some((name) => [...driver.files.values()].some(({ names: known }) => known.has(name))))
      continue;
    const { table } = driver.lifecycle;
    const order = new CallOrder(table, (_fn, op) =>
      op.callee !== undefined && wanted.has(op.callee) ? op.callee : undefined,
    );
    const isJoined = [...table.functions.values()].some(({ flow }) => flow.graph.calls.has(entry.name));
    for (const root of entryFunctions(context)) {
      const visits = order.from(root);
      const of = (name: string) => visits.filter(({ label }) => label === name).flatMap(orderedCall);
      const places = names.flatMap((name) => {
        const calls = of(name);
        return calls.length === 1 ? calls : [];
      });
      if (places.length < names.length || !isEvident(context, association.when, places)) continue;
      yield {
        entry,
        association,
        places,
        joins: of(entry.name),
        isMissing: !isJoined && driver.isWhole && !order.within(root).has(ANYTHING),
      };
    }
  }
}

const orderedCall = ({ fn, op, before }: Visit): OrderedCall[] => {
  const call = callFactOf(fn, op);
  return call ? [{ file: fn.file, call, before }] : [];
};

/** Something in the driver, or in a table of the registrations, says that they belong together. */
function isEvident(
  context: RuleContext,
  when: readonly Condition[],
  places: readonly OrderedCall[],
): boolean {
  const evidence = driverEvidence(context);
  const tables = places.flatMap(({ file, call }) => [
    ...(file.registrations.find((item) => item.call === call)?.tables.values() ?? []),
  ]);
  return when.some((condition) =>
    tables.some((table) => {
      const structure = context.catalog.structures.get(table.structure);
      if ('member' in condition && !structure?.members.some(({ name }) => name === condition.member))
        return false;
      return holds(condition, table, evidence, context.catalog) === true;
    }),
  );
}
