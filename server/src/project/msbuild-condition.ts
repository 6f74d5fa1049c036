/** What MSBuild expressions may ask for. Undefined means that nobody can tell. */
export interface MsbuildScope {
  /** Value of a property; empty when it is not set. */
  readonly property: (name: string) => string;
  /** Value of a metadata item such as `%(PreprocessorDefinitions)`. */
  readonly metadata: (name: string) => string;
}

/** Expressions nested deeper than this are given up. */
const DEPTH_LIMIT = 50;

/** Replaces `$(Property)`, `%(Metadata)` and `@(Items)`; undefined when a function in it is not known. */
export function expand(text: string, scope: MsbuildScope, depth = 0): string | undefined {
  if (!/[$%@]\(/.test(text)) return text;
  if (depth > DEPTH_LIMIT) return undefined;
  let result = '';
  let isKnown = true;
  for (let at = 0; at < text.length;) {
    const sign = text[at] as string;
    if (!'$%@'.includes(sign) || text[at + 1] !== '(') {
      result += sign;
      at++;
      continue;
    }
    const end = closing(text, at + 1);
    // Nothing behind it is looked at: searching for the end of each would take for ever.
    if (end === undefined) return isKnown ? result + text.slice(at) : undefined;
    const inner = text.slice(at + 2, end).trim();
    if (sign === '%') result += scope.metadata(inner.replace(/^\w+\.\s*/, ''));
    else if (sign === '$') {
      const value = propertyExpression(inner, scope, depth);
      if (value === undefined) isKnown = false;
      else result += value;
    }
    at = end + 1;
  }
  return isKnown ? result : undefined;
}

/** Offset of the parenthesis that closes the one at `open`; quotes are skipped. */
function closing(text: string, open: number): number | undefined {
  let depth = 0;
  let quote = '';
  for (let at = open; at < text.length; at++) {
    const c = text[at] as string;
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === "'" || c === '"' || c === '`') quote = c;
    else if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return at;
  }
  return undefined;
}

/** `Name`, or `Name.Method(arguments)` with the methods of strings that project files use. */
function propertyExpression(text: string, scope: MsbuildScope, depth: number): string | undefined {
  if (/^[A-Za-z_][\w-]*$/.test(text)) return scope.property(text);
  const head = /^([A-Za-z_][\w-]*)\s*\./.exec(text);
  if (head === null) return undefined;
  let value: string = scope.property(head[1] as string);
  let rest = text.slice(head[0].length - 1);
  while (rest !== '') {
    const call = /^\.\s*([A-Za-z]+)\s*\(/.exec(rest);
    const open = (call?.[0].length ?? 0) - 1;
    const end = call === null ? undefined : closing(rest, open);
    if (call === null || end === undefined) return undefined;
    const list = rest.slice(open + 1, end);
    const given = splitArguments(list).map((item) => expand(item, scope, depth + 1));
    if (!given.every((item) => item !== undefined)) return undefined;
    const next = stringMethod(value, (call[1] as string).toLowerCase(), given);
    if (next === undefined) return undefined;
    value = next;
    rest = rest.slice(end + 1).trim();
  }
  return value;
}

function splitArguments(text: string): string[] {
  if (text.trim() === '') return [];
  const items = text.match(/\s*(?:'[^']*'|"[^"]*"|`[^`]*`|[^,]*)\s*(?:,|$)/g) ?? [];
  return items
    .map((item) => item.replace(/,$/, '').trim())
    .filter((item, index, all) => item !== '' || index < all.length - 1)
    .map((item) => {
      const quote = item.charAt(0);
      const isQuoted = item.length > 1 && '\'"`'.includes(quote) && item.endsWith(quote);
      return isQuoted ? item.slice(1, -1) : item;
    });
}

function stringMethod(value: string, method: string, given: readonly string[]): string | undefined {
  const [first = '', second = ''] = given;
  const yes = (is: boolean) => (is ? 'True' : 'False');
  switch (method) {
    case 'endswith':
      return yes(value.endsWith(first));
    case 'startswith':
      return yes(value.startsWith(first));
    case 'contains':
      return yes(value.includes(first));
    case 'replace':
      return first === '' ? value : value.replaceAll(first, second);
    case 'tolower':
    case 'tolowerinvariant':
      return value.toLowerCase();
    case 'toupper':
    case 'toupperinvariant':
      return value.toUpperCase();
    case 'trim':
      return value.trim();
    case 'tostring':
      return value;
    default:
      return undefined;
  }
}

/** Paths that a condition asks the disk for, expanded. */
export function pathsAskedFor(condition: string, scope: MsbuildScope): string[] {
  return [...condition.matchAll(/\bexists\s*\(\s*'([^']*)'\s*\)/gi)].flatMap(([, path = '']) => {
    const expanded = expand(path, scope);
    return expanded === undefined ? [] : [expanded];
  });
}

type Token =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string };

/**
 * Evaluates the `Condition` of an element. A condition that nobody can decide, because it is malformed or uses
 * unknown functions, does not hold.
 */
export function holds(condition: string, scope: MsbuildScope, exists: (path: string) => boolean): boolean {
  if (condition.trim() === '') return true;
  const tokens = tokenise(condition);
  if (tokens === undefined) return false;
  const parser = new ConditionParser(tokens, scope, exists);
  return parser.whole() === true;
}

function tokenise(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const c = text[at] as string;
    if (/\s/.test(c)) at++;
    else if (c === "'") {
      // Quotes inside $(...) belong to it: '$(Configuration.Replace(' ',''))'.
      const end = quotedEnd(text, at);
      if (end === undefined) return undefined;
      tokens.push({ kind: 'value', text: text.slice(at + 1, end) });
      at = end + 1;
    } else if (/[$%@]/.test(c) && text[at + 1] === '(') {
      const end = closing(text, at + 1);
      if (end === undefined) return undefined;
      tokens.push({ kind: 'value', text: text.slice(at, end + 1) });
      at = end + 1;
    } else {
      const sign = /^(?:==|!=|<=|>=|[<>!(),])/.exec(text.slice(at, at + 2))?.[0];
      if (sign !== undefined) {
        tokens.push({ kind: 'sign', text: sign });
        at += sign.length;
      } else {
        const word = /^[^\s'=!<>(),]+/.exec(text.slice(at))?.[0];
        if (word === undefined) return undefined;
        tokens.push({ kind: /^(?:and|or)$/i.test(word) ? 'sign' : 'value', text: word });
        at += word.length;
      }
    }
  }
  return tokens;
}

/** End of a quoted string, `$(...)` in it skipped. */
function quotedEnd(text: string, open: number): number | undefined {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === "'") return at;
    if (/[$%@]/.test(text[at] as string) && text[at + 1] === '(') {
      const end = closing(text, at + 1);
      if (end === undefined) return undefined;
      at = end;
    }
  }
  return undefined;
}

/** Or, and, not, comparison: recursive descent with undefined as the third truth value. */
class ConditionParser {
  readonly #tokens: readonly Token[];
  readonly #scope: MsbuildScope;
  readonly #exists: (path: string) => boolean;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], scope: MsbuildScope, exists: (path: string) => boolean) {
    this.#tokens = tokens;
    this.#scope = scope;
    this.#exists = exists;
  }

  whole(): boolean | undefined {
    const value = this.#or();
    return this.#at === this.#tokens.length ? value : undefined;
  }

  #take(sign: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'sign' || token.text.toLowerCase() !== sign) return false;
    this.#at++;
    return true;
  }

  #or(): boolean | undefined {
    let value = this.#and();
    while (this.#take('or')) {
      const other = this.#and();
      value = value === true || other === true ? true : value === undefined ? undefined : other;
    }
    return value;
  }

  #and(): boolean | undefined {
    let value = this.#not();
    while (this.#take('and')) {
      const other = this.#not();
      value = value === false || other === false ? false : value === undefined ? undefined : other;
    }
    return value;
  }

  #not(): boolean | undefined {
    if (++this.#depth > DEPTH_LIMIT) {
      this.#at = Infinity;
      return undefined;
    }
    try {
      if (this.#take('!')) {
        const value = this.#not();
        return value === undefined ? undefined : !value;
      }
      if (this.#take('(')) {
        const value = this.#or();
        return this.#take(')') ? value : undefined;
      }
      return this.#comparison();
    } finally {
      this.#depth--;
    }
  }

  #comparison(): boolean | undefined {
    const left = this.#value();
    if (left === undefined) return undefined;
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'sign' || !/^(?:[=!]=|[<>]=?)$/.test(token.text)) return truth(left.text);
    this.#at++;
    const right = this.#value();
    if (left.text === undefined || right?.text === undefined) return undefined;
    return compare(left.text, token.text, right.text);
  }

  /** A value or a function call; its text is undefined when nobody can tell. */
  #value(): { readonly text: string | undefined } | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'value') return undefined;
    this.#at++;
    if (/^[A-Za-z]\w*$/.test(token.text) && this.#take('(')) {
      const given: (string | undefined)[] = [];
      while (!this.#take(')')) {
        const item = this.#value();
        if (item === undefined) return undefined;
        given.push(item.text);
        this.#take(',');
      }
      return { text: this.#call(token.text.toLowerCase(), given) };
    }
    return { text: expand(token.text, this.#scope) };
  }

  #call(name: string, [path]: readonly (string | undefined)[]): string | undefined {
    if (path === undefined) return undefined;
    if (name === 'exists') return String(path !== '' && this.#exists(path));
    if (name === 'hastrailingslash') return String(/[\\/]$/.test(path));
    return undefined;
  }
}

function truth(text: string | undefined): boolean | undefined {
  const word = text?.trim().toLowerCase();
  if (word === 'true' || word === 'on' || word === 'yes') return true;
  if (word === 'false' || word === 'off' || word === 'no') return false;
  return undefined;
}

function compare(left: string, sign: string, right: string): boolean | undefined {
  const a = numbers(left);
  const b = numbers(right);
  if (sign === '==' || sign === '!=') {
    const same = a && b ? order(a, b) === 0 : left.toLowerCase() === right.toLowerCase();
    return same === (sign === '==');
  }
  if (!a || !b) return undefined;
  const difference = order(a, b);
  if (sign === '<') return difference < 0;
  if (sign === '<=') return difference <= 0;
  return sign === '>' ? difference > 0 : difference >= 0;
}

/** A number, hexadecimal number or version as its parts. */
function numbers(text: string): readonly number[] | undefined {
  const word = text.trim();
  if (/^[+-]?\d+(?:\.\d+)?$/.test(word) || /^0x[0-9a-f]+$/i.test(word)) return [Number(word)];
  return /^\d+(?:\.\d+){2,3}$/.test(word) ? word.split('.').map(Number) : undefined;
}

function order(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
