import type { Key } from './graph.ts';

/** Classes of a value as a 32-bit status, pointer or flag has them; a set of classes is a mask. */
export const ZERO = 1;
export const POSITIVE = 2;
export const NEGATIVE = 4;
export const NONZERO = POSITIVE | NEGATIVE;
export const NOT_NEGATIVE = ZERO | POSITIVE;
export const ANY = ZERO | POSITIVE | NEGATIVE;

/** What is known of a value. */
export interface Known {
  /** Classes it may have; never empty. */
  readonly mask: number;
  /** The constant it is, by name, or by number in decimal. */
  readonly exact?: string;
  /** The place it was copied from; with a leading `&` the place whose address it is. */
  readonly same?: Key;
  /** Where it comes from, in the words of whoever made it: the outcome of a call, a handle. */
  readonly origin?: string;
  /** Nothing in the function has written it yet. */
  readonly atEntry?: true;
}

export const UNKNOWN_VALUE: Known = { mask: ANY };
export const ENTRY_VALUE: Known = { mask: ANY, atEntry: true };
export const ZERO_VALUE: Known = { mask: ZERO, exact: '0' };

/** A number as C code stores it in 32 bits: what has the highest bit set is a failure status. */
export function knownNumber(value: number): Known {
  if (value === 0) return ZERO_VALUE;
  return { mask: value < 0 || value >= 0x80_00_00_00 ? NEGATIVE : POSITIVE, exact: String(value) };
}

/** What holds on either of two ways. */
export function joinKnown(a: Known, b: Known): Known {
  if (a === b) return a;
  const mask = a.mask | b.mask;
  return {
    mask,
    ...(a.exact !== undefined && a.exact === b.exact ? { exact: a.exact } : {}),
    ...(a.same !== undefined && a.same === b.same ? { same: a.same } : {}),
    ...(a.origin !== undefined && a.origin === b.origin ? { origin: a.origin } : {}),
    ...(a.atEntry && b.atEntry ? { atEntry: true } : {}),
  };
}

/** Text that is equal exactly when all that is known is equal. */
export function knownText(known: Known): string {
  let text = texts.get(known);
  if (text === undefined) {
    const { mask, exact, same, origin, atEntry } = known;
    text = `${mask}${atEntry ? 'e' : ''}|${exact ?? ''}|${same ?? ''}|${origin ?? ''}`;
    texts.set(known, text);
  }
  return text;
}

/** States share what they know, and are compared often. */
const texts = new WeakMap<Known, string>();
