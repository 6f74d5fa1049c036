import type { DriverFunction, FunctionId } from '../driver/lifecycle/functions.ts';
import { callsOf } from '../driver/lifecycle/function-traits.ts';
import type { Binding } from '../driver/lifecycle/roots.ts';
import { unloadRoutines } from '../driver/lifecycle/roots.ts';
import { vocabularyOf } from '../driver/lifecycle/vocabulary.ts';
import { defineRule, type RuleContext } from './rule.ts';
import { bindingAt, callChain, chainAt, functionsHere, isEntry, reachableByName } from './support/reach.ts';

export default defineRule({
  id: 'deregistered-in-wrong-callback',
  severity: 'warning',
  stage: 'stable',
  summary: 'A registration is undone from a handler that must not do it.',
  why: 'The undo of a driver waits until no handler of it runs any more. Called from one of these handlers it waits for itself and never returns, and everything behind it in the network stack stops. What belongs to an adapter has its own two places, the handlers that set the adapter up and take it down.',
  silent:
    'The unload routine or the entry point reach the undo, too, or the documents do not say where the call belongs.',
  pages: ['ddi/ndis/nf-ndis-ndisderegisterprotocoldriver', 'ddi/ndis/nf-ndis-ndismderegisterinterruptex'],
  *check(context) {
    const { undoneBy } = vocabularyOf(context.catalog);
    for (const fn of functionsHere(context)) {
      if (!fn.flow.graph.isComplete) continue;
      const seen = new Set<number>();
      for (const op of callsOf(fn.flow.graph)) {
        const undone = op.callee === undefined ? undefined : undoneBy.get(op.callee);
        const undo = op.callee === undefined ? undefined : context.catalog.calls.get(op.callee);
        const roles = undo?.context?.roles;
        if (!undone || !undo || !roles || roles.length === 0 || seen.has(op.range.start)) continue;
        seen.add(op.range.start);
        const handler = wrongHandler(context, fn, roles);
        if (!handler) continue;
        const { range } = context.driver.placeOf({ fn: fn.id, range: op.nameRange });
        const name = handler.fn.flow.fact.name;
        const through = handler.fn === fn ? '' : `, through '${fn.flow.fact.name}'`;
        const ofDriver = undone.every(({ registration }) => registration?.lifetime === 'driver');
        const binding = bindingAt(context, handler);
        yield {
          at: range,
          message: `'${undo.name}' must not be called from '${name}', a handler in '${handler.slot ?? ''}'${through}`,
          help: ofDriver
            ? 'it waits until no handler runs any more: called from one of them it never returns'
            : (undo.context?.text ?? ''),
          related: [
            ...(binding ? [binding] : []),
            ...chainAt(context, callChain(context, handler.fn, fn.id)),
          ],
          page: undo.page,
        };
      }
    }
  },
});

/** A handler in a table from which the function is reached, when it is no place for the call and no good one leads there. */
function wrongHandler(
  context: RuleContext,
  fn: DriverFunction,
  roles: readonly string[],
): Binding | undefined {
  const { table, bindings } = context.driver.lifecycle;
  const above = table.above([fn.id]);
  const leading = bindings.filter((binding) => above.has(binding.fn.id));
  if (leading.length === 0) return undefined;
  if (reachedRightly(context, roles).has(fn.id)) return undefined;
  return leading.find(({ structure }) => structure !== undefined);
}

/** Functions that run because an entry point, an unload routine or a handler of one of the roles does. */
function reachedRightly(context: RuleContext, roles: readonly string[]): ReadonlySet<FunctionId> {
  const { driver, catalog } = context;
  let known = reached.get(driver);
  if (!known) reached.set(driver, (known = new Map<string, ReadonlySet<FunctionId>>()));
  const key = roles.join();
  let found = known.get(key);
  if (!found) {
    const { table, bindings } = driver.lifecycle;
    const good = bindings.filter((one) => isEntry(context, one) || roles.includes(one.role));
    const assigned = unloadRoutines(table, catalog.idioms.unloadSlots);
    found = reachableByName(context, [...good.map(({ fn: { id } }) => id), ...(assigned?.keys() ?? [])]);
    known.set(key, found);
  }
  return found;
}

/** Asked for every call that undoes something. */
const reached = new WeakMap<RuleContext['driver'], Map<string, ReadonlySet<FunctionId>>>();
