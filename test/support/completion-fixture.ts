import type { Completion } from '../../server/src/index.ts';
import { applyEdits } from '../../server/src/index.ts';

/**
 * A completion fixture is a C file in which every line with a cursor, `$0`, is a case of its own: the line is there, half
 * written as it stands, while its case is looked at, and the other such lines are not. A case of several lines stands
 * between `//{` and `//}`. Below a case stand its expectations:
 *
 *     chars.$0
 *     //? PauseHandler = … | required · MINIPORT_PAUSE    the first item, and a part of its detail
 *     //? RestartHandler = …                              the next one
 *     //! HaltHandlerEx = …                               not in the list
 *     //= chars.PauseHandler = |;                         the line once the first item is taken, with the cursor
 *     //+ MINIPORT_PAUSE MPPause;                         a line that the file has then, and had not before
 *     //only                                              there are no items but those above
 *     //none                                              there are no items
 */
export interface CompletionCase {
  /** Line in the file and text around the cursor, for the test's name. */
  readonly label: string;
  /** The file with this case's lines, and where the cursor stands in it. */
  readonly text: string;
  readonly offset: number;
  readonly first: readonly { readonly label: string; readonly detail: string }[];
  readonly absent: readonly string[];
  readonly taken: string | undefined;
  readonly added: readonly string[];
  readonly only: boolean;
  readonly none: boolean;
}

interface Draft {
  readonly number: number;
  readonly source: string[];
  readonly first: { label: string; detail: string }[];
  readonly absent: string[];
  taken: string | undefined;
  readonly added: string[];
  only: boolean;
  none: boolean;
}

const MARK = /^\s*\/\/(?:([?!=+]) (.*)|(none|only|[{}]))$/;

/** Parses a fixture. Throws when an expectation belongs to no case, or a case has no cursor. */
export function parseCompletionFixture(source: string): CompletionCase[] {
  /** Plain lines, and cases in their places. */
  const parts: (string | Draft)[] = [];
  let current: Draft | undefined;
  let isOpen = false;
  source.split('\n').forEach((line, index) => {
    const mark = MARK.exec(line);
    if (mark?.[3] === '{') {
      current = draft(index + 1);
      parts.push(current);
      isOpen = true;
    } else if (mark?.[3] === '}') isOpen = false;
    else if (mark) {
      if (!current) throw new Error(`line ${index + 1}: an expectation needs a cursor above it`);
      note(current, mark[1] ?? mark[3] ?? '', mark[2] ?? '');
    } else if (isOpen) current?.source.push(line);
    else if (line.includes('$0')) {
      current = draft(index + 1);
      current.source.push(line);
      parts.push(current);
    } else parts.push(line);
  });
  return parts.flatMap((part) => (typeof part === 'string' ? [] : [finish(part, parts)]));
}

const draft = (number: number): Draft => ({
  number,
  source: [],
  first: [],
  absent: [],
  taken: undefined,
  added: [],
  only: false,
  none: false,
});

function note(current: Draft, kind: string, text: string): void {
  const content = text.trim();
  if (kind === 'none') current.none = true;
  else if (kind === 'only') current.only = true;
  else if (kind === '!') current.absent.push(content);
  else if (kind === '=') current.taken = content;
  else if (kind === '+') current.added.push(content);
  else {
    const [label = '', detail = ''] = content.split(' | ');
    current.first.push({ label: label.trim(), detail: detail.trim() });
  }
}

function finish(own: Draft, parts: readonly (string | Draft)[]): CompletionCase {
  const marked = parts
    .flatMap((part) => (typeof part === 'string' ? [part] : part === own ? part.source : []))
    .join('\n');
  const offset = marked.indexOf('$0');
  if (offset < 0) throw new Error(`line ${own.number}: a case without a cursor`);
  const says = own.none || own.first.length > 0 || own.absent.length > 0;
  if (!says) throw new Error(`line ${own.number}: a case that expects nothing`);
  const line = own.source.find((text) => text.includes('$0')) ?? '';
  return {
    ...own,
    label: `line ${own.number}: ${line.trim().replace('$0', '|')}`,
    text: marked.replace('$0', ''),
    offset,
  };
}

/** The text once an item is taken, with `|` where the cursor goes. */
export function take(text: string, { range, before, after, edits = [] }: Completion): string {
  return applyEdits(text, [{ range, newText: `${before}|${after}` }, ...edits]);
}
