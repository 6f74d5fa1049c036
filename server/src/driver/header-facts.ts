import type { VariableDeclaration } from './declarations.ts';
import type { FunctionFact } from './facts.ts';
import type { FunctionMacros } from './macros.ts';
import type { MacroTable } from './values.ts';

/** What a project header contributes to the files that include it. */
export interface HeaderFacts {
  readonly uri: string;
  readonly includes: readonly { readonly path: string; readonly quoted: boolean }[];
  readonly functions: readonly FunctionFact[];
  readonly variables: readonly VariableDeclaration[];
  readonly types: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Object-like macros; undefined when several branches define different bodies. */
  readonly macros: MacroTable;
  readonly functionMacros: FunctionMacros;
  /** Those with one unconditional definition: they decide `#if`s of the including file. */
  readonly constants: ReadonlyMap<string, string>;
  readonly models: ReadonlySet<string>;
  /** Catalogue names it mentions. */
  readonly names: ReadonlySet<string>;
}

/** What all headers of a file contribute together. */
export interface HeaderSum {
  readonly variables: ReadonlyMap<string, VariableDeclaration>;
  readonly types: HeaderFacts['types'];
  /** Undefined where two headers differ. */
  readonly macros: MacroTable;
  readonly functionMacros: FunctionMacros;
  readonly functions: readonly FunctionFact[];
  readonly includes: HeaderFacts['includes'];
  readonly models: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  /** Members of all structures. */
  readonly members: ReadonlySet<string>;
  /** The headers' own names, in lower case, as in an address. */
  readonly fileNames: ReadonlySet<string>;
}

/** An edit leaves the headers of its file alone: what they contribute is put together once. */
const sums = new WeakMap<
  HeaderFacts,
  { readonly headers: readonly HeaderFacts[]; readonly sum: HeaderSum }
>();

/** Puts together what the headers of a file contribute, in the order in which they are included. */
export function sumOf(headers: readonly HeaderFacts[]): HeaderSum {
  const last = headers.at(-1);
  if (last === undefined) return add([]);
  const known = sums.get(last);
  if (known?.headers.length === headers.length && known.headers.every((one, index) => one === headers[index]))
    return known.sum;
  const sum = add(headers);
  sums.set(last, { headers, sum });
  return sum;
}

function add(headers: readonly HeaderFacts[]): HeaderSum {
  const variables = new Map<string, VariableDeclaration>();
  const types = new Map<string, ReadonlyMap<string, string>>();
  const macros = new Map<string, string | undefined>();
  for (const header of headers) {
    for (const variable of header.variables) variables.set(variable.name, variable);
    for (const [name, members] of header.types) types.set(name, members);
    for (const [name, body] of header.macros) {
      macros.set(name, macros.has(name) && macros.get(name) !== body ? undefined : body);
    }
  }
  // The macros of the build are read like a header, but are no file.
  const files = headers.filter(({ uri }) => uri.includes('/'));
  return {
    variables,
    types,
    macros,
    functionMacros: new Map(headers.flatMap((header) => [...header.functionMacros])),
    functions: headers.flatMap((header) => header.functions),
    includes: headers.flatMap((header) => header.includes),
    models: new Set(headers.flatMap((header) => [...header.models])),
    names: new Set(headers.flatMap((header) => [...header.names])),
    members: new Set([...types.values()].flatMap((members) => [...members.keys()])),
    fileNames: new Set(files.map(({ uri }) => uri.toLowerCase().replace(/^.*\//, ''))),
  };
}
