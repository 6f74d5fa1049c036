import type { Catalog } from '../../catalog/catalog.ts';
import type { CallEntry } from '../../catalog/entry.ts';
import { ANY, type Known, NEGATIVE, POSITIVE, ZERO_VALUE } from '../../flow/values.ts';

/** What names mean to the analysis of lifecycles: lookups over the catalogue, made once for it. */
export interface Vocabulary {
  readonly catalog: Catalog;
  /** Registration calls that an undo call takes back, by the undo's name. */
  readonly undoneBy: ReadonlyMap<string, readonly CallEntry[]>;
  /** Argument of an undo call that takes the handle. */
  readonly undoArgument: ReadonlyMap<string, number>;
  /** Argument that a call makes ready, by name. */
  readonly readies: (callee: string) => number | undefined;
  /** Argument whose life a call ends. */
  readonly releases: (callee: string) => number | undefined;
  readonly constant: (name: string) => Known;
  readonly convertsStatus: (callee: string) => boolean;
  /** Names that belong to the system, not to the driver. */
  readonly isKernel: (name: string) => boolean;
}

const made = new WeakMap<Catalog, Vocabulary>();

export function vocabularyOf(catalog: Catalog): Vocabulary {
  const known = made.get(catalog);
  if (known) return known;
  const { idioms } = catalog;
  const undoneBy = new Map<string, CallEntry[]>();
  const undoArgument = new Map<string, number>();
  for (const entry of catalog.calls.values()) {
    const undo = entry.registration?.undo;
    if (undo?.call === undefined) continue;
    undoneBy.set(undo.call, [...(undoneBy.get(undo.call) ?? []), entry]);
    undoArgument.set(undo.call, undo.argument ?? 0);
  }
  const success = new Set(idioms.statuses.success);
  const neutral = new Set(idioms.statuses.neutral);
  const failure = new RegExp(idioms.statuses.failure);
  const constants = new Map<string, Known>();
  const constant = (name: string): Known => {
    let value = constants.get(name);
    if (!value) {
      value = classify(name);
      constants.set(name, value);
    }
    return value;
  };
  const classify = (name: string): Known => {
    if (success.has(name)) return ZERO_VALUE;
    const status = catalog.statuses.get(name);
    if (status) {
      const number = Number(status.value);
      if (number === 0) return ZERO_VALUE;
      return { mask: status.ntSuccess ? POSITIVE : NEGATIVE, exact: name };
    }
    if (neutral.has(name)) return { mask: POSITIVE, exact: name };
    if (failure.test(name)) return { mask: NEGATIVE, exact: name };
    return { mask: ANY, exact: name };
  };
  const vocabulary: Vocabulary = {
    catalog,
    undoneBy,
    undoArgument,
    readies: byName(idioms.initialisers, idioms.readyPatterns),
    releases: byName(idioms.releases, idioms.releasePatterns),
    constant,
    convertsStatus: (callee) => callee.length <= NAME_LIMIT && conversion.test(callee),
    isKernel: (name) => kernel.test(name),
  };
  const conversion = new RegExp(idioms.statusConversions);
  const kernel = new RegExp(idioms.kernelFunctions);
  made.set(catalog, vocabulary);
  return vocabulary;
}

/** Longer names are no words. */
const NAME_LIMIT = 256;

/** By list, else by pattern, where argument 0 is meant. */
function byName(
  list: readonly { readonly name: string; readonly argument: number }[],
  patterns: readonly string[],
): (callee: string) => number | undefined {
  const listed = new Map(list.map(({ name, argument }) => [name, argument]));
  const pattern = new RegExp(patterns.join('|'), 'i');
  const found = new Map<string, number | undefined>();
  return (callee) => {
    if (!found.has(callee))
      found.set(
        callee,
        listed.get(callee) ?? (callee.length <= NAME_LIMIT && pattern.test(callee) ? 0 : undefined),
      );
    return found.get(callee);
  };
}
