import { spelled } from '../driver/lifecycle/functions.ts';
import type { StoryStep } from '../driver/lifecycle/memory.ts';
import { defineRule, type RelatedPlace, type RuleContext } from './rule.ts';
import { observed, relatedAt } from './support/lifecycle.ts';

/** Jumps that a finding lists. */
const LISTED = 3;

export default defineRule({
  id: 'undo-without-setup',
  severity: 'information',
  stage: 'stable',
  summary: 'A cleanup undoes what was never set up on the way to it.',
  why: 'One cleanup for every failure is short, but it also runs when an early step failed. Undoing what was never set up hands garbage or null to Windows, which may crash, above all under Driver Verifier.',
  silent:
    'A test of the handle or of a flag guards the undo, the object is set up nowhere in the driver, or code out of sight may have set it up.',
  pages: ['kernel/driverentry-return-values'],
  *check(context) {
    const seen = new Set<string>();
    const isNew = (at: number, what: string) => {
      const key = `${at} ${what}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    };
    for (const { one, range } of observed(context, 'released-unready', ({ at }) => at)) {
      const name = spelled(one.key);
      if (!isNew(range.start, name)) continue;
      yield {
        at: range,
        message: `cleanup frees '${name}' on a path where it was never initialized`,
        help: 'guard it with a test, or jump to a label behind it',
        related: jumps(context, one.story),
      };
    }
    for (const { one, range } of observed(context, 'undone-unregistered', ({ at }) => at)) {
      if (!isNew(range.start, one.call)) continue;
      const what = one.held ? `although '${one.held.call}' failed` : 'on a path where nothing was registered';
      yield {
        at: range,
        message: `'${one.call}' is called ${what}`,
        help: 'guard it with a test of the handle, or jump to a label behind it',
        related: [
          ...(one.held ? [relatedAt(context, one.held.at, `'${one.held.call}' fails here`)] : []),
          ...jumps(context, one.story),
        ],
      };
    }
  },
});

/** The jumps that lead to the cleanup. */
const jumps = (context: RuleContext, story: readonly StoryStep[]): RelatedPlace[] =>
  story
    .filter(({ kind }) => kind === 'jump')
    .slice(-LISTED)
    .map(({ at, what }) => relatedAt(context, at, `this '${what}' leads to the cleanup`));
