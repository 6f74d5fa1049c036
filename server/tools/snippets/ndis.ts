import type { Catalog } from '../../src/catalog/catalog.ts';
import type { RoleEntry } from '../../src/catalog/entry.ts';
import {
  assignments,
  buildLine,
  declarations,
  entryPoint,
  headerLines,
  kindOf,
  pragmas,
  PREFIX,
  registerLines,
  roleOfSlot,
  stub,
  stubs,
  versionSets,
  withCLinkage,
  zeroed,
  type Kind,
  type Snippet,
  type VersionSet,
} from './parts.ts';

/** Scaffolds of the NDIS drivers, by name. */
export function* ndisScaffolds(catalog: Catalog): Generator<[string, Snippet]> {
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

function miniportScaffold(catalog: Catalog, kind: Kind, set: VersionSet): Snippet {
  const undo = kind.call.registration?.undo?.call ?? '';
  const unload = roleOfSlot(catalog, kind, 'UnloadHandler');
  return {
    prefix: `ndis-miniport${set.prefix}`,
    description: `A whole NDIS miniport driver: DriverEntry, every required handler, unload${set.suffix}`,
    body: [
      buildLine(catalog, [kind], set),
      '#include <ndis.h>',
      '',
      ...withCLinkage(['DRIVER_INITIALIZE DriverEntry;', ...declarations(catalog, kind)]),
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
      buildLine(catalog, [kind], set),
      '#include <ndis.h>',
      '',
      ...withCLinkage([
        'DRIVER_INITIALIZE DriverEntry;',
        `${unload.name} ${unloadName};`,
        ...declarations(catalog, kind),
      ]),
      '',
      ...pragmas(catalog, [unloadName]),
      '',
      `static NDIS_HANDLE ${kind.handle};`,
      'static NDIS_SPIN_LOCK BindingLock;',
      'static LIST_ENTRY BindingList;',
      '',
      ...entryPoint(catalog, [
        `${kind.table.name} ${kind.variable};`,
        'NDIS_STRING name = RTL_CONSTANT_STRING(L"${3:MyProtocol}");',
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
      buildLine(catalog, [kind], set),
      '#include <ndis.h>',
      '',
      ...withCLinkage([
        'DRIVER_INITIALIZE DriverEntry;',
        `${unload.name} ${unloadName};`,
        ...declarations(catalog, kind),
      ]),
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
        'NDIS_STRING uniqueName = RTL_CONSTANT_STRING(L"{${4:$UUID}\\}");',
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
      buildLine(catalog, [miniport, protocol], set),
      '#include <ndis.h>',
      '',
      ...withCLinkage([
        'DRIVER_INITIALIZE DriverEntry;',
        ...declarations(catalog, miniport),
        ...declarations(catalog, protocol),
      ]),
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
        'NDIS_STRING name = RTL_CONSTANT_STRING(L"${3:MyIntermediate}");',
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
