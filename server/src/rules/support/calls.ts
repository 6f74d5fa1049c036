import type { Binding } from '../../driver/lifecycle/roots.ts';
import type { CallOp } from '../../flow/graph.ts';
import type { DriverFunction } from '../../driver/lifecycle/functions.ts';
import type { CallFact, FileFacts } from '../../driver/facts.ts';
import type { Evidence } from '../../driver/table-state.ts';
import type { RuleContext } from '../rule.ts';

const evidence = new WeakMap<RuleContext['driver'], Evidence>();

/** Models and calls of the whole driver. */
export function driverEvidence({ driver }: Pick<RuleContext, 'driver'>): Evidence {
  const known = evidence.get(driver);
  if (known) return known;
  const files = [...driver.files.values()];
  const all: Evidence = {
    models: new Set(files.flatMap(({ models }) => [...models])),
    calls: files.flatMap(({ calls }) => calls),
  };
  evidence.set(driver, all);
  return all;
}

/** Functions that the system calls first. */
export function entryFunctions({ driver, catalog }: RuleContext): DriverFunction[] {
  const roles = new Set([...catalog.entryPoints.values()].map(({ role }) => role));
  return functionsOfRole(driver.lifecycle.bindings, (role) => roles.has(role));
}

/** Functions of the driver that the system calls in some role, each once. */
export function functionsOfRole(
  bindings: readonly Binding[],
  isWanted: (role: string) => boolean,
): DriverFunction[] {
  return [...new Set(bindings.filter(({ role }) => isWanted(role)).map(({ fn }) => fn))];
}

/** The fact about the call that an operation of a graph is. */
export function callFactOf(fn: DriverFunction, op: CallOp): CallFact | undefined {
  const start = fn.flow.fact.range.start + op.range.start;
  return fn.file.calls.find(({ range, name }) => range.start === start && name === op.callee);
}

/** Where a call of some file is written: its file and the call. */
export interface PlacedCall {
  readonly file: FileFacts;
  readonly call: CallFact;
}

/** All calls of a name in the driver. */
export const callsNamed = ({ driver }: Pick<RuleContext, 'driver'>, name: string): PlacedCall[] =>
  [...driver.files.values()].flatMap((file) =>
    file.calls.flatMap((call) => (call.name === name ? [{ file, call }] : [])),
  );

/** The handle that a registration gives out, as code at another call can name it. */
export function handleArgument(
  { catalog, driver }: Pick<RuleContext, 'catalog' | 'driver'>,
  { file, call }: PlacedCall,
  at: PlacedCall,
): string | undefined {
  const index = catalog.calls.get(call.name)?.parameters.findIndex(({ role }) => role === 'handleOut') ?? -1;
  const argument = call.arguments[index];
  const text = argument?.text.trim() ?? '';
  if (!/^&[\w.>\-[\]]+$/.test(text)) return undefined;
  const isHere = file === at.file && call.inFunction === at.call.inFunction;
  const isGlobal = argument?.place !== undefined && argument.storage === 'global';
  return isHere || (isGlobal && driver.files.has(at.file.uri)) ? text.slice(1) : undefined;
}
