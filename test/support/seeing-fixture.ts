/**
 * A fixture of what is seen over code: C files, each but the first behind a line `//- name.c`. In front of a line of code
 * `//= text` expects a lens over it, and every lens must be expected. `$0` in a line is a cursor, and below it stand
 * what it leads to: `//definition: text` and `//reference: text`, where the text is the line of the place with the place
 * itself in brackets; `//nothing` for a cursor that leads nowhere. `//hints: text` is the line with its hints in angle
 * quotes. All marks are removed before the text is analysed.
 */
export interface SeeingFixture {
  readonly files: Readonly<Record<string, string>>;
  readonly lenses: readonly Expected[];
  readonly hints: readonly Expected[];
  readonly cursors: readonly Cursor[];
}

export interface Expected {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export interface Cursor {
  readonly file: string;
  readonly offset: number;
  readonly label: string;
  readonly definitions: readonly string[];
  readonly references: readonly string[];
}

/** Parses a fixture. Throws for a mark that belongs to nothing. */
export function parseSeeingFixture(source: string, first = 'driver.c'): SeeingFixture {
  const files: Record<string, string> = {};
  const lenses: Expected[] = [];
  const hints: Expected[] = [];
  const cursors: {
    file: string;
    offset: number;
    label: string;
    definitions: string[];
    references: string[];
  }[] = [];
  let file = first;
  let isOpen = false;
  files[file] = '';
  source.split('\n').forEach((line, index) => {
    const number = (files[file] ?? '').split('\n').length - 1;
    const header = /^\/\/- (\S+)$/.exec(line)?.[1];
    const mark = /^\s*\/\/(=|definition:|reference:|hints:|nothing)\s?(.*)$/.exec(line);
    if (header !== undefined) {
      file = header;
      files[file] = '';
      isOpen = false;
    } else if (mark) {
      const [, kind, text = ''] = mark;
      const cursor = cursors.at(-1);
      if (kind === '=') lenses.push({ file, line: number, text });
      else if (kind === 'hints:') hints.push({ file, line: number - 1, text });
      else if (!isOpen || !cursor) throw new Error(`line ${index + 1}: a mark needs a cursor above it`);
      else if (kind === 'definition:') cursor.definitions.push(text);
      else if (kind === 'reference:') cursor.references.push(text);
    } else {
      const at = line.indexOf('$0');
      isOpen = at >= 0;
      if (isOpen) {
        cursors.push({
          file,
          offset: (files[file] ?? '').length + at,
          label: `${file}: ${line.trim()}`,
          definitions: [],
          references: [],
        });
      }
      files[file] += `${line.replace('$0', '')}\n`;
    }
  });
  return { files, lenses, hints, cursors };
}
