import type { TextRange } from '../text/range.ts';
import { textBefore } from '../text/ends.ts';

/**
 * A variable, or something reached from one, as text: `status`, `adapter.Dma` (for `adapter->Dma`, too),
 * `out.*` (for `*out`), `names[2]`. Roots at file scope start with `::`, those with internal linkage with the
 * file's short name before it; results of calls and of `?:` are `$1`, `$2`, ...; the bit F of x is `x&F`.
 */
export type Key = string;

export type Expr =
  | { readonly kind: 'number'; readonly value: number }
  /** A constant, function or macro whose value is not known here. */
  | { readonly kind: 'name'; readonly name: string }
  /** The value that a place holds. */
  | { readonly kind: 'place'; readonly key: Key }
  | { readonly kind: 'address'; readonly key: Key }
  | { readonly kind: 'unknown' };

export type Test =
  /** Not zero. */
  | { readonly kind: 'truth'; readonly of: Expr }
  /** Not negative: what `NT_SUCCESS` asks. `byMacro` when the author used such a macro. */
  | { readonly kind: 'success'; readonly of: Expr; readonly byMacro: boolean }
  | { readonly kind: 'equal'; readonly left: Expr; readonly right: Expr }
  /** An `#if` that the build may decide either way; equal texts are decided alike. */
  | { readonly kind: 'build'; readonly condition: string }
  | { readonly kind: 'unknown' };

export interface Argument {
  readonly value: Expr;
  readonly range: TextRange;
}

/** Ranges are relative to the function's first character, so that a moved function stays the same. */
export type Op =
  | {
      readonly kind: 'assign';
      readonly to: Key;
      readonly value: Expr;
      readonly target: TextRange;
      readonly range: TextRange;
      readonly statement: TextRange;
      readonly declares: boolean;
    }
  /** Something else happens to the place: `x++`, `x += n`. */
  | { readonly kind: 'change'; readonly of: Key }
  | { readonly kind: 'bits'; readonly of: Key; readonly bits: readonly string[]; readonly set: boolean }
  | {
      readonly kind: 'call';
      readonly result: Key;
      /** Undefined for a call through a pointer. */
      readonly callee: string | undefined;
      readonly arguments: readonly Argument[];
      readonly range: TextRange;
      readonly nameRange: TextRange;
      readonly statement: TextRange;
      /** Nobody looks at the result; `discarded` when the author says so with a cast to void. */
      readonly use: 'ignored' | 'discarded' | 'used';
      /** From the expansion of a macro: the ranges are those of its use. */
      readonly inMacro: boolean;
    }
  /** Leaves the straight way: for the story of a path, it changes nothing. */
  | {
      readonly kind: 'jump';
      readonly how: 'return' | 'goto' | 'break' | 'continue' | 'leave';
      readonly range: TextRange;
    }
  /** An exception handler starts: what happened before it is not known. */
  | { readonly kind: 'caught' };

export type CallOp = Extract<Op, { kind: 'call' }>;
export type AssignOp = Extract<Op, { kind: 'assign' }>;

export type Next =
  | { readonly kind: 'goto'; readonly to: number }
  | {
      readonly kind: 'branch';
      readonly test: Test;
      /** Block to go on in when the test holds, and when it does not. */
      readonly yes: number;
      readonly no: number;
      readonly range: TextRange;
      /** The author wrote the opposite of the test: `!=`, `<`. */
      readonly isInverted: boolean;
    }
  | {
      readonly kind: 'switch';
      readonly on: Expr;
      readonly cases: readonly { readonly values: readonly Expr[]; readonly to: number }[];
      readonly otherwise: number;
      readonly range: TextRange;
    }
  | { readonly kind: 'return'; readonly value: Expr | undefined; readonly range: TextRange };

export interface Block {
  readonly ops: readonly Op[];
  readonly next: Next;
}

/** One function as plain data. Block 0 is the entry. */
export interface FunctionGraph {
  readonly blocks: readonly Block[];
  readonly parameters: readonly string[];
  /** Functions called by name, macros expanded. */
  readonly calls: ReadonlySet<string>;
  /** Names used as values: functions handed on as callbacks are among them. */
  readonly names: ReadonlySet<string>;
  /** Places at file scope that it touches: root and first member. */
  readonly globals: ReadonlySet<Key>;
  /** False when the source has syntax errors or shapes that are not understood: nothing is sure then. */
  readonly isComplete: boolean;
}

interface KeyParts {
  readonly root: string;
  readonly path: string;
  readonly tail: string;
}

/** Keys are taken apart all the time, and there are few of them. */
const partsOf = new Map<Key, KeyParts>();
const PARTS_LIMIT = 50_000;

function parts(key: Key): KeyParts {
  const known = partsOf.get(key);
  if (known) return known;
  const end = memberStart(key);
  const root = end < 0 ? key : key.slice(0, end);
  const path = end < 0 ? '' : key.slice(end);
  const members = textBefore(path, '&')
    .split(/[.[]/)
    .filter((part) => part !== '' && part !== '*' && !part.endsWith(']'));
  const made = { root, path, tail: members.at(-1) ?? nameOf(root) };
  if (partsOf.size >= PARTS_LIMIT) partsOf.clear();
  partsOf.set(key, made);
  return made;
}

/** What a test looks at. */
export function operandsOf(test: Test): readonly Expr[] {
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

/** The variable that a place is reached from. */
export const rootOf = (key: Key): string => parts(key).root;

/** Everything behind the root: `.Dma`, `.*`, `[2].x`; empty for a variable itself. */
export const pathOf = (key: Key): string => parts(key).path;

/** The last member's name, or the variable's own: `Dma` of `adapter.Dma&F`, `Handle` of `::Handle`. */
export const tailOf = (key: Key): string => parts(key).tail;

/** A short name for a long one, such as a file's address: keys are compared and joined all the time. */
export function shortName(text: string): string {
  // FNV-1a over 53 bits: two files of one driver never meet.
  let low = 0x81_1c_9d_c5;
  let high = 0x1_00_01_93;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    low = Math.imul(low ^ c, 0x1_00_01_93);
    high = Math.imul(high ^ (c + i), 0x85_eb_ca_6b);
  }
  return (low >>> 0).toString(36) + (high >>> 0).toString(36);
}

/** A root as the author wrote it. */
export const nameOf = (root: string): string => root.slice(root.lastIndexOf(':') + 1);

export const isGlobal = (key: Key): boolean => rootOf(key).includes('::');

/** True when `key` is `outer` itself or lies in it. */
export const isPartOf = (key: Key, outer: Key): boolean =>
  key.startsWith(outer) && (key.length === outer.length || /[.[&~]/.test(key[outer.length] ?? ''));

/** File addresses hold dots, too: members start behind the `::` of a root. */
function memberStart(key: Key): number {
  const scope = key.indexOf('::');
  for (let i = scope < 0 ? 0 : scope + 2; i < key.length; i++) {
    const c = key[i];
    if (c === '.' || c === '[' || c === '&' || c === '~') return i;
  }
  return -1;
}

/** Blocks that control may go to. */
export function targetsOf(next: Next): number[] {
  switch (next.kind) {
    case 'goto':
      return [next.to];
    case 'branch':
      return [next.yes, next.no];
    case 'switch':
      return [...next.cases.map(({ to }) => to), next.otherwise];
    case 'return':
      return [];
  }
}
