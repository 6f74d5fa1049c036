import {
  type Expr,
  type FunctionGraph,
  isGlobal,
  type Key,
  type Next,
  type Op,
  pathOf,
  rootOf,
  targetsOf,
} from './graph.ts';
import type { TextRange } from '../text/range.ts';

/** Stretches of a function that provably never run: behind `if (FALSE)`, or a local flag that is never set. */
export function deadRanges(graph: FunctionGraph): TextRange[] {
  if (!graph.isComplete) return [];
  const constants = constantsOf(graph);
  const reached = new Set([0]);
  const todo = [0];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    const block = graph.blocks[at];
    for (const to of block ? possibleTargets(block.next, constants) : []) {
      if (reached.has(to)) continue;
      reached.add(to);
      todo.push(to);
    }
  }
  const rangesIn = (isReached: boolean): TextRange[] =>
    graph.blocks.flatMap(({ ops }, index) => (reached.has(index) === isReached ? ops.flatMap(rangesOf) : []));
  // The expansion of a macro may lie in several blocks.
  const live = new Set(rangesIn(true).map(textOf));
  return rangesIn(false).filter((range) => !live.has(textOf(range)));
}

const textOf = ({ start, end }: TextRange): string => `${start}-${end}`;

const rangesOf = (op: Op): TextRange[] => (op.kind === 'assign' || op.kind === 'call' ? [op.range] : []);

/** Local variables that hold one number from their only assignment on, with it. */
function constantsOf(graph: FunctionGraph): Map<Key, number> {
  const found = new Map<Key, number | undefined>();
  const spoil = (key: Key) => found.set(rootOf(key), undefined);
  for (const name of graph.parameters) spoil(name);
  for (const { ops } of graph.blocks) {
    for (const op of ops) {
      if (op.kind === 'bits' || op.kind === 'change') spoil(op.of);
      if (op.kind === 'call') {
        spoil(op.result);
        for (const { value } of op.arguments) if (value.kind === 'address') spoil(value.key);
      }
      if (op.kind !== 'assign') continue;
      if (op.value.kind === 'address') spoil(op.value.key);
      const isFirst = !found.has(op.to) && op.declares && pathOf(op.to) === '' && !isGlobal(op.to);
      if (isFirst && op.value.kind === 'number') found.set(op.to, op.value.value);
      else spoil(op.to);
    }
  }
  return new Map([...found].flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

function possibleTargets(next: Next, constants: ReadonlyMap<Key, number>): number[] {
  if (next.kind !== 'branch') return targetsOf(next);
  const { test, yes, no } = next;
  const way =
    test.kind === 'truth'
      ? truth(numberOf(test.of, constants))
      : test.kind === 'equal'
        ? equal(numberOf(test.left, constants), numberOf(test.right, constants))
        : undefined;
  return way === undefined ? [yes, no] : [way ? yes : no];
}

const numberOf = (expr: Expr, constants: ReadonlyMap<Key, number>): number | undefined =>
  expr.kind === 'number' ? expr.value : expr.kind === 'place' ? constants.get(expr.key) : undefined;

const truth = (value: number | undefined): boolean | undefined =>
  value === undefined ? undefined : value !== 0;

const equal = (a: number | undefined, b: number | undefined): boolean | undefined =>
  a === undefined || b === undefined ? undefined : a === b;
