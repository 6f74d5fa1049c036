import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Diagnostic, FileChangeType } from 'vscode-languageserver-protocol/node';
import { LanguageClient } from '../support/language-client.ts';

const RULE = 'name-differs-from-inf';
const GUID = '{3c9f8a54-6f0e-4a8e-9a0b-4c7d1f2e5b61}';
const OTHER = '{3c9f8a54-6f0e-4a8e-9a0b-4c7d1f2e5b62}';
const FILTER = readFileSync(join(process.cwd(), 'examples/good/ndis-filter/driver.c'), 'utf8').replace(
  /L"\{[^}]*\}"/,
  `L"${GUID}"`,
);
const inf = (guid: string, service = 'LwfFilter') => `[Version]
Class = NetService

[Install]
NetCfgInstanceId = "${guid}"
AddReg = Install.Ndi

[Install.Ndi]
HKR, Ndi, Service,, ${service}
HKR, Ndi, FilterClass,, compression

[Install.Services]
AddService = ${service},, Install.Service
`;

const textOf = (found: Diagnostic | undefined) => (typeof found?.message === 'string' ? found.message : '');
const ofRule = (list: readonly Diagnostic[]) => list.filter(({ code }) => code === RULE);
const some = (list: readonly Diagnostic[]) => ofRule(list).length > 0;
const none = (list: readonly Diagnostic[]) => ofRule(list).length === 0;

describe('a filter driver with an INF file', { timeout: 60_000 }, () => {
  let root = '';
  let client: LanguageClient;
  const uriOf = (name: string) => pathToFileURL(join(root, name)).href;
  const write = (name: string, text: string | Uint8Array) => writeFileSync(join(root, name), text);
  const code = () => uriOf('driver.c');
  const setup = () => uriOf('filter.inf');

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'driverentry-inf-'));
    write('driver.c', FILTER);
    // UTF-16 with its mark, as the tools of the kit write it.
    write('filter.inf', Buffer.from(`\ufeff${inf(GUID)}`, 'utf16le'));
    client = await LanguageClient.start({ rootUri: pathToFileURL(root).href });
  });
  after(() => {
    client?.kill();
    rmSync(root, { recursive: true });
  });

  test('is clean while both say the same', async () => {
    await client.open(code(), FILTER);
    assert.deepEqual(await client.diagnostics(code()), []);
  });

  test('the INF file changes on the disk: both sides are reported, though only the code is open', async () => {
    write('filter.inf', Buffer.from(`\ufeff${inf(OTHER)}`, 'utf16le'));
    await client.filesChanged([{ uri: setup(), type: FileChangeType.Changed }]);
    const [found] = ofRule(await client.diagnosticsUntil(code(), some));
    assert.match(textOf(found), /but 'NetCfgInstanceId' in filter\.inf is "\{3c9f.*b62\}"/);
    assert.deepEqual(
      found?.relatedInformation?.map(({ location }) => location.uri),
      [code(), setup()],
    );
    const [other] = ofRule(await client.diagnosticsUntil(setup(), some));
    assert.match(textOf(other), /but 'UniqueName' in driver\.c is "\{3c9f.*b61\}"/);
    assert.deepEqual(other?.range.start, { line: 4, character: 20 });
  });

  test('the fix in the INF file puts it right on both sides', async () => {
    await client.open(setup(), inf(OTHER), 'inf');
    const [found] = ofRule(await client.diagnosticsUntil(setup(), some));
    assert.ok(found);
    const actions = await client.codeActions(setup(), found.range, [found]);
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        `Change 'NetCfgInstanceId' to "${GUID}"`,
        `Change 'UniqueName' to "${OTHER}" in driver.c`,
        'Ignore name-differs-from-inf here',
      ],
    );
    const [fix] = actions;
    assert.ok(fix);
    await client.apply(fix);
    assert.equal(client.document(setup()).getText(), inf(GUID));
    await client.diagnosticsUntil(setup(), none);
    await client.diagnosticsUntil(code(), none);
  });

  test('typing in the INF file is followed, and so is typing in the code', async () => {
    await client.change(setup(), [{ text: inf(GUID, 'YourFilter') }]);
    const [found] = ofRule(await client.diagnosticsUntil(code(), some));
    assert.ok(found);
    const [fix] = await client.codeActions(code(), found.range, [found]);
    assert.equal(fix?.title, `Change 'ServiceName' to "YourFilter"`);
    await client.apply(fix);
    await client.diagnosticsUntil(setup(), none);
    await client.diagnosticsUntil(code(), none);
  });

  test('a hover on the INF file says what the line must equal, and what the driver says', async () => {
    const text = client.document(setup()).getText();
    const hoverOn = async (word: string) => {
      const position = client.document(setup()).positionAt(text.indexOf(word) + 1);
      const hover = await client.hover(setup(), position);
      assert.ok(hover && typeof hover.contents === 'object' && 'value' in hover.contents, word);
      return hover.contents.value;
    };
    const guid = await hoverOn('NetCfgInstanceId');
    assert.match(guid, /Must equal.*UniqueName.*NDIS_FILTER_DRIVER_CHARACTERISTICS/s);
    assert.ok(guid.includes(GUID), guid);
    assert.match(guid, /driver\.c:\d+/);
    assert.match(await hoverOn('compression'), /ms_switch_filter/);
    assert.equal(await client.hover(setup(), { line: 1, character: 1 }), null);
  });

  test('what was said of an INF file goes when no file of its driver is open', async () => {
    await client.change(setup(), [{ text: inf(OTHER, 'YourFilter') }]);
    await client.diagnosticsUntil(code(), some);
    write('filter.inf', inf(OTHER));
    await client.close(setup());
    await client.diagnosticsUntil(setup(), some);
    await client.close(code());
    await client.diagnosticsUntil(setup(), (list) => list.length === 0);
    assert.equal(client.stderr, '');
  });
});
