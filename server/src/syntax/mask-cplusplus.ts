import { LITERAL } from './lexer.ts';
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
  SEMICOLON,
  STAR,
  isWord,
  punctuation,
  tokenText,
} from './mask-tokens.ts';

const LESS = 60;
const GREATER = 62;
const AMPERSAND = 38;
const TILDE = 126;

/** Longest head of a class or list of template arguments that is looked at: text is no program always. */
const LOOK_AHEAD = 200;

const DROPPED_WORDS = new Set(
  'virtual explicit friend mutable constexpr consteval constinit typename'.split(' '),
);
const CASTS = new Set('static_cast reinterpret_cast const_cast dynamic_cast'.split(' '));
const ACCESS = new Set('public private protected'.split(' '));
const BEHIND_PARAMETERS = new Set('const override final noexcept volatile'.split(' '));

/**
 * Brings the C++ of drivers near enough to C: namespaces, classes and `extern "C"` blocks are unwrapped, so that
 * their members stand at the top; qualifiers, template arguments, references, `new` and casts are blanked down to
 * the C expression inside them; a lambda becomes a name. Returns a flag per token that is gone.
 */
export function blankCplusplus(tokens: Live, partner: Int32Array, canvas: Canvas): Uint8Array {
  const pass = new CplusplusPass(tokens, partner, canvas);
  pass.run();
  return pass.gone;
}

/** Blanks `extern "C"`, with its braces if it has some. */
export function blankLinkage(tokens: Live, partner: Int32Array, canvas: Canvas): Uint8Array {
  const pass = new CplusplusPass(tokens, partner, canvas);
  for (let i = 0; i < tokens.kind.length; i++) pass.linkage(i);
  return pass.gone;
}

class CplusplusPass {
  readonly gone: Uint8Array;
  readonly #tokens: Live;
  readonly #partner: Int32Array;
  readonly #canvas: Canvas;
  /** Last token that stays, -1 at the start. */
  #last = -1;
  /** Open braces of function bodies and initialisers; 0 where functions are declared. */
  #bodies = 0;
  /** Open parentheses. */
  #parens = 0;

  constructor(tokens: Live, partner: Int32Array, canvas: Canvas) {
    this.#tokens = tokens;
    this.#partner = partner;
    this.#canvas = canvas;
    this.gone = new Uint8Array(tokens.kind.length);
  }

  run(): void {
    const count = this.#tokens.kind.length;
    for (let i = 0; i < count; i++) {
      if (this.gone[i] === 1) continue;
      const next = isWord(this.#tokens, i) ? this.#word(i) : this.#mark(i);
      if (this.gone[i] !== 1) this.#last = i;
      // A reader that has dealt with more tokens says where to go on.
      if (next > i) i = next - 1;
    }
  }

  /** Unwraps a linkage specification that starts at `i`. Returns the token to go on with, or `i`. */
  linkage(i: number): number {
    if (this.#text(i) !== 'extern' || this.#tokens.kind[i + 1] !== LITERAL) return i;
    this.#drop(i, i + 1);
    if (punctuation(this.#tokens, i + 2) === BRACE) return this.#unwrap(i + 2);
    return i + 2;
  }

  #word(i: number): number {
    const word = this.#text(i);
    switch (word) {
      case 'extern':
        return this.linkage(i);
      case 'namespace':
        return this.#namespace(i);
      case 'using':
        return this.#dropUntilSemicolon(i);
      case 'template':
        return this.#dropWithAngles(i);
      case 'enum':
        return this.#enum(i);
      case 'class':
      case 'struct':
        return this.#class(i, word);
      case 'new':
        return this.#new(i);
      case 'delete':
        this.#drop(i, i);
        if (
          punctuation(this.#tokens, i + 1) === BRACKET &&
          punctuation(this.#tokens, i + 2) === CLOSE_BRACKET
        ) {
          this.#drop(i + 1, i + 2);
        }
        return i + 1;
      case 'auto':
        // In C `auto` names no type. A name of the same length does.
        this.#canvas.write(this.#tokens.start[i] ?? 0, 'Auto');
        return i + 1;
      case 'for':
        this.#rangeFor(i);
        return i + 1;
      default:
    }
    if (CASTS.has(word)) return this.#dropWithAngles(i);
    if (DROPPED_WORDS.has(word)) {
      this.#drop(i, i);
      return i + 1;
    }
    if (ACCESS.has(word) && this.#isSingleColon(i + 1)) {
      this.#drop(i, i + 1);
      return i + 2;
    }
    if (BEHIND_PARAMETERS.has(word) && punctuation(this.#tokens, this.#last) === CLOSE_PAREN) {
      const close = word === 'noexcept' ? this.#closing(i + 1) : undefined;
      this.#drop(i, close ?? i);
      return (close ?? i) + 1;
    }
    return this.#name(i);
  }

  /** A name: perhaps a qualifier, a template with arguments, or a constructor. */
  #name(i: number): number {
    const tokens = this.#tokens;
    const angles = this.#templateArguments(i + 1);
    const behind = angles ?? i + 1;
    if (this.#isDoubleColon(behind)) {
      // `ns::`, `Class::`, `Template<T>::`
      this.#drop(i, behind + 1);
      return behind + 2;
    }
    if (angles !== undefined) {
      this.#drop(i + 1, angles - 1);
      return angles;
    }
    if (this.#bodies > 0 || this.#parens > 0 || !this.#startsStatement()) return i + 1;
    const close = this.#closing(i + 1);
    if (close === undefined) return i + 1;
    const code = punctuation(tokens, close + 1);
    if (code === SEMICOLON) {
      // Capitals only is a macro, and C reads it; all else is the declaration of a constructor.
      if (/^[A-Z0-9_]+$/.test(this.#text(i))) return i + 1;
      this.#drop(i, close + 1);
      return close + 2;
    }
    if (code !== BRACE && !this.#isSingleColon(close + 1)) return i + 1;
    // A constructor: its body stays, as a plain block.
    const body = this.#bodyOfConstructor(close + 1);
    if (body === undefined) return i + 1;
    this.#drop(i, body - 1);
    return body;
  }

  #mark(i: number): number {
    const tokens = this.#tokens;
    const code = punctuation(tokens, i);
    switch (code) {
      case PAREN:
        this.#parens++;
        break;
      case CLOSE_PAREN:
        this.#parens = Math.max(0, this.#parens - 1);
        break;
      case BRACE:
        this.#bodies++;
        break;
      case CLOSE_BRACE:
        this.#bodies = Math.max(0, this.#bodies - 1);
        break;
      case COLON:
        if (!this.#isDoubleColon(i)) break;
        this.#drop(i, i + 1);
        return i + 2;
      case TILDE:
        if (this.#bodies === 0 && isWord(tokens, i + 1)) this.#drop(i, i);
        break;
      case AMPERSAND:
        return this.#reference(i);
      case BRACKET:
        return this.#lambda(i);
      case EQUALS:
        if (this.#bodies === 0) return this.#valueInDeclaration(i);
        break;
      default:
    }
    return i + 1;
  }

  // ------------------------------------------------------------------------------------------------ scopes

  #namespace(i: number): number {
    let brace = i + 1;
    while (isWord(this.#tokens, brace) || punctuation(this.#tokens, brace) === COLON) brace++;
    if (punctuation(this.#tokens, brace) !== BRACE) return this.#dropUntilSemicolon(i);
    this.#drop(i, brace - 1);
    return this.#unwrap(brace);
  }

  /** Drops a pair of braces; what stands between them stays where it is. */
  #unwrap(brace: number): number {
    const close = this.#closing(brace);
    this.#drop(brace, brace);
    if (close !== undefined) this.#drop(close, close);
    return brace + 1;
  }

  #enum(i: number): number {
    const scoped = this.#text(i + 1);
    if (scoped === 'class' || scoped === 'struct') this.#drop(i + 1, i + 1);
    let brace = i + 1;
    while (isWord(this.#tokens, brace)) brace++;
    if (!this.#isSingleColon(brace)) return brace;
    const colon = brace++;
    while (isWord(this.#tokens, brace) || this.#isDoubleColon(brace) || this.#isDoubleColon(brace - 1))
      brace++;
    if (punctuation(this.#tokens, brace) === BRACE) this.#drop(colon, brace - 1);
    return brace;
  }

  /** `class X : public Y {` is unwrapped; a `struct` only if it has bases, else C can read it. */
  #class(i: number, word: string): number {
    const tokens = this.#tokens;
    let at = i + 1;
    while (isWord(tokens, at) && at < i + LOOK_AHEAD) at++;
    const hasBases = this.#isSingleColon(at);
    if (hasBases) {
      while (
        at < i + LOOK_AHEAD &&
        punctuation(tokens, at) !== BRACE &&
        punctuation(tokens, at) !== SEMICOLON
      )
        at++;
    }
    if (punctuation(tokens, at) === BRACE && (word === 'class' || hasBases)) {
      const close = this.#closing(at);
      this.#drop(i, at - 1);
      this.#unwrap(at);
      if (close !== undefined && punctuation(tokens, close + 1) === SEMICOLON)
        this.#drop(close + 1, close + 1);
      return at + 1;
    }
    if (word === 'struct') return i + 1;
    if (punctuation(tokens, i + 2) === SEMICOLON) {
      this.#drop(i, i + 2);
      return i + 3;
    }
    this.#drop(i, i);
    return i + 1;
  }

  // ------------------------------------------------------------------------------------------- expressions

  /** `new (pool) T(x)` becomes `T(x)`. */
  #new(i: number): number {
    this.#drop(i, i);
    const close = this.#closing(i + 1);
    if (close === undefined || !isWord(this.#tokens, close + 1)) return i + 1;
    this.#drop(i + 1, close);
    return close + 1;
  }

  /** `&` of a reference type: `T& x`, and between a type and a name of a parameter. */
  #reference(i: number): number {
    const tokens = this.#tokens;
    const double = punctuation(tokens, i + 1) === AMPERSAND && tokens.end[i] === tokens.start[i + 1];
    const next = double ? i + 2 : i + 1;
    const before = punctuation(tokens, this.#last);
    if (!isWord(tokens, this.#last) && before !== STAR) return next;
    const code = punctuation(tokens, next);
    const named = isWord(tokens, next);
    if (!named && code !== COMMA && code !== CLOSE_PAREN) return next;
    const left = tokens.end[i - 1] === tokens.start[i];
    const right = tokens.end[next - 1] === tokens.start[next];
    const inHead = this.#bodies === 0 && this.#parens > 0;
    if (inHead || (left && !right) || !named) this.#drop(i, next - 1);
    return next;
  }

  /** `[captures](parameters) -> T {...}` becomes the name `_`: it is a function, and not this one. */
  #lambda(i: number): number {
    const tokens = this.#tokens;
    const last = this.#last;
    const before = punctuation(tokens, last);
    if (before === CLOSE_PAREN || before === CLOSE_BRACKET || this.#tokens.kind[last] === LITERAL)
      return i + 1;
    if (isWord(tokens, last) && this.#text(last) !== 'return') return i + 1;
    const close = this.#partner[i] ?? -1;
    if (close < i) return i + 1;
    let at = close + 1;
    const parameters = punctuation(tokens, at) === PAREN ? this.#closing(at) : undefined;
    if (parameters !== undefined) {
      at = parameters + 1;
      while (
        at < parameters + 20 &&
        punctuation(tokens, at) !== BRACE &&
        punctuation(tokens, at) !== SEMICOLON
      )
        at++;
    }
    const end = punctuation(tokens, at) === BRACE ? this.#closing(at) : undefined;
    if (end === undefined) return i + 1;
    this.#drop(i, end);
    this.#canvas.write(tokens.start[i] ?? 0, '_');
    this.gone[i] = 0;
    return end + 1;
  }

  /** `for (T x : range)` becomes `for (T x ;;range)` if a blank stands behind the colon. */
  #rangeFor(i: number): void {
    const close = this.#closing(i + 1);
    if (close === undefined) return;
    for (let at = i + 2; at < close && at < i + LOOK_AHEAD; at++) {
      const code = punctuation(this.#tokens, at);
      if (code === SEMICOLON) return;
      if (code === PAREN || code === BRACKET || code === BRACE) {
        at = this.#closing(at) ?? close;
      } else if (code === COLON) {
        if (this.#isDoubleColon(at)) {
          at++;
          continue;
        }
        const offset = this.#tokens.start[at] ?? 0;
        if (this.#tokens.text.charCodeAt(offset + 1) === 32) this.#canvas.write(offset, ';;');
        return;
      }
    }
  }

  // ------------------------------------------------------------------------------------------ declarations

  /** Default arguments, and `= 0`, `= default`, `= delete` behind a function's parameters. */
  #valueInDeclaration(i: number): number {
    const tokens = this.#tokens;
    if (this.#parens === 0) {
      if (punctuation(tokens, this.#last) !== CLOSE_PAREN || punctuation(tokens, i + 2) !== SEMICOLON)
        return i + 1;
      this.#drop(i, i + 1);
      return i + 2;
    }
    let at = i + 1;
    while (at < i + LOOK_AHEAD && at < tokens.kind.length) {
      const code = punctuation(tokens, at);
      if (code === COMMA || code === CLOSE_PAREN || code === SEMICOLON) break;
      at = (this.#closing(at) ?? at) + 1;
    }
    this.#drop(i, at - 1);
    return at;
  }

  /** The brace of a constructor's body, behind the list of what it initialises. */
  #bodyOfConstructor(from: number): number | undefined {
    const tokens = this.#tokens;
    for (let at = from; at < tokens.kind.length && at < from + 4 * LOOK_AHEAD; at++) {
      const code = punctuation(tokens, at);
      if (code === SEMICOLON) return undefined;
      if (code === BRACE) {
        const close = this.#closing(at);
        const item = close !== undefined && at > from && isWord(tokens, at - 1);
        if (!item) return at;
        at = close;
      } else if (code === PAREN) at = this.#closing(at) ?? at;
    }
    return undefined;
  }

  #startsStatement(): boolean {
    const code = punctuation(this.#tokens, this.#last);
    return this.#last < 0 || code === SEMICOLON || code === CLOSE_BRACE;
  }

  // ------------------------------------------------------------------------------------------------- tools

  #text(i: number): string {
    return tokenText(this.#tokens, i);
  }

  #drop(from: number, to: number): void {
    this.gone.fill(1, from, to + 1);
    this.#canvas.blank(this.#tokens.start[from] ?? 0, this.#tokens.end[to] ?? 0);
  }

  #dropUntilSemicolon(i: number): number {
    let at = i;
    while (at < this.#tokens.kind.length && punctuation(this.#tokens, at) !== SEMICOLON) at++;
    this.#drop(i, Math.min(at, this.#tokens.kind.length - 1));
    return at + 1;
  }

  /** Drops a word and the `<...>` behind it. */
  #dropWithAngles(i: number): number {
    const behind = punctuation(this.#tokens, i + 1) === LESS ? this.#endOfAngles(i + 1) : undefined;
    this.#drop(i, (behind ?? i + 1) - 1);
    return behind ?? i + 1;
  }

  /** Behind `<...>` directly after a name, if it looks like arguments and not like a comparison. */
  #templateArguments(i: number): number | undefined {
    const tokens = this.#tokens;
    if (punctuation(tokens, i) !== LESS || tokens.end[i - 1] !== tokens.start[i]) return undefined;
    const behind = this.#endOfAngles(i);
    if (behind === undefined || behind === i + 2) return behind;
    const code = punctuation(tokens, behind);
    const fits = [PAREN, CLOSE_PAREN, COLON, STAR, AMPERSAND, COMMA, GREATER, BRACE, SEMICOLON].includes(
      code,
    );
    return fits || isWord(tokens, behind) ? behind : undefined;
  }

  #endOfAngles(open: number): number | undefined {
    let depth = 0;
    for (let at = open; at < open + LOOK_AHEAD && at < this.#tokens.kind.length; at++) {
      const code = punctuation(this.#tokens, at);
      if (code === LESS) depth++;
      else if (code === GREATER) {
        if (--depth === 0) return at + 1;
      } else if (code === PAREN || code === BRACKET) at = this.#closing(at) ?? at;
      else if (code === SEMICOLON || code === BRACE || code === CLOSE_BRACE || code === CLOSE_PAREN)
        return undefined;
    }
    return undefined;
  }

  #isDoubleColon(i: number): boolean {
    const tokens = this.#tokens;
    return (
      punctuation(tokens, i) === COLON &&
      punctuation(tokens, i + 1) === COLON &&
      tokens.end[i] === tokens.start[i + 1]
    );
  }

  #isSingleColon(i: number): boolean {
    return punctuation(this.#tokens, i) === COLON && !this.#isDoubleColon(i);
  }

  /** The closing bracket of the opening one at `i`. */
  #closing(i: number): number | undefined {
    const code = punctuation(this.#tokens, i);
    if (code !== PAREN && code !== BRACE && code !== BRACKET) return undefined;
    const close = this.#partner[i] ?? -1;
    return close > i ? close : undefined;
  }
}
