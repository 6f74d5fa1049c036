import type { ObjectEntry } from '../catalog/entry.ts';
import { type FunctionEffects, resolve } from './effects.ts';
import type { EntryPointFact, ObjectWrite, Place } from './facts.ts';
import { type TableContext, typeOfRoot } from './tables.ts';
import type { TextRange } from '../text/range.ts';

/** Functions of the same file that the driver object may be followed into. */
const HELPER_DEPTH = 4;

/** Writes to slots of system objects (`DriverObject->DriverUnload = f`) in a function. */
export function objectWritesIn(fn: FunctionEffects, context: TableContext): ObjectWrite[] {
  const writes: ObjectWrite[] = [];
  for (const step of fn.steps) {
    if (step.kind === 'assign' && step.place && !step.compound) {
      const place = resolve(step.place, step.place.path.length === 0 ? new Map() : fn.aliases);
      const object = objectOf(place, fn, context);
      if (!object || place.path.length === 0) continue;
      const slot = slotName(place.path);
      writes.push({
        ...step.value,
        slot,
        target: step.target,
        statement: step.statement,
        inFunction: fn.fact.name,
        branch: step.branch,
      });
    }
    if (step.kind === 'call') {
      // A fill or copy of a whole slot array, such as the dispatch table.
      step.call.arguments.forEach((argument) => {
        if (!argument.place || argument.place.path.length === 0) return;
        const place = resolve(argument.place, fn.aliases);
        const object = objectOf(place, fn, context);
        if (!object?.slots.some((slot) => slot.name === `${place.path[0]}[]`)) return;
        writes.push({
          value: { kind: 'unknown' },
          text: argument.text,
          range: argument.range,
          slot: `${place.path[0]}[*]`,
          target: argument.range,
          statement: step.call.statement,
          inFunction: fn.fact.name,
          branch: step.branch,
        });
      });
    }
  }
  return writes;
}

function objectOf(place: Place, fn: FunctionEffects, context: TableContext): ObjectEntry | undefined {
  const type = typeOfRoot(place.root, fn, context);
  return type === undefined ? undefined : context.catalog.objects.get(type);
}

/** `MajorFunction[IRP_MJ_PNP]`, `DriverExtension->AddDevice`. */
const slotName = (path: readonly string[]): string =>
  path.reduce(
    (name, part) => (name === '' ? part : part.startsWith('[') ? name + part : `${name}->${part}`),
    '',
  );

/** Entry points that this file defines, with the doubts about their driver object. */
export function entryPointsOf(
  effects: ReadonlyMap<string, FunctionEffects>,
  context: TableContext,
): EntryPointFact[] {
  return [...effects.values()].flatMap((fn): EntryPointFact[] => {
    const entry = context.catalog.entryPoints.get(fn.fact.name);
    if (!entry) return [];
    const object = fn.parameters[entry.driverObject];
    const escapes: TextRange[] = [];
    const helpers = new Set<string>();
    if (object) followObject(fn, object.name, context, escapes, helpers, 0);
    return [{ definition: fn.fact, entry: entry.function, escapes, helpers: [...helpers] }];
  });
}

/** Calls that get the object: catalogue calls are known, functions of this file are followed, all others may do anything. */
function followObject(
  fn: FunctionEffects,
  name: string,
  context: TableContext,
  escapes: TextRange[],
  helpers: Set<string>,
  depth: number,
): void {
  const { catalog, effects } = context;
  for (const step of fn.steps) {
    if (step.kind === 'assign' && step.valuePlace?.root === name && step.valuePlace.path.length === 0) {
      const local = step.place && step.place.path.length === 0 && fn.variables.has(step.place.root);
      const target = step.place && !local ? context.globals.get(step.place.root) : undefined;
      // A global copy lets every other function write slots.
      if (target && step.place?.path.length === 0) escapes.push(step.statement);
    }
    if (step.kind !== 'call') continue;
    step.call.arguments.forEach((argument, index) => {
      if (argument.place?.root !== name || argument.place.path.length > 0) return;
      const callee = step.call.name;
      if (catalog.calls.has(callee) || catalog.idioms.readOnly.includes(callee)) return;
      const helper = effects.get(callee);
      const parameter = helper?.parameters[index];
      if (!helper || !parameter || depth >= HELPER_DEPTH) escapes.push(step.call.range);
      else if (!helpers.has(callee)) {
        helpers.add(callee);
        followObject(helper, parameter.name, context, escapes, helpers, depth + 1);
      }
    });
  }
}
