import type { CallOp } from '../../flow/graph.ts';
import { type Known, UNKNOWN_VALUE } from '../../flow/values.ts';
import { passedOn } from './held.ts';
import { STATUS_OF } from './origins.ts';
import { ownCall } from './own-calls.ts';
import { registrationCall } from './registration-calls.ts';
import { opaqueCall, systemCall } from './system-calls.ts';
import { undoCall } from './undo-calls.ts';
import type { Walk, Way } from './walk.ts';

/** The ways on behind a call: who is called decides what it may do. */
export function followCall(walk: Walk, op: CallOp, state: Way, args: readonly Known[]): readonly Way[] {
  const { callee } = op;
  if (callee === undefined) return [opaqueCall(walk, op, state, args)];
  if (walk.noReturn.has(callee)) return [];
  const { catalog } = walk.view.vocabulary;
  const entry = catalog.calls.get(callee);
  if (entry?.registration) return registrationCall(walk, op, entry, state, args);
  if (walk.view.vocabulary.undoneBy.has(callee)) {
    return [undoCall(walk, op, callee, state).set(op.result, UNKNOWN_VALUE)];
  }
  const status = args.find(({ origin }) => origin?.startsWith(STATUS_OF));
  if (status && op.use === 'used' && walk.view.vocabulary.convertsStatus(callee)) {
    return [passedOn(state, args).set(op.result, withoutExact(status))];
  }
  const own = walk.view.table.resolve(callee, walk.fn.file);
  if (own.kind === 'own') return ownCall(walk, op, own.fn, state, args);
  if (own.kind === 'opaque' && !isSetUp(walk, callee)) return [opaqueCall(walk, op, state, args)];
  return [systemCall(walk, op, callee, state, args)];
}

function isSetUp(walk: Walk, callee: string): boolean {
  const { readies, releases } = walk.view.vocabulary;
  return readies(callee) !== undefined || releases(callee) !== undefined;
}

const withoutExact = ({ exact: _exact, ...rest }: Known): Known => rest;
