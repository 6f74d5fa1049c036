import type { Catalog } from '../catalog/catalog.ts';
import type { Directives } from '../syntax/directives.ts';
import { changedDefines, changedNames, mentions, type Names } from './changed-names.ts';
import { indexFunctions } from './collect.ts';
import type { FileFacts } from './facts.ts';
import { type HeaderFacts, type HeaderSum, sumOf } from './header-facts.ts';
import { macroNamesOf } from './preprocessor-facts.ts';

/** Headers as a file sees them, with the macros that decide its `#if`s. */
export interface Seen {
  readonly headers: readonly HeaderFacts[];
  readonly defines: ReadonlyMap<string, string>;
}

/**
 * The facts of a text under other headers or in another build, when these say nothing new of any name in it; undefined
 * when the text must be read again.
 */
export function underOtherHeaders(
  facts: FileFacts,
  { text, directives }: { readonly text: string; readonly directives: Directives },
  before: Seen,
  now: Seen,
  catalog: Catalog,
): FileFacts | undefined {
  const [earlier, sum] = [sumOf(before.headers), sumOf(now.headers)];
  if (!reachesTheSame(earlier, sum)) return undefined;
  const changed = changedNames(namesOf(earlier), namesOf(sum), true);
  for (const name of changedDefines(before.defines, now.defines)) changed.add(name);
  if (changed.size > 0 && mentions(changed)(text)) return undefined;
  const own = [...facts.functions.values()].flat().filter(({ uri }) => uri === facts.uri);
  return {
    ...facts,
    functions: indexFunctions([...own.toSorted((a, b) => a.range.start - b.range.start), ...sum.functions]),
    headers: now.headers.map(({ uri }) => uri),
    headerNames: sum.names,
    macroNames: macroNamesOf(directives, sum, catalog),
  };
}

const namesOf = (sum: HeaderSum): Names => ({
  macros: sum.macros,
  functionMacros: sum.functionMacros,
  globals: sum.variables,
  functions: indexFunctions(sum.functions),
});

/** What facts take from headers without a name for it in the text is the same. */
function reachesTheSame(a: HeaderSum, b: HeaderSum): boolean {
  if (!sameItems(a.fileNames, b.fileNames) || !sameItems(a.models, b.models)) return false;
  if (a.includes.length !== b.includes.length) return false;
  if (
    a.includes.some(
      ({ path, quoted }, at) => path !== b.includes[at]?.path || quoted !== b.includes[at].quoted,
    )
  )
    return false;
  return sameTypes(a.types, b.types);
}

/** Members are reached by the types of other members, which the text does not name. */
function sameTypes(a: HeaderSum['types'], b: HeaderSum['types']): boolean {
  if (a.size !== b.size) return false;
  for (const [name, members] of a) {
    const others = b.get(name);
    if (others === members) continue;
    if (others?.size !== members.size) return false;
    for (const [member, type] of members) if (others.get(member) !== type) return false;
  }
  return true;
}

const sameItems = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((item) => b.has(item));
