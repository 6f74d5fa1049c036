import type { FileEdit, RuleContext } from '../../rules/rule.ts';
import { contains, type TextRange } from '../../text/range.ts';
import { type Finding, staysInAuthoredText } from '../diagnostics.ts';

/** An edit with a stretch that the author should write over. */
export interface ActionEdit extends FileEdit {
  /** In `newText`. */
  readonly placeholder?: TextRange;
}

/** Kinds as editors group them. */
export type ActionKind = 'quickfix' | 'refactor.rewrite';

/** Something that an editor offers to do at a place. */
export interface Action {
  readonly title: string;
  readonly kind: ActionKind;
  /** The finding that it is for. */
  readonly finding?: Finding;
  /** The one to take when nobody chooses. */
  readonly isPreferred?: boolean;
  readonly todo:
    | { readonly kind: 'edit'; readonly edits: readonly ActionEdit[] }
    /** All safe fixes of a rule in the file; the edits are made when somebody takes it. */
    | { readonly kind: 'fixAll'; readonly rule: string }
    | { readonly kind: 'page'; readonly url: string };
}

/** What actions are made from: the model, and the text as it is now. */
export interface ActionContext extends RuleContext {
  readonly span: TextRange;
}

/** An action with edits; none when they would touch text that is not the author's. */
export function editing(
  { facts, driver }: RuleContext,
  action: Omit<Action, 'todo'>,
  edits: readonly ActionEdit[],
): Action[] {
  return staysInAuthoredText({ edits }, facts, driver) ? [{ ...action, todo: { kind: 'edit', edits } }] : [];
}

/** True when the selection, or the cursor, lies in a range or at its end. */
export const isAt = (range: TextRange, span: TextRange): boolean => contains(range, span);
