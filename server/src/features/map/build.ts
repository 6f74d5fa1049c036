import type { DriverFunction, FunctionId } from '../../driver/lifecycle/functions.ts';
import neverDeregistered from '../../rules/never-deregistered.ts';
import { driverEvidence } from '../../rules/support/calls.ts';
import { objectSlots } from './handlers.ts';
import {
  type MapAssociation,
  type MapEdge,
  type MapNode,
  type MapRegistration,
  type MapRoot,
  type MapUndo,
  nodesOf,
  type RegistrationMap,
} from './model.ts';
import { covers, samePlace, sizeOf } from './places.ts';
import { associationNode, registrationNode, siteKey, sitesByRoot } from './registrations.ts';
import { irqlText, type MapInput, type Root, type Scope, scopeOf } from './scope.ts';
import { undoNodes } from './undos.ts';
import { type PlacedRegistration, wayNodes } from './ways.ts';

interface Draft {
  readonly root: Root;
  readonly id: string;
  readonly isUnseen: boolean;
  readonly registrations: MapRegistration[];
  readonly associations: MapAssociation[];
  readonly undos: MapUndo[];
}

/** Everything that a driver registers, and what becomes of it. */
export function registrationMap(input: MapInput): RegistrationMap {
  const scope = scopeOf(input);
  const drafts = new Map<FunctionId, Draft>();
  const draftOf = (root: Root, isUnseen: boolean): Draft => {
    let known = drafts.get(root.fn.id);
    if (!known) {
      const id = scope.unique(root.fn.flow.fact.name);
      known = { root, id, isUnseen, registrations: [], associations: [], undos: [] };
      drafts.set(root.fn.id, known);
    }
    return known;
  };
  for (const root of scope.roots) if (root.isEntry) draftOf(root, false);

  const { rooted, also } = sitesByRoot(scope);
  const bySite = new Map<string, PlacedRegistration>();
  const rootOfRegistration = new Map<number, FunctionId>();
  for (const { root, isUnseen, sites } of rooted) {
    for (const site of sites) {
      if (site.entry.purpose !== 'register') continue;
      const draft = draftOf(root, isUnseen);
      const key = siteKey(site.fn.id, site.op.range.start);
      const number = bySite.size + 1;
      const node = registrationNode(scope, site, number, also.get(key) ?? [], draft.id);
      draft.registrations.push(node);
      bySite.set(key, { node, fn: site.fn.id });
      rootOfRegistration.set(number, root.fn.id);
    }
  }
  const all = [...bySite.values()].map(({ node }) => node);
  for (const { root, isUnseen, sites } of rooted) {
    for (const site of sites) {
      if (site.entry.purpose !== 'associate') continue;
      const draft = draftOf(root, isUnseen);
      draft.associations.push(associationNode(scope, site, all, draft.id));
    }
  }
  const idOf = (fn: DriverFunction): string => drafts.get(fn.id)?.id ?? fn.flow.fact.name;
  for (const { root, isUnseen, node } of undoNodes(scope, all, rootOfRegistration, idOf)) {
    draftOf(root, isUnseen).undos.push(node);
  }

  const undone = undoneStates(
    scope,
    all,
    [...drafts.values()].flatMap(({ undos }) => undos),
  );
  const roots = [...drafts.values()].map((draft) => rootNode(scope, draft, bySite, undone));
  const firstEntry = roots.findIndex(({ when }) => when === 'load');
  const placed = roots.map((root, index) => {
    const slots = index === Math.max(0, firstEntry) ? objectSlots(scope, root.id) : undefined;
    return slots ? { ...root, slots } : root;
  });
  const context = [...input.driver.files.values()].map((file) => scope.contextOf(file))[0];
  const models = context ? [...driverEvidence(context).models] : [];
  return {
    driver: {
      name: input.name,
      ...(input.configuration === undefined ? {} : { configuration: input.configuration }),
      models: models.flatMap((name) => input.catalog.models.get(name)?.title ?? []).toSorted(),
      isWhole: input.driver.isWhole,
    },
    roots: withProblems(scope, placed),
    edges: edgesOf(placed),
  };
}

/** What is undone where, by the number of the registration. */
function undoneStates(
  scope: Scope,
  registrations: readonly MapRegistration[],
  undos: readonly MapUndo[],
): ReadonlyMap<number, Pick<MapRegistration, 'undone' | 'undoneBy'>> {
  const left = [...scope.driver.files.values()].flatMap((file) =>
    [...neverDeregistered.check(scope.contextOf(file))].map(({ at }) => scope.places.at(file.uri, at)),
  );
  return new Map(
    registrations.map((one) => {
      const own = undos.filter(
        (undo) => undo.registrations.includes(one.number) && undo.call === one.undoCall,
      );
      const isLeft = one.place !== undefined && left.some((place) => samePlace(place, one.place ?? place));
      const undone =
        one.undoCall === undefined
          ? 'none'
          : isLeft
            ? 'left'
            : own.some(({ when }) => when === 'unload' || when === 'run')
              ? 'good'
              : 'unknown';
      const inOrder = own.toSorted((a, b) => Number(a.when === 'failure') - Number(b.when === 'failure'));
      return [one.number, { undone, undoneBy: inOrder.map(({ id }) => id) }];
    }),
  );
}

function rootNode(
  scope: Scope,
  { root, id, isUnseen, registrations, associations, undos }: Draft,
  bySite: ReadonlyMap<string, PlacedRegistration>,
  undone: ReadonlyMap<number, Pick<MapRegistration, 'undone' | 'undoneBy'>>,
): MapRoot {
  const { fact } = root.fn.flow;
  const { places } = scope;
  const ways = registrations.length > 0 ? wayNodes(scope, root.fn, bySite, id) : [];
  const told = ways.flatMap(({ steps, result }) => steps.flatMap(({ at }) => (at ? { at, result } : [])));
  const { role } = root;
  const canFollow = registrations.some(
    ({ call }) => role && scope.catalog.calls.get(call)?.context?.roles.includes(role.name),
  );
  return {
    kind: 'root',
    id,
    state: 'good',
    name: fact.name,
    ...(root.slot === undefined ? {} : { slot: root.slot }),
    ...(role ? { role: role.title, irql: irqlText(role) } : {}),
    when: root.isEntry
      ? 'load'
      : isUnseen
        ? 'unseen'
        : registrations.length === 0 && undos.some(({ when }) => when === 'unload')
          ? 'unload'
          : 'run',
    registrations: registrations.map((one) => ({ ...one, ...undone.get(one.number) })),
    associations,
    undos: undos.map((undo) => {
      const { place } = undo;
      const ends = place ? told.filter(({ at }) => covers(at, place)) : [];
      if (ends.length === 0) return undo;
      const isOnFailure = ends.every(({ result }) => result === 'failure');
      return { ...undo, isInWay: true as const, ...(isOnFailure ? { isOnFailure: true as const } : {}) };
    }),
    ways,
    ...(canFollow && ways.length === 0 ? { isUnfollowed: true as const } : {}),
    place: places.at(root.fn.file.uri, fact.nameRange),
    covers: [places.at(root.fn.file.uri, fact.range)],
    problems: [],
  };
}

/** Gives each finding to the smallest thing that its place lies in. */
function withProblems(scope: Scope, roots: readonly MapRoot[]): MapRoot[] {
  const nodes = [...nodesOf(roots)];
  const byNode = new Map<string, MapNode['problems'][number][]>();
  for (const { uri, range, severity, rule, message } of scope.findings) {
    if (severity === 'hint') continue;
    const at = scope.places.at(uri, range);
    const around = nodes.flatMap((node) =>
      node.covers.filter((place) => covers(place, at)).map((place) => ({ node, size: sizeOf(place) })),
    );
    const [nearest] = around.toSorted((a, b) => a.size - b.size);
    if (!nearest) continue;
    const { id } = nearest.node;
    const known = byNode.get(id) ?? [];
    if (!known.some((other) => other.rule === rule && other.message === message))
      byNode.set(id, [...known, { severity, rule, message }]);
  }
  const add = <T extends MapNode>(node: T): T => ({ ...node, problems: byNode.get(node.id) ?? [] });
  return roots.map((root) => ({
    ...add(root),
    ...(root.slots ? { slots: { ...add(root.slots), handlers: root.slots.handlers.map(add) } } : {}),
    registrations: root.registrations.map((one) => ({ ...add(one), handlers: one.handlers.map(add) })),
    associations: root.associations.map(add),
    undos: root.undos.map(add),
    ways: root.ways.map(add),
  }));
}

function edgesOf(roots: readonly MapRoot[]): MapEdge[] {
  const edges: MapEdge[] = [];
  const byName = new Map(roots.map((root) => [root.name, root.id]));
  const numbers = new Map(
    roots.flatMap(({ registrations }) => registrations.map(({ number, id }) => [number, id] as const)),
  );
  const handlers = (parent: string, list: MapRegistration['handlers']): void => {
    for (const { id, value, state } of list) {
      if (value === undefined) continue;
      edges.push({ kind: 'hands-over', from: parent, to: id });
      const root = state === 'good' ? byName.get(value) : undefined;
      if (root !== undefined) edges.push({ kind: 'calls', from: id, to: root });
    }
  };
  for (const root of roots) {
    if (root.slots) handlers(root.slots.id, root.slots.handlers);
    for (const one of root.registrations) {
      edges.push({ kind: 'registers', from: root.id, to: one.id });
      handlers(one.id, one.handlers);
      for (const undo of one.undoneBy) edges.push({ kind: 'undone-by', from: one.id, to: undo });
    }
    for (const { id, registrations } of root.associations) {
      for (const number of registrations) {
        const to = numbers.get(number);
        if (to !== undefined) edges.push({ kind: 'joins', from: id, to });
      }
    }
  }
  return edges;
}
