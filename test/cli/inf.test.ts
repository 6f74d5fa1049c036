import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { decodeText, encodeText } from '../../server/src/index.ts';

const CLI = join(process.cwd(), 'dist/cli.js');
const PROTOCOL = readFileSync(join(process.cwd(), 'examples/good/ndis-protocol/driver.c'), 'utf8').replace(
  /L"[^"]*"/,
  'L"MyProtocol"',
);
const INF = `[Version]
Class = NetTrans
[Install.Ndi]
HKR, Ndi, Service,, "Protocol60"
[Install.Services]
AddService = Protocol60,, Install.Service
[Install.Service]
ServiceBinary = %13%\\proto.sys
`;
const PROJECT = `<Project>
  <ItemGroup><ClCompile Include="driver.c" /><Inf Include="..\\setup\\proto.inf" /></ItemGroup>
</Project>`;

interface Found {
  readonly file: string;
  readonly rule: string;
  readonly severity: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
  readonly fixes?: readonly { readonly title: string; readonly safety: string }[];
}

describe('driverentry check with INF files', () => {
  let folder = '';
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [CLI, 'check', ...args], { cwd: folder, encoding: 'utf8' });
  const found = (...args: readonly string[]): Found[] =>
    (JSON.parse(run('--format', 'json', ...args).stdout) as Found[]).filter(
      ({ rule }) => rule === 'name-differs-from-inf',
    );

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'driverentry-cli-inf-'));
    // What is read reaches to the root of the repository.
    writeFileSync(join(folder, '.git'), '');
    mkdirSync(join(folder, 'src'));
    mkdirSync(join(folder, 'setup'));
    writeFileSync(join(folder, 'src/driver.c'), PROTOCOL);
    writeFileSync(join(folder, 'src/proto.vcxproj'), PROJECT);
    writeFileSync(join(folder, 'setup/proto.inf'), encodeText(INF, 'utf-16le'));
  });
  after(() => rmSync(folder, { recursive: true }));

  test('a folder: the finding stands in the code and in the INF file', () => {
    assert.deepEqual(
      found('.').map(({ file, severity, range }) => [file, severity, range.start]),
      [
        ['setup/proto.inf', 'warning', { line: 3, character: 21 }],
        ['src/driver.c', 'warning', { line: 40, character: 23 }],
      ],
    );
  });

  test('a project, and an INF file by itself, give the same', () => {
    assert.deepEqual(
      found('src/proto.vcxproj').map(({ file }) => file),
      ['setup/proto.inf', 'src/driver.c'],
    );
    assert.deepEqual(
      found('setup/proto.inf').map(({ file }) => file),
      ['setup/proto.inf'],
    );
  });

  test('the driver of one file as a whole has its INF file with it', () => {
    assert.deepEqual(
      found('src/driver.c', '--whole-driver').map(({ file }) => file),
      ['setup/proto.inf', 'src/driver.c'],
    );
  });

  test('which side is right only the author knows: no fix is made unasked', () => {
    for (const { fixes } of found('.')) {
      assert.deepEqual(
        fixes?.map(({ safety }) => safety),
        ['suggestion', 'suggestion'],
      );
    }
    run('--fix', '.');
    const { text, encoding } = decodeText(readFileSync(join(folder, 'setup/proto.inf')));
    assert.equal(text, INF);
    assert.equal(encoding, 'utf-16le');
  });
});
