import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver-protocol/node';
import { FAULTY, readFaulty } from '../support/faulty-miniport.ts';
import { LanguageClient, type StartOptions } from '../support/language-client.ts';
import { CLI } from '../support/other-editors.ts';

const missing = (found: Diagnostic[]) => found.filter(({ code }) => code === FAULTY.rule);
const OFF = { rules: { [FAULTY.rule]: 'off' } };

/** A client that knows nothing but the protocol's core, and refuses what it does not know. */
async function startPlain(t: TestContext, options: StartOptions = {}): Promise<LanguageClient> {
  const client = await LanguageClient.start({ capabilities: {}, server: [CLI, 'lsp'], ...options });
  t.after(() => client.kill());
  return client;
}

async function openFaulty(client: LanguageClient): Promise<string> {
  const { uri, text } = readFaulty();
  await client.open(uri, text);
  return uri;
}

describe('a client without any capabilities', { timeout: 60_000 }, () => {
  test('is asked nothing, and is shown, told and repaired all the same', async (t) => {
    const client = await startPlain(t);
    const uri = await openFaulty(client);
    const [finding] = missing(await client.diagnostics(uri));
    assert.ok(finding);
    const offset = client.document(uri).getText().lastIndexOf(FAULTY.register);
    const hover = await client.hover(uri, client.document(uri).positionAt(offset + 1));
    assert.ok(hover && typeof hover.contents === 'object' && 'value' in hover.contents);
    assert.match(hover.contents.value, new RegExp(FAULTY.register));

    const action = (await client.codeActions(uri, finding.range, [finding])).find(({ title }) =>
      title.includes(FAULTY.fix),
    );
    assert.ok(action);
    assert.deepEqual(Object.keys(action.edit ?? {}), ['changes'], 'it does not know of documentChanges');
    await client.apply(action);
    assert.deepEqual(missing(await client.diagnostics(uri)), []);
    assert.deepEqual(client.requested, []);
    assert.equal(await client.shutdown(), 0);
    assert.equal(client.stderr, '');
  });

  test('gives its settings at the start', async (t) => {
    const client = await startPlain(t, { initializationOptions: { settings: OFF } });
    const uri = await openFaulty(client);
    const found = await client.diagnostics(uri);
    assert.deepEqual(missing(found), []);
    assert.ok(found.length > 0, 'the other rules report');
  });

  test('changes its settings by telling', async (t) => {
    const client = await startPlain(t);
    const uri = await openFaulty(client);
    assert.equal(missing(await client.diagnostics(uri)).length, 1);
    await client.configure({ driverentry: OFF });
    await client.diagnosticsWhere(uri, (found) => found.length > 0 && missing(found).length === 0);
    assert.deepEqual(client.requested, []);
  });
});

test(
  'a client that answers for settings, but registers nothing, is not asked to',
  { timeout: 60_000 },
  async (t) => {
    const client = await startPlain(t, {
      capabilities: { workspace: { configuration: true } },
      settings: OFF,
    });
    const uri = await openFaulty(client);
    await client.diagnosticsWhere(uri, (found) => found.length > 0 && missing(found).length === 0);
    assert.deepEqual([...new Set(client.requested)], ['workspace/configuration']);
  },
);
