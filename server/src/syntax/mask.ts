import type { MaskWords } from '../catalog/entry.ts';
import type { TextRange } from '../text/range.ts';
import type { BranchTable } from './conditionals.ts';
import type { Directives } from './directives.ts';
import { type SettledTokens, settleBranches } from './mask-branches.ts';
import { blankCplusplus, blankLinkage } from './mask-cplusplus.ts';
import { Cutter, NO_PIECES, type Pieces, type Settled } from './mask-pieces.ts';
import { repairStatements } from './mask-statements.ts';
import { Canvas, type Live, liveTokens, matchBrackets, mergeRanges } from './mask-tokens.ts';
import { blankWords } from './mask-words.ts';
import { tokenize } from './lexer.ts';
import { mayBeDeep } from './nesting.ts';

export interface MaskOptions {
  readonly cplusplus: boolean;
}

export interface Masked extends Settled {
  /** For the next version of the text. */
  readonly pieces: Pieces;
}

/**
 * Rewrites a text so that a parser of plain C can read it, without moving an offset: same length, same line breaks.
 * Replaced by blanks: comments, directives, branches that are not compiled, and words that only the preprocessor or a
 * checker understands. Every step is linear in the text and none recurses. Pieces that an earlier version of the text
 * had, too, are taken from there.
 */
export function maskText(
  text: string,
  directives: Directives,
  branches: BranchTable,
  words: MaskWords,
  options: MaskOptions,
  known: Pieces = NO_PIECES,
): Masked {
  const hidden = hiddenRanges(directives, branches, text.length);
  const whole = (ranges: readonly TextRange[]): Settled => {
    const canvas = new Canvas(text);
    const tokens: Live = { text, ...tokenize(text, ranges) };
    const settle = (worded: Live) => settleBranches(worded, directives, branches, canvas);
    const { assumed } = rewrite(tokens, hidden, words, options, canvas, settle);
    const masked = canvas.finish();
    return { masked, assumed, mayBeDeep: mayBeDeep(masked) };
  };
  // What stands around a piece matters in classes and namespaces.
  if (options.cplusplus) return { ...whole(hidden), pieces: NO_PIECES };
  const cutter = new Cutter(text, hidden, directives, branches, known);
  const { ordinary, others } = cutter.pieces((piece, ranges, tokens) => {
    const canvas = new Canvas(piece);
    const live: Live = { text: piece, ...(tokens ?? tokenize(piece, ranges)) };
    rewrite(live, ranges, words, options, canvas, (worded) => ({ tokens: worded, assumed: [] }));
    const masked = canvas.finish();
    return { masked, assumed: [], mayBeDeep: mayBeDeep(masked) };
  });
  // Groups of which several branches may be compiled are settled together.
  const rest =
    others.length === 0
      ? []
      : cutter.together(others, () => whole(mergeRanges([...hidden, ...ordinary], text.length)));
  const parts = [...ordinary, ...rest].toSorted((a, b) => a.start - b.start);
  return {
    masked: parts.map(({ masked }) => masked).join(''),
    assumed: rest.flatMap((part) =>
      part.assumed.map(({ start, end }) => ({ start: part.start + start, end: part.start + end })),
    ),
    mayBeDeep: parts.some((part) => part.mayBeDeep),
    pieces: cutter.kept,
  };
}

/** All that is done to tokens; what the ranges hide has none. */
function rewrite(
  all: Live,
  hidden: readonly TextRange[],
  words: MaskWords,
  options: MaskOptions,
  canvas: Canvas,
  settle: (worded: Live) => SettledTokens,
): SettledTokens {
  for (const span of hidden) canvas.blank(span.start, span.end);
  const worded = blankWords(all, words, canvas);
  const settled = settle(liveTokens(all, worded));
  const { tokens } = settled;
  const partner = matchBrackets(tokens);
  const foreign = options.cplusplus
    ? blankCplusplus(tokens, partner, canvas)
    : blankLinkage(tokens, partner, canvas);
  const plain = liveTokens(tokens, foreign);
  repairStatements(plain, matchBrackets(plain), canvas);
  return settled;
}

/** Comments, directives and dropped branches: sorted and merged. */
function hiddenRanges(directives: Directives, branches: BranchTable, length: number): TextRange[] {
  const ranges: TextRange[] = [];
  for (const comment of directives.comments) ranges.push(comment.range);
  for (const line of directives.lines) ranges.push(line.range);
  directives.conditionals.forEach((group, index) => {
    // Inside a dropped branch everything is hidden already: 100,000 nested groups stay 100,000 ranges.
    if (group.parent !== undefined && branches.stateOf(group.parent) === 'dropped') return;
    group.branches.forEach((branch, at) => {
      if (branches.stateOf({ group: index, branch: at }) === 'dropped') ranges.push(branch.body);
    });
  });
  return mergeRanges(ranges, length);
}
