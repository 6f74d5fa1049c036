import type { TextRange } from '../text/range.ts';

/**
 * Setup information files (`.inf`, and `.inx` before the build has filled in its placeholders) as sections, lines
 * and values with their ranges. Nothing is refused: what cannot be understood is left out.
 */
export interface InfFile {
  /** In the order of the text; one name may come several times. */
  readonly sections: readonly InfSection[];
  /** By name in lower case. Two values when languages differ. */
  readonly strings: ReadonlyMap<string, readonly InfValue[]>;
}

export interface InfSection {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly lines: readonly InfLine[];
}

/** `key = value, value` or `value, value`. */
export interface InfLine {
  readonly key: InfValue | undefined;
  readonly values: readonly InfValue[];
  readonly range: TextRange;
}

export interface InfValue {
  /** Without quotes, tokens as written. */
  readonly text: string;
  /** Without quotes: what an edit replaces. */
  readonly range: TextRange;
}

/** INF files above this number of characters are not read. */
export const INF_SIZE_LIMIT = 1024 * 1024;
/** Tokens in a string that is itself the value of a token. */
const TOKEN_DEPTH = 4;

/** True for names of INF files, and of those that become one in the build. */
export const isInf = (uri: string): boolean => /\.in[fx]$/i.test(uri);

/** Reads a file. Never throws. */
export function readInf(text: string): InfFile {
  const sections: { name: string; nameRange: TextRange; lines: InfLine[] }[] = [];
  if (text.length > INF_SIZE_LIMIT) return { sections, strings: new Map() };
  const reader = new LineReader(text);
  while (!reader.atEnd) {
    const section = reader.section();
    if (section) sections.push({ ...section, lines: [] });
    else {
      const line = reader.line();
      if (line) sections.at(-1)?.lines.push(line);
    }
  }
  return { sections, strings: stringsOf(sections) };
}

function stringsOf(sections: readonly InfSection[]): Map<string, InfValue[]> {
  const strings = new Map<string, InfValue[]>();
  for (const { name, lines } of sections) {
    if (!/^strings(?:\.[0-9a-f]+)?$/i.test(name)) continue;
    for (const { key, values } of lines) {
      const [value] = values;
      if (!key || !value || values.length > 1) continue;
      const id = key.text.toLowerCase();
      strings.set(id, [...(strings.get(id) ?? []), value]);
    }
  }
  return strings;
}

/**
 * The value with its `%tokens%` replaced. Undefined when it depends on the language, on the build (`$ARCH$`), or
 * on a token that the file does not define; tokens that are numbers of folders stay.
 */
export function resolveInf(value: string, { strings }: InfFile, depth = 0): string | undefined {
  if (depth > TOKEN_DEPTH || /\$[A-Za-z_]\w*\$/.test(value)) return undefined;
  let isKnown = true;
  const text = value.replace(/%([^%]*)%/g, (whole, token: string) => {
    if (token === '') return '%';
    if (/^\d+$/.test(token)) return whole;
    const texts = new Set(
      (strings.get(token.toLowerCase()) ?? []).map((item) =>
        resolveInf(item.text, { sections: [], strings }, depth + 1),
      ),
    );
    const [only] = texts;
    if (texts.size !== 1 || only === undefined) isKnown = false;
    return only ?? '';
  });
  return isKnown ? text : undefined;
}

/** Cuts a text into lines of an INF: comments, continued lines and quotes are dealt with here. */
class LineReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** The header of a section at the start of this line. */
  section(): { name: string; nameRange: TextRange } | undefined {
    const text = this.#text;
    let at = this.#at;
    while (isBlank(text[at])) at++;
    if (text[at] !== '[') return undefined;
    const end = this.#lineEnd(at);
    const close = text.indexOf(']', at);
    if (close < 0 || close > end) return undefined;
    let from = at + 1;
    let to = close;
    while (from < to && (isBlank(text[from]) || text[from] === '"')) from++;
    while (to > from && (isBlank(text[to - 1]) || text[to - 1] === '"')) to--;
    this.#at = this.#behindLine(end);
    return { name: text.slice(from, to), nameRange: { start: from, end: to } };
  }

  /** One line with what continues it; undefined when nothing is on it. */
  line(): InfLine | undefined {
    const text = this.#text;
    const start = this.#at;
    let key: InfValue | undefined;
    const values: InfValue[] = [];
    let end = start;
    for (;;) {
      const { value, stop, isEmpty } = this.#value(key === undefined && values.length === 0);
      if (!isEmpty) end = value.range.end;
      if (stop === '=') {
        key = value;
        continue;
      }
      if (stop !== undefined || !isEmpty || values.length > 0 || key) values.push(value);
      if (stop === undefined) break;
    }
    const first = key ?? values[0];
    if (!first) return undefined;
    return { key, values, range: { start: first.range.start, end: text[end] === '"' ? end + 1 : end } };
  }

  /** Reads up to a comma, the `=` behind a key, or the end of the line. */
  #value(mayBeKey: boolean): { value: InfValue; stop: ',' | '=' | undefined; isEmpty: boolean } {
    const text = this.#text;
    let content = '';
    let start = -1;
    let end = -1;
    /** Length of `content` without blanks behind it. */
    let kept = 0;
    let stop: ',' | '=' | undefined;
    const add = (piece: string, from: number, to: number): void => {
      if (start < 0) start = from;
      content += piece;
      end = to;
      kept = content.length;
    };
    scan: for (;;) {
      const c = text[this.#at];
      switch (c) {
        case undefined:
          break scan;
        case '\n':
        case '\r':
          this.#at = this.#behindLine(this.#at);
          break scan;
        case ';':
          this.#at = this.#behindLine(this.#lineEnd(this.#at));
          break scan;
        case ',':
          stop = c;
          this.#at++;
          break scan;
        case '=':
          if (mayBeKey) stop = c;
          else add(c, this.#at, this.#at + 1);
          this.#at++;
          if (mayBeKey) break scan;
          break;
        case '\\': {
          // Continues the line when nothing but blanks or a comment follows.
          let behind = this.#at + 1;
          while (isBlank(text[behind])) behind++;
          if (/^[\r\n;]?$/.test(text[behind] ?? '')) {
            const next = this.#behindLine(this.#lineEnd(this.#at));
            const ends = next >= text.length;
            this.#at = next;
            if (ends) break scan;
          } else {
            add(c, this.#at, this.#at + 1);
            this.#at++;
          }
          break;
        }
        case '"': {
          const from = ++this.#at;
          let piece = '';
          for (;;) {
            const q = text[this.#at];
            if (q === undefined || q === '\n' || q === '\r') break;
            if (q === '"') {
              if (text[this.#at + 1] !== '"') break;
              this.#at++;
            }
            piece += q;
            this.#at++;
          }
          add(piece, from, this.#at);
          if (text[this.#at] === '"') this.#at++;
          break;
        }
        default:
          if (isBlank(c)) {
            if (start >= 0) content += c;
          } else add(c, this.#at, this.#at + 1);
          this.#at++;
      }
    }
    const isEmpty = start < 0;
    const place = isEmpty ? this.#at : start;
    return {
      value: { text: content.slice(0, kept), range: { start: place, end: isEmpty ? place : end } },
      stop,
      isEmpty,
    };
  }

  #lineEnd(from: number): number {
    let at = from;
    while (at < this.#text.length && this.#text[at] !== '\n' && this.#text[at] !== '\r') at++;
    return at;
  }

  #behindLine(end: number): number {
    return this.#text[end] === '\r' && this.#text[end + 1] === '\n' ? end + 2 : end + 1;
  }
}

const isBlank = (c: string | undefined): boolean => c === ' ' || c === '\t' || c === '\ufeff' || c === '\f';
