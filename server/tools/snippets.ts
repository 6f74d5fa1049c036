import type { Catalog } from '../src/catalog/catalog.ts';
import type { CallEntry, MemberEntry, RoleEntry, StructureEntry } from '../src/catalog/entry.ts';
import { stubLines } from '../src/rules/support/edits.ts';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const UNIT = '    ';
/** Tab stop of the name prefix, first and later. */
const PREFIX = '${1:My}';

/** Files of `snippets/` by name, as JSON text. Handlers, prototypes, constants and versions come from the catalogue. */
export function snippetFiles(catalog: Catalog): Map<string, string> {
  const ndis: Record<string, Snippet> = {};
  const hid: Record<string, Snippet> = {};
  for (const [name, snippet] of ndisScaffolds(catalog)) ndis[name] = snippet;
  hid['HID minidriver'] = hidScaffold(catalog);
  for (const call of catalog.calls.values()) {
    if (call.purpose !== 'register' || !call.registration) continue;
    const target = call.header.startsWith('hid') ? hid : ndis;
    target[`Call ${call.name}`] = callSnippet(call, catalog);
  }
  const text = (snippets: Record<string, Snippet>) =>
    `${JSON.stringify(Object.fromEntries(Object.entries(snippets).map(([name, snippet]) => [name, { ...snippet, body: withFirstStop(snippet.body) }])), null, 2)}\n`;
  return new Map([
    ['hid.code-snippets', text(hid)],
    ['ndis.code-snippets', text(ndis)],
  ]);
}

/** Only the first `${1:My}` carries the default; the others follow it. */
function withFirstStop(body: readonly string[]): string[] {
  const seen = new Set<string>();
  return body.map((line) =>
    line.replace(/\$\{(\d+)([:|])((?:[^{}]|\{[^{}]*\})*)\}/g, (whole, index: string) => {
      if (seen.has(index)) return `\${${index}}`;
      seen.add(index);
      return whole;
    }),
  );
}

/** Code of the catalogue that must not be read as snippet syntax. */
const literal = (line: string): string => line.replace(/[\\$}]/g, '\\$&');

// ---------------------------------------------------------------------------------------------- scaffolds

interface Kind {
  readonly call: CallEntry;
  readonly table: StructureEntry;
  /** Name of the table variable and of the static that keeps the handle. */
  readonly variable: string;
  readonly handle: string;
  /** Function names: `My` + this. */
  readonly nameOf: (role: RoleEntry) => string;
}

function kindOf(catalog: Catalog, callName: string, variable: string, handle: string, full: boolean): Kind {
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

function* ndisScaffolds(catalog: Catalog): Generator<[string, Snippet]> {
  const miniport = kindOf(catalog, 'NdisMRegisterMiniportDriver', 'chars', 'DriverHandle', false);
  const protocol = kindOf(catalog, 'NdisRegisterProtocolDriver', 'chars', 'ProtocolHandle', false);
  const filter = kindOf(catalog, 'NdisFRegisterFilterDriver', 'chars', 'FilterHandle', false);
  for (const set of versionSets(catalog, miniport.table)) {
    yield [`NDIS miniport${set.suffix}`, miniportScaffold(catalog, miniport, set)];
  }
  for (const set of versionSets(catalog, filter.table)) {
    yield [`NDIS filter${set.suffix}`, filterScaffold(catalog, filter, set)];
  }
  for (const set of versionSets(catalog, protocol.table)) {
    yield [`NDIS protocol${set.suffix}`, protocolScaffold(catalog, protocol, set)];
  }
  const edges = {
    miniport: kindOf(catalog, 'NdisMRegisterMiniportDriver', 'miniport', 'DriverHandle', true),
    protocol: kindOf(catalog, 'NdisRegisterProtocolDriver', 'protocol', 'ProtocolHandle', true),
  };
  for (const set of versionSets(catalog, edges.miniport.table)) {
    yield [`NDIS intermediate${set.suffix}`, intermediateScaffold(catalog, edges, set)];
  }
}

/** Versions that share a header revision: within such a set the minor number may be chosen freely. */
interface VersionSet {
  readonly suffix: string;
  readonly prefix: string;
  readonly minors: readonly number[];
  readonly major: number;
}

function versionSets(catalog: Catalog, table: StructureEntry): VersionSet[] {
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
function headerLines(catalog: Catalog, { table, variable }: Kind, set: VersionSet): string[] {
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
    `${variable}.${version.minor} = \${2|${set.minors.join(',')}|};`,
    `${variable}.MajorDriverVersion = 1;`,
    `${variable}.MinorDriverVersion = 0;`,
  ];
}

const handlers = (catalog: Catalog, table: StructureEntry): { member: MemberEntry; role: RoleEntry }[] =>
  table.members.flatMap((member) => {
    const role = member.role === undefined ? undefined : catalog.roles.get(member.role);
    return role && (member.need === 'required' || member.need === 'soft') ? [{ member, role }] : [];
  });

const assignments = (catalog: Catalog, kind: Kind): string[] =>
  handlers(catalog, kind.table).map(
    ({ member, role }) => `${kind.variable}.${member.name} = ${kind.nameOf(role)};`,
  );

const declarations = (catalog: Catalog, kind: Kind): string[] =>
  handlers(catalog, kind.table).map(({ role }) => `${role.name} ${kind.nameOf(role)};`);

/** Stubs of all handlers but those written by hand. */
const stubs = (catalog: Catalog, kind: Kind, byHand: ReadonlySet<string>): string[] =>
  handlers(catalog, kind.table)
    .filter(({ role }) => !byHand.has(role.name))
    .flatMap(({ role }) => ['', ...stub(catalog, role, kind.nameOf(role))]);

function stub(catalog: Catalog, role: RoleEntry, name: string, body?: readonly string[]): string[] {
  const lines = stubLines(
    body ? { ...role, stub: body } : role,
    '@NAME@',
    catalog.idioms.unreferenced,
    UNIT,
    false,
  );
  return lines.map((line) => literal(line).replace('@NAME@', name));
}

/** The handlers that run at PASSIVE_LEVEL only may live in pageable memory, the entry point in discardable. */
function pragmas(catalog: Catalog, paged: readonly string[]): string[] {
  const { discardable, pageable } = catalog.idioms.sections;
  return [
    '#ifdef ALLOC_PRAGMA',
    `#pragma alloc_text(${discardable[0]}, DriverEntry)`,
    ...paged.map((name) => `#pragma alloc_text(${pageable[0]}, ${name})`),
    '#endif',
  ];
}

const indent = (lines: readonly string[]): string[] => lines.map((line) => (line === '' ? '' : UNIT + line));

const zeroed = ({ table, variable }: Kind): string => `${table.zeroWith}(&${variable}, sizeof(${variable}));`;

function entryPoint(catalog: Catalog, body: readonly string[]): string[] {
  const role = catalog.roles.get('DRIVER_INITIALIZE');
  if (!role) throw new Error('the catalogue has no role of the entry point');
  const head = stubLines({ ...role, stub: [] }, 'DriverEntry', '', UNIT, false);
  return [...head.slice(0, head.indexOf('{') + 1), ...indent(body), '}'];
}

function registerLines(kind: Kind, failure: readonly string[]): string[] {
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

function miniportScaffold(catalog: Catalog, kind: Kind, set: VersionSet): Snippet {
  const undo = kind.call.registration?.undo?.call ?? '';
  const unload = roleOfSlot(catalog, kind, 'UnloadHandler');
  return {
    prefix: `ndis-miniport${set.prefix}`,
    description: `A whole NDIS miniport driver: DriverEntry, every required handler, unload${set.suffix}`,
    body: [
      '#include <ndis.h>',
      '',
      'DRIVER_INITIALIZE DriverEntry;',
      ...declarations(catalog, kind),
      '',
      ...pragmas(catalog, [kind.nameOf(unload)]),
      '',
      `static NDIS_HANDLE ${kind.handle};`,
      'static PNDIS_RW_LOCK_EX AdapterLock;',
      '',
      ...entryPoint(catalog, [
        `${kind.table.name} ${kind.variable};`,
        'NDIS_STATUS status;',
        '',
        zeroed(kind),
        ...headerLines(catalog, kind, set),
        ...assignments(catalog, kind),
        '',
        ...registerLines(kind, []),
        '',
        '// adapters are initialized once DriverEntry has returned, so what needs the handle may come now',
        `AdapterLock = NdisAllocateRWLock(${kind.handle});`,
        'if (AdapterLock == NULL) {',
        `    ${undo}(${kind.handle});`,
        '    return NDIS_STATUS_RESOURCES;',
        '}',
        '',
        'return NDIS_STATUS_SUCCESS;',
      ]),
      '',
      ...stub(catalog, unload, kind.nameOf(unload), [
        'PAGED_CODE();',
        '',
        'NdisFreeRWLock(AdapterLock);',
        `${undo}(${kind.handle});`,
      ]),
      ...stubs(catalog, kind, new Set([unload.name])),
      '$0',
    ],
  };
}

function protocolScaffold(catalog: Catalog, kind: Kind, set: VersionSet): Snippet {
  const undo = kind.call.registration?.undo?.call ?? '';
  const unload = catalog.roles.get('DRIVER_UNLOAD') as RoleEntry;
  const unloadName = `${PREFIX}${unload.stem}`;
  return {
    prefix: `ndis-protocol${set.prefix}`,
    description: `A whole NDIS protocol driver: DriverEntry, every required handler, unload${set.suffix}`,
    body: [
      '#include <ndis.h>',
      '',
      'DRIVER_INITIALIZE DriverEntry;',
      `${unload.name} ${unloadName};`,
      ...declarations(catalog, kind),
      '',
      ...pragmas(catalog, [unloadName]),
      '',
      `static NDIS_HANDLE ${kind.handle};`,
      'static NDIS_SPIN_LOCK BindingLock;',
      'static LIST_ENTRY BindingList;',
      '',
      ...entryPoint(catalog, [
        `${kind.table.name} ${kind.variable};`,
        // The macro adds the L itself.
        'NDIS_STRING name = NDIS_STRING_CONST("${3:MyProtocol}");',
        'NDIS_STATUS status;',
        '',
        'UNREFERENCED_PARAMETER(RegistryPath);',
        '',
        '// handlers may run before the registration returns: all they use comes first',
        'NdisInitializeListHead(&BindingList);',
        'NdisAllocateSpinLock(&BindingLock);',
        `DriverObject->DriverUnload = ${unloadName};`,
        '',
        zeroed(kind),
        ...headerLines(catalog, kind, set),
        `${kind.variable}.Name = name;`,
        ...assignments(catalog, kind),
        '',
        ...registerLines(kind, ['NdisFreeSpinLock(&BindingLock);']),
        '',
        'return NDIS_STATUS_SUCCESS;',
      ]),
      '',
      ...stub(catalog, unload, unloadName, [
        'PAGED_CODE();',
        '',
        '// unbinds every open binding before it returns',
        `${undo}(${kind.handle});`,
        'NdisFreeSpinLock(&BindingLock);',
      ]),
      ...stubs(catalog, kind, new Set()),
      '$0',
    ],
  };
}

function filterScaffold(catalog: Catalog, kind: Kind, set: VersionSet): Snippet {
  const undo = kind.call.registration?.undo?.call ?? '';
  const unload = catalog.roles.get('DRIVER_UNLOAD') as RoleEntry;
  const unloadName = `${PREFIX}${unload.stem}`;
  return {
    prefix: `ndis-filter${set.prefix}`,
    description: `A whole NDIS lightweight filter driver: DriverEntry, every required handler, unload${set.suffix}`,
    body: [
      '#include <ndis.h>',
      '',
      'DRIVER_INITIALIZE DriverEntry;',
      `${unload.name} ${unloadName};`,
      ...declarations(catalog, kind),
      '',
      ...pragmas(catalog, [unloadName]),
      '',
      `static NDIS_HANDLE ${kind.handle};`,
      'static NDIS_SPIN_LOCK ModuleLock;',
      'static LIST_ENTRY ModuleList;',
      '',
      ...entryPoint(catalog, [
        `${kind.table.name} ${kind.variable};`,
        'NDIS_STRING friendlyName = RTL_CONSTANT_STRING(L"${3:My Filter}");',
        '// NetCfgInstanceId of the INF file',
        'NDIS_STRING uniqueName = RTL_CONSTANT_STRING(L"{${4:00000000-0000-0000-0000-000000000000}\\}");',
        'NDIS_STRING serviceName = RTL_CONSTANT_STRING(L"${5:MyFilter}");',
        'NDIS_STATUS status;',
        '',
        'UNREFERENCED_PARAMETER(RegistryPath);',
        '',
        '// handlers may run before the registration returns: all they use comes first',
        'NdisInitializeListHead(&ModuleList);',
        'NdisAllocateSpinLock(&ModuleLock);',
        `DriverObject->DriverUnload = ${unloadName};`,
        '',
        zeroed(kind),
        ...headerLines(catalog, kind, set),
        `${kind.variable}.FriendlyName = friendlyName;`,
        `${kind.variable}.UniqueName = uniqueName;`,
        `${kind.variable}.ServiceName = serviceName;`,
        ...assignments(catalog, kind),
        '',
        ...registerLines(kind, ['NdisFreeSpinLock(&ModuleLock);']),
        '',
        'return NDIS_STATUS_SUCCESS;',
      ]),
      '',
      ...stub(catalog, unload, unloadName, [
        'PAGED_CODE();',
        '',
        '// detaches every module before it returns',
        `${undo}(${kind.handle});`,
        'NdisFreeSpinLock(&ModuleLock);',
      ]),
      ...stubs(catalog, kind, new Set()),
      '$0',
    ],
  };
}

function intermediateScaffold(
  catalog: Catalog,
  { miniport, protocol }: { miniport: Kind; protocol: Kind },
  set: VersionSet,
): Snippet {
  const undoMiniport = miniport.call.registration?.undo?.call ?? '';
  const undoProtocol = protocol.call.registration?.undo?.call ?? '';
  const unload = roleOfSlot(catalog, miniport, 'UnloadHandler');
  return {
    prefix: `ndis-intermediate${set.prefix}`,
    description: `A whole NDIS intermediate driver: both edges, association, virtual miniports, unload${set.suffix}`,
    body: [
      '#include <ndis.h>',
      '',
      'DRIVER_INITIALIZE DriverEntry;',
      ...declarations(catalog, miniport),
      ...declarations(catalog, protocol),
      '',
      ...pragmas(catalog, [miniport.nameOf(unload)]),
      '',
      `static NDIS_HANDLE ${miniport.handle};`,
      `static NDIS_HANDLE ${protocol.handle};`,
      'static NDIS_SPIN_LOCK AdapterLock;',
      'static LIST_ENTRY AdapterList;',
      '',
      ...entryPoint(catalog, [
        `${miniport.table.name} ${miniport.variable};`,
        `${protocol.table.name} ${protocol.variable};`,
        'NDIS_STRING name = NDIS_STRING_CONST("${3:MyIntermediate}");',
        'NDIS_STATUS status;',
        '',
        '// a binding may come, and with it a virtual miniport, before DriverEntry returns',
        'NdisInitializeListHead(&AdapterList);',
        'NdisAllocateSpinLock(&AdapterLock);',
        '',
        zeroed(miniport),
        ...headerLines(catalog, miniport, set),
        `${miniport.variable}.Flags = NDIS_INTERMEDIATE_DRIVER;`,
        ...assignments(catalog, miniport),
        '',
        ...registerLines(miniport, ['NdisFreeSpinLock(&AdapterLock);']),
        '',
        '// the miniport comes first: binding an adapter needs its handle',
        zeroed(protocol),
        ...headerLines(catalog, protocol, set),
        `${protocol.variable}.Name = name;`,
        ...assignments(catalog, protocol),
        '',
        ...registerLines(protocol, [
          `${undoMiniport}(${miniport.handle});`,
          'NdisFreeSpinLock(&AdapterLock);',
        ]),
        '',
        `NdisIMAssociateMiniport(${miniport.handle}, ${protocol.handle});`,
        'return NDIS_STATUS_SUCCESS;',
      ]),
      '',
      '// Call it from the bind handler once the lower adapter is open. To take it back in the unbind handler use',
      '// NdisIMCancelInitializeDeviceInstance before the virtual miniport is initialized, and',
      '// NdisIMDeInitializeDeviceInstance with its adapter handle after that.',
      `NDIS_STATUS ${PREFIX}StartVirtualMiniport(_In_ PNDIS_STRING InstanceName, _In_opt_ NDIS_HANDLE DeviceContext)`,
      '{',
      `    return NdisIMInitializeDeviceInstanceEx(${miniport.handle}, InstanceName, DeviceContext);`,
      '}',
      '',
      ...stub(catalog, unload, miniport.nameOf(unload), [
        'PAGED_CODE();',
        '',
        '// the protocol first: it unbinds, and so ends the virtual miniports',
        `${undoProtocol}(${protocol.handle});`,
        `${undoMiniport}(${miniport.handle});`,
        'NdisFreeSpinLock(&AdapterLock);',
      ]),
      ...stubs(catalog, miniport, new Set([unload.name])),
      ...stubs(catalog, protocol, new Set()),
      '$0',
    ],
  };
}

function roleOfSlot(catalog: Catalog, { table }: Kind, slot: string): RoleEntry {
  const role = catalog.roles.get(table.members.find((member) => member.name === slot)?.role ?? '');
  if (!role) throw new Error(`${table.name} has no ${slot}`);
  return role;
}

// --------------------------------------------------------------------------------------------------- HID

function hidScaffold(catalog: Catalog): Snippet {
  const kind = kindOf(catalog, 'HidRegisterMinidriver', 'registration', '', false);
  const needs = kind.call.registration?.objectSlots ?? [];
  const names: Readonly<Record<string, string>> = {
    DriverUnload: 'Unload',
    'DriverExtension->AddDevice': 'AddDevice',
    'MajorFunction[IRP_MJ_INTERNAL_DEVICE_CONTROL]': 'InternalDeviceControl',
    'MajorFunction[IRP_MJ_PNP]': 'PnP',
    'MajorFunction[IRP_MJ_POWER]': 'Power',
  };
  const nameOf = (slot: string) => `${PREFIX}${names[slot] ?? 'PassThrough'}`;
  const bodies: Readonly<Record<string, readonly string[]>> = {
    Unload: ['PAGED_CODE();', '', '// hidclass calls it before its own unload routine ends'],
    AddDevice: [
      'PAGED_CODE();',
      '',
      '// hidclass passes the device object that it created for the device',
      'PhysicalDeviceObject->Flags &= ~DO_DEVICE_INITIALIZING;',
      'return STATUS_SUCCESS;',
    ],
    InternalDeviceControl: [
      '// answer IOCTL_HID_GET_DEVICE_DESCRIPTOR and its like',
      'Irp->IoStatus.Status = STATUS_NOT_SUPPORTED;',
      'IoCompleteRequest(Irp, IO_NO_INCREMENT);',
      'return STATUS_NOT_SUPPORTED;',
    ],
    PnP: ['// start and remove the device here', ...forward('Irp')],
    Power: [
      'PoStartNextPowerIrp(Irp);',
      ...forward('Irp').map((line) => line.replace('IoCallDriver', 'PoCallDriver')),
    ],
    PassThrough: forward('Irp'),
  };
  const functions = [...new Set(needs.map((need) => nameOf(need.slot)))];
  const roleOf = (name: string) =>
    catalog.roles.get(needs.find((need) => nameOf(need.slot) === name)?.role ?? '') as RoleEntry;
  return {
    prefix: 'hid-minidriver',
    description: 'A whole HID minidriver: DriverEntry, the entries that hidclass takes over, their routines',
    body: [
      '#include <wdm.h>',
      '#include <hidport.h>',
      '',
      'DRIVER_INITIALIZE DriverEntry;',
      ...functions.map((name) => `${roleOf(name).name} ${name};`),
      '',
      ...pragmas(catalog, [`${PREFIX}Unload`, `${PREFIX}AddDevice`]),
      '',
      'typedef struct _DEVICE_EXTENSION {',
      '    ULONG Reserved;',
      '\\} DEVICE_EXTENSION;',
      '',
      ...entryPoint(catalog, [
        `${kind.table.name} ${kind.variable};`,
        '',
        '// hidclass takes these over when the minidriver registers: all must be set before',
        ...needs.map((need) => `DriverObject->${need.slot} = ${nameOf(need.slot)};`),
        '',
        zeroed(kind),
        `${kind.variable}.Revision = HID_REVISION;`,
        `${kind.variable}.DriverObject = DriverObject;`,
        `${kind.variable}.RegistryPath = RegistryPath;`,
        `${kind.variable}.DeviceExtensionSize = sizeof(DEVICE_EXTENSION);`,
        `${kind.variable}.DevicesArePolled = \${2|FALSE,TRUE|};`,
        '',
        '// the last step that can fail: there is no way to undo it',
        `return ${kind.call.name}(&${kind.variable});`,
      ]),
      ...functions.flatMap((name) => [
        '',
        ...stub(catalog, roleOf(name), name, bodies[name.slice(PREFIX.length)]),
      ]),
      '$0',
    ],
  };
}

const forward = (irp: string): string[] => [
  `IoSkipCurrentIrpStackLocation(${irp});`,
  `return IoCallDriver(((PHID_DEVICE_EXTENSION)DeviceObject->DeviceExtension)->NextDeviceObject, ${irp});`,
];

// -------------------------------------------------------------------------------------- registration calls

/** Declare, zero, fill, register, check; the undo as a comment, because it belongs elsewhere. */
function callSnippet(call: CallEntry, catalog: Catalog): Snippet {
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
