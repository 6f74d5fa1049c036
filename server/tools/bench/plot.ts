import { isMet, type Row, shown } from './rows.ts';

const ROW = 22;
const LEFT = 470;
const WIDTH = 420;
const RIGHT = 90;
const TOP = 34;

/** All figures as bars on a logarithmic scale, with their spread and their budgets. */
export function plot(rows: readonly Row[]): string {
  const bars = rows.filter(({ ratio }) => ratio !== undefined && ratio.value > 0);
  const values = bars.flatMap(({ ratio, budget }) => [ratio?.low ?? 1, ratio?.high ?? 1, budget ?? 1]);
  const low = Math.floor(Math.log10(Math.max(0.01, Math.min(...values, 1))));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values, 1))));
  const x = (value: number) =>
    LEFT + (WIDTH * (Math.log10(Math.max(value, 10 ** low)) - low)) / Math.max(1, high - low);
  const height = TOP + bars.length * ROW + 40;
  const total = LEFT + WIDTH + RIGHT;
  const decades = Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at));
  const grid = decades.flatMap((value) => [
    `<line x1="${n(x(value))}" y1="${TOP - 6}" x2="${n(x(value))}" y2="${height - 34}" stroke="${value === 1 ? '#57606a' : '#d0d7de'}"/>`,
    `<text x="${n(x(value))}" y="${TOP - 12}" text-anchor="middle" fill="#57606a">${value}</text>`,
  ]);
  const drawn = bars.flatMap((row, at) => {
    const { name, against, ratio, budget } = row;
    if (ratio === undefined) return [];
    const y = TOP + at * ROW;
    const met = isMet(row);
    const colour = met === undefined ? '#8c959f' : met ? '#2da44e' : '#cf222e';
    const [from, to] = [Math.min(x(1), x(ratio.value)), Math.max(x(1), x(ratio.value))];
    const middle = y + ROW / 2;
    return [
      `<text x="${LEFT - 10}" y="${middle + 4}" text-anchor="end" fill="#24292f">${escaped(name)} <tspan fill="#57606a">/ ${escaped(against)}</tspan></text>`,
      `<rect x="${n(from)}" y="${y + 4}" width="${n(Math.max(1, to - from))}" height="${ROW - 8}" fill="${colour}"/>`,
      `<line x1="${n(x(ratio.low))}" y1="${middle}" x2="${n(x(ratio.high))}" y2="${middle}" stroke="#24292f"/>`,
      ...(budget === undefined
        ? []
        : [
            `<line x1="${n(x(budget))}" y1="${y + 1}" x2="${n(x(budget))}" y2="${y + ROW - 1}" stroke="#0969da" stroke-width="3"/>`,
          ]),
      `<text x="${LEFT + WIDTH + 12}" y="${middle + 4}" fill="${met === undefined ? '#24292f' : colour}">${shown(ratio.value)}</text>`,
    ];
  });
  const legend = `<text x="10" y="${height - 12}" fill="#57606a">ratio, logarithmic; bars start at 1. Green: within budget, red: over it, grey: no budget. Blue: budget. Black: spread.</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${total}" height="${height}" viewBox="0 0 ${total} ${height}" font-family="DejaVu Sans, sans-serif" font-size="12">`,
    `<rect width="${total}" height="${height}" fill="#ffffff"/>`,
    ...grid,
    ...drawn,
    legend,
    '</svg>',
    '',
  ].join('\n');
}

const n = (value: number): string => value.toFixed(1);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
