import type { Catalog } from '../../src/catalog/catalog.ts';
import type { SyntaxNode, SyntaxParser } from '../../src/syntax/parser.ts';
import { openSource, type SourceFile } from '../../src/syntax/source-file.ts';
import { applyEdits } from '../../src/text/edit.ts';
import type { TextRange } from '../../src/text/range.ts';
import type { Mutant } from './mutant.ts';

/** The text with the mistake; undefined when an edit would touch what an `#if` dropped or hides. */
export function applyMutant({ unit, edits }: Mutant): string | undefined {
  for (const { range } of edits) {
    if (!isLive(unit.source, range)) return undefined;
  }
  return applyEdits(unit.text, edits);
}

/** True when no part of the range is a directive, or code that another branch of an `#if` replaces. */
function isLive({ assumed, branches, directives }: SourceFile, range: TextRange): boolean {
  const dropped = directives.conditionals.flatMap((group, of) =>
    group.branches.flatMap((branch, arm) =>
      branches.stateOf({ group: of, branch: arm }) === 'dropped' ? [branch.body] : [],
    ),
  );
  const lines = directives.lines.map((line) => line.range);
  return [...dropped, ...assumed, ...lines].every((one) => range.end <= one.start || one.end <= range.start);
}

/** True when the parser has no more trouble with the mutant than with the text before. */
export function isWellFormed(
  { unit }: Mutant,
  text: string,
  catalog: Catalog,
  parser: SyntaxParser,
): boolean {
  const { uri, language } = unit.source;
  const source = openSource(parser, { uri, text, language, defines: new Map(), words: catalog.words });
  try {
    return brokenNodes(source.root) <= brokenNodes(unit.source.root);
  } finally {
    source.dispose();
  }
}

/** Number of ERROR and MISSING nodes. */
export function brokenNodes(root: SyntaxNode): number {
  let count = 0;
  const todo: SyntaxNode[] = [root];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (!node.hasError) continue;
    if (node.isError || node.isMissing) count++;
    for (const child of node.children) if (child) todo.push(child);
  }
  return count;
}
