import type { Catalog } from '../catalog/catalog.ts';
import type { Rule } from '../rules/rule.ts';
import type { LineIndex } from '../text/line-index.ts';
import { type TextRange, touches } from '../text/range.ts';
import type { AnalysedFile } from '../workspace/workspace.ts';
import { statusPages } from './explain.ts';
import { memberPages, tableNamed } from './pages/context.ts';
import type { Page } from './pages/build.ts';
import { entryPages } from './pages/entry.ts';
import { handlerPages, type Here, tablePage } from './pages/here.ts';
import { ruleNamed } from './pages/rule.ts';
import { accessBefore, ruleIdAt, wordAt, zoneAt } from './pages/words.ts';

/** What an editor shows for the word under the cursor. */
export interface Hover {
  readonly range: TextRange;
  readonly lines: LineIndex;
  readonly markdown: string;
}

/**
 * Explains the word at an offset: by what the driver does with it when the facts know, else by the catalogue
 * alone. Undefined in strings and comments (but for rule ids in suppressions), and for unknown names.
 */
export function hoverAt(
  file: AnalysedFile,
  offset: number,
  catalog: Catalog,
  rules: readonly Rule[],
): Hover | undefined {
  const zone = zoneAt(file.text, offset);
  if (zone.kind === 'string') return undefined;
  if (zone.kind === 'comment') {
    const id = ruleIdAt(file.text, zone.range, offset);
    const page = id && ruleNamed(id.text, rules, catalog);
    return page && { range: id.range, lines: file.lines, markdown: page.markdown };
  }
  const word = wordAt(file.text, offset);
  if (!word) return undefined;
  const markdown = pagesAt(file, word, catalog)
    .map((page) => page.markdown)
    .join('\n\n---\n\n');
  return markdown ? { range: word.range, lines: file.lines, markdown } : undefined;
}

/** A code that says it is an error or warning is worth explaining; small numbers are not. */
const STATUS_LITERAL = /^0x[4-9a-f][0-9a-f]{7}[ul]*$/i;

function pagesAt(
  file: AnalysedFile,
  word: { readonly text: string; readonly range: TextRange },
  catalog: Catalog,
): Page[] {
  const { facts, text, lines } = file;
  if (/^\d/.test(word.text)) return STATUS_LITERAL.test(word.text) ? statusPages(word.text, catalog) : [];
  const here: Here | undefined = facts && { facts, catalog, text, lines };
  const access = accessBefore(text, word.range.start);
  const table = here && tableNamed(word, access, here);
  if (here && table) {
    const structure = catalog.structures.get(table.structure);
    if (structure) return [tablePage(table, structure, here)];
  }
  const members = memberPages(word, access, text, catalog, here);
  if (members.length > 0 || access) return members;
  if (here && !catalog.entryPoints.has(word.text)) {
    const handlers = handlerPages(word.text, here);
    if (handlers.length > 0) return handlers;
  }
  const call = facts?.calls.find(
    (item) => item.name === word.text && touches(item.nameRange, word.range.start),
  );
  return entryPages(word.text, catalog, call);
}
