import type { RoleEntry } from '../../catalog/entry.ts';
import type { ObjectWrite, SlotWrite } from '../../driver/facts.ts';
import { incompletePairs } from '../../rules/handler-pair-incomplete.ts';
import { addHandlers, missingHandlers } from '../../rules/missing-required-handler.ts';
import type { RuleContext } from '../../rules/rule.ts';
import { codeOnly } from '../../rules/support/blocks.ts';
import { createHandler, declareHandler, handlersOfTable } from '../../rules/support/handler-edits.ts';
import { type RegisteredTable, registeredTables } from '../../rules/support/tables.ts';
import { prototypeFault } from '../../rules/support/types.ts';
import { withIndex } from '../../text/ends.ts';
import type { TextRange } from '../../text/range.ts';
import { type Action, type ActionContext, editing, isAt } from './action.ts';

/** Everything that a table lacks in one go, wherever in it the cursor stands. */
export function addAllHandlers(context: ActionContext): Action[] {
  for (const registered of registeredTables(context)) {
    if (!placesOf(registered).some((range) => isAt(range, context.span))) continue;
    const members = [
      ...new Set([
        ...missingHandlers(context, registered),
        ...incompletePairs(context, registered).flatMap(({ members: lacking }) => lacking),
      ]),
    ].toSorted((a, b) => registered.structure.members.indexOf(a) - registered.structure.members.indexOf(b));
    if (members.length < 2) continue;
    return addHandlers(context, registered, members).flatMap(({ edits }) =>
      editing(
        context,
        {
          title: `Add all ${members.length} missing handlers of '${registered.table.display}'`,
          kind: 'quickfix',
        },
        edits,
      ),
    );
  }
  return [];
}

/** Where in the text a table is written and handed over. */
function placesOf({ table, call }: RegisteredTable): TextRange[] {
  return [
    ...(table.declaration ? [table.declaration.range] : []),
    ...(table.zeroed ? [table.zeroed.range] : []),
    ...table.writes.flatMap(({ inHelper, statement }) => (inHelper ? [] : [statement])),
    call.statement,
  ];
}

/** Writes the handler whose name stands at the cursor and that nothing declares. */
export function createUndefinedHandler(context: ActionContext): Action[] {
  const { facts, driver, catalog, span } = context;
  for (const table of facts.tables) {
    const structure = catalog.structures.get(table.structure);
    for (const write of table.writes) {
      if (write.inHelper || !isAt(write.range, span)) continue;
      const role = catalog.roles.get(structure?.members.find(({ name }) => name === write.slot)?.role ?? '');
      const siblings = handlersOfTable(context, table);
      if (role) return create(context, write, role, siblings, write.slot);
    }
  }
  for (const write of facts.objectWrites) {
    if (!isAt(write.range, span)) continue;
    const slot = withIndex(write.slot, '');
    const [entry] = [...new Set(catalog.objects.values())].flatMap(({ slots }) =>
      slots.filter(({ name }) => name === slot),
    );
    const role = catalog.roles.get(entry?.role ?? '');
    const siblings = [facts, ...driver.files.values()].flatMap(({ objectWrites }) =>
      objectWrites.flatMap(({ value }) => (value.kind === 'name' ? [value.name] : [])),
    );
    if (role) return create(context, write, role, siblings, slot);
  }
  return [];
}

function create(
  context: ActionContext,
  { value, text }: SlotWrite | ObjectWrite,
  role: RoleEntry,
  siblings: readonly string[],
  slot: string,
): Action[] {
  const { facts, driver, catalog } = context;
  if (value.kind !== 'name' || !/^&?\s*\w+$/.test(text)) return [];
  const { name } = value;
  if (facts.functions.has(name) || catalog.lookup(name).length > 0 || isMacro(name, catalog.idioms.null))
    return [];
  // What another file of the driver defines is only out of sight.
  const elsewhere = [...driver.files.values()].flatMap(({ flows }) => flows.get(name)?.fact ?? []);
  if (elsewhere.length > 0) {
    return elsewhere.every((fact) => !fact.isStatic && prototypeFault(fact, role, catalog) === undefined)
      ? editing(
          context,
          { title: `Declare '${name}' with ${role.name}`, kind: 'quickfix', isPreferred: true },
          declareHandler(context, role, name, siblings),
        )
      : [];
  }
  if (!facts.includesRead || !driver.isWhole || isKnownOtherwise(context, name)) return [];
  const { undo, isLocal } = undoLines(context, slot);
  return editing(
    context,
    { title: `Create '${name}' as ${role.name}`, kind: 'quickfix', isPreferred: true },
    createHandler(
      context,
      undo.length > 0 ? { ...role, stub: undo } : role,
      name,
      isLocal ? siblings.filter((sibling) => facts.flows.has(sibling)) : siblings,
    ),
  );
}

/** What a routine in the slot must undo of what this file registers, the last first; local handles keep it in the file. */
function undoLines(
  { facts, catalog }: ActionContext,
  slot: string,
): { readonly undo: string[]; readonly isLocal: boolean } {
  const handles = facts.registrations.flatMap(({ call }) => {
    const entry = catalog.calls.get(call.name);
    const { undo } = entry?.registration ?? {};
    const index = entry?.parameters.findIndex((parameter) => parameter.role === 'handleOut') ?? -1;
    const argument = call.arguments[index];
    const handle = argument?.text.replace(/^&\s*/, '').trim() ?? '';
    const isKept = argument?.storage === 'global' || argument?.storage === 'static';
    if (undo?.call === undefined || undo.from?.includes(slot) !== true || !isKept || !/^[\w.]+$/.test(handle))
      return [];
    return [{ line: `${undo.call}(${handle});`, isLocal: argument.storage === 'static' }];
  });
  const lines = [...new Set(handles.map(({ line }) => line))].toReversed();
  return { undo: lines, isLocal: handles.some(({ isLocal }) => isLocal) };
}

const isMacro = (name: string, nothing: readonly string[]): boolean => nothing.includes(name);

/** The name stands somewhere in the driver where it is not stored: as a variable, a macro, an argument. */
function isKnownOtherwise({ facts, driver, text, textOf }: RuleContext, name: string): boolean {
  const word = new RegExp(`\\b${name}\\b`, 'g');
  return [facts, ...[...driver.files.values()].filter((file) => file.uri !== facts.uri)].some((file) => {
    const source = file.uri === facts.uri ? text : (textOf(file.uri) ?? '');
    if (!source.includes(name)) return false;
    const stored = new Set(
      [...file.tables.flatMap(({ writes }) => writes), ...file.objectWrites].map(({ range }) => range.start),
    );
    if (/^[ \t]*#[^\r\n]*$/m.test(source) && new RegExp(`^[ \\t]*#.*\\b${name}\\b`, 'm').test(source))
      return true;
    return [...codeOnly(source).matchAll(word)].some(
      ({ index }) => !stored.has(index) && !stored.has(index - 1),
    );
  });
}
