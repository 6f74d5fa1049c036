import type { Catalog } from '../../src/catalog/catalog.ts';
import type { RoleEntry } from '../../src/catalog/entry.ts';
import { entryPoint, kindOf, pragmas, PREFIX, stub, withCLinkage, zeroed, type Snippet } from './parts.ts';

/** The scaffold of a HID minidriver. */
export function hidScaffold(catalog: Catalog): Snippet {
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
      ...withCLinkage([
        'DRIVER_INITIALIZE DriverEntry;',
        ...functions.map((name) => `${roleOf(name).name} ${name};`),
      ]),
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
