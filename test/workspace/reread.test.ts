import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { FunctionFlow } from '../../server/src/driver/facts.ts';
import { memoryWorkspace, type MemoryWorkspace } from '../support/analyse.ts';

const DRIVER = `#include "driver.h"

static NDIS_HANDLE ProtocolHandle;

NDIS_STATUS Register(PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars)
{
    if (LIMIT > 2) {
        return NDIS_STATUS_FAILURE;
    }
    STEP(chars);
    return NdisRegisterProtocolDriver(NULL, chars, &ProtocolHandle);
}

VOID Undo(VOID)
{
    NdisDeregisterProtocolDriver(ProtocolHandle);
}
`;
const HEADER = `#pragma once
#include <ndis.h>
typedef struct _ADAPTER { NDIS_HANDLE Handle; } ADAPTER, *PADAPTER;
#define LIMIT DEEPER
#define DEEPER 1
#define PASTED(name) Nobody##name
#define STEP(table) Inner(table)
VOID Inner(PVOID Table);
VOID Other(VOID);
`;

const uriOf = (name: string) => `file:///w/${name}`;

/** Names of the functions of the driver that an edit lets be read again. */
async function reread({ analyzer }: MemoryWorkspace, edit: () => void): Promise<string[]> {
  const flows = async (): Promise<ReadonlyMap<string, FunctionFlow>> =>
    (await analyzer.diagnose(uriOf('driver.c')))?.file.facts?.flows ?? new Map<string, FunctionFlow>();
  const before = await flows();
  edit();
  const after = await flows();
  return [...after].filter(([name, { graph }]) => before.get(name)?.graph !== graph).map(([name]) => name);
}

async function opened(): Promise<MemoryWorkspace> {
  const workspace = await memoryWorkspace({ 'driver.c': DRIVER, 'driver.h': HEADER });
  workspace.analyzer.apply({ kind: 'text', uri: uriOf('driver.c'), text: DRIVER, version: 1 });
  return workspace;
}

suite('an edit of the header lets be read again', () => {
  const cases: readonly (readonly [what: string, header: string, functions: readonly string[]])[] = [
    ['nothing, when no name of the file is meant', `${HEADER}#define UNRELATED 1\n`, []],
    ['nothing, when only a comment is written', `// the header\n${HEADER}`, []],
    ['what uses a macro', HEADER.replace('STEP(table) Inner', 'STEP(table) Other'), ['Register']],
    ['what uses a macro by way of another', HEADER.replace('DEEPER 1', 'DEEPER 3'), ['Register']],
    [
      'what uses a function by way of a macro',
      HEADER.replace('VOID Inner(PVOID Table);\n', ''),
      ['Register'],
    ],
  ];
  for (const [what, header, functions] of cases) {
    test(what, async () => {
      const workspace = await opened();
      assert.deepEqual(await reread(workspace, () => workspace.write('driver.h', header)), functions);
      workspace.analyzer.dispose();
    });
  }
});

suite('an edit outside of functions lets be read again', () => {
  const cases: readonly (readonly [what: string, text: string, functions: readonly string[]])[] = [
    ['nothing, when a comment is written', DRIVER.replace('VOID Undo', '// the end\nVOID Undo'), []],
    ['nothing, when a name is new', DRIVER.replace('VOID Undo', 'VOID New(VOID);\n\nVOID Undo'), []],
    [
      'what names a macro',
      DRIVER.replace('static NDIS_HANDLE', '#define NDIS_STATUS_FAILURE 1\nstatic NDIS_HANDLE'),
      ['Register'],
    ],
    [
      'what names a variable',
      DRIVER.replace('static NDIS_HANDLE Pro', 'NDIS_HANDLE Pro'),
      ['Register', 'Undo'],
    ],
    [
      'everything behind a new #if',
      DRIVER.replace('VOID Undo', '#ifdef X\n#endif\nVOID Undo'),
      ['Register', 'Undo'],
    ],
    ['a function around which an #if is put', `#ifdef X\n${DRIVER}#endif\n`, ['Register', 'Undo']],
  ];
  for (const [what, text, functions] of cases) {
    test(what, async () => {
      const workspace = await opened();
      const edit = () => workspace.analyzer.apply({ kind: 'text', uri: uriOf('driver.c'), text, version: 2 });
      assert.deepEqual(await reread(workspace, edit), functions);
      workspace.analyzer.dispose();
    });
  }
});

suite('another build lets be read again', () => {
  const header = HEADER.replace(
    '#define DEEPER 1',
    '#if DBG\n#define DEEPER 1\n#else\n#define DEEPER 3\n#endif',
  );
  const cases: readonly (readonly [
    what: string,
    defines: readonly string[],
    functions: readonly string[],
  ])[] = [
    ['nothing, when it defines what nobody asks for', ['UNRELATED=1', 'ALSO=UNRELATED'], []],
    ['all of a file that a header tells something else', ['DBG=1'], ['Register', 'Undo']],
    ['all of a file that uses what it defines', ['STEP=Undo'], ['Register', 'Undo']],
  ];
  for (const [what, defines, functions] of cases) {
    test(what, async () => {
      // On the disk: of an open file each function counts by itself.
      const workspace = await memoryWorkspace({ 'driver.c': DRIVER, 'driver.h': header });
      const edit = () => workspace.analyzer.apply({ kind: 'settings', settings: { defines } });
      assert.deepEqual(await reread(workspace, edit), functions);
      workspace.analyzer.dispose();
    });
  }
});

suite('syntax errors', () => {
  const broken = DRIVER.replace('STEP(chars);', 'STEP(chars;');
  const edited = async (first: string, second: string): Promise<string[]> => {
    const workspace = await memoryWorkspace({ 'driver.c': first, 'driver.h': HEADER });
    const { analyzer } = workspace;
    analyzer.apply({ kind: 'text', uri: uriOf('driver.c'), text: first, version: 1 });
    const edit = () => analyzer.apply({ kind: 'text', uri: uriOf('driver.c'), text: second, version: 2 });
    const functions = await reread(workspace, edit);
    analyzer.dispose();
    return functions;
  };

  test('let what holds them be read again, whatever changes', async () => {
    assert.deepEqual(await edited(broken, broken.replace('NdisDereg', 'Other();\n    NdisDereg')), [
      'Register',
      'Undo',
    ]);
  });
  test('leave what is known of other functions alone', async () => {
    assert.deepEqual(await edited(DRIVER, broken), ['Register']);
  });
  test('let be read again what was read beside them, once they are mended', async () => {
    assert.deepEqual(await edited(broken, DRIVER), ['Register', 'Undo']);
  });
  test('let everything be read again when something outside of functions changes', async () => {
    assert.deepEqual(await edited(broken, `${broken}\n// the end\n`), ['Register', 'Undo']);
  });
});
