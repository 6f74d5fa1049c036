import type { DriverFunction, FunctionId } from '../../driver/lifecycle/functions.ts';
import { vocabularyOf } from '../../driver/lifecycle/vocabulary.ts';
import type { MapRegistration, MapUndo } from './model.ts';
import { type Call, callsInOrder, inOrder, lastName, type Root, type Scope } from './scope.ts';

/** An undo call with the root that leads to it; one without root is led to by nothing in sight. */
export interface RootedUndo {
  readonly root: Root;
  readonly isUnseen: boolean;
  readonly node: MapUndo;
}

/** Every undo call of the driver, under each function of the system's that leads to it. */
export function undoNodes(
  scope: Scope,
  registrations: readonly MapRegistration[],
  rootOfRegistration: ReadonlyMap<number, FunctionId>,
  rootId: (fn: DriverFunction) => string,
): RootedUndo[] {
  const { catalog, driver, roots, places } = scope;
  const { table } = driver.lifecycle;
  const { undoneBy } = vocabularyOf(catalog);
  const found: RootedUndo[] = [];
  for (const fn of [...table.functions.values()].toSorted(inOrder)) {
    for (const op of callsInOrder(fn)) {
      const call = op.callee;
      if (call === undefined || !undoneBy.has(call)) continue;
      const undone = undoneIn(scope, fn, op, call, registrations);
      const above = roots.filter((root) => table.reachable([root.fn.id]).has(fn.id));
      const from = new Set(
        undone.flatMap((one) => catalog.calls.get(one.call)?.registration?.undo?.from ?? []),
      );
      const add = (root: Root, isUnseen: boolean): void => {
        const registersIt = undone.some(({ number }) => rootOfRegistration.get(number) === root.fn.id);
        const isUnload = root.isUnload || (root.slot !== undefined && from.has(root.slot));
        found.push({
          root,
          isUnseen,
          node: {
            kind: 'undo',
            id: scope.unique(`${rootId(root.fn)}/${call}`),
            state:
              undone.length > 0 && undone.every(({ undoCall }) => undoCall === call) ? 'good' : 'unknown',
            call,
            ...(undone.length === 0 && registrations.some(({ undoCall }) => undoCall === call)
              ? { note: 'with a handle of none of these registrations' }
              : undone.length === 0
                ? { note: 'the registration is not in sight' }
                : undone.some(({ undoCall }) => undoCall !== call)
                  ? { note: 'not the call that undoes it' }
                  : {}),
            registrations: undone.map(({ number }) => number),
            inFunction: fn.flow.fact.name,
            when: isUnseen ? 'unseen' : registersIt ? 'failure' : isUnload ? 'unload' : 'run',
            place: places.within(fn, op.nameRange),
            covers: [places.within(fn, op.statement)],
            problems: [],
          },
        });
      };
      for (const root of above) add(root, false);
      if (above.length === 0)
        add({ fn, slot: undefined, role: undefined, isEntry: false, isUnload: false }, true);
    }
  }
  return found;
}

/** Which registrations a call undoes, by the handle that it gets. */
function undoneIn(
  { catalog, driver, places }: Scope,
  fn: DriverFunction,
  op: Call,
  call: string,
  registrations: readonly MapRegistration[],
): readonly MapRegistration[] {
  const use = driver.handles.uses.find(
    (one) => one.call === call && one.at.fn === fn.id && one.at.range.start === op.range.start,
  );
  // A handle of another registration: that one is what the call gets, whatever it makes of it.
  const candidates = registrations.filter((one) =>
    use?.actual ? use.actual.includes(one.call) : one.undoCall === call,
  );
  if (candidates.length <= 1) return candidates;
  const index = vocabularyOf(catalog).undoArgument.get(call) ?? 0;
  const argument = op.inMacro ? undefined : op.arguments[index];
  const name = argument && lastName(places.text(fn, argument.range));
  const exact = candidates.filter(({ handle }) => handle !== undefined && lastName(handle) === name);
  return exact.length > 0 ? exact : candidates;
}
