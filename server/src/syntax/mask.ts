import type { MaskWords } from '../catalog/entry.ts';
import type { TextRange } from '../text/range.ts';
import type { BranchTable } from './conditionals.ts';
import type { Directives } from './directives.ts';
import { settleBranches } from './mask-branches.ts';
import { blankCplusplus, blankLinkage } from './mask-cplusplus.ts';
import { repairStatements } from './mask-statements.ts';
import { Canvas, type Live, liveTokens, matchBrackets } from './mask-tokens.ts';
import { blankWords } from './mask-words.ts';
import { tokenize } from './lexer.ts';

export interface MaskOptions {
  readonly cplusplus: boolean;
}

export interface Masked {
  /** Same length and same line breaks as the text. */
  readonly masked: string;
  /** Regions kept of one branch although another may be the one that is compiled; sorted, not overlapping. */
  readonly assumed: readonly TextRange[];
}

/**
 * Rewrites a text so that a parser of plain C can read it, without moving an offset. Replaced by blanks:
 * comments, directives, branches that are not compiled, and words that only the preprocessor or a checker
 * understands. Every step is linear in the text and none recurses.
 */
export function maskText(
  text: string,
  directives: Directives,
  branches: BranchTable,
  words: MaskWords,
  options: MaskOptions,
): Masked {
  const canvas = new Canvas(text);
  const hidden = hiddenRanges(directives, branches, text.length);
  for (const span of hidden) canvas.blank(span.start, span.end);

  const all: Live = { text, ...tokenize(text, hidden) };
  const worded = blankWords(all, words, canvas);
  const { tokens, assumed } = settleBranches(liveTokens(all, worded), directives, branches, canvas);
  const partner = matchBrackets(tokens);
  const foreign = options.cplusplus
    ? blankCplusplus(tokens, partner, canvas)
    : blankLinkage(tokens, partner, canvas);
  const plain = liveTokens(tokens, foreign);
  repairStatements(plain, matchBrackets(plain), canvas);
  return { masked: canvas.finish(), assumed };
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

/** Sorted and merged, clipped to the text. */
export function mergeRanges(ranges: TextRange[], length: number): TextRange[] {
  ranges.sort((a, b) => a.start - b.start || a.end - b.end);
  const merged: { start: number; end: number }[] = [];
  for (const one of ranges) {
    const last = merged.at(-1);
    const end = Math.min(one.end, length);
    if (last !== undefined && one.start <= last.end) last.end = Math.max(last.end, end);
    else if (one.start < end) merged.push({ start: one.start, end });
  }
  return merged;
}
