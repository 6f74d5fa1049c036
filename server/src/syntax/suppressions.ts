import type { LineIndex } from '../text/line-index.ts';
import type { TextRange } from '../text/range.ts';
import type { Comment } from './directives.ts';

/** A wish of the author not to see findings of some rules. */
export interface Suppression {
  readonly rules: readonly string[];
  readonly scope: 'line' | 'file';
  /** Line of the marker. */
  readonly line: number;
  /** Line whose findings it hides: its own when code stands before the comment, else the next line with code. */
  readonly appliesToLine: number;
  /** From the marker's word to the end of its text. */
  readonly range: TextRange;
  /** Where each rule's id stands, in the order of `rules`. */
  readonly ruleRanges: readonly TextRange[];
  /** Empty when the author gave none. */
  readonly reason: string;
}

const MARKER = 'driverentry-ignore';

/**
 * Reads `driverentry-ignore <rule-id>[, <rule-id>]: reason` from comments, and `driverentry-ignore-file` from
 * those that stand before the first line of code or directives.
 */
export function readSuppressions(
  comments: readonly Comment[],
  lines: LineIndex,
  text: string,
): readonly Suppression[] {
  const result: Suppression[] = [];
  /** True while nothing but comments and blanks has passed. */
  let leading = true;
  let behind = 0;
  let codeBehind: readonly (number | undefined)[] | undefined;
  const behindAll = (): readonly (number | undefined)[] =>
    (codeBehind ??= codeBehindComments(comments, text));
  comments.forEach((comment, index) => {
    if (leading && /\S/.test(text.slice(behind, comment.range.start).replace('\ufeff', ''))) leading = false;
    behind = comment.range.end;
    for (let at = comment.text.indexOf(MARKER); at >= 0; at = comment.text.indexOf(MARKER, at + 1)) {
      const marker = readMarker(comment, at);
      if (marker === undefined || (marker.scope === 'file' && !leading)) continue;
      const line = lines.positionAt(marker.range.start).line;
      const appliesToLine =
        marker.scope === 'file' ? line : lineMeant(comment, behindAll()[index], lines, text);
      result.push({ ...marker, line, appliesToLine });
    }
  });
  return result;
}

type Marker = Omit<Suppression, 'line' | 'appliesToLine'>;

function readMarker(comment: Comment, at: number): Marker | undefined {
  const before = comment.text[at - 1] ?? '';
  if (!/[\s/*]/.test(before)) return undefined;
  // One marker a line: a block comment may hold several.
  let end = comment.text.length - (comment.kind === 'block' && comment.text.endsWith('*/') ? 2 : 0);
  const lineEnd = comment.text.slice(at, end).search(/[\r\n]/);
  if (lineEnd >= 0) end = at + lineEnd;
  const content = comment.text.slice(at, end).trimEnd();
  const head = /^driverentry-ignore(-file)?[ \t]+/.exec(content);
  if (head === null) return undefined;
  const base = comment.range.start + at;
  const rules: string[] = [];
  const ruleRanges: TextRange[] = [];
  let i = head[0].length;
  for (;;) {
    const id = /^[a-z0-9]+(?:-[a-z0-9]+)*/i.exec(content.slice(i, i + 200))?.[0];
    if (id === undefined) break;
    rules.push(id);
    ruleRanges.push({ start: base + i, end: base + i + id.length });
    i += id.length;
    const comma = /^[ \t]*,[ \t]*/.exec(content.slice(i, i + 200));
    if (comma === null) break;
    i += comma[0].length;
  }
  if (rules.length === 0) return undefined;
  const reason = content.slice(i).replace(/^[\s:]+/, '');
  return {
    rules,
    scope: head[1] === undefined ? 'line' : 'file',
    range: { start: base, end: base + content.length },
    ruleRanges,
    reason,
  };
}

/** The comment's own line if code stands before it there, else the next line that is not only comment. */
function lineMeant(comment: Comment, codeBehind: number | undefined, lines: LineIndex, text: string): number {
  const first = lines.positionAt(comment.range.start).line;
  if (/\S/.test(text.slice(lines.lineStart(first), comment.range.start))) return first;
  // `/* driverentry-ignore x */ code` on one line means that line.
  return lines.positionAt(codeBehind ?? comment.range.end).line;
}

/** For each comment the offset of the first code behind it, found from the end so that each gap is read once. */
function codeBehindComments(comments: readonly Comment[], text: string): readonly (number | undefined)[] {
  const found: (number | undefined)[] = Array.from({ length: comments.length }, () => undefined);
  let next: number | undefined;
  for (let i = comments.length - 1; i >= 0; i--) {
    const at = comments[i]?.range.end ?? 0;
    const code = text.slice(at, comments[i + 1]?.range.start ?? text.length).search(/\S/);
    if (code >= 0) next = at + code;
    found[i] = next;
  }
  return found;
}
