import type { TextEdit } from './edit.ts';

/** Lines compared one by one; larger stretches become one edit. */
const MOST_LINES = 600;

/** Edits of whole lines that turn one text into another, so that what did not change keeps its place and its marks. */
export function lineEdits(before: string, after: string): TextEdit[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const [old, now] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const start = a.slice(0, head).join('').length;
  if (old.length === 0 && now.length === 0) return [];
  if (old.length > MOST_LINES || now.length > MOST_LINES) {
    return [{ range: { start, end: start + old.join('').length }, newText: now.join('') }];
  }
  return differences(old, now, start);
}

const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** By the longest common subsequence of lines. */
function differences(old: readonly string[], now: readonly string[], start: number): TextEdit[] {
  const width = now.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      common[i * width + j] =
        old[i] === now[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
    }
  }
  const edits: TextEdit[] = [];
  let [i, j, at] = [0, 0, start];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      at += old[i]?.length ?? 0;
      i++;
      j++;
      continue;
    }
    const from = at;
    let newText = '';
    while ((i < old.length || j < now.length) && !(i < old.length && j < now.length && old[i] === now[j])) {
      const dropsOld =
        j >= now.length ||
        (i < old.length && (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0));
      if (dropsOld) at += old[i++]?.length ?? 0;
      else newText += now[j++] ?? '';
    }
    edits.push({ range: { start: from, end: at }, newText });
  }
  return edits;
}
