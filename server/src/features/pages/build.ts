import { type Catalog, pageUrl } from '../../catalog/catalog.ts';
import type { Irql } from '../../catalog/entry.ts';
import { BLANKS, withoutEnds } from '../../text/ends.ts';

/** What is said about one name. `markdown` stands alone: its first line or code block names the thing. */
export interface Page {
  readonly title: string;
  readonly kind: string;
  readonly markdown: string;
  readonly url: string;
}

type Part = string | undefined;

/** Blocks with a blank line between them; empty ones are left out. */
export const blocks = (...parts: readonly Part[]): string => parts.filter((part) => part).join('\n\n');

/** `**NAME** (kind)` with an addition behind it. */
export const heading = (name: string, ...about: readonly Part[]): string =>
  [`**${escape(name)}**`, ...about.filter((part) => part)].join(' — ');

/** Inline code on one line. */
export function code(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.includes('`') ? `\`\` ${flat} \`\`` : `\`${flat}\``;
}

/** Characters of the driver's own code that fit a line or a cell. */
const SNIPPET_WIDTH = 50;

/** The driver's own code, which may be long: what does not fit is cut. A name alone always stays whole. */
export const snippet = (text: string): string => {
  const flat = text.replace(/\s+/g, ' ').trim();
  const whole = flat.length <= SNIPPET_WIDTH || /^&?\w+$/.test(flat);
  return code(whole ? flat : `${flat.slice(0, SNIPPET_WIDTH - 1)}…`);
};

export const codes = (names: readonly string[]): string => names.map(code).join(', ');

export const fence = (lines: string): string => `\`\`\`c\n${lines}\n\`\`\``;

/** Plain text that must not become markup. */
export const escape = (text: string): string =>
  text.replace(/[\\`*[\]<>]/g, '\\$&').replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_');

/**
 * A sentence of the catalogue as Markdown: names of the registration world become code, and nothing else
 * becomes markup. Backticks of the author stay.
 */
export const prose = (text: string, catalog: Catalog): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part) =>
      /^`.+`$/.test(part)
        ? part
        : part
            .split(/([A-Za-z_]\w*)/)
            .map((token) => (isCodeName(token, catalog) ? `\`${token}\`` : escape(token)))
            .join(''),
    )
    .join('');

/** Constant-like names always; others when the catalogue has them and they cannot be an English word. */
function isCodeName(word: string, catalog: Catalog): boolean {
  if (/^_*[A-Z0-9]+(?:_[A-Z0-9x]+)+_*$/.test(word) || /^_[A-Za-z]/.test(word)) return true;
  const { idioms } = catalog;
  if (/^[A-Z]+$/.test(word))
    return [idioms.null, idioms.true, idioms.false].some((list) => list.includes(word));
  if (!/[a-z][A-Z]|[A-Z]{2}[a-z]/.test(word)) return false;
  return catalog.lookup(word).length > 0 || catalog.members.has(word);
}

export const bullets = (items: readonly Part[]): string =>
  items
    .filter((item) => item)
    .map((item) => `- ${item}`)
    .join('\n');

/** `**Label:** text`, or nothing when there is no text. */
export const fact = (label: string, text: Part): Part => (text ? `**${label}:** ${text}` : undefined);

/** A list under a bold line, or nothing. */
export const section = (title: string, items: readonly Part[]): Part => {
  const list = bullets(items);
  return list ? `**${title}**\n\n${list}` : undefined;
};

/** A GFM table; nothing when it has no rows. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): Part {
  if (rows.length === 0) return undefined;
  return [tableLine(header), tableLine(header.map(() => '---')), ...rows.map(tableLine)].join('\n');
}

const tableLine = (cells: readonly string[]): string =>
  `| ${cells
    .map((cell) =>
      cell
        .split('\n')
        .map((line, at, all) => withoutEnds(line, at > 0 ? BLANKS : '', at < all.length - 1 ? BLANKS : ''))
        .join(' ')
        .replace(/(?<!\\)\|/g, '\\|'),
    )
    .join(' | ')} |`;

/** `A, B and C`. */
export function listed(items: readonly string[], word = 'and'): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** `PASSIVE_LEVEL`, or up to it, with the note. */
export function irqlText(irql: Irql, catalog: Catalog): string {
  const level = irql.exact || irql.max === 'PASSIVE_LEVEL' ? code(irql.max) : `up to ${code(irql.max)}`;
  return irql.note ? `${level}. ${prose(irql.note, catalog)}` : level;
}

/** Last line of a page: where it is declared, since when, and the documentation. */
export const footer = (page: string, ...about: readonly Part[]): string =>
  [...about.filter((part) => part), `[Documentation](${pageUrl(page)})`].join(' · ');

export const withoutStop = (text: string): string => text.replace(/\.$/, '');

/** A clause of the catalogue as a sentence of its own. */
export const sentence = (text: string): string => {
  const trimmed = text.trim();
  // A name keeps its spelling: `buffer` becomes `Buffer`, `pszName` stays.
  const start = /^[a-z]+\b/.test(trimmed) ? trimmed.charAt(0).toUpperCase() + trimmed.slice(1) : trimmed;
  return /[.!?:]$/.test(start) ? start : `${start}.`;
};
