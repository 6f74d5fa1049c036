import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { RegistrationMap } from '../../server/src/index.ts';

const CLI = join(process.cwd(), 'dist/cli.js');
const EXAMPLES = join(process.cwd(), 'examples');
let folder = '';

function run(...args: string[]): { code: number | null; out: string; err: string } {
  const result = spawnSync(process.execPath, [CLI, 'map', ...args], { cwd: folder, encoding: 'utf8' });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

const json = (...args: string[]): RegistrationMap[] =>
  JSON.parse(run('--format', 'json', ...args).out) as RegistrationMap[];

describe('driverentry map', () => {
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'driverentry-map-'));
    cpSync(join(EXAMPLES, 'faulty/ndis-filter-split'), join(folder, 'filter'), { recursive: true });
    cpSync(join(EXAMPLES, 'good/ndis-protocol'), join(folder, 'protocol'), { recursive: true });
    mkdirSync(join(folder, 'other'));
    cpSync(join(EXAMPLES, 'good/ndis-filter'), join(folder, 'other/filter'), { recursive: true });
    mkdirSync(join(folder, 'empty'));
  });
  after(() => rmSync(folder, { recursive: true }));

  test('a file stands for its whole driver', () => {
    const { code, out, err } = run('filter/unload.c');
    assert.equal(code, 0);
    assert.equal(err, '');
    assert.match(out, /^driver filter$/m);
    assert.match(out, /1 filter driver .* register\.c:29/);
    assert.match(out, /✗ fails: 1 stays registered, 2 is refused {2}driver\.c:40/);
    assert.equal(run('filter').out, out, 'the folder gives the same');
  });

  test('a folder with several drivers tells of each, once and in order', () => {
    const { out } = run('.');
    assert.deepEqual(out.match(/^driver .*$/gm), ['driver filter', 'driver filter', 'driver protocol']);
    assert.equal(json().length, 3);
    assert.equal(json('--driver', 'protocol').length, 1);
  });

  test('a picture is of one driver: others are named to choose from', () => {
    for (const format of ['svg', 'mermaid']) {
      const { code, out, err } = run('.', '--format', format);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, /draws one driver, and there are 3: choose one with --driver/);
      assert.match(err, /"filter\/cleanup\.c" \(filter\), "other\/filter\/driver\.c" \(filter\), "protocol"/);
    }
    assert.match(run('.', '--format', 'svg', '--driver', 'protocol').out, /^<svg [^]*<\/svg>\n$/);
    assert.match(run('.', '--format', 'mermaid', '--driver', 'filter/cleanup.c').out, /^flowchart LR\n/);
  });

  test('a driver that is not there is answered with those that are', () => {
    const { code, err } = run('.', '--driver', 'mux');
    assert.equal(code, 2);
    assert.match(err, /there is no driver "mux"; there are .*"protocol"/);
  });

  test('json names files as check does, with positions as in LSP', () => {
    const [map] = json('protocol');
    assert.ok(map);
    const { place } = map.roots[0]?.registrations[0] ?? {};
    assert.equal((place as unknown as { file: string }).file, 'protocol/driver.c');
    const line = readFileSync(join(folder, 'protocol/driver.c'), 'utf8').split('\n')[
      place?.range.start.line ?? 0
    ];
    assert.match(line?.slice(place?.range.start.character) ?? '', /^NdisRegisterProtocolDriver\(/);
  });

  test('--out writes the file, and says when it cannot', () => {
    assert.deepEqual(run('protocol', '--format', 'svg', '-o', 'map.svg'), { code: 0, out: '', err: '' });
    assert.equal(readFileSync(join(folder, 'map.svg'), 'utf8'), run('protocol', '--format', 'svg').out);
    const { code, err } = run('protocol', '--out', 'no/such/folder/map.svg');
    assert.equal(code, 2);
    assert.match(err, /--out: no\/such\/folder\/map\.svg cannot be written/);
  });

  test('--ascii has nothing but ASCII, and is for text only', () => {
    assert.doesNotMatch(run('.', '--ascii').out, /[^\n -~]/);
    const { code, err } = run('protocol', '--ascii', '--format', 'svg');
    assert.equal(code, 2);
    assert.match(err, /--ascii is for --format text/);
  });

  test('a macro without a name is answered with how to write one', () => {
    const { code, err } = run('protocol', '--define', '1X');
    assert.equal(code, 2);
    assert.match(err, /--define takes NAME or NAME=VALUE; got "1X"/);
  });

  test('nothing to draw is said, and is no error; a path that is not there is one', () => {
    const { code, out, err } = run('empty');
    assert.equal(code, 0);
    assert.equal(out, '');
    assert.match(err, /nothing in empty registers anything that is known here/);
    assert.equal(run('missing').code, 2);
    assert.match(run('missing').err, /missing: there is no such file or folder/);
    assert.deepEqual(json('empty'), []);
  });
});
