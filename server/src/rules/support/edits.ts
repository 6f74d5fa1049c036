import type { SlotWrite, TableFact } from '../../driver/facts.ts';
import { isWithin } from '../../driver/table-state.ts';
import type { TextEdit } from '../../text/edit.ts';
import { indentationAt, lineBreak, linesAfter } from '../../text/layout.ts';
import type { RuleContext } from '../rule.ts';
import type { TextRange } from '../../text/range.ts';
import { bareOwnerEnd, braceAround, closing, codeOnly, insertBefore } from './blocks.ts';

/** A member and the text to store in it. */
export interface Assignment {
  readonly slot: string;
  readonly value: string;
}

/**
 * Sets members of a table in the style of the code that fills it: behind the last unconditional assignment,
 * as designated items where the author uses those, else before the call. No edit when the table is filled
 * where nothing may be inserted.
 */
export function setMembers(
  context: RuleContext,
  table: TableFact,
  assignments: readonly Assignment[],
): TextEdit[] {
  const { text } = context;
  const near = sibling(table, assignments[0]?.slot ?? '');
  if (near?.form === 'designated') {
    return designatedAfter(text, near, assignments);
  }
  const statements = (accessor: string) =>
    assignments.map(({ slot, value }) => `${accessor}${slot} = ${value};`);
  if (near?.form === 'assignment') {
    // A call that got the member's address says nothing of how the table is reached; the table itself does.
    return [
      linesAfter(text, near.statement, statements(isPlain(near.accessor) ? near.accessor : table.accessor)),
    ];
  }
  const zeroing = table.zeroed?.how === 'call' ? table.zeroed.range : undefined;
  const call = table.atCall;
  // Behind a condition without braces there is room for one statement.
  const isAlone = zeroing !== undefined && bareOwnerEnd(codeOnly(text), zeroing.start) !== undefined;
  if (zeroing && call && !isAlone && zeroing.end < call.range.start && text[zeroing.end - 1] === ';') {
    return [linesAfter(text, zeroing, statements(table.accessor))];
  }
  if (call) return insertBefore(text, call.statement, statements(table.accessor));
  return [];
}

/** Not two names side by side, which a text has while it is written; nothing can be added to those. */
const isPlain = (accessor: string): boolean => accessor !== '' && !/\w\s+\w/.test(accessor);

/** The write behind which a new member fits: of the same nested member if there is one, else the last. */
function sibling(table: TableFact, slot: string): SlotWrite | undefined {
  const { branch = [], statement } = table.atCall ?? {};
  const plain = table.writes.filter(
    (write) =>
      isWithin(write.branch, branch) &&
      // Not in the call's own statement: `chars.X = f, status = Register(&chars)`.
      write.statement.start !== statement?.start &&
      write.form !== 'positional' &&
      write.form !== 'copied' &&
      (!write.inHelper || write.accessor !== ''),
  );
  const outer = slot.includes('.') ? slot.slice(0, slot.lastIndexOf('.') + 1) : undefined;
  const same = outer === undefined ? undefined : plain.findLast((write) => write.slot.startsWith(outer));
  if (same) return same;
  // A header or version field goes before the handlers, where authors look for it.
  return outer === undefined ? plain.at(-1) : undefined;
}

/** An item of an initialiser, and what its list stands for: `Header.` inside of `.Header = { .Type = X }`. */
interface Item extends TextRange {
  readonly list: string;
}

/** Adds items behind another one; behind the list that it stands in, when they are no part of what that is for. */
function designatedAfter(text: string, near: SlotWrite, assignments: readonly Assignment[]): TextEdit[] {
  const code = codeOnly(text);
  const written = /^(?:\s*\.\s*\w+)*/.exec(code.slice(near.statement.start, near.statement.end))?.[0] ?? '';
  let item: Item | undefined = { ...near.statement, list: without(near.slot, written) };
  while (item && !assignments.every(({ slot }) => slot.startsWith(item?.list ?? '')))
    item = around(code, item);
  if (!item) return [];
  const { list, start, end } = item;
  const indent = indentationAt(text, start);
  const eol = lineBreak(text);
  const items = assignments.map(({ slot, value }) => `.${slot.slice(list.length)} = ${value}`);
  const comma = /^\s*,/.exec(text.slice(end, end + 200));
  const at = end + (comma?.[0].length ?? 0);
  const lines = items.map((one) => eol + indent + one).join(',');
  return [{ range: { start: at, end: at }, newText: comma ? `${lines},` : `,${lines}` }];
}

/** The item whose list another item stands in; undefined when it has no designator. */
function around(code: string, { start, list }: Item): Item | undefined {
  const open = braceAround(code, start);
  if (open === undefined) return undefined;
  const assigned = code.slice(0, open).trimEnd();
  if (!assigned.endsWith('=')) return undefined;
  const end = assigned.slice(0, -1).trimEnd().length;
  let from = end;
  while (from > 0 && /[\w.]/.test(code[from - 1] ?? '')) from--;
  const designator = code.slice(from, end);
  if (!designator.startsWith('.')) return undefined;
  return { start: from, end: closing(code, open) + 1, list: without(list.slice(0, -1), designator) };
}

/** `Header.` of `Header.Type` written as `.Type`. */
function without(slot: string, written: string): string {
  const parts = slot.split('.');
  const outer = parts.slice(0, Math.max(0, parts.length - written.split('.').length + 1));
  return outer.map((part) => `${part}.`).join('');
}

/** Prefix of the handler names in a table: `MP` when `PauseHandler` holds `MPPause`. */
export function handlerPrefix(context: RuleContext, table: TableFact | undefined): string {
  const { catalog, facts } = context;
  const counts = new Map<string, number>();
  const vote = (name: string, stem: string) => {
    const lower = name.toLowerCase();
    const at = lower.lastIndexOf(stem.toLowerCase());
    if (at <= 0) return;
    const prefix = name.slice(0, at);
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  };
  const structure = table && catalog.structures.get(table.structure);
  for (const write of table?.writes ?? []) {
    const role = structure?.members.find((member) => member.name === write.slot)?.role;
    const stem = role && catalog.roles.get(role)?.stem;
    if (stem && write.value.kind === 'name') vote(write.value.name, stem);
  }
  if (counts.size === 0) {
    for (const [name, declarations] of facts.functions) {
      for (const item of declarations) {
        const stem = item.role && catalog.roles.get(item.role)?.stem;
        if (stem) vote(name, stem);
      }
    }
  }
  const [best] = [...counts].toSorted((a, b) => b[1] - a[1] || a[0].length - b[0].length);
  return best?.[0] ?? 'My';
}
