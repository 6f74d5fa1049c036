/** Faces that the picture is set in. */
export type Face = 'sans' | 'bold' | 'mono';

/**
 * Widths of the characters from space to `~` in hundredths of the size. They are those of a wide face, so that text is
 * never wider than measured in the faces that are used where they exist.
 */
const SANS =
  '32,40,46,84,64,95,78,27,39,39,50,84,32,36,32,34,64,64,64,64,64,64,64,64,64,64,34,34,84,84,84,53,100,68,69,70,77,63,58,77,75,29,29,66,56,86,75,79,60,79,69,63,61,73,68,99,69,61,69,39,34,39,84,50,50,61,63,55,63,62,35,63,63,28,28,58,28,97,63,61,63,63,41,52,39,63,59,82,59,59,52,64,34,64,84';
const BOLD =
  '35,46,52,84,70,100,87,31,46,46,52,84,38,42,38,37,70,70,70,70,70,70,70,70,70,70,40,40,84,84,84,58,100,77,76,73,83,68,68,82,84,37,37,77,64,100,84,85,73,85,77,72,68,81,77,110,77,72,73,46,37,46,84,50,50,67,72,59,72,68,44,72,71,34,34,67,34,104,71,69,72,72,49,60,48,71,65,92,65,65,58,71,37,71,84';

const TABLES: Readonly<Record<'sans' | 'bold', readonly number[]>> = {
  sans: SANS.split(',').map(Number),
  bold: BOLD.split(',').map(Number),
};
const MONO = 61;
/** Of any other character: dots, dashes and letters of other scripts are not wider. */
const OTHER = 100;

/** How wide a text is at most, in the unit of the size. */
export function widthOf(text: string, face: Face, size: number): number {
  let sum = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const known = face === 'mono' ? MONO : TABLES[face][code - 32];
    sum += code < 127 ? (known ?? OTHER) : face === 'mono' && code < 0x3000 ? MONO : OTHER;
  }
  return (sum * size) / 100;
}

/** The text, cut to a width. */
export function fit(text: string, face: Face, size: number, width: number): string {
  if (widthOf(text, face, size) <= width) return text;
  const chars = Array.from(text);
  while (chars.length > 0 && widthOf(`${chars.join('')}…`, face, size) > width) chars.pop();
  return `${chars.join('').trimEnd()}…`;
}

/** Items in lines of a width, with a separator; of more lines than allowed the last says that some are left out. */
export function wrap(
  items: readonly string[],
  separator: string,
  face: Face,
  size: number,
  width: number,
  lines: number,
): string[] {
  const result: string[] = [];
  let line = '';
  for (const [index, item] of items.entries()) {
    const next = line === '' ? item : line + separator + item;
    if (line === '' || widthOf(next + separator, face, size) <= width) {
      line = next;
      continue;
    }
    if (result.length === lines - 1) {
      if (separator === ' ')
        return [...result, fit([line, ...items.slice(index)].join(' '), face, size, width)];
      const more = ` and ${items.length - index} more`;
      return [...result, fit(line, face, size, width - widthOf(more, face, size)) + more];
    }
    result.push((line + separator).trimEnd());
    line = item;
  }
  return line === '' ? result : [...result, fit(line, face, size, width)];
}
