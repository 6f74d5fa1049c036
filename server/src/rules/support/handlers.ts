import type { RoleEntry } from '../../catalog/entry.ts';
import type { FunctionFact, ObjectWrite, SlotWrite } from '../../driver/facts.ts';
import type { RuleContext } from '../rule.ts';
import { withIndex } from '../../text/ends.ts';

/** A function of the driver that a table or an object slot holds. */
export interface StoredHandler {
  readonly name: string;
  readonly role: RoleEntry;
  /** `PauseHandler` of `NDIS_MINIPORT_DRIVER_CHARACTERISTICS`, or `DriverUnload`. */
  readonly slot: string;
  /** `miniport`, or the object's name. */
  readonly noun: string;
  readonly write: SlotWrite | ObjectWrite;
  readonly declarations: readonly FunctionFact[];
}

/** Every stored handler whose declaration is visible; a function in two slots comes twice. */
export function* storedHandlers({
  facts,
  catalog,
}: Pick<RuleContext, 'facts' | 'catalog'>): Generator<StoredHandler> {
  const seen = new Set<string>();
  for (const table of facts.tables) {
    const structure = catalog.structures.get(table.structure);
    for (const write of table.writes) {
      const member = structure?.members.find((item) => item.name === write.slot);
      const role = member?.role === undefined ? undefined : catalog.roles.get(member.role);
      const key = `${write.range.start}`;
      if (!structure || !role || write.value.kind !== 'name' || seen.has(key)) continue;
      seen.add(key);
      const declarations = facts.functions.get(write.value.name);
      if (declarations) {
        yield { name: write.value.name, role, slot: write.slot, noun: structure.noun, write, declarations };
      }
    }
  }
  for (const write of facts.objectWrites) {
    if (write.value.kind !== 'name') continue;
    for (const object of new Set(catalog.objects.values())) {
      const slot = object.slots.find((item) => item.name === withIndex(write.slot, ''));
      const role = slot && catalog.roles.get(slot.role);
      const declarations = facts.functions.get(write.value.name);
      if (!role || !declarations) continue;
      yield { name: write.value.name, role, slot: write.slot, noun: object.name, write, declarations };
    }
  }
}

/** Functions that this file defines and other files of the driver store. */
export function* storedElsewhere({ facts, driver, catalog }: RuleContext): Generator<ElsewhereHandler> {
  for (const file of driver.files.values()) {
    if (file === facts) continue;
    for (const handler of storedHandlers({ facts: file, catalog })) {
      const callee = driver.lifecycle.table.resolve(handler.name, file);
      if (callee.kind !== 'own' || callee.fn.file !== facts) continue;
      const declarations = facts.functions.get(handler.name) ?? [];
      yield { ...handler, declarations, uri: file.uri, seenThere: handler.declarations };
    }
  }
}

/** A handler with the file that stores it, and what is declared of it there. */
export interface ElsewhereHandler extends StoredHandler {
  readonly uri: string;
  readonly seenThere: readonly FunctionFact[];
}

/** Roles that a function is declared with. */
export function declaredRoles({ catalog }: RuleContext, declarations: readonly FunctionFact[]): RoleEntry[] {
  return declarations.flatMap((item) => {
    if (item.role === undefined) return [];
    const role = catalog.roles.get(item.role) ?? catalog.rolesByPointer.get(item.role);
    return role ? [role] : [];
  });
}
