import type { CallEntry } from '../catalog/entry.ts';
import { vocabularyOf } from '../driver/lifecycle/vocabulary.ts';
import { pathOf, rootOf } from '../flow/graph.ts';
import { linesAfter } from '../text/layout.ts';
import { defineRule, type FileEdit, type Fix, type RelatedPlace, type RuleContext } from './rule.ts';
import { atStart, nameableIn } from './support/insertion.ts';
import { relatedAt, textAt } from './support/lifecycle.ts';
import {
  type CallSite,
  functionAt,
  isEntry,
  isSealed,
  nameSpot,
  reachableByName,
  sitesOf,
  type UndoRoutine,
  undoRoutines,
} from './support/reach.ts';

/** A registration that the unload routine forgets. */
interface Forgotten {
  readonly entry: CallEntry;
  readonly undo: string;
  /** The first is where it is reported. */
  readonly sites: readonly CallSite[];
  readonly routines: readonly UndoRoutine[];
}

export default defineRule({
  id: 'never-deregistered',
  severity: 'warning',
  stage: 'stable',
  summary: 'The unload routine does not undo a registration.',
  why: "After the unload routine, or an adapter's halt handler, Windows takes the code and the data away. A registration that still stands keeps pointers into both: the next callback runs into freed memory and the machine stops. With some registrations NDIS waits for the undo and the driver never goes away.",
  silent:
    'There is no unload routine, its body or that of something it calls is out of sight, it calls through a pointer, or another handler or callback of the driver can reach the undo.',
  pages: [
    'network/unloading-a-miniport-driver',
    'network/unloading-a-filter-driver',
    'network/unloading-an-intermediate-driver',
    'devtest/ndis-ndisfderegisterfilterdriver',
  ],
  *check(context) {
    for (const { call } of context.facts.registrations) {
      const entry = context.catalog.calls.get(call.name);
      if (!entry) continue;
      const one = forgotten(context, entry);
      const [first, ...others] = one?.sites ?? [];
      if (!one || !first) continue;
      const place = context.driver.placeOf(nameSpot(first));
      if (place.uri !== context.facts.uri || place.range.start !== call.nameRange.start) continue;
      const [routine] = one.routines;
      const handle = handleOf(context, entry, first)?.replace(/^&\s*/, '');
      const elsewhere = sitesOf(context, one.undo);
      const whose = `the handle in '${handle ?? ''}'`;
      const name = routine?.fn.flow.fact.name ?? '';
      yield {
        at: place.range,
        message:
          elsewhere.length === 0
            ? `nothing calls '${one.undo}' for ${handle === undefined ? `this ${entry.registration?.noun ?? 'registration'}` : whose}`
            : `'${name}' does not call '${one.undo}'${handle === undefined ? '' : ` for ${whose}`}`,
        help: `the ${entry.registration?.noun ?? 'registration'} stays registered when '${name}' returns, and its callbacks lead into freed memory`,
        related: [
          ...one.routines.map(({ fn, slot }) => functionAt(context, fn, `'${slot}' leaves it registered`)),
          ...others.map((site): RelatedPlace => relatedAt(context, nameSpot(site), 'registered here, too')),
          ...elsewhere.map((site) => relatedAt(context, nameSpot(site), 'only undone here')),
        ],
        page: entry.page,
        about: { call: entry.name },
        fixes: () => undoInRoutine(context, one),
      };
    }
  },
});

function forgotten(context: RuleContext, entry: CallEntry): Forgotten | undefined {
  const { driver } = context;
  const undo = entry.registration?.undo?.call;
  if (!driver.isWhole || undo === undefined || !entry.registration?.undo?.from?.length) return undefined;
  const { bindings, table } = driver.lifecycle;
  const sites = sitesOf(context, entry.name);
  const alive = reachableByName(
    context,
    bindings.map(({ fn }) => fn.id),
  );
  if (!sites.some(({ fn }) => alive.has(fn.id))) return undefined;
  const routines = undoRoutines(context, entry);
  if (!routines || routines.length === 0) return undefined;
  const reached = reachableByName(
    context,
    routines.map(({ fn }) => fn.id),
  );
  const undoing = new Set(sitesOf(context, undo).map(({ fn }) => fn.id));
  if ([...reached].some((id) => undoing.has(id)) || !isSealed(context, reached)) return undefined;
  // Its handle goes to another undo: that is the mistake, and it is reported there.
  const { undoneBy } = vocabularyOf(context.catalog);
  const isMisdirected = driver.handles.uses.some(
    ({ call, actual, at }) => undoneBy.has(call) && reached.has(at.fn) && actual?.includes(entry.name),
  );
  if (isMisdirected) return undefined;
  // Other handlers, threads and work items may do it before.
  const contexts = new Set(entry.context?.roles);
  const starts = bindings.filter((one) => !isEntry(context, one) && !contexts.has(one.role));
  const named = new Set([...table.functions.values()].flatMap(({ flow }) => [...flow.graph.names]));
  const handed = [...table.functions.values()].filter(
    ({ id, file, flow }) =>
      named.has(flow.fact.name) || (table.callers(id).size === 0 && file.language === 'cpp'),
  );
  const bound = new Set(bindings.map(({ fn }) => fn.id));
  const others = reachableByName(context, [
    ...starts.map(({ fn }) => fn.id),
    ...handed.map(({ id }) => id).filter((id) => !bound.has(id)),
  ]);
  if ([...others].some((id) => undoing.has(id))) return undefined;
  return { entry, undo, sites, routines };
}

/** The argument that takes the handle, as written. */
function handleOf(context: RuleContext, entry: CallEntry, { fn, op }: CallSite): string | undefined {
  const argument = op.arguments[entry.parameters.findIndex(({ role }) => role === 'handleOut')];
  if (!argument || op.inMacro || argument.value.kind !== 'address') return undefined;
  const text = textAt(context, { fn: fn.id, range: argument.range }).trim();
  return text.startsWith('&') ? text : undefined;
}

/**
 * Calls the undo in the unload routine: in front of everything, but behind the undos of what was registered later.
 * When several are missing there, one fix makes them all, the last registration's first.
 */
function undoInRoutine(context: RuleContext, one: Forgotten): Fix[] {
  const [routine] = one.routines;
  if (!routine || one.routines.length !== 1) return [];
  const all = missingIn(context, routine, one);
  const statements = all.flatMap((other) => statementFor(context, other, routine.fn) ?? []);
  if (statements.length !== all.length) return [];
  const { uri } = routine.fn.file;
  const text = context.textOf(uri);
  if (text === undefined) return [];
  const edit =
    behindLater(context, all[0] ?? one, routine, text, statements) ??
    atStart(context, text, routine.fn, statements);
  if (!edit) return [];
  const edits: FileEdit[] = [{ ...(uri === context.facts.uri ? {} : { uri }), ...edit }];
  const name = routine.fn.flow.fact.name;
  const title = `Call ${all.map(({ undo }) => `'${undo}'`).join(' and ')} in '${name}'`;
  return [{ title, safety: 'suggestion', edits }];
}

/** Everything that the routine forgets, the last registration of a function first. */
function missingIn(context: RuleContext, routine: UndoRoutine, one: Forgotten): Forgotten[] {
  const found = [...context.catalog.calls.values()].flatMap((entry) => {
    const other = entry === one.entry ? one : entry.registration && forgotten(context, entry);
    return other?.routines.length === 1 && other.routines[0]?.fn === routine.fn ? [other] : [];
  });
  return found.toSorted((a, b) => undoOrder(a.entry, a.sites, b.entry, b.sites));
}

/** Negative when the first is undone before the second: it needs the other's handle, or it was registered later. */
function undoOrder(
  a: CallEntry,
  sitesA: readonly CallSite[],
  b: CallEntry,
  sitesB: readonly CallSite[],
): number {
  if (needs(a, b)) return -1;
  if (needs(b, a)) return 1;
  const [first] = sitesA;
  const [second] = sitesB;
  if (first && first.fn === second?.fn) return second.op.range.start - first.op.range.start;
  return eagerness(b) - eagerness(a);
}

const needs = (a: CallEntry, b: CallEntry): boolean =>
  a.parameters.some(({ handleFrom }) => handleFrom?.includes(b.name));

/** What calls back at once is registered last. */
const eagerness = ({ registration }: CallEntry): number =>
  registration?.earliestCallback === 'insideCall' ? 1 : 0;

/** Behind the undo of something that the same function registers later. */
function behindLater(
  context: RuleContext,
  one: Forgotten,
  routine: UndoRoutine,
  text: string,
  statements: readonly string[],
): FileEdit | undefined {
  let last: CallSite | undefined;
  for (const entry of context.catalog.calls.values()) {
    const undo = entry.registration?.undo?.call;
    if (undo === undefined || undo === one.undo) continue;
    const sites = sitesOf(context, entry.name);
    const isLater = sites.length > 0 && undoOrder(entry, sites, one.entry, one.sites) < 0;
    const site = isLater ? sitesOf(context, undo).findLast(({ fn }) => fn === routine.fn) : undefined;
    if (site && (!last || site.op.range.start > last.op.range.start)) last = site;
  }
  if (!last) return undefined;
  const { range } = context.driver.placeOf({ fn: routine.fn.id, range: last.op.statement });
  const body = routine.fn.flow.fact.body?.start ?? 0;
  // Inside of braces of its own the undo depends on something.
  const before = text.slice(body + 1, range.start);
  return /[{}]/.test(before) ? undefined : linesAfter(text, range, statements);
}

function statementFor(context: RuleContext, one: Forgotten, fn: UndoRoutine['fn']): string | undefined {
  const index = one.entry.parameters.findIndex(({ role }) => role === 'handleOut');
  const handles = one.sites.map((site) => {
    const value = site.op.arguments[index]?.value;
    const written = handleOf(context, one.entry, site);
    if (value?.kind !== 'address' || written === undefined) return undefined;
    return nameableIn(context, value.key, written, fn) ?? sameLocal(context, value.key, written, fn);
  });
  const [handle, ...others] = new Set(handles);
  return handle === undefined || others.length > 0 ? undefined : `${one.undo}(${handle});`;
}

/** A member of something that the routine declares and fills under the same name: `PADAPTER adapter = Context;`. */
function sameLocal(
  context: RuleContext,
  key: string,
  written: string,
  fn: UndoRoutine['fn'],
): string | undefined {
  const root = rootOf(key);
  const text = written.replace(/^&\s*/, '');
  if (root.includes('::') || pathOf(key) === '' || !/^\w+(?:(?:\.|->)\w+)+$/.test(text)) return undefined;
  const { range } = fn.flow.fact;
  const source = context.textOf(fn.file.uri)?.slice(range.start, range.end) ?? '';
  return new RegExp(`^[ \\t]*\\w+[\\s*]+${root}\\s*=`, 'm').test(source) ? text : undefined;
}
