import type { FileEdit } from '../../rules/rule.ts';
import type { TextRange } from '../../text/range.ts';

/** What an item stands for, as editors draw it. */
export type CompletionKind = 'member' | 'function' | 'constant' | 'status' | 'declaration' | 'variable';

/** What the documentation of an item is about; plain data, so that it can travel to a client and back. */
export type Subject =
  | { readonly kind: 'member'; readonly structure: string; readonly member: string }
  /** Anything that has a page of its own, the driver's handlers included. */
  | { readonly kind: 'name'; readonly name: string };

/** One thing to insert. Lists of them are sorted: the best comes first. */
export interface Completion {
  /** Our own words for it, `PauseHandler = …`, so that it is not taken for a mere name. */
  readonly label: string;
  /** What it is, on one line. */
  readonly detail: string;
  /** The same in a word or two, to stand beside the label. */
  readonly note?: string;
  readonly kind: CompletionKind;
  /** What it replaces: the whole word at the cursor. */
  readonly range: TextRange;
  /** What is matched with what the author types. */
  readonly filter: string;
  /** Text up to where the cursor goes. */
  readonly before: string;
  /** Text behind the cursor. */
  readonly after: string;
  /** There is more to choose at the new place of the cursor. */
  readonly continues?: boolean;
  /** The one to take when nothing was typed. */
  readonly isBest?: boolean;
  /** Edits elsewhere, such as the declaration of a new function. */
  readonly edits?: readonly FileEdit[];
  readonly subject?: Subject;
}
