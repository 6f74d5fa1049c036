import { type Catalog, pageUrl } from '../../catalog/catalog.ts';
import type { MemberEntry, ObjectHeader, StructureEntry } from '../../catalog/entry.ts';
import {
  blocks,
  bullets,
  code,
  codes,
  fact,
  footer,
  heading,
  listed,
  type Page,
  prose,
  section,
  table,
} from './build.ts';
import { conditionText } from './conditions.ts';

const NEED: Readonly<Record<MemberEntry['need'], string>> = {
  required: 'required',
  soft: 'expected',
  conditional: 'conditional',
  optional: 'optional',
  reserved: 'reserved',
  output: 'set by the system',
};

/** A structure with its members in order. */
export function structurePage(entry: StructureEntry, catalog: Catalog): Page {
  const say = (text: string) => prose(text, catalog);
  const { objectHeader: header } = entry;
  return {
    title: entry.name,
    kind: 'structure',
    url: pageUrl(entry.page),
    markdown: blocks(
      heading(entry.name, 'structure'),
      say(entry.summary),
      bullets([
        fact('Passed to', listed(callsFor(entry, catalog))),
        fact('Only from', listed((entry.registerFrom ?? []).map(code), 'or')),
        fact(
          'Zero it',
          entry.mustZero
            ? `with ${code(entry.zeroWith)} or ${code('= {0}')} before anything is set.`
            : undefined,
        ),
        fact('Pointer types', codes(entry.pointers)),
        ...(header ? headerLines(header) : []),
        ...(entry.pairs ?? []).map((pair) =>
          fact('Pair', `${conditionText(pair.if, catalog)} needs ${codes(pair.then)}`),
        ),
      ]),
      table(
        ['Member', 'Need', 'Role or type'],
        entry.members.map((member) => [
          code(member.name),
          NEED[member.need] + (member.since && member.since !== '6.0' ? `, since ${member.since}` : ''),
          code(member.role ?? member.type),
        ]),
      ),
      section('Notes', (entry.notes ?? []).map(say)),
      footer(entry.page, code(entry.header), entry.since),
    ),
  };
}

/** The object header of a structure: what its three fields hold. */
export const headerPage = (structure: StructureEntry, header: ObjectHeader): Page => ({
  title: `${structure.name}.${header.member}`,
  kind: 'member',
  url: pageUrl(structure.page),
  markdown: blocks(
    heading(header.member, `object header of ${code(structure.name)}`),
    'It tells the system which structure, revision and size it gets. All three fields are required.',
    bullets(headerLines(header)),
    footer(structure.page, structure.since),
  ),
});

const headerLines = (header: ObjectHeader): (string | undefined)[] => [
  fact('Type', code(header.type)),
  ...header.revisions.map((item) =>
    fact(`Revision ${item.revision}`, `${code(item.constant)} with ${code(item.size)}, since ${item.since}`),
  ),
];

const callsFor = ({ name }: StructureEntry, catalog: Catalog): string[] =>
  [...catalog.calls.values()]
    .filter((call) => call.parameters.some((parameter) => parameter.structures?.includes(name)))
    .map((call) => code(call.name));
