import type { BranchPath, SlotWrite, TableFact } from '../../driver/facts.ts';
import { sameBranch } from '../../driver/table-state.ts';
import { codeOnly } from '../../rules/support/blocks.ts';
import {
  indentationAt,
  indentUnit,
  isCommentOrNothing,
  lineBreak,
  lineEnd,
  lineStart,
} from '../../text/layout.ts';
import { contains, type TextRange } from '../../text/range.ts';
import type { TextEdit } from '../../text/edit.ts';
import { type Action, type ActionContext, isAt } from './action.ts';

type Conversion = Omit<Action, 'todo'> & { readonly edits: readonly TextEdit[] };

/** Ways to write the table at the cursor differently, as far as it means the same for certain. */
export function convertTable(context: ActionContext): Conversion[] {
  const { facts, span } = context;
  if (facts.language !== 'c') return []; // nested designators are not C++
  const seen = new Set<number>();
  for (const table of facts.tables) {
    const { declaration } = table;
    if (!declaration || seen.has(declaration.nameRange.start)) continue;
    seen.add(declaration.nameRange.start);
    const own = table.writes.filter(({ inHelper, form }) => !inHelper && form !== 'copied');
    const places = [declaration.range, ...own.map(({ statement }) => statement)];
    if (!places.some((range) => isAt(range, span))) continue;
    const found = [namePositions, gather, scatter].flatMap((convert) => convert(context, table, own) ?? []);
    if (found.length > 0) return found;
  }
  return [];
}

const rewrite = (title: string, edits: readonly TextEdit[]): Conversion => ({
  title,
  kind: 'refactor.rewrite',
  edits,
});

/** No call, no assignment, nothing that changes something: it may be evaluated earlier, later or in another order. */
const isPure = (expression: string): boolean => {
  const code = codeOnly(expression);
  return (
    !/\+\+|--|(?<![=!<>])=(?!=)|[;{}]/.test(code) &&
    [...code.matchAll(/\b([A-Za-z_]\w*)\s*\(/g)].every(([, name]) => name === 'sizeof' || name === 'offsetof')
  );
};

const hasDirective = (text: string): boolean => /^[ \t]*#/m.test(text);

/** The braces behind the declaration. */
const initialiserOf = ({ declaration, zeroed }: TableFact): TextRange | undefined =>
  declaration?.initialiser ?? (zeroed?.how === 'initialiser' ? zeroed.range : undefined);

/** A positional initialiser gets the names of its members. */
function namePositions(
  { text }: ActionContext,
  table: TableFact,
  writes: readonly SlotWrite[],
): Conversion | undefined {
  const span = initialiserOf(table);
  if (!span || hasDirective(text.slice(span.start, span.end))) return undefined;
  const items = writes.filter(({ form, statement }) => form !== 'assignment' && contains(span, statement));
  const inside = items.filter(({ form }) => form === 'positional');
  if (inside.length === 0 || inside.length !== items.length) return undefined;
  const code = codeOnly(text);
  const edits: TextEdit[] = [];
  const braces = new Set<number>();
  for (const { slot, range } of inside) {
    const [outer, ...rest] = slot.split('.');
    const brace = enclosingBrace(code, span, range.start);
    // `{ {a, b}, c }` names the outer member once and the inner ones inside; `{ a, b, c }` names whole paths.
    const isNested = brace !== undefined && brace !== code.indexOf('{', span.start);
    if (isNested && rest.length !== 1) return undefined;
    if (isNested && !braces.has(brace)) {
      braces.add(brace);
      edits.push({ range: { start: brace, end: brace }, newText: `.${outer} = ` });
    }
    edits.push({
      range: { start: range.start, end: range.start },
      newText: `.${isNested ? rest.join('.') : slot} = `,
    });
  }
  if (
    topItems(code, span) !==
    inside.filter(({ range }) => enclosingBrace(code, span, range.start) === code.indexOf('{', span.start))
      .length +
      braces.size
  )
    return undefined;
  return rewrite('Convert to designated initializer', edits);
}

/** Number of items between the outer braces. */
function topItems(code: string, span: TextRange): number {
  let depth = 0;
  let count = 0;
  let isItem = false;
  for (let i = span.start; i < span.end; i++) {
    const c = code[i] ?? '';
    if ('{(['.includes(c)) {
      depth++;
      if (depth > 1) isItem = true;
    } else if ('})]'.includes(c)) depth--;
    else if (c === ',' && depth === 1) {
      count++;
      isItem = false;
    } else if (c.trim() !== '' && depth >= 1) isItem = true;
  }
  return count + Number(isItem);
}

/** The innermost brace around an offset of the initialiser. */
function enclosingBrace(code: string, span: TextRange, offset: number): number | undefined {
  const open: number[] = [];
  for (let i = span.start; i < offset; i++) {
    if (code[i] === '{') open.push(i);
    else if (code[i] === '}') open.pop();
  }
  return open.at(-1);
}

/** Declarations longer than this are not taken for plain. */
const DECLARATION_LIMIT = 300;

/** A declaration without effect on anything: what may stand between a table and its assignments. */
function isPlainDeclaration(part: string): boolean {
  const [head = '', value, ...more] = part.split('=');
  if (more.length > 0 || part.length > DECLARATION_LIMIT) return false;
  const words = wordsOf(head);
  if (words.length < 2 || !/^[\w\s*[\]]+$/.test(head) || /^(?:return|goto|delete|\d)/.test(words[0] ?? ''))
    return false;
  const stored = value?.replace(/\s/g, '');
  return stored === undefined || stored === '{0}' || stored === '{}' || /^[\w.>&|-]+$/.test(stored);
}

const wordsOf = (head: string): string[] => head.replace(/\[\w*\]/g, ' ').match(/\w+/g) ?? [];

/** Assignments right behind the declaration become its initialiser. */
function gather(
  context: ActionContext,
  table: TableFact,
  writes: readonly SlotWrite[],
): Conversion | undefined {
  const { text, catalog } = context;
  const { declaration, storage } = table;
  if (!declaration || storage !== 'automatic' || hasOtherWrites(table, writes)) return undefined;
  const name = text.slice(declaration.nameRange.start, declaration.nameRange.end);
  const tail = text.slice(declaration.nameRange.end, declaration.range.end);
  if (![';', '={};', '={0};', '={NULL};'].includes(tail.replace(/\s/g, ''))) return undefined;
  const head = text.slice(declaration.range.start, declaration.nameRange.start);
  if (/[,(]|\bstatic\b/.test(head)) return undefined;
  const run = runBehind(context, table, writes, name);
  if (!run) return undefined;
  const { items, zeroing, start, end } = run;
  if (items.length < 2) return undefined;
  const unit = indentUnit(text);
  const eol = lineBreak(text);
  const outer = indentationAt(text, declaration.range.start);
  // Only the text between the statements stays as it is: comments and blank lines.
  let body = '';
  let at = lineStart(text, items[0]?.statement.start ?? 0);
  for (const { slot, range, statement } of items) {
    body += text.slice(at, statement.start);
    body += `.${slot} = ${text.slice(range.start, range.end)},`;
    at = statement.end;
  }
  body += text.slice(at, end);
  const inner = indentationAt(text, items[0]?.statement.start ?? 0);
  const lines = body
    .split(/\r\n|\n|\r/)
    .map((line) => (line.startsWith(inner) ? outer + unit + line.slice(inner.length) : line));
  const cut = removed(text, { start: zeroing ? Math.min(zeroing.start, start) : start, end });
  if (zeroing && hasComment(text.slice(zeroing.end, items[0]?.statement.start))) {
    // Comments between the zeroing and the first member belong to what follows.
    const lead = text.slice(lineEnd(text, zeroing.end), lineStart(text, items[0]?.statement.start ?? 0));
    lines.unshift(
      ...lead
        .split(/\r\n|\n|\r/)
        .filter((line) => line.trim() !== '')
        .map((line) => (line.startsWith(inner) ? outer + unit + line.slice(inner.length) : line)),
    );
  }
  const made = [` = {`, ...lines.map((line) => line.trimEnd()), `${outer}};`].join(eol);
  if (catalog.structures.get(table.structure) === undefined) return undefined;
  return rewrite('Convert to designated initializer', [
    { range: { start: declaration.nameRange.end, end: declaration.range.end }, newText: made },
    { range: cut, newText: '' },
  ]);
}

const hasComment = (text: string): boolean => /\/[/*]/.test(text);

/** Something else than plain statements in this function writes it. */
const hasOtherWrites = (table: TableFact, own: readonly SlotWrite[]): boolean =>
  table.writes.length !== own.length || !table.isFullyKnown;

interface Run {
  readonly items: readonly SlotWrite[];
  readonly zeroing: TextRange | undefined;
  readonly start: number;
  readonly end: number;
}

/** The assignments that follow the declaration with nothing between them but what cannot matter. */
function runBehind(
  { text }: ActionContext,
  table: TableFact,
  writes: readonly SlotWrite[],
  name: string,
): Run | undefined {
  const { declaration } = table;
  if (!declaration) return undefined;
  const assignments = writes
    .filter(({ form }) => form === 'assignment')
    .toSorted((a, b) => a.statement.start - b.statement.start);
  const [first] = assignments;
  if (!first || first.statement.start < declaration.range.end) return undefined;
  const code = codeOnly(text);
  const branch: BranchPath = first.branch;
  const zeroing =
    table.zeroed?.how === 'call' && table.zeroed.range.end <= first.statement.start
      ? table.zeroed.range
      : undefined;
  if (table.zeroed?.how === 'call' && !zeroing) return undefined;
  const word = new RegExp(`\\b${name}\\b`);
  const before = code.slice(declaration.range.end, first.statement.start);
  const rest = zeroing
    ? code.slice(declaration.range.end, zeroing.start) + code.slice(zeroing.end, first.statement.start)
    : before;
  if (hasDirective(text.slice(declaration.range.end, first.statement.start))) return undefined;
  const between = rest.split(';').filter((part) => part.trim() !== '');
  if (between.some((part) => !isPlainDeclaration(part) || word.test(part))) return undefined;
  const declared = new Set(between.map((part) => wordsOf(part.split('=')[0] ?? '').at(-1) ?? ''));
  const items: SlotWrite[] = [];
  const slots = new Set<string>();
  let end = 0;
  for (const item of assignments) {
    const statement = code.slice(item.statement.start, item.statement.end);
    const value = text.slice(item.range.start, item.range.end);
    const isPlain =
      sameBranch(item.branch, branch) &&
      // By its own path: an arm of a union would be named in between.
      isStoreTo(statement, `${name}.${item.slot}`) &&
      statement.endsWith(';') &&
      code.slice(item.range.end, item.statement.end).trim() === ';';
    const gap = end === 0 ? '' : text.slice(end, item.statement.start);
    if (!isPlain || !isPure(value) || word.test(codeOnly(value)) || slots.has(item.slot)) break;
    if (codeOnly(gap).trim() !== '' || hasDirective(gap)) break;
    // A name that is declared behind the table cannot be used in its initialiser.
    if ([...codeOnly(value).matchAll(/\w+/g)].some(([used]) => declared.has(used))) break;
    if (item.slot.includes('[')) break;
    slots.add(item.slot);
    items.push(item);
    end = item.statement.end;
  }
  // What comes later may set a member again: only then is the order of both the same as before.
  if (items.length === 0) return undefined;
  const last = items.at(-1)?.statement.end ?? 0;
  const close = lineEnd(text, last);
  const behind = text.slice(last, close);
  if (!isCommentOrNothing(behind)) return undefined;
  return { items, zeroing, start: first.statement.start, end: close };
}

/** The statement assigns to exactly this. */
function isStoreTo(statement: string, target: string): boolean {
  const bare = statement.replace(/\s/g, '');
  return bare.startsWith(`${target}=`) && bare[target.length + 1] !== '=';
}

/** Whole lines, with the blank line that would be left over. */
function removed(text: string, { start, end }: TextRange): TextRange {
  const from = lineStart(text, start);
  let to = lineEnd(text, end);
  to += /^(?:\r\n|\n|\r)/.exec(text.slice(to, to + 2))?.[0].length ?? 0;
  const isAfterBlank = /(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)$/.test(text.slice(Math.max(0, from - 40), from));
  if (isAfterBlank) to += /^[ \t]*(?:\r\n|\n|\r)/.exec(text.slice(to, to + 40))?.[0].length ?? 0;
  return { start: from, end: to };
}

/** A designated initialiser becomes assignments right behind the declaration. */
function scatter(
  { text }: ActionContext,
  table: TableFact,
  writes: readonly SlotWrite[],
): Conversion | undefined {
  const { declaration, storage } = table;
  const span = initialiserOf(table);
  if (!declaration || !span || storage !== 'automatic' || hasOtherWrites(table, writes)) return undefined;
  const source = text.slice(span.start, span.end);
  const head = text.slice(declaration.range.start, declaration.nameRange.start);
  if (hasDirective(source) || /\b(?:const|CONST|static)\b|,/.test(head)) return undefined;
  if (text.slice(span.end, declaration.range.end).trim() !== ';') return undefined;
  const items = writes.filter(({ form, statement }) => form === 'designated' && contains(span, statement));
  const name = text.slice(declaration.nameRange.start, declaration.nameRange.end);
  const word = new RegExp(`\\b${name}\\b`);
  const code = codeOnly(source);
  if (items.length === 0 || word.test(code) || topItems(codeOnly(text), span) !== items.length)
    return undefined;
  if (new Set(items.map(({ slot }) => slot)).size !== items.length) return undefined;
  const fits = items.every(
    ({ slot, range, statement }) =>
      isPure(text.slice(range.start, range.end)) &&
      text.slice(statement.start, range.start).replace(/\s/g, '') === `.${slot}=`,
  );
  if (!fits) return undefined;
  const eol = lineBreak(text);
  const indent = indentationAt(text, declaration.range.start);
  const rest = behindDeclarations(text, declaration.range.end, word);
  if (rest === undefined) return undefined;
  const lines = pieces(text, span, items).map(({ before, item, behind }) => [
    ...before.map((line) => indent + line),
    `${indent}${name}.${item.slot} = ${text.slice(item.range.start, item.range.end)};${behind === '' ? '' : ` ${behind}`}`,
  ]);
  return rewrite('Convert to assignments', [
    { range: span, newText: '{ 0 }' },
    {
      range: { start: rest, end: rest },
      newText: `${eol}${lines
        .flat()
        .map((line) => eol + line)
        .join('')}`,
    },
  ]);
}

/** End of the last declaration of the block that begins with the table's; undefined when one of them reads the table. */
function behindDeclarations(text: string, from: number, word: RegExp): number | undefined {
  const code = codeOnly(text);
  let at = from;
  for (;;) {
    const end = code.indexOf(';', at);
    const next = end < 0 ? undefined : code.slice(at, end);
    if (next === undefined || !isPlainDeclaration(next)) break;
    if (word.test(next) || hasDirective(text.slice(at, end))) return undefined;
    at = end + 1;
  }
  const end = lineEnd(text, at);
  return isCommentOrNothing(text.slice(at, end)) ? end : at;
}

/** Each item with the comments above it and behind it on its line. */
function pieces(text: string, span: TextRange, items: readonly SlotWrite[]) {
  let at = text.indexOf('{', span.start) + 1;
  return items.map((item) => {
    const before = text
      .slice(at, item.statement.start)
      .split(/\r\n|\n|\r/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const comment = commentBehind(text.slice(item.statement.end, span.end));
    at = item.statement.end + comment.end;
    return { before, item, behind: comment.text };
  });
}

/** The comment behind an item and its comma, on the same line. */
function commentBehind(rest: string): { readonly text: string; readonly end: number } {
  const blank = rest.length - rest.trimStart().length;
  let end = rest[blank] === ',' ? blank + 1 : 0;
  const line = rest.slice(end).split(/[\r\n]/)[0] ?? '';
  const content = line.trimStart();
  const start = end + line.length - content.length;
  if (content.startsWith('//')) {
    end += line.length;
    return { text: content.trimEnd(), end };
  }
  const close = content.startsWith('/*') ? content.indexOf('*/', 2) : -1;
  return close < 0 ? { text: '', end } : { text: content.slice(0, close + 2), end: start + close + 2 };
}
