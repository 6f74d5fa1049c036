import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { test } from 'node:test';
import { testCatalog } from './support/catalog.ts';

const SOURCE = join(process.cwd(), 'server/src');

/** What each layer may import; docs/ARCHITECTURE.md says why. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  text: [],
  catalog: [],
  syntax: ['text', 'catalog'],
  flow: ['text', 'catalog', 'syntax'],
  project: ['text', 'catalog'],
  driver: ['text', 'catalog', 'syntax', 'flow', 'project'],
  rules: ['text', 'catalog', 'flow', 'driver'],
  workspace: ['text', 'catalog', 'syntax', 'project', 'driver'],
  features: ['text', 'catalog', 'syntax', 'driver', 'rules', 'workspace'],
  index: ['text', 'catalog', 'syntax', 'project', 'driver', 'rules', 'features', 'workspace'],
  host: ['catalog', 'syntax', 'workspace'],
  lsp: ['index', 'host'],
  cli: ['index', 'host', 'lsp'],
};

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(join(SOURCE, path), 'utf8') }));
const layerOf = (path: string) => (path.includes('/') ? (path.split('/')[0] ?? '') : path.replace('.ts', ''));

test('a layer imports only those below it', () => {
  const wrong = files.flatMap(({ path, text }) =>
    [...text.matchAll(/from '(\.[^']+)'/g)].flatMap(([, target = '']) => {
      const from = layerOf(path);
      const to = layerOf(posix.join(posix.dirname(path), target));
      return to === from || to.startsWith('..') || MAY_IMPORT[from]?.includes(to)
        ? []
        : [`${path} imports ${target}`];
    }),
  );
  assert.deepEqual(wrong, []);
});

test('rules never see a tree, and only the parser and its trees import web-tree-sitter', () => {
  const trees = files.filter(
    ({ path, text }) => path.startsWith('rules/') && /syntax\/|flow\/(?!graph\.ts)/.test(text),
  );
  const parsers = files.filter(({ text }) => /from 'web-tree-sitter'/.test(text)).map(({ path }) => path);
  assert.deepEqual(
    trees.map(({ path }) => path),
    [],
  );
  assert.deepEqual(parsers.toSorted(), ['syntax/parser.ts', 'syntax/tree.ts']);
});

test('the core knows no editor, no protocol and no Node', () => {
  const edges = ['host', 'lsp', 'cli'];
  const wrong = files
    .filter(({ path }) => !edges.includes(layerOf(path)))
    .filter(({ text }) => /from '(?:node:|vscode)/.test(text))
    .map(({ path }) => path);
  assert.deepEqual(wrong, []);
});

test('engine code names no API: what Windows offers is data', () => {
  const catalog = testCatalog();
  const names = new Set([...catalog.calls.keys(), ...catalog.roles.keys(), ...catalog.structures.keys()]);
  const wrong = files
    .filter(({ path }) => !path.startsWith('catalog/'))
    .flatMap(({ path, text }) => {
      // What a rule tells its readers may name APIs; what it does may not.
      const code = text
        .replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '')
        .replace(/^ {2}(?:summary|why|silent|pages):[^]*?(?=^ {2}[a-z*]+[(:])/gm, '');
      return [...code.matchAll(/\b[A-Za-z_]\w{5,}\b/g)]
        .map(([word]) => word)
        .filter((word) => names.has(word))
        .map((word) => `${path}: ${word}`);
    });
  assert.deepEqual(wrong, []);
});
