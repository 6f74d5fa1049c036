import { type CallOp, isGlobal, pathOf, rootOf } from '../../flow/graph.ts';
import { ZEROED } from '../../flow/simulate.ts';
import { ENTRY_VALUE, type Known, UNKNOWN_VALUE, ZERO, ZERO_VALUE } from '../../flow/values.ts';
import { resultOf, targetOf } from './call-values.ts';
import { lost, passedOn, withoutTable } from './held.ts';
import type { Held, Site } from './memory.ts';
import { HANDLE_OF, STATUS_OF } from './origins.ts';
import { READY_AS, readyOrReleased } from './readiness.ts';
import type { Walk, Way } from './walk.ts';

/** A function of the system, or one that nobody knows: it changes only what it gets the address of. */
export function systemCall(walk: Walk, op: CallOp, callee: string, state: Way, args: readonly Known[]): Way {
  const { idioms } = walk.view.vocabulary.catalog;
  let result = resultOf(op, walk.fn);
  const zeroing = idioms.zeroing.find(({ name }) => name === callee);
  if (zeroing) {
    const filler = zeroing.value === undefined ? undefined : args[zeroing.value];
    const expr = op.arguments[zeroing.pointer]?.value;
    const target = targetOf(args[zeroing.pointer], expr, state);
    if (target === undefined) return state.set(op.result, result);
    const value = filler && filler.mask !== ZERO ? UNKNOWN_VALUE : ZERO_VALUE;
    const base = expr?.kind === 'place' ? expr.key : target;
    const next = state.fill(base, value, expr?.kind === 'address');
    return withoutTable(next, target).set(op.result, result);
  }
  if (idioms.zeroingAllocators.includes(callee)) return state.set(op.result, { ...result, origin: ZEROED });
  if (idioms.initialisingResults.includes(callee)) {
    const needsHandle = args.some(({ origin }) => origin?.startsWith(HANDLE_OF));
    return state.set(op.result, { ...result, ...(needsHandle ? {} : { origin: READY_AS }) });
  }
  let next = readyOrReleased(walk, op, callee, state, args);
  if (op.use === 'used' && !walk.view.vocabulary.isKernel(callee)) {
    // A macro or function that nobody defines here: what it says is an assumption, and may be a test of a status.
    next = passedOn(next, args);
    for (const { origin } of args)
      if (origin?.startsWith(STATUS_OF)) next = lost(next, origin.slice(STATUS_OF.length));
    result = ENTRY_VALUE;
  }
  if (idioms.readOnly.includes(callee)) return next.set(op.result, result);
  // The system writes only what it gets the address of.
  op.arguments.forEach(({ value }) => {
    if (value.kind !== 'address') return;
    const isLocal = !isGlobal(value.key) && pathOf(value.key) === '';
    next = next.fill(value.key, isLocal ? UNKNOWN_VALUE : ENTRY_VALUE, true);
  });
  return next.set(op.result, result);
}

/** Anything may have happened: registrations may be gone, variables may hold anything. */
export function opaqueCall(walk: Walk, op: CallOp, state: Way, args: readonly Known[]): Way {
  let next = passedOn(state, args);
  const held = new Map<Site, Held>(
    [...next.memory.held].map(([site, one]) => [
      site,
      one.state === 'registered' ? { ...one, state: 'lost' } : one,
    ]),
  );
  const undone = next.memory.undone.map((one) => ({ ...one, isPast: true as const }));
  next = next.withMemory({ ...next.memory, held, undone });
  const globals = new Set([...next.values.keys()].filter(isGlobal).map(rootOf));
  for (const root of globals) next = next.fill(root, ENTRY_VALUE, true);
  op.arguments.forEach(({ value }) => {
    if (value.kind === 'address')
      next = next.fill(value.key, isGlobal(value.key) ? ENTRY_VALUE : UNKNOWN_VALUE, true);
    else if (value.kind === 'place') next = next.fill(value.key, ENTRY_VALUE, false);
  });
  return next.set(op.result, resultOf(op, walk.fn));
}
