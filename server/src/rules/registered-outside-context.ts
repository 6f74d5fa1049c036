import type { CallEntry } from '../catalog/entry.ts';
import { callsOf } from '../driver/lifecycle/function-traits.ts';
import type { DriverFunction } from '../driver/lifecycle/functions.ts';
import type { Binding } from '../driver/lifecycle/roots.ts';
import { defineRule, type Report, type RuleContext } from './rule.ts';
import {
  bindingAt,
  type CallSite,
  callChain,
  chainAt,
  functionsHere,
  isEntry,
  reachableByName,
  sitesOf,
} from './support/reach.ts';

export default defineRule({
  id: 'registered-outside-context',
  severity: 'warning',
  stage: 'stable',
  summary: 'A registration is made from a function that is no place for it.',
  why: 'Windows accepts a registration only while it sets up what the registration belongs to: the driver in its entry point, an adapter in its initialize handler. Elsewhere the call fails, or it is undone at the wrong time.',
  silent:
    'The function is also reached from a right place, at any distance, or it cannot be seen who calls it.',
  pages: ['ddi/ndis/nf-ndis-ndismregisterinterruptex', 'network/writing-ndis-miniport-drivers'],
  *check(context) {
    if (!context.driver.isWhole) return;
    for (const fn of functionsHere(context)) {
      if (!fn.flow.graph.isComplete) continue;
      const seen = new Set<number>();
      for (const op of callsOf(fn.flow.graph)) {
        const entry = op.callee === undefined ? undefined : context.catalog.calls.get(op.callee);
        if (!entry?.registration || !entry.context || seen.has(op.range.start)) continue;
        seen.add(op.range.start);
        const report = misplaced(context, entry, { fn, op }) ?? drawback(context, entry, { fn, op });
        if (report) yield report;
      }
    }
  },
});

/** Reached from handlers, but from none that the call belongs in. */
function misplaced(context: RuleContext, entry: CallEntry, site: CallSite): Report | undefined {
  const { bindings } = context.driver.lifecycle;
  const roles = entry.context?.roles ?? [];
  const good = bindings.filter(({ role }) => roles.includes(role));
  if (good.length === 0 || reaches(context, good, site.fn)) return undefined;
  const outside = bindings.filter((one) => !roles.includes(one.role));
  // Those that a table holds can be shown.
  const others = [
    ...outside.filter(({ slot }) => slot !== undefined),
    ...outside.filter(({ slot }) => slot === undefined),
  ];
  const handler =
    others.find((one) => one.fn === site.fn) ?? others.find((one) => reaches(context, [one], site.fn));
  if (!handler) return undefined;
  const titles = roles.map((role) => titleOf(context, role));
  const binding = bindingAt(context, handler);
  return {
    at: nameRange(context, site),
    message: `'${entry.name}' belongs in ${titles.join(' or ')}, not in '${handler.fn.flow.fact.name}'`,
    help: entry.context?.text ?? '',
    related: [...(binding ? [binding] : []), ...chainAt(context, callChain(context, handler.fn, site.fn.id))],
    page: entry.page,
    about: { call: entry.name },
  };
}

/** Made in a right place that has a drawback for a driver of this kind. */
function drawback(context: RuleContext, entry: CallEntry, site: CallSite): Report | undefined {
  const { bindings } = context.driver.lifecycle;
  for (const { role, onlyWith, because, severity } of entry.context?.drawbacks ?? []) {
    const here = bindings.filter((one) => one.role === role);
    const elsewhere = bindings.filter(
      (one) => one.role !== role && (entry.context?.roles.includes(one.role) ?? false),
    );
    if (!reaches(context, here, site.fn) || reaches(context, elsewhere, site.fn)) continue;
    if (!isOnlyKind(context, entry, onlyWith) || isUndoneEarly(context, entry)) continue;
    return {
      at: nameRange(context, site),
      severity,
      message: `'${entry.name}' in ${titleOf(context, role)}: ${because}`,
      help: entry.context?.text ?? '',
      related: here.flatMap((one) => chainAt(context, callChain(context, one.fn, site.fn.id))),
      page: entry.page,
    };
  }
  return undefined;
}

/** The driver makes the registration, and beside it none of another kind for the whole driver. */
function isOnlyKind(context: RuleContext, entry: CallEntry, wanted: string): boolean {
  const made = [...context.catalog.calls.values()].filter(
    (one) =>
      one.name !== entry.name &&
      one.registration?.lifetime === 'driver' &&
      sitesOf(context, one.name).length > 0,
  );
  return made.length === 1 && made[0]?.name === wanted;
}

/** Some handler before the unload routine undoes it. */
function isUndoneEarly(context: RuleContext, entry: CallEntry): boolean {
  const undo = entry.registration?.undo?.call;
  const { catalog, driver } = context;
  const unload = new Set(catalog.idioms.unloadSlots);
  const { bindings } = driver.lifecycle;
  const early = bindings.filter(
    (one) => !isEntry(context, one) && one.slot !== undefined && !unload.has(one.slot),
  );
  return undo === undefined || sitesOf(context, undo).some(({ fn }) => reaches(context, early, fn));
}

const reaches = (context: RuleContext, from: readonly Binding[], to: DriverFunction): boolean =>
  reachableByName(
    context,
    from.map(({ fn }) => fn.id),
  ).has(to.id);

/** An entry point by its own name, other functions by what they are for. */
function titleOf({ catalog }: RuleContext, role: string): string {
  const entry = [...catalog.entryPoints.values()].find((one) => one.role === role);
  return entry?.function ?? catalog.roles.get(role)?.title ?? role;
}

const nameRange = ({ driver }: RuleContext, { fn, op }: CallSite) =>
  driver.placeOf({ fn: fn.id, range: op.nameRange }).range;
