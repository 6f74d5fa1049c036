import type { MaskWords } from '../catalog/entry.ts';
import { decideBranches } from './conditionals.ts';
import { scanDirectives } from './directives.ts';
import { maskText } from './mask.ts';
import type { SyntaxNode, SyntaxParser } from './parser.ts';

/** Trees that are remembered; there are few different ones even in a large driver. */
const LIMIT = 2000;

const trees = new WeakMap<SyntaxParser, Map<string, SyntaxNode>>();

/**
 * The tree of a piece of text that stands nowhere in a file, such as the expansion of a macro. Its offsets mean nothing
 * in the file.
 */
export function fragmentOf(
  parser: SyntaxParser,
  text: string,
  words: MaskWords,
  options: { readonly cplusplus: boolean },
): SyntaxNode {
  let known = trees.get(parser);
  if (!known) trees.set(parser, (known = new Map()));
  const key = `${options.cplusplus ? '+' : '-'}${text}`;
  const found = known.get(key);
  if (found) return found;
  const directives = scanDirectives(text);
  const branches = decideBranches(directives, new Map(), options);
  const { masked } = maskText(text, directives, branches, words, options);
  const root = parser.withTree(masked, (tree) => {
    tree.readBodies();
    return tree.root;
  });
  if (known.size >= LIMIT) known.clear();
  known.set(key, root);
  return root;
}
