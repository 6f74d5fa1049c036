import type {
  MapNode,
  MapRegistration,
  MapRoot,
  MapStep,
  MapUndo,
  MapWay,
  RegistrationMap,
} from './model.ts';
import { placeText } from './places.ts';

/** When a root runs. */
export const WHEN: Readonly<Record<MapRoot['when'], string>> = {
  load: 'load',
  run: 'later',
  unload: 'undo',
  unseen: 'no caller found',
};

/** `MPInitialize · InitializeHandlerEx` */
export const rootText = ({ name, slot }: MapRoot): string =>
  slot === undefined ? name : `${name} · ${slot}`;

/** The first line of a registration. */
export const headOf = (one: MapRegistration): string =>
  [
    `${one.number} ${one.noun}`,
    ...(one.version === undefined ? [] : [one.version]),
    one.call + (one.place ? `  ${placeText(one.place)}` : ''),
    ...(one.isDead ? ['never runs'] : []),
  ].join(' · ');

/** `undoes 1`, or the call with what is not right with it. */
export const undoText = ({ registrations, call, note }: MapUndo): string =>
  note === undefined
    ? `undoes ${registrations.join(' or ')} · ${call}`
    : `${call} · ${registrations.length === 0 ? '' : `handle of ${registrations.join(' or ')}, `}${note}`;

const AT: Readonly<Record<MapUndo['when'], string>> = {
  unload: '',
  failure: ' before it returns',
  run: '',
  unseen: ' (no caller found)',
};

/** Who undoes a registration, in words. */
export function undoneText(one: MapRegistration, map: RegistrationMap): string {
  if (one.undoCall === undefined) return 'no call undoes it';
  const all = map.roots.flatMap((root) => root.undos.map((undo) => ({ root, undo })));
  const places = one.undoneBy.flatMap((id) =>
    all
      .filter(({ undo }) => undo.id === id)
      .map(
        ({ root, undo }) =>
          `in ${undo.inFunction}${undo.inFunction === root.name ? '' : ` from ${root.name}`}${root.slot === undefined ? '' : ` (${root.slot})`}${undo.isOnFailure ? ' when it fails' : AT[undo.when]}`,
      ),
  );
  const list = [...new Set(places)].join('; ');
  const by = `${one.undoCall}${list === '' ? '' : ` ${list}`}`;
  if (one.undone === 'left')
    return `stays registered when the driver unloads${list === '' ? `: nothing calls ${one.undoCall}` : `: only undone by ${by}`}`;
  if (one.undone === 'unknown')
    return list === ''
      ? `no call of ${one.undoCall} with its handle found`
      : `undone by ${by}; no other undo found`;
  return `undone by ${by}`;
}

/** `1 and 2 stand` */
function stepText(steps: readonly MapStep[]): string {
  const who = steps.map(({ registration }) => registration).join(' and ');
  const isOne = steps.length === 1;
  const [first] = steps;
  switch (first?.what) {
    case 'stands':
      return `${who} stand${isOne ? 's' : ''}${first.isUnsure ? ' unless code out of sight undoes it' : ''}${first.isSometimes ? ' on some of these ways' : ''}`;
    case 'refused':
      return `${who} ${isOne ? 'is' : 'are'} refused`;
    case 'undone':
      return `${who} ${isOne ? 'is' : 'are'} undone${first.at ? ` (${placeText(first.at)})` : ''}`;
    case 'left':
      return `${who} stay${isOne ? 's' : ''} registered`;
    case 'unknown':
    case undefined:
      return `what becomes of ${who} cannot be told`;
  }
}

export const RESULT: Readonly<Record<MapWay['result'], string>> = {
  success: 'succeeds',
  failure: 'fails',
  unknown: 'returns',
};

/** Places of ways that are listed; of more only the number is told. */
const PLACES_LISTED = 4;

export function placesText({ places }: MapWay): string {
  const [first] = places;
  if (!first) return '';
  const sameFile = places.filter(({ file }) => file === first.file);
  const lines = sameFile.slice(0, PLACES_LISTED).map(({ range }) => range.start.line + 1);
  const more = places.length - lines.length;
  return `${first.file}:${lines.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A way out in one line. */
export const wayText = (way: MapWay): string =>
  `${RESULT[way.result]}: ${stepsText(way)}  ${placesText(way)}`;

/** What becomes of everything on a way: what is alike is said once. */
export function stepsText({ steps }: MapWay): string {
  if (steps.length === 0) return 'nothing is registered';
  const parts = new Map<string, MapStep[]>();
  for (const step of steps) {
    const key = `${step.what} ${step.isSometimes ?? ''} ${step.isUnsure ?? ''} ${step.at ? placeText(step.at) : ''}`;
    parts.set(key, [...(parts.get(key) ?? []), step]);
  }
  return [...parts.values()].map(stepText).join(', ');
}

/** What a node is, in one sentence: for tooltips and screen readers. */
export function nodeText(node: MapNode, map: RegistrationMap): string {
  const at = node.place ? `, ${placeText(node.place)}` : '';
  const problems = node.problems.map(({ severity, message }) => `. ${severity}: ${message}`).join('');
  switch (node.kind) {
    case 'root':
      return `${node.name}${node.slot === undefined ? '' : `, ${node.slot}`}, ${WHEN[node.when]}${node.irql === undefined ? '' : `, ${node.irql}`}${at}${problems}`;
    case 'slots':
      return `${node.name}, ${node.handlers.length} slots${problems}`;
    case 'registration':
      return `Registration ${node.number}: ${node.noun}, ${node.call}${node.isDead ? ', never runs' : ''}${node.version === undefined ? '' : `, ${node.version}`}${at}. ${undoneText(node, map)}${problems}`;
    case 'handler': {
      const what =
        node.state === 'missing'
          ? `missing, ${node.note ?? 'required'}`
          : `${node.value ?? ''}${node.state === 'unknown' ? `, ${node.note ?? 'unknown'}` : ''}`;
      return `${node.member}: ${what}${node.irql === undefined ? '' : `, ${node.irql}`}${node.state === 'missing' ? '' : at}${problems}`;
    }
    case 'association':
      return `${node.call} joins ${node.registrations.length === 0 ? 'registrations' : node.registrations.join(' and ')}${at}${problems}`;
    case 'undo':
      return `${undoText(node).replace(' · ', ', ')}${at}${problems}`;
    case 'way':
      return `${wayText(node).replace('  ', ', ')}${problems}`;
  }
}

/** Who undoes a registration, as short as a card wants it. */
export function undoneShort(one: MapRegistration, map: RegistrationMap): string {
  if (one.undoCall === undefined) return 'no call undoes it';
  const functions = [
    ...new Set(
      map.roots.flatMap((root) =>
        root.undos
          .filter(({ id, when }) => one.undoneBy.includes(id) && when !== 'failure')
          .map(() => root.name),
      ),
    ),
  ];
  if (one.undone === 'left') return 'stays registered on unload';
  if (functions.length > 0) return `undone in ${functions.join(', ')}`;
  return one.undoneBy.length > 0 ? 'no undo on unload found' : 'no undo found';
}

/** `2 registrations, 23 handlers, 1 missing` */
export function summaryText(map: RegistrationMap): string {
  const registrations = map.roots.flatMap((root) => root.registrations);
  const handlers = map.roots.flatMap((root) => [
    ...(root.slots?.handlers ?? []),
    ...root.registrations.flatMap((one) => one.handlers),
  ]);
  const missing = handlers.filter(({ state }) => state === 'missing').length;
  const left =
    registrations.filter(({ undone }) => undone === 'left').length +
    map.roots.flatMap(({ ways }) => ways).filter(({ state }) => state === 'left').length;
  const count = (value: number, noun: string): string => `${value} ${noun}${value === 1 ? '' : 's'}`;
  return [
    count(registrations.length, 'registration'),
    count(handlers.length - missing, 'handler'),
    ...(missing > 0 ? [`${missing} missing`] : []),
    ...(left > 0 ? [`${count(left, 'way')} that leave${left === 1 ? 's' : ''} something registered`] : []),
  ].join(', ');
}
