import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Spot } from '../../server/src/driver/lifecycle/memory.ts';
import { memoryAnalyzer } from '../support/analyse.ts';

const HEAD = `#include <ndis.h>
extern NDIS_HANDLE Handle;
extern NDIS_SPIN_LOCK Lock;
`;

/** What is seen in a driver: kind and the line at fault, in the order of lines. */
async function seen(files: Readonly<Record<string, string>>): Promise<string[]> {
  const analyzer = await memoryAnalyzer(files);
  try {
    const main = await analyzer.diagnose('file:///w/driver.c');
    const driver = main?.driver;
    assert.ok(driver);
    const lineAt = (spot: Spot): string => {
      const { uri, range } = driver.placeOf(spot);
      const name = uri.replace('file:///w/', '');
      const text = files[name] ?? '';
      const start = text.lastIndexOf('\n', range.start) + 1;
      return text.slice(start, text.indexOf('\n', range.start)).trim();
    };
    return driver.lifecycle.observations
      .map((one) => `${one.kind}: ${lineAt('at' in one ? one.at : one.held.at)}`)
      .toSorted();
  } finally {
    analyzer.dispose();
  }
}

const entry = (body: string, more = ''): string => `${HEAD}NDIS_HANDLE Handle;
NDIS_SPIN_LOCK Lock;
${more}
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NTSTATUS status;
    Fill(&chars);
${body}
}
`;

describe('lifecycles', () => {
  const REGISTER = '    status = NdisRegisterProtocolDriver(NULL, &chars, &Handle);\n';
  const FAILED = '    if (status != NDIS_STATUS_SUCCESS) return status;\n';
  const UNDO = 'NdisDeregisterProtocolDriver(Handle);';
  const cases: readonly (readonly [
    name: string,
    body: string,
    expected: readonly string[],
    more?: string,
  ])[] = [
    [
      'undone by hand',
      `${REGISTER}${FAILED}    status = IoStep();\n    if (!NT_SUCCESS(status)) { ${UNDO} }\n    return status;`,
      [],
    ],
    [
      'left on one of two ways',
      `${REGISTER}${FAILED}    status = IoStep();\n    if (!NT_SUCCESS(status)) { ${UNDO} return status; }\n    status = IoNext();\n    if (!NT_SUCCESS(status)) return STATUS_UNSUCCESSFUL;\n    return status;`,
      ['left-registered: if (!NT_SUCCESS(status)) return STATUS_UNSUCCESSFUL;'],
    ],
    [
      'behind a flag that is set',
      `    BOOLEAN done = FALSE;\n${REGISTER}    if (NT_SUCCESS(status)) { done = TRUE; status = IoStep(); }\n    if (!NT_SUCCESS(status) && done) ${UNDO}\n    return status;`,
      [],
    ],
    [
      'behind a handle that is set',
      `    Handle = NULL;\n${REGISTER}    if (NT_SUCCESS(status)) status = IoStep();\n    if (!NT_SUCCESS(status)) { if (Handle != NULL) ${UNDO} }\n    return status;`,
      [],
    ],
    [
      'by a static inline helper',
      `${REGISTER}${FAILED}    status = IoStep();\n    if (!NT_SUCCESS(status)) Undo();\n    return status;`,
      [],
      `static inline void Undo(void) { ${UNDO} }`,
    ],
    [
      'by a function out of sight',
      `${REGISTER}${FAILED}    status = IoStep();\n    if (!NT_SUCCESS(status)) Cleanup();\n    return status;`,
      [],
      'void Cleanup(void);',
    ],
    [
      'behind a parameter that says no',
      `    return Register(&chars, FALSE);`,
      ['left-registered: return Register(&chars, FALSE);'],
      `static NTSTATUS Register(PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars, BOOLEAN undo)\n{\n    NTSTATUS status = NdisRegisterProtocolDriver(NULL, chars, &Handle);\n    if (!NT_SUCCESS(status)) return status;\n    status = IoStep();\n    if (!NT_SUCCESS(status) && undo) ${UNDO}\n    return status;\n}`,
    ],
    [
      'behind a parameter nobody knows',
      `    return Register(&chars, Wanted);`,
      [],
      `extern BOOLEAN Wanted;\nstatic NTSTATUS Register(PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars, BOOLEAN undo)\n{\n    NTSTATUS status = NdisRegisterProtocolDriver(NULL, chars, &Handle);\n    if (!NT_SUCCESS(status)) return status;\n    status = IoStep();\n    if (!NT_SUCCESS(status) && undo) ${UNDO}\n    return status;\n}`,
    ],
  ];
  for (const [name, body, expected, more] of cases) {
    test(name, async () => {
      const found = (await seen({ 'driver.c': entry(body, more) })).filter(
        (text) => !text.startsWith('late-failure'),
      );
      assert.deepEqual(found, expected);
    });
  }

  test('a helper in a header that the file includes', async () => {
    const text = entry(
      `${REGISTER}${FAILED}    status = IoStep();\n    if (!NT_SUCCESS(status)) Undo();\n    return status;`,
    );
    const found = await seen({
      'driver.c': text.replace(HEAD, `${HEAD}#include "undo.h"\n`),
      'undo.h': `static inline void Undo(void) { ${UNDO} }\n`,
    });
    assert.deepEqual(
      found.filter((one) => one.startsWith('left')),
      [],
    );
  });

  test('only what changed is followed again', async () => {
    const text = entry(
      `${REGISTER}${FAILED}    return status;`,
      `VOID Unload(PDRIVER_OBJECT o) { ${UNDO} }\nVOID Other(VOID) { IoStep(); }`,
    );
    const analyzer = await memoryAnalyzer({});
    const followed = async (now: string, version: number) => {
      analyzer.apply({ kind: 'text', uri: 'file:///w/driver.c', text: now, version });
      return (await analyzer.diagnose('file:///w/driver.c'))?.driver?.lifecycle.memo?.followed;
    };
    assert.equal(await followed(text, 1), 3); // two functions, and the entry point once more with what it starts with
    assert.equal(await followed(text.replace('IoStep();', 'IoStep(); IoNext();'), 2), 0);
    assert.equal(await followed(`\n\n${text}`, 3), 0);
    assert.equal(await followed(`\nVOID IoElse(VOID);\n${text}`, 4), 0); // a name that nobody uses
    assert.equal(await followed(`\nextern NTSTATUS status;\n${text}`, 5), 2); // one that the entry point uses
    assert.equal(
      await followed(`\n\n${text.replace('(PDRIVER_OBJECT o) {', '(PDRIVER_OBJECT o) { IoNext();')}`, 6),
      3, // and that name is gone
    );
    analyzer.dispose();
  });
});
