import type { MapHandler, MapRegistration, MapRoot, MapUndo, MapWay, RegistrationMap } from './model.ts';
import { placeText } from './places.ts';
import { headOf, rootText, undoneText, undoText, WHEN, wayText } from './words.ts';

export interface TextOptions {
  /** Only ASCII, and every state as a word: for terminals without box characters, and for screen readers. */
  readonly ascii: boolean;
}

interface Line {
  readonly text: string;
  readonly children: readonly Line[];
}

const BOXES = { last: '└─ ', item: '├─ ', under: '│  ', none: '   ' };
const ASCII = { last: '`- ', item: '|- ', under: '|  ', none: '   ' };

/** The map as a tree for a terminal. Ends with a line break. */
export function mapAsText(map: RegistrationMap, { ascii }: TextOptions): string {
  const marks = ascii
    ? { good: 'set    ', missing: 'MISSING', unknown: 'unknown', left: 'LEFT   ', alert: '!', none: '' }
    : { good: '✓', missing: '✗', unknown: '?', left: '✗', alert: '!', none: '- ' };
  const plain = (text: string): string => (ascii ? text.replaceAll('·', '-').replaceAll('…', '...') : text);
  const lines: string[] = [];
  const draw = (list: readonly Line[], indent: string): void => {
    const box = ascii ? ASCII : BOXES;
    list.forEach(({ text, children }, index) => {
      const isLast = index === list.length - 1;
      lines.push(plain(`${indent}${isLast ? box.last : box.item}${text}`).trimEnd());
      draw(children, indent + (isLast ? box.none : box.under));
    });
  };

  const problems = (node: { readonly problems: MapRoot['problems'] }): Line[] =>
    node.problems.map(({ severity, rule, message }) =>
      leaf(`${marks.alert} ${severity}: ${message} [${rule}]`),
    );
  const handlers = (list: readonly MapHandler[]): Line[] => {
    const rows = list.map((one) => [
      one.member,
      one.value ?? (one.state === 'missing' ? `missing, ${one.note ?? 'required'}` : ''),
      one.irql ?? '',
      one.state === 'missing' || !one.place ? '' : placeText(one.place),
      one.state === 'unknown' && one.note !== undefined ? `(${one.note})` : '',
    ]);
    const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
    return list.map((one, index) => {
      const row = rows[index] ?? [];
      const mark =
        one.state === 'good' ? marks.good : one.state === 'missing' ? marks.missing : marks.unknown;
      const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
      return { text: `${mark} ${cells.join('  ')}`, children: problems(one) };
    });
  };
  const registration = (one: MapRegistration): Line => {
    const facts = [
      ...(one.table === undefined ? [] : [`table ${one.table}`]),
      ...(one.handle === undefined ? [] : [`handle ${one.handle}`]),
      ...(one.through.length === 0 ? [] : [`through ${one.through.join(', ')}`]),
      ...(one.alsoFrom.length === 0 ? [] : [`also from ${one.alsoFrom.join(', ')}`]),
    ];
    return {
      text: headOf(one),
      children: [
        ...(facts.length === 0 ? [] : [leaf(facts.join(' · '))]),
        ...problems(one),
        ...handlers(one.handlers),
        ...(one.state === 'unknown' && one.handlers.length === 0
          ? [leaf(`${marks.unknown} its table is filled out of sight`)]
          : []),
        ...listed('not set, and may be left out', one.unset, marks.none),
        ...listed('set out of sight, or not at all', one.untold, `${marks.unknown.trimEnd()} `),
        undone(one),
      ],
    };
  };
  // In words only what is not as it should be needs a mark.
  const undone = (one: MapRegistration): Line => {
    const mark =
      one.undone === 'good'
        ? ascii
          ? marks.none
          : `${marks.good} `
        : one.undone === 'left'
          ? `${marks.left.trimEnd()} `
          : one.undone === 'unknown'
            ? `${marks.unknown.trimEnd()} `
            : marks.none;
    return leaf(mark + undoneText(one, map));
  };
  const undo = (one: MapUndo, root: MapRoot): Line => ({
    text: `${one.note === undefined ? '' : `${marks.unknown.trimEnd()} `}${undoText(one)}${one.inFunction === root.name ? '' : ` in ${one.inFunction}`}${one.place ? `  ${placeText(one.place)}` : ''}`,
    children: problems(one),
  });
  const way = (one: MapWay): Line => {
    const mark =
      one.state === 'left'
        ? `${marks.left.trimEnd()} `
        : one.state === 'unknown'
          ? `${marks.unknown.trimEnd()} `
          : marks.none;
    return { text: mark + wayText(one), children: problems(one) };
  };

  const { driver } = map;
  const head = [driver.name, driver.configuration, ...driver.models].filter((part) => part !== undefined);
  lines.push(plain(`driver ${head.join(' · ')}`));
  draw(
    [
      ...(driver.isWhole ? [] : [leaf(`${marks.unknown} files of the driver are missing or were not read`)]),
      ...map.roots.map((root): Line => ({
        text: `${WHEN[root.when]}: ${rootText(root)}${root.place ? `  ${placeText(root.place)}` : ''}`,
        children: [
          ...problems(root),
          ...(root.slots ? [{ text: root.slots.name, children: handlers(root.slots.handlers) }] : []),
          ...root.registrations.map(registration),
          ...root.associations.map((one) => ({
            text: `joins ${one.registrations.length === 0 ? 'registrations' : one.registrations.join(' and ')} · ${one.call}${one.place ? `  ${placeText(one.place)}` : ''}`,
            children: problems(one),
          })),
          ...root.undos.filter(({ isInWay }) => !isInWay).map((one) => undo(one, root)),
          ...(root.ways.length === 0 ? [] : [{ text: 'ways out', children: root.ways.map(way) }]),
          ...(root.isUnfollowed ? [leaf(`${marks.unknown} the ways out of it cannot be followed`)] : []),
          ...(root.when === 'load' && root.registrations.length === 0 && map.roots.length === 1
            ? [leaf(`${marks.none}no registration that is known here`)]
            : []),
        ],
      })),
    ],
    '',
  );
  return `${lines.join('\n')}\n`;
}

const leaf = (text: string): Line => ({ text, children: [] });

const listed = (what: string, names: readonly string[], mark: string): Line[] =>
  names.length === 0 ? [] : [leaf(`${mark}${what}: ${names.join(', ')}`)];
