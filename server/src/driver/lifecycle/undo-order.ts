import type { Catalog } from '../../catalog/catalog.ts';

/** For each undo call those that must be made before it, where a driver makes both. */
export type UndoOrder = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * What was registered with the handle of another registration is undone before that one; what an associate call joins is
 * undone in the reverse order of its parameters. `isCalled` says which functions the driver calls.
 */
export function undoOrderOf(catalog: Catalog, isCalled: (name: string) => boolean): UndoOrder {
  const order = new Map<string, Set<string>>();
  const undoOf = (call: string): string | undefined => catalog.calls.get(call)?.registration?.undo?.call;
  const add = (first: string | undefined, then: string | undefined): void => {
    if (first === undefined || then === undefined || first === then) return;
    order.set(then, (order.get(then) ?? new Set()).add(first));
  };
  for (const entry of catalog.calls.values()) {
    const sources = entry.parameters.map(({ handleFrom }) => handleFrom ?? []);
    if (entry.registration) for (const source of sources.flat()) add(undoOf(entry.name), undoOf(source));
    if (!entry.association?.inOrder || !isCalled(entry.name)) continue;
    sources.forEach((earlier, index) => {
      for (const later of sources.slice(index + 1).flat()) {
        for (const source of earlier) add(undoOf(later), undoOf(source));
      }
    });
  }
  return order;
}
