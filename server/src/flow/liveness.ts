import {
  type Expr,
  type FunctionGraph,
  type Key,
  type Next,
  type Op,
  pathOf,
  rootOf,
  tailOf,
  targetsOf,
} from './graph.ts';

/**
 * For each block what may still be read when it starts: variables by root, members by their name with a dot in front.
 * What nothing reads again may be forgotten, so that ways which differ only in it become one.
 */
export function liveNames(graph: FunctionGraph): ReadonlySet<string>[] {
  const live = graph.blocks.map(() => new Set<string>());
  const before = new Map<number, number[]>();
  graph.blocks.forEach(({ next }, index) => {
    for (const to of targetsOf(next)) before.set(to, [...(before.get(to) ?? []), index]);
  });
  const todo = graph.blocks.map((_, index) => index);
  for (let index = todo.pop(); index !== undefined; index = todo.pop()) {
    const block = graph.blocks[index];
    const known = live[index];
    if (!block || !known) continue;
    const now = new Set<string>();
    for (const to of targetsOf(block.next)) for (const root of live[to] ?? []) now.add(root);
    readByNext(block.next, now);
    for (let i = block.ops.length - 1; i >= 0; i--) readByOp(block.ops[i] as Op, now);
    if (now.size === known.size && [...now].every((root) => known.has(root))) continue;
    live[index] = now;
    todo.push(...(before.get(index) ?? []));
  }
  return live;
}

function readByOp(op: Op, live: Set<string>): void {
  switch (op.kind) {
    case 'assign':
      if (pathOf(op.to) === '') live.delete(op.to);
      else live.add(rootOf(op.to));
      read(op.value, live);
      return;
    case 'bits':
    case 'change':
      live.add(rootOf(op.of));
      return;
    case 'call':
      live.delete(op.result);
      for (const { value } of op.arguments) read(value, live);
      return;
    case 'jump':
    case 'caught':
      return;
  }
}

function readByNext(next: Next, live: Set<string>): void {
  if (next.kind === 'return' && next.value) read(next.value, live);
  if (next.kind === 'switch') read(next.on, live);
  if (next.kind !== 'branch') return;
  const { test } = next;
  if (test.kind === 'truth' || test.kind === 'success') read(test.of, live);
  if (test.kind === 'equal') {
    read(test.left, live);
    read(test.right, live);
  }
}

function read(expr: Expr, live: Set<string>): void {
  if (expr.kind !== 'place' && expr.kind !== 'address') return;
  live.add(rootOf(expr.key));
  if (pathOf(expr.key) !== '') live.add(memberName(expr.key));
}

/** How a member is listed among live names. */
export const memberName = (key: Key): string => `.${tailOf(key)}`;
