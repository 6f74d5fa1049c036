import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { ClientCapabilities, CodeAction } from 'vscode-languageserver-protocol/node';
import { readFaulty } from '../support/faulty-miniport.ts';
import { LanguageClient } from '../support/language-client.ts';

const ABLE: ClientCapabilities = {
  workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true } },
  textDocument: {
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'refactor', 'source'] } },
      resolveSupport: { properties: ['edit'] },
    },
  },
};

/** Two findings of one rule, each with a safe fix, the second of which another one follows. */
const WRONG = `#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Unload;
static NDIS_HANDLE Handle;

VOID Unload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(Handle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    chars.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = Unload;
    return NdisRegisterProtocolDriver(NULL, &chars, &Handle);
}
`;

describe('code actions over the protocol', { timeout: 60_000 }, () => {
  let able: LanguageClient;
  let plain: LanguageClient;
  const uri = 'untitled:wrong.c';

  before(async () => {
    able = await LanguageClient.start({
      capabilities: { ...ABLE, experimental: { commands: { commands: ['driverentry.openRulePage'] } } },
    });
    plain = await LanguageClient.start();
  });
  after(() => {
    able?.kill();
    plain?.kill();
  });

  const ask = (client: LanguageClient, at: string, context: object = {}) => {
    const document = client.document(uri);
    const position = document.positionAt(document.getText().lastIndexOf(at));
    return client.request<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: position, end: position },
      context: { diagnostics: [], ...context },
    });
  };
  const titles = (actions: CodeAction[] | null) => (actions ?? []).map(({ title }) => title);

  test('kinds are told, and only those that are asked for are answered', async () => {
    const provider = able.initialized.capabilities.codeActionProvider;
    assert.deepEqual(typeof provider === 'object' && provider.codeActionKinds, [
      'quickfix',
      'refactor.rewrite',
      'source.fixAll.driverentry',
    ]);
    await able.open(uri, WRONG);
    await able.diagnostics(uri);
    // The cursor on a member: no finding, but a table that lacks several handlers and may be written differently.
    const kinds = async (only?: string[], triggerKind?: number) =>
      new Set(((await ask(able, 'chars.Header.Type', { only, triggerKind })) ?? []).map(({ kind }) => kind));
    assert.deepEqual(await kinds(['refactor']), new Set(['refactor.rewrite']));
    assert.deepEqual(await kinds(['source']), new Set(['source.fixAll.driverentry']));
    assert.deepEqual(await kinds(['source.fixAll']), new Set(['source.fixAll.driverentry']));
    assert.deepEqual(await kinds(['source.organizeImports']), new Set());
    // Unasked, a light bulb is for what is wrong.
    assert.deepEqual(await kinds(undefined, 2), new Set(['quickfix']));
    assert.deepEqual(await kinds(undefined, 1), new Set(['quickfix', 'refactor.rewrite']));
  });

  test('all safe fixes are made in one go, and then there is none', async () => {
    const [all] = (await ask(able, 'chars', { only: ['source.fixAll.driverentry'] })) ?? [];
    assert.equal(all?.kind, 'source.fixAll.driverentry');
    await able.apply(all);
    const text = able.document(uri).getText();
    assert.match(text, /NdisZeroMemory\(&chars, sizeof\(chars\)\);/);
    assert.match(text, /Header\.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;/);
    assert.match(text, /Header\.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;/);
    assert.match(text, /MajorNdisVersion = NDIS_PROTOCOL_MAJOR_VERSION;/);
    assert.deepEqual(await ask(able, 'chars', { only: ['source.fixAll.driverentry'] }), []);
    await able.change(uri, [{ text: WRONG }]);
  });

  test('all findings of a rule are fixed when the action is taken, not before', async () => {
    const found = await ask(able, '&chars, &Handle');
    const every = found?.find(({ title }) => title === 'Fix all header-field-missing in this file');
    assert.ok(every, titles(found).join(' | '));
    assert.equal(every.edit, undefined);
    const resolved = await able.request<CodeAction>('codeAction/resolve', every);
    await able.apply(resolved);
    const text = able.document(uri).getText();
    assert.match(text, /MajorNdisVersion = /);
    assert.match(text, /Header\.Size = /);
    assert.doesNotMatch(text, /NdisZeroMemory/);
    // What was asked of an older text is not answered for a newer one.
    const late = await able.request<CodeAction>('codeAction/resolve', every);
    assert.equal(late.edit, undefined);
    await able.change(uri, [{ text: WRONG }]);
  });

  test('a suppression has a placeholder where the client knows snippets, and a page where it can open one', async () => {
    const found = await ask(able, 'NDIS_OBJECT_TYPE_FILTER');
    assert.deepEqual(titles(found).slice(-3), [
      'Ignore header-type-mismatch here',
      'Ignore header-type-mismatch in this file',
      'Open the page of header-type-mismatch',
    ]);
    assert.match(
      JSON.stringify(found?.at(-3)?.edit),
      /driverentry-ignore header-type-mismatch: \$\{1:reason\}/,
    );
    assert.equal(found?.at(-1)?.command?.command, 'driverentry.openRulePage');
    assert.match(String(found.at(-1)?.command?.arguments?.[0]), /header-type-mismatch\.md$/);

    await plain.open(uri, WRONG);
    const bare = await ask(plain, 'NDIS_OBJECT_TYPE_FILTER');
    assert.ok(!titles(bare).some((title) => title.startsWith('Open')));
    const ignore = bare?.find(({ title }) => title === 'Ignore header-type-mismatch here');
    assert.ok(ignore);
    await plain.apply(ignore);
    assert.match(
      plain.document(uri).getText(),
      /^ {4}\/\/ driverentry-ignore header-type-mismatch: reason\n {4}chars\.Header\.Type/m,
    );
    assert.ok(!(await plain.diagnostics(uri)).some(({ code }) => code === 'header-type-mismatch'));
  });

  test('handlers go into the files of their siblings', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'driverentry-actions-'));
    try {
      // The example has the handler, and only forgets to store it.
      const text = readFaulty()
        .text.replace('MINIPORT_PAUSE MPPause;\n', '')
        .replace(/_Use_decl_annotations_\nNDIS_STATUS MPPause\([^}]*\}\n/, '');
      assert.doesNotMatch(text, /MPPause/);
      const cut = text.indexOf('_Use_decl_annotations_', text.indexOf('VOID MPUnload('));
      assert.notEqual(cut, -1);
      writeFileSync(join(folder, 'handlers.c'), `#include <ndis.h>\n\n${text.slice(cut)}`);
      const own = pathToFileURL(join(folder, 'driver.c')).href;
      const other = pathToFileURL(join(folder, 'handlers.c')).href;
      writeFileSync(join(folder, 'driver.c'), text.slice(0, cut));
      const client = await LanguageClient.start({ rootUri: pathToFileURL(folder).href, capabilities: ABLE });
      try {
        await client.open(own, text.slice(0, cut));
        const [found] = (await client.diagnostics(own)).filter(
          ({ code }) => code === 'missing-required-handler',
        );
        assert.ok(found);
        const actions = await client.codeActions(own, found.range, [found]);
        const changed = (actions[0]?.edit?.documentChanges ?? []).map((change) =>
          'textDocument' in change ? change.textDocument.uri : '',
        );
        assert.deepEqual(changed.toSorted(), [own, other].toSorted());
      } finally {
        client.kill();
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
