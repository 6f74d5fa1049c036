import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  CodeLensRequest,
  DefinitionRequest,
  type DocumentSymbol,
  DocumentSymbolRequest,
  ImplementationRequest,
  InlayHintRequest,
  ReferencesRequest,
} from 'vscode-languageserver-protocol/node';
import { LanguageClient } from '../support/language-client.ts';
import { parseSeeingFixture } from '../support/seeing-fixture.ts';

const { files } = parseSeeingFixture(
  readFileSync(join(process.cwd(), 'test/features/seeing/filter.c'), 'utf8'),
);
const CAPABILITIES: ClientCapabilities = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
  },
  textDocument: {
    hover: { contentFormat: ['markdown'] },
    publishDiagnostics: { versionSupport: true },
    definition: { linkSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
};

describe('what is seen over code, through the protocol', () => {
  const folder = mkdtempSync(join(tmpdir(), 'driverentry-seeing-'));
  const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
  const driver = uriOf('driver.c');
  const clients: LanguageClient[] = [];

  before(() => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  });
  after(() => {
    for (const client of clients) client.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(settings: object, commands: readonly string[] = []): Promise<LanguageClient> {
    const client = await LanguageClient.start({
      settings,
      rootUri: pathToFileURL(folder).href,
      capabilities: { ...CAPABILITIES, experimental: { commands: { commands: [...commands] } } },
    });
    clients.push(client);
    await client.open(driver, files['driver.c'] ?? '');
    await client.diagnostics(driver);
    // The server asks for the settings by itself, and then to be asked again.
    await client.refreshed(CodeLensRefreshRequest.method);
    return client;
  }

  const lensesOf = (client: LanguageClient) =>
    client.request(CodeLensRequest.type, { textDocument: { uri: driver } });
  const at = (word: string, behind = 0) => {
    const lines = (files['driver.c'] ?? '').split(word)[0]?.split('\n') ?? [];
    return { line: lines.length - 1, character: (lines.at(-1) ?? '').length + behind };
  };

  test('lenses are text for a client without a command that shows places', async () => {
    const lenses = await lensesOf(await start({}));
    assert.deepEqual(
      lenses?.map(({ command }) => [command?.title, command?.command]),
      [
        ['control device · undone in LwfUnload', ''],
        ['registers NDIS 6.30 filter, control device · unloads in LwfUnload', ''],
        ['NDIS 6.30 filter · 4 handlers · undone in LwfUnload', ''],
      ],
    );
  });

  test('with a command the lens leads to its places', async () => {
    for (const command of ['driverentry.showPlaces', 'editor.action.showReferences']) {
      const [first] = (await lensesOf(await start({}, ['something.else', command]))) ?? [];
      assert.equal(first?.command?.command, command);
      const [uri, position, locations] = first.command.arguments as [string, object, { uri: string }[]];
      assert.equal(uri, driver);
      assert.deepEqual(position, first.range.start);
      assert.deepEqual(
        locations.map((one) => one.uri),
        [uriOf('handlers.c')],
      );
    }
  });

  test('another file of the driver makes the client ask again', async () => {
    const client = await start({});
    const handlers = uriOf('handlers.c');
    const asked = client.refreshes.get(CodeLensRefreshRequest.method) ?? 0;
    await client.open(handlers, files['handlers.c'] ?? '');
    await client.change(handlers, [
      { text: (files['handlers.c'] ?? '').replace('NdisDeregisterDeviceEx(DeviceHandle);', '') },
    ]);
    await client.refreshed(CodeLensRefreshRequest.method, asked + 1);
    const titles = (await lensesOf(client))?.map(({ command }) => command?.title);
    assert.equal(titles?.[0], 'control device');
  });

  test('settings switch lenses, hints and hovers', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const hintsOf = (client: LanguageClient) =>
      client.request(InlayHintRequest.type, { textDocument: { uri: uriOf('handlers.c') }, range });
    const quiet = await start({ codeLens: false, hover: 'off' });
    assert.deepEqual(await lensesOf(quiet), []);
    assert.equal(await quiet.hover(driver, at('NdisFRegisterFilterDriver')), null);
    await quiet.open(uriOf('handlers.c'), files['handlers.c'] ?? '');
    assert.deepEqual(await hintsOf(quiet), []);

    const loud = await start({ inlayHints: true, hover: 'compact' });
    await loud.open(uriOf('handlers.c'), files['handlers.c'] ?? '');
    const labels = ((await hintsOf(loud)) ?? []).map(({ label }) => label);
    assert.ok(labels.includes('PASSIVE_LEVEL'));
    assert.ok(labels.includes('≤ DISPATCH_LEVEL'));
    const hover = JSON.stringify(await loud.hover(driver, at('NdisFRegisterFilterDriver')));
    assert.match(hover, /Registers/);
    assert.match(hover, /Documentation/);
    assert.doesNotMatch(hover, /_In_|\| Parameter \|/);
  });

  test('members, handles and undos lead on; symbols are a tree', async () => {
    const client = await start({});
    const textDocument = { uri: driver };
    const position = at('AttachHandler', 3);
    const [link] = ((await client.request(DefinitionRequest.type, { textDocument, position })) ??
      []) as object[];
    assert.ok(link && 'targetUri' in link && link.targetUri === uriOf('handlers.c'));
    const implementations = (await client.request(ImplementationRequest.type, {
      textDocument,
      position,
    })) as { uri: string }[];
    assert.deepEqual(
      implementations.map(({ uri }) => uri),
      [uriOf('handlers.c')],
    );
    const references = await client.request(ReferencesRequest.type, {
      textDocument,
      position,
      context: { includeDeclaration: false },
    });
    assert.ok((references?.length ?? 0) >= 4);
    const symbols = (await client.request(DocumentSymbolRequest.type, { textDocument })) as DocumentSymbol[];
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['control device', 'NDIS 6.30 filter'],
    );
  });
});
