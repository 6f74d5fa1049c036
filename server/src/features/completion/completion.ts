import { argumentItems } from './arguments.ts';
import { declarationItems } from './declarations.ts';
import { designatedValueItems, designatorItems } from './designators.ts';
import type { Completion } from './item.ts';
import { memberItems, statementItems } from './members.ts';
import type { Scene } from './scene.ts';
import { startsStatement } from './statement.ts';
import { statusItems } from './statuses.ts';
import { assignmentBefore, valueItems } from './values.ts';

/** Characters behind which there may be something to choose, besides those of a word. */
export const TRIGGERS: readonly string[] = ['.', '>', ' ', '(', '|'];

/**
 * What fits at the cursor and what no tool for C alone can know, the best first. Empty nearly everywhere: what is not
 * about registrations is left to others.
 */
export function completionsAt(scene: Scene): readonly Completion[] {
  const { cursor, trigger } = scene;
  const chain = cursor.chainBefore(cursor.at);
  if (chain) return chain.isDesignator ? designatorItems(scene, chain) : memberItems(scene, chain);
  if (trigger === '.' || trigger === '>') return [];
  const assignment = assignmentBefore(cursor);
  if (assignment) {
    return assignment.chain?.isDesignator
      ? designatedValueItems(scene, assignment.target, assignment.flags)
      : valueItems(scene, assignment);
  }
  const statuses = statusItems(scene);
  if (statuses) return statuses;
  const values = argumentItems(scene);
  if (values) return values;
  // A blank or a parenthesis alone asks for no statement.
  if (trigger !== undefined) return [];
  if (startsStatement(cursor, cursor.at)) return statementItems(scene);
  return declarationItems(scene);
}
