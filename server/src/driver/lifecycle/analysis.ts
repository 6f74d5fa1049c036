import type { Catalog } from '../../catalog/catalog.ts';
import { isGlobal, type Key, pathOf, tailOf } from '../../flow/graph.ts';
import type { Exit } from '../../flow/simulate.ts';
import { type Known, NEGATIVE, ZERO } from '../../flow/values.ts';
import type { FileFacts } from '../facts.ts';
import { EntryValues } from './entry-values.ts';
import { type DriverFunction, type FunctionId, FunctionTable } from './functions.ts';
import {
  hasGuess,
  type Held,
  type Memory,
  type Site,
  type Spot,
  storyLine,
  type StoryStep,
} from './memory.ts';
import type { Observation } from './observations.ts';
import { RESULT_OF, STATUS_OF, STORED_AT } from './origins.ts';
import { type Binding, bindingsOf } from './roots.ts';
import { RunMemo } from './run-memo.ts';
import { type FunctionRun, runFunction } from './simulation.ts';
import { summarize, type Summary } from './summaries.ts';
import { undoOrderOf } from './undo-order.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';
import { type DriverView, siteOf } from './walk.ts';
import { resultOf, type WayOut } from './ways-out.ts';
import { lastWord } from '../../text/ends.ts';

/** What is known of the lives of a driver's registrations. */
export interface Lifecycle {
  readonly table: FunctionTable;
  readonly bindings: readonly Binding[];
  readonly observations: readonly Observation[];
  /** Ways out of the functions that register where the system calls them; none of a function that cannot be followed. */
  readonly waysOut: readonly WayOut[];
  /** Functions that register or undo and that cannot be followed: what they do shows in no way out of a caller. */
  readonly unfollowed: ReadonlySet<FunctionId>;
  /** For the next analysis of the driver. */
  readonly memo: RunMemo | undefined;
}

/**
 * Follows every function of a driver that takes part in registrations. With an earlier analysis of the driver only the
 * functions that changed are followed again, and those that depend on what they do.
 */
export function analyseLifecycle(
  files: readonly FileFacts[],
  isWhole: boolean,
  catalog: Catalog,
  earlier?: Lifecycle,
): Lifecycle {
  const vocabulary = vocabularyOf(catalog);
  const table = new FunctionTable(files, vocabulary, earlier?.table);
  const bindings = bindingsOf(files, table, catalog);
  if (table.followed.size === 0)
    return { table, bindings, observations: [], waysOut: [], unfollowed: new Set(), memo: undefined };
  const analysis = new Analysis(files, table, bindings, isWhole, vocabulary, earlier?.memo);
  const observations = analysis.run();
  const { waysOut, unfollowed, memo } = analysis;
  return { table, bindings, observations, waysOut, unfollowed, memo };
}

class Analysis {
  readonly #table: FunctionTable;
  readonly #bindings: readonly Binding[];
  readonly #vocabulary: Vocabulary;
  readonly #view: DriverView;
  readonly #runs = new Map<FunctionId, FunctionRun>();
  readonly #summaries = new Map<FunctionId, Summary>();
  readonly #open = new Set<FunctionId>();
  readonly #found = new Map<string, Observation>();
  readonly waysOut: WayOut[] = [];

  get unfollowed(): Set<FunctionId> {
    return new Set([...this.#summaries].flatMap(([id, summary]) => (summary ? [] : [id])));
  }

  readonly memo: RunMemo;

  constructor(
    files: readonly FileFacts[],
    table: FunctionTable,
    bindings: readonly Binding[],
    isWhole: boolean,
    vocabulary: Vocabulary,
    earlier: RunMemo | undefined,
  ) {
    this.#table = table;
    this.#bindings = bindings;
    this.#vocabulary = vocabulary;
    const entry = new EntryValues(files, table.functions.values(), isWhole, vocabulary);
    const { called } = table;
    const surroundings = [
      vocabulary,
      [...called]
        .filter((name) => vocabulary.catalog.calls.get(name)?.association)
        .toSorted()
        .join(),
      [...table.guards].toSorted().join(),
      [...this.#handles()].toSorted().join(),
    ];
    this.memo = new RunMemo(surroundings, (key, atLoad) => entry.valueOf(key, atLoad), earlier);
    this.#view = {
      table,
      vocabulary,
      undoOrder: undoOrderOf(vocabulary.catalog, (name) => called.has(name)),
      summaryOf: (fn) => this.#summaryOf(fn),
      entryValue: this.memo.entryValue,
    };
  }

  run(): Observation[] {
    for (const id of this.#table.followed) {
      const fn = this.#table.functions.get(id);
      if (!fn) continue;
      this.#summaryOf(fn);
      const run = this.#runs.get(id);
      if (!run) continue;
      for (const one of run.observations) if (!NEEDS_ROOT.has(one.kind)) this.#add(one);
      this.#unchecked(fn, run);
      this.#inLocals(fn, run);
      this.#lateWrites(run);
    }
    const { catalog } = this.#vocabulary;
    const contexts = new Set(
      [...catalog.calls.values()].flatMap(({ registration, context }) =>
        registration ? (context?.roles ?? []) : [],
      ),
    );
    const entries = new Set([...catalog.entryPoints.values()].map(({ role }) => role));
    const done = new Set<string>();
    for (const { fn, role } of this.#bindings) {
      if (!contexts.has(role) || !this.#table.registering.has(fn.id) || done.has(`${fn.id} ${role}`))
        continue;
      done.add(`${fn.id} ${role}`);
      const isEntry = entries.has(role);
      if (!fn.flow.graph.isComplete) continue;
      const run = isEntry
        ? this.memo.run(`${fn.id} entry`, fn.flow.graph, this.#dependencies(fn), () =>
            runFunction(fn, this.#view, true),
          )
        : this.#runs.get(fn.id);
      if (!run || run.isOverflow) continue;
      if (isEntry) {
        for (const one of run.observations) {
          if (this.#isSetUpIn(run, one)) this.#add(one);
        }
      }
      this.#exits(fn, role, run, isEntry);
    }
    return [...this.#found.values()];
  }

  /** What a cleanup takes back is set up by the same function, though not on this way: nobody else does it. */
  #isSetUpIn(run: FunctionRun, one: Observation): boolean {
    if (one.kind === 'released-unready') return run.everReady.has(one.key);
    if (one.kind !== 'undone-unregistered' || one.held) return true;
    const calls = new Set((this.#vocabulary.undoneBy.get(one.call) ?? []).map(({ name }) => name));
    return run.exits.some(({ state }) => [...state.memory.held.values()].some(({ call }) => calls.has(call)));
  }

  #summaryOf(fn: DriverFunction): Summary {
    if (this.#summaries.has(fn.id)) return this.#summaries.get(fn.id);
    if (this.#open.has(fn.id)) return undefined; // recursion
    if (!fn.flow.graph.isComplete) {
      this.#summaries.set(fn.id, undefined);
      return undefined;
    }
    this.#open.add(fn.id);
    const dependencies = this.#dependencies(fn);
    const run = this.memo.run(fn.id, fn.flow.graph, dependencies, () => runFunction(fn, this.#view, false));
    this.#open.delete(fn.id);
    this.#runs.set(fn.id, run);
    const summary = this.memo.summary(fn.id, run, () => this.#summarized(fn, run));
    this.#summaries.set(fn.id, summary);
    return summary;
  }

  #summarized(fn: DriverFunction, run: FunctionRun): Summary {
    if (run.isOverflow) return undefined;
    const wanted = this.#table.guards;
    return summarize(
      run.exits,
      new Set(fn.flow.graph.parameters),
      (name) => wanted.has(name) || this.#handles().has(name),
    );
  }

  /** What the run of a function looks at beside its own graph: how its calls go. */
  #dependencies(fn: DriverFunction): unknown[] {
    const found: unknown[] = [];
    for (const name of fn.flow.graph.calls) {
      const callee = this.#table.resolve(name, fn.file);
      if (callee.kind !== 'own') found.push(`${name} ${callee.kind}`);
      else if (this.#table.mattering.has(callee.fn.id)) found.push(callee.fn.id, this.#summaryOf(callee.fn));
      else found.push(this.#writtenGuards(callee.fn.id));
    }
    return found;
  }

  /** What a function out of interest may do to guards, as text. */
  #writtenGuards(id: FunctionId): string {
    const { guards } = this.#table;
    const { globals, members } = this.#table.writes(id);
    const written = [...globals].filter((key) => guards.has(tailOf(key)));
    return [...written, ...[...members].filter((name) => guards.has(name))].toSorted().join();
  }

  #handleNames: Set<string> | undefined;

  /** Variables and members that undo calls get. */
  #handles(): Set<string> {
    if (this.#handleNames) return this.#handleNames;
    const names = new Set<string>();
    for (const id of this.#table.registering) {
      for (const { ops } of this.#table.functions.get(id)?.flow.graph.blocks ?? []) {
        for (const op of ops) {
          if (op.kind !== 'call' || op.callee === undefined || !this.#vocabulary.undoneBy.has(op.callee))
            continue;
          for (const { value } of op.arguments) {
            if (value.kind === 'place') names.add(lastWord(value.key) || value.key);
          }
        }
      }
    }
    this.#handleNames = names;
    return names;
  }

  #add(one: Observation): void {
    const place = placeOf(one);
    const key = `${one.kind} ${place.fn} ${place.range.start} ${'key' in one ? one.key : ''} ${'call' in one ? one.call : ''} ${'held' in one ? (one.held?.at.range.start ?? '') : ''}`;
    if (!this.#found.has(key)) this.#found.set(key, one);
  }

  // ------------------------------------------------------------------------------------------------------ exits

  #exits(fn: DriverFunction, role: string, run: FunctionRun, isEntry: boolean): void {
    const successes = run.exits.flatMap(({ value, state }) =>
      value && (value.mask & NEGATIVE) === 0 ? [state.memory] : [],
    );
    for (const exit of run.exits) {
      const { value, state } = exit;
      this.waysOut.push(this.#wayOut(fn, role, run, exit));
      if (!value || state.isVague) continue;
      if (isEntry) this.#pending(fn, exit, value);
      const isFailing = (value.mask & NEGATIVE) !== 0 && (value.mask & ZERO) === 0;
      const isSuccess = (value.mask & NEGATIVE) === 0;
      for (const [site, held] of state.memory.held) {
        const entry = this.#vocabulary.catalog.calls.get(held.call);
        if (!entry?.registration || !entry.context?.roles.includes(role)) continue;
        if (isFailing && held.state === 'registered' && entry.registration.undo?.call !== undefined) {
          if (isLeft(run, exit, site, held)) this.#leftRegistered(fn, held, exit, value);
        }
        if ((value.mask & NEGATIVE) !== 0 && held.state !== 'failed') this.#lateFailure(fn, held, value);
        if (held.state !== 'failed' && held.state !== 'undone') continue;
        const assumes = [...state.assumed.keys()].some((key) => !key.startsWith('#'));
        const isSure = held.isChecked && !assumes && !hasGuess(state.memory.story, held);
        if (isSuccess && isSure && !this.#standsIn(state.memory, held)) {
          const at = { fn: fn.id, range: exit.range };
          const story = storyLine(state.memory.story);
          const standing = successes.filter(({ held: others }) => others.get(site)?.state === 'registered');
          if (held.state === 'failed') {
            const isGivenUp = this.#skips(state.memory, standing);
            this.#add({ kind: 'success-after-failure', root: fn.id, held, at, story, isGivenUp });
          } else if (standing.length > 0) {
            this.#add({ kind: 'success-after-undo', root: fn.id, held, at, story });
          }
        }
        if (held.state === 'undone') continue;
        if (isFailing) this.#replaced(fn, site, held, exit, value);
      }
    }
  }

  #wayOut(fn: DriverFunction, role: string, run: FunctionRun, exit: Exit<Memory>): WayOut {
    const { value, state } = exit;
    const { held, story } = state.memory;
    const last = [...held.values()].at(-1);
    const leaving = value && last && leavingSpot(fn.id, storyLine(story), last, value);
    const result = resultOf(value);
    return {
      root: fn.id,
      role,
      result,
      at: leaving ?? { fn: fn.id, range: exit.range },
      standings: [...held].map(([site, one]) => ({
        held: one,
        isSure:
          !state.isVague &&
          one.state !== 'lost' &&
          (one.state !== 'registered' || result !== 'failure' || isLeft(run, exit, site, one)),
      })),
      isVague: state.isVague,
    };
  }

  /** The way leaves out a registration that all ways on which the first one stands go on to make. */
  #skips(memory: Memory, standing: readonly Memory[]): boolean {
    const [first] = standing;
    return [...(first?.held ?? [])].some(
      ([site, { call }]) =>
        !memory.held.has(site) &&
        !this.#vocabulary.catalog.calls.get(call)?.registration?.isExtra &&
        standing.every(({ held }) => held.has(site)),
    );
  }

  /** Another registration of the same kind succeeded on this way, or one that takes the same table. */
  #standsIn(memory: Memory, failed: Held): boolean {
    const wanted = this.#structuresOf(failed.call);
    return [...memory.held.values()].some(
      (held) =>
        held.state === 'registered' &&
        (held.call === failed.call || this.#structuresOf(held.call).some((name) => wanted.includes(name))),
    );
  }

  /** Tables that a registration call takes. */
  #structuresOf(call: string): readonly string[] {
    const { parameters = [] } = this.#vocabulary.catalog.calls.get(call) ?? {};
    return parameters.flatMap(({ structures }) => structures ?? []);
  }

  #leftRegistered(fn: DriverFunction, held: Held, exit: Exit<Memory>, value: Known): void {
    const story = storyLine(exit.state.memory.story);
    this.#add({
      kind: 'left-registered',
      root: fn.id,
      held,
      at: leavingSpot(fn.id, story, held, value) ?? { fn: fn.id, range: exit.range },
      story,
    });
  }

  #replaced(fn: DriverFunction, site: Site, held: Held, exit: Exit<Memory>, value: Known): void {
    if (value.exact === undefined || value.origin === `${STATUS_OF}${site}`) return;
    const codes = this.#vocabulary.catalog.calls.get(held.call)?.returns.codes ?? [];
    const { generic } = this.#vocabulary.catalog.idioms.statuses;
    if (!generic.includes(value.exact) && codes.some(({ status }) => status === value.exact)) return;
    // On a way on which something else failed, too, its status is as good.
    if ([...exit.state.memory.held.values()].some((other) => other !== held && other.state === 'failed'))
      return;
    this.#add({
      kind: 'status-replaced',
      held,
      at: storedSpot(fn.id, value) ?? { fn: fn.id, range: exit.range },
      constant: value.exact,
    });
  }

  #pending(fn: DriverFunction, exit: Exit<Memory>, value: Known): void {
    const { pending } = this.#vocabulary.catalog.idioms.statuses;
    if (value.exact === undefined || !pending.includes(value.exact)) return;
    this.#add({ kind: 'pending', root: fn.id, at: { fn: fn.id, range: exit.range }, constant: value.exact });
  }

  /** The failure comes from a call that was made after the registration. */
  #lateFailure(fn: DriverFunction, held: Held, value: Known): void {
    const match = new RegExp(`^${RESULT_OF}(\\d+)-(\\d+):([^:]*):(.*)$`).exec(value.origin ?? '');
    if (!match || match[4] !== fn.tag || held.at.fn !== fn.id) return;
    const range = { start: Number(match[1]), end: Number(match[2]) };
    if (range.start < held.at.range.end) return;
    this.#add({ kind: 'late-failure', held, at: { fn: fn.id, range }, callee: match[3] ?? '' });
  }

  #unchecked(fn: DriverFunction, run: FunctionRun): void {
    if (run.isOverflow) return;
    for (const { ops } of fn.flow.graph.blocks) {
      for (const op of ops) {
        if (op.kind !== 'call' || op.callee === undefined || op.use === 'discarded') continue;
        const entry = this.#vocabulary.catalog.calls.get(op.callee);
        const isIgnored = op.use === 'ignored';
        if (entry?.registration) {
          const held = notLookedAt(run, siteOf(fn, op.range, entry.name));
          if (held) this.#add({ kind: 'unchecked', held, isIgnored });
          continue;
        }
        const callee = this.#table.resolve(op.callee, fn.file);
        if (callee.kind !== 'own') continue;
        for (const site of handedUp(this.#summaries.get(callee.fn.id))) {
          const held = notLookedAt(run, `${op.range.start}>${site}`);
          const by = { at: { fn: fn.id, range: op.nameRange }, callee: op.callee };
          if (held) this.#add({ kind: 'unchecked', held, isIgnored, by });
        }
      }
    }
  }

  #inLocals(fn: DriverFunction, run: FunctionRun): void {
    if (run.isOverflow) return;
    const parameters = new Set(fn.flow.graph.parameters);
    for (const { state, value, range } of run.exits) {
      if (state.isVague || (value && (value.mask & ~NEGATIVE) === 0)) continue;
      for (const held of state.memory.held.values()) {
        const { handle } = held;
        if (held.state !== 'registered' || handle === undefined || isGlobal(handle)) continue;
        if (pathOf(handle) !== '' || handle.startsWith('$') || parameters.has(handle)) continue;
        this.#add({ kind: 'handle-in-local', root: fn.id, held, at: { fn: fn.id, range } });
      }
    }
  }

  #lateWrites(run: FunctionRun): void {
    for (const { state } of run.exits) {
      for (const [site, spots] of state.memory.lateWrites) {
        const held = state.memory.held.get(site);
        if (held) for (const at of spots) this.#add({ kind: 'late-write', held, at });
      }
    }
  }
}

function placeOf(one: Observation): Spot {
  if ('at' in one) return one.at;
  return one.by?.at ?? one.held.at;
}

/** A registration whose status nobody looks at on any way behind it. */
function notLookedAt({ exits }: FunctionRun, site: Site): Held | undefined {
  const behind = exits.filter(({ state }) => state.memory.held.has(site));
  // A cleanup that tests the handle because something else failed is no look at the status.
  const onwards = behind.filter(({ value }) => !value || (value.mask & ~NEGATIVE) !== 0);
  const isLooked = (onwards.length > 0 ? onwards : behind).some(
    ({ state, value }) =>
      state.isVague || state.memory.held.get(site)?.isChecked || value?.origin === `${STATUS_OF}${site}`,
  );
  return isLooked ? undefined : behind[0]?.state.memory.held.get(site);
}

/** Registrations whose status a function returns. */
function handedUp(summary: Summary): Set<Site> {
  const origins = (summary ?? []).flatMap(({ result }) => result?.origin ?? []);
  return new Set(
    origins.filter((one) => one.startsWith(STATUS_OF)).map((one) => one.slice(STATUS_OF.length)),
  );
}

/** Kinds that only mean something where everything before the function is known. */
const NEEDS_ROOT: ReadonlySet<Observation['kind']> = new Set(['undone-unregistered', 'released-unready']);

/** Nothing out of sight may have decided that the registration is not undone on this way. */
function isLeft(run: FunctionRun, { state }: Exit<Memory>, site: Site, held: Held): boolean {
  const undos = run.undoAssumptions.get(site);
  const isGuess = undos !== undefined && hasGuess(state.memory.story, held);
  return !isGuess && !isDoubtful(state.assumed, undos);
}

/** Whether the undo was skipped because of something out of sight, which elsewhere decides that it runs. */
function isDoubtful(
  assumed: ReadonlyMap<Key, number>,
  undone: readonly ReadonlyMap<Key, number>[] | undefined,
): boolean {
  return (undone ?? []).some((other) =>
    [...assumed].some(([key, mask]) => {
      const there = other.get(key);
      return there !== undefined && (there & mask) === 0;
    }),
  );
}

/** The jump that follows the moment at which the function turned to fail. */
function leavingSpot(
  fn: FunctionId,
  story: readonly StoryStep[],
  held: Held,
  value: Known,
): Spot | undefined {
  const start = story.findIndex(
    (step) =>
      step.kind === 'registered' && step.at.fn === held.at.fn && step.at.range.start === held.at.range.start,
  );
  const rest = story.slice(Math.max(0, start));
  let decisive = rest.findIndex((step) => step.origin !== undefined && step.origin === value.origin);
  if (decisive < 0) decisive = rest.findLastIndex((step) => step.kind === 'stored' && step.at.fn === fn);
  if (decisive < 0) return undefined;
  return rest.slice(decisive).find((step) => step.kind === 'jump' && step.at.fn === fn)?.at;
}

function storedSpot(fn: FunctionId, value: Known): Spot | undefined {
  const match = new RegExp(`^${STORED_AT}(\\d+)-(\\d+)$`).exec(value.origin ?? '');
  return match ? { fn, range: { start: Number(match[1]), end: Number(match[2]) } } : undefined;
}
