/** Items of a list that a compact page keeps. */
const MOST_ITEMS = 6;

/**
 * A page without what another tool shows, or a reader looks up: prototypes, tables and sections go; the heading, what it
 * is for, what concerns this driver and the link to the documentation stay. Pages are those of `pages/`, joined by rules.
 */
export const compactMarkdown = (markdown: string): string =>
  markdown.split('\n\n---\n\n').map(compactPage).join('\n\n---\n\n');

function compactPage(page: string): string {
  const blocks = page.replace(/^```[^]*?^```$/gm, '').split(/\n{2,}/);
  const kept: string[] = [];
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]?.trim() ?? '';
    const isTitle = i > 0 && /^\*\*[^*]+\*\*$/.test(block) && (blocks[i + 1] ?? '').startsWith('- ');
    if (isTitle) i++;
    else if (block !== '' && !block.startsWith('|'))
      kept.push(block.startsWith('- ') ? compactList(block) : block);
  }
  return kept.join('\n\n');
}

/** What is in order is counted; what is not, or not known, is listed. */
function compactList(block: string): string {
  const items = block.split(/\n(?=- )/);
  const good = items.filter((item) => item.startsWith('- ✓'));
  const rest = items.filter((item) => !good.includes(item));
  const more = rest.length - MOST_ITEMS;
  return [
    ...(good.length > 0 ? [`- ✓ ${good.length} ${good.length === 1 ? 'member' : 'members'} set`] : []),
    ...(more > 1 ? [...rest.slice(0, MOST_ITEMS), `- and ${more} more.`] : rest),
  ].join('\n');
}
