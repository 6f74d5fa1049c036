import type { MemberEntry } from '../../catalog/entry.ts';
import type { FileFacts, ObjectWrite, SlotWrite } from '../../driver/facts.ts';
import { reachingWrites, slotState } from '../../driver/table-state.ts';
import { missingHandlers } from '../../rules/missing-required-handler.ts';
import { registeredVersion } from '../../rules/support/header.ts';
import { isSlotSet, ownerOfObject } from '../../rules/support/object-slots.ts';
import type { RegisteredTable } from '../../rules/support/tables.ts';
import { bringsUnloadRoutine } from '../../rules/unload-routine-missing.ts';
import type { MapHandler, MapSlots, MapState } from './model.ts';
import { irqlText, type Scope } from './scope.ts';
import { withIndex } from '../../text/ends.ts';

/** Longest value that is shown as written. */
const VALUE_LIMIT = 48;

/** A function's name, with a cast and `&` in front or without. */
const CAST_NAME = /^(?:\(\s*\w+[\s*]*\)\s*)?(?:&\s*)?(\w+)$/;

export interface TableHandlers {
  readonly handlers: readonly MapHandler[];
  readonly unset: readonly string[];
  readonly untold: readonly string[];
}

/** The handlers of a registered table, in the structure's order. */
export function tableHandlers(
  scope: Scope,
  file: FileFacts,
  registered: RegisteredTable,
  parent: string,
): TableHandlers {
  const { structure, table } = registered;
  const context = scope.contextOf(file);
  const missing = new Set(missingHandlers(context, registered).map(({ name }) => name));
  const version = registeredVersion(context, table, structure);
  const handlers: MapHandler[] = [];
  const unset: string[] = [];
  const untold: string[] = [];
  for (const member of structure.members) {
    if (member.role === undefined || member.need === 'reserved' || member.need === 'output') continue;
    const state = slotState(table, member.name);
    if (state === 'set') {
      const seen = new Set<string>();
      for (const write of reachingWrites(table, member.name).toReversed()) {
        if (write.value.kind === 'null' || seen.has(write.text)) continue;
        seen.add(write.text);
        handlers.push(stored(scope, file, write, member.name, member.role, parent));
      }
    } else if (missing.has(member.name)) handlers.push(lacking(scope, file, registered, member, parent));
    else if (state === 'unknown') untold.push(member.name);
    else if (!isNewer(member, version?.version)) unset.push(member.name);
  }
  return { handlers, unset, untold };
}

/** The version that is registered does not know the member. */
function isNewer({ since }: MemberEntry, version: string | undefined): boolean {
  if (since === undefined || version === undefined) return false;
  const [major = 0, minor = 0] = since.split('.').map(Number);
  const [ours = 0, oursMinor = 0] = version.split('.').map(Number);
  return major > ours || (major === ours && minor > oursMinor);
}

function lacking(
  scope: Scope,
  file: FileFacts,
  { table, structure }: RegisteredTable,
  member: MemberEntry,
  parent: string,
): MapHandler {
  const role = scope.catalog.roles.get(member.role ?? '');
  const nulled = reachingWrites(table, member.name)[0];
  const at = scope.places.at(file.uri, nulled?.range ?? table.at);
  return {
    kind: 'handler',
    id: scope.unique(`${parent}/${member.name}`),
    state: 'missing',
    member: member.name,
    ...(role ? { role: role.title, irql: irqlText(role) } : {}),
    note:
      member.need === 'soft'
        ? `every ${structure.noun} should set it`
        : member.need === 'conditional'
          ? 'required here'
          : 'required',
    place: at,
    covers: nulled ? [scope.places.at(file.uri, nulled.statement)] : [],
    problems: [],
  };
}

/** A function in a table member or an object slot. */
function stored(
  scope: Scope,
  file: FileFacts,
  write: SlotWrite | ObjectWrite,
  member: string,
  roleName: string,
  parent: string,
): MapHandler {
  const { catalog, driver, places } = scope;
  const role = catalog.roles.get(roleName);
  const storedAt = places.at(file.uri, write.target);
  const { start, end } = write.range;
  // Code that the C reader does not know is masked in the fact, but not here.
  const all = places.textOf(file.uri) ?? '';
  const isMasked = write.value.kind === 'name' && !all.slice(start, end).includes(write.value.name);
  const line = places.lines(file.uri).positionAt(start).line;
  const source = all.slice(start, isMasked ? places.lines(file.uri).lineEnd(line) : end);
  const text = source.trim().replace(/\s+/g, ' ');
  const name = write.value.kind === 'name' && !isMasked ? write.value.name : CAST_NAME.exec(text)?.[1];
  const callee = name === undefined ? undefined : driver.lifecycle.table.resolve(name, file);
  const fn = callee?.kind === 'own' ? callee.fn : undefined;
  const isFunction = write.value.kind === 'name' && !isMasked;
  const elsewhere = !fn && isFunction && name !== undefined ? scope.definitions.find(name) : undefined;
  let state: MapState = 'good';
  let note: string | undefined;
  if (!fn && !elsewhere) {
    state = 'unknown';
    note = isFunction ? 'not found in the files of the driver' : 'what it holds cannot be told';
  }
  return {
    kind: 'handler',
    id: scope.unique(`${parent}/${member}`),
    state,
    member,
    value: fn
      ? fn.flow.fact.name
      : isFunction && name !== undefined
        ? name
        : /^\[[^\]]*\]\s*\(/.test(text)
          ? 'a lambda'
          : text.length > VALUE_LIMIT
            ? `${text.slice(0, VALUE_LIMIT - 1)}…`
            : text,
    ...(role ? { role: role.title, irql: irqlText(role) } : {}),
    ...(note === undefined ? {} : { note }),
    place: fn
      ? places.at(fn.file.uri, fn.flow.fact.nameRange)
      : elsewhere
        ? places.at(elsewhere.uri, elsewhere.range)
        : storedAt,
    storedAt,
    covers: [
      places.at(file.uri, write.statement),
      ...(fn ? [places.at(fn.file.uri, fn.flow.fact.range)] : []),
    ],
    problems: [],
  };
}

/** What the driver puts into the slots of its driver object, and what a registration wants there in vain. */
export function objectSlots(scope: Scope, parent: string): MapSlots | undefined {
  const { catalog, driver } = scope;
  const id = `${parent}/object`;
  const handlers: MapHandler[] = [];
  const objects = [...new Set(catalog.objects.values())];
  const seen = new Set<string>();
  let name: string | undefined;
  for (const file of driver.files.values()) {
    for (const write of file.objectWrites) {
      const generic = withIndex(write.slot, '');
      const object = objects.find(({ slots }) => slots.some((slot) => slot.name === generic));
      const slot = object?.slots.find((one) => one.name === generic);
      const key = `${write.slot} ${write.text}`;
      if (!slot || write.value.kind === 'null' || seen.has(key)) continue;
      seen.add(key);
      name ??= object?.name;
      handlers.push(stored(scope, file, write, write.slot, slot.role, id));
    }
  }
  handlers.push(...lackingSlots(scope, id));
  if (handlers.length === 0) return undefined;
  return {
    kind: 'slots',
    id: scope.unique(id),
    state: handlers.some(({ state }) => state === 'missing') ? 'missing' : 'good',
    name: name ?? objects[0]?.name ?? '',
    handlers,
    covers: [],
    problems: [],
  };
}

function lackingSlots(scope: Scope, parent: string): MapHandler[] {
  const { catalog, driver } = scope;
  const found = new Map<string, MapHandler>();
  for (const file of driver.files.values()) {
    const context = scope.contextOf(file);
    for (const { call } of file.registrations) {
      const { registration } = catalog.calls.get(call.name) ?? {};
      for (const need of registration?.objectSlots ?? []) {
        if (found.has(need.slot) || isSlotSet(context, need.slot)) continue;
        const isUnload = registration?.undo?.from?.includes(need.slot) === true;
        if (isUnload ? bringsUnloadRoutine(context) : !registration?.takesOverDriverObject) continue;
        if (!ownerOfObject(context, call)) continue;
        const role = catalog.roles.get(need.role);
        found.set(need.slot, {
          kind: 'handler',
          id: scope.unique(`${parent}/${need.slot}`),
          state: 'missing',
          member: need.slot,
          ...(role ? { role: role.title, irql: irqlText(role) } : {}),
          note: 'never set',
          place: scope.places.at(file.uri, call.nameRange),
          covers: [],
          problems: [],
        });
      }
    }
  }
  return [...found.values()];
}
