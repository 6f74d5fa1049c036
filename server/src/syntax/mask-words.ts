import type { MaskWords } from '../catalog/entry.ts';
import { NUMBER } from './lexer.ts';
import {
  BRACE,
  type Canvas,
  DOT,
  type Live,
  PAREN,
  SEMICOLON,
  isWord,
  matchBrackets,
  punctuation,
  tokenText,
} from './mask-tokens.ts';

/** Longer names are no words of a list; they must not be remembered either. */
const LONGEST_WORD = 100;

type WordKind = 'annotation' | 'bare' | 'statement' | 'plain';

/** Words by kind; patterns are tried once for each different word. */
class WordTable {
  readonly #kinds = new Map<string, WordKind>();
  readonly #annotation: RegExp;

  constructor(words: MaskWords) {
    this.#annotation = new RegExp(`^(?:${words.annotations.join('|')})$`);
    for (const word of words.bare) this.#kinds.set(word, 'bare');
    for (const word of words.statements) this.#kinds.set(word, 'statement');
  }

  kindOf(word: string): WordKind {
    if (word.length > LONGEST_WORD) return 'plain';
    const known = this.#kinds.get(word);
    if (known !== undefined) return known;
    const kind = this.#annotation.test(word) ? 'annotation' : 'plain';
    // A session sees many files; their own names must not pile up here.
    if (this.#kinds.size < 50_000) this.#kinds.set(word, kind);
    return kind;
  }
}

const tables = new WeakMap<MaskWords, WordTable>();

/** Blanks words of the list, with their arguments where the list says so. Returns a flag per blanked token. */
export function blankWords(tokens: Live, words: MaskWords, canvas: Canvas): Uint8Array {
  let table = tables.get(words);
  if (table === undefined) tables.set(words, (table = new WordTable(words)));
  const partner = matchBrackets(tokens);
  const gone = new Uint8Array(tokens.kind.length);
  let depth = 0;

  /** Blanks tokens `from`..`to`; what lies between them is blank or hidden anyway. */
  const drop = (from: number, to: number): void => {
    gone.fill(1, from, to + 1);
    canvas.blank(tokens.start[from] ?? 0, tokens.end[to] ?? 0);
  };

  for (let i = 0; i < tokens.kind.length; i++) {
    if (tokens.kind[i] === NUMBER) {
      blankSuffix(tokens, i, canvas);
      continue;
    }
    if (!isWord(tokens, i)) {
      const code = punctuation(tokens, i);
      if (code === BRACE) depth++;
      else if (code !== 0 && code === BRACE + 2) depth = Math.max(0, depth - 1);
      continue;
    }
    const kind = table.kindOf(tokenText(tokens, i));
    if (kind === 'plain' || isMember(tokens, i)) continue;
    let last = i;
    if (kind !== 'bare' && punctuation(tokens, i + 1) === PAREN) {
      const close = partner[i + 1] ?? -1;
      if (close > i) last = close;
    }
    if (kind === 'statement') {
      if (last === i) continue;
      // Between functions the semicolon goes too; in a body it stays, for `if (x) MACRO(y);`.
      if (depth === 0 && punctuation(tokens, last + 1) === SEMICOLON) last++;
    }
    drop(i, last);
    i = last;
  }
  return gone;
}

/** `1I64`, `0xFFui32`: the parser knows no suffix with digits. */
function blankSuffix(tokens: Live, index: number, canvas: Canvas): void {
  const end = tokens.end[index] ?? 0;
  const start = tokens.start[index] ?? 0;
  const suffix = /[uU]?[iI](?:8|16|32|64)$/.exec(tokens.text.slice(Math.max(start, end - 5), end));
  if (suffix !== null && end - suffix[0].length > start) canvas.blank(end - suffix[0].length, end);
}

/** True for a name behind `.` or `->`. */
function isMember(tokens: Live, index: number): boolean {
  const before = punctuation(tokens, index - 1);
  return before === DOT || (before === 62 && punctuation(tokens, index - 2) === 45);
}
