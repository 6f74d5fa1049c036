/**
 * What stands at the end of a text is looked for from its end. A regular expression for it (`/\s*\*$/`) begins anew at
 * every character, and takes forever on a text that is long and nearly fits.
 */

/** The text without the given characters at its end. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** The text without the given characters in front and at the end. */
export function withoutEnds(text: string, front: string, end: string): string {
  let start = 0;
  while (start < text.length && front.includes(text.charAt(start))) start++;
  return withoutEnd(text.slice(start), end);
}

/** What stands in front of the first occurrence; all of it when there is none. */
export function textBefore(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? text : text.slice(0, at);
}

/** What stands behind the first occurrence; undefined when there is none. */
export function textBehind(text: string, mark: string): string | undefined {
  const at = text.indexOf(mark);
  return at < 0 ? undefined : text.slice(at + mark.length);
}

/** The word at the end; empty when another character stands there. */
export function lastWord(text: string): string {
  let start = text.length;
  while (start > 0 && /\w/.test(text.charAt(start - 1))) start--;
  return text.slice(start);
}

/** `name[index]` with another index in the brackets; a text that ends otherwise stays. */
export const withIndex = (text: string, index: string): string =>
  text.endsWith(']') && text.includes('[') ? `${textBefore(text, '[')}[${index}]` : text;

export const BLANKS = ' \t\r\n\f\v';
