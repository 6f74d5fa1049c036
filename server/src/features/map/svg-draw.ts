import type { MapState } from './model.ts';
import { type Face, fit } from './text-width.ts';

export const escapeXml = (raw: string): string =>
  raw
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // oxlint-disable-next-line no-control-regex -- XML has no way to write them
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');

export interface TextStyle {
  readonly face?: Face;
  readonly size?: number;
  /** Class of its colour. */
  readonly tone?: 'strong' | 'muted' | 'good' | 'bad' | 'undo' | 'accent' | 'on';
  readonly anchor?: 'start' | 'middle' | 'end';
  /** It is cut to this width. */
  readonly max?: number;
}

const n = (value: number): string => String(Math.round(value * 10) / 10);

/** A line of text with its baseline at `y`. */
export function text(x: number, y: number, value: string, style: TextStyle = {}): string {
  const { face = 'sans', size = 12, tone = 'strong', anchor = 'start', max } = style;
  const shown = max === undefined ? value : fit(value, face, size, max);
  const at = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text class="${face} ${tone}" x="${n(x)}" y="${n(y)}" font-size="${n(size)}"${at}>${escapeXml(shown)}</text>`;
}

export const rect = (
  x: number,
  y: number,
  width: number,
  height: number,
  className: string,
  radius = 0,
): string =>
  `<rect class="${className}" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"${radius > 0 ? ` rx="${n(radius)}"` : ''}/>`;

export const path = (d: string, className: string, extra = ''): string =>
  `<path class="${className}" d="${d}"${extra}/>`;

/** A shape of 14 by 14 for a state: each has its own form, whatever its colour. */
export function icon(state: MapState | 'alert' | 'undo' | 'fails', x: number, y: number): string {
  const at = (d: string): string => path(`M${n(x)} ${n(y)}${d}`, `icon-line ${state}`);
  const circle = (className: string): string =>
    `<circle class="icon ${className}" cx="${n(x + 7)}" cy="${n(y + 7)}" r="6"/>`;
  switch (state) {
    case 'good':
      return circle('good') + at('m4 7.2l2.2 2.2l4-4.4');
    case 'missing':
    case 'left':
      return `${path(`M${n(x + 7)} ${n(y + 0.4)}l6.6 6.6l-6.6 6.6l-6.6 -6.6z`, `icon ${state}`)}${at('m4.6 4.6l4.8 4.8m0 -4.8l-4.8 4.8')}`;
    case 'unknown':
      return `${circle('unknown')}${text(x + 7, y + 10.8, '?', { face: 'bold', size: 10, tone: 'muted', anchor: 'middle' })}`;
    case 'fails':
      return circle('unset') + at('m4 7h6');
    case 'unset':
    case 'none':
      return circle('unset');
    case 'alert':
      return `${path(`M${n(x + 7)} ${n(y + 0.8)}l6.6 12.2h-13.2z`, 'icon alert')}${at('m7 5v4m0 1.6v.6')}`;
    case 'undo':
      return at('m4.6 3l-3 3l3 3m-2.6 -3h7.4a3 3 0 0 1 0 6h-3');
  }
}

/** A registration's number. */
export const badge = (x: number, y: number, value: number | string, radius = 10): string =>
  `<circle class="badge" cx="${n(x)}" cy="${n(y)}" r="${n(radius)}"/>${text(x, y + radius * 0.4, String(value), { face: 'bold', size: radius * 1.15, tone: 'on', anchor: 'middle' })}`;

/** A line along right angles, with round corners. What it crosses is cut off a little by its halo. */
export interface Route {
  readonly halo: string;
  readonly line: string;
}

type Point = readonly [number, number];
const CORNER = 6;

export function route(points: readonly Point[], className: string): Route {
  let d = '';
  points.forEach(([x, y], index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before) d += `M${n(x)} ${n(y)}`;
    else if (!after) d += `L${n(x)} ${n(y)}`;
    else {
      const cut = (from: Point): Point => {
        const length = Math.hypot(from[0] - x, from[1] - y);
        const part = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
        return [x + (from[0] - x) * part, y + (from[1] - y) * part];
      };
      const [ax, ay] = cut(before);
      const [bx, by] = cut(after);
      d += `L${n(ax)} ${n(ay)}Q${n(x)} ${n(y)} ${n(bx)} ${n(by)}`;
    }
  });
  const end = points.at(-1) ?? [0, 0];
  const head = path(`M${n(end[0] - 7)} ${n(end[1] - 4)}l7 4l-7 4z`, `head ${className}`);
  return { halo: path(d, 'halo'), line: path(d, `line ${className}`) + head };
}
