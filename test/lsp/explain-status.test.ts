import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ExplainStatusResult, ReadStatusResult } from '../../server/src/lsp/requests/explain-status.ts';
import { readFaulty } from '../support/faulty-miniport.ts';
import { LanguageClient } from '../support/language-client.ts';

describe('the server explains status codes', { timeout: 60_000 }, () => {
  let client: LanguageClient;
  const { uri, text } = readFaulty();

  before(async () => {
    client = await LanguageClient.start();
    await client.open(uri, text);
    await client.diagnostics(uri);
  });
  after(() => client?.kill());

  const explain = (code: string, file?: string) =>
    client.request<ExplainStatusResult | null>('driverentry/explainStatus', {
      text: code,
      ...(file === undefined ? {} : { uri: file }),
    });

  test('with links to the lines at fault', async () => {
    const found = await explain('-1073676283', uri);
    assert.equal(found?.title, 'NDIS_STATUS_BAD_CHARACTERISTICS');
    const lines = text.split('\n');
    const line = lines.findIndex((item) => item.includes('NdisMRegisterMiniportDriver(')) + 1;
    const column = (lines[line - 1] ?? '').indexOf('&chars') + 1;
    assert.ok(found.markdown.includes(`1. [driver.c:${line}:${column}](${uri}#L${line},${column}): `));
  });

  test('for the open files when none is named', async () => {
    assert.equal((await explain('0xC0010005'))?.markdown, (await explain('0xC0010005', uri))?.markdown);
  });

  test('with the text of the editor, not that of the disk', async () => {
    const fixed = text.replace('chars.CheckForHangHandlerEx = MPCheckForHang;', '');
    await client.change(uri, [{ text: fixed }]);
    const found = await explain('0xC0010005', uri);
    assert.doesNotMatch(found?.markdown ?? '', /\(\[handler-pair-incomplete\]/);
    await client.change(uri, [{ text }]);
  });

  test('and tells what is one', async () => {
    const read = (code: string) =>
      client.request<ReadStatusResult | null>('driverentry/readStatus', { text: code });
    assert.equal(await read('MPPause'), null);
    assert.equal(await explain('MPPause', uri), null);
    assert.deepEqual((await read('3221291013'))?.names, ['NDIS_STATUS_BAD_CHARACTERISTICS']);
    assert.deepEqual(await read('0xC0000034'), { value: '0xC0000034', names: [] });
  });
});
