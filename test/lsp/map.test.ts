import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { MapAnswer, MapItem } from '../../server/src/lsp/requests/registration-map.ts';
import { LanguageClient } from '../support/language-client.ts';

const FOLDER = join(process.cwd(), 'examples/faulty/ndis-filter-split');

describe('driverentry/map', { timeout: 60_000 }, () => {
  let client: LanguageClient;

  before(async () => {
    client = await LanguageClient.start({ rootUri: pathToFileURL(FOLDER).href });
  });
  after(() => client?.kill());

  const ask = (uri: string, picture?: 'editor' | 'file'): Promise<MapAnswer | null> =>
    client.ownRequest<MapAnswer | null>('driverentry/map', { uri, ...(picture ? { picture } : {}) });

  const all = (items: readonly MapItem[]): MapItem[] =>
    items.flatMap((item) => [item, ...all(item.children)]);

  test('tells of the driver of a file, with places that an editor can go to', async () => {
    const answer = await ask(pathToFileURL(join(FOLDER, 'unload.c')).href);
    assert.ok(answer);
    assert.equal(answer.name, 'ndis-filter-split');
    assert.equal(answer.picture, undefined);
    const call = all(answer.items).find(({ label }) => label === '1 filter driver');
    assert.ok(call?.place);
    assert.equal(call.place.uri, pathToFileURL(join(FOLDER, 'register.c')).href);
    const lines = readFileSync(join(FOLDER, 'register.c'), 'utf8').split('\n');
    const { start, end } = call.place.range;
    assert.equal(lines[start.line]?.slice(start.character, end.character), 'NdisFRegisterFilterDriver');
    assert.ok(call.covers.length > 0);
  });

  test('every item has an id of its own and a sentence for screen readers', async () => {
    const answer = await ask(pathToFileURL(join(FOLDER, 'driver.c')).href);
    const items = all(answer?.items ?? []);
    assert.ok(items.length > 10);
    assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
    for (const { label, tooltip } of items) assert.ok(label !== '' && tooltip !== '');
  });

  test('draws the picture when asked, in the colours asked for', async () => {
    const uri = pathToFileURL(join(FOLDER, 'driver.c')).href;
    assert.match((await ask(uri, 'editor'))?.picture ?? '', /role="tree"[^]*--vscode-editor-background/);
    const alone = (await ask(uri, 'file'))?.picture ?? '';
    assert.match(alone, /prefers-color-scheme/);
    assert.doesNotMatch(alone, /--vscode/);
  });

  test('follows what is typed', async () => {
    const uri = 'untitled:map.c';
    const text = readFileSync(join(process.cwd(), 'examples/good/ndis-protocol/driver.c'), 'utf8');
    await client.open(uri, text);
    const missing = async (): Promise<string[]> =>
      all((await ask(uri))?.items ?? [])
        .filter(({ icon, description }) => icon === 'missing' && description.startsWith('missing'))
        .map(({ label }) => label);
    assert.deepEqual(await missing(), []);
    const line = text.split('\n').findIndex((one) => one.includes('.NetPnPEventHandler ='));
    assert.ok(line > 0);
    await client.change(uri, [
      { range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } }, text: '' },
    ]);
    assert.deepEqual(await missing(), ['NetPnPEventHandler']);
  });

  test('a file of no driver has no map', async () => {
    await client.open('untitled:plain.c', 'int main(void) { return 0; }\n');
    assert.equal(await ask('untitled:plain.c'), null);
  });
});
