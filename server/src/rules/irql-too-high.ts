import type { Level } from '../catalog/entry.ts';
import type { CallFact } from '../driver/facts.ts';
import { sameBranch } from '../driver/table-state.ts';
import { defineRule, type RuleContext } from './rule.ts';

const ORDER: readonly Level[] = ['PASSIVE_LEVEL', 'APC_LEVEL', 'DISPATCH_LEVEL', 'DIRQL', 'HIGH_LEVEL'];
const RAISED: Level = 'DISPATCH_LEVEL';

export default defineRule({
  id: 'irql-too-high',
  severity: 'warning',
  stage: 'stable',
  summary: 'A registration call runs at an IRQL at which it may not be called.',
  why: 'Registration calls allocate pageable memory and take mutexes. Above their IRQL they end in a bug check such as `IRQL_NOT_LESS_OR_EQUAL`, or in a deadlock.',
  silent: 'The function is only annotated with a maximum, or the lock is released on some way to the call.',
  pages: ['devtest/ndis-irql-miniport-driver-function'],
  *check(context) {
    const { facts, catalog } = context;
    for (const call of facts.calls) {
      const entry = catalog.calls.get(call.name);
      if (!entry) continue;
      const limit = ORDER.indexOf(entry.irql.max);
      const annotation = annotatedLevel(context, call);
      if (annotation && ORDER.indexOf(annotation.level) > limit) {
        yield {
          at: call.nameRange,
          message: `'${call.name}' needs ${entry.irql.max}; '${call.inFunction}' is annotated ${annotation.text}`,
          page: entry.page,
        };
        continue;
      }
      const raise = raisedBefore(context, call);
      if (raise && ORDER.indexOf(RAISED) > limit) {
        yield {
          at: call.nameRange,
          message: `'${call.name}' needs ${entry.irql.max}; '${raise.name}' has raised the irql`,
          related: [{ range: raise.nameRange, message: 'raised here and not lowered before the call' }],
          page: entry.page,
        };
      }
    }
  },
});

/** The level that the enclosing function certainly runs at. */
function annotatedLevel({ facts }: RuleContext, call: CallFact): { level: Level; text: string } | undefined {
  for (const item of facts.functions.get(call.inFunction) ?? []) {
    for (const text of item.annotations) {
      const match = /^_IRQL_requires_(?:min_)?\s*\(\s*(\w+)\s*\)/.exec(text);
      const level = ORDER.find((name) => name === match?.[1]);
      if (level) return { level, text };
    }
  }
  return undefined;
}

/** A raising call in the same block that nothing lowers before the call. */
function raisedBefore({ facts, catalog }: RuleContext, call: CallFact): CallFact | undefined {
  const before = facts.calls.filter(
    (other) => other.inFunction === call.inFunction && other.range.end <= call.range.start,
  );
  return before.findLast((raise) => {
    const pairs = catalog.idioms.raising.filter((item) => item.raise === raise.name);
    if (pairs.length === 0 || !sameBranch(raise.branch, call.branch)) return false;
    return !before.some(
      (other) => other.range.start > raise.range.start && pairs.some((pair) => pair.lower === other.name),
    );
  });
}
