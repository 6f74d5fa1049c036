import type { TextRange } from '../text/range.ts';
import { type BranchTable, isUndecided } from './conditionals.ts';
import type { Directives } from './directives.ts';
import { tokenize, type Tokens } from './lexer.ts';
import { BRACE, CLOSE_BRACE, type Live, punctuation } from './mask-tokens.ts';

/** What is remembered of a piece of text, by the piece and by what the build leaves out of it. */
export interface Piece {
  /** Braces that it opens and does not close, less those that it closes. */
  readonly sum: number;
  /** Braces that are open behind it when none is before it; one that closes nothing counts as none. */
  readonly open: number;
  /** Undefined for a piece that has only been a part of a larger one. */
  masked: Settled | undefined;
}

/** A masked piece. */
export interface Settled {
  readonly masked: string;
  /** Regions kept of one branch though another may be compiled, as in the piece. */
  readonly assumed: readonly TextRange[];
  /** It has statements that are long or nested enough to be looked at. */
  readonly mayBeDeep: boolean;
}

export type Pieces = ReadonlyMap<string, Piece>;
export const NO_PIECES: Pieces = new Map();

type MaskPiece = (text: string, hidden: readonly TextRange[], tokens: Tokens | undefined) => Settled;

/**
 * Cuts a text into functions and what is between them, behind closing braces at the start of a line that leave none
 * open. Such a piece is masked by itself, so that an edit costs the function that it is in. A piece with an `#if` of
 * which several branches may be compiled is none of these.
 */
export class Cutter {
  /** The pieces of this text. */
  readonly kept = new Map<string, Piece>();
  readonly #text: string;
  readonly #hidden: readonly TextRange[];
  readonly #dropped: readonly TextRange[];
  readonly #undecided: readonly TextRange[];
  readonly #known: Pieces;
  readonly #directives: Directives;
  readonly #branches: BranchTable;

  constructor(
    text: string,
    hidden: readonly TextRange[],
    directives: Directives,
    branches: BranchTable,
    known: Pieces,
  ) {
    this.#text = text;
    this.#hidden = hidden;
    this.#known = known;
    this.#directives = directives;
    this.#branches = branches;
    const dropped: TextRange[] = [];
    const undecided: TextRange[] = [];
    directives.conditionals.forEach((group, index) => {
      // Inside a dropped branch everything is hidden already.
      if (group.parent !== undefined && branches.stateOf(group.parent) === 'dropped') return;
      const isInner = group.range.start < (undecided.at(-1)?.end ?? 0);
      if (!isInner && isUndecided(directives, branches, index)) undecided.push(group.range);
      group.branches.forEach(({ body }, branch) => {
        if (branches.stateOf({ group: index, branch }) === 'dropped') dropped.push(body);
      });
    });
    this.#dropped = dropped;
    this.#undecided = undecided;
  }

  /** Every piece once, in order: the ordinary ones masked, and the others. */
  pieces(mask: MaskPiece): {
    readonly ordinary: readonly (TextRange & Settled)[];
    readonly others: readonly TextRange[];
  } {
    const ordinary: (TextRange & Settled)[] = [];
    const others: TextRange[] = [];
    const cuts = this.#cuts();
    /** Start of the piece, which may have to be joined from several. */
    let start = 0;
    let from = 0;
    let open = 0;
    let isOrdinary = true;
    for (const end of cuts) {
      const part = { start: from, end };
      from = end;
      const { piece, tokens } = this.#look(part);
      open = Math.max(open + piece.sum, piece.open);
      isOrdinary &&= !this.#undecided.some((span) => span.start < part.end && part.start < span.end);
      if (open > 0 && end < this.#text.length) continue;
      const whole = { start, end };
      if (isOrdinary)
        ordinary.push({
          ...whole,
          ...this.#masked(whole, start === part.start ? piece : undefined, tokens, mask),
        });
      else others.push(whole);
      start = end;
      open = 0;
      isOrdinary = true;
    }
    return { ordinary, others };
  }

  /** `known` is the piece, with its tokens when it had to be read now; undefined for one joined from several. */
  #masked(span: TextRange, known: Piece | undefined, tokens: Tokens | undefined, mask: MaskPiece): Settled {
    const piece = known ?? this.#look(span).piece;
    if (piece.masked) return piece.masked;
    const text = this.#text.slice(span.start, span.end);
    return (piece.masked = mask(text, within(this.#hidden, span), known && tokens));
  }

  /** The pieces that are no ordinary ones, masked together by `mask` unless they are as they were. */
  together(others: readonly TextRange[], mask: () => Settled): (TextRange & Settled)[] {
    const states = this.#directives.conditionals.flatMap(({ branches, range }, group) =>
      others.some((span) => span.start <= range.start && range.start < span.end)
        ? branches.map((_, branch) => this.#branches.stateOf({ group, branch }))
        : [],
    );
    const texts = others.map(({ start, end }) => this.#text.slice(start, end));
    const key = `${states.join()}\0${texts.join('\0')}`;
    const known = this.#known.get(key)?.masked;
    // Kept one behind the other, as the places of the pieces differ from version to version.
    const settled = known ?? joined(others, mask());
    this.kept.set(key, { sum: 0, open: 0, masked: settled });
    let at = 0;
    return others.map(({ start, end }) => {
      const from = at;
      at += end - start;
      const to = at;
      return {
        start,
        end,
        masked: settled.masked.slice(from, to),
        assumed: within(settled.assumed, { start: from, end: to }),
        mayBeDeep: settled.mayBeDeep,
      };
    });
  }

  /** What is known of a piece; its tokens when it had to be read now. */
  #look(span: TextRange): { readonly piece: Piece; readonly tokens?: Tokens } {
    const text = this.#text.slice(span.start, span.end);
    const left = within(this.#dropped, span);
    const key =
      left.length === 0 ? text : `${text}\0${left.map(({ start, end }) => `${start}-${end}`).join()}`;
    const known = this.kept.get(key) ?? this.#known.get(key);
    if (known) {
      this.kept.set(key, known);
      return { piece: known };
    }
    const tokens = tokenize(text, within(this.#hidden, span));
    const piece = { ...bracesOf({ text, ...tokens }), masked: undefined };
    this.kept.set(key, piece);
    return { piece, tokens };
  }

  /** Ends of lines that start with a closing brace, where neither a comment nor a group goes on; and the end. */
  #cuts(): number[] {
    const text = this.#text;
    const cuts: number[] = [];
    let hidden = 0;
    let undecided = 0;
    for (let at = text.indexOf('\n}'); at >= 0; at = text.indexOf('\n}', at + 2)) {
      const end = text.indexOf('\n', at + 2) + 1;
      if (end === 0 || end >= text.length) break;
      // One of the ranges may begin in this line, but none may go on behind it.
      while ((this.#hidden[hidden]?.end ?? Infinity) <= at + 1) hidden++;
      let inside = false;
      for (let next = hidden; (this.#hidden[next]?.start ?? Infinity) < end; next++) {
        const span = this.#hidden[next] as TextRange;
        if (span.start <= at + 1 || span.end > end) inside = true;
      }
      while ((this.#undecided[undecided]?.end ?? Infinity) <= at + 1) undecided++;
      if (inside || (this.#undecided[undecided]?.start ?? Infinity) < end) continue;
      cuts.push(end);
    }
    cuts.push(text.length);
    return cuts;
  }
}

/** Pieces of a masked text one behind the other. */
function joined(spans: readonly TextRange[], { masked, assumed, mayBeDeep }: Settled): Settled {
  let length = 0;
  const regions = spans.flatMap((span) => {
    const at = length;
    length += span.end - span.start;
    return within(assumed, span).map(({ start, end }) => ({ start: at + start, end: at + end }));
  });
  return {
    masked: spans.map(({ start, end }) => masked.slice(start, end)).join(''),
    assumed: regions,
    mayBeDeep,
  };
}

/** Ranges of a sorted list that lie in a span, seen from its start. */
function within(ranges: readonly TextRange[], span: TextRange): TextRange[] {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? 0) <= span.start) low = middle + 1;
    else high = middle;
  }
  const found: TextRange[] = [];
  for (let at = low; (ranges[at]?.start ?? Infinity) < span.end; at++) {
    const { start, end } = ranges[at] as TextRange;
    found.push({
      start: Math.max(start, span.start) - span.start,
      end: Math.min(end, span.end) - span.start,
    });
  }
  return found;
}

function bracesOf(tokens: Live): Pick<Piece, 'sum' | 'open'> {
  let sum = 0;
  let open = 0;
  for (let i = 0; i < tokens.kind.length; i++) {
    const code = punctuation(tokens, i);
    if (code === BRACE) {
      sum++;
      open++;
    } else if (code === CLOSE_BRACE) {
      sum--;
      open = Math.max(0, open - 1);
    }
  }
  return { sum, open };
}
