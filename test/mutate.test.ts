import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { applyMutant, isWellFormed } from '../server/tools/mutate/apply.ts';
import { Driver } from '../server/tools/mutate/model/driver.ts';
import { OPERATORS } from '../server/tools/mutate/operators/index.ts';
import { validMutants } from '../server/tools/mutate/run.ts';
import { testParser } from './support/analyse.ts';
import { testCatalog } from './support/catalog.ts';

/** Two registrations, a chain of labels, a shared lock: something for most operators. */
const DRIVER = `#include <ndis.h>

DRIVER_UNLOAD MyUnload;
FILTER_ATTACH MyAttach;
FILTER_DETACH MyDetach;

static NDIS_HANDLE FilterHandle;
static NDIS_HANDLE DeviceHandle;
static PDEVICE_OBJECT Device;
static NDIS_SPIN_LOCK Lock;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars = {0};
    NDIS_DEVICE_OBJECT_ATTRIBUTES device;
    NDIS_STATUS status;

    NdisAllocateSpinLock(&Lock);
    DriverObject->DriverUnload = MyUnload;
    // chars.PauseHandler = MyPause; chars.MajorNdisVersion = 6;
#if 0
    chars.PauseHandler = MyPause;
    NdisFDeregisterFilterDriver(FilterHandle);
#endif
    chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.AttachHandler = MyAttach;
    chars.DetachHandler = MyDetach;
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    NdisZeroMemory(&device, sizeof(device));
    device.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    status = NdisRegisterDeviceEx(FilterHandle, &device, &Device, &DeviceHandle);
    if (status != NDIS_STATUS_SUCCESS)
        goto Undo;
    return NDIS_STATUS_SUCCESS;
Undo:
    NdisFDeregisterFilterDriver(FilterHandle);
Free:
    NdisFreeSpinLock(&Lock);
    return status;
}

VOID MyUnload(PDRIVER_OBJECT DriverObject)
{
    if (DeviceHandle != NULL)
        NdisDeregisterDeviceEx(DeviceHandle);
    NdisFDeregisterFilterDriver(FilterHandle);
    NdisFreeSpinLock(&Lock);
}

NDIS_STATUS MyAttach(NDIS_HANDLE Filter, NDIS_HANDLE Context, PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    NdisAcquireSpinLock(&Lock);
    return NDIS_STATUS_FAILURE;
}

VOID MyDetach(NDIS_HANDLE Context)
{
    NdisReleaseSpinLock(&Lock);
}
`;

const HID = `#include <hidport.h>

DRIVER_UNLOAD HidUnload;
DRIVER_DISPATCH HidPnp;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {
        .Revision = HID_REVISION,
        .DriverObject = DriverObject,
        .RegistryPath = RegistryPath
    };
    DriverObject->DriverUnload = HidUnload;
    DriverObject->MajorFunction[IRP_MJ_PNP] = HidPnp;
    return HidRegisterMinidriver(&registration);
}

VOID HidUnload(PDRIVER_OBJECT DriverObject)
{
}

NTSTATUS HidPnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    return STATUS_SUCCESS;
}
`;

const INTERMEDIATE = `#include <ndis.h>

static NDIS_HANDLE MiniportHandle;
static NDIS_HANDLE ProtocolHandle;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport = {0};
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol = {0};
    NDIS_STATUS status;
    miniport.Flags = NDIS_INTERMEDIATE_DRIVER;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &miniport, &MiniportHandle);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = NdisRegisterProtocolDriver(NULL, &protocol, &ProtocolHandle);
    if (!NT_SUCCESS(status)) {
        NdisMDeregisterMiniportDriver(MiniportHandle);
        return status;
    }
    NdisIMAssociateMiniport(MiniportHandle, ProtocolHandle);
    return status;
}

VOID Unload(PDRIVER_OBJECT DriverObject)
{
    NdisDeregisterProtocolDriver(ProtocolHandle);
}

NDIS_STATUS Start(PNDIS_STRING Name)
{
    NDIS_STATUS status = NdisIMInitializeDeviceInstanceEx(MiniportHandle, Name, NULL);
    if (status != NDIS_STATUS_SUCCESS) {
        return NDIS_STATUS_FAILURE;
    }
    return status;
}
`;

const PROTOCOL = `#include <ndis.h>

#pragma alloc_text(INIT, DriverEntry)

static NDIS_HANDLE Handle;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NDIS_STRING name = NDIS_STRING_CONST("Pt");
    NdisZeroMemory(&chars, sizeof(chars));
    chars.Name = name;
    chars.NetPnPEventHandler = MyEvent;
    return NdisRegisterProtocolDriver(NULL, &chars, &Handle);
}

NDIS_STATUS MyEvent(NDIS_HANDLE Binding, PNET_PNP_EVENT_NOTIFICATION Event)
{
    return NDIS_STATUS_SUCCESS;
}
`;

const INTERRUPT = `#include <ndis.h>

NDIS_STATUS Connect(PADAPTER Adapter)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS chars = {0};
    chars.MsiSupported = TRUE;
    chars.MessageInterruptHandler = MyMessage;
    return NdisMRegisterInterruptEx(Adapter->Handle, Adapter, &chars, &Adapter->Interrupt);
}
`;

const GUIDED = `#include <ndis.h>

NDIS_STATUS Fill(PDRIVER_OBJECT DriverObject)
{
    NDIS_STRING name = RTL_CONSTANT_STRING(L"{0f8fad5b}");
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars = {0};
    chars.UniqueName = name;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &Context->Handle);
}

NDIS_STATUS SetAttributes(NDIS_HANDLE Handle)
{
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES attributes = {0};
    return NdisMSetMiniportAttributes(Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&attributes);
}
`;

/** Lines that a mutant takes away (`-`) and adds (`+`), blanks around them removed. */
function changes(before: string, after: string): string[] {
  const count = (text: string) => {
    const lines = new Map<string, number>();
    for (const line of text.split('\n')) lines.set(line.trim(), (lines.get(line.trim()) ?? 0) + 1);
    return lines;
  };
  const [old, now] = [count(before), count(after)];
  const less = (a: Map<string, number>, b: Map<string, number>, sign: string) =>
    [...a].flatMap(([line, times]) => (line !== '' && times > (b.get(line) ?? 0) ? [`${sign} ${line}`] : []));
  return [...less(old, now, '-'), ...less(now, old, '+')];
}

/** Asserts that the words follow each other. */
function inOrder(text: string | undefined, ...words: readonly string[]): void {
  assert.ok(text !== undefined);
  const places = words.map((word) => text.indexOf(word));
  assert.ok(
    places.every((place, index) => place > (places[index - 1] ?? -1)),
    text,
  );
}

/** What each mutant of an operator changes. */
const mutantsOf = async (name: string, text: string): Promise<string[][]> =>
  (await textsOf(name, text)).map((one) => changes(text, one));

/** The texts that an operator makes of one. */
async function textsOf(name: string, text: string): Promise<string[]> {
  const operator = OPERATORS.find((one) => one.name === name);
  assert.ok(operator, `there is no operator ${name}`);
  const [catalog, parser] = [testCatalog(), await testParser()];
  const driver = new Driver(
    { name: 'd', files: new Map([['driver.c', text]]), isOurs: true },
    catalog,
    parser,
  );
  try {
    return [...validMutants(operator, driver, parser)].map((one) => one.text);
  } finally {
    driver.dispose();
  }
}

const EXPECTED: readonly (readonly [
  operator: string,
  text: string,
  mutants: readonly (readonly string[])[],
])[] = [
  ['drop-handler', DRIVER, [['- chars.AttachHandler = MyAttach;'], ['- chars.DetachHandler = MyDetach;']]],
  [
    'drop-handler',
    HID,
    [
      ['- .Revision = HID_REVISION,'],
      ['- .DriverObject = DriverObject,'],
      ['- .DriverObject = DriverObject,', '- .RegistryPath = RegistryPath', '+ .DriverObject = DriverObject'],
    ],
  ],
  [
    'drop-header-field',
    DRIVER,
    [
      ['- chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;'],
      ['- chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;'],
      ['- chars.MajorNdisVersion = 6;'],
      ['- device.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;'],
    ],
  ],
  [
    'drop-zeroing',
    DRIVER,
    [
      ['- NdisZeroMemory(&device, sizeof(device));'],
      ['- NDIS_FILTER_DRIVER_CHARACTERISTICS chars = {0};', '+ NDIS_FILTER_DRIVER_CHARACTERISTICS chars;'],
    ],
  ],
  ['drop-undo-on-path', DRIVER, [['- NdisFDeregisterFilterDriver(FilterHandle);', '+ ;']]],
  [
    'drop-undo-in-unload',
    DRIVER,
    [['- NdisDeregisterDeviceEx(DeviceHandle);', '+ ;'], ['- NdisFDeregisterFilterDriver(FilterHandle);']],
  ],
  ['double-undo', DRIVER, [['+ NdisFDeregisterFilterDriver(FilterHandle);']]],
  ['undo-in-handler', DRIVER, [['+ NdisFDeregisterFilterDriver(FilterHandle);']]],
  [
    'wrong-undo',
    INTERMEDIATE,
    [
      ['- NdisMDeregisterMiniportDriver(MiniportHandle);', '+ NdisFDeregisterFilterDriver(MiniportHandle);'],
      ['- NdisDeregisterProtocolDriver(ProtocolHandle);', '+ NdisFDeregisterFilterDriver(ProtocolHandle);'],
    ],
  ],
  [
    'wrong-handle',
    INTERMEDIATE,
    [
      [
        '- NdisMDeregisterMiniportDriver(MiniportHandle);',
        '+ NdisMDeregisterMiniportDriver(ProtocolHandle);',
      ],
      [
        '- NdisIMAssociateMiniport(MiniportHandle, ProtocolHandle);',
        '+ NdisIMAssociateMiniport(ProtocolHandle, ProtocolHandle);',
      ],
      [
        '- NdisIMAssociateMiniport(MiniportHandle, ProtocolHandle);',
        '+ NdisIMAssociateMiniport(MiniportHandle, MiniportHandle);',
      ],
      ['- NdisDeregisterProtocolDriver(ProtocolHandle);', '+ NdisDeregisterProtocolDriver(MiniportHandle);'],
    ],
  ],
  ['drop-associate', INTERMEDIATE, [['- NdisIMAssociateMiniport(MiniportHandle, ProtocolHandle);']]],
  [
    'protocol-before-miniport',
    INTERMEDIATE,
    [
      [
        '- if (!NT_SUCCESS(status)) {',
        '- NdisMDeregisterMiniportDriver(MiniportHandle);',
        '+ if (!NT_SUCCESS(status)) { NdisDeregisterProtocolDriver(ProtocolHandle);',
      ],
    ],
  ],
  ['drop-flag', INTERMEDIATE, [['- miniport.Flags = NDIS_INTERMEDIATE_DRIVER;']]],
  [
    'wrong-success-macro',
    INTERMEDIATE,
    [['- if (status != NDIS_STATUS_SUCCESS) {', '+ if (!NT_SUCCESS(status)) {']],
  ],
  [
    'drop-status-capture',
    INTERMEDIATE,
    [
      [
        '- status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &miniport, &MiniportHandle);',
        '+ NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &miniport, &MiniportHandle);',
      ],
      [
        '- status = NdisRegisterProtocolDriver(NULL, &protocol, &ProtocolHandle);',
        '+ NdisRegisterProtocolDriver(NULL, &protocol, &ProtocolHandle);',
      ],
    ],
  ],
  [
    'drop-status-test',
    DRIVER,
    [
      ['- if (status != NDIS_STATUS_SUCCESS) {', '- return status;', '- }'],
      ['- if (status != NDIS_STATUS_SUCCESS)', '- goto Undo;'],
    ],
  ],
  ['success-on-failure', DRIVER, [['- return status;', '+ return NDIS_STATUS_SUCCESS;']]],
  ['replace-status', DRIVER, [['- return status;', '+ return STATUS_UNSUCCESSFUL;']]],
  ['return-pending', DRIVER, [['- return NDIS_STATUS_SUCCESS;', '+ return STATUS_PENDING;']]],
  [
    'return-pending',
    INTERMEDIATE.replaceAll('return status;', 'return(status);'),
    [['- return(status);', '+ return STATUS_PENDING;']],
  ],
  ['wrong-label', DRIVER, [['- goto Undo;', '+ goto Free;']]],
  ['return-past-cleanup', DRIVER, [['- goto Undo;', '+ return status;']]],
  ['free-before-undo', DRIVER, [[]]],
  ['move-initialiser-after', DRIVER, [[]]],
  [
    'move-assignment-after',
    HID,
    [
      [
        '- return HidRegisterMinidriver(&registration);',
        '+ {',
        '+ NTSTATUS kept = HidRegisterMinidriver(&registration);',
        '+ return kept;',
        '+ }',
      ],
      [
        '- return HidRegisterMinidriver(&registration);',
        '+ {',
        '+ NTSTATUS kept = HidRegisterMinidriver(&registration);',
        '+ return kept;',
        '+ }',
      ],
    ],
  ],
  [
    'register-twice',
    DRIVER,
    [
      ['+ status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);'],
      ['+ status = NdisRegisterDeviceEx(FilterHandle, &device, &Device, &DeviceHandle);'],
    ],
  ],
  [
    'local-handle',
    INTERMEDIATE,
    [
      [
        '- status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &miniport, &MiniportHandle);',
        '+ NDIS_HANDLE localHandle;',
        '+ status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &miniport, &localHandle);',
      ],
      [
        '- status = NdisRegisterProtocolDriver(NULL, &protocol, &ProtocolHandle);',
        '+ NDIS_HANDLE localHandle;',
        '+ status = NdisRegisterProtocolDriver(NULL, &protocol, &localHandle);',
      ],
    ],
  ],
  [
    'keep-registry-path',
    DRIVER,
    [
      ['+ static UNICODE_STRING g_RegistryPath;', '+ g_RegistryPath = *RegistryPath;'],
      ['+ static PUNICODE_STRING g_RegistryPath;', '+ g_RegistryPath = RegistryPath;'],
    ],
  ],
  ['drop-unload-routine', DRIVER, [['- DriverObject->DriverUnload = MyUnload;']]],
  [
    'drop-dispatch-entry',
    HID,
    [['- DriverObject->DriverUnload = HidUnload;'], ['- DriverObject->MajorFunction[IRP_MJ_PNP] = HidPnp;']],
  ],
  [
    'nonnull-forbidden',
    INTERMEDIATE,
    [
      ['+ MINIPORT_CHECK_FOR_HANG AddedHandler;', '+ miniport.CheckForHangHandlerEx = AddedHandler;'],
      ['+ MINIPORT_RESET AddedHandler;', '+ miniport.ResetHandlerEx = AddedHandler;'],
    ],
  ],
  [
    'wrong-version',
    DRIVER,
    [
      ['- chars.MajorNdisVersion = 6;', '+ chars.MajorNdisVersion = 5;'],
      ['- chars.MinorNdisVersion = 30;', '+ chars.MinorNdisVersion = 3;'],
      ['- chars.MinorNdisVersion = 30;', '+ chars.MinorNdisVersion = 10;'],
    ],
  ],
  ['drop-usual-member', PROTOCOL, [['- chars.Name = name;']]],
  ['drop-partner', INTERRUPT, [['- chars.MessageInterruptHandler = MyMessage;']]],
  [
    'old-member-name',
    DRIVER,
    [
      ['- chars.MajorNdisVersion = 6;', '+ chars.NdisMajorVersion = 6;'],
      ['- chars.MinorNdisVersion = 30;', '+ chars.NdisMinorVersion = 30;'],
      ['- chars.AttachHandler = MyAttach;', '+ chars.FilterAttachHandler = MyAttach;'],
      ['- chars.DetachHandler = MyDetach;', '+ chars.FilterDetachHandler = MyDetach;'],
    ],
  ],
  [
    'swap-handlers',
    DRIVER,
    [
      [
        '- chars.AttachHandler = MyAttach;',
        '- chars.DetachHandler = MyDetach;',
        '+ chars.AttachHandler = MyDetach;',
        '+ chars.DetachHandler = MyAttach;',
      ],
    ],
  ],
  [
    'wrong-revision',
    DRIVER,
    [
      [
        '- chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;',
        '+ chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_1;',
      ],
      [
        '- chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;',
        '+ chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_3;',
      ],
      [
        '- chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;',
        '+ chars.Header.Revision = NDIS_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1;',
      ],
    ],
  ],
  [
    'wrong-size',
    DRIVER,
    [
      [
        '- chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;',
        '+ chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_1;',
      ],
      [
        '- chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;',
        '+ chars.Header.Size = NDIS_SIZEOF_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1;',
      ],
    ],
  ],
  [
    'wrong-type',
    DRIVER,
    [
      [
        '- device.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;',
        '+ device.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;',
      ],
    ],
  ],
  [
    'invert-status-test',
    INTERMEDIATE,
    [
      ['- if (!NT_SUCCESS(status)) {', '+ if (NT_SUCCESS(status)) {'],
      ['- if (!NT_SUCCESS(status)) {', '+ if (NT_SUCCESS(status)) {'],
    ],
  ],
  [
    'swap-arguments',
    HID,
    [
      [
        '- .DriverObject = DriverObject,',
        '- .RegistryPath = RegistryPath',
        '+ .DriverObject = RegistryPath,',
        '+ .RegistryPath = DriverObject',
      ],
    ],
  ],
  [
    'swap-arguments',
    INTERRUPT,
    [
      [
        '- return NdisMRegisterInterruptEx(Adapter->Handle, Adapter, &chars, &Adapter->Interrupt);',
        '+ return NdisMRegisterInterruptEx(Adapter, Adapter->Handle, &chars, &Adapter->Interrupt);',
      ],
    ],
  ],
  [
    'null-argument',
    PROTOCOL,
    [
      [
        '- return NdisRegisterProtocolDriver(NULL, &chars, &Handle);',
        '+ return NdisRegisterProtocolDriver(NULL, &chars, NULL);',
      ],
    ],
  ],
  [
    'legacy-call',
    PROTOCOL,
    [
      [
        '- return NdisRegisterProtocolDriver(NULL, &chars, &Handle);',
        '+ return NdisRegisterProtocol(NULL, &chars, &Handle);',
      ],
    ],
  ],
  [
    'drop-parameter',
    PROTOCOL,
    [
      [
        '- NDIS_STATUS MyEvent(NDIS_HANDLE Binding, PNET_PNP_EVENT_NOTIFICATION Event)',
        '+ NDIS_STATUS MyEvent(NDIS_HANDLE Binding)',
      ],
    ],
  ],
  ['init-section', PROTOCOL, [['+ #pragma alloc_text(INIT, MyEvent)']]],
  ['define-header-macro', PROTOCOL, [['+ #define NDIS_PROTOCOL_MAJOR_VERSION 6']]],
  ['zero-late', PROTOCOL, [[]]],
  ['wrong-constant', HID, [['- .Revision = HID_REVISION,', '+ .Revision = 2,']]],
  [
    'broken-guid',
    GUIDED,
    [
      [
        '- NDIS_STRING name = RTL_CONSTANT_STRING(L"{0f8fad5b}");',
        '+ NDIS_STRING name = RTL_CONSTANT_STRING(L"0f8fad5b");',
      ],
    ],
  ],
  [
    'drop-attributes',
    GUIDED,
    [
      [
        '- return NdisMSetMiniportAttributes(Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&attributes);',
        '+ return NDIS_STATUS_SUCCESS;',
      ],
    ],
  ],
  ['wrong-undo-order', DRIVER, [[]]],
  [
    'register-under-lock',
    DRIVER,
    [
      ['+ NdisAcquireSpinLock(&Lock);', '+ NdisReleaseSpinLock(&Lock);'],
      ['+ NdisAcquireSpinLock(&Lock);', '+ NdisReleaseSpinLock(&Lock);'],
    ],
  ],
  [
    'wrong-entry-point',
    PROTOCOL,
    [
      [
        '- NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)',
        '+ NTSTATUS DriverEntry(PVOID DriverObject, PUNICODE_STRING RegistryPath)',
      ],
    ],
  ],
  [
    'plain-prototype',
    DRIVER,
    [
      [
        '- FILTER_ATTACH MyAttach;',
        '+ NDIS_STATUS MyAttach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext, PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters);',
      ],
      ['- FILTER_DETACH MyDetach;', '+ VOID MyDetach(NDIS_HANDLE FilterModuleContext);'],
    ],
  ],
];

describe('mutation', () => {
  for (const [operator, text, expected] of EXPECTED) {
    test(`${operator} makes the mutants it should`, async () => {
      assert.deepEqual(await mutantsOf(operator, text), expected);
    });
  }

  test('comments and dropped branches are left alone, and every mutant parses', async () => {
    const [catalog, parser] = [testCatalog(), await testParser()];
    const files = new Map([['driver.c', DRIVER]]);
    const driver = new Driver({ name: 'd', files, isOurs: true }, catalog, parser);
    const kept = /\/\/ chars\.PauseHandler.*\n#if 0[^]*?#endif/.exec(DRIVER)?.[0] ?? '';
    try {
      for (const operator of OPERATORS) {
        for (const { mutant, text } of validMutants(operator, driver, parser)) {
          assert.ok(text.includes(kept), `${operator.name}: ${mutant.what}`);
          assert.ok(isWellFormed(mutant, text, catalog, parser));
        }
      }
    } finally {
      driver.dispose();
    }
  });

  test('what would not parse, or lies in a dropped branch, is no mutant', async () => {
    const [catalog, parser] = [testCatalog(), await testParser()];
    const driver = new Driver(
      { name: 'd', files: new Map([['driver.c', DRIVER]]), isOurs: true },
      catalog,
      parser,
    );
    try {
      const [unit] = driver.units;
      assert.ok(unit);
      const at = DRIVER.indexOf('goto Undo');
      const broken = { unit, at, what: '', edits: [{ range: { start: at, end: at + 4 }, newText: 'if (' }] };
      assert.equal(isWellFormed(broken, applyMutant(broken) ?? '', catalog, parser), false);
      const dropped = DRIVER.indexOf('chars.PauseHandler', DRIVER.indexOf('#if 0'));
      const edits = [{ range: { start: dropped, end: dropped + 5 }, newText: 'x' }];
      assert.equal(applyMutant({ unit, at, what: '', edits }), undefined);
    } finally {
      driver.dispose();
    }
  });

  test('what is moved stands where it should', async () => {
    const [initialiser] = await textsOf('move-initialiser-after', DRIVER);
    inOrder(initialiser, 'NdisFRegisterFilterDriver(', 'NdisAllocateSpinLock(', 'if (status');
    const [release] = await textsOf('free-before-undo', DRIVER);
    inOrder(release?.slice(release.indexOf('VOID MyUnload')), 'NdisFreeSpinLock', 'NdisFDeregister');
    const [protocol] = await textsOf('protocol-before-miniport', INTERMEDIATE);
    inOrder(protocol, 'NdisRegisterProtocolDriver', 'NdisMRegisterMiniportDriver', 'NdisIMAssociateMiniport');
    const [order] = await textsOf('wrong-undo-order', DRIVER);
    inOrder(order?.slice(order.indexOf('VOID MyUnload')), 'NdisFDeregister', 'NdisDeregisterDeviceEx');
    const [slot] = await textsOf('move-assignment-after', HID);
    inOrder(slot, 'HidRegisterMinidriver', 'DriverObject->DriverUnload = HidUnload;', 'return kept');
    const [late] = await textsOf('zero-late', PROTOCOL);
    inOrder(late, '.NetPnPEventHandler', 'NdisZeroMemory', 'return NdisRegister');
  });

  test('the page lists every operator as it describes itself', () => {
    const page = readFileSync(join(process.cwd(), 'docs/mutation.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `([a-z]+(?:-[a-z]+)+)` \| (.*) \|$/gm)].map(
      ([, name, text]) => `${name}: ${text}`,
    );
    assert.deepEqual(
      rows,
      OPERATORS.map(({ name, summary }) => `${name}: ${summary}`),
    );
  });

  test('every operator is tried', () => {
    const tried = new Set(EXPECTED.map(([name]) => name));
    assert.deepEqual(
      OPERATORS.map(({ name }) => name).filter((name) => !tried.has(name)),
      [],
    );
  });

  test('operators have names of their own', () => {
    const names = OPERATORS.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const { name, summary } of OPERATORS) {
      assert.match(name, /^[a-z]+(?:-[a-z]+)+$/);
      assert.match(summary, /^[A-Z].*\.$/);
    }
  });
});
