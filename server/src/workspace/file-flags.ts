import type { Catalog } from '../catalog/catalog.ts';

/** What a look at the plain text tells, before anything is parsed. */
export interface FileFlags {
  /** It names something that the catalogue knows. */
  readonly mentions: boolean;
  /** It defines a function that the system calls first. */
  readonly definesEntry: boolean;
}

/** Remembers the flags of each file for the text it has. */
export class FlagReader {
  readonly #triggers: ReadonlySet<string>;
  readonly #entries: readonly string[];
  readonly #known = new Map<string, { readonly text: string; readonly flags: FileFlags }>();
  readonly #definitions = new Map<string, { readonly text: string; readonly names: ReadonlySet<string> }>();

  constructor(catalog: Catalog) {
    this.#triggers = catalog.triggers;
    this.#entries = [...catalog.entryPoints.keys()];
  }

  of(uri: string, text: string): FileFlags {
    const known = this.#known.get(uri);
    if (known?.text === text) return known.flags;
    const mentions = mentionsCatalog(text, this.#triggers);
    const flags = { mentions, definesEntry: mentions && this.#entries.some((name) => defines(text, name)) };
    this.#known.set(uri, { text, flags });
    return flags;
  }

  /** Functions that the file seems to define: names at the left margin with a parenthesis behind. */
  definitionsIn(uri: string, text: string): ReadonlySet<string> {
    const known = this.#definitions.get(uri);
    if (known?.text === text) return known.names;
    const names = new Set<string>();
    for (const [, name = ''] of text.matchAll(
      /^(?:[A-Za-z_][\w \t*]{0,200}[ \t*])?([A-Za-z_]\w*)[ \t]*\(/gm,
    )) {
      names.add(name);
    }
    this.#definitions.set(uri, { text, names });
    return names;
  }

  /** The flags that the file had when it was last looked at. */
  last(uri: string): FileFlags | undefined {
    return this.#known.get(uri)?.flags;
  }

  forget(uri: string): void {
    this.#known.delete(uri);
    this.#definitions.delete(uri);
  }
}

/** True when the text holds one of the names as a whole word. */
export function mentionsAny(text: string, names: ReadonlySet<string>): boolean {
  for (const [word] of text.matchAll(/[A-Za-z_]\w*/g)) if (names.has(word)) return true;
  return false;
}

/** The same for names of the catalogue: none of them is short, and most words are. */
function mentionsCatalog(text: string, names: ReadonlySet<string>): boolean {
  for (const [word] of text.matchAll(/[A-Za-z_]\w{5,}/g)) if (names.has(word)) return true;
  return false;
}

/** Parameter lists longer than this are not a definition's. */
const PARAMETERS_LIMIT = 2000;
/** Characters between the parameters and the body. */
const BETWEEN_LIMIT = 400;

/** True when the text looks like it defines the function: name, parameters, and a body. */
function defines(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    if (/\w/.test(text[at - 1] ?? '') || /\w/.test(text[at + name.length] ?? '')) continue;
    let next = skipBlanks(text, at + name.length);
    if (text[next] !== '(') continue;
    const limit = Math.min(text.length, next + PARAMETERS_LIMIT);
    let depth = 0;
    for (; next < limit; next++) {
      if (text[next] === '(') depth++;
      else if (text[next] === ')' && --depth === 0) break;
    }
    // Annotations, or parameter declarations in the style of old C, may stand before the body; a `;` directly
    // behind the parenthesis ends a prototype or a call.
    next = skipBlanks(text, next + 1);
    const between = /^[\w\s,;*]*/.exec(text.slice(next, next + BETWEEN_LIMIT))?.[0] ?? '';
    if (text[next + between.length] !== '{' || between.startsWith(';')) continue;
    if (!isInComment(text, at)) return true;
  }
  return false;
}

function isInComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
  return line.includes('//') || text.lastIndexOf('/*', at) > text.lastIndexOf('*/', at);
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (/\s/.test(text[at] ?? '')) at++;
    if (text.startsWith('//', at)) at = endOr(text.indexOf('\n', at), text.length);
    else if (text.startsWith('/*', at)) at = endOr(text.indexOf('*/', at + 2), text.length - 2) + 2;
    else return at;
  }
}

const endOr = (at: number, end: number): number => (at < 0 ? end : at);
