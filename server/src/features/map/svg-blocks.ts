import type {
  MapHandler,
  MapNode,
  MapRegistration,
  MapRoot,
  MapSlots,
  MapState,
  MapStep,
  MapUndo,
} from './model.ts';
import { placeText } from './places.ts';
import { badge, escapeXml, icon, path, rect, text } from './svg-draw.ts';
import { widthOf, wrap } from './text-width.ts';
import { placesText, RESULT } from './words.ts';

/** A part of the picture that knows its size before it has a place. */
export interface Block {
  readonly width: number;
  readonly height: number;
  readonly draw: (x: number, y: number, width: number) => string;
}

/** Wraps what is drawn for a node: `level` is its depth in the tree. */
export type Wrap = (node: MapNode, level: number, inner: string) => string;

const PAD = 14;
const LINE = 18;
export const ROW = 23;
const RADIUS = 8;
const MONO = 12;
const SMALL = 11;

const frame = (x: number, y: number, width: number, height: number, state: MapState): string =>
  rect(x, y, width, height, `card frame ${state}`, RADIUS);

interface Entry {
  readonly value: string;
  readonly face: 'sans' | 'bold' | 'mono';
  readonly size: number;
  readonly tone: 'strong' | 'muted' | 'bad' | 'undo' | 'good' | 'accent';
  readonly icon?: MapState | 'alert' | 'undo';
  /** Another line of the one before: it has the room of the icon, and no icon. */
  readonly isMore?: true;
}

const widthOfEntry = ({ value, face, size, icon: mark }: Entry): number =>
  widthOf(value, face, size) + (mark ? 20 : 0);

const drawEntry = (entry: Entry, x: number, y: number, max: number): string => {
  const { value, face, size, tone, icon: mark, isMore } = entry;
  const left = mark ? 20 : 0;
  return (
    (mark && !isMore ? icon(mark, x, y - 11) : '') +
    text(x + left, y, value, { face, size, tone, max: max - left })
  );
};

const mono = (value: string): Entry => ({ value, face: 'mono', size: SMALL, tone: 'muted' });
const said = (value: string, tone: Entry['tone'], mark?: Entry['icon']): Entry => ({
  value,
  face: 'sans',
  size: SMALL,
  tone,
  ...(mark === undefined ? {} : { icon: mark }),
});

/** Problems of a node that are listed in its card, and lines that each may have. */
const PROBLEMS_LISTED = 3;
const PROBLEM_LINES = 2;
/** Width that messages are broken for: cards are at least as wide. */
const PROBLEM_WIDTH = 222;

function problemsOf({ problems }: MapNode, width = PROBLEM_WIDTH): Entry[] {
  const shown = problems.slice(0, PROBLEMS_LISTED).flatMap(({ message, severity }) => {
    const tone = severity === 'error' ? 'bad' : 'strong';
    return wrap(message.split(' '), ' ', 'sans', SMALL, width - 20, PROBLEM_LINES).map((line, index) =>
      index === 0 ? said(line, tone, 'alert') : { ...said(line, tone, 'alert'), isMore: true as const },
    );
  });
  const more = problems.length - PROBLEMS_LISTED;
  return more > 0 ? [...shown, said(`${more} more`, 'muted', 'alert')] : shown;
}

/** Least widths of the cards of the first two columns. */
export const ROOT_LEAST = 190;
export const MIDDLE_LEAST = PROBLEM_WIDTH + PAD * 2;

/** A function that the system calls. */
export function rootBlock(root: MapRoot, wrapNode: Wrap): Block {
  const lines: Entry[] = [
    { value: root.name, face: 'mono', size: 13, tone: 'strong' },
    ...(root.slot === undefined ? [] : [said(`as ${root.slot}`, 'muted')]),
    ...(root.irql === undefined ? [] : [mono(root.irql.replace('<=', '≤'))]),
    ...(root.place ? [mono(placeText(root.place))] : []),
    ...problemsOf(root, ROOT_LEAST - PAD * 2),
  ];
  const height = PAD * 2 + LINE * lines.length - 4;
  const natural = lines.filter(({ icon: mark }) => mark !== 'alert').map(widthOfEntry);
  return {
    width: Math.max(...natural) + PAD * 2,
    height,
    draw: (x, y, width) =>
      wrapNode(
        root,
        1,
        `${frame(x, y, width, height, root.state)}${rect(x, y + RADIUS, 3, height - RADIUS * 2, 'accent-bar', 1.5)}${lines
          .map((line, index) => drawEntry(line, x + PAD, y + PAD + 11 + index * LINE, width - PAD * 2))
          .join('')}`,
      ),
  };
}

/** A registration call. The last line says what undoes it. */
export function registrationBlock(one: MapRegistration, undone: string, wrapNode: Wrap): Block {
  const state = one.undone === 'left' ? 'left' : one.state;
  const lines: Entry[] = [
    { value: one.call, face: 'mono', size: MONO, tone: 'strong' },
    ...(one.table === undefined ? [] : [mono(`table ${one.table}`)]),
    ...(one.handle === undefined ? [] : [mono(`handle ${one.handle}`)]),
    mono(
      [one.place ? placeText(one.place) : '', ...one.through.map((name) => `in ${name}`).slice(-1)]
        .filter(Boolean)
        .join(' '),
    ),
    ...(one.isDead ? [said('never runs', 'muted', 'unset')] : []),
    ...problemsOf(one),
    said(undone, one.undone === 'left' ? 'bad' : 'strong', one.undone === 'good' ? 'undo' : one.undone),
  ];
  const head = 30;
  const height = PAD + head + LINE * lines.length + 6;
  const version = one.version ?? '';
  const versionWidth = version === '' ? 0 : widthOf(version, 'sans', SMALL) + 16;
  const headWidth = 26 + widthOf(one.noun, 'bold', 13) + (version === '' ? 0 : versionWidth + 12);
  return {
    width:
      Math.max(headWidth, ...lines.filter(({ icon: mark }) => mark !== 'alert').map(widthOfEntry)) + PAD * 2,
    height,
    draw(x, y, width) {
      const top = y + PAD + 8;
      const pill =
        version === ''
          ? ''
          : rect(x + width - PAD - versionWidth, top - 11, versionWidth, 19, 'chip', 9) +
            text(x + width - PAD - versionWidth / 2, top + 2.5, version, {
              size: SMALL,
              tone: 'muted',
              anchor: 'middle',
            });
      const nounWidth = width - PAD * 2 - 26 - (version === '' ? 0 : versionWidth + 8);
      return wrapNode(
        one,
        2,
        `${frame(x, y, width, height, state)}${badge(x + PAD + 10, top - 1, one.number)}${text(x + PAD + 27, top + 3, one.noun, { face: 'bold', size: 13, max: nounWidth })}${pill}${lines
          .map((line, index) => drawEntry(line, x + PAD, y + PAD + head + 8 + index * LINE, width - PAD * 2))
          .join('')}`,
      );
    },
  };
}

/** A small card with a title and a line. */
export function noteBlock(
  node: MapNode,
  title: Entry,
  line: string,
  numbers: readonly number[],
  wrapNode: Wrap,
): Block {
  const badges = numbers.length * 24;
  const lines = problemsOf(node);
  const height = 54 + lines.length * LINE;
  return {
    width: Math.max(widthOfEntry(title), widthOf(line, 'sans', SMALL) + badges) + PAD * 2,
    height,
    draw: (x, y, width) =>
      wrapNode(
        node,
        2,
        `${frame(x, y, width, height, node.state)}${drawEntry(title, x + PAD, y + 22, width - PAD * 2)}${text(x + PAD, y + 41, line, { size: SMALL, tone: 'muted', max: width - PAD * 2 - badges })}${numbers
          .map((number, index) =>
            badge(x + PAD + widthOf(line, 'sans', SMALL) + 14 + index * 24, y + 37, number, 8),
          )
          .join(
            '',
          )}${lines.map((one, index) => drawEntry(one, x + PAD, y + 59 + index * LINE, width - PAD * 2)).join('')}`,
      ),
  };
}

export const slotsBlock = (slots: MapSlots, wrapNode: Wrap): Block =>
  noteBlock(
    slots,
    { value: slots.name, face: 'mono', size: MONO, tone: 'strong' },
    'slots of the driver object',
    [],
    wrapNode,
  );

/** Widths that the rows of all handler cards share. */
export interface HandlerColumns {
  readonly member: number;
  readonly value: number;
  readonly irql: number;
}

const MEMBER_MAX = 322;
const VALUE_MAX = 300;

const valueOf = (one: MapHandler): string =>
  one.state === 'missing'
    ? `missing, ${one.note ?? 'required'}`
    : `${one.value ?? ''}${one.note === undefined ? '' : ` (${one.note})`}`;

const irqlOf = (one: MapHandler): string => (one.irql ?? '').replace('<=', '≤');

export function handlerColumns(handlers: readonly MapHandler[]): HandlerColumns {
  const widest = (limit: number, of: (one: MapHandler) => number): number =>
    Math.min(limit, Math.max(0, ...handlers.map(of)));
  return {
    member: widest(MEMBER_MAX, (one) => widthOf(one.member, 'mono', MONO)),
    value: widest(VALUE_MAX, (one) => widthOf(valueOf(one), 'mono', MONO)),
    irql: widest(160, (one) => widthOf(irqlOf(one), 'mono', 10.5)),
  };
}

/** Cards without rows have lists to show. */
const HANDLERS_LEAST = 380;

export const handlersWidth = ({ member, value, irql }: HandlerColumns): number =>
  Math.max(HANDLERS_LEAST, PAD * 2 + 22 + member + 18 + value + 18 + irql + 18);

/** What a table hands over. */
export function handlersBlock(
  node: MapRegistration | MapSlots,
  columns: HandlerColumns,
  wrapNode: Wrap,
): Block | undefined {
  const { handlers } = node;
  const unset = node.kind === 'registration' ? node.unset : [];
  const untold = node.kind === 'registration' ? node.untold : [];
  const isDark = node.kind === 'registration' && node.state === 'unknown' && handlers.length === 0;
  const width = handlersWidth(columns);
  const lists = [
    { title: 'not set, may be left out', names: unset, mark: 'unset' as const },
    { title: 'set out of sight, or not at all', names: untold, mark: 'unknown' as const },
  ]
    .filter(({ names }) => names.length > 0)
    .map((list) => ({ ...list, lines: wrap(list.names, ', ', 'mono', 10.5, width - PAD * 2 - 22, 3) }));
  if (handlers.length + lists.length === 0 && !isDark) return undefined;
  const structure = node.kind === 'registration' ? node.structure : undefined;
  const head = structure === undefined ? 8 : 30;
  const listHeight = lists.reduce((sum, { lines }) => sum + 24 + lines.length * 15, 0);
  const height = head + handlers.length * ROW + listHeight + (isDark ? ROW : 0) + 8;
  return {
    width,
    height,
    draw(x, y, full) {
      const parts = [frame(x, y, full, height, isDark ? 'unknown' : 'none')];
      if (structure !== undefined) {
        parts.push(
          text(x + PAD, y + 20, structure, { face: 'mono', size: 10.5, tone: 'muted', max: full - PAD * 2 }),
        );
        parts.push(path(`M${x} ${y + 28}h${full}`, 'rule'));
      }
      handlers.forEach((one, index) => {
        const top = y + head + index * ROW;
        parts.push(wrapNode(one, 3, handlerRow(one, x, top, full, columns)));
      });
      let at = y + head + handlers.length * ROW;
      if (isDark) {
        parts.push(
          icon('unknown', x + PAD, at + 5),
          text(x + PAD + 22, at + 16, 'the table is filled out of sight', { size: SMALL, tone: 'muted' }),
        );
        at += ROW;
      }
      for (const { title, mark, lines } of lists) {
        parts.push(
          icon(mark, x + PAD, at + 4),
          text(x + PAD + 22, at + 15, title, { size: SMALL, tone: 'muted' }),
        );
        lines.forEach((line, index) =>
          parts.push(
            text(x + PAD + 22, at + 31 + index * 15, line, { face: 'mono', size: 10.5, tone: 'muted' }),
          ),
        );
        at += 24 + lines.length * 15;
      }
      return parts.join('');
    },
  };
}

function handlerRow(one: MapHandler, x: number, y: number, width: number, columns: HandlerColumns): string {
  const base = y + 15.5;
  const memberX = x + PAD + 22;
  const valueX = memberX + columns.member + 18;
  const tone = one.state === 'missing' ? 'bad' : one.state === 'unknown' ? 'muted' : 'strong';
  return [
    rect(x + 1, y, width - 2, ROW, `row frame ${one.state}`),
    icon(one.state, x + PAD, y + 4.5),
    text(memberX, base, one.member, {
      face: 'mono',
      size: MONO,
      tone: one.state === 'missing' ? 'bad' : 'muted',
      max: columns.member,
    }),
    text(valueX, base, valueOf(one), { face: 'mono', size: MONO, tone, max: columns.value }),
    text(x + width - PAD - 18, base, irqlOf(one), { face: 'mono', size: 10.5, tone: 'muted', anchor: 'end' }),
    one.problems.length > 0 ? icon('alert', x + width - PAD - 12, y + 4.5) : '',
  ].join('');
}

const STEP: Readonly<Record<MapStep['what'], string>> = {
  stands: 'stands',
  refused: 'refused',
  undone: 'undone',
  left: 'left',
  unknown: 'cannot be told',
};

/** Ways out as rows, registrations as columns: what stands when the function returns. */
export function waysBlock(root: MapRoot, registrations: readonly MapRegistration[], wrapNode: Wrap): Block {
  const numbers = [
    ...new Set(root.ways.flatMap(({ steps }) => steps.map(({ registration }) => registration))),
  ].toSorted((a, b) => a - b);
  const columns = numbers.map((number) => {
    const noun = registrations.find((one) => one.number === number)?.noun ?? '';
    return { number, noun, width: Math.max(118, widthOf(noun, 'sans', SMALL) + 34) };
  });
  const labels = root.ways.map((way) => RESULT[way.result]);
  const placeWidth = Math.min(
    230,
    Math.max(0, ...root.ways.map((way) => widthOf(placesText(way), 'mono', SMALL))),
  );
  const labelWidth =
    22 + Math.max(...labels.map((label) => widthOf(label, 'bold', MONO))) + 12 + placeWidth + 18;
  const width = PAD * 2 + labelWidth + columns.reduce((sum, column) => sum + column.width, 0);
  const rowHeight = 28;
  const head = 34;
  const height = head + root.ways.length * rowHeight + 6;
  return {
    width,
    height,
    draw(x, y) {
      const parts = [frame(x, y, width, height, 'none'), path(`M${x} ${y + head - 2}h${width}`, 'rule')];
      parts.push(text(x + PAD, y + 21, 'way out', { size: SMALL, tone: 'muted' }));
      let left = x + PAD + labelWidth;
      const starts = columns.map((column) => {
        const at = left;
        left += column.width;
        parts.push(
          badge(at + 8, y + 17, column.number, 8),
          text(at + 22, y + 21, column.noun, { size: SMALL, tone: 'muted' }),
        );
        return at;
      });
      root.ways.forEach((way, index) => {
        const top = y + head + index * rowHeight;
        const mark = way.state === 'none' ? 'fails' : way.state;
        const cells = columns.map(({ number }, column) => {
          const at = starts[column] ?? 0;
          const step = way.steps.find(({ registration }) => registration === number);
          if (!step) return text(at + 4, top + 18, '–', { size: SMALL, tone: 'muted' });
          const label = step.isSometimes
            ? 'sometimes'
            : step.isUnsure
              ? 'stands?'
              : `${STEP[step.what]}${step.at ? ` :${step.at.range.start.line + 1}` : ''}`;
          const tone = (
            { stands: 'good', refused: 'muted', undone: 'undo', left: 'bad', unknown: 'muted' } as const
          )[step.isUnsure ? 'unknown' : step.what];
          return (
            rect(
              at,
              top + 4,
              widthOf(label, 'sans', SMALL) + 16,
              20,
              `chip ${step.isUnsure ? 'unknown' : step.what}`,
              10,
            ) + text(at + 8, top + 18, label, { size: SMALL, tone })
          );
        });
        parts.push(
          wrapNode(
            way,
            2,
            [
              rect(x + 1, top, width - 2, rowHeight, `row frame ${way.state}`),
              icon(mark, x + PAD, top + 7),
              text(x + PAD + 22, top + 18.5, RESULT[way.result], {
                face: 'bold',
                size: MONO,
                tone: way.state === 'left' ? 'bad' : 'strong',
              }),
              text(x + PAD + labelWidth - 18 - placeWidth, top + 18, placesText(way), {
                face: 'mono',
                size: SMALL,
                tone: 'muted',
                max: placeWidth,
              }),
              ...cells,
            ].join(''),
          ),
        );
      });
      return parts.join('');
    },
  };
}

/** Where the middle of a way's row is. */
export const wayRowY = (index: number): number => 34 + index * 28 + 14;

/** Undo calls of a root. */
export function undosBlock(undos: readonly MapUndo[], rootName: string, wrapNode: Wrap): Block {
  const rows = undos.map((one) => ({
    one,
    label: one.call,
    tail: `${one.place ? placeText(one.place) : ''}${one.inFunction === rootName ? '' : `  in ${one.inFunction}`}${one.note === undefined ? '' : `  ${one.note}`}`,
  }));
  const badges = Math.max(1, ...undos.map(({ registrations }) => registrations.length)) * 22;
  const labelWidth = Math.max(...rows.map(({ label }) => widthOf(label, 'mono', MONO)));
  const tailWidth = Math.min(420, Math.max(...rows.map(({ tail }) => widthOf(tail, 'mono', SMALL))));
  const alerts = undos.some(({ problems }) => problems.length > 0) ? 22 : 0;
  const width = PAD * 2 + 22 + badges + labelWidth + 18 + tailWidth + alerts;
  const rowHeight = 28;
  const height = rows.length * rowHeight + 10;
  return {
    width,
    height,
    draw(x, y) {
      const parts = [frame(x, y, width, height, 'none')];
      rows.forEach(({ one, label, tail }, index) => {
        const top = y + 5 + index * rowHeight;
        parts.push(
          wrapNode(
            one,
            2,
            [
              rect(x + 1, top, width - 2, rowHeight, `row frame ${one.state}`),
              icon(one.state === 'unknown' ? 'unknown' : 'undo', x + PAD, top + 7),
              ...one.registrations.map((number, at) => badge(x + PAD + 30 + at * 22, top + 14, number, 8)),
              text(x + PAD + 22 + badges, top + 18, label, { face: 'mono', size: MONO }),
              text(x + PAD + 22 + badges + labelWidth + 18, top + 18, tail, {
                face: 'mono',
                size: SMALL,
                tone: 'muted',
                max: tailWidth,
              }),
              one.problems.length > 0 ? icon('alert', x + width - PAD - 14, top + 7) : '',
            ].join(''),
          ),
        );
      });
      return parts.join('');
    },
  };
}

/** Where the middle of an undo's row is. */
export const undoRowY = (index: number): number => 5 + index * 28 + 14;

/** What a browser shows while the pointer rests on a node. */
export const titleOf = (value: string): string => `<title>${escapeXml(value)}</title>`;
