import {
  type MapHandler,
  type MapNode,
  type MapPlace,
  type MapRegistration,
  type MapRoot,
  type RegistrationMap,
} from './model.ts';
import { placeText } from './places.ts';
import { nodeText, placesText, RESULT, rootText, stepsText, undoneShort, undoText, WHEN } from './words.ts';

/** One line of the tree in an editor. */
export interface MapTreeItem {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** The whole story, also for screen readers. */
  readonly tooltip: string;
  /** What it is, for the editor to choose a picture: a kind or a state. */
  readonly icon:
    | 'load'
    | 'run'
    | 'unload'
    | 'unseen'
    | 'slots'
    | 'registration'
    | 'association'
    | 'good'
    | 'missing'
    | 'left'
    | 'unset'
    | 'unknown'
    | 'undo'
    | 'ways'
    | 'fails'
    | 'problem';
  readonly place?: MapPlace;
  /** Code that belongs to it. */
  readonly covers: readonly MapPlace[];
  readonly children: readonly MapTreeItem[];
}

/** The map as the tree of an editor's side bar. */
export function mapTree(map: RegistrationMap): MapTreeItem[] {
  return map.roots.map((root) => rootItem(root, map));
}

function item(
  node: MapNode,
  map: RegistrationMap,
  icon: MapTreeItem['icon'],
  label: string,
  description: string,
  children: readonly MapTreeItem[] = [],
): MapTreeItem {
  return {
    id: node.id,
    label,
    description,
    tooltip: nodeText(node, map),
    icon,
    ...(node.place ? { place: node.place } : {}),
    covers: node.covers,
    children: [...problemItems(node), ...children],
  };
}

const problemItems = (node: MapNode): MapTreeItem[] =>
  node.problems.map(({ severity, rule, message }, index) => ({
    id: `${node.id}/problem:${rule}:${index}`,
    label: message,
    description: rule,
    tooltip: `${severity}: ${message}`,
    icon: 'problem',
    ...(node.place ? { place: node.place } : {}),
    covers: [],
    children: [],
  }));

function rootItem(root: MapRoot, map: RegistrationMap): MapTreeItem {
  const handlers = (list: readonly MapHandler[]): MapTreeItem[] => list.map((one) => handlerItem(one, map));
  const ways = root.ways.map((way) =>
    item(
      way,
      map,
      way.state === 'none' ? 'fails' : way.state,
      `${RESULT[way.result]}: ${stepsText(way)}`,
      placesText(way),
    ),
  );
  const children: MapTreeItem[] = [
    ...(root.slots
      ? [
          item(
            root.slots,
            map,
            'slots',
            root.slots.name,
            `${root.slots.handlers.length}`,
            handlers(root.slots.handlers),
          ),
        ]
      : []),
    ...root.registrations.map((one) => registrationItem(one, map)),
    ...root.associations.map((one) =>
      item(
        one,
        map,
        'association',
        one.call,
        one.registrations.length === 0 ? '' : `joins ${one.registrations.join(' and ')}`,
      ),
    ),
    ...root.undos
      .filter(({ isInWay }) => !isInWay)
      .map((one) =>
        item(
          one,
          map,
          one.state === 'unknown' ? 'unknown' : 'undo',
          undoText(one),
          one.place ? placeText(one.place) : '',
        ),
      ),
    ...(ways.length === 0 ? [] : [group(`${root.id}/ways`, 'ways', 'ways out', `${ways.length}`, ways)]),
    ...(root.isUnfollowed
      ? [note(`${root.id}/ways`, 'unknown', 'the ways out of it cannot be followed')]
      : []),
  ];
  return item(root, map, root.when, rootText(root), WHEN[root.when], children);
}

function registrationItem(one: MapRegistration, map: RegistrationMap): MapTreeItem {
  const icon = one.undone === 'left' ? 'left' : one.state === 'missing' ? 'missing' : 'registration';
  const mark = (
    {
      good: 'undo',
      left: 'left',
      unknown: 'unknown',
      none: 'unset',
      missing: 'missing',
      unset: 'unset',
    } as const
  )[one.undone];
  return item(
    one,
    map,
    icon,
    `${one.number} ${one.noun}`,
    [one.version, one.call].filter((part) => part !== undefined).join(' · '),
    [
      ...one.handlers.map((handler) => handlerItem(handler, map)),
      ...named(`${one.id}/unset`, 'unset', 'not set, may be left out', one.unset),
      ...named(`${one.id}/untold`, 'unknown', 'set out of sight, or not at all', one.untold),
      note(`${one.id}/undone`, mark, undoneShort(one, map)),
    ],
  );
}

const handlerItem = (one: MapHandler, map: RegistrationMap): MapTreeItem =>
  item(
    one,
    map,
    one.state === 'none' ? 'good' : one.state,
    one.member,
    one.state === 'missing'
      ? `missing, ${one.note ?? 'required'}`
      : [one.value, one.irql].filter((part) => part !== undefined).join(' · '),
  );

const note = (id: string, icon: MapTreeItem['icon'], label: string): MapTreeItem =>
  group(id, icon, label, '', []);

const named = (
  id: string,
  icon: MapTreeItem['icon'],
  label: string,
  names: readonly string[],
): MapTreeItem[] =>
  names.length === 0
    ? []
    : [
        group(
          id,
          icon,
          label,
          `${names.length}`,
          names.map((name) => note(`${id}/${name}`, icon, name)),
        ),
      ];

const group = (
  id: string,
  icon: MapTreeItem['icon'],
  label: string,
  description: string,
  children: readonly MapTreeItem[],
): MapTreeItem => ({
  id,
  label,
  description,
  tooltip: [label, description].filter(Boolean).join(', '),
  icon,
  covers: [],
  children,
});
