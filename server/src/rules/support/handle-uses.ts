import type { CallEntry } from '../../catalog/entry.ts';
import { callsOf } from '../../driver/lifecycle/function-traits.ts';
import type { HandleUse } from '../../driver/lifecycle/handles.ts';
import type { RelatedPlace, RuleContext } from '../rule.ts';
import { functionAt, isEntry, nameSpot, reachableByName, sitesOf } from './reach.ts';
import { relatedAt } from './lifecycle.ts';
import { vocabularyOf } from '../../driver/lifecycle/vocabulary.ts';
import { pathOf, rootOf } from '../../flow/graph.ts';

/** A call that gets a handle which it surely does not take. */
export interface WrongUse extends HandleUse {
  readonly actual: readonly string[];
}

/** Calls of this file that get a handle of another kind than they take. */
export function wrongUses(context: RuleContext): WrongUse[] {
  const { driver, facts } = context;
  return driver.handles.uses.flatMap((use) => {
    const { actual, expected } = use;
    const fn = driver.functionOf(use.at);
    if (!actual || !fn?.flow.graph.isComplete || driver.placeOf(use.at).uri !== facts.uri) return [];
    if (actual.some((provider) => expected.includes(provider))) return [];
    return isSure(context, use) ? [{ ...use, actual }] : [];
  });
}

/** Everybody who may write the place is in sight. */
function isSure({ driver }: RuleContext, { key }: HandleUse): boolean {
  if (driver.isWhole) return true;
  if (key === undefined) return false;
  const root = rootOf(key);
  return pathOf(key) === '' && !root.startsWith('::');
}

/** The registration of the driver that the undo would have to belong to does not exist: the call itself is wrong. */
export function isMismatchedUndo(context: RuleContext, use: WrongUse): boolean {
  const { undoneBy } = vocabularyOf(context.catalog);
  const makers = undoneBy.get(use.call);
  if (!makers || !use.actual.every((provider) => rightUndo(context, provider, use.call) !== undefined))
    return false;
  return makers.every(({ name }) => sitesOf(context, name).length === 0);
}

/** The undo of a registration, when it is another one than this. */
export function rightUndo({ catalog }: RuleContext, provider: string, call: string): string | undefined {
  const undo = catalog.calls.get(provider)?.registration?.undo?.call;
  return undo === call ? undefined : undo;
}

/** The function that makes the call, or something it calls, makes the right one, too: a choice by version or model. */
export function alsoCalls({ driver, ...rest }: RuleContext, use: HandleUse, callee: string): boolean {
  const { table } = driver.lifecycle;
  for (const id of reachableByName({ driver, ...rest }, [use.at.fn])) {
    if (table.functions.get(id)?.flow.graph.calls.has(callee)) return true;
  }
  return false;
}

/** Where a handle comes from, for messages: `'X'`, or the handler that gets it. */
export function providerName({ catalog }: RuleContext, provider: string): string {
  const [role, index] = provider.split('#');
  if (index === undefined) return `'${provider}'`;
  return `'${catalog.roles.get(role ?? '')?.title ?? role ?? ''}'`;
}

/** Where the driver gets a handle of this kind, as related information. */
export function providerAt(context: RuleContext, provider: string, message: string): RelatedPlace[] {
  const [role, index] = provider.split('#');
  if (index === undefined)
    return sitesOf(context, provider)
      .slice(0, 1)
      .map((site) => relatedAt(context, nameSpot(site), message));
  const { bindings } = context.driver.lifecycle;
  const binding = bindings.find((one) => one.role === role && !isEntry(context, one));
  return binding ? [functionAt(context, binding.fn, message)] : [];
}

/** The call that a use belongs to. */
export function entryOfUse({ catalog }: RuleContext, { call }: HandleUse): CallEntry | undefined {
  return catalog.calls.get(call);
}

/** Number of handles that a call takes. */
export const callOf = ({ driver }: RuleContext, { at }: HandleUse) => {
  const fn = driver.functionOf(at);
  return fn && callsOf(fn.flow.graph).find((op) => op.range === at.range);
};
