import type { TextRange } from '../../text/range.ts';

/** Where a function is defined, as far as its name, a parameter list and a brace tell. */
export interface Definition {
  readonly uri: string;
  /** Its name. */
  readonly range: TextRange;
}

/**
 * Files of a driver that name nothing of the catalogue are not analysed, but handlers may be defined there. This only looks
 * for `name(...) {` in their texts.
 */
export class Definitions {
  readonly #files: readonly string[];
  readonly #textOf: (uri: string) => string | undefined;
  readonly #blanked = new Map<string, string>();

  constructor(files: readonly string[], textOf: (uri: string) => string | undefined) {
    this.#files = files;
    this.#textOf = textOf;
  }

  /** The only definition of the name; undefined when there is none, or more than one. */
  find(name: string): Definition | undefined {
    const found = this.#files.flatMap((uri) => {
      const text = this.#textOf(uri);
      if (!text?.includes(name)) return [];
      return definitionsIn(this.#code(uri, text), name).map((range) => ({ uri, range }));
    });
    return found.length === 1 ? found[0] : undefined;
  }

  #code(uri: string, text: string): string {
    let known = this.#blanked.get(uri);
    if (known === undefined) this.#blanked.set(uri, (known = withoutComments(text)));
    return known;
  }
}

/** Comments and literals become spaces, so that offsets stay. */
const withoutComments = (text: string): string =>
  text.replace(/\\[^]|\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, (found) =>
    found.startsWith('\\') ? found : found.replace(/[^\n]/g, ' '),
  );

function definitionsIn(code: string, name: string): TextRange[] {
  const found: TextRange[] = [];
  for (const match of code.matchAll(new RegExp(`\\b${name}\\b\\s*\\(`, 'g'))) {
    let depth = 0;
    let at = match.index + match[0].length - 1;
    for (; at < code.length; at++) {
      if (code[at] === '(') depth++;
      else if (code[at] === ')' && --depth === 0) break;
      else if (code[at] === ';' || code[at] === '{') break;
    }
    if (code[at] !== ')') continue;
    at++;
    while (/\s/.test(code[at] ?? '')) at++;
    if (code[at] === '{') found.push({ start: match.index, end: match.index + name.length });
  }
  return found;
}
