/** Lines are wrapped at this column, except code, addresses and tables that cannot be narrower. */
const WIDTH = 100;

/**
 * Markdown as plain text for terminals and editors without Markdown: code is indented, tables are aligned,
 * links become `text <address>`, markup is removed. It knows what our pages use, not all of Markdown.
 */
export function markdownToText(markdown: string): string {
  const out: string[] = [];
  const lines = markdown.replace(/\r\n?/g, '\n').split('\n');
  let paragraph: string[] = [];
  const flush = () => {
    if (paragraph.length > 0) out.push(...wrap(inline(paragraph.join(' ')), WIDTH, '', ''));
    paragraph = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const text = lines[i] ?? '';
    const item = /^(\s*)(?:[-*+]|(\d+)[.)]) +(.*)$/.exec(text);
    if (/^\s*```/.test(text)) {
      flush();
      for (i++; i < lines.length && !/^\s*```\s*$/.test(lines[i] ?? ''); i++) {
        out.push(`    ${lines[i]}`.trimEnd());
      }
    } else if (isTableStart(lines, i)) {
      flush();
      const rows: string[][] = [];
      for (; (lines[i] ?? '').trimStart().startsWith('|'); i++) rows.push(cells(lines[i] ?? ''));
      i--;
      out.push(...alignTable(rows.filter((row) => !row.every((cell) => /^:?-+:?$/.test(cell)))));
    } else if (/^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/.test(text)) {
      flush();
      out.push('-'.repeat(WIDTH / 2));
    } else if (item) {
      flush();
      const [, indent = '', number, content = ''] = item;
      const lead = `${indent}${number === undefined ? '-' : `${number}.`} `;
      const whole = [content];
      while (isContinuation(lines[i + 1])) whole.push((lines[++i] ?? '').trim());
      out.push(...wrap(inline(whole.join(' ')), WIDTH, lead, ' '.repeat(lead.length)));
    } else if (text.trim() === '') {
      flush();
      if (out.length > 0 && out.at(-1) !== '') out.push('');
    } else {
      paragraph.push(
        text
          .replace(/^#{1,6} +/, '')
          .replace(/^> ?/, '')
          .trim(),
      );
      if (/^#{1,6} /.test(text) || / {2}$|\\$/.test(text)) {
        paragraph.push((paragraph.pop() ?? '').replace(/\\$/, ''));
        flush();
      }
    }
  }
  flush();
  while (out.at(-1) === '') out.pop();
  return out.join('\n');
}

const isTableStart = (lines: readonly string[], i: number): boolean =>
  /^\s*\|/.test(lines[i] ?? '') && /^\s*\|[\s:|-]+\|\s*$/.test(lines[i + 1] ?? '');

/** An indented line behind a list item that starts nothing of its own. */
const isContinuation = (text: string | undefined): boolean =>
  text !== undefined && /^\s+\S/.test(text) && !/^\s*(?:[-*+] |\d+[.)] |```|\|)/.test(text);

// ------------------------------------------------------------------------------------------------- inline

/** Removes inline markup. Code and addresses are kept as they are, whatever characters they hold. */
function inline(text: string): string {
  return text
    .split(/(``.+?``|`[^`]*`|\]\(\S+?\))/)
    .map((part) => {
      const [, code] = /^`` ?(.+?) ?``$/.exec(part) ?? /^`([^`]*)`$/.exec(part) ?? [];
      const [, url] = /^\]\((\S+)\)$/.exec(part) ?? [];
      return code ?? (url === undefined ? plain(part) : ` <${url}>`);
    })
    .join('')
    .replaceAll(LABEL, '')
    .replace(/[\uE000-\uE07F]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - PRIVATE));
}

/** Escaped characters sleep in the private use area until markup is gone; so do the brackets of labels. */
const PRIVATE = 0xe000;
const LABEL = '\uE080';

const plain = (text: string): string =>
  text
    .replace(/\\([!-/:-@[-`{-~])/g, (_, mark: string) => String.fromCharCode(PRIVATE + mark.charCodeAt(0)))
    .replace(/\[([^\][]*)$/, `${LABEL}$1`)
    .replace(/\*\*|__(?=\S)|(?<=\S)__/g, '')
    .replace(/(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])/g, '')
    .replace(/(?<!\w)_(?=\S)|(?<=\S)_(?!\w)/g, '');

/** Breaks at spaces; a word that is too long stands alone. */
function wrap(text: string, width: number, first: string, rest: string): string[] {
  const result: string[] = [];
  let current = first;
  let empty = true;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (!empty && current.length + 1 + word.length > width) {
      result.push(current);
      current = rest + word;
    } else {
      current += empty ? word : ` ${word}`;
    }
    empty = false;
  }
  return [...result, current];
}

// ------------------------------------------------------------------------------------------------- tables

const cells = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => inline(cell.trim().replaceAll('\\|', '|')));

/** Columns side by side. The widest are narrowed until the line fits, and their cells are wrapped. */
function alignTable(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = columnWidths(rows, columns);
  const lines = rows.flatMap((row) => {
    const wrapped = widths.map((width, i) => wrap(row[i] ?? '', width, '', ''));
    const height = Math.max(...wrapped.map((cell) => cell.length));
    return Array.from({ length: height }, (_, y) =>
      wrapped
        .map((cell, i) => (cell[y] ?? '').padEnd(widths[i] ?? 0))
        .join(GAP)
        .trimEnd(),
    );
  });
  const head = widths.map((width, i) => wrap(rows[0]?.[i] ?? '', width, '', '').length);
  const rule = widths.map((width) => '-'.repeat(width)).join(GAP);
  return lines.toSpliced(Math.max(...head), 0, rule);
}

/** Between two columns. */
const GAP = '  ';

/** As wide as the contents, and no wider than the line; a word is never broken. */
function columnWidths(rows: readonly (readonly string[])[], columns: number): number[] {
  const of = (i: number, measure: (cell: string) => number) =>
    Math.max(1, ...rows.map((row) => measure(row[i] ?? '')));
  const widths = Array.from({ length: columns }, (_, i) => of(i, (cell) => cell.length));
  const least = widths.map((width, i) =>
    Math.min(
      width,
      Math.max(
        i === 0 ? width : 0,
        of(i, (cell) => Math.max(...cell.split(' ').map((word) => word.length))),
      ),
    ),
  );
  let excess = widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length) - WIDTH;
  for (; excess > 0; excess--) {
    const widest = widths.reduce(
      (best, width, i) => (width > (least[i] ?? 0) && (best < 0 || width > (widths[best] ?? 0)) ? i : best),
      -1,
    );
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}
