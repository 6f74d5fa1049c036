/** The same items in the same order; by identity, unless the caller knows better. */
export const sameItems = <T>(
  a: readonly T[],
  b: readonly T[],
  isSame: (a: T, b: T) => boolean = Object.is,
): boolean => a.length === b.length && a.every((item, index) => isSame(item, b[index] as T));
