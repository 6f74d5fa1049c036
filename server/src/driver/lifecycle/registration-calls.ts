import type { CallEntry } from '../../catalog/entry.ts';
import type { CallOp } from '../../flow/graph.ts';
import { type Known, NEGATIVE, NONZERO, ZERO_VALUE } from '../../flow/values.ts';
import { targetOf } from './call-values.ts';
import { isAgain, withHeld } from './held.ts';
import type { Held } from './memory.ts';
import { HANDLE_OF, STATUS_OF } from './origins.ts';
import { siteOf, spotIn, tell, type Walk, type Way } from './walk.ts';

/** The call succeeds, or it is refused: two ways from here on. */
export function registrationCall(
  walk: Walk,
  op: CallOp,
  entry: CallEntry,
  state: Way,
  args: readonly Known[],
): readonly Way[] {
  const site = siteOf(walk.fn, op.range, entry.name);
  const handleIndex = entry.parameters.findIndex((parameter) => parameter.role === 'handleOut');
  const tableIndex = entry.parameters.findIndex((parameter) => parameter.role === 'table');
  const handle = targetOf(args[handleIndex], op.arguments[handleIndex]?.value, state);
  const table = entry.registration?.copiesTable
    ? targetOf(args[tableIndex], op.arguments[tableIndex]?.value, state)
    : undefined;
  const at = spotIn(walk, op.range);
  let before = state;
  for (const [other, held] of state.memory.held) {
    if (other !== site && isAgain(held, entry, handle)) {
      walk.observations.push({
        kind: 'registered-again',
        first: held,
        at: spotIn(walk, op.nameRange),
        call: entry.name,
      });
    }
  }
  // A table that is registered again was written for that.
  const lateWrites = new Map(
    [...state.memory.lateWrites].filter(([other]) => state.memory.held.get(other)?.table !== table),
  );
  before = before.withMemory({ ...state.memory, lateWrites });
  const held: Held = { state: 'registered', call: entry.name, at, handle, isChecked: false, table };
  const origin = `${STATUS_OF}${site}`;
  let success = before.set(op.result, { ...ZERO_VALUE, origin });
  let failure = before.set(op.result, { mask: failureMask(entry), origin });
  if (handle !== undefined) {
    success = success.set(handle, { mask: NONZERO, origin: `${HANDLE_OF}${site}` });
    failure = failure.set(handle, ZERO_VALUE);
  }
  success = withHeld(success, site, held);
  failure = withHeld(failure, site, { ...held, state: 'failed' });
  return [
    tell(walk, success, 'registered', op.range, entry.name),
    tell(walk, failure, 'failed', op.range, entry.name),
  ];
}

const failureMask = (entry: CallEntry): number => (entry.returns.test === 'exact' ? NONZERO : NEGATIVE);
