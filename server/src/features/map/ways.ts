import type { DriverFunction, FunctionId } from '../../driver/lifecycle/functions.ts';
import type { WayOut } from '../../driver/lifecycle/ways-out.ts';
import type { MapPlace, MapRegistration, MapStep, MapWay } from './model.ts';
import { placeText, samePlace } from './places.ts';
import { siteKey } from './registrations.ts';
import type { Scope } from './scope.ts';

/** When a registration is reached by several calls, the worst of what became of them counts. */
const WORST: readonly MapStep['what'][] = ['left', 'unknown', 'undone', 'refused', 'stands'];

/** A registration with the function that makes the call. */
export interface PlacedRegistration {
  readonly node: MapRegistration;
  readonly fn: FunctionId;
}

/** Ways out of a root, those on which the same happened as one. */
export function wayNodes(
  scope: Scope,
  root: DriverFunction,
  registrations: ReadonlyMap<string, PlacedRegistration>,
  parent: string,
): MapWay[] {
  const { driver } = scope;
  const { table, unfollowed } = driver.lifecycle;
  const reached = table.reachable([root.id]);
  const own = [...registrations.values()].filter(({ fn }) => reached.has(fn));
  // What happens in a function that cannot be followed shows in no way.
  const dark = table.reachable([...unfollowed].filter((id) => reached.has(id)));
  const hidden = own.filter(({ fn }) => dark.has(fn)).map(({ node }) => node.number);
  const all = own.map(({ node }) => node.number);
  const groups = new Map<string, Group>();
  for (const way of driver.lifecycle.waysOut) {
    if (way.root !== root.id) continue;
    const steps = stepsOf(scope, way, registrations, way.isVague ? all : hidden);
    const key = `${way.result} ${steps
      .map(
        ({ registration, what, at, isUnsure }) =>
          `${registration}${what}${isUnsure ?? ''}${at ? placeText(at) : ''}`,
      )
      .join()}`;
    const { uri, range } = driver.placeOf(way.at);
    const place = scope.places.at(uri, range);
    const known = groups.get(key);
    if (!known) groups.set(key, { way, steps, places: [place] });
    else if (!known.places.some((other) => samePlace(other, place))) known.places.push(place);
  }
  const nodes = withoutSubsets([...groups.values()]).map(({ way, steps, places }): MapWay => {
    const sorted = places.toSorted((a, b) => a.range.start.line - b.range.start.line);
    const isLeft = steps.some(({ what }) => what === 'left');
    const isUnknown =
      way.result === 'unknown' || steps.some(({ what, isUnsure }) => what === 'unknown' || isUnsure);
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

interface Group {
  readonly way: WayOut;
  readonly steps: MapStep[];
  readonly places: MapPlace[];
}

/**
 * Ways that succeed at one place and differ only in registrations that some of them do not make are told as one: which
 * of them can be taken may hang on values that nobody knows here.
 */
function withoutSubsets(groups: readonly Group[]): readonly Group[] {
  const kept: Group[] = [];
  const bySize = groups.toSorted((a, b) => b.steps.length - a.steps.length);
  for (const group of bySize) {
    const { way, steps, places } = group;
    const index = kept.findIndex(
      (other) =>
        way.result === 'success' &&
        other.way.result === 'success' &&
        places.every((place) => other.places.some((at) => samePlace(at, place))) &&
        steps.every((step) => other.steps.some((one) => isSameStep(one, step))) &&
        other.steps.every(
          (step) =>
            step.what === 'stands' || step.what === 'unknown' || steps.some((one) => isSameStep(one, step)),
        ),
    );
    const host = kept[index];
    if (!host) kept.push(group);
    else {
      kept[index] = {
        ...host,
        steps: host.steps.map((step) =>
          steps.some((one) => isSameStep(one, step)) ? step : { ...step, isSometimes: true as const },
        ),
      };
    }
  }
  return kept;
}

const isSameStep = (a: MapStep, b: MapStep): boolean =>
  a.registration === b.registration && a.what === b.what && a.isUnsure === b.isUnsure;

const lineOf = ({ place }: MapWay): number => place?.range.start.line ?? 0;

function stepsOf(
  scope: Scope,
  way: WayOut,
  registrations: ReadonlyMap<string, PlacedRegistration>,
  untold: readonly number[],
): MapStep[] {
  const steps = new Map<number, MapStep>();
  for (const { held, isSure } of way.standings) {
    const registration = registrations.get(siteKey(held.at.fn, held.at.range.start))?.node;
    if (!registration) continue;
    const entry = scope.catalog.calls.get(held.call);
    const mayLeave =
      way.result === 'failure' &&
      registration.undoCall !== undefined &&
      entry?.context?.roles.includes(way.role) === true;
    const undone = held.undoneAt && scope.driver.placeOf(held.undoneAt);
    const isLost = held.state === 'lost' && !way.isVague;
    const what: MapStep['what'] = isLost
      ? 'stands'
      : !isSure
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
      ...(isLost ? { isUnsure: true as const } : {}),
      ...(what === 'undone' && undone ? { at: scope.places.at(undone.uri, undone.range) } : {}),
    };
    const known = steps.get(step.registration);
    if (!known || WORST.indexOf(what) < WORST.indexOf(known.what)) steps.set(step.registration, step);
  }
  for (const registration of untold)
    if (!steps.has(registration)) steps.set(registration, { registration, what: 'unknown' });
  return [...steps.values()].toSorted((a, b) => a.registration - b.registration);
}
