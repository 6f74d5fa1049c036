import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalUri, isAddress, parentOf, pathOf, resolvePath } from '../../server/src/text/uri.ts';

test('an address has one spelling, whatever its scheme', () => {
  const same: [string, string][] = [
    ['file:///C%3A/My%20Driver/a(1).c', 'file:///c%3A/My%20Driver/a%281%29.c'],
    ['file:///c:/My Driver/a.c', 'file:///c%3A/My%20Driver/a.c'],
    ['vscode-vfs://github/someone/my driver/a.c', 'vscode-vfs://github/someone/my%20driver/a.c'],
    ['vscode-vfs://github%2B7b22/someone/a(1).c', 'vscode-vfs://github%2B7b22/someone/a%281%29.c'],
    ['tmp:/work space/a.c', 'tmp:/work%20space/a.c'],
    ['memfs:/a.c', 'memfs:/a.c'],
  ];
  for (const [written, wanted] of same) {
    assert.equal(canonicalUri(written), wanted);
    assert.equal(canonicalUri(wanted), wanted, 'again');
  }
});

test('what is no plain file keeps its spelling', () => {
  for (const uri of [
    'untitled:Untitled-1',
    'untitled:driver (1).c',
    'git:/w/a b.c?{"ref":""}',
    'vscode-vfs://github/a b#1',
  ]) {
    assert.equal(canonicalUri(uri), uri);
  }
});

test('folders around a folder end at the top of their tree', () => {
  const up = (folder: string): string[] => {
    const parent = parentOf(folder);
    return parent === undefined ? [] : [parent, ...up(parent)];
  };
  assert.deepEqual(up('file:///w/a/'), ['file:///w/', 'file:///']);
  assert.deepEqual(up('tmp:/w/a/'), ['tmp:/w/', 'tmp:/']);
  assert.deepEqual(up('vscode-vfs://github/w/a/'), ['vscode-vfs://github/w/', 'vscode-vfs://github/']);
});

test('paths of project files lead to files of the same tree', () => {
  assert.equal(resolvePath('tmp:/w/driver/', '..\\inc\\a b.h'), 'tmp:/w/inc/a%20b.h');
  assert.equal(resolvePath('vscode-vfs://github/w/driver/', '../inc/a.h'), 'vscode-vfs://github/w/inc/a.h');
  assert.equal(resolvePath('tmp:/w/', 'tmp:/w/sub/a.h'), 'tmp:/w/sub/a.h');
  assert.equal(resolvePath('tmp:/w/', '/inc/a.h'), 'tmp:/inc/a.h');
  assert.equal(resolvePath('tmp:/w/', '../../a.h'), undefined);
  // A drive is one of the machine, not of the tree.
  assert.equal(resolvePath('tmp:/w/', 'C:\\inc\\a.h'), 'file:///c%3A/inc/a.h');
});

test('a drive is no scheme, and a name no address', () => {
  assert.ok(isAddress('memfs:/a') && isAddress('file:///a') && isAddress('vscode-vfs://github/a'));
  for (const text of ['c:/a', 'C:\\a', 'a.h', '/a', 'untitled:a']) assert.ok(!isAddress(text), text);
  assert.equal(pathOf('vscode-vfs://github/w/my%20driver/a.c'), '/w/my driver/a.c');
});
