import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Diagnostic, Hover, Position } from 'vscode-languageserver-protocol/node';
import { FAULTY, readFaulty } from '../support/faulty-miniport.ts';
import { LanguageClient } from '../support/language-client.ts';

const missingHandlers = (diagnostics: Diagnostic[]): Diagnostic[] =>
  diagnostics.filter(({ source, code }) => source === FAULTY.source && code === FAULTY.rule);

function hoverText(hover: Hover | null): string {
  assert.ok(hover, 'no hover');
  assert.ok(typeof hover.contents === 'object' && 'value' in hover.contents);
  return hover.contents.value;
}

describe('the server over stdio', { timeout: 60_000 }, () => {
  let client: LanguageClient;
  let count = 0;
  let uri = '';
  let text = '';

  before(async () => {
    client = await LanguageClient.start();
  });
  after(() => client?.kill());

  // Each test has a document of its own: an unsaved one, so that no other file plays a part.
  beforeEach(async () => {
    uri = `untitled:driver-${++count}.c`;
    ({ text } = readFaulty());
    await client.open(uri, text);
  });

  const positionOf = (word: string): Position => {
    const offset = client.document(uri).getText().lastIndexOf(word);
    assert.notEqual(offset, -1, `the example does not mention ${word}`);
    return client.document(uri).positionAt(offset + 1);
  };

  test('says what it can do', () => {
    const { capabilities, serverInfo } = client.initialized;
    assert.equal(serverInfo?.name, 'driverentry');
    assert.ok(capabilities.hoverProvider);
    assert.ok(capabilities.codeActionProvider);
    assert.ok(capabilities.textDocumentSync);
  });

  test('reports a missing handler, with a page to read about it', async () => {
    const [found, ...more] = missingHandlers(await client.diagnostics(uri));
    assert.ok(found, 'nothing reported');
    assert.deepEqual(more, []);
    assert.ok(typeof found.message === 'string');
    assert.match(found.message, new RegExp(FAULTY.missing));
    assert.match(found.codeDescription?.href ?? '', /^https:\/\/.*missing-required-handler/);
    assert.equal(found.severity, 1);
    const { start, end } = found.range;
    assert.ok(start.line < end.line || start.character < end.character, 'an empty range');
  });

  test('explains the registering call on hover, and stays silent elsewhere', async () => {
    const hover = await client.hover(uri, positionOf(FAULTY.register));
    assert.match(hoverText(hover), new RegExp(FAULTY.register));
    assert.equal(await client.hover(uri, { line: 0, character: 0 }), null);
  });

  test('offers a fix that removes the finding', async () => {
    const [found] = missingHandlers(await client.diagnostics(uri));
    assert.ok(found);
    const actions = await client.codeActions(uri, found.range, [found]);
    const fix = actions.find(({ title }) => title.includes(FAULTY.fix));
    assert.ok(fix, `only ${actions.map(({ title }) => title).join(', ') || 'nothing'} is offered`);
    await client.apply(fix);
    assert.match(client.document(uri).getText(), new RegExp(`\\b${FAULTY.missing}\\b`));
    assert.deepEqual(missingHandlers(await client.diagnostics(uri)), []);
  });

  test('follows edits as they are typed', async () => {
    const original = missingHandlers(await client.diagnostics(uri));
    // A new line above everything moves the finding, and nothing else about it.
    await client.change(uri, [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n' },
    ]);
    const moved = missingHandlers(await client.diagnostics(uri));
    assert.deepEqual(
      moved.map(({ range }) => range.start),
      original.map(({ range: { start } }) => ({ ...start, line: start.line + 1 })),
    );
    // Without the call nothing is registered, so nothing is missing.
    const { line, character } = positionOf(FAULTY.register);
    const at = { line, character: character - 1 };
    const end = { line, character: at.character + FAULTY.register.length };
    await client.change(uri, [{ range: { start: at, end }, text: 'SomethingElse' }]);
    assert.deepEqual(missingHandlers(await client.diagnostics(uri)), []);
    // Two changes at once, the second on top of the first, bring it back.
    const away = { start: at, end: { line, character: at.character + 'SomethingElse'.length } };
    await client.change(uri, [
      { range: away, text: '' },
      { range: { start: at, end: at }, text: FAULTY.register },
    ]);
    assert.deepEqual(missingHandlers(await client.diagnostics(uri)).length, original.length);
  });

  test('only the last of many edits counts', async () => {
    for (let i = 0; i < 20; i++) {
      const start = { line: 0, character: 0 };
      await client.change(uri, [{ range: { start, end: start }, text: i === 10 ? '\n' : ' ' }]);
    }
    const found = missingHandlers(await client.diagnostics(uri));
    assert.equal(found.length, 1);
  });

  test('survives text that is not C', async () => {
    await client.change(uri, [{ text: '\u0000}}}) #if " /* {{{ é 🙂' }]);
    await client.diagnostics(uri);
    await client.change(uri, [{ text }]);
    assert.equal(missingHandlers(await client.diagnostics(uri)).length, 1);
  });

  test('takes its findings away when a document is closed', async () => {
    await client.diagnostics(uri);
    await client.close(uri);
    assert.deepEqual(await client.diagnosticsWhere(uri, (found) => found.length === 0), []);
  });
});

test('a rule that is switched off stays silent', { timeout: 60_000 }, async (t) => {
  const client = await LanguageClient.start({ settings: { rules: { [FAULTY.rule]: 'off' } } });
  t.after(() => client.kill());
  const { uri, text } = readFaulty();
  await client.open(uri, text);
  // The settings may arrive after the first analysis.
  const found = await client.diagnosticsWhere(uri, (list) => missingHandlers(list).length === 0);
  assert.deepEqual(missingHandlers(found), []);
});

test('ends with exit code 0 when asked to', { timeout: 60_000 }, async (t) => {
  const client = await LanguageClient.start();
  t.after(() => client.kill());
  const { uri, text } = readFaulty();
  await client.open(uri, text);
  await client.diagnostics(uri);
  assert.equal(await client.shutdown(), 0);
  assert.equal(client.stderr, '');
});
