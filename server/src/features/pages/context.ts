import { sameItems } from '../../driver/same-items.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { MemberEntry, StructureEntry } from '../../catalog/entry.ts';
import type { FileFacts, TableFact } from '../../driver/facts.ts';
import { touches } from '../../text/range.ts';
import { blocks, bullets, code, footer, heading, type Page } from './build.ts';
import { pageUrl } from '../../catalog/catalog.ts';
import { slotPage, slotsNamed } from './driver.ts';
import { type Here, memberHere, slotHere } from './here.ts';
import { memberPage } from './member.ts';
import { headerPage } from './structure.ts';
import { type Access, typesOf, type Word } from './words.ts';

// ---------------------------------------------------------------------------------------------- variables

/** The table that the word names as a variable, or as the member that holds it. */
export function tableNamed(word: Word, access: Access | undefined, { facts }: Here): TableFact | undefined {
  const path = [...(access?.steps ?? []), word.text];
  const candidates = facts.tables.filter(
    (table) =>
      sameItems(stepsOf(table.display), path) ||
      (access === undefined && table.declaration !== undefined && sameItems([nameOf(table)], path)),
  );
  const local = candidates.filter((table) => isNear(table, word, facts));
  const pool = local.length > 0 ? local : candidates.filter((table) => table.storage !== 'automatic');
  // The next call that takes it is the one the author works towards.
  return pool.find((table) => table.at.start >= word.range.start) ?? pool.at(-1);
}

const stepsOf = (display: string): string[] => display.split(/\.|->/).map((step) => step.trim());

const nameOf = (table: TableFact): string => stepsOf(table.display)[0] ?? '';

/** In the function that passes the table, or at its declaration. */
function isNear(table: TableFact, word: Word, facts: FileFacts): boolean {
  const { start } = word.range;
  if (table.declaration && touches(table.declaration.nameRange, start)) return true;
  return bodiesOf(table.inFunction, facts).some((body) => touches(body, start));
}

const bodiesOf = (name: string, facts: FileFacts) =>
  (facts.functions.get(name) ?? []).flatMap((item) =>
    item.body && item.uri === facts.uri ? [item.range] : [],
  );

// ------------------------------------------------------------------------------------------------ members

/** How many structures a bare name is listed with. */
const MOST_OWNERS = 8;

/** Pages of a word that stands where a member stands: its structure is told by the code around it. */
export function memberPages(
  word: Word,
  access: Access | undefined,
  text: string,
  catalog: Catalog,
  here: Here | undefined,
): Page[] {
  const owner = ownerOf(word, access, text, catalog, here);
  if (owner === 'foreign') return [];
  if (owner) {
    const page = pageIn(owner, word, access, catalog, here);
    return page ? [page] : [];
  }
  if (!access) return [];
  const slots = slotsNamed(word.text, catalog);
  if (slots.length > 0) {
    return slots.map(({ object, slot }) =>
      slotPage(object, slot, catalog, here ? slotHere(word.text, here) : []),
    );
  }
  return unknownOwner(word, catalog, here);
}

/** The structure whose member the word is; `foreign` when it is a member of something else. */
function ownerOf(
  word: Word,
  access: Access | undefined,
  text: string,
  catalog: Catalog,
  here: Here | undefined,
): StructureEntry | 'foreign' | undefined {
  const known = here && ownerByFacts(word, here.facts);
  if (known !== undefined) return catalog.structures.get(known);
  if (!access) return ownerByOffset(word, text, catalog);
  const table = here && tableBehind(access, word, here);
  if (table) return catalog.structures.get(table.structure);
  const [root] = access.steps;
  if (root === undefined || !access.fromName) return undefined;
  let foreign = false;
  for (const type of typesOf(root, text, word.range.start)) {
    const structure = catalog.structures.get(type);
    if (structure) return structure;
    if (catalog.objects.has(type)) return undefined;
    if (/[A-Z]/.test(type)) foreign = true;
  }
  // Behind `ctx->Chars.` the root's type says nothing of the member.
  return foreign && access.steps.length === 1 ? 'foreign' : undefined;
}

function ownerByFacts(word: Word, facts: FileFacts): string | undefined {
  const { start } = word.range;
  const use = facts.memberUses.find((item) => touches(item.range, start));
  if (use) return use.structure;
  const table = facts.tables.find((item) =>
    item.writes.some(
      (write) =>
        write.form !== 'positional' &&
        touches(write.target, start) &&
        write.slot.split('.').includes(word.text),
    ),
  );
  return table?.structure;
}

/** `FIELD_OFFSET(STRUCTURE, Member)` and its like. */
function ownerByOffset(word: Word, text: string, catalog: Catalog): StructureEntry | undefined {
  const before = text.slice(Math.max(0, word.range.start - 200), word.range.start);
  return catalog.structures.get(/\(\s*(?:struct\s+)?(\w+)\s*,\s*$/.exec(before)?.[1] ?? '');
}

/** The table whose members the access reaches: `chars.` and `chars.Header.` reach into `chars`. */
const tableBehind = (access: Access, word: Word, { facts }: Here): TableFact | undefined => {
  const reaching = facts.tables.filter((table) => {
    const steps = stepsOf(table.display);
    return access.steps.length >= steps.length && sameItems(steps, access.steps.slice(0, steps.length));
  });
  return (
    reaching.find((table) => isNear(table, word, facts)) ??
    reaching.find((table) => table.storage !== 'automatic')
  );
};

function pageIn(
  structure: StructureEntry,
  word: Word,
  access: Access | undefined,
  catalog: Catalog,
  here: Here | undefined,
): Page | undefined {
  const header = structure.objectHeader;
  if (header?.member === word.text) return headerPage(structure, header);
  const member = memberOf(structure, word.text, access);
  return member && memberPage(structure, member, catalog, here ? memberHere(structure, member, here) : []);
}

/** The member with the longest path that the access ends with. */
function memberOf(
  structure: StructureEntry,
  name: string,
  access: Access | undefined,
): MemberEntry | undefined {
  const steps = access?.steps ?? [];
  for (let i = 0; i <= steps.length; i++) {
    const path = [...steps.slice(i), name].join('.');
    const member = structure.members.find((item) => item.name === path);
    if (member) return member;
  }
  const nested = structure.members.filter((item) => item.name.endsWith(`.${name}`));
  return nested.length === 1 || steps.length === 0 ? nested[0] : undefined;
}

/** Without a hint: the only structure that has it, the only one of them that this file fills, or a list. */
function unknownOwner(word: Word, catalog: Catalog, here: Here | undefined): Page[] {
  const owners = catalog.members.get(word.text) ?? [];
  // `Size` and `Flags` are members of half the world.
  if (owners.length === 0 || !/[a-z0-9][A-Z]/.test(word.text)) return [];
  const filled = new Set(here?.facts.tables.map((table) => table.structure));
  const local = owners.filter(({ structure }) => filled.has(structure.name));
  const [only] = owners.length === 1 ? owners : local.length === 1 ? local : [];
  if (only) {
    const { structure, member } = only;
    return [memberPage(structure, member, catalog, here ? memberHere(structure, member, here) : [])];
  }
  return [ownersPage(word.text, owners)];
}

function ownersPage(
  name: string,
  owners: readonly { readonly structure: StructureEntry; readonly member: MemberEntry }[],
): Page {
  const first = owners[0]?.structure.page ?? '';
  const rest = owners.length - MOST_OWNERS;
  return {
    title: name,
    kind: 'member',
    url: pageUrl(first),
    markdown: blocks(
      heading(name, `member of ${owners.length} structures`),
      bullets([
        ...owners
          .slice(0, MOST_OWNERS)
          .map(
            ({ structure, member }) =>
              `${code(structure.name)}: ${member.need}${member.role ? `, ${code(member.role)}` : ''}`,
          ),
        rest > 0 ? `and ${rest} more.` : undefined,
      ]),
      footer(first),
    ),
  };
}
