import { type FunctionEffects, type InitialValue, resolve, variableOf } from './effects.ts';
import type { ArgumentFact, CallFact, Place, Value, ValueFact } from './facts.ts';
import type { TableContext } from './tables.ts';

/** A string and where it is written. */
export type StringFact = ValueFact & { readonly value: Extract<Value, { kind: 'string' }> };

/** A string that a variable gets from another one, which gets it from another one. */
const CHAIN_LIMIT = 4;

/**
 * The string that a variable holds when everything that sets it stores the same literal; undefined when it can be
 * several, when code that cannot be seen may change it, and for everything that is no string.
 */
export function stringIn(
  place: Place,
  fn: FunctionEffects,
  context: TableContext,
  depth = 0,
): StringFact | undefined {
  const { root, path } = resolve(place, fn.aliases);
  if (path.length > 0 || depth > CHAIN_LIMIT || fn.parameters.some(({ name }) => name === root))
    return undefined;
  const isLocal = fn.variables.has(root);
  const variable = variableOf(root, fn, context.globals);
  if (!variable) return undefined;
  const found: (StringFact | undefined)[] = [];
  const initial = isLocal ? undefined : context.globalInitials.get(root);
  if (initial) found.push(initialString(initial, fn, context, depth));
  for (const one of isLocal ? [fn] : context.effects.values()) {
    if (!isLocal && (one.variables.has(root) || one.parameters.some(({ name }) => name === root))) continue;
    found.push(...stringsStored(root, one, context, depth));
  }
  const [first] = found;
  return first && found.every((one) => one?.value.text === first.value.text) ? first : undefined;
}

/** The string that a call makes of a literal in the memory behind one of its arguments. */
export function stringMadeBy(
  call: CallFact,
  index: number,
  fn: FunctionEffects,
  context: TableContext,
): StringFact | undefined {
  const setter = context.catalog.idioms.stringSetters.find(
    ({ name, to }) => name === call.name && to === index,
  );
  return setter && argumentString(call.arguments[setter.from], fn, context, 0);
}

/** Everything that a function stores in a variable; undefined stands for what cannot be told. */
function* stringsStored(
  root: string,
  fn: FunctionEffects,
  context: TableContext,
  depth: number,
): Generator<StringFact | undefined> {
  const { idioms } = context.catalog;
  for (const step of fn.steps) {
    if (step.kind === 'declare') {
      if (step.variable.name === root && step.initial) yield initialString(step.initial, fn, context, depth);
    } else if (step.kind === 'assign') {
      if (step.place?.root !== root) continue;
      const isWhole = step.place.path.length === 0 && !step.compound && !step.targetText.includes('*');
      yield isWhole
        ? valueString(step.value, step.valuePlace, step.valueAddressOf, fn, context, depth)
        : undefined;
    } else {
      const { call } = step;
      const index = call.arguments.findIndex(
        (argument, i) => argument.place?.root === root && step.addresses[i] && argument.text.includes('&'),
      );
      if (index < 0 || idioms.readOnly.includes(call.name) || context.catalog.calls.has(call.name)) continue;
      if (idioms.zeroing.some(({ name }) => name === call.name)) continue;
      const setter = idioms.stringSetters.find(({ name, to }) => name === call.name && to === index);
      yield setter && argumentString(call.arguments[setter.from], fn, context, depth);
    }
  }
}

/** `= MACRO(L"...")`, `= L"..."`, or braces with one string in them. */
function initialString(
  { value, items, place, addressOf }: InitialValue,
  fn: FunctionEffects,
  context: TableContext,
  depth: number,
): StringFact | undefined {
  if (value) return valueString(value, place, addressOf, fn, context, depth);
  const strings = (items ?? []).flatMap((item) => (isString(item) ? [item] : []));
  return strings.length === 1 ? strings[0] : undefined;
}

const argumentString = (
  argument: ArgumentFact | undefined,
  fn: FunctionEffects,
  context: TableContext,
  depth: number,
): StringFact | undefined =>
  argument && valueString(argument, argument.place, argument.text.includes('&'), fn, context, depth);

function valueString(
  fact: ValueFact,
  place: Place | undefined,
  addressOf: boolean,
  fn: FunctionEffects,
  context: TableContext,
  depth: number,
): StringFact | undefined {
  if (isString(fact)) return fact;
  return place && !addressOf ? stringIn(place, fn, context, depth + 1) : undefined;
}

const isString = (fact: ValueFact): fact is StringFact => fact.value.kind === 'string';
