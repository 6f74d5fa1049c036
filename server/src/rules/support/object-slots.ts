import type { FileFacts } from '../../driver/facts.ts';
import { callsOf } from '../../driver/lifecycle/function-traits.ts';
import { type DriverFunction, idOf } from '../../driver/lifecycle/functions.ts';
import type { CallFact } from '../../driver/facts.ts';
import { isGlobal, pathOf, rootOf } from '../../flow/graph.ts';
import type { RuleContext } from '../rule.ts';
import { entryFunctions } from './calls.ts';
import { withIndex } from '../../text/ends.ts';

/** True when any function of the driver stores something in the slot, or fills the array it belongs to. */
export function isSlotSet({ driver }: RuleContext, slot: string): boolean {
  const fill = withIndex(slot, '*');
  return [...driver.files.values()].some(({ objectWrites }) =>
    objectWrites.some(
      (write) =>
        (write.slot === slot || (fill !== slot && write.slot === fill)) && write.value.kind !== 'null',
    ),
  );
}

/** The entry point that a call hangs on, when everything that gets the driver object from there can be seen. */
export function ownerOfObject(context: RuleContext, call: CallFact): DriverFunction | undefined {
  const { facts, driver } = context;
  const { table } = driver.lifecycle;
  const entries = entryFunctions(context);
  const id = idOf(facts.uri, call.inFunction);
  const owners = entries.filter((entry) => entry.id === id || table.reachable([entry.id]).has(id));
  const [owner] = owners;
  return owner && owners.length === 1 && !escapes(context, owner) ? owner : undefined;
}

/** Whether the driver object reaches code that cannot be seen. */
function escapes(context: RuleContext, entry: DriverFunction): boolean {
  const { catalog, driver } = context;
  const { table } = driver.lifecycle;
  const point = entry.file.entryPoints.find(({ definition }) => definition.name === entry.flow.fact.name);
  const index = point && catalog.entryPoints.get(point.entry)?.driverObject;
  const parameter = index === undefined ? undefined : entry.flow.graph.parameters[index];
  // What the files say alone: nothing leaves the entry point's own file.
  if (point?.escapes.length === 0) return false;
  if (parameter === undefined || !driver.isWhole) return true;
  const todo: { readonly fn: DriverFunction; readonly object: string }[] = [{ fn: entry, object: parameter }];
  const seen = new Set<string>();
  for (let at = todo.pop(); at; at = todo.pop()) {
    const { fn, object } = at;
    if (seen.has(`${fn.id} ${object}`)) continue;
    seen.add(`${fn.id} ${object}`);
    if (!fn.flow.graph.isComplete) return true;
    for (const { ops } of fn.flow.graph.blocks) {
      for (const op of ops) {
        if (op.kind !== 'assign') continue;
        // Through a variable of another type: a cast, which no fact about slots knows.
        if (isGlobal(object) && rootOf(op.to) === object && pathOf(op.to) !== '') return true;
        if (op.value.kind !== 'place' || op.value.key !== object || pathOf(op.to) !== '') continue;
        if (!isGlobal(op.to)) todo.push({ fn, object: op.to });
        else if (!isObject(fn.file, op.to, catalog)) {
          const { to } = op;
          todo.push(...[...table.functions.values()].map((other) => ({ fn: other, object: to })));
        }
      }
    }
    for (const op of callsOf(fn.flow.graph)) {
      const given = op.arguments.findIndex(({ value }) => value.kind === 'place' && value.key === object);
      if (given < 0 || catalog.calls.has(op.callee ?? '')) continue;
      const callee = op.callee === undefined ? undefined : table.resolve(op.callee, fn.file);
      const name = callee?.kind === 'own' ? callee.fn.flow.graph.parameters[given] : undefined;
      if (callee?.kind === 'own' && name !== undefined) todo.push({ fn: callee.fn, object: name });
      else if (!isReader(context, op.callee)) return true;
    }
  }
  return false;
}

/** Functions that are known to set no slot. */
const isReader = ({ catalog }: RuleContext, callee: string | undefined): boolean =>
  callee !== undefined &&
  (catalog.idioms.readOnly.includes(callee) || new RegExp(catalog.idioms.kernelFunctions).test(callee));

/** A variable at file scope that is declared as such an object: writes through it are seen. */
const isObject = (file: FileFacts, key: string, catalog: RuleContext['catalog']): boolean =>
  catalog.objects.has(file.globals.get(key)?.type ?? '');

/** `MajorFunction[IRP_MJ_SYSTEM_CONTROL]` gives `SystemControl`; other slots are named by their role. */
export function slotStem(slot: string): string | undefined {
  const code = /\[(\w+)\]/.exec(slot)?.[1]?.split('_').slice(2);
  return code?.map((word) => word.charAt(0) + word.slice(1).toLowerCase()).join('') || undefined;
}
