import type { Catalog } from '../catalog/catalog.ts';
import type { CallEntry } from '../catalog/entry.ts';
import type { Cursor } from './cursor.ts';

/** The call of the catalogue whose arguments the cursor stands in. */
export interface CallAround {
  readonly entry: CallEntry;
  /** Index of the argument at the cursor. */
  readonly argument: number;
}

/**
 * The innermost call around the cursor, when the catalogue knows it. Parentheses that only group, casts and what is
 * open inside an argument do not hide it; a call of something else does.
 */
export function callAround(cursor: Cursor, catalog: Catalog): CallAround | undefined {
  for (let at = cursor.open.length - 1; at >= 0; at--) {
    const open = cursor.open[at] ?? 0;
    const text = cursor.textOf(open);
    if (text === '{') return undefined;
    if (text !== '(' || !cursor.isCallee(open - 1)) continue;
    const entry = catalog.calls.get(cursor.textOf(open - 1));
    return entry && { entry, argument: commasBehind(cursor, open) };
  }
  return undefined;
}

/** Commas between an opening parenthesis and the cursor, those inside of nested ones left out. */
function commasBehind(cursor: Cursor, open: number): number {
  let count = 0;
  let depth = 0;
  const unclosed = new Set(cursor.open);
  for (let i = open + 1; i < cursor.at; i++) {
    const text = cursor.textOf(i);
    if ('([{'.includes(text) && text !== '') {
      if (unclosed.has(i)) return count; // the cursor stands inside of it
      depth++;
    } else if (')]}'.includes(text) && text !== '') depth--;
    else if (text === ',' && depth === 0) count++;
  }
  return count;
}
