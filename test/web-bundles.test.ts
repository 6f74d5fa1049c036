import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Metafile } from 'esbuild';

const web = join(process.cwd(), 'dist/web');

test('the bundles for the browser hold nothing of Node', () => {
  const metafiles = JSON.parse(readFileSync(join(web, 'metafiles.json'), 'utf8')) as Metafile[];
  const inputs = metafiles.flatMap((metafile) => Object.entries(metafile.inputs));
  const files = inputs.map(([file]) => file);
  assert.ok(files.includes('client/src/browser.ts') && files.includes('server/src/lsp/worker.ts'));
  const entries = files.filter((file) => /\/(?:node|node-host|node\/main)\.[jt]s$/.test(file));
  assert.deepEqual(entries, [], 'the part that is for Node');
  // What is bundled under the name of a built-in module is empty, and only the parser's runtime mentions it.
  const wanted = inputs.flatMap(([file, { imports }]) =>
    imports
      .filter(({ path, external }) => external === true || isBuiltin(path.replace(/^absent:/, '')))
      .filter(({ path, external }) => external === true || !path.startsWith('absent:'))
      .map(({ path }) => `${file} imports ${path}`),
  );
  assert.deepEqual([...new Set(wanted.filter((line) => !line.endsWith(' imports vscode')))], []);
  const absent = inputs.filter(([, { imports }]) => imports.some(({ path }) => path.startsWith('absent:')));
  assert.deepEqual(
    absent.map(([file]) => file),
    ['node_modules/web-tree-sitter/web-tree-sitter.js'],
  );
});

test('the client for the browser asks for no module but the editor', () => {
  const text = readFileSync(join(web, 'client.js'), 'utf8');
  const asked = [...text.matchAll(/(?<![\w.$])require\(\s*["']([^"']+)["']\s*\)/g)].map(
    ([, module]) => module,
  );
  assert.deepEqual([...new Set(asked)], ['vscode']);
});
