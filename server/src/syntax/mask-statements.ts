import { WORD } from './lexer.ts';
import {
  BRACE,
  BRACKET,
  type Canvas,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLON,
  COMMA,
  EQUALS,
  type Live,
  PAREN,
  type Role,
  SEMICOLON,
  STAR,
  isWord,
  punctuation,
  roleOfBrace,
  tokenText,
} from './mask-tokens.ts';

/** Keywords that may start a declaration before its type. */
const MODIFIERS = new Set(
  'static extern typedef const volatile register inline __inline __inline__ __forceinline auto'.split(' '),
);
/** Keywords that are a type or start one. `const` and `volatile` may also stand behind a type. */
const TYPE_KEYWORDS = new Set(
  'void char short int long float double signed unsigned struct union enum _Bool bool __int8 __int16 __int32 __int64 wchar_t'.split(
    ' ',
  ),
);
const STATEMENT_KEYWORDS = new Set(
  'if else while for do switch case default return goto break continue sizeof __try __except __finally __leave __asm asm'.split(
    ' ',
  ),
);
/** `NAME (...)` of these has a statement behind it, or is no macro at all. */
const HEADED = new Set(['if', 'while', 'for', 'switch', '__except', 'catch', 'return', 'sizeof', 'defined']);
/** A word of a declaration that is a type rather than a calling convention or an import marker. */
const LIKELY_TYPE =
  /^(?:VOID|BOOL(?:EAN)?|U?(?:LONG|SHORT|CHAR|INT)(?:64|32|16|8|_PTR)?|[A-Z_]*STATUS|HRESULT|HANDLE|[DQ]?WORD|BYTE|P[A-Z][A-Z0-9_]+)$/;

/** Other spellings of the keywords of structured exception handling. */
const HANDLER_WORDS: ReadonlyMap<string, string> = new Map([
  ['try', '__try'],
  ['TRY', '__try'],
  ['__try', '__try'],
  ['except', '__except'],
  ['EXCEPT', '__except'],
  ['__except', '__except'],
  ['finally', '__finally'],
  ['FINALLY', '__finally'],
  ['__finally', '__finally'],
  ['leave', '__leave'],
  ['LEAVE', '__leave'],
]);

/**
 * Repairs what macros do to the grammar of statements and declarations: `try` and `finally` without their
 * underscores, macro calls without a semicolon, and markers in front of a type. Nothing moves: keywords grow
 * into the blanks around them, and a missing semicolon is written on a blank behind the call.
 */
export function repairStatements(tokens: Live, partner: Int32Array, canvas: Canvas): void {
  new Repair(tokens, partner, canvas).run();
}

class Repair {
  readonly #tokens: Live;
  readonly #partner: Int32Array;
  readonly #canvas: Canvas;
  /** Offset up to which blanks are taken. */
  #taken = 0;
  /** Words that an earlier token has dealt with, and the keyword they became. */
  readonly #respelled = new Map<number, string>();

  constructor(tokens: Live, partner: Int32Array, canvas: Canvas) {
    this.#tokens = tokens;
    this.#partner = partner;
    this.#canvas = canvas;
  }

  run(): void {
    const tokens = this.#tokens;
    const roles: Role[] = [];
    /** Closing parentheses that a statement follows. */
    const heads = new Set<number>();
    /** Index of the token that starts the statement we are in. */
    let start = 0;
    let starts = true;
    for (let i = 0; i < tokens.kind.length; i++) {
      const role = roles.at(-1);
      if (tokens.kind[i] === WORD) {
        if (starts) {
          start = i;
          const skip = this.#startOfStatement(i, role, heads);
          starts = skip === 'again';
          continue;
        }
        const word = tokenText(tokens, i);
        starts = word === 'else' || word === 'do';
        if (role === 'paren' && this.#startsItem(i)) this.#dropMarkers(i, role);
        continue;
      }
      const code = punctuation(tokens, i);
      if (starts) start = i;
      starts = false;
      switch (code) {
        case PAREN:
          roles.push('paren');
          this.#functionPointer(i);
          break;
        case BRACKET:
          roles.push('paren');
          break;
        case BRACE: {
          const opened = roleOfBrace(tokens, i - 1, role);
          roles.push(opened);
          starts = opened === 'block' || opened === 'members';
          break;
        }
        case CLOSE_PAREN:
        case CLOSE_BRACKET:
          if (role === 'paren') roles.pop();
          starts = heads.has(i);
          break;
        case CLOSE_BRACE: {
          while (roles.at(-1) === 'paren') roles.pop();
          starts = roles.pop() === 'block';
          break;
        }
        case SEMICOLON:
          starts = role !== 'paren';
          break;
        case COLON: {
          const head = tokenText(tokens, start);
          starts = role !== 'paren' && (head === 'case' || head === 'default' || i === start + 1);
          break;
        }
        default:
      }
    }
  }

  /** Looks at the word that starts a statement. Returns `again` when what follows starts one, too. */
  #startOfStatement(i: number, role: Role | undefined, heads: Set<number>): 'again' | 'done' {
    const tokens = this.#tokens;
    if (role === 'enum' || role === 'initializer' || role === 'paren') return 'done';
    const written = tokenText(tokens, i);
    const word = this.#respelled.get(i) ?? this.#handlers(i, written) ?? written;
    if (word === 'else' || word === 'do' || word === '') {
      if (word === 'do') this.#endOfDo(i);
      return 'again';
    }
    if (HEADED.has(word)) {
      const close = this.#closing(i + 1);
      if (close !== undefined && word !== 'return' && word !== 'sizeof') heads.add(close);
      return 'done';
    }
    if (STATEMENT_KEYWORDS.has(word)) return 'done';
    const close = this.#closing(i + 1);
    if (close !== undefined && !MODIFIERS.has(word) && !TYPE_KEYWORDS.has(word)) {
      this.#macroCall(i, close, role, heads);
      return 'done';
    }
    this.#dropMarkers(i, role);
    return 'done';
  }

  /** `NAME(...)` at the start of a statement, with nothing behind that could belong to it. */
  #macroCall(i: number, close: number, role: Role | undefined, heads: Set<number>): void {
    const tokens = this.#tokens;
    const next = close + 1;
    const code = punctuation(tokens, next);
    const isEnd = next >= tokens.kind.length || tokens.kind[next] === WORD || code === CLOSE_BRACE;
    if (!isEnd && !(code === BRACE && role === 'block')) return;
    heads.add(close);
    // Between functions and in structures a macro with arguments declares something we cannot know.
    if (role !== 'block' || !this.#writeSemicolon(close)) this.#drop(i, close);
  }

  /** Adds the semicolon that `do {...} while (...)` lacks when a macro ends with it. */
  #endOfDo(i: number): void {
    const brace = this.#closing(i + 1);
    if (brace === undefined) return;
    const word = tokenText(this.#tokens, brace + 1);
    if (word === 'WHILE') this.#canvas.write(this.#tokens.start[brace + 1] ?? 0, 'while');
    else if (word !== 'while') return;
    const close = this.#closing(brace + 2);
    if (close !== undefined && punctuation(this.#tokens, close + 1) !== SEMICOLON)
      this.#writeSemicolon(close);
  }

  // ------------------------------------------------------------------------------------ exception handling

  /** Respells handler keywords that start at `i`. Returns the keyword, or an empty text when it was blanked. */
  #handlers(i: number, written: string): string | undefined {
    const word = HANDLER_WORDS.get(written);
    const tokens = this.#tokens;
    if (word === '__leave') {
      if (punctuation(tokens, i + 1) !== SEMICOLON) return undefined;
      const place = this.#room(i, word);
      if (place === undefined) return undefined;
      this.#respell(i, word, place);
      return word;
    }
    if (word !== '__try' || punctuation(tokens, i + 1) !== BRACE) return undefined;
    const close = this.#closing(i + 1);
    if (close === undefined) return written === word ? word : this.#blankWord(i);
    const handler = close + 1;
    const handlerWord = tokenText(tokens, handler);
    const handlerKeyword = HANDLER_WORDS.get(handlerWord);
    const isHandler =
      (handlerKeyword === '__finally' && punctuation(tokens, handler + 1) === BRACE) ||
      (handlerKeyword === '__except' && punctuation(tokens, handler + 1) === PAREN);
    if (isHandler && handlerKeyword !== undefined) {
      const tryPlace = this.#room(i, word);
      const handlerPlace = this.#room(handler, handlerKeyword);
      if (tryPlace !== undefined && handlerPlace !== undefined) {
        this.#respell(i, word, tryPlace);
        this.#respell(handler, handlerKeyword, handlerPlace);
        return word;
      }
    }
    if (written === word) return word;
    // No room, or a C++ handler: both blocks stay, as plain blocks.
    if (isHandler || handlerWord === 'catch') {
      const end = punctuation(tokens, handler + 1) === PAREN ? this.#closing(handler + 1) : handler;
      if (end !== undefined) {
        this.#drop(handler, end);
        this.#respelled.set(handler, '');
      }
    }
    return this.#blankWord(i);
  }

  #blankWord(i: number): string {
    this.#drop(i, i);
    return '';
  }

  /** Where a keyword can stand that is longer than the word it replaces; undefined when blanks are too few. */
  #room(i: number, keyword: string): number | undefined {
    const tokens = this.#tokens;
    const text = tokens.text;
    const start = tokens.start[i] ?? 0;
    const end = tokens.end[i] ?? 0;
    let lack = keyword.length - (end - start);
    // Not up to a word before, or the two would become one.
    const floor = Math.max(this.#taken, (tokens.end[i - 1] ?? 0) + (isWord(tokens, i - 1) ? 1 : 0));
    const ceiling = tokens.start[i + 1] ?? text.length;
    let from = start;
    let to = end;
    while (lack > 0 && from > floor && !isBreak(text, from - 1)) {
      from--;
      lack--;
    }
    while (lack > 0 && to < ceiling && !isBreak(text, to)) {
      to++;
      lack--;
    }
    return lack > 0 ? undefined : from;
  }

  #respell(i: number, keyword: string, at: number): void {
    const start = this.#tokens.start[i] ?? 0;
    this.#respelled.set(i, keyword);
    if (
      at === start &&
      this.#tokens.end[i] === start + keyword.length &&
      tokenText(this.#tokens, i) === keyword
    )
      return;
    this.#canvas.blank(start, this.#tokens.end[i] ?? start);
    this.#canvas.write(at, keyword);
    // Handlers are placed before the walk reaches them; what lies between may still write.
    if (at <= start && this.#taken < at && start - at < 16) this.#reserved.set(i, at);
  }

  /** Offsets from which blanks before a token belong to its keyword. */
  readonly #reserved = new Map<number, number>();

  // ------------------------------------------------------------------------------------------ declarations

  /** True behind `(` and `,`, where a parameter starts. */
  #startsItem(i: number): boolean {
    const before = punctuation(this.#tokens, i - 1);
    return before === PAREN || before === COMMA;
  }

  /** Blanks words that stand before or behind the type of a declaration and are no part of C. */
  #dropMarkers(start: number, role: Role | undefined): void {
    const tokens = this.#tokens;
    let first = start;
    while (isWord(tokens, first) && MODIFIERS.has(tokenText(tokens, first))) first++;
    let end = first;
    while (isWord(tokens, end) && this.#isPlainName(end)) end++;
    const count = end - first;
    if (count === 0) return;
    const next = tokenText(tokens, end);
    if (isWord(tokens, end)) {
      // `MARKER void f()`, `MARKER static int x`: nothing of C has a name before these.
      const leads = TYPE_KEYWORDS.has(next) || next === 'static' || next === 'extern' || next === 'typedef';
      if (leads) for (let i = first; i < end; i++) this.#drop(i, i);
      return;
    }
    const code = punctuation(tokens, end);
    if (code === STAR) {
      if (count < 2 || !this.#isDeclaredPointer(end)) return;
      for (let i = first; i < end - 1; i++) this.#drop(i, i);
      return;
    }
    const ends =
      code === SEMICOLON ||
      code === EQUALS ||
      code === COMMA ||
      code === BRACKET ||
      code === PAREN ||
      code === CLOSE_PAREN;
    if (count < 3 || !ends || (role === 'paren' && code === PAREN)) return;
    // One of the words before the name is the type: the first that looks like one, else the last.
    let type = end - 2;
    for (let i = first; i < end - 1; i++) {
      if (LIKELY_TYPE.test(tokenText(tokens, i))) {
        type = i;
        break;
      }
    }
    for (let i = first; i < end - 1; i++) if (i !== type) this.#drop(i, i);
  }

  /** `NAME NAME * ... NAME`: asterisks, then a name. */
  #isDeclaredPointer(star: number): boolean {
    let i = star;
    while (punctuation(this.#tokens, i) === STAR) i++;
    return (
      isWord(this.#tokens, i) ||
      punctuation(this.#tokens, i) === COMMA ||
      punctuation(this.#tokens, i) === CLOSE_PAREN
    );
  }

  #isPlainName(i: number): boolean {
    const word = tokenText(this.#tokens, i);
    return !MODIFIERS.has(word) && !TYPE_KEYWORDS.has(word) && !STATEMENT_KEYWORDS.has(word);
  }

  /** `TYPE (CONVENTION *Name)(...)`: blanks the convention. */
  #functionPointer(open: number): void {
    const tokens = this.#tokens;
    if (!isWord(tokens, open + 1) || punctuation(tokens, open + 2) !== STAR || !isWord(tokens, open + 3))
      return;
    const close = this.#partner[open] ?? -1;
    if (close < 0 || punctuation(tokens, close + 1) !== PAREN) return;
    const before = punctuation(tokens, open - 1);
    if (!isWord(tokens, open - 1) && before !== STAR) return;
    if (close === open + 4 || punctuation(tokens, open + 4) === BRACKET) this.#drop(open + 1, open + 1);
  }

  // ------------------------------------------------------------------------------------------------ tools

  /** The closing bracket of the opening one at `i`; undefined when there is none. */
  #closing(i: number): number | undefined {
    const code = punctuation(this.#tokens, i);
    if (code !== PAREN && code !== BRACE) return undefined;
    const close = this.#partner[i] ?? -1;
    return close > i ? close : undefined;
  }

  #drop(from: number, to: number): void {
    this.#canvas.blank(this.#tokens.start[from] ?? 0, this.#tokens.end[to] ?? 0);
  }

  /** Writes a semicolon on the first blank behind a token. False when there is no blank before the next token. */
  #writeSemicolon(after: number): boolean {
    const text = this.#tokens.text;
    const limit = Math.min(
      this.#reserved.get(after + 1) ?? text.length,
      this.#tokens.start[after + 1] ?? text.length,
    );
    for (let at = this.#tokens.end[after] ?? 0; at < limit; at++) {
      if (isBreak(text, at)) continue;
      this.#canvas.write(at, ';');
      this.#taken = at + 1;
      return true;
    }
    return false;
  }
}

function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 10 || code === 13;
}
