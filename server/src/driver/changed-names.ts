import type { VariableDeclaration } from './declarations.ts';
import type { FunctionFact, FunctionIndex } from './facts.ts';
import type { FunctionMacro, FunctionMacros } from './macros.ts';
import type { MacroTable } from './values.ts';

/** What the names in a piece of code may stand for. */
export interface Names {
  readonly macros: MacroTable;
  readonly functionMacros: FunctionMacros;
  /** Variables at file scope. */
  readonly globals: ReadonlyMap<string, VariableDeclaration>;
  readonly functions: FunctionIndex;
}

/** More names than these are not looked for in a text: it counts as changed. */
const LIMIT = 40;

/**
 * Names that may stand for something else than before. Places of declarations count only when they are asked for: an
 * edit in front of them moves them.
 */
export function changedNames(before: Names, now: Names, withPlaces: boolean): Set<string> {
  const changed = new Set<string>();
  note(changed, before.macros, now.macros, Object.is);
  note(changed, before.functionMacros, now.functionMacros, sameMacro);
  note(changed, before.globals, now.globals, (a, b) => sameVariable(a, b, withPlaces));
  note(changed, before.functions, now.functions, sameFunctions);
  return spread(changed, [...bodiesOf(before), ...bodiesOf(now)]);
}

/** Macros of a build that it defines otherwise than another one, or by way of such. */
export function changedDefines(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): Set<string> {
  const changed = new Set<string>();
  note(changed, before, now, Object.is);
  return spread(changed, [...before, ...now]);
}

/** Adds the macros that stand for one of the names, at any distance. */
function spread(changed: Set<string>, bodies: readonly (readonly [string, string])[]): Set<string> {
  if (changed.size === 0) return changed;
  // A name may be put together of pieces.
  for (const [name, body] of bodies) if (body.includes('##')) changed.add(name);
  for (let known = -1; known !== changed.size;) {
    known = changed.size;
    const isMeant = mentions(changed);
    for (const [name, body] of bodies) if (!changed.has(name) && isMeant(body)) changed.add(name);
  }
  return changed;
}

/** Says of a text whether it may contain one of the names. */
export function mentions(names: ReadonlySet<string>): (text: string) => boolean {
  if (names.size > LIMIT) return () => true;
  const list = [...names];
  return (text) => list.some((name) => text.includes(name));
}

function note<T>(
  changed: Set<string>,
  before: ReadonlyMap<string, T>,
  now: ReadonlyMap<string, T>,
  isSame: (a: T, b: T) => boolean,
): void {
  for (const [name, value] of now) {
    if (!before.has(name)) changed.add(name);
    else {
      const earlier = before.get(name) as T;
      if (earlier !== value && !isSame(earlier, value)) changed.add(name);
    }
  }
  for (const name of before.keys()) if (!now.has(name)) changed.add(name);
}

const sameMacro = (a: FunctionMacro | undefined, b: FunctionMacro | undefined): boolean =>
  a?.body === b?.body && a?.parameters.join() === b?.parameters.join();

const sameVariable = (a: VariableDeclaration, b: VariableDeclaration, withPlaces: boolean): boolean =>
  a.type === b.type &&
  a.storage === b.storage &&
  a.isPointer === b.isPointer &&
  a.isArray === b.isArray &&
  a.isConst === b.isConst &&
  (!withPlaces ||
    (a.range.start === b.range.start &&
      a.range.end === b.range.end &&
      a.nameRange.start === b.nameRange.start));

const sameFunctions = (a: readonly FunctionFact[], b: readonly FunctionFact[]): boolean =>
  a.length === b.length &&
  a.every((item, index) => {
    const other = b[index];
    return item.kind === other?.kind && item.role === other.role && item.hasBody === other.hasBody;
  });

function bodiesOf({ macros, functionMacros }: Names): [string, string][] {
  const bodies: [string, string][] = [];
  for (const [name, body] of macros) if (body !== undefined) bodies.push([name, body]);
  for (const [name, macro] of functionMacros) if (macro) bodies.push([name, macro.body]);
  return bodies;
}
