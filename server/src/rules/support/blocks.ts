import type { TextEdit } from '../../text/edit.ts';
import {
  indentationAt,
  indentUnit,
  isCommentOrNothing,
  lineBreak,
  lineEnd,
  linesBefore,
  lineStart,
} from '../../text/layout.ts';
import type { TextRange } from '../../text/range.ts';

/** Same length as the text; comments, strings, character constants and directives are blank. */
export function codeOnly(text: string): string {
  const dull =
    /\\[^]|\/\/(?:\\\r?\n|[^\r\n])*|\/\*(?:[^*]|\*+[^*/])*(?:\*+\/)?|"(?:\\.|[^"\\\r\n])*"|'(?:\\.|[^'\\\r\n])*'|^[ \t]*#(?:\\\r?\n|[^\r\n])*/gm;
  return text.replace(dull, (part) => (part.startsWith('\\') ? part : part.replace(/[^\r\n]/g, ' ')));
}

/** The statement that starts at an offset of code without comments; ends behind its `;` or `}`. */
export function statementAt(code: string, offset: number): TextRange {
  const start = skipSpace(code, offset);
  return { start, end: statementEnd(code, start) };
}

/** The statements that run when a condition holds, and when it does not. */
export interface Arms {
  readonly onTrue: TextRange;
  readonly onFalse: TextRange | undefined;
  /** The range is all that the condition asks. */
  readonly isWhole: boolean;
  /** The condition asks for the opposite of the range. */
  readonly isNegated: boolean;
}

/** Arms of the `if` whose condition, or a part of it, lies at a range; undefined when it is no `if`. */
export function armsBehind(code: string, condition: TextRange): Arms | undefined {
  const open = openParenthesis(code, condition.start);
  if (open === undefined || !/\bif\s*$/.test(code.slice(Math.max(0, open - 40), open))) return undefined;
  const close = closing(code, open);
  const onTrue = statementAt(code, close + 1);
  const rest = skipSpace(code, onTrue.end);
  const onFalse = /^else\b/.test(code.slice(rest, rest + 5)) ? statementAt(code, rest + 4) : undefined;
  const before = code.slice(open + 1, condition.start);
  return {
    onTrue,
    onFalse,
    isWhole: /^[\s!(]*$/.test(before) && /^[\s)]*$/.test(code.slice(condition.end, close)),
    isNegated: (before.match(/!/g)?.length ?? 0) % 2 === 1,
  };
}

/** The parenthesis of the condition that an offset lies in. */
function openParenthesis(code: string, offset: number): number | undefined {
  let depth = 0;
  for (let i = offset; i >= 0; i--) {
    const c = code[i];
    if (c === ')' && i < offset) depth++;
    else if (c === '(') {
      if (depth > 0) depth--;
      else if (/\b(?:if|while|for|switch)\s*$/.test(code.slice(Math.max(0, i - 40), i))) return i;
    } else if (c === ';' || c === '{' || c === '}') return undefined;
  }
  return undefined;
}

/** Offset of the bracket that closes the one at an offset. */
export function closing(code: string, open: number): number {
  let depth = 0;
  for (let i = open; i < code.length; i++) {
    const c = code[i];
    if (c === '(' || c === '{' || c === '[') depth++;
    else if (c === ')' || c === '}' || c === ']') {
      depth--;
      if (depth === 0) return i;
    }
  }
  return code.length - 1;
}

/** Offset of the brace that is open around an offset. */
export function braceAround(code: string, offset: number): number | undefined {
  let depth = 0;
  for (let i = offset - 1; i >= 0; i--) {
    if (code[i] === '}') depth++;
    else if (code[i] === '{' && depth-- === 0) return i;
  }
  return undefined;
}

function skipSpace(code: string, offset: number): number {
  const blank = /\s*/y;
  blank.lastIndex = offset;
  return offset + (blank.exec(code)?.[0].length ?? 0);
}

function statementEnd(code: string, start: number): number {
  if (code[start] === '{') return closing(code, start) + 1;
  const word = /^\w+/.exec(code.slice(start, start + 20))?.[0];
  if (word === 'if' || word === 'for' || word === 'while' || word === 'switch') {
    const open = skipSpace(code, start + word.length);
    if (code[open] !== '(') return start;
    const end = statementAt(code, closing(code, open) + 1).end;
    if (word !== 'if') return end;
    const rest = skipSpace(code, end);
    return /^else\b/.test(code.slice(rest, rest + 5)) ? statementAt(code, rest + 4).end : end;
  }
  let depth = 0;
  for (let i = start; i < code.length; i++) {
    const c = code[i];
    if (c === '(' || c === '{' || c === '[') depth++;
    else if (c === ')' || c === '}' || c === ']') {
      if (depth === 0) return i;
      depth--;
    } else if (c === ';' && depth === 0) return i + 1;
  }
  return code.length;
}

/** End of the `if (...)`, `else`, `do` or the like that a statement belongs to without braces of its own. */
export function bareOwnerEnd(code: string, start: number): number | undefined {
  const end = code.slice(0, start).trimEnd().length;
  if (/(?:^|\W)(?:else|do)$/.test(code.slice(Math.max(0, end - 8), end))) return end;
  if (code[end - 1] !== ')') return undefined;
  let depth = 0;
  for (let i = end - 1; i >= 0; i--) {
    if (code[i] === ')') depth++;
    else if (code[i] === '(' && --depth === 0) {
      return /\b(?:if|for|while|switch)\s*$/.test(code.slice(Math.max(0, i - 40), i)) ? end : undefined;
    }
  }
  return undefined;
}

/** Whether the author puts the opening brace of a block on a line of its own. */
function opensOnOwnLine(code: string): boolean {
  const lines = code.split('\n');
  let own = 0;
  let same = 0;
  for (const [index, line] of lines.entries()) {
    const at = line.search(/\b(?:if|while|for)\b/);
    if (at < 0) continue;
    if (/\)[ \t]*\{/.test(line.slice(at))) same++;
    else if (line.trimEnd().endsWith(')') && lines[index + 1]?.trimStart().startsWith('{')) own++;
  }
  return own > same;
}

/** Lines of an `if` with a body, as the author writes blocks. */
export function ifLines(text: string, condition: string, body: readonly string[]): string[] {
  const unit = indentUnit(text);
  const inner = body.map((line) => unit + line);
  return opensOnOwnLine(codeOnly(text))
    ? [`if (${condition})`, '{', ...inner, '}']
    : [`if (${condition}) {`, ...inner, '}'];
}

/** Puts lines in front of a statement; one that stands alone behind a condition gets braces. */
export function insertBefore(text: string, statement: TextRange, lines: readonly string[]): TextEdit[] {
  const code = codeOnly(text);
  const owner = bareOwnerEnd(code, statement.start);
  if (owner === undefined) return [linesBefore(text, statement, lines)];
  const eol = lineBreak(text);
  const outer = indentationAt(text, owner);
  const open = opensOnOwnLine(code) ? `${eol}${outer}{` : ' {';
  const end = endWithComment(text, statement.end);
  const start = lineStart(text, statement.start);
  if (start <= owner) {
    const inner = outer + indentUnit(text);
    const body = [...lines, text.slice(statement.start, end)].map((line) => eol + inner + line).join('');
    return [{ range: { start: owner, end }, newText: `${open}${body}${eol}${outer}}` }];
  }
  const indent = indentationAt(text, statement.start);
  return [
    { range: { start: owner, end: owner }, newText: open },
    { range: { start, end: start }, newText: lines.map((line) => indent + line + eol).join('') },
    { range: { start: end, end }, newText: `${eol}${outer}}` },
  ];
}

/** Puts lines first into a block. */
export function insertFirst(text: string, block: TextRange, lines: readonly string[]): TextEdit {
  const eol = lineBreak(text);
  const at = block.start + 1;
  const first = /^[ \t]*(?:\r?\n[ \t]*)+/.exec(text.slice(at, block.end));
  const indent =
    first === null
      ? indentationAt(text, block.start) + indentUnit(text)
      : indentationAt(text, at + first[0].length);
  return { range: { start: at, end: at }, newText: lines.map((line) => eol + indent + line).join('') };
}

/** End of a statement with the comment behind it on the same line. */
function endWithComment(text: string, end: number): number {
  const rest = text.slice(end, lineEnd(text, end));
  return rest.trim() !== '' && isCommentOrNothing(rest) ? end + rest.trimEnd().length : end;
}
