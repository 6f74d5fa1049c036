import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import {
  type ClientCapabilities,
  type CompletionItem,
  CompletionTriggerKind,
  InsertReplaceEdit,
  InsertTextFormat,
  MarkupContent,
  TextEdit,
} from 'vscode-languageserver-protocol/node';
import { FAULTY, readFaulty } from '../support/faulty-miniport.ts';
import { LanguageClient } from '../support/language-client.ts';

const { uri, text } = readFaulty();
/** Where the example says what it leaves out. */
const GAP = `    // mistake: ${FAULTY.missing} is never set`;

const RICH: ClientCapabilities = {
  textDocument: {
    completion: {
      contextSupport: true,
      completionItem: {
        snippetSupport: true,
        insertReplaceSupport: true,
        labelDetailsSupport: true,
        preselectSupport: true,
        documentationFormat: ['markdown', 'plaintext'],
      },
    },
    signatureHelp: {
      signatureInformation: {
        documentationFormat: ['markdown'],
        parameterInformation: { labelOffsetSupport: true },
      },
    },
  },
  experimental: { commands: { commands: ['editor.action.triggerSuggest'] } },
};

/** A client with the example open, one line of it replaced, and the cursor at the end of what stands there now. */
async function typing(t: TestContext, line: string, instead: string, capabilities?: ClientCapabilities) {
  const client = await LanguageClient.start(capabilities ? { capabilities } : {});
  t.after(() => client.kill());
  assert.ok(text.includes(line));
  await client.open(uri, text);
  const start = client.document(uri).positionAt(text.indexOf(line));
  const end = { line: start.line, character: start.character + line.length };
  await client.change(uri, [{ range: { start, end }, text: instead }]);
  const position = { line: start.line, character: start.character + instead.length };
  return { client, position, line: start.line };
}

const missing = (list: readonly CompletionItem[]) => {
  const found = list.find(({ label }) => label === `${FAULTY.missing} = …`);
  assert.ok(found, `only ${list.map(({ label }) => label).join(', ')}`);
  return found;
};

describe('completion over the protocol', { timeout: 60_000 }, () => {
  test('says what triggers it', async (t) => {
    const client = await LanguageClient.start();
    t.after(() => client.kill());
    const { completionProvider, signatureHelpProvider } = client.initialized.capabilities;
    assert.equal(completionProvider?.resolveProvider, true);
    assert.ok(completionProvider.triggerCharacters?.includes('.'));
    assert.deepEqual(signatureHelpProvider?.triggerCharacters, ['(', ',']);
  });

  test('uses what the client can do', async (t) => {
    const { client, position, line } = await typing(t, GAP, '    chars.Pau', RICH);
    const list = await client.completion(uri, position);
    const item = missing(list);
    assert.equal(item.insertTextFormat, InsertTextFormat.Snippet);
    assert.deepEqual(item.textEdit, {
      newText: `${FAULTY.missing} = \${1};$0`,
      insert: { start: { line, character: 10 }, end: { line, character: 13 } },
      replace: { start: { line, character: 10 }, end: { line, character: 13 } },
    });
    assert.equal(item.filterText, FAULTY.missing);
    assert.equal(item.detail, 'required · MINIPORT_PAUSE');
    assert.deepEqual(item.labelDetails, { description: 'required' });
    assert.equal(item.command?.command, 'editor.action.triggerSuggest');
    assert.equal(item.commitCharacters, undefined);
    assert.equal(item.documentation, undefined);
    const resolved = await client.resolveCompletion(item);
    assert.ok(MarkupContent.is(resolved.documentation));
    assert.equal(resolved.documentation.kind, 'markdown');
    assert.match(resolved.documentation.value, /\*\*Required\.\*\*/);
    const order = list.map(({ sortText = '' }) => sortText);
    assert.ok(order.every((key, index) => index === 0 || (order[index - 1] ?? '') < key));
  });

  test('asks nothing of a client that can do little', async (t) => {
    const { client, position } = await typing(t, GAP, '    chars.Pau', {});
    const item = missing(await client.completion(uri, position));
    assert.equal(item.insertTextFormat, InsertTextFormat.PlainText);
    assert.ok(TextEdit.is(item.textEdit) && !InsertReplaceEdit.is(item.textEdit));
    assert.equal(item.textEdit.newText, `${FAULTY.missing} = `);
    assert.equal(item.labelDetails, undefined);
    assert.equal(item.command, undefined);
    assert.equal(item.preselect, undefined);
    const resolved = await client.resolveCompletion(item);
    assert.ok(MarkupContent.is(resolved.documentation));
    assert.equal(resolved.documentation.kind, 'plaintext');
    assert.doesNotMatch(resolved.documentation.value, /\*\*/);
  });

  test('a blank asks for values, and for nothing where a statement would begin', async (t) => {
    const { client, position } = await typing(t, GAP, `    chars.${FAULTY.missing} = `, RICH);
    const context = { triggerKind: CompletionTriggerKind.TriggerCharacter, triggerCharacter: ' ' } as const;
    const [best] = await client.completion(uri, position, context);
    assert.equal(best?.label, 'MPPause');
    assert.equal(best.preselect, true);
    assert.match(JSON.stringify((await client.resolveCompletion(best)).documentation), /MiniportPause/);
    const start = { ...position, character: 4 };
    await client.change(uri, [{ range: { start, end: position }, text: '' }]);
    assert.deepEqual(await client.completion(uri, start, context), []);
    assert.notDeepEqual(await client.completion(uri, start), []);
  });

  test('a new function comes with its declaration and body, and leaves no finding behind', async (t) => {
    const { client, position } = await typing(t, GAP, '    chars.SetOptionsHandler = ;', RICH);
    const at = { ...position, character: position.character - 1 };
    const [item] = await client.completion(uri, at);
    assert.equal(item?.label, 'MPSetOptions');
    assert.equal(item.additionalTextEdits?.length, 2);
    const edits = [...item.additionalTextEdits, { range: { start: at, end: at }, newText: item.label }];
    await client.applyEdits(uri, edits);
    const found = await client.diagnostics(uri);
    assert.deepEqual(
      found.map(({ message }) => JSON.stringify(message)).filter((message) => message.includes('SetOptions')),
      [],
    );
    assert.match(client.document(uri).getText(), /\n(?:MINIPORT_)?SET_OPTIONS MPSetOptions;\n/);
  });

  test('a closed or unknown document has none', async (t) => {
    const client = await LanguageClient.start();
    t.after(() => client.kill());
    assert.deepEqual(await client.completion('file:///nowhere.c', { line: 0, character: 0 }), []);
    assert.equal(await client.signatureHelp('file:///nowhere.c', { line: 0, character: 0 }), null);
  });
});

test(
  'signature help follows the arguments of a call that is half written',
  { timeout: 60_000 },
  async (t) => {
    const call = `    status = ${FAULTY.register}(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);`;
    const { client, position } = await typing(
      t,
      call,
      `    status = ${FAULTY.register}(DriverObject, Path(1, 2), NULL`,
      RICH,
    );
    const help = await client.signatureHelp(uri, position);
    const [signature] = help?.signatures ?? [];
    assert.ok(signature);
    assert.match(
      signature.label,
      new RegExp(`^NDIS_STATUS ${FAULTY.register}\\(_In_ PDRIVER_OBJECT DriverObject, `),
    );
    assert.equal(help?.activeParameter, 2);
    const parameter = signature.parameters?.[2];
    const [start = 0, end = 0] = Array.isArray(parameter?.label) ? parameter.label : [];
    assert.equal(signature.label.slice(start, end), '_In_opt_ NDIS_HANDLE MiniportDriverContext');
    assert.match(JSON.stringify(parameter?.documentation), /in, optional/);
  },
);
