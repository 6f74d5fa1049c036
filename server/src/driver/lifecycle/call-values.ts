import { type CallOp, type Expr, isGlobal, type Key } from '../../flow/graph.ts';
import { type Known, UNKNOWN_VALUE } from '../../flow/values.ts';
import type { DriverFunction } from './functions.ts';
import { RESULT_OF } from './origins.ts';
import type { Way } from './walk.ts';

/** Where an argument points: the place whose address it is, or what a pointer variable leads to. */
export function targetOf(known: Known | undefined, expr: Expr | undefined, state: Way): Key | undefined {
  if (known?.same?.startsWith('&')) return known.same.slice(1);
  if (expr?.kind === 'address') return state.resolve(expr.key);
  if (expr?.kind !== 'place') return undefined;
  return state.resolve(`${expr.key}.*`);
}

/** The object at file scope that a lock or list call is about. */
export function objectOf(known: Known | undefined, expr: Expr | undefined, state: Way): Key | undefined {
  if (expr?.kind === 'place') {
    const key = state.resolve(expr.key);
    return isGlobal(key) ? key : undefined;
  }
  const target = targetOf(known, expr, state);
  return target !== undefined && isGlobal(target) ? target : undefined;
}

export const resultOf = (op: CallOp, { tag }: DriverFunction): Known => ({
  ...UNKNOWN_VALUE,
  origin: `${RESULT_OF}${op.range.start}-${op.range.end}:${op.callee ?? ''}:${tag}`,
});
