import type { Catalog } from '../../src/catalog/catalog.ts';
import type { SyntaxNode, SyntaxParser } from '../../src/syntax/parser.ts';
import { openSource, type SourceFile } from '../../src/syntax/source-file.ts';

/** Lends the tree of a text. Undefined for a text that is refused, as one that is nested too deeply. */
export function withTree<T>(
  parser: SyntaxParser,
  { words }: Catalog,
  input: {
    readonly text: string;
    readonly language: 'c' | 'cpp';
    readonly defines: ReadonlyMap<string, string>;
  },
  use: (root: SyntaxNode) => T,
): T | undefined {
  let source: SourceFile;
  try {
    source = openSource(parser, { uri: 'file:///w/driver.c', words, ...input });
  } catch {
    return undefined;
  }
  try {
    return use(source.root);
  } finally {
    source.dispose();
  }
}
