import type { TextRange } from '../../text/range.ts';

export interface Word {
  readonly text: string;
  readonly range: TextRange;
}

const isWordCharacter = (text: string | undefined): boolean =>
  text !== undefined && /[A-Za-z0-9_$]/.test(text);

/** The identifier or number that the offset lies in or just behind. */
export function wordAt(text: string, offset: number): Word | undefined {
  let start = offset;
  let end = offset;
  while (start > 0 && isWordCharacter(text[start - 1])) start--;
  while (isWordCharacter(text[end])) end++;
  return start === end ? undefined : { text: text.slice(start, end), range: { start, end } };
}

export type Zone =
  | { readonly kind: 'code' }
  | { readonly kind: 'comment' | 'string'; readonly range: TextRange };

/** Whether an offset lies in code, a comment, or a string or character literal. */
export function zoneAt(text: string, offset: number): Zone {
  // Numbers are read whole, because C++ allows `'` in them.
  const token =
    /\/\/(?:\\\r?\n|[^\r\n])*|\/\*[^]*?(?:\*\/|$)|"(?:\\[^]|[^"\\\r\n])*"?|'(?:\\[^]|[^'\\\r\n])*'?|\b\d['\w]*/g;
  for (let match = token.exec(text); match && match.index < offset; match = token.exec(text)) {
    const first = match[0].charAt(0);
    const kind = first === '/' ? 'comment' : first === '"' || first === "'" ? 'string' : undefined;
    const range = { start: match.index, end: match.index + match[0].length };
    // A line comment reaches to the end of its line; behind anything else that is closed, code goes on.
    const inside = offset < range.end || (offset === range.end && match[0].startsWith('//'));
    if (kind && inside) return { kind, range };
  }
  return { kind: 'code' };
}

/** The rule id under the cursor, in a comment that names it in a suppression. */
export function ruleIdAt(text: string, comment: TextRange, offset: number): Word | undefined {
  const content = text.slice(comment.start, comment.end);
  for (const marker of content.matchAll(/driverentry-ignore(?:-file)?[ \t]+([a-z0-9-][a-z0-9, \t-]*)/gi)) {
    const list = marker[1] ?? '';
    const base = comment.start + marker.index + marker[0].length - list.length;
    for (const id of list.matchAll(/[a-z0-9-]+/gi)) {
      const start = base + id.index;
      const end = start + id[0].length;
      if (start <= offset && offset <= end) return { text: id[0], range: { start, end } };
    }
  }
  return undefined;
}

/** How the code reaches a word as a member: `a->b.` gives `a`, `b`; a designator's dot gives no step. */
export interface Access {
  readonly steps: readonly string[];
  /** False when the chain starts at something that is no name, such as a call. */
  readonly fromName: boolean;
}

/** The access in front of a word, undefined when it is no member. */
export function accessBefore(text: string, at: number): Access | undefined {
  const steps: string[] = [];
  let i = at;
  for (;;) {
    const operator = operatorBefore(text, i);
    if (operator === undefined) return steps.length > 0 ? { steps, fromName: true } : undefined;
    i = skipBlanksBack(text, operator);
    while (text[i - 1] === ']') i = skipBlanksBack(text, openBracket(text, i));
    const end = i;
    while (i > 0 && isWordCharacter(text[i - 1])) i--;
    // `{ .Member` and `, .Member`: a designator; `f().Member`: unknown.
    if (i === end) return { steps, fromName: steps.length === 0 && /[{,]/.test(text[i - 1] ?? '') };
    steps.unshift(text.slice(i, end));
  }
}

function operatorBefore(text: string, at: number): number | undefined {
  const i = skipBlanksBack(text, at);
  if (text[i - 1] === '.' && text[i - 2] !== '.') return i - 1;
  return text[i - 1] === '>' && text[i - 2] === '-' ? i - 2 : undefined;
}

const skipBlanksBack = (text: string, at: number): number => {
  let i = at;
  while (i > 0 && /\s/.test(text[i - 1] ?? '')) i--;
  return i;
};

/** Offset of the bracket that the one before `at` closes. */
function openBracket(text: string, at: number): number {
  let depth = 0;
  for (let i = at - 1; i >= 0; i--) {
    if (text[i] === ']') depth++;
    else if (text[i] === '[' && --depth === 0) return i;
  }
  return 0;
}

/** Words that stand before a name without being its type. */
const NO_TYPES = new Set([
  'return',
  'else',
  'goto',
  'case',
  'sizeof',
  'const',
  'volatile',
  'typedef',
  'do',
  'in',
]);

/** Types that declarations before an offset give a name, the nearest first. */
export function* typesOf(name: string, text: string, before: number): Generator<string> {
  for (let at = text.lastIndexOf(name, before); at >= 0; at = at > 0 ? text.lastIndexOf(name, at - 1) : -1) {
    if (isWordCharacter(text[at - 1]) || isWordCharacter(text[at + name.length])) continue;
    if (!/^\s*[;,=)[]/.test(text.slice(at + name.length, at + name.length + 40))) continue;
    let i = at;
    while (i > 0 && /[\s*]/.test(text[i - 1] ?? '')) i--;
    const end = i;
    while (i > 0 && isWordCharacter(text[i - 1])) i--;
    const type = text.slice(i, end);
    if (end < at && /^[A-Za-z_]/.test(type) && !NO_TYPES.has(type)) yield type;
  }
}
