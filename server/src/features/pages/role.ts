import { type Catalog, pageUrl } from '../../catalog/catalog.ts';
import type { RoleEntry } from '../../catalog/entry.ts';
import {
  blocks,
  bullets,
  code,
  fact,
  footer,
  heading,
  irqlText,
  listed,
  type Page,
  prose,
  section,
  table,
} from './build.ts';
import { rolePrototype } from './prototype.ts';

/** Role by its type, its pointer typedef or its readable title. */
export const roleNamed = (name: string, catalog: Catalog): RoleEntry | undefined =>
  catalog.roles.get(name) ?? catalog.rolesByPointer.get(name) ?? catalog.rolesByTitle.get(name);

/** A kind of function that the driver writes and the system calls. */
export const rolePage = (role: RoleEntry, catalog: Catalog): Page => ({
  title: role.name,
  kind: 'handler role',
  url: pageUrl(role.page),
  markdown: blocks(
    heading(role.title, `handler role ${code(role.name)}`),
    prose(role.summary, catalog),
    bullets([
      fact('Runs at', irqlText(role.irql, catalog)),
      fact('Set in', listed(placesOf(role, catalog))),
      fact('Partners', listed((role.partners ?? []).map((name) => titleOf(name, catalog)))),
      fact('Also fits', listed((role.sameAs ?? []).map(code))),
      fact(
        'Pointer type',
        role.pointer && `${code(role.pointer)}; declare functions with ${code(role.name)}.`,
      ),
    ]),
    rolePrototype(role, role.title),
    roleParameters(role, catalog),
    section(
      'Notes',
      (role.notes ?? []).map((note) => prose(note, catalog)),
    ),
    footer(role.page, role.since),
  ),
});

export const titleOf = (name: string, catalog: Catalog): string =>
  code(roleNamed(name, catalog)?.title ?? name);

export const roleParameters = (role: RoleEntry, catalog: Catalog): string | undefined =>
  table(
    ['Parameter', 'Meaning'],
    role.parameters.flatMap(({ name, meaning }) => (meaning ? [[code(name), prose(meaning, catalog)]] : [])),
  );

/** Members and object slots that take a function of the role. */
function placesOf(role: RoleEntry, catalog: Catalog): string[] {
  const fits = (name: string | undefined) =>
    name !== undefined && (name === role.name || role.sameAs?.includes(name) === true);
  const members = [...new Set(catalog.structures.values())].flatMap((structure) =>
    structure.members
      .filter((member) => fits(member.role))
      .map((member) => `${structure.name}.${member.name}`),
  );
  const slots = [...new Set(catalog.objects.values())].flatMap((object) =>
    object.slots.filter((slot) => fits(slot.role)).map((slot) => `${object.name}->${slot.name}`),
  );
  return [...new Set([...members, ...slots])].map((place) => `\`${place}\``);
}
