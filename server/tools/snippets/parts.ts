import type { Catalog } from '../../src/catalog/catalog.ts';
import type { CallEntry, MemberEntry, RoleEntry, StructureEntry } from '../../src/catalog/entry.ts';
import { stubLines } from '../../src/rules/support/handler-edits.ts';
import { plainStyle } from '../../src/rules/support/handler-home.ts';

export interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

export const UNIT = '    ';
/** Tab stop of the name prefix, first and later. */
export const PREFIX = '${1:My}';

/** Code of the catalogue that must not be read as snippet syntax. */
export const literal = (line: string): string => line.replace(/[\\$}]/g, '\\$&');

export interface Kind {
  readonly call: CallEntry;
  readonly table: StructureEntry;
  /** Name of the table variable and of the static that keeps the handle. */
  readonly variable: string;
  readonly handle: string;
  /** Function names: `My` + this. */
  readonly nameOf: (role: RoleEntry) => string;
}

export function kindOf(
  catalog: Catalog,
  callName: string,
  variable: string,
  handle: string,
  full: boolean,
): Kind {
  const call = catalog.calls.get(callName);
  const table = catalog.structures.get(
    call?.parameters.find(({ role }) => role === 'table')?.structures?.[0] ?? '',
  );
  if (!call || !table) throw new Error(`the catalogue has no table for ${callName}`);
  return {
    call,
    table,
    variable,
    handle,
    nameOf: (role) => PREFIX + (full ? role.title.replace(/Ex$/, '') : role.stem),
  };
}

/** Versions that share a header revision: within such a set the minor number may be chosen freely. */
export interface VersionSet {
  readonly suffix: string;
  readonly prefix: string;
  readonly minors: readonly number[];
  readonly major: number;
}

export function versionSets(catalog: Catalog, table: StructureEntry): VersionSet[] {
  const kind = table.version?.kind ?? '';
  const byRevision = new Map<number, number[]>();
  for (const version of catalog.versions) {
    const revision = version.revisions[kind];
    if (revision !== undefined)
      byRevision.set(revision, [...(byRevision.get(revision) ?? []), version.minor]);
  }
  const major = catalog.versions[0]?.major ?? 6;
  // Revision 1 is for Windows Vista only; nobody starts a driver there.
  return [...byRevision]
    .filter(([revision]) => revision > 1)
    .map(([, minors], index) => ({
      suffix: index === 0 ? '' : ` ${major}.${minors[0]} and newer`,
      prefix: index === 0 ? '' : `-${major}${minors[0]}`,
      // The default stands first: a version that every supported system accepts.
      minors: index === 0 ? [30, ...minors.filter((minor) => minor !== 30)] : minors,
      major,
    }));
}

/** `chars.Header.Type = ...;` up to the driver's own version. */
export function headerLines(catalog: Catalog, { table, variable }: Kind, set: VersionSet): string[] {
  const { objectHeader: header, version } = table;
  if (!header || !version) return [];
  const needed = catalog.versions.find(({ minor }) => minor === set.minors[0])?.revisions[version.kind];
  const revision = header.revisions.find((item) => item.revision === needed);
  if (!revision) throw new Error(`${table.name} has no revision ${needed}`);
  return [
    `${variable}.${header.member}.Type = ${header.type};`,
    `${variable}.${header.member}.Revision = ${revision.constant};`,
    `${variable}.${header.member}.Size = ${revision.size};`,
    `${variable}.${version.major} = ${set.major};`,
    `${variable}.${version.minor} = ${minorStop(set)};`,
    `${variable}.MajorDriverVersion = 1;`,
    `${variable}.MinorDriverVersion = 0;`,
  ];
}

export const handlers = (
  catalog: Catalog,
  table: StructureEntry,
): { member: MemberEntry; role: RoleEntry }[] =>
  table.members.flatMap((member) => {
    const role = member.role === undefined ? undefined : catalog.roles.get(member.role);
    return role && (member.need === 'required' || member.need === 'soft') ? [{ member, role }] : [];
  });

export const assignments = (catalog: Catalog, kind: Kind): string[] =>
  handlers(catalog, kind.table).map(
    ({ member, role }) => `${kind.variable}.${member.name} = ${kind.nameOf(role)};`,
  );

export const declarations = (catalog: Catalog, kind: Kind): string[] =>
  handlers(catalog, kind.table).map(({ role }) => `${role.name} ${kind.nameOf(role)};`);

/** In a C++ file the system finds the entry point, and the pragmas find the functions, by their C names only. */
export const withCLinkage = (lines: readonly string[]): string[] => [
  '#ifdef __cplusplus',
  'extern "C" {',
  '#endif',
  '',
  ...lines,
  '',
  '#ifdef __cplusplus',
  literal('}'),
  '#endif',
];

/** What the project must define so that ndis.h declares the tables of the chosen version. */
export function buildLine(catalog: Catalog, kinds: readonly Kind[], set: VersionSet): string {
  const macros = kinds.map(({ table }) => {
    const kind = table.version?.kind ?? '';
    const spelled = new Set(
      catalog.versions
        .filter(({ major, minor }) => major === set.major && set.minors.includes(minor))
        .map(({ major, minor, macros: names }) => names[kind]?.replace(`${major}${minor}`, '#')),
    );
    const [pattern] = spelled;
    if (spelled.size !== 1 || pattern === undefined)
      throw new Error(`the build macros of ${table.name} are not spelled alike`);
    return `${pattern.replace('#', `${set.major}${minorStop(set)}`)}=1`;
  });
  const needed = kinds.some(({ table }) => table.version?.kind === 'miniport')
    ? ['NDIS_MINIPORT_DRIVER=1', ...macros]
    : macros;
  return `// The project defines ${needed.join(' and ')}.`;
}

/** Tab stop of the minor version; files.ts leaves the choice to its first place. */
const minorStop = (set: VersionSet): string => `\${2|${set.minors.join(',')}|}`;

/** Stubs of all handlers but those written by hand. */
export const stubs = (catalog: Catalog, kind: Kind, byHand: ReadonlySet<string>): string[] =>
  handlers(catalog, kind.table)
    .filter(({ role }) => !byHand.has(role.name))
    .flatMap(({ role }) => ['', ...stub(catalog, role, kind.nameOf(role))]);

export function stub(catalog: Catalog, role: RoleEntry, name: string, body?: readonly string[]): string[] {
  const lines = stubLines(
    body ? { ...role, stub: body } : role,
    '@NAME@',
    catalog.idioms.unreferenced,
    plainStyle(UNIT),
  );
  return lines.map((line) => literal(line).replace('@NAME@', name));
}

/** The handlers that run at PASSIVE_LEVEL only may live in pageable memory, the entry point in discardable. */
export function pragmas(catalog: Catalog, paged: readonly string[]): string[] {
  const { discardable, pageable } = catalog.idioms.sections;
  return [
    '#ifdef ALLOC_PRAGMA',
    `#pragma alloc_text(${discardable[0]}, DriverEntry)`,
    ...paged.map((name) => `#pragma alloc_text(${pageable[0]}, ${name})`),
    '#endif',
  ];
}

export const indent = (lines: readonly string[]): string[] =>
  lines.map((line) => (line === '' ? '' : UNIT + line));

export const zeroed = ({ table, variable }: Kind): string =>
  `${table.zeroWith}(&${variable}, sizeof(${variable}));`;

export function entryPoint(catalog: Catalog, body: readonly string[]): string[] {
  const role = catalog.roles.get('DRIVER_INITIALIZE');
  if (!role) throw new Error('the catalogue has no role of the entry point');
  const head = stubLines({ ...role, stub: [] }, 'DriverEntry', '', plainStyle(UNIT));
  return [...head.slice(0, head.indexOf('{') + 1), ...indent(body), '}'];
}

export function registerLines(kind: Kind, failure: readonly string[]): string[] {
  const { call, variable, handle } = kind;
  const list = call.parameters.map(({ role, name }) => {
    if (role === 'driverObject') return 'DriverObject';
    if (role === 'registryPath') return 'RegistryPath';
    if (role === 'table') return `&${variable}`;
    if (role === 'handleOut') return `&${handle}`;
    return role === 'context' ? 'NULL' : name;
  });
  const { success } = call.returns;
  return [
    `status = ${call.name}(${list.join(', ')});`,
    `if (status != ${success ?? 'STATUS_SUCCESS'}) {`,
    ...indent(failure),
    UNIT + 'return status;',
    '}',
  ];
}

export function roleOfSlot(catalog: Catalog, { table }: Kind, slot: string): RoleEntry {
  const role = catalog.roles.get(table.members.find((member) => member.name === slot)?.role ?? '');
  if (!role) throw new Error(`${table.name} has no ${slot}`);
  return role;
}
