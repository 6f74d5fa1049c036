import type { Catalog } from '../catalog/catalog.ts';
import type { Directives } from '../syntax/directives.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import type { TextRange } from '../text/range.ts';
import { type Arm, branchFinder } from './effects.ts';
import type { BranchPath, DefineFact } from './facts.ts';
import type { HeaderSum } from './header-facts.ts';
import type { MacroTable } from './values.ts';

/** Bodies of undecided `#if` branches as arms. */
export function conditionalArms(source: SourceFile): Arm[] {
  return source.directives.conditionals.flatMap((group, of) =>
    group.branches.flatMap((branch, arm) =>
      source.branches.stateOf({ group: of, branch: arm }) === 'unknown'
        ? [{ ...branch.body, of: `#${of}`, arm }]
        : [],
    ),
  );
}

export const conditionalFinder = (source: SourceFile): ((offset: number) => BranchPath) =>
  branchFinder(conditionalArms(source));

export function macrosOf(source: SourceFile): { macros: MacroTable; constants: ReadonlyMap<string, string> } {
  const macros = new Map<string, string | undefined>();
  const constants = new Map<string, string>();
  for (const define of source.directives.defines) {
    if (define.parameters || !source.branches.liveAt(define.range.start)) continue;
    const { name, body } = define;
    macros.set(name, macros.has(name) && macros.get(name) !== body ? undefined : body);
    if (source.branches.branchPathAt(define.range.start).length === 0 && !constants.has(name))
      constants.set(name, body);
    else constants.delete(name);
  }
  return { macros, constants };
}

export function definesOf(source: SourceFile): DefineFact[] {
  const { directives, branches } = source;
  return directives.defines
    .filter((define) => branches.liveAt(define.range.start))
    .map((define) => ({
      name: define.name,
      body: define.body,
      nameRange: define.nameRange,
      range: define.range,
      guarded: branches
        .branchPathAt(define.range.start)
        .some(({ group, branch }) =>
          directives.conditionals[group]?.branches[branch]?.condition.includes(define.name),
        ),
      after: directives.includes
        .filter((include) => include.range.start < define.range.start)
        .map((include) => include.path.toLowerCase()),
    }));
}

/** Macros of the catalogue that the file defines or asks for, or that its headers define. */
export function macroNamesOf(directives: Directives, { macros }: HeaderSum, catalog: Catalog): Set<string> {
  const asked = directives.conditionals.flatMap(({ branches }) =>
    branches.flatMap(({ condition }) => condition.match(/\w+/g) ?? []),
  );
  const defined = [...directives.defines, ...directives.undefs].map(({ name }) => name);
  const ofHeaders = [...catalog.macros.keys()].filter((name) => macros.has(name));
  return new Set([...[...asked, ...defined].filter((name) => catalog.macros.has(name)), ...ofHeaders]);
}

/** Stretches that no fix may touch: dropped branches, and those that are only assumed. */
export function untouchable(source: SourceFile): TextRange[] {
  const dropped = source.directives.conditionals.flatMap((group, of) =>
    group.branches.flatMap((branch, arm) =>
      source.branches.stateOf({ group: of, branch: arm }) === 'dropped' ? [branch.body] : [],
    ),
  );
  return [...dropped, ...source.assumed];
}
