import type { CallEntry } from '../../catalog/entry.ts';
import type { DriverFunction, FunctionId } from '../../driver/lifecycle/functions.ts';
import type { Spot } from '../../driver/lifecycle/memory.ts';
import {
  type Expr,
  type FunctionGraph,
  isGlobal,
  isPartOf,
  type Key,
  operandsOf,
  pathOf,
  rootOf,
} from '../../flow/graph.ts';
import type { TextRange } from '../../text/range.ts';
import type { RelatedPlace, RuleContext } from '../rule.ts';
import { relatedAt } from './lifecycle.ts';
import { textBefore } from '../../text/ends.ts';

/** A handler that touches an object at file scope, itself or through what it calls. */
export interface ObjectUser {
  readonly handler: DriverFunction;
  /** Where it is touched, in the handler or a function it calls. */
  readonly at: Spot;
}

/** Where a handler touches the object, as related information. */
export function usedHere(context: RuleContext, { handler, at }: ObjectUser): RelatedPlace {
  const { name } = handler.flow.fact;
  const inner = context.driver.functionOf(at)?.flow.fact.name ?? name;
  return relatedAt(
    context,
    at,
    inner === name ? `'${name}' uses it here` : `'${inner}', which '${name}' calls, uses it here`,
  );
}

/** Structures that hold the handlers of registrations; none when a registration has no handlers. */
function handlerStructures({ catalog }: RuleContext, calls: readonly CallEntry[]): Set<string> {
  const names = calls.flatMap(({ parameters }) => parameters.flatMap(({ structures }) => structures ?? []));
  return new Set(
    names.filter((name) => catalog.structures.get(name)?.members.some(({ role }) => role !== undefined)),
  );
}

export const hasHandlers = (context: RuleContext, calls: readonly CallEntry[]): boolean =>
  handlerStructures(context, calls).size > 0;

/**
 * Functions of the driver that the system calls for registrations: those in members of a structure that the call takes,
 * and those declared with the role of such a member. Unload handlers are none: they end the registration themselves.
 */
export function handlersOf(context: RuleContext, calls: readonly CallEntry[]): DriverFunction[] {
  const { catalog, driver } = context;
  const structures = handlerStructures(context, calls);
  const unloading = new Set(catalog.idioms.unloadSlots);
  const roles = new Set(
    [...structures].flatMap((name) =>
      (catalog.structures.get(name)?.members ?? []).flatMap((member) =>
        member.role === undefined || unloading.has(member.name) ? [] : [member.role],
      ),
    ),
  );
  const found = new Map<FunctionId, DriverFunction>();
  for (const { fn, role, slot, structure } of driver.lifecycle.bindings) {
    const isStored =
      structure !== undefined && structures.has(structure) && slot !== undefined && !unloading.has(slot);
    if (isStored || (slot === undefined && roles.has(role))) found.set(fn.id, fn);
  }
  return [...found.values()];
}

/** The first handler that touches an object; what the excluded functions do with it does not count. */
export function userOf(
  { driver }: RuleContext,
  handlers: readonly DriverFunction[],
  object: Key,
  excluded: ReadonlySet<FunctionId>,
): ObjectUser | undefined {
  const { table } = driver.lifecycle;
  const wanted = firstMember(object);
  const touches = (fn: DriverFunction): boolean => !excluded.has(fn.id) && fn.flow.graph.globals.has(wanted);
  const direct = handlers.find(touches);
  if (direct) return { handler: direct, at: useIn(direct, wanted) };
  for (const handler of handlers) {
    for (const id of table.reachable([handler.id])) {
      const fn = table.functions.get(id);
      if (fn && touches(fn)) return { handler, at: useIn(fn, wanted) };
    }
  }
  return undefined;
}

/** Root and first member: as much as a graph keeps of the places it touches. */
function firstMember(key: Key): Key {
  const [member] = /^\.\w+/.exec(pathOf(key)) ?? [''];
  return rootOf(key) + member;
}

/** Where a function touches an object first; its name when that is in an expression nobody follows. */
function useIn(fn: DriverFunction, object: Key): Spot {
  const { graph, fact } = fn.flow;
  const ranges = [...expressions(graph)].flatMap(({ expr, range }) =>
    (expr.kind === 'place' || expr.kind === 'address') && isPartOf(expr.key, object) ? [range] : [],
  );
  const [first] = ranges.toSorted((a, b) => a.start - b.start);
  const { start } = fact.range;
  return {
    fn: fn.id,
    range: first ?? { start: fact.nameRange.start - start, end: fact.nameRange.end - start },
  };
}

/**
 * Variables at file scope that the handler, or the function that touches the object, tests before anything can be said
 * to happen.
 */
export function testedGlobals(functions: readonly (DriverFunction | undefined)[]): Set<Key> {
  return new Set(
    functions.flatMap((fn) =>
      (fn?.flow.graph.blocks ?? []).flatMap(({ next }) =>
        next.kind === 'branch'
          ? operandsOf(next.test).flatMap((expr) =>
              expr.kind === 'place' && isGlobal(expr.key) ? [textBefore(expr.key, '&')] : [],
            )
          : [],
      ),
    ),
  );
}

/** Every value that a graph reads or whose address it takes, with where. */
function* expressions(graph: FunctionGraph): Generator<{ readonly expr: Expr; readonly range: TextRange }> {
  for (const { ops, next } of graph.blocks) {
    for (const op of ops) {
      if (op.kind === 'assign') {
        yield { expr: { kind: 'place', key: op.to }, range: op.target };
        yield { expr: op.value, range: op.range };
      } else if (op.kind === 'call')
        for (const { value, range } of op.arguments) yield { expr: value, range };
    }
    if (next.kind === 'branch') for (const expr of operandsOf(next.test)) yield { expr, range: next.range };
    if (next.kind === 'switch') yield { expr: next.on, range: next.range };
    if (next.kind === 'return' && next.value) yield { expr: next.value, range: next.range };
  }
}
