import type { Key } from '../../flow/graph.ts';
import { nameOf, pathOf, rootOf } from '../../flow/graph.ts';
import type { DriverFunction } from '../../driver/lifecycle/functions.ts';
import type { TextEdit } from '../../text/edit.ts';
import { indentUnit, lineBreak } from '../../text/layout.ts';
import type { RuleContext } from '../rule.ts';

/** Nobody writes longer declarations in a line. */
const DECLARATION_LIMIT = 300;

/** Lines of a body that hold its declarations: they stay in front of what is inserted. */
const DECLARATION =
  /^[ \t]*(?:(?:const|static|struct|volatile|register)\s+)*[A-Za-z_]\w*(?:\s*\*+\s*|\s+)\w+(?:\[\w*\])*(?:\s*=[^;{}]*)?(?:,[^;(){}]*)?;[ \t]*(?:\/\/.*|\/\*.*\*\/[ \t]*)?$/;

/** Inserts statements in front of a function's first statement; undefined when its body is not one to edit. */
export function atStart(
  { catalog }: RuleContext,
  text: string,
  fn: DriverFunction,
  statements: readonly string[],
): TextEdit | undefined {
  const { body } = fn.flow.fact;
  if (!body || text[body.start] !== '{') return undefined;
  const eol = lineBreak(text);
  const first = /^[^\r\n]*(?:\r\n|\n|\r)/.exec(text.slice(body.start, body.end));
  const unit = indentUnit(text);
  const outer = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', body.start) + 1))?.[0] ?? '';
  if (!first || first[0].trim() !== '{') {
    const at = body.start + 1;
    return { range: { start: at, end: at }, newText: statements.map((line) => ` ${line}`).join('') };
  }
  const start = body.start + first[0].length;
  const quiet = new RegExp(`^\\s*(?:${catalog.idioms.unreferenced}|PAGED_CODE)\\s*\\(\\w*\\);?\\s*$`);
  let at = start;
  let offset = start;
  let indent = outer + unit;
  for (const line of text.slice(start, body.end).split(/(?<=\n)/)) {
    const bare = line.replace(/\r?\n$/, '');
    const isKept =
      (bare.length <= DECLARATION_LIMIT &&
        DECLARATION.test(bare) &&
        !/^\s*(?:return|goto|delete)\b/.test(bare)) ||
      quiet.test(bare);
    if (bare.trim() !== '' && !isKept) break;
    offset += line.length;
    if (!isKept) continue;
    indent = /^[ \t]*/.exec(bare)?.[0] ?? indent;
    at = offset;
  }
  // A blank line parts declarations from what follows.
  const gap = at > start && /^[ \t]*\r?\n/.exec(text.slice(at, body.end));
  if (gap) at += gap[0].length;
  return {
    range: { start: at, end: at },
    newText: statements.map((line) => indent + line + eol).join(''),
  };
}

/**
 * A place, written as its author writes it elsewhere, for code in another function. Undefined when that function cannot
 * name it: locals, and what has internal linkage in another file.
 */
export function nameableIn(
  { driver }: RuleContext,
  key: Key,
  written: string,
  fn: DriverFunction,
): string | undefined {
  const root = rootOf(key);
  const scope = root.indexOf('::');
  if (scope < 0) return undefined;
  if (root.slice(scope + 2).includes(':')) return undefined; // static inside a function
  if (scope > 0 && !fn.file.globals.has(root)) return undefined; // static in another file
  const isKnown = [...driver.files.values()].some(({ globals }) => globals.has(root));
  // A name that nobody defines at file scope may be a member of a class, which only its own functions can name.
  if (!isKnown && fn.file.language === 'cpp') return undefined;
  const text = written
    .replace(/^&\s*/, '')
    .replace(/^\((.*)\)$/, '$1')
    .trim();
  return text.startsWith(nameOf(root)) && /^\w+(?:(?:\.|->)\w+)*$/.test(text) && !pathOf(key).endsWith('.*')
    ? text
    : undefined;
}
