import type { Ratio } from './measure.ts';

/** The parts of a run, in the order in which they are printed. */
export const SECTIONS = [
  'process',
  'analysis',
  'keystrokes',
  'answers',
  'start',
  'memory',
  'growth',
] as const;
export type Section = (typeof SECTIONS)[number];

/** One figure: what we take, as a multiple of a floor or of a peer that was measured in the same run. */
export interface Row {
  readonly section: Section;
  readonly name: string;
  /** What it is a multiple of. */
  readonly against: string;
  /** Undefined when it could not be measured; `missing` says why. */
  readonly ratio?: Ratio;
  readonly missing?: string;
  /** The ratio that is allowed at most. */
  readonly budget?: number;
  /** What one must know to read the figure. */
  readonly note?: string;
}

/** Undefined when there is no budget or no figure. */
export const isMet = ({ ratio, budget }: Row): boolean | undefined =>
  ratio === undefined || budget === undefined ? undefined : ratio.value <= budget;

/** A ratio as people read it. */
export const shown = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

/** The table as Markdown, so that it can stand in a page as it is. `times` adds what was divided. */
export function table(rows: readonly Row[], times: boolean): string {
  const head = ['figure', 'against', 'ratio', 'spread', 'budget', 'met', ...(times ? ['own', 'other'] : [])];
  const cells = rows.map((row) => {
    const { name, against, ratio, missing, budget } = row;
    const met = isMet(row);
    return [
      name,
      against,
      ratio === undefined ? `not measured: ${missing}` : shown(ratio.value),
      ratio === undefined ? '' : `${shown(ratio.low)} to ${shown(ratio.high)}`,
      budget === undefined ? '' : `<= ${budget}`,
      met === undefined ? '' : met ? 'yes' : '**no**',
      ...(times ? [amount(ratio?.own, ratio?.unit), amount(ratio?.other, ratio?.unit)] : []),
    ];
  });
  const width = head.map((title, at) =>
    Math.max(3, title.length, ...cells.map((row) => (row[at] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, at) => cell.padEnd(width[at] ?? 0)).join(' | ')} |`;
  const notes = rows.flatMap(({ note }) => (note === undefined ? [] : [`- ${note}.`]));
  return [
    line(head),
    line(width.map((count) => '-'.repeat(count))),
    ...cells.map(line),
    ...(notes.length > 0 ? ['', ...new Set(notes)] : []),
  ].join('\n');
}

const amount = (value: number | undefined, unit = ''): string =>
  value === undefined ? '' : `${value.toPrecision(3)} ${unit}`;
