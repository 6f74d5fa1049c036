import type { BranchRef, ConditionalBranch, ConditionalGroup, Directives } from './directives.ts';
import { evaluateCondition, isTrue, type MacroState } from './condition.ts';

export type { BranchRef } from './directives.ts';

/** `unknown`: the defines we know do not decide. */
export type BranchState = 'taken' | 'dropped' | 'unknown';

export interface BranchTable {
  /** State of one branch by itself; a branch inside a dropped one is dropped. */
  stateOf(ref: BranchRef): BranchState;
  /** The undecided branches around an offset, outermost first. */
  branchPathAt(offset: number): readonly BranchRef[];
  /** False in a dropped branch. */
  liveAt(offset: number): boolean;
}

const UNDEFINED: MacroState = { defined: false, body: undefined };
/** Defined, but with a value nobody told. */
const SOME_VALUE: MacroState = { defined: true, body: undefined };
const UNKNOWN: MacroState = { defined: undefined, body: undefined };

/** A group while the walk is inside it. */
interface Frame {
  readonly group: number;
  /** State of the code around the group. */
  readonly outer: BranchState;
  /** True once a branch is certainly taken: all others are dropped. */
  decided: boolean;
  /** True once a branch may be taken. */
  doubtful: boolean;
  state: BranchState;
  /** What the branch's own condition says about a name, and the state to put back behind the branch. */
  assumed:
    | { readonly name: string; readonly state: MacroState; readonly before: MacroState | undefined }
    | undefined;
}

/**
 * Decides which branches of `#if` groups are compiled. A name is known when `defines` has it or when the file
 * defines it unconditionally before; all others are unknown, not 0, and so is every condition that needs them.
 * Inside `#ifdef X` the name X counts as defined, inside `#ifndef X` as undefined.
 */
export function decideBranches(
  directives: Directives,
  defines: ReadonlyMap<string, string>,
  options: { readonly cplusplus: boolean },
): BranchTable {
  const macros = new Map<string, MacroState>();
  for (const [name, body] of defines) macros.set(name, { defined: true, body });
  macros.set('__cplusplus', options.cplusplus ? { defined: true, body: '201703' } : UNDEFINED);

  const groups = directives.conditionals;
  const states: BranchState[][] = groups.map((group) => group.branches.map(() => 'unknown'));
  const guard = includeGuard(directives);
  const stack: Frame[] = [];
  const segments = new Segments(groups, states);

  const current = (): BranchState => stack.at(-1)?.state ?? 'taken';

  const leaveBranch = (frame: Frame): void => {
    const assumed = frame.assumed;
    frame.assumed = undefined;
    // A #define inside the branch has replaced the assumption by something better.
    if (assumed === undefined || macros.get(assumed.name) !== assumed.state) return;
    if (assumed.before === undefined) macros.delete(assumed.name);
    else macros.set(assumed.name, assumed.before);
  };

  const enterBranch = (frame: Frame, index: number): void => {
    const branch = groups[frame.group]?.branches[index];
    if (branch === undefined) return;
    let state: BranchState;
    if (frame.outer === 'dropped' || frame.decided) state = 'dropped';
    else {
      const holds = frame.group === guard && index === 0 ? true : conditionOf(branch, macros);
      if (holds === false) state = 'dropped';
      else if (holds === undefined || frame.doubtful) state = 'unknown';
      else state = 'taken';
      if (holds === true) frame.decided = true;
      if (state === 'unknown') frame.doubtful = true;
    }
    frame.state = state;
    const row = states[frame.group];
    if (row !== undefined) row[index] = state;
    if (state !== 'unknown') return;
    const assumption = assumptionOf(groups[frame.group], index);
    if (assumption === undefined) return;
    const before = macros.get(assumption.name);
    if (before?.defined !== undefined) return;
    const assumedState: MacroState = { defined: assumption.defined, body: undefined };
    frame.assumed = { name: assumption.name, state: assumedState, before };
    macros.set(assumption.name, assumedState);
  };

  /** Undecided branches around this point; at 0, code here is compiled in every build or in none. */
  let doubtfulDepth = 0;

  for (const line of directives.lines) {
    switch (line.what) {
      case 'branch': {
        let frame = stack.at(-1);
        if (line.branch === 0) {
          frame = {
            group: line.index,
            outer: current(),
            decided: false,
            doubtful: false,
            state: 'unknown',
            assumed: undefined,
          };
          stack.push(frame);
        } else if (frame !== undefined) {
          if (frame.state === 'unknown') doubtfulDepth--;
          leaveBranch(frame);
        }
        if (frame === undefined) break;
        enterBranch(frame, line.branch);
        if (frame.state === 'unknown') doubtfulDepth++;
        segments.enter(line.range.end, { group: line.index, branch: line.branch });
        break;
      }
      case 'endif': {
        const frame = stack.pop();
        if (frame === undefined) break;
        if (frame.state === 'unknown') doubtfulDepth--;
        leaveBranch(frame);
        segments.enter(line.range.start, groups[frame.group]?.parent);
        break;
      }
      case 'define': {
        const define = directives.defines[line.index];
        if (define === undefined || current() === 'dropped') break;
        const body = define.parameters === undefined ? define.body : undefined;
        if (doubtfulDepth === 0) macros.set(define.name, { defined: true, body });
        else {
          const before = macros.get(define.name);
          const frame = stack.at(-1);
          // `#ifndef X` / `#define X` / `#endif`: X is defined in either case.
          const isDefault = frame?.assumed?.name === define.name && frame.assumed.state.defined === false;
          const alone = isDefault && doubtfulDepth === 1 && groups[frame.group]?.branches.length === 1;
          macros.set(define.name, alone || before?.defined === true ? SOME_VALUE : UNKNOWN);
        }
        break;
      }
      case 'undef': {
        const name = directives.undefs[line.index]?.name;
        if (name === undefined || current() === 'dropped') break;
        macros.set(name, doubtfulDepth === 0 ? UNDEFINED : UNKNOWN);
        break;
      }
      default:
    }
  }
  return segments.table();
}

function conditionOf(
  branch: ConditionalBranch,
  macros: ReadonlyMap<string, MacroState>,
): boolean | undefined {
  switch (branch.kind) {
    case 'else':
      return true;
    case 'ifdef':
    case 'elifdef':
      return macros.get(firstWord(branch.condition))?.defined;
    case 'ifndef':
    case 'elifndef': {
      const defined = macros.get(firstWord(branch.condition))?.defined;
      return defined === undefined ? undefined : !defined;
    }
    case 'if':
    case 'elif':
      return isTrue(evaluateCondition(branch.condition, macros));
  }
}

/** The condition of one branch as a statement about one name, when it is nothing more. */
export function assumptionOf(
  group: ConditionalGroup | undefined,
  index: number,
): { readonly name: string; readonly defined: boolean } | undefined {
  const first = group?.branches[0];
  const branch = group?.branches[index];
  if (first === undefined || branch === undefined) return undefined;
  if (branch.kind === 'else') {
    // Behind an #elif, "not the first" says only half of it.
    if (index !== 1) return undefined;
    const positive = assumptionOf(group, 0);
    return positive === undefined ? undefined : { name: positive.name, defined: !positive.defined };
  }
  if (branch.kind === 'ifdef' || branch.kind === 'elifdef') {
    return { name: firstWord(branch.condition), defined: true };
  }
  if (branch.kind === 'ifndef' || branch.kind === 'elifndef') {
    return { name: firstWord(branch.condition), defined: false };
  }
  const match = /^(!?)\s*defined\s*(?:\(\s*([A-Za-z_]\w*)\s*\)|([A-Za-z_]\w*))$/.exec(branch.condition);
  const name = match?.[2] ?? match?.[3];
  return name === undefined ? undefined : { name, defined: match?.[1] === '' };
}

function firstWord(condition: string): string {
  return /^[\w$\u00c0-\uffff]*/.exec(condition)?.[0] ?? '';
}

/**
 * The group that guards a header against a second inclusion: first directive of the file, closed by the last
 * one, one branch, and a `#define` of the tested name directly behind it (a `#pragma` may stand around).
 */
function includeGuard(directives: Directives): number | undefined {
  const lines = directives.lines.filter((line) => line.what !== 'pragma');
  const [first, second] = lines;
  const last = lines.at(-1);
  if (first?.what !== 'branch' || second?.what !== 'define' || last?.what !== 'endif') return undefined;
  if (last.index !== first.index) return undefined;
  const group = directives.conditionals[first.index];
  if (group?.branches.length !== 1) return undefined;
  const assumption = assumptionOf(group, 0);
  if (assumption?.defined !== false) return undefined;
  return directives.defines[second.index]?.name === assumption.name ? first.index : undefined;
}

/** Offsets at which the innermost branch changes, and the questions about them. */
class Segments {
  readonly #groups: readonly ConditionalGroup[];
  readonly #states: readonly (readonly BranchState[])[];
  readonly #starts: number[] = [0];
  readonly #refs: (BranchRef | undefined)[] = [undefined];

  constructor(groups: readonly ConditionalGroup[], states: readonly (readonly BranchState[])[]) {
    this.#groups = groups;
    this.#states = states;
  }

  /** From `offset` on, `ref` is the innermost branch. */
  enter(offset: number, ref: BranchRef | undefined): void {
    this.#starts.push(offset);
    this.#refs.push(ref);
  }

  table(): BranchTable {
    const stateOf = (ref: BranchRef): BranchState => this.#states[ref.group]?.[ref.branch] ?? 'unknown';
    return {
      stateOf,
      liveAt: (offset) => {
        const ref = this.#refAt(offset);
        return ref === undefined || stateOf(ref) !== 'dropped';
      },
      branchPathAt: (offset) => {
        const path: BranchRef[] = [];
        for (let ref = this.#refAt(offset); ref !== undefined; ref = this.#groups[ref.group]?.parent) {
          if (stateOf(ref) === 'unknown') path.push(ref);
        }
        return path.toReversed();
      },
    };
  }

  #refAt(offset: number): BranchRef | undefined {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return this.#refs[low];
  }
}

/** True when several branches of a group may be compiled. */
export function isUndecided(directives: Directives, table: BranchTable, group: number): boolean {
  const branches = directives.conditionals[group]?.branches ?? [];
  return branches.some((_, branch) => table.stateOf({ group, branch }) === 'unknown');
}
