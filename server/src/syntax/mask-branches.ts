import type { TextRange } from '../text/range.ts';
import { assumptionOf, type BranchTable, isUndecided } from './conditionals.ts';
import type { Directives } from './directives.ts';
import {
  BRACE,
  BRACKET,
  type Canvas,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLON,
  COMMA,
  DOT,
  type Live,
  type Role,
  PAREN,
  SEMICOLON,
  liveTokens,
  punctuation,
  roleOfBrace,
  tokenText,
} from './mask-tokens.ts';
import { mergeRanges } from './mask-tokens.ts';

/** The brackets open at a point, innermost first, as a list that branches can share. */
interface Open {
  readonly role: Role;
  readonly parent: Open | undefined;
  readonly depth: number;
}

/** Where the walk stands. */
interface State {
  open: Open | undefined;
  /** Last token that is kept, -1 at the start. */
  last: number;
  /** Role of the brace that the last token closed, if it is one. */
  closed: Role | undefined;
}

interface SeenBranch {
  readonly firstToken: number;
  endToken: number;
  /** Fewest brackets that were open anywhere in the branch. */
  minDepth: number;
  readonly end: State;
  /** The first token that was kept in it, -1 for none. */
  firstKept: number;
}

interface Frame {
  readonly group: number;
  readonly start: State;
  readonly branches: SeenBranch[];
}

export interface SettledTokens {
  readonly tokens: Live;
  readonly assumed: TextRange[];
}

/**
 * Decides what of undecided `#if` groups is parsed. Branches that are whole statements, declarations or
 * designated items all stay, and become neighbours. Otherwise one branch stays and is reported as assumed.
 * Inner groups are settled before outer ones, in one walk over the tokens.
 */
export function settleBranches(
  tokens: Live,
  directives: Directives,
  table: BranchTable,
  canvas: Canvas,
): SettledTokens {
  const count = tokens.kind.length;
  /** +1 where a run of dropped tokens starts, -1 where it ends. */
  const drops = new Int32Array(count + 1);
  const assumed: TextRange[] = [];
  const frames: Frame[] = [];
  /** Names for which a group was cut down to one branch: the next group about the name goes the same way. */
  const choices = new Map<string, boolean>();
  let state: State = { open: undefined, last: -1, closed: undefined };
  let dropped = 0;

  const lowest = (depth: number): void => {
    const branch = frames.at(-1)?.branches.at(-1);
    if (branch !== undefined && depth < branch.minDepth) branch.minDepth = depth;
  };

  const endBranch = (frame: Frame, at: number): void => {
    const branch = frame.branches.at(-1);
    if (branch === undefined) return;
    branch.endToken = at;
    Object.assign(branch.end, state);
  };

  const beginBranch = (frame: Frame, at: number): void => {
    state = { ...frame.start };
    const depth = state.open?.depth ?? 0;
    frame.branches.push({ firstToken: at, endToken: at, minDepth: depth, end: { ...state }, firstKept: -1 });
  };

  const settle = (frame: Frame, at: number): void => {
    const group = directives.conditionals[frame.group];
    const seen = frame.branches;
    const undecided = seen.filter((_, i) => table.stateOf({ group: frame.group, branch: i }) === 'unknown');
    const outer = frames.at(-1)?.branches.at(-1);
    if (undecided.every((branch) => branch.firstKept < 0)) {
      state = { ...frame.start };
      return;
    }
    if (keepsAll(tokens, frame.start, undecided, at)) {
      const last = undecided.findLast((branch) => branch.firstKept >= 0);
      state = { ...frame.start, last: last?.end.last ?? frame.start.last, closed: last?.end.closed };
      const first = undecided.find((branch) => branch.firstKept >= 0)?.firstKept ?? -1;
      if (outer !== undefined && outer.firstKept < 0) outer.firstKept = first;
      return;
    }
    const kept = chooseBranch(directives, frame, table, choices);
    seen.forEach((branch, i) => {
      if (i === kept || table.stateOf({ group: frame.group, branch: i }) !== 'unknown') return;
      const body = group?.branches[i]?.body;
      if (body !== undefined) canvas.blank(body.start, body.end);
      drops[branch.firstToken] = (drops[branch.firstToken] ?? 0) + 1;
      drops[branch.endToken] = (drops[branch.endToken] ?? 0) - 1;
    });
    const branch = kept < 0 ? undefined : seen[kept];
    const body = group?.branches[kept]?.body;
    if (branch === undefined || body === undefined) {
      state = { ...frame.start };
      return;
    }
    assumed.push(body);
    state = { ...branch.end };
    if (outer === undefined) return;
    lowest(branch.minDepth);
    if (outer.firstKept < 0) outer.firstKept = branch.firstKept;
  };

  const lines = directives.lines;
  let nextLine = 0;
  const passDirectives = (offset: number, at: number): void => {
    for (; nextLine < lines.length; nextLine++) {
      const line = lines[nextLine];
      if (line === undefined || line.range.start >= offset) return;
      if (line.what !== 'branch' && line.what !== 'endif') continue;
      const parent = directives.conditionals[line.index]?.parent;
      // Groups in dropped text have no tokens, and decided groups need no frame.
      if (parent !== undefined && table.stateOf(parent) === 'dropped') continue;
      if (!isUndecided(directives, table, line.index)) continue;
      if (line.what === 'branch') {
        let frame = frames.at(-1);
        if (line.branch === 0) {
          frame = { group: line.index, start: { ...state }, branches: [] };
          frames.push(frame);
        } else if (frame !== undefined) endBranch(frame, at);
        if (frame !== undefined) beginBranch(frame, at);
      } else {
        const frame = frames.pop();
        if (frame === undefined) continue;
        endBranch(frame, at);
        settle(frame, at);
      }
    }
  };

  for (let i = 0; i < count; i++) {
    passDirectives(tokens.start[i] ?? 0, i);
    const branch = frames.at(-1)?.branches.at(-1);
    if (branch !== undefined && branch.firstKept < 0) branch.firstKept = i;
    const code = punctuation(tokens, i);
    let closed: Role | undefined;
    const open: Open | undefined = state.open;
    if (code === PAREN || code === BRACKET || code === BRACE) {
      const role = code === BRACE ? roleOfBrace(tokens, state.last, state.open?.role) : 'paren';
      state.open = { role, parent: open, depth: (open?.depth ?? 0) + 1 };
    } else if (code === CLOSE_PAREN || code === CLOSE_BRACKET) {
      if (open?.role === 'paren') state.open = open.parent;
      else lowest((open?.depth ?? 0) - 1);
    } else if (code === CLOSE_BRACE) {
      let brace: Open | undefined = open;
      while (brace?.role === 'paren') brace = brace.parent;
      closed = brace?.role;
      state.open = brace?.parent;
      if (brace === undefined) lowest(-1);
    }
    lowest(state.open?.depth ?? 0);
    state.last = i;
    state.closed = closed;
  }
  passDirectives(tokens.text.length + 1, count);
  for (let frame = frames.pop(); frame !== undefined; frame = frames.pop()) {
    endBranch(frame, count);
    settle(frame, count);
  }

  const gone = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    dropped += drops[i] ?? 0;
    if (dropped > 0) gone[i] = 1;
  }
  return { tokens: liveTokens(tokens, gone), assumed: mergeRanges(assumed, tokens.text.length) };
}

/** True when the branches can stand one behind the other. */
function keepsAll(tokens: Live, start: State, branches: readonly SeenBranch[], next: number): boolean {
  const depth = start.open?.depth ?? 0;
  const role = start.open?.role;
  const filled = branches.filter((branch) => branch.firstKept >= 0);
  if (role === 'paren') return false;
  if (!isBorder(tokens, start.last, start.closed, role, true)) return false;
  return filled.every((branch) => {
    if (branch.minDepth < depth || branch.end.open !== start.open) return false;
    const first = punctuation(tokens, branch.firstKept);
    if (role === 'initializer') {
      // Of positional items, only one branch may stay: all others would shift the rest.
      if (first !== DOT && first !== BRACKET) return false;
      return (
        punctuation(tokens, branch.end.last) === COMMA || (filled.length === 1 && isClosing(tokens, next))
      );
    }
    if (role === 'enum') return punctuation(tokens, branch.end.last) === COMMA || filled.length === 1;
    if (filled.length > 1 && tokenText(tokens, branch.firstKept) === 'else') return false;
    return isBorder(tokens, branch.end.last, branch.end.closed, role, false);
  });
}

function isClosing(tokens: Live, index: number): boolean {
  return punctuation(tokens, index) === CLOSE_BRACE;
}

/** True when a statement, declaration or item may start behind the token. */
function isBorder(
  tokens: Live,
  last: number,
  closed: Role | undefined,
  role: Role | undefined,
  before: boolean,
): boolean {
  if (last < 0) return true;
  const code = punctuation(tokens, last);
  if (code === COMMA) return role === 'initializer' || role === 'enum';
  if (code === BRACE) return before;
  if (code === SEMICOLON || code === COLON) return true;
  return code === CLOSE_BRACE && closed === 'block';
}

/** The one branch to keep, -1 for none: what an earlier group about the same name got, else the first. */
function chooseBranch(
  directives: Directives,
  frame: Frame,
  table: BranchTable,
  choices: Map<string, boolean>,
): number {
  const group = directives.conditionals[frame.group];
  const first = frame.branches.findIndex(
    (_, branch) => table.stateOf({ group: frame.group, branch }) === 'unknown',
  );
  const assumption = assumptionOf(group, 0);
  if (group === undefined || assumption === undefined || first !== 0) return first;
  const choice = choices.get(assumption.name);
  if (choice === undefined) {
    choices.set(assumption.name, assumption.defined);
    return first;
  }
  if (choice === assumption.defined) return first;
  return frame.branches.length > 1 ? 1 : -1;
}
