import type { Catalog } from '../catalog/catalog.ts';
import type { MemberEntry, StructureEntry } from '../catalog/entry.ts';
import type { Rule } from '../rules/rule.ts';
import { markdownToText } from './markdown.ts';
import type { Page } from './pages/build.ts';
import { entryPages } from './pages/entry.ts';
import { modelPage, slotPage, slotsNamed } from './pages/driver.ts';
import { memberPage } from './pages/member.ts';
import { ruleNamed } from './pages/rule.ts';
import { headerPage } from './pages/structure.ts';
import { statusPage, versionPage } from './pages/values.ts';
import { BLANKS, withoutEnd } from '../text/ends.ts';

/** What is known under a name, outside any driver. */
export interface Explanation {
  readonly title: string;
  /** `function`, `structure`, `member`, `handler role`, `status`, `rule`: for people. */
  readonly kind: string;
  readonly markdown: string;
  readonly text: string;
  /** Page of the documentation. */
  readonly url: string;
}

/**
 * Explains a name: function, structure, member (`STRUCTURE.Member` or bare), handler role, constant, status
 * (name or code), version, model or rule id. Exact spelling wins; without a match, case is ignored. Several
 * results when several things have the name, none when it is unknown.
 */
export function explain(name: string, catalog: Catalog, rules: readonly Rule[]): Explanation[] {
  const wanted = withoutEnd(name.trim().replace(/^(?:struct|union)\s+|\(\)$/g, ''), `*${BLANKS}`);
  if (wanted === '') return [];
  const pages = pagesOf(wanted, catalog, rules);
  const found = pages.length > 0 ? pages : pagesIgnoringCase(wanted, catalog, rules);
  return found.map(({ title, kind, markdown, url }) => ({
    title,
    kind,
    markdown,
    text: markdownToText(markdown),
    url,
  }));
}

function pagesOf(name: string, catalog: Catalog, rules: readonly Rule[]): Page[] {
  const named = [...entryPages(name, catalog), ...memberPages(name, catalog), ...slotPages(name, catalog)];
  if (named.length > 0) return named;
  const rule = ruleNamed(name, rules, catalog);
  if (rule) return [rule];
  const model = catalog.models.get(name) ?? [...catalog.models.values()].find((item) => item.title === name);
  if (model) return [modelPage(model, catalog)];
  const coded = statusPages(name, catalog);
  if (coded.length > 0) return coded;
  const version = versionNamed(name, catalog);
  if (version) return [version];
  return aliasPages(name, catalog);
}

// -------------------------------------------------------------------------------------- members and slots

/** `STRUCTURE.Member` (also with `->`), or a bare member of any structure. */
function memberPages(name: string, catalog: Catalog): Page[] {
  const [, owner, rest] = /^(\w+)(?:\.|->)(.+)$/.exec(name) ?? [];
  if (owner !== undefined && rest !== undefined) {
    const structure = catalog.structures.get(owner);
    return structure ? membersNamed(structure, rest.replaceAll('->', '.'), catalog) : [];
  }
  const all = catalog.members.get(name) ?? [];
  // A member that is called so itself, rather than one nested in a header of every structure.
  const exact = all.filter(({ member }) => member.name === name);
  return (exact.length > 0 ? exact : all).map(({ structure, member }) =>
    memberPage(structure, member, catalog),
  );
}

function membersNamed(structure: StructureEntry, path: string, catalog: Catalog): Page[] {
  const header = structure.objectHeader;
  if (header?.member === path) return [headerPage(structure, header)];
  const member = findMember(structure, path);
  return member ? [memberPage(structure, member, catalog)] : [];
}

/** A member by its path, or by the last name of it. */
export const findMember = (structure: StructureEntry, path: string): MemberEntry | undefined =>
  structure.members.find((member) => member.name === path) ??
  structure.members.find((member) => member.name.endsWith(`.${path}`));

/** Members by a name that older versions or texts use. */
function aliasPages(name: string, catalog: Catalog): Page[] {
  const [, owner, bare = name] = /^(\w+)(?:\.|->)(\w+)$/.exec(name) ?? [];
  const structures =
    owner === undefined ? new Set(catalog.structures.values()) : [catalog.structures.get(owner)];
  return [...structures].flatMap((structure) =>
    (structure?.members ?? [])
      .filter((member) => member.alsoKnownAs?.includes(bare))
      .flatMap((member) => (structure ? [memberPage(structure, member, catalog)] : [])),
  );
}

function slotPages(name: string, catalog: Catalog): Page[] {
  const [, owner, rest] = /^(\w+)->(.+)$/.exec(name) ?? [];
  const object = owner === undefined ? undefined : catalog.objects.get(owner);
  const slots = slotsNamed((object ? rest : name)?.replace(/\[\w*\]$/, '[]') ?? '', catalog);
  return slots
    .filter((item) => object === undefined || item.object === object)
    .map((item) => slotPage(item.object, item.slot, catalog));
}

// ------------------------------------------------------------------------------------ codes and versions

/** Statuses with the value that a hexadecimal or decimal number names. */
export function statusPages(name: string, catalog: Catalog): Page[] {
  if (!/^(?:0x[0-9a-f]{1,8}|-?\d{1,10})[ul]*$/i.test(name)) return [];
  const value = Number(withoutEnd(name, 'uUlL')) >>> 0;
  const found = new Set(
    [...catalog.statuses.values()].filter((status) => Number(status.value) >>> 0 === value),
  );
  return [...found].map((status) => statusPage(status, catalog));
}

/** `6.30`, also behind a word; a one-digit minor that names no version means tens, as people write it. */
function versionNamed(name: string, catalog: Catalog): Page | undefined {
  const [, number] = /^(?:[a-z]+\s*)?(\d+\.\d+)$/i.exec(name) ?? [];
  if (number === undefined) return undefined;
  const version =
    catalog.versions.find((item) => item.version === number) ??
    catalog.versions.find((item) => item.version === `${number}0`);
  return version && versionPage(version, catalog);
}

// --------------------------------------------------------------------------------------------- any case

function pagesIgnoringCase(name: string, catalog: Catalog, rules: readonly Rule[]): Page[] {
  const lower = name.toLowerCase();
  const spelled = new Set<string>();
  for (const known of knownNames(catalog, rules)) if (known.toLowerCase() === lower) spelled.add(known);
  const [owner = '', ...path] = lower.split(/\.|->/);
  if (path.length > 0) {
    for (const [known, structure] of catalog.structures) {
      if (known.toLowerCase() !== owner) continue;
      const member = structure.members.find((item) =>
        `.${item.name}`.toLowerCase().endsWith(`.${path.join('.')}`),
      );
      if (member) spelled.add(`${structure.name}.${member.name}`);
    }
  }
  const titles = new Set<string>();
  return [...spelled]
    .flatMap((known) => pagesOf(known, catalog, rules))
    .filter((page) => !titles.has(page.title) && titles.add(page.title));
}

function* knownNames(catalog: Catalog, rules: readonly Rule[]): Generator<string> {
  const maps: readonly ReadonlyMap<string, unknown>[] = [
    catalog.calls,
    catalog.structures,
    catalog.roles,
    catalog.rolesByPointer,
    catalog.rolesByTitle,
    catalog.constants,
    catalog.statuses,
    catalog.macros,
    catalog.models,
    catalog.objects,
    catalog.entryPoints,
    catalog.replaced,
    catalog.members,
  ];
  for (const map of maps) yield* map.keys();
  for (const model of catalog.models.values()) yield model.title;
  for (const structure of new Set(catalog.structures.values())) {
    for (const member of structure.members) yield* member.alsoKnownAs ?? [];
  }
  for (const object of new Set(catalog.objects.values())) {
    for (const slot of object.slots) yield slot.name;
  }
  for (const rule of rules) yield rule.id;
}
