import type { CallEntry } from '../../catalog/entry.ts';
import {
  type AssignOp,
  type CallOp,
  type Expr,
  isGlobal,
  isPartOf,
  type Key,
  type Op,
  pathOf,
  rootOf,
  tailOf,
  type Test,
} from '../../flow/graph.ts';
import { type Client, type Exit, simulate, type Simulation, ZEROED } from '../../flow/simulate.ts';
import { State } from '../../flow/state.ts';
import {
  ENTRY_VALUE,
  type Known,
  NEGATIVE,
  NONZERO,
  NOT_NEGATIVE,
  UNKNOWN_VALUE,
  ZERO,
  ZERO_VALUE,
} from '../../flow/values.ts';
import type { TextRange } from '../../text/range.ts';
import type { DriverFunction, FunctionTable } from './functions.ts';
import {
  EMPTY_MEMORY,
  type ForeignUndo,
  type Held,
  hasGuess,
  type Memory,
  memoryText,
  type Release,
  mergeMemory,
  propertyText,
  type Site,
  type Spot,
  storyLine,
  type Story,
  type StoryStep,
  told,
} from './memory.ts';
import type { Observation } from './observations.ts';
import { HANDLE_OF, isOfRegistration, RESULT_OF, STATUS_OF, STORED_AT } from './origins.ts';
import type { Outcome, Summary } from './summaries.ts';
import type { UndoOrder } from './undo-order.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a simulation asks of the whole driver. */
export interface DriverView {
  readonly table: FunctionTable;
  readonly vocabulary: Vocabulary;
  /** Which undo must come before which. */
  readonly undoOrder: UndoOrder;
  readonly summaryOf: (fn: DriverFunction) => Summary;
  /** What a place holds when nothing has written it; undefined when that cannot be told. */
  readonly entryValue: (key: Key, isEntryPoint: boolean) => Known | undefined;
}

export interface FunctionRun {
  readonly exits: readonly Exit<Memory>[];
  readonly isOverflow: boolean;
  readonly observations: readonly Observation[];
  /** What had been assumed of places out of sight each time a registration was undone, by site. */
  readonly undoAssumptions: ReadonlyMap<Site, readonly ReadonlyMap<Key, number>[]>;
  /** Objects that some way makes ready. */
  readonly everReady: ReadonlySet<Key>;
}

/** Follows one function. An entry point starts with the driver's variables as the loader leaves them. */
export function runFunction(fn: DriverFunction, view: DriverView, isEntryPoint: boolean): FunctionRun {
  const client = new LifecycleClient(fn, view, isEntryPoint);
  const result: Simulation<Memory> = simulate(fn.flow.graph, State.initial(EMPTY_MEMORY), client);
  return {
    exits: result.exits,
    isOverflow: result.isOverflow,
    observations: result.isOverflow ? [] : client.observations,
    undoAssumptions: client.undoAssumptions,
    everReady: client.everReady,
  };
}

/** A registration call's own place. */
export const siteOf = ({ tag }: DriverFunction, { start }: TextRange, call: string): Site =>
  `${tag}@${start}:${call}`;

type S = State<Memory>;

class LifecycleClient implements Client<Memory> {
  readonly observations: Observation[] = [];
  readonly undoAssumptions = new Map<Site, ReadonlyMap<Key, number>[]>();
  readonly everReady = new Set<Key>();
  readonly #fn: DriverFunction;
  readonly #view: DriverView;
  readonly #isEntryPoint: boolean;
  readonly #noReturn: ReadonlySet<string>;
  readonly #tracked: ReadonlySet<string>;
  /** What a callee did depends on something that cannot be told here. */
  #isGuessing = false;

  constructor(fn: DriverFunction, view: DriverView, isEntryPoint: boolean) {
    this.#fn = fn;
    this.#view = view;
    this.#isEntryPoint = isEntryPoint;
    const { idioms } = view.vocabulary.catalog;
    this.#noReturn = new Set(idioms.noReturn);
    this.#tracked = view.table.guards;
  }

  memoryText(memory: Memory): string {
    return memoryText(memory);
  }

  propertyText(memory: Memory): string {
    return propertyText(memory);
  }

  mergeMemory(a: Memory, b: Memory): Memory {
    return mergeMemory(a, b);
  }

  constant(name: string): Known {
    return this.#view.vocabulary.constant(name);
  }

  isGuard(key: Key): boolean {
    if (key.startsWith('$')) return true;
    if (this.#tracked.has(tailOf(key))) return true;
    // A parameter by itself: callers know what they pass.
    return pathOf(key) === '' && this.#fn.flow.graph.parameters.includes(key);
  }

  entryValue(key: Key): Known | undefined {
    return this.#view.entryValue(key, this.#isEntryPoint);
  }

  #spot(range: TextRange): Spot {
    return { fn: this.#fn.id, range };
  }

  #tell(state: S, kind: StoryStep['kind'], range: TextRange, what: string, origin?: string): S {
    const step = { kind, at: this.#spot(range), what, ...(origin === undefined ? {} : { origin }) };
    return state.withMemory(told(state.memory, step));
  }

  // ------------------------------------------------------------------------------------------------ assignments

  assigned(op: AssignOp, state: S, value: Known): S {
    const to = state.resolve(op.to);
    let next = state;
    if (value.origin?.startsWith(STATUS_OF) && (isGlobal(to) || pathOf(to) !== '')) {
      next = checked(next, value.origin.slice(STATUS_OF.length)); // out of this function's hands
    }
    if (
      value.exact !== undefined &&
      value.mask === NEGATIVE &&
      value.origin === undefined &&
      next.memory.held.size > 0
    ) {
      // The status that the function may leave with: where it came from is part of the story.
      const origin = `${STORED_AT}${op.range.start}-${op.range.end}`;
      next = this.#tell(next.set(op.to, { ...value, origin }), 'stored', op.range, value.exact, origin);
    }
    if (value.origin?.startsWith(READY_AS) && isGlobal(to))
      next = this.#ready(next, to, this.#spot(op.range));
    return this.#lateWrite(next, to, op);
  }

  /** Writes to a table that has been handed over, and to slots that the class driver owns by now. */
  #lateWrite(state: S, to: Key, op: AssignOp): S {
    let memory = state.memory;
    for (const [site, held] of memory.held) {
      if (held.state !== 'registered' || op.declares) continue;
      const { table } = held;
      if (table !== undefined && to !== table && isPartOf(to, table)) {
        const spots = [...(memory.lateWrites.get(site) ?? []), this.#spot(op.range)];
        memory = { ...memory, lateWrites: new Map(memory.lateWrites).set(site, spots) };
      }
      const entry = this.#entry(held.call);
      const object = entry?.registration?.takesOverDriverObject && this.#driverObject(to);
      if (object) this.observations.push({ kind: 'late-slot', held, at: this.#spot(op.range), slot: object });
    }
    return state.withMemory(memory);
  }

  /** The slot of the driver object that a place is, when the parameter is one by its type. */
  #driverObject(key: Key): string | undefined {
    const path = pathOf(key);
    if (!/^\.[A-Z]/.test(path)) return undefined;
    const parameter = this.#fn.flow.fact.parameters?.find(({ name }) => name === rootOf(key));
    const { objects } = this.#view.vocabulary.catalog;
    return parameter && objects.has(parameter.type) ? path.slice(1) : undefined;
  }

  // ------------------------------------------------------------------------------------------------------ tests

  branched(state: S, range: TextRange, test: Test, way: boolean): S {
    if (test.kind === 'success' && test.byMacro) this.#exactWanted(state, range, test.of);
    const isTold = this.#isEntryPoint || state.memory.held.size > 0;
    if (!isTold || test.kind === 'unknown') return state;
    let next = state;
    let tested: string | undefined;
    let isGuess = false;
    for (const expr of testedExpressions(test)) {
      const known = expr.kind === 'place' ? state.lookup(expr.key) : ZERO_VALUE;
      const { origin } = known;
      tested ??= origin;
      if (isGuessed(known)) isGuess = true;
      if (origin?.startsWith(STATUS_OF)) next = checked(next, origin.slice(STATUS_OF.length));
      if (expr.kind !== 'place') continue;
      // A test of the handle says as much.
      const key = state.resolve(expr.key);
      for (const [site, held] of state.memory.held) if (held.handle === key) next = checked(next, site);
    }
    const step = { kind: 'test' as const, at: this.#spot(range), what: way ? 'true' : 'false' };
    return next.withMemory(
      told(next.memory, {
        ...step,
        ...(tested === undefined ? {} : { origin: tested }),
        ...(isGuess ? { isGuess } : {}),
      }),
    );
  }

  #exactWanted(state: S, range: TextRange, of: Expr): void {
    const { origin, mask } = of.kind === 'place' ? state.lookup(of.key) : UNKNOWN_VALUE;
    if ((mask & NOT_NEGATIVE) !== NOT_NEGATIVE) return; // compared exactly before
    const callee = /^c:\d+-\d+:([^:]*):/.exec(origin ?? '')?.[1];
    const entry = callee === undefined ? undefined : this.#entry(callee);
    if (entry?.returns.test === 'exact') {
      this.observations.push({ kind: 'inexact-test', call: entry.name, at: this.#spot(range) });
    }
  }

  jumped(state: S, op: Extract<Op, { kind: 'jump' }>): S {
    const isTold = this.#isEntryPoint || state.memory.held.size > 0;
    return isTold ? this.#tell(state, 'jump', op.range, op.how) : state;
  }

  // ------------------------------------------------------------------------------------------------------ calls

  call(op: CallOp, state: S, args: readonly Known[]): readonly S[] {
    const { callee } = op;
    if (callee === undefined) return [this.#opaque(op, state, args)];
    if (this.#noReturn.has(callee)) return [];
    const { catalog } = this.#view.vocabulary;
    const entry = catalog.calls.get(callee);
    if (entry?.registration) return this.#register(op, entry, state, args);
    if (this.#view.vocabulary.undoneBy.has(callee)) {
      return [this.#setResult(op, this.#undoCall(op, callee, state), UNKNOWN_VALUE)];
    }
    const status = args.find(({ origin }) => origin?.startsWith(STATUS_OF));
    if (status && op.use === 'used' && this.#view.vocabulary.convertsStatus(callee)) {
      return [this.#setResult(op, passedOn(op, state, args), withoutExact(status))];
    }
    const own = this.#view.table.resolve(callee, this.#fn.file);
    if (own.kind === 'own') return this.#ownCall(op, own.fn, state, args);
    if (own.kind === 'opaque' && !this.#isSetUp(callee)) return [this.#opaque(op, state, args)];
    return [this.#systemCall(op, callee, state, args)];
  }

  #isSetUp(callee: string): boolean {
    const { readies, releases } = this.#view.vocabulary;
    return readies(callee) !== undefined || releases(callee) !== undefined;
  }

  #entry(call: string): CallEntry | undefined {
    return this.#view.vocabulary.catalog.calls.get(call);
  }

  #setResult(op: CallOp, state: S, value: Known): S {
    return state.set(op.result, value);
  }

  /** The call succeeds, or it is refused: two ways from here on. */
  #register(op: CallOp, entry: CallEntry, state: S, args: readonly Known[]): readonly S[] {
    const site = siteOf(this.#fn, op.range, entry.name);
    const handleIndex = entry.parameters.findIndex((parameter) => parameter.role === 'handleOut');
    const tableIndex = entry.parameters.findIndex((parameter) => parameter.role === 'table');
    const handle = targetOf(args[handleIndex], op.arguments[handleIndex]?.value, state);
    const table = entry.registration?.copiesTable
      ? targetOf(args[tableIndex], op.arguments[tableIndex]?.value, state)
      : undefined;
    const at = this.#spot(op.range);
    let before = state;
    for (const [other, held] of state.memory.held) {
      if (other !== site && isAgain(held, entry, handle)) {
        this.observations.push({
          kind: 'registered-again',
          first: held,
          at: this.#spot(op.nameRange),
          call: entry.name,
        });
      }
    }
    // A table that is registered again was written for that.
    const lateWrites = new Map(
      [...state.memory.lateWrites].filter(([other]) => state.memory.held.get(other)?.table !== table),
    );
    before = before.withMemory({ ...state.memory, lateWrites });
    const held: Held = { state: 'registered', call: entry.name, at, handle, isChecked: false, table };
    const origin = `${STATUS_OF}${site}`;
    let success = before.set(op.result, { ...ZERO_VALUE, origin });
    let failure = before.set(op.result, { mask: failureMask(entry), origin });
    if (handle !== undefined) {
      success = success.set(handle, { mask: NONZERO, origin: `${HANDLE_OF}${site}` });
      failure = failure.set(handle, ZERO_VALUE);
    }
    success = withHeld(success, site, held);
    failure = withHeld(failure, site, { ...held, state: 'failed' });
    return [
      this.#tell(success, 'registered', op.range, entry.name),
      this.#tell(failure, 'failed', op.range, entry.name),
    ];
  }

  #undoCall(op: CallOp, callee: string, state: S): S {
    const index = this.#view.vocabulary.undoArgument.get(callee) ?? 0;
    const argument = op.arguments[index]?.value;
    const value = argument && this.#valueOf(argument, state);
    const handle = argument?.kind === 'place' ? state.resolve(argument.key) : undefined;
    const source = value?.same !== undefined && !value.same.startsWith('&') ? value.same : handle;
    return this.#undo(state, { call: callee, handle: source, at: this.#spot(op.range) }, value?.origin);
  }

  #valueOf(expr: Expr, state: S): Known {
    return expr.kind === 'place' ? state.lookup(expr.key) : UNKNOWN_VALUE;
  }

  /**
   * Takes a registration back; one of this way if there is one, else one that was made elsewhere. `before` is the state
   * that the undo call found: a helper may have reset the handle since.
   */
  #undo(state: S, undo: ForeignUndo, origin: string | undefined, before = state): S {
    this.#outOfOrder(state, undo);
    const { memory } = state;
    const calls = new Set((this.#view.vocabulary.undoneBy.get(undo.call) ?? []).map(({ name }) => name));
    const candidates = [...memory.held].filter(([, held]) => calls.has(held.call));
    const exact = candidates.filter(
      ([site, held]) =>
        origin === `${HANDLE_OF}${site}` || (undo.handle !== undefined && held.handle === undo.handle),
    );
    const alike = candidates.filter(([, held]) => sameTail(held.handle, undo.handle));
    // With another handle than those that are known here it may be any that stands.
    const matches =
      exact.length > 0
        ? exact
        : alike.length > 0
          ? alike
          : candidates.filter(([, held]) => held.state === 'registered' || held.state === 'lost');
    const isNamed = exact.length > 0 || alike.length > 0;
    let next = this.#releasedBefore(
      state,
      undo,
      matches.length === 0 ||
        matches.some(([, held]) => held.state === 'registered' || held.state === 'lost'),
    );
    if (matches.length === 0) {
      this.#foreign(before, undo);
      return next.withMemory({ ...next.memory, undone: [...next.memory.undone, undo] });
    }
    for (const [site, held] of matches) {
      if (held.state === 'registered' || held.state === 'lost') {
        const known = this.undoAssumptions.get(site) ?? [];
        this.undoAssumptions.set(site, [...known, state.assumed]);
        next = withHeld(next, site, { ...held, state: 'undone', undoneAt: undo.at });
      } else if (
        isNamed &&
        matches.length === 1 &&
        !state.isVague &&
        held.state === 'undone' &&
        held.undoneAt
      ) {
        this.observations.push({ kind: 'undone-twice', call: undo.call, at: undo.at, first: held.undoneAt });
      } else if (
        isNamed &&
        matches.length === 1 &&
        !state.isVague &&
        held.state === 'failed' &&
        state.assumed.size === 0 &&
        !this.#isGuessing &&
        !hasGuess(memory.story, held)
      ) {
        this.observations.push({
          kind: 'undone-unregistered',
          call: undo.call,
          at: undo.at,
          held,
          story: storyLine(memory.story),
        });
      }
    }
    return next.withMemory(told(next.memory, { kind: 'undone', at: undo.at, what: undo.call }));
  }

  /** Something that the undone registration still needs was undone before it. */
  #outOfOrder({ memory, isVague }: S, undo: ForeignUndo): void {
    if (isVague) return;
    const done = [
      ...memory.undone,
      ...[...memory.held.values()].flatMap((held) => {
        const call = this.#entry(held.call)?.registration?.undo?.call;
        return held.undoneAt && call !== undefined ? [{ call, at: held.undoneAt }] : [];
      }),
    ];
    const first = done.find(({ call }) => this.#view.undoOrder.get(call)?.has(undo.call));
    if (!first) return;
    this.observations.push({
      kind: 'undone-out-of-order',
      call: undo.call,
      at: undo.at,
      first: first.at,
      firstCall: first.call,
    });
  }

  #foreign(state: S, undo: ForeignUndo): void {
    const first = state.memory.undone.find(
      ({ call, handle }) => call === undo.call && handle === undo.handle && handle !== undefined,
    );
    if (
      first &&
      !state.isVague &&
      undo.handle !== undefined &&
      state.lookup(undo.handle).mask !== ZERO &&
      !isReset(state, undo.handle)
    ) {
      this.observations.push({ kind: 'undone-twice', call: undo.call, at: undo.at, first: first.at });
      return;
    }
    const isNull = undo.handle !== undefined && this.#known(state, undo.handle).mask === ZERO;
    if (isNull && this.#isSure(state)) {
      this.observations.push({
        kind: 'undone-unregistered',
        call: undo.call,
        at: undo.at,
        held: undefined,
        story: storyLine(state.memory.story),
      });
    }
  }

  /** Nothing on the way depends on what is out of sight. */
  #isSure(state: S): boolean {
    return (
      this.#isEntryPoint &&
      !state.isVague &&
      state.assumed.size === 0 &&
      !this.#isGuessing &&
      !hasGuess(state.memory.story, undefined)
    );
  }

  /** What was released on the way here although callbacks of the registration could still run. */
  #releasedBefore(state: S, undo: ForeignUndo, isOpen: boolean): S {
    const calls = this.#view.vocabulary.undoneBy.get(undo.call) ?? [];
    if (!isOpen || !calls.some(({ registration }) => registration?.earliestCallback === 'insideCall'))
      return state;
    for (const [key, at] of state.memory.released) {
      this.observations.push({ kind: 'released-early', call: undo.call, key, at, undo: undo.at });
    }
    return state;
  }

  // --------------------------------------------------------------------------------------------- other callees

  #ownCall(op: CallOp, fn: DriverFunction, state: S, args: readonly Known[]): readonly S[] {
    const { table } = this.#view;
    const seen = passedOn(op, state, args);
    if (!table.mattering.has(fn.id)) {
      return [
        this.#setResult(
          op,
          this.#readyOrReleased(op, fn.flow.fact.name, this.#written(fn, op, seen, args), args),
          resultOf(op, this.#fn),
        ),
      ];
    }
    const summary = this.#view.summaryOf(fn);
    if (!summary) return [this.#opaque(op, seen, args)];
    const binding = new Binding(op, fn, args, seen);
    const ways = summary.flatMap((outcome) => this.#applyOutcome(op, fn, outcome, binding, seen) ?? []);
    return ways;
  }

  /** Forgets what a function out of interest may have written. */
  #written(fn: DriverFunction, op: CallOp, state: S, args: readonly Known[]): S {
    const writes = this.#view.table.writes(fn.id);
    let next = state;
    for (const key of writes.globals)
      if (this.#tracked.has(tailOf(key))) next = next.fill(key, ENTRY_VALUE, true);
    args.forEach((arg, index) => {
      const expr = op.arguments[index]?.value;
      if (expr?.kind === 'address' && pathOf(expr.key) === '' && !isGlobal(expr.key))
        next = next.set(expr.key, UNKNOWN_VALUE);
      const target = targetOf(arg, expr, next);
      if (target === undefined) return;
      const base = expr?.kind === 'place' ? expr.key : target;
      for (const member of writes.members) {
        if (this.#tracked.has(member)) next = next.fill(`${base}.${member}`, ENTRY_VALUE, true);
      }
      if (expr?.kind === 'address' && pathOf(expr.key) !== '') next = next.fill(expr.key, ENTRY_VALUE, true);
    });
    return next;
  }

  #systemCall(op: CallOp, callee: string, state: S, args: readonly Known[]): S {
    const { idioms } = this.#view.vocabulary.catalog;
    let result = resultOf(op, this.#fn);
    const zeroing = idioms.zeroing.find(({ name }) => name === callee);
    if (zeroing) {
      const filler = zeroing.value === undefined ? undefined : args[zeroing.value];
      const expr = op.arguments[zeroing.pointer]?.value;
      const target = targetOf(args[zeroing.pointer], expr, state);
      if (target === undefined) return this.#setResult(op, state, result);
      const value = filler && filler.mask !== ZERO ? UNKNOWN_VALUE : ZERO_VALUE;
      const base = expr?.kind === 'place' ? expr.key : target;
      const next = state.fill(base, value, expr?.kind === 'address');
      return this.#setResult(op, withoutTable(next, target), result);
    }
    if (idioms.zeroingAllocators.includes(callee))
      return this.#setResult(op, state, { ...result, origin: ZEROED });
    if (idioms.initialisingResults.includes(callee)) {
      const needsHandle = args.some(({ origin }) => origin?.startsWith(HANDLE_OF));
      return this.#setResult(op, state, { ...result, ...(needsHandle ? {} : { origin: READY_AS }) });
    }
    let next = this.#readyOrReleased(op, callee, state, args);
    if (op.use === 'used' && !this.#view.vocabulary.isKernel(callee)) {
      // A macro or function that nobody defines here: what it says is an assumption, and may be a test of a status.
      next = passedOn(op, next, args);
      for (const { origin } of args)
        if (origin?.startsWith(STATUS_OF)) next = lost(next, origin.slice(STATUS_OF.length));
      result = ENTRY_VALUE;
    }
    if (idioms.readOnly.includes(callee)) return this.#setResult(op, next, result);
    // The system writes only what it gets the address of.
    op.arguments.forEach(({ value }) => {
      if (value.kind !== 'address') return;
      const isLocal = !isGlobal(value.key) && pathOf(value.key) === '';
      next = next.fill(value.key, isLocal ? UNKNOWN_VALUE : ENTRY_VALUE, true);
    });
    return this.#setResult(op, next, result);
  }

  #readyOrReleased(op: CallOp, callee: string, state: S, args: readonly Known[]): S {
    const { readies, releases } = this.#view.vocabulary;
    const ready = readies(callee);
    if (ready !== undefined) {
      const key = objectOf(args[ready], op.arguments[ready]?.value, state);
      const needsHandle = args.some(({ origin }, index) => index !== ready && origin?.startsWith(HANDLE_OF));
      return key === undefined || needsHandle ? state : this.#ready(state, key, this.#spot(op.range));
    }
    const released = releases(callee);
    if (released === undefined) return state;
    const key = objectOf(args[released], op.arguments[released]?.value, state);
    return key === undefined ? state : this.#release(state, key, this.#spot(op.range));
  }

  #ready(state: S, key: Key, at: Spot): S {
    this.everReady.add(key);
    // What was ready before may be made ready again, such as a list that is emptied.
    const isNew = !state.memory.ready.has(key);
    for (const held of state.memory.held.values()) {
      const isOpen =
        isNew &&
        held.state === 'registered' &&
        this.#entry(held.call)?.registration?.earliestCallback === 'insideCall';
      if (isOpen) this.observations.push({ kind: 'ready-late', held, key, at });
    }
    const released = new Map(state.memory.released);
    released.delete(key);
    return state.withMemory({ ...state.memory, ready: new Map(state.memory.ready).set(key, at), released });
  }

  #release(state: S, key: Key, { fn, range, wasReady }: Release): S {
    const { memory } = state;
    const isReady = wasReady ?? memory.ready.has(key);
    const at: Release = { fn, range, ...(isReady ? { wasReady: true } : {}) };
    if (!isReady && this.#isSure(state)) {
      this.observations.push({ kind: 'released-unready', key, at, story: storyLine(memory.story) });
    }
    const ready = new Map(memory.ready);
    ready.delete(key);
    return state.withMemory({ ...memory, ready, released: new Map(memory.released).set(key, at) });
  }

  /** Anything may have happened: registrations may be gone, variables may hold anything. */
  #opaque(op: CallOp, state: S, args: readonly Known[]): S {
    let next = passedOn(op, state, args);
    const held = new Map<Site, Held>(
      [...next.memory.held].map(([site, one]) => [
        site,
        one.state === 'registered' ? { ...one, state: 'lost' } : one,
      ]),
    );
    next = next.withMemory({ ...next.memory, held });
    const globals = new Set([...next.values.keys()].filter(isGlobal).map(rootOf));
    for (const root of globals) next = next.fill(root, ENTRY_VALUE, true);
    op.arguments.forEach(({ value }) => {
      if (value.kind === 'address')
        next = next.fill(value.key, isGlobal(value.key) ? ENTRY_VALUE : UNKNOWN_VALUE, true);
      else if (value.kind === 'place') next = next.fill(value.key, ENTRY_VALUE, false);
    });
    return this.#setResult(op, next, resultOf(op, this.#fn));
  }

  /** One way of a call to a function of the driver; undefined when it cannot be taken from here. */
  #applyOutcome(op: CallOp, fn: DriverFunction, outcome: Outcome, binding: Binding, state: S): S | undefined {
    let next: S | undefined = state;
    let isGuess = false;
    for (const [key, mask] of outcome.assumed) {
      const here = binding.key(key);
      if (here === undefined) {
        if ((binding.argument(key)?.mask ?? mask) & mask) continue;
        return undefined;
      }
      const known: Known = this.#known(next, here);
      if ((known.mask & mask) === 0) return undefined;
      if ((known.mask & mask) !== known.mask) {
        if (isGuessed(known)) isGuess = true;
        next = next.refine(here, mask, true);
      }
      if (!next) return undefined;
    }
    for (const [key, known] of outcome.values) {
      if (key.startsWith('#')) continue;
      const isRest = key.endsWith('~');
      const here = binding.key(isRest ? key.slice(0, -1) : key);
      if (here === undefined) continue;
      const value = binding.value(known);
      next = isRest ? next.fill(here, value, false) : next.set(here, value);
    }
    if (outcome.isVague) next = next.vague();
    this.#isGuessing = isGuess;
    next = this.#applyMemory(op, fn, outcome.memory, binding, next, state);
    this.#isGuessing = false;
    const result = outcome.result ? binding.value(outcome.result) : UNKNOWN_VALUE;
    // Whatever failed inside, here it is this call.
    return this.#setResult(op, next, { ...resultOf(op, this.#fn), ...result });
  }

  #known(state: S, key: Key): Known {
    const known = state.lookup(key);
    return known.atEntry ? (this.entryValue(state.resolve(key)) ?? known) : known;
  }

  #applyMemory(op: CallOp, fn: DriverFunction, memory: Memory, binding: Binding, state: S, before: S): S {
    let next = state;
    const steps = storyLine(memory.story);
    if (steps.length > 0 || memory.undone.length > 0)
      next = this.#tell(next, 'call', op.range, fn.flow.fact.name);
    for (const undo of memory.undone) {
      const handle = undo.handle === undefined ? undefined : binding.key(undo.handle);
      next = this.#undo(
        next,
        { ...undo, handle },
        handle === undefined ? undefined : before.lookup(handle).origin,
        before,
      );
    }
    for (const [key, at] of memory.ready) {
      const here = binding.key(key);
      if (here !== undefined && isGlobal(here)) next = this.#ready(next, here, at);
    }
    for (const [key, at] of memory.released) {
      const here = binding.key(key);
      if (here !== undefined && isGlobal(here)) next = this.#release(next, here, at);
    }
    let story: Story | undefined = next.memory.story;
    for (const step of steps) story = { step, before: story };
    const held = new Map(next.memory.held);
    for (const [site, one] of memory.held) {
      const handle = one.handle === undefined ? undefined : binding.key(one.handle);
      const here = binding.site(site);
      for (const [other, known] of held) {
        if (one.state === 'registered' && other !== here && isAgain(known, this.#entry(one.call), handle)) {
          this.observations.push({ kind: 'registered-again', first: known, at: one.at, call: one.call });
        }
      }
      held.set(here, { ...one, handle, table: undefined });
      if (one.state === 'undone') {
        this.undoAssumptions.set(here, [...(this.undoAssumptions.get(here) ?? []), state.assumed]);
      }
    }
    return next.withMemory({ ...next.memory, held, story });
  }
}

/** Origin of an object that a call made and whose place is not known yet. */
const READY_AS = 'ready';

/** How a callee's names read at a call of it. */
class Binding {
  readonly #op: CallOp;
  readonly #args: readonly Known[];
  readonly #parameters: ReadonlyMap<string, number>;
  readonly #state: S;

  constructor(op: CallOp, fn: DriverFunction, args: readonly Known[], state: S) {
    this.#op = op;
    this.#args = args;
    this.#parameters = new Map(fn.flow.graph.parameters.map((name, index) => [name, index]));
    this.#state = state;
  }

  /** The caller's place for a place of the callee; undefined when the caller cannot name it. */
  key(key: Key): Key | undefined {
    if (isGlobal(key) || key.startsWith('#')) return key;
    const index = this.#parameters.get(rootOf(key));
    if (index === undefined) return undefined;
    const path = pathOf(key);
    const expr = this.#op.arguments[index]?.value;
    const known = this.#args[index];
    if (known?.same?.startsWith('&')) {
      const target = known.same.slice(1);
      if (path === '') return undefined;
      return target + (path.startsWith('.*') ? path.slice(2) : path);
    }
    if (expr?.kind !== 'place') return undefined;
    return path === '' ? expr.key : this.#state.resolve(expr.key + path);
  }

  /** What is known of the argument that a bare parameter stands for. */
  argument(key: Key): Known | undefined {
    const index = pathOf(key) === '' ? this.#parameters.get(rootOf(key)) : undefined;
    return index === undefined ? undefined : this.#args[index];
  }

  value(known: Known): Known {
    const { same, origin, atEntry: _entry, ...rest } = known;
    const address = same?.startsWith('&') ?? false;
    const here = same === undefined ? undefined : this.key(address ? same.slice(1) : same);
    return {
      ...rest,
      ...(here === undefined ? {} : { same: address ? `&${here}` : here }),
      ...(origin === undefined
        ? {}
        : { origin: isOfRegistration(origin) ? origin.slice(0, 2) + this.site(origin.slice(2)) : origin }),
    };
  }

  site(site: Site): Site {
    return `${this.#op.range.start}>${site}`;
  }
}

/** A registration takes the place of one that stands: it has the same handle, or it takes the driver object again. */
function isAgain(known: Held, entry: CallEntry | undefined, handle: Key | undefined): boolean {
  if (known.state !== 'registered') return false;
  if (known.handle !== undefined) return known.handle === handle;
  return known.call === entry?.name && entry.registration?.takesOverDriverObject === true;
}

const withHeld = (state: S, site: Site, held: Held): S =>
  state.withMemory({ ...state.memory, held: new Map(state.memory.held).set(site, held) });

/** A table that is zeroed is filled for something else from now on. */
function withoutTable(state: S, table: Key): S {
  let next = state;
  for (const [site, held] of state.memory.held)
    if (held.table === table) next = withHeld(next, site, { ...held, table: undefined });
  return next;
}

function checked(state: S, site: Site): S {
  const held = state.memory.held.get(site);
  return held && !held.isChecked ? withHeld(state, site, { ...held, isChecked: true }) : state;
}

/** What the test of the status said cannot be told: neither can what became of the registration. */
function lost(state: S, site: Site): S {
  const held = state.memory.held.get(site);
  return held ? withHeld(state, site, { ...held, state: 'lost' }) : state;
}

/** A status that is handed to a function is looked at there, unless the function only prints. */
function passedOn(op: CallOp, state: S, args: readonly Known[]): S {
  let next = state;
  for (const { origin } of args)
    if (origin?.startsWith(STATUS_OF)) next = checked(next, origin.slice(STATUS_OF.length));
  return next;
}

const resultOf = (op: CallOp, { tag }: DriverFunction): Known => ({
  ...UNKNOWN_VALUE,
  origin: `${RESULT_OF}${op.range.start}-${op.range.end}:${op.callee ?? ''}:${tag}`,
});

const withoutExact = ({ exact: _exact, ...rest }: Known): Known => rest;

/** Where an argument points: the place whose address it is, or what a pointer variable leads to. */
function targetOf(known: Known | undefined, expr: Expr | undefined, state: S): Key | undefined {
  if (known?.same?.startsWith('&')) return known.same.slice(1);
  if (expr?.kind === 'address') return state.resolve(expr.key);
  if (expr?.kind !== 'place') return undefined;
  return state.resolve(`${expr.key}.*`);
}

/** The object at file scope that a lock or list call is about. */
function objectOf(known: Known | undefined, expr: Expr | undefined, state: S): Key | undefined {
  if (expr?.kind === 'place') {
    const key = state.resolve(expr.key);
    return isGlobal(key) ? key : undefined;
  }
  const target = targetOf(known, expr, state);
  return target !== undefined && isGlobal(target) ? target : undefined;
}

const failureMask = (entry: CallEntry): number => (entry.returns.test === 'exact' ? NONZERO : NEGATIVE);

const sameTail = (a: Key | undefined, b: Key | undefined): boolean =>
  a !== undefined && b !== undefined && tailOf(a) === tailOf(b);

/** A test went this way, but it may as well have gone the other way. */
const isGuessed = ({ exact, origin, atEntry }: Known): boolean =>
  exact === undefined && origin === undefined && !atEntry;

/** The handle was written since it was read. */
const isReset = (state: S, handle: Key): boolean => {
  const known = state.values.get(handle);
  return known !== undefined && !known.atEntry;
};

function testedExpressions(test: Test): readonly Expr[] {
  switch (test.kind) {
    case 'truth':
    case 'success':
      return [test.of];
    case 'equal':
      return [test.left, test.right];
    case 'build':
    case 'unknown':
      return [];
  }
}
