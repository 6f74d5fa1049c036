import type { RoleEntry } from '../../catalog/entry.ts';
import type { FileFacts } from '../../driver/facts.ts';
import { declaredRoles, storedHandlers } from '../../rules/support/handlers.ts';
import { typesOf } from '../pages/words.ts';
import type { Completion } from './item.ts';
import { filesOf, contextOf, type Scene } from './scene.ts';
import { restOfLine } from './statement.ts';

/** Role declarations, `MINIPORT_PAUSE MPPause;`, of functions that the driver stores or is entered by without one. */
export function declarationItems(scene: Scene): Completion[] {
  const { cursor, catalog, facts } = scene;
  if (!startsDeclaration(scene) || restOfLine(cursor) !== '') return [];
  const context = contextOf(scene);
  const found = new Map<string, { readonly role: RoleEntry; readonly why: string }>();
  const files = filesOf(scene, facts);
  const isDeclared = (name: string) =>
    files.some((file) => declaredRoles(context, file.functions.get(name) ?? []).length > 0);
  for (const file of files) {
    for (const { name, slot } of namesStored(file, scene)) {
      if (found.has(name) || isDeclared(name) || !(file === facts || belongsHere(name, scene))) continue;
      if (!isFunction(name, files, scene)) continue;
      const role = catalog.roles.get(slot.role);
      if (role) found.set(name, { role, why: slot.name });
    }
  }
  for (const { definition, entry } of files.flatMap((file) => file.entryPoints)) {
    const role = catalog.roles.get(catalog.entryPoints.get(entry)?.role ?? '');
    if (role && !isDeclared(definition.name) && belongsHere(definition.name, scene))
      found.set(definition.name, { role, why: 'entry point' });
  }
  return [...found].map(([name, { role, why }]) => {
    const text = `${role.name} ${name};`;
    return {
      label: text,
      detail: `${why} · no declaration yet`,
      note: why,
      kind: 'declaration',
      range: cursor.word,
      filter: text,
      before: text,
      after: '',
      subject: { kind: 'name', name: role.name },
    };
  });
}

/** The function is defined in this file; a header is the place for all of them. */
const belongsHere = (name: string, { facts }: Scene): boolean =>
  /\.h(?:pp|xx|h)?$/i.test(facts.uri) || facts.flows.has(name);

/** A function of the driver; or one that is not written yet, unless it is a variable. */
function isFunction(name: string, files: readonly FileFacts[], { lastText }: Scene): boolean {
  if (files.some(({ functions }) => functions.has(name))) return true;
  return name.length > 2 && typesOf(name, lastText, lastText.length).next().done === true;
}

/** A word that begins a line at file scope, with nothing open and no declaration under way. */
function startsDeclaration({ cursor }: Scene): boolean {
  if (cursor.around || cursor.prefix === '') return false;
  if (
    cursor.open.some(
      (index) => cursor.textOf(index) !== '{' || cursor.isWord(index - 1) || cursor.textOf(index - 1) === '=',
    )
  )
    return false;
  const start = cursor.text.lastIndexOf('\n', cursor.word.start - 1) + 1;
  return (
    cursor.text.slice(start, cursor.word.start).trim() === '' && [';', '}', '{', ''].includes(before(cursor))
  );
}

const before = (cursor: Scene['cursor']): string => (cursor.at === 0 ? '' : cursor.textOf(cursor.at - 1));

/** Functions in the slots of tables and objects; of names that nothing declares, too. */
function* namesStored(
  file: FileFacts,
  { catalog }: Scene,
): Generator<{ readonly name: string; readonly slot: { readonly name: string; readonly role: string } }> {
  for (const { name, role, slot } of storedHandlers({ facts: file, catalog }))
    yield { name, slot: { name: slot, role: role.name } };
  for (const table of file.tables) {
    const members = catalog.structures.get(table.structure)?.members;
    for (const { slot, value } of table.writes) {
      const role = members?.find(({ name }) => name === slot)?.role;
      if (role !== undefined && value.kind === 'name') yield { name: value.name, slot: { name: slot, role } };
    }
  }
}
