import type { Catalog } from '../../src/catalog/catalog.ts';
import type { CallEntry, MemberEntry, StructureEntry } from '../../src/catalog/entry.ts';
import { versionSets, type Snippet } from './parts.ts';

/** Declare, zero, fill, register, check; the undo as a comment, because it belongs elsewhere. */
export function callSnippet(call: CallEntry, catalog: Catalog): Snippet {
  let stop = 0;
  const next = (text: string) => `\${${++stop}:${text}}`;
  const tables = call.parameters.filter(({ role }) => role === 'table');
  const declared: string[] = [];
  const filled: string[] = [];
  const variables = new Map<string, string>();
  for (const parameter of tables) {
    const table = catalog.structures.get(parameter.structures?.[0] ?? '');
    if (!table) continue;
    const variable = next(tables.length > 1 ? `${table.noun.replace(/\W+/g, '')}Chars` : 'chars');
    variables.set(parameter.name, variable);
    const prefix = next('My');
    declared.push(`${table.name} ${variable};`);
    filled.push(
      `${table.zeroWith}(&${variable}, sizeof(${variable}));`,
      ...fill(catalog, call, table, variable, prefix),
      '',
    );
  }
  const status = next('status');
  let handle = '';
  const list = call.parameters.map((parameter) => {
    const variable = variables.get(parameter.name);
    if (variable !== undefined) {
      const structures = parameter.structures ?? [];
      return structures.length > 1 || !parameter.type.includes(structures[0] ?? '')
        ? `(${parameter.type})&${variable}`
        : `&${variable}`;
    }
    if (parameter.role === 'context' && parameter.optional) return 'NULL';
    if (parameter.role === 'driverObject') return 'DriverObject';
    if (parameter.role === 'registryPath') return 'RegistryPath';
    const named = next(parameter.name);
    if (parameter.role === 'handleOut') handle = named;
    return parameter.direction === 'in' ? named : `&${named}`;
  });
  const undo = call.registration?.undo?.call;
  return {
    prefix: call.name,
    description: `${call.name}: zero, fill, register, check`,
    body: [
      ...declared,
      `${call.returns.type} ${status};`,
      '',
      ...filled,
      `${status} = ${call.name}(${list.join(', ')});`,
      `if (${status} != ${call.returns.success ?? 'STATUS_SUCCESS'}) {`,
      `    return ${status};`,
      '}',
      ...(undo ? [`// undo: ${undo}(${handle})`] : []),
      '$0',
    ],
  };
}

/** Values for every member that must be set. */
function fill(
  catalog: Catalog,
  call: CallEntry,
  table: StructureEntry,
  variable: string,
  prefix: string,
): string[] {
  const { objectHeader: header, version } = table;
  const kind = version?.kind ?? '';
  const set = version ? versionSets(catalog, table)[0] : undefined;
  const needed = catalog.versions.find(({ minor }) => minor === set?.minors[0])?.revisions[kind];
  const revision = header?.revisions.find((item) => item.revision === needed) ?? header?.revisions[0];
  return table.members.flatMap((member): string[] => {
    const write = (value: string) => [`${variable}.${member.name} = ${value};`];
    if (header && revision) {
      if (member.name === `${header.member}.Type`) return write(header.type);
      if (member.name === `${header.member}.Revision`) return write(revision.constant);
      if (member.name === `${header.member}.Size`) return write(revision.size);
    }
    if (version && member.name === version.major) return write(String(set?.major ?? 6));
    if (version && member.name === version.minor) return write(String(set?.minors[0] ?? 0));
    if ((member.need !== 'required' && member.need !== 'soft') || isExcused(catalog, call, member)) return [];
    const role = member.role === undefined ? undefined : catalog.roles.get(member.role);
    if (role) return write(`${prefix}${role.stem}`);
    if (member.value?.kind === 'constant') return write(member.value.name);
    if (catalog.objects.has(member.type)) return write('DriverObject');
    if (/^PUNICODE_STRING$/.test(member.type)) return write('RegistryPath');
    return write(`${prefix}${member.name.replace(/\W+/g, '')}`);
  });
}

/** The call itself makes the driver one of a model that needs the member not. */
export const isExcused = (catalog: Catalog, call: CallEntry, member: MemberEntry): boolean =>
  member.excusedWhen?.some(
    (condition) =>
      'model' in condition && catalog.models.get(condition.model)?.evidence.calls?.includes(call.name),
  ) ?? false;
