import type { Cursor } from '../cursor.ts';
import type { Scene } from './scene.ts';
import { BLANKS, withoutEnd } from '../../text/ends.ts';

/** A variable or parameter that code at the cursor can name. */
export interface Variable {
  readonly name: string;
  /** As declared, without its stars. */
  readonly type: string;
  readonly isPointer: boolean;
  /** Its place among the function's parameters. */
  readonly parameter?: number;
}

/** Words in front of a name that are no type of it. */
const NO_TYPES = new Set([
  'return',
  'else',
  'goto',
  'case',
  'sizeof',
  'do',
  'typedef',
  'struct',
  'union',
  'enum',
]);

/** Locals and parameters of the function around the cursor; those of blocks that have ended are left out. */
export function localVariables(cursor: Cursor): Variable[] {
  const { around } = cursor;
  if (!around) return [];
  const found: Variable[] = [];
  parametersOf(cursor, around.parameters).forEach((variable) => found.push(variable));
  const open = new Set(cursor.open);
  for (let i = around.open + 1; i < cursor.at; i++) {
    if (cursor.textOf(i) === '{' && !open.has(i)) {
      i = endOfBlock(cursor, i);
      continue;
    }
    // `TYPE name`, `TYPE *name`, then what ends a declarator.
    if (!cursor.isWord(i) || NO_TYPES.has(cursor.textOf(i))) continue;
    const declared = declaratorsFrom(cursor, i);
    found.push(...declared);
    if (declared.length > 0) i++;
  }
  return found;
}

function endOfBlock(cursor: Cursor, open: number): number {
  for (let i = open + 1, depth = 1; i < cursor.at; i++) {
    const text = cursor.textOf(i);
    if (text === '{') depth++;
    else if (text === '}' && --depth === 0) return i;
  }
  return cursor.at;
}

/** `TYPE a, *b = 0;` from the type on. */
function declaratorsFrom(cursor: Cursor, at: number): Variable[] {
  const before = cursor.textOf(at - 1);
  const starts = ['{', '}', ';', ')', 'const', 'static', 'struct', 'volatile', ':', 'union'].includes(before);
  if (!starts) return [];
  const type = cursor.textOf(at);
  const found: Variable[] = [];
  let i = at + 1;
  for (;;) {
    let isPointer = false;
    for (; cursor.textOf(i) === '*' || cursor.textOf(i) === 'const'; i++)
      isPointer ||= cursor.textOf(i) === '*';
    if (!cursor.isWord(i) || i >= cursor.at) return found;
    const name = cursor.textOf(i++);
    const next = cursor.textOf(i);
    if (![';', ',', '=', '['].includes(next)) return found;
    found.push({ name, type, isPointer });
    for (let depth = 0; i < cursor.at; i++) {
      const text = cursor.textOf(i);
      if ('([{'.includes(text)) depth++;
      else if (')]}'.includes(text)) depth--;
      if (text === ';' || depth < 0) return found;
      if (text === ',' && depth === 0) break;
    }
    if (i++ >= cursor.at) return found;
  }
}

function parametersOf(
  cursor: Cursor,
  { open, close }: { readonly open: number; readonly close: number },
): Variable[] {
  const found: Variable[] = [];
  let depth = 0;
  let start = open + 1;
  for (let i = open + 1; i <= close; i++) {
    const text = cursor.textOf(i);
    if (text === '(') depth++;
    else if (text === ')' && depth > 0) depth--;
    else if (depth === 0 && (text === ',' || i === close)) {
      const words: string[] = [];
      let isPointer = false;
      for (let at = start; at < i; at++) {
        if (cursor.isWord(at)) words.push(cursor.textOf(at));
        else if (cursor.textOf(at) === '*') isPointer = true;
      }
      const [type, name] = words.slice(-2);
      if (type !== undefined && name !== undefined) {
        found.push({ name, type, isPointer, parameter: found.length });
      }
      start = i + 1;
    }
  }
  return found;
}

/** Variables of the file that code at the cursor can name, and that no local hides. */
export function variablesInSight({ cursor, facts }: Scene): Variable[] {
  const locals = localVariables(cursor);
  const hidden = new Set(locals.map(({ name }) => name));
  const globals = [...facts.globals.values()]
    .filter(({ name }) => !hidden.has(name))
    .map(({ name, type }) => ({ name, type: withoutEnd(type, `*${BLANKS}`), isPointer: type.includes('*') }));
  return [...locals, ...globals];
}

/** Expressions with the addresses of tables that the function around the cursor names. */
export function tablesInSight(scene: Scene): string[] {
  const { cursor, catalog, facts } = scene;
  const { around } = cursor;
  if (!around) return [];
  const named = new Set<string>();
  for (let i = around.open; i < cursor.at; i++) if (cursor.isWord(i)) named.add(cursor.textOf(i));
  const variables = variablesInSight(scene).flatMap(({ name, type, isPointer }) => {
    const structure = catalog.structures.get(type);
    if (!structure || !named.has(name)) return [];
    return [isPointer || structure.pointers.includes(type) ? name : `&${name}`];
  });
  // Tables that lie in other structures are known by the calls that take them.
  const passed = facts.tables
    .filter((table) => table.inFunction === around.name)
    .map((table) => (table.accessor.endsWith('->') ? table.display : `&${table.display}`));
  return [...new Set([...variables, ...passed])];
}
