import type { RoleEntry } from '../../catalog/entry.ts';
import type { FunctionFact, SlotWrite, TableFact } from '../../driver/facts.ts';
import { isWithin } from '../../driver/table-state.ts';
import type { TextEdit } from '../../text/edit.ts';
import { indentUnit, indentationAt, lineBreak, linesAfter } from '../../text/layout.ts';
import type { RuleContext } from '../rule.ts';
import { bareOwnerEnd, codeOnly, insertBefore } from './blocks.ts';

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
    return [designatedAfter(text, near, assignments)];
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
  const at = table.atCall?.branch ?? [];
  const plain = table.writes.filter(
    (write) =>
      isWithin(write.branch, at) &&
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

function designatedAfter(text: string, near: SlotWrite, assignments: readonly Assignment[]): TextEdit {
  const indent = indentationAt(text, near.statement.start);
  const eol = lineBreak(text);
  const items = assignments.map(({ slot, value }) => `.${slot} = ${value}`);
  const comma = /^\s*,/.exec(text.slice(near.statement.end, near.statement.end + 200));
  const at = near.statement.end + (comma?.[0].length ?? 0);
  const lines = items.map((item) => eol + indent + item).join(',');
  return { range: { start: at, end: at }, newText: comma ? `${lines},` : `,${lines}` };
}

export interface HandlerEdits {
  /** Name of the function to store. */
  readonly name: string;
  /** Declares and defines it, where neither exists yet. */
  readonly edits: readonly TextEdit[];
  readonly isNew: boolean;
}

/**
 * A function for a role: the driver's own one if it has declared one that nobody uses yet, else a new one with
 * role-typed declaration and stub, named as its siblings are.
 */
export function handlerFor(
  context: RuleContext,
  role: RoleEntry,
  prefix: string,
  stem?: string,
): HandlerEdits {
  const { facts } = context;
  const used = new Set([
    ...facts.tables.flatMap((table) => table.writes.map((write) => write.text.replace(/^[&(\s]+/, ''))),
    ...facts.objectWrites.map((write) => write.text.replace(/^&/, '')),
  ]);
  for (const [name, declarations] of facts.functions) {
    // With a stem the slot is one of many for this role: the name must say which.
    if (stem !== undefined && !name.toLowerCase().endsWith(stem.toLowerCase())) continue;
    if (!used.has(name) && declarations.some((item) => item.kind === 'role' && item.role === role.name)) {
      return { name, edits: missingDefinition(context, role, name, declarations), isNew: false };
    }
  }
  const name = freeName(facts.functions, `${prefix}${stem ?? role.stem}`);
  const existing = facts.functions.get(name);
  if (existing) return { name, edits: [], isNew: false };
  return {
    name,
    edits: [roleDeclaration(context, role, name), stub(context, role, name)],
    isNew: true,
  };
}

/** A role declaration in this very file without any definition: the stub is still missing. */
function missingDefinition(
  context: RuleContext,
  role: RoleEntry,
  name: string,
  declarations: readonly FunctionFact[],
): TextEdit[] {
  const here = declarations.some((item) => item.uri === context.facts.uri && item.isStatic);
  const defined = declarations.some((item) => item.kind === 'definition');
  return here && !defined ? [stub(context, role, name)] : [];
}

const freeName = (functions: RuleContext['facts']['functions'], wanted: string): string => {
  const existing = functions.get(wanted);
  // A plain function of that name without a contrary role may be what the author meant; a role of its own is not.
  if (!existing || existing.every((item) => item.kind !== 'role')) return wanted;
  for (let i = 2; ; i++) if (!functions.has(`${wanted}${i}`)) return `${wanted}${i}`;
};

/** Declares a function with its role, where the file's other declarations stand. */
export function roleDeclaration(context: RuleContext, role: RoleEntry, name: string): TextEdit {
  const at = context.facts.declarationsAt;
  const eol = lineBreak(context.text);
  const line = `${role.name} ${name};`;
  const behindLine = at > 0 && !/[\r\n]/.test(context.text[at - 1] ?? '\n');
  return { range: { start: at, end: at }, newText: behindLine ? eol + line : line + eol };
}

function stub(context: RuleContext, role: RoleEntry, name: string): TextEdit {
  const { text } = context;
  const eol = lineBreak(text);
  const lead = text === '' || text.slice(text.trimEnd().length).includes('\n') ? eol : eol + eol;
  const source = stubText(context, role, name);
  return {
    range: { start: text.length, end: text.length },
    newText: lead + source.split('\n').join(eol) + eol,
  };
}

/** Definition of a handler that compiles, in the style of the file. */
export function stubText(context: RuleContext, role: RoleEntry, name: string): string {
  const { catalog, facts, text } = context;
  const splitsReturn = returnTypeOnOwnLine(facts.functions, facts.uri, text);
  return stubLines(role, name, catalog.idioms.unreferenced, indentUnit(text), splitsReturn).join('\n');
}

/** Annotations, prototype, unreferenced parameters and the role's body, as lines of C. */
export function stubLines(
  role: RoleEntry,
  name: string,
  unreferencedMacro: string,
  unit: string,
  splitsReturn: boolean,
): string[] {
  const body = role.stub.join('\n');
  const unreferenced = role.parameters
    .filter((parameter) => !new RegExp(`\\b${parameter.name}\\b`).test(body))
    .map((parameter) => `${unit}${unreferencedMacro}(${parameter.name});`);
  const parameters = role.parameters.map(
    ({ sal, type, name: parameter }) => `${unit}${sal ? `${sal} ` : ''}${spaced(type)}${parameter}`,
  );
  return [
    '_Use_decl_annotations_',
    ...(splitsReturn ? [role.returns] : []),
    `${splitsReturn ? '' : `${role.returns} `}${name}(${parameters.length === 0 ? 'VOID)' : ''}`,
    ...parameters.map((line, i) => line + (i === parameters.length - 1 ? ')' : ',')),
    '{',
    ...unreferenced,
    ...(unreferenced.length > 0 && role.stub.length > 0 ? [''] : []),
    ...role.stub.map((line) =>
      line === '' ? '' : unit + line.replace(/^ +/, (lead) => unit.repeat(Math.round(lead.length / 4))),
    ),
    '}',
  ];
}

const spaced = (type: string): string => (type.endsWith('*') ? type : `${type} `);

function returnTypeOnOwnLine(
  functions: RuleContext['facts']['functions'],
  uri: string,
  text: string,
): boolean {
  let split = 0;
  let joined = 0;
  for (const declarations of functions.values()) {
    for (const item of declarations) {
      if (item.uri !== uri || item.kind !== 'definition' || !item.returnsRange) continue;
      if (/[\r\n]/.test(text.slice(item.returnsRange.end, item.nameRange.start))) split++;
      else joined++;
    }
  }
  return split > joined;
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
