import {
  childrenOf,
  type MapNode,
  type MapRoot,
  nodesOf,
  type RegistrationMap,
  registrationsOf,
} from './model.ts';
import {
  type Block,
  handlerColumns,
  handlersBlock,
  MIDDLE_LEAST,
  noteBlock,
  registrationBlock,
  ROOT_LEAST,
  rootBlock,
  slotsBlock,
  titleOf,
  undoRowY,
  undosBlock,
  type Wrap,
  wayRowY,
  waysBlock,
} from './svg-blocks.ts';
import { escapeXml, icon, path, rect, type Route, route, text } from './svg-draw.ts';
import { styleOf, type Theme } from './svg-style.ts';
import { widthOf } from './text-width.ts';
import { nodeText, summaryText, undoneShort, WHEN } from './words.ts';

export interface SvgOptions {
  /** `file`: a picture of its own, light or dark as its reader has it. `editor`: part of a page with the editor's colours, to be walked by keyboard. */
  readonly theme: Theme;
}

const MARGIN = 28;
const GAP = 18;
const SECTION_GAP = 34;
/** From the roots to where their lines branch. */
const BUS = 22;
/** Between two lines that go back. */
const LANE = 9;

interface Placed {
  readonly block: Block;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The map as a picture: roots, what they register and what that hands over from left to right; ways out and undos below. */
export function mapAsSvg(map: RegistrationMap, { theme }: SvgOptions): string {
  const wrapNode = wrapper(map, theme);
  const registrations = registrationsOf(map);
  const registering = map.roots.filter(
    (root) => root.registrations.length + root.associations.length > 0 || root.slots !== undefined,
  );
  const others = map.roots.filter((root) => !registering.includes(root));
  const parts: string[] = [];
  const lines: Route[] = [];

  // The columns are as wide as what is in them.
  const rootBlocks = new Map(map.roots.map((root) => [root.id, rootBlock(root, wrapNode)]));
  const middle = new Map<string, Block>();
  for (const root of registering) {
    if (root.slots) middle.set(root.slots.id, slotsBlock(root.slots, wrapNode));
    for (const one of root.registrations)
      middle.set(one.id, registrationBlock(one, undoneShort(one, map), wrapNode));
    for (const one of root.associations) {
      const title = { value: one.call, face: 'mono', size: 12, tone: 'strong' } as const;
      middle.set(
        one.id,
        noteBlock(
          one,
          title,
          one.registrations.length === 0 ? 'joins registrations' : 'joins',
          one.registrations,
          wrapNode,
        ),
      );
    }
  }
  const columns = handlerColumns(
    registering.flatMap((root) => [
      ...(root.slots?.handlers ?? []),
      ...root.registrations.flatMap(({ handlers }) => handlers),
    ]),
  );
  const widest = (blocks: Iterable<Block>, least: number, most: number): number =>
    Math.min(most, Math.max(least, ...[...blocks].map(({ width }) => width)));
  const rootWidth = widest(rootBlocks.values(), ROOT_LEAST, 300);
  const middleWidth = widest(middle.values(), MIDDLE_LEAST, 400);
  const withUndo = registrations.filter(({ number }) => isUndoneAnywhere(map, number));
  const gutter = BUS + 26 + withUndo.length * LANE;
  const middleX = MARGIN + rootWidth + gutter;
  const rightX = middleX + middleWidth + 44;
  const laneX = (number: number): number =>
    middleX - 18 - withUndo.findIndex((one) => one.number === number) * LANE;

  let width = rightX;
  let y = MARGIN + 54;
  const cardOf = new Map<number, Placed>();
  const place = (block: Block, x: number, top: number, full: number): void => {
    parts.push(block.draw(x, top, full));
    width = Math.max(width, x + full);
  };
  const heading = (title: string): void => {
    parts.push(text(MARGIN, y + 10, title, { face: 'bold', size: 10.5, tone: 'muted' }));
    y += 22;
  };

  for (const root of registering) {
    heading(WHEN[root.when].toUpperCase());
    const card = rootBlocks.get(root.id);
    if (!card) continue;
    const top = y;
    place(card, MARGIN, y, rootWidth);
    const rows: readonly MapNode[] = [
      ...(root.slots ? [root.slots] : []),
      ...root.registrations,
      ...root.associations,
    ];
    // What joins registrations goes into the room below the last one's card.
    let free = y;
    rows.forEach((node) => {
      const block = middle.get(node.id);
      if (!block) return;
      if (node.kind === 'association') {
        place(block, middleX, free, middleWidth);
        lines.push(registerLine(MARGIN + rootWidth, top + 26, middleX, free + 26, BUS));
        free += block.height + GAP;
        y = Math.max(y, free);
        return;
      }
      place(block, middleX, y, middleWidth);
      lines.push(registerLine(MARGIN + rootWidth, top + 26, middleX, y + 26, BUS));
      if (node.kind === 'registration') cardOf.set(node.number, { block, x: middleX, y, width: middleWidth });
      const handlers =
        node.kind === 'slots' || node.kind === 'registration'
          ? handlersBlock(node, columns, wrapNode)
          : undefined;
      if (handlers) {
        place(handlers, rightX, y, handlers.width);
        lines.push(
          route(
            [
              [middleX + middleWidth, y + 26],
              [rightX, y + 26],
            ],
            'register',
          ),
        );
      }
      free = y + block.height + GAP;
      y += Math.max(block.height, handlers?.height ?? 0) + GAP;
    });
    y = Math.max(y - GAP, top + card.height) + SECTION_GAP;
  }

  const back: { number: number; y: number }[] = [];
  const returning = map.roots.filter(({ ways }) => ways.length > 0);
  if (returning.length > 0) heading('WAYS OUT');
  for (const root of returning) {
    const block = waysBlock(root, registrations, wrapNode);
    place(block, middleX, y, block.width);
    parts.push(text(MARGIN, y + 21, root.name, { face: 'mono', size: 13, max: rootWidth }));
    parts.push(text(MARGIN, y + 38, 'returns', { size: 11, tone: 'muted' }));
    lines.push(
      registerLine(
        MARGIN + Math.min(rootWidth, widthOf(root.name, 'mono', 13) + 8),
        y + 17,
        middleX,
        y + 17,
        BUS,
      ),
    );
    root.ways.forEach((way, index) => {
      for (const { registration, what } of way.steps)
        if (what === 'undone') back.push({ number: registration, y: y + wayRowY(index) });
    });
    y += block.height + GAP;
  }
  if (returning.length > 0) y += SECTION_GAP - GAP;

  const undoing = [
    ...others.filter(({ undos }) => undos.length > 0),
    ...registering.filter((root) => shownUndos(root).length > 0),
  ];
  if (undoing.length > 0) heading('UNDO');
  for (const root of undoing) {
    const undos = shownUndos(root);
    const block = undosBlock(undos, root.name, wrapNode);
    const card = others.includes(root) ? rootBlocks.get(root.id) : undefined;
    if (card) place(card, MARGIN, y, rootWidth);
    else {
      parts.push(text(MARGIN, y + 22, root.name, { face: 'mono', size: 13, max: rootWidth }));
      parts.push(text(MARGIN, y + 39, 'before it returns', { size: 11, tone: 'muted' }));
    }
    const from = card ? MARGIN + rootWidth : MARGIN + Math.min(rootWidth, widthOf(root.name, 'mono', 13) + 8);
    place(block, middleX, y, block.width);
    lines.push(registerLine(from, y + (card ? 26 : 18), middleX, y + (card ? 26 : 18), BUS));
    undos.forEach(({ registrations: numbers, note }, index) => {
      if (note === undefined) for (const number of numbers) back.push({ number, y: y + undoRowY(index) });
    });
    y += Math.max(block.height, card?.height ?? 44) + GAP;
  }

  // One line goes back to each registration; what else undoes it joins it on the way.
  const undoLines = [...cardOf].flatMap(([number, card]) => {
    const from = back.flatMap((one) => (one.number === number ? [one.y] : [])).toSorted((a, b) => b - a);
    const [lowest, ...joining] = from;
    if (lowest === undefined) return [];
    const x = laneX(number);
    const into = card.y + card.block.height - 15;
    const main = route(
      [
        [middleX, lowest],
        [x, lowest],
        [x, into],
        [middleX, into],
      ],
      'undo',
    );
    return [main.line, ...joining.map((at) => path(`M${middleX} ${at}H${x}`, 'line undo'))];
  });

  y += 8;
  const legend = legendAt(MARGIN, y, {
    hasUnknown: isUnknownAnywhere(map),
    hasFailures: returning.some(({ ways }) => ways.some(({ state }) => state === 'none')),
  });
  width = Math.max(width, MARGIN + legend.width, MARGIN + widthOf(titleText(map), 'bold', 18) + 20);
  parts.push(legend.drawn);
  const total = { width: Math.ceil(width + MARGIN), height: Math.ceil(y + 20 + MARGIN) };
  return page(map, theme, total, [
    ...undoLines,
    ...lines.map(({ halo }) => halo),
    ...lines.map(({ line }) => line),
    ...parts,
  ]);
}

/** Undos of a root that stand in the lower part: not those that its ways tell of. */
const shownUndos = (root: MapRoot) => root.undos.filter(({ isInWay }) => !isInWay);

const isUndoneAnywhere = (map: RegistrationMap, number: number): boolean =>
  map.roots.some(
    ({ undos, ways }) =>
      undos.some(({ registrations }) => registrations.includes(number)) ||
      ways.some(({ steps }) =>
        steps.some(({ registration, what }) => registration === number && what === 'undone'),
      ),
  );

const isUnknownAnywhere = (map: RegistrationMap): boolean =>
  [...nodesOf(map.roots)].some((node) => node.state === 'unknown');

function registerLine(x: number, y: number, toX: number, toY: number, bus: number): Route {
  const points: [number, number][] =
    Math.abs(y - toY) < 1
      ? [
          [x, y],
          [toX, toY],
        ]
      : [
          [x, y],
          [x + bus, y],
          [x + bus, toY],
          [toX, toY],
        ];
  return route(points, 'register');
}

const titleText = ({ driver }: RegistrationMap): string => driver.name;

function page(
  map: RegistrationMap,
  theme: Theme,
  { width, height }: { width: number; height: number },
  parts: readonly string[],
): string {
  const { driver } = map;
  const sub = [
    ...(driver.configuration === undefined ? [] : [driver.configuration]),
    ...driver.models,
    summaryText(map),
    ...(driver.isWhole ? [] : ['files of the driver are missing or were not read']),
  ].join('  ·  ');
  const label = `Registration map of ${driver.name}`;
  const role =
    theme === 'file'
      ? ' role="img" aria-labelledby="map-title map-desc"'
      : ` role="tree" aria-label="${escapeXml(label)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="driver-map" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${role}>`,
    ...(theme === 'file'
      ? [
          `<title id="map-title">${escapeXml(label)}</title>`,
          `<desc id="map-desc">${escapeXml(map.roots.flatMap((root) => [...nodesOf([root])].map((node) => nodeText(node, map))).join('. '))}</desc>`,
        ]
      : []),
    `<style>${styleOf(theme)}</style>`,
    rect(0, 0, width, height, 'paper'),
    text(MARGIN, MARGIN + 14, driver.name, { face: 'bold', size: 18 }),
    text(MARGIN, MARGIN + 34, sub, { size: 12, tone: 'muted', max: width - MARGIN * 2 }),
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

/** A node becomes a group with a name of its own; in the editor one that can be walked to. */
function wrapper(map: RegistrationMap, theme: Theme): Wrap {
  interface Position {
    readonly index: number;
    readonly count: number;
    readonly parent: string | undefined;
  }
  const positions = new Map<string, Position>();
  const visit = (list: readonly MapNode[], parent: string | undefined): void => {
    list.forEach((node, index) => {
      positions.set(node.id, { index, count: list.length, parent });
      visit(childrenOf(node), node.id);
    });
  };
  visit(map.roots, undefined);
  return (node, level, inner) => {
    const said = nodeText(node, map);
    const at = positions.get(node.id);
    const role =
      theme === 'file'
        ? ''
        : ` role="treeitem" tabindex="-1" aria-level="${level}" aria-posinset="${(at?.index ?? 0) + 1}" aria-setsize="${at?.count ?? 1}" aria-label="${escapeXml(said)}"${at?.parent === undefined ? '' : ` data-parent="${escapeXml(at.parent)}"`}`;
    return `<g class="node ${node.kind} ${node.state}" data-node="${escapeXml(node.id)}"${role}>${titleOf(said)}${inner}</g>`;
  };
}

function legendAt(
  x: number,
  y: number,
  { hasUnknown, hasFailures }: { readonly hasUnknown: boolean; readonly hasFailures: boolean },
): { readonly drawn: string; readonly width: number } {
  const items = [
    { mark: 'good', label: 'set' },
    { mark: 'missing', label: 'missing, or left registered' },
    { mark: 'unset', label: 'may be left out' },
    ...(hasUnknown ? [{ mark: 'unknown', label: 'cannot be told' } as const] : []),
    ...(hasFailures ? [{ mark: 'fails', label: 'fails, and leaves nothing' } as const] : []),
    { mark: 'undo', label: 'undone by' },
    { mark: 'alert', label: 'finding' },
  ] as const;
  let at = x;
  const parts: string[] = [];
  for (const { mark, label } of items) {
    parts.push(icon(mark, at, y), text(at + 20, y + 11, label, { size: 11, tone: 'muted' }));
    at += 20 + widthOf(label, 'sans', 11) + 22;
  }
  return { drawn: parts.join(''), width: at - x };
}
