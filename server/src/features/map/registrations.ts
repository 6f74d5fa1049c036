import type { CallEntry } from '../../catalog/entry.ts';
import { isDeadCode } from '../../driver/dead-code.ts';
import type { DriverFunction, FunctionId } from '../../driver/lifecycle/functions.ts';
import { registeredVersion } from '../../rules/support/header.ts';
import { registeredTables } from '../../rules/support/tables.ts';
import { tableHandlers } from './handlers.ts';
import type { MapAssociation, MapRegistration } from './model.ts';
import { type Call, callsInOrder, inOrder, lastName, type Root, type Scope } from './scope.ts';

/** A call that registers or joins, as a root leads to it. */
export interface Site {
  readonly fn: DriverFunction;
  readonly op: Call;
  readonly entry: CallEntry;
  /** Functions on the way to it, outermost first, the root left out. */
  readonly through: readonly string[];
}

/** A root with what it leads to. */
export interface RootSites {
  readonly root: Root;
  readonly isUnseen: boolean;
  readonly sites: readonly Site[];
}

export const siteKey = (fn: FunctionId, start: number): string => `${fn}@${start}`;

const keyOf = ({ fn, op }: Site): string => siteKey(fn.id, op.range.start);

/** Every call of interest in the order in which it is reached, under the root it belongs to. */
export function sitesByRoot(scope: Scope): {
  readonly rooted: RootSites[];
  readonly also: Map<string, string[]>;
} {
  const { catalog, driver, roots } = scope;
  const { table } = driver.lifecycle;
  const isWanted = (name: string): boolean => {
    const purpose = catalog.calls.get(name)?.purpose;
    return purpose === 'register' || purpose === 'associate';
  };
  const leading = table.upward(({ flow }) => [...flow.graph.calls].some(isWanted));
  const reach = (root: DriverFunction): Site[] => {
    const sites: Site[] = [];
    const seen = new Set<FunctionId>();
    const enter = (fn: DriverFunction, through: readonly string[]): void => {
      if (seen.has(fn.id) || !leading.has(fn.id)) return;
      seen.add(fn.id);
      for (const op of callsInOrder(fn)) {
        if (op.callee === undefined) continue;
        const entry = isWanted(op.callee) ? catalog.calls.get(op.callee) : undefined;
        if (entry) sites.push({ fn, op, entry, through });
        const callee = entry ? undefined : table.resolve(op.callee, fn.file);
        if (callee?.kind === 'own') enter(callee.fn, [...through, callee.fn.flow.fact.name]);
      }
    };
    enter(root, []);
    return sites;
  };
  const all = roots.map((root) => ({ root, isUnseen: false, sites: reach(root.fn) }));
  const reached = new Set(all.flatMap(({ sites }) => sites.map(keyOf)));
  // Functions that register although nothing in sight calls them, uppermost first.
  const orphans = [...leading]
    .flatMap((id) => table.functions.get(id) ?? [])
    .filter((fn) => table.callers(fn.id).size === 0 && !roots.some((root) => root.fn === fn))
    .toSorted(inOrder);
  for (const fn of orphans) {
    const sites = reach(fn).filter((site) => !reached.has(keyOf(site)));
    for (const site of sites) reached.add(keyOf(site));
    if (sites.length > 0)
      all.push({
        root: { fn, slot: undefined, role: undefined, isEntry: false, isUnload: false },
        isUnseen: true,
        sites,
      });
  }
  // A call belongs to one root: where it should be made from, else the first that leads to it.
  const owner = new Map<string, Root>();
  const also = new Map<string, string[]>();
  for (const isFitting of [true, false]) {
    for (const { root, sites } of all) {
      for (const site of sites) {
        const fits = root.role !== undefined && site.entry.context?.roles.includes(root.role.name) === true;
        if (fits !== isFitting) continue;
        const key = keyOf(site);
        const first = owner.get(key);
        if (!first) owner.set(key, root);
        else if (first !== root) also.set(key, [...(also.get(key) ?? []), root.fn.flow.fact.name]);
      }
    }
  }
  const rooted = all.map((one) => ({
    ...one,
    sites: one.sites.filter((site) => owner.get(keyOf(site)) === one.root),
  }));
  return { rooted, also };
}

/** A registration call with its table. */
export function registrationNode(
  scope: Scope,
  { fn, op, entry, through }: Site,
  number: number,
  alsoFrom: readonly string[],
  parent: string,
): MapRegistration {
  const { places } = scope;
  const id = scope.unique(`${parent}/${entry.name}`);
  const start = fn.flow.fact.range.start + op.range.start;
  const context = scope.contextOf(fn.file);
  const tables = [...registeredTables(context)].filter(({ call }) => call.range.start === start);
  const argumentText = (index: number): string | undefined => {
    const argument = op.inMacro ? undefined : op.arguments[index];
    return argument && places.text(fn, argument.range);
  };
  const handleIndex = entry.parameters.findIndex(({ role }) => role === 'handleOut');
  const handle = argumentText(handleIndex)?.replace(/^&\s*/, '');
  const wantsTable = entry.parameters.some(({ role }) => role === 'table');
  const [first] = tables;
  const version = first && registeredVersion(context, first.table, first.structure);
  const all = tables.map((one) => tableHandlers(scope, fn.file, one, id));
  const handlers = all.flatMap((one) => one.handlers);
  const undo = entry.registration?.undo;
  return {
    kind: 'registration',
    id,
    state: handlers.some(({ state }) => state === 'missing')
      ? 'missing'
      : wantsTable && tables.length === 0
        ? 'unknown'
        : 'good',
    number,
    call: entry.name,
    noun: entry.registration?.noun ?? entry.name,
    ...(version ? { version: `${familyOf(first.structure.version?.majorMacro)}${version.version}` } : {}),
    ...(first ? { table: first.table.display, structure: first.structure.name } : {}),
    ...(handle === undefined ? {} : { handle }),
    through,
    alsoFrom,
    ...(isDeadCode(fn.file, { start, end: start + op.range.end - op.range.start })
      ? { isDead: true as const }
      : {}),
    handlers,
    unset: all.flatMap((one) => one.unset),
    untold: all.flatMap((one) => one.untold),
    ...(undo?.call === undefined ? {} : { undoCall: undo.call }),
    ...(undo?.call === undefined && undo ? { undoText: undo.text } : {}),
    undoneBy: [],
    undone: undo?.call === undefined ? 'none' : 'unknown',
    place: places.within(fn, op.nameRange),
    covers: [
      places.within(fn, op.statement),
      ...tables.flatMap(({ table }) =>
        table.writes.map(({ statement }) => places.at(fn.file.uri, statement)),
      ),
    ],
    problems: [],
  };
}

/** `NDIS ` of `NDIS_MINIPORT_MAJOR_VERSION`: what people put in front of the number. */
const familyOf = (macro: string | undefined): string => {
  const word = macro?.split('_')[0];
  return word === undefined ? '' : `${word} `;
};

/** A call that joins registrations. */
export function associationNode(
  scope: Scope,
  { fn, op, entry }: Site,
  registrations: readonly MapRegistration[],
  parent: string,
): MapAssociation {
  const { places } = scope;
  const joined = entry.parameters.flatMap(({ handleFrom }, index) => {
    const argument = op.inMacro ? undefined : op.arguments[index];
    const name = argument && lastName(places.text(fn, argument.range));
    const fitting = registrations.filter(({ call }) => handleFrom?.includes(call));
    const exact = fitting.filter(({ handle }) => handle !== undefined && lastName(handle) === name);
    return exact.length > 0 ? exact : fitting.length === 1 ? fitting : [];
  });
  return {
    kind: 'association',
    id: scope.unique(`${parent}/${entry.name}`),
    state: 'good',
    call: entry.name,
    noun: entry.association?.noun ?? '',
    registrations: joined.map(({ number }) => number),
    place: places.within(fn, op.nameRange),
    covers: [places.within(fn, op.statement)],
    problems: [],
  };
}
