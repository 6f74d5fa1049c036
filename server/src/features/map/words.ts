import type { MapNode, MapRegistration, MapRoot, MapStep, MapUndo, MapWay, RegistrationMap } from './model.ts';
import { placeText } from './places.ts';

/** When a root runs. */
export const WHEN: Readonly<Record<MapRoot['when'], string>> = {
  load: 'load',
  run: 'later',
  unload: 'taking back',
  unseen: 'called from nowhere in sight',
};

/** `MPInitialize · InitializeHandlerEx` */
export const rootText = ({ name, slot }: MapRoot): string => (slot === undefined ? name : `${name} · ${slot}`);

/** The first line of a registration. */
export const headOf = (one: MapRegistration): string =>
  [
    `${one.number} ${one.noun}`,
    ...(one.version === undefined ? [] : [one.version]),
    one.call + (one.place ? `  ${placeText(one.place)}` : ''),
  ].join(' · ');

export const numbersText = ({ registrations }: MapUndo): string =>
  registrations.length === 0 ? 'something that is not in this map' : registrations.join(' or ');

const AT: Readonly<Record<MapUndo['when'], string>> = {
  unload: '',
  failure: ' before it returns',
  run: '',
  unseen: ', which nothing in sight calls',
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
  if (one.undone === 'left') return `stays registered when the driver unloads${list === '' ? `: nothing calls ${one.undoCall}` : `: only undone by ${by}`}`;
  if (one.undone === 'unknown') return list === '' ? `no call of ${one.undoCall} in sight` : `undone by ${by}; no other undo in sight`;
  return `undone by ${by}`;
}

/** `2 is refused` */
export function stepText({ registration, what, at }: MapStep): string {
  switch (what) {
    case 'stands':
      return `${registration} stands`;
    case 'refused':
      return `${registration} is refused`;
    case 'undone':
      return `${registration} is undone${at ? ` (${placeText(at)})` : ''}`;
    case 'left':
      return `${registration} stays registered`;
    case 'unknown':
      return `what becomes of ${registration} cannot be told`;
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
export function wayText(way: MapWay, step: (one: MapStep) => string = stepText): string {
  const steps = way.steps.length === 0 ? 'nothing is registered' : way.steps.map(step).join(', ');
  return `${RESULT[way.result]}: ${steps}  ${placesText(way)}`;
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
      return `Registration ${node.number}: ${node.noun}, ${node.call}${node.version === undefined ? '' : `, ${node.version}`}${at}. ${undoneText(node, map)}${problems}`;
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
      return `${node.call} undoes ${numbersText(node)}${at}${problems}`;
    case 'way':
      return `${wayText(node).replace('  ', ', ')}${problems}`;
  }
}
