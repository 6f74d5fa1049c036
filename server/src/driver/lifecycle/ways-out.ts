import { type Known, NEGATIVE, ZERO } from '../../flow/values.ts';
import type { FunctionId } from './functions.ts';
import type { Held, Spot } from './memory.ts';

/** What has become of one registration when a function returns. */
export interface Standing {
  readonly held: Held;
  /** False when code or values out of sight may have decided otherwise. */
  readonly isSure: boolean;
}

/** One way out of a function that registers and that the system calls. */
export interface WayOut {
  readonly root: FunctionId;
  readonly role: string;
  /** By the status that the function returns. */
  readonly result: 'success' | 'failure' | 'unknown';
  /** The statement that leaves: a jump behind the last test, or the return. */
  readonly at: Spot;
  readonly standings: readonly Standing[];
  /** Several ways as one: what they have in common is told, and what is not told may still have happened. */
  readonly isVague: boolean;
}

/** What a returned value says; the function is not followed by its value when it returns none. */
export function resultOf(value: Known | undefined): WayOut['result'] {
  if (!value) return 'unknown';
  if ((value.mask & NEGATIVE) === 0) return 'success';
  return (value.mask & ZERO) === 0 ? 'failure' : 'unknown';
}
