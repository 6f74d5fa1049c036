import type { CallFact, EntryPointFact, FunctionFact } from '../../driver/facts.ts';
import type { RuleContext } from '../rule.ts';

/** Names of the entry point's own driver object and registry path, where a call stands in it. */
export interface EntryArguments {
  readonly entry: EntryPointFact;
  readonly driverObject: { readonly index: number; readonly name: string };
  readonly registryPath: { readonly index: number; readonly name: string };
}

/** The entry point that a function is, with its parameters. */
export function entryArguments(
  { facts, catalog }: RuleContext,
  inFunction: string,
): EntryArguments | undefined {
  const entry = facts.entryPoints.find((item) => item.definition.name === inFunction);
  const known = entry && catalog.entryPoints.get(entry.entry);
  if (!entry || !known) return undefined;
  const name = (index: number) => entry.definition.parameters?.[index]?.name;
  const object = name(known.driverObject);
  const path = name(known.registryPath);
  if (object === undefined || path === undefined) return undefined;
  return {
    entry,
    driverObject: { index: known.driverObject, name: object },
    registryPath: { index: known.registryPath, name: path },
  };
}

/** Type of the registry path as the entry point's role declares it. */
export function registryPathType({ catalog }: RuleContext): string | undefined {
  for (const entry of catalog.entryPoints.values()) {
    return catalog.roles.get(entry.role)?.parameters[entry.registryPath]?.type;
  }
  return undefined;
}

/** The function a call stands in, as defined in this file. */
export const functionOf = ({ facts }: RuleContext, call: CallFact): FunctionFact | undefined =>
  facts.functions.get(call.inFunction)?.find((item) => item.uri === facts.uri && item.body !== undefined);
