import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

const CLI = join(process.cwd(), 'dist/cli.js');

describe('driverentry new', () => {
  let folder = '';
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [CLI, ...args], { cwd: folder, encoding: 'utf8' });
  const filesIn = (name: string) => readdirSync(join(folder, name)).toSorted();

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'driverentry-new-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  test('writes a driver into a folder of its own, named like it, that check finds clean', () => {
    const { status, stdout, stderr } = run(
      'new',
      'ndis-filter',
      'Guard',
      '--layout',
      'split',
      '--ndis',
      '6.40',
    );
    assert.equal(stderr, '');
    assert.equal(status, 0);
    assert.deepEqual(stdout.trim().split('\n'), [
      'Guard/driver.c',
      'Guard/module.c',
      'Guard/precomp.h',
      'Guard/Guard.vcxproj',
      'Guard/Guard.inf',
    ]);
    assert.match(readFileSync(join(folder, 'Guard/driver.c'), 'utf8'), /MinorNdisVersion = 40;/);
    const check = run('check', 'Guard', '--fail-on', 'hint');
    assert.equal(check.stdout, '');
    assert.equal(check.status, 0);
  });

  test('gives each filter a GUID of its own', () => {
    run('new', 'ndis-filter', 'Other', '--name', 'Guard');
    const guid = (name: string) =>
      /L"(\{[^"]+\})"/.exec(readFileSync(join(folder, name, 'driver.c'), 'utf8'))?.[1];
    assert.match(guid('Other') ?? '', /^\{[0-9a-f-]{36}\}$/);
    assert.notEqual(guid('Other'), guid('Guard'));
    assert.deepEqual(filesIn('Other'), ['Guard.inf', 'Guard.vcxproj', 'driver.c']);
  });

  test('a folder whose name cannot be that of a driver gets the usual one', () => {
    mkdirSync(join(folder, 'my driver'));
    assert.equal(run('new', 'hid-minidriver', 'my driver').status, 0);
    assert.deepEqual(filesIn('my driver'), ['MyHidDevice.inf', 'MyHidDevice.vcxproj', 'driver.c']);
  });

  test('overwrites nothing without --force, and then nothing else is written', () => {
    mkdirSync(join(folder, 'full'));
    writeFileSync(join(folder, 'full/driver.c'), '// mine\n');
    const refused = run('new', 'ndis-protocol', 'full');
    assert.equal(refused.status, 2);
    assert.equal(refused.stdout, '');
    assert.match(
      refused.stderr,
      /^driverentry: full\/driver\.c: it is there already; --force overwrites it\n$/,
    );
    assert.deepEqual(filesIn('full'), ['driver.c']);
    assert.equal(readFileSync(join(folder, 'full/driver.c'), 'utf8'), '// mine\n');
    assert.equal(run('new', 'ndis-protocol', 'full', '--force').status, 0);
    assert.match(readFileSync(join(folder, 'full/driver.c'), 'utf8'), /L"full"/);
  });

  test('what is wrong is said, with what would be right', () => {
    const message = (...args: readonly string[]) => {
      const { status, stderr } = run('new', ...args);
      assert.equal(status, 2, stderr);
      return stderr;
    };
    assert.match(message(), /new needs the kind of driver: .*ndis-filter/);
    assert.match(message('filter'), /no kind of driver "filter"; there are/);
    assert.match(message('ndis-filter', 'x', '--ndis', '7.0'), /no NDIS version "7\.0"/);
    assert.match(message('ndis-filter', 'x', '--name', 'a b'), /"a b" cannot be the name/);
    assert.match(message('ndis-filter', 'x', '--layout', 'many'), /single/);
    assert.match(message('ndis-filter', 'x', 'y'), /no "y"/);
    writeFileSync(join(folder, 'file'), '');
    assert.match(message('ndis-filter', 'file'), /file\/driver\.c: cannot be written/);
    assert.equal(existsSync(join(folder, 'x')), false);
  });
});
