/**
 * A hover fixture is a C file with `$0` where the cursor is, any number of times. Below the line of a cursor
 * stand its expectations: `//? fragment` is in the hover, `//! fragment` is not, `//none` means no hover. With
 * several cursors on one line `//next` goes on to the next one. Cursors and expectations are removed before
 * the text is analysed.
 */
export interface HoverFixture {
  readonly text: string;
  readonly cursors: readonly HoverCursor[];
}

export interface HoverCursor {
  readonly offset: number;
  /** Line in the file and text around the cursor, for the test's name. */
  readonly label: string;
  readonly expected: readonly string[];
  readonly unexpected: readonly string[];
  readonly none: boolean;
}

/** Parses a fixture. Throws when an expectation has no cursor above it or a cursor none below. */
export function parseHoverFixture(source: string): HoverFixture {
  interface Open {
    offset: number;
    label: string;
    expected: string[];
    unexpected: string[];
    none: boolean;
  }
  const cursors: Open[] = [];
  let current: Open[] = [];
  let text = '';
  source.split('\n').forEach((line, index) => {
    const mark = /^\s*\/\/(?:([?!]) (.*)|(none|next))$/.exec(line);
    if (mark) {
      const [cursor] = current;
      if (!cursor) throw new Error(`line ${index + 1}: an expectation needs a cursor above it`);
      if (mark[3] === 'next') current = current.slice(1);
      else if (mark[3] === 'none') cursor.none = true;
      else (mark[1] === '?' ? cursor.expected : cursor.unexpected).push(mark[2] ?? '');
      return;
    }
    const pieces = line.split('$0');
    const starts = cursors.length;
    pieces.slice(0, -1).forEach((piece, i) => {
      text += piece;
      const label = `line ${index + 1}: ${piece.slice(-25).trimStart()}|${(pieces[i + 1] ?? '').slice(0, 12)}`;
      cursors.push({ offset: text.length, label, expected: [], unexpected: [], none: false });
    });
    text += `${pieces.at(-1)}\n`;
    if (pieces.length > 1) current = cursors.slice(starts);
  });
  for (const cursor of cursors) {
    if (!cursor.none && cursor.expected.length === 0) throw new Error(`${cursor.label}: expects nothing`);
  }
  return { text, cursors };
}
