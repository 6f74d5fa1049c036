import { type FunctionGraph, targetsOf } from './graph.ts';

/**
 * For each block that decides something, the blocks that run or not depending on it: those on the ways from its arms to
 * the point where all ways meet again. Blocks that decide nothing have none.
 */
export function decidedBlocks(graph: FunctionGraph): ReadonlyMap<number, ReadonlySet<number>> {
  const meets = meetingPoints(graph);
  const found = new Map<number, ReadonlySet<number>>();
  graph.blocks.forEach(({ next }, index) => {
    if (next.kind !== 'branch' && next.kind !== 'switch') return;
    const end = meets[index];
    const region = new Set<number>();
    const todo = targetsOf(next);
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      if (at === end || region.has(at)) continue;
      region.add(at);
      const block = graph.blocks[at];
      if (block) todo.push(...targetsOf(block.next));
    }
    found.set(index, region);
  });
  return found;
}

/** Nearest block that every way from a block to the function's end passes; undefined when it is the end itself. */
function meetingPoints(graph: FunctionGraph): (number | undefined)[] {
  const count = graph.blocks.length;
  const end = count; // one exit for all returns
  const after = graph.blocks.map(({ next }) => {
    const targets = targetsOf(next);
    return targets.length === 0 ? [end] : targets;
  });
  // Order in which a block comes behind everything it leads to, as far as loops allow.
  const order: number[] = [];
  const state = new Uint8Array(count);
  const stack: { at: number; next: number }[] = [{ at: 0, next: 0 }];
  state[0] = 1;
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const to = after[top.at]?.[top.next++];
    if (to === undefined) {
      order.push(top.at);
      stack.pop();
    } else if (to !== end && state[to] === 0) {
      state[to] = 1;
      stack.push({ at: to, next: 0 });
    }
  }
  const rank = new Map(order.map((block, index) => [block, index + 1]));
  rank.set(end, 0);
  const meet: (number | undefined)[] = Array.from({ length: count + 1 }, () => undefined);
  meet[end] = end;
  const common = (a: number, b: number): number => {
    let [x, y] = [a, b];
    while (x !== y) {
      if ((rank.get(x) ?? 0) > (rank.get(y) ?? 0)) x = meet[x] ?? end;
      else y = meet[y] ?? end;
    }
    return x;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const block of order) {
      let found: number | undefined;
      for (const to of after[block] ?? []) {
        if (to !== end && meet[to] === undefined) continue;
        found = found === undefined ? to : common(found, to);
      }
      if (found !== undefined && meet[block] !== found) {
        meet[block] = found;
        changed = true;
      }
    }
  }
  return meet.slice(0, count).map((block) => (block === end ? undefined : block));
}

/** Blocks that a way may come back to: the heads of loops, those made with `goto` included. */
export function loopHeads(graph: FunctionGraph): ReadonlySet<number> {
  const heads = new Set<number>();
  const state = new Uint8Array(graph.blocks.length);
  const stack: { readonly at: number; next: number }[] = [{ at: 0, next: 0 }];
  state[0] = 1;
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const block = graph.blocks[top.at];
    const to = block ? targetsOf(block.next)[top.next++] : undefined;
    if (to === undefined) {
      state[top.at] = 2;
      stack.pop();
    } else if (state[to] === 1) heads.add(to);
    else if (state[to] === 0) {
      state[to] = 1;
      stack.push({ at: to, next: 0 });
    }
  }
  return heads;
}
