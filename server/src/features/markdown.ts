/** Lines are wrapped at this column, except code, addresses and tables that cannot be narrower. */
const WIDTH = 100;
/** Narrowest last column that a table is wrapped to. */
const NARROWEST = 24;

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

/** Removes inline markup. Code is kept as it is, whatever characters it holds. */
function inline(text: string): string {
  return text
    .split(/(``.+?``|`[^`]*`)/)
    .map((part) => {
      const [, inner] = /^(?:`` ?(.+?) ?``)$/.exec(part) ?? /^`([^`]*)`$/.exec(part) ?? [];
      return inner ?? plain(part);
    })
    .join('')
    .replace(/\[([^\][]*)\]\((\S+?)\)/g, (_, label: string, url: string) =>
      label === url ? `<${url}>` : `${label} <${url}>`,
    )
    .replace(/[\uE000-\uE07F]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - PRIVATE));
}

/** Escaped characters sleep in the private use area until markup is gone. */
const PRIVATE = 0xe000;

const plain = (text: string): string =>
  text
    .replace(/\\([!-/:-@[-`{-~])/g, (_, mark: string) => String.fromCharCode(PRIVATE + mark.charCodeAt(0)))
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

/** Columns side by side; the last one is wrapped to what is left of the line. */
function alignTable(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map((row) => row[i]?.length ?? 0)),
  );
  const fixed = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0);
  const last = Math.max(NARROWEST, WIDTH - fixed);
  const lines = rows.flatMap((row) => {
    const lead = widths
      .slice(0, -1)
      .map((width, i) => `${(row[i] ?? '').padEnd(width)}  `)
      .join('');
    return wrap(row[columns - 1] ?? '', lead.length + last, lead, ' '.repeat(lead.length)).map((line) =>
      line.trimEnd(),
    );
  });
  const rule = widths
    .map((width, i) => '-'.repeat(i === columns - 1 ? Math.min(width, last) : width))
    .join('  ');
  return [...lines.slice(0, 1), rule, ...lines.slice(1)];
}
