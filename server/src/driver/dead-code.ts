import { deadRanges } from '../flow/dead-code.ts';
import type { FunctionGraph } from '../flow/graph.ts';
import { contains, type TextRange } from '../text/range.ts';
import type { FileFacts } from './facts.ts';

const known = new WeakMap<FunctionGraph, readonly TextRange[]>();

/** True when the code at a place of the file provably never runs. */
export function isDeadCode({ flows }: FileFacts, at: TextRange): boolean {
  for (const { fact, graph } of flows.values()) {
    if (!contains(fact.range, at)) continue;
    const dead = known.get(graph) ?? deadRanges(graph);
    known.set(graph, dead);
    const { start } = fact.range;
    return dead.some((range) => contains({ start: start + range.start, end: start + range.end }, at));
  }
  return false;
}
