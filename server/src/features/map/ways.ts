import type { DriverFunction } from '../../driver/lifecycle/functions.ts';
import type { WayOut } from '../../driver/lifecycle/ways-out.ts';
import type { MapPlace, MapRegistration, MapStep, MapWay } from './model.ts';
import { placeText, samePlace } from './places.ts';
import { siteKey } from './registrations.ts';
import type { Scope } from './scope.ts';

/** When a registration is reached by several calls, the worst of what became of them counts. */
const WORST: readonly MapStep['what'][] = ['left', 'unknown', 'undone', 'refused', 'stands'];

/** Ways out of a root, those on which the same happened as one. */
export function wayNodes(
  scope: Scope,
  root: DriverFunction,
  registrations: ReadonlyMap<string, MapRegistration>,
  parent: string,
): MapWay[] {
  const { driver } = scope;
  const groups = new Map<string, { way: WayOut; steps: MapStep[]; places: MapPlace[] }>();
  for (const way of driver.lifecycle.waysOut) {
    if (way.root !== root.id) continue;
    const steps = stepsOf(scope, way, registrations);
    const key = `${way.result} ${steps
      .map(({ registration, what, at }) => `${registration}${what}${at ? placeText(at) : ''}`)
      .join()}`;
    const { uri, range } = driver.placeOf(way.at);
    const place = scope.places.at(uri, range);
    const known = groups.get(key);
    if (!known) groups.set(key, { way, steps, places: [place] });
    else if (!known.places.some((other) => samePlace(other, place))) known.places.push(place);
  }
  const nodes = [...groups.values()].map(({ way, steps, places }): MapWay => {
    const sorted = places.toSorted((a, b) => a.range.start.line - b.range.start.line);
    const isLeft = steps.some(({ what }) => what === 'left');
    const isUnknown = way.result === 'unknown' || steps.some(({ what }) => what === 'unknown');
    const text = steps.map(({ registration, what }) => `${registration}-${what}`).join();
    return {
      kind: 'way',
      id: scope.unique(`${parent}/${way.result}${text === '' ? '' : `:${text}`}`),
      state: isLeft ? 'left' : isUnknown ? 'unknown' : way.result === 'success' ? 'good' : 'none',
      result: way.result,
      steps,
      places: sorted,
      ...(sorted[0] ? { place: sorted[0] } : {}),
      covers: sorted,
      problems: [],
    };
  });
  const order = ['success', 'failure', 'unknown'];
  return nodes.toSorted(
    (a, b) =>
      order.indexOf(a.result) - order.indexOf(b.result) ||
      a.steps.length - b.steps.length ||
      lineOf(a) - lineOf(b),
  );
}

const lineOf = ({ place }: MapWay): number => place?.range.start.line ?? 0;

function stepsOf(
  scope: Scope,
  way: WayOut,
  registrations: ReadonlyMap<string, MapRegistration>,
): MapStep[] {
  const steps = new Map<number, MapStep>();
  for (const { held, isSure } of way.standings) {
    const registration = registrations.get(siteKey(held.at.fn, held.at.range.start));
    if (!registration) continue;
    const entry = scope.catalog.calls.get(held.call);
    const mayLeave =
      way.result === 'failure' &&
      registration.undoCall !== undefined &&
      entry?.context?.roles.includes(way.role) === true;
    const undone = held.undoneAt && scope.driver.placeOf(held.undoneAt);
    const what: MapStep['what'] = !isSure
      ? 'unknown'
      : held.state === 'failed'
        ? 'refused'
        : held.state === 'undone'
          ? 'undone'
          : mayLeave
            ? 'left'
            : 'stands';
    const step: MapStep = {
      registration: registration.number,
      what,
      ...(what === 'undone' && undone ? { at: scope.places.at(undone.uri, undone.range) } : {}),
    };
    const known = steps.get(step.registration);
    if (!known || WORST.indexOf(what) < WORST.indexOf(known.what)) steps.set(step.registration, step);
  }
  return [...steps.values()].toSorted((a, b) => a.registration - b.registration);
}
