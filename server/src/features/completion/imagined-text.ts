import type { TextRange } from '../../text/range.ts';
import type { Cursor } from '../cursor.ts';
import type { HalfStatement } from './statement.ts';

/** Calls deep that functions are kept which get a table. */
const HELPER_DEPTH = 4;

/** A function's body, by its braces. */
interface Body {
  readonly name: string;
  readonly open: number;
  readonly close: number;
}

/**
 * The file with something else in place of a half-written statement, and with no more functions than matter there: the
 * one around the cursor, those that get one of the tables from it, and those that name one which is not its own. The
 * others become prototypes, so reading the text takes what the function takes and not what the file does.
 */
export function imaginedText(
  cursor: Cursor,
  statement: HalfStatement,
  instead: string,
  tables: readonly string[],
): string {
  const bodies = bodiesOf(cursor, statement);
  const kept = keptBodies(cursor, bodies, statement, tables);
  const replaced: { readonly range: TextRange; readonly by: string }[] = bodies
    .filter((body) => !kept.has(body) && !isTorn(cursor, cursor.startOf(body.open), cursor.endOf(body.close)))
    .map(({ open, close }) => ({
      range: { start: cursor.startOf(open), end: cursor.endOf(close) },
      by: ';',
    }));
  replaced.push({ range: statement, by: statement.closing + instead });
  replaced.sort((a, b) => a.range.start - b.range.start);
  const parts: string[] = [];
  let at = 0;
  for (const { range, by } of replaced) {
    if (range.start < at) continue;
    parts.push(cursor.text.slice(at, range.start), by);
    at = range.end;
  }
  parts.push(cursor.text.slice(at));
  return parts.join('');
}

/** Bodies of functions, as far as braces go in pairs; the half-written statement is left out. */
function bodiesOf(cursor: Cursor, statement: TextRange): Body[] {
  const found: Body[] = [];
  let depth = 0;
  let open = -1;
  for (let i = 0; i < cursor.size; i++) {
    const start = cursor.startOf(i);
    if (start >= statement.start && start < statement.end) continue;
    const character = cursor.text.charCodeAt(start);
    if (character === OPEN) {
      // What wraps declarations, `extern "C" {`, is no level of its own.
      if (depth === 0 && open < 0 && cursor.textOf(i - 1) !== ')' && cursor.textOf(i - 1) !== '=') {
        if (cursor.isLiteral(i - 1) || cursor.textOf(i - 2) === 'namespace') continue;
      }
      if (depth === 0 && cursor.textOf(i - 1) === ')') open = i;
      depth++;
    } else if (character === CLOSE && depth > 0 && --depth === 0) {
      if (open >= 0) found.push({ name: nameBefore(cursor, open), open, close: i });
      open = -1;
    }
  }
  return found;
}

const OPEN = 123;
const CLOSE = 125;

/** Name of the function whose body opens here. */
function nameBefore(cursor: Cursor, brace: number): string {
  let depth = 0;
  for (let i = brace - 1; i >= 0; i--) {
    const text = cursor.textOf(i);
    if (text === ')') depth++;
    else if (text === '(' && --depth === 0) return cursor.textOf(i - 1);
    else if (text === ';' || text === '}') break;
  }
  return '';
}

/** An `#if` begins or ends inside the body, and not both. */
function isTorn({ text, lines }: Cursor, first: number, last: number): boolean {
  let depth = 0;
  for (const { start, end } of lines) {
    if (start < first || start > last) continue;
    const [, keyword] = /^#\s*(if|endif|el|define|undef)/.exec(text.slice(start, end)) ?? [];
    if (keyword === 'define' || keyword === 'undef') return true;
    if (keyword === 'if') depth++;
    else if (keyword === 'endif') depth--;
    if (depth < 0 || (depth === 0 && keyword === 'el')) return true;
  }
  return depth !== 0;
}

function keptBodies(
  cursor: Cursor,
  bodies: readonly Body[],
  statement: TextRange,
  tables: readonly string[],
): Set<Body> {
  const kept = new Set<Body>();
  const own = bodies.find(
    ({ open, close }) => cursor.startOf(open) < statement.start && cursor.startOf(close) >= statement.start,
  );
  // Braces that do not go in pairs: everything stays as it is.
  if (!own) return new Set(bodies);
  kept.add(own);
  const roots = new Set(tables.map((table) => /[A-Za-z_$]\w*/.exec(table)?.[0] ?? ''));
  const names = new Map(bodies.map((body) => [body.name, body]));
  let reached = [own];
  for (let depth = 0; depth < HELPER_DEPTH && reached.length > 0; depth++) {
    const next: Body[] = [];
    for (const { open, close } of reached) {
      for (let i = open; i < close; i++) {
        if (cursor.textOf(i + 1) !== '(' || !cursor.isWord(i)) continue;
        const callee = names.get(cursor.textOf(i));
        if (!callee || kept.has(callee) || (depth === 0 && !hasWord(cursor, i + 1, roots))) continue;
        kept.add(callee);
        next.push(callee);
      }
    }
    reached = next;
  }
  const foreign = new Set([...roots].filter((root) => !isDeclaredIn(cursor, own, root)));
  for (const body of bodies) {
    for (let i = body.open; foreign.size > 0 && i < body.close && !kept.has(body); i++) {
      if (cursor.isWord(i) && foreign.has(cursor.textOf(i))) kept.add(body);
    }
  }
  return kept;
}

/** One of the words stands between a parenthesis and the one that closes it. */
function hasWord(cursor: Cursor, open: number, words: ReadonlySet<string>): boolean {
  for (let i = open + 1, depth = 1; depth > 0 && i < cursor.size; i++) {
    const text = cursor.textOf(i);
    if (text === '(') depth++;
    else if (text === ')') depth--;
    else if (text === ';') return false;
    else if (words.has(text)) return true;
  }
  return false;
}

/** The name is a parameter of the function, or a variable that it declares: `TYPE name`, `TYPE *name`. */
function isDeclaredIn(cursor: Cursor, { open, close }: Body, name: string): boolean {
  const { around } = cursor;
  for (let i = around?.parameters.open ?? open; i < close; i++) {
    if (cursor.textOf(i) !== name || !['*', ...ENDS].includes(cursor.textOf(i + 1))) continue;
    const before = cursor.textOf(i - 1);
    if (
      cursor.isWord(i - 1)
        ? !['return', 'case', 'else'].includes(before)
        : before === '*' && cursor.isWord(i - 2)
    )
      return true;
  }
  return false;
}

const ENDS = [';', ',', '=', '[', ')'];
