// Bundles client, server and command line into dist/, client and server once more for the browser into dist/web/,
// with the wasm files and the catalogue beside them.
//   node scripts/build.mjs [--production] [--watch]
import { build, context } from 'esbuild';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const dist = join(root, 'dist');

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** All catalogue files as one, so that start-up reads and parses a single file. */
function bundleCatalog() {
  const data = join(root, 'server/src/catalog/data');
  const files = readdirSync(data, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((folder) =>
      readdirSync(join(data, folder.name))
        .filter((name) => name.endsWith('.json'))
        .toSorted()
        .map((name) => ({ path: `${folder.name}/${name}`, ...read(join(data, folder.name, name)) })),
    );
  const bundle = { files, idioms: read(join(data, 'idioms.json')), words: read(join(data, 'words.json')) };
  writeFileSync(join(dist, 'catalog.json'), JSON.stringify(bundle));
}

/** Licences of everything that ended up in a bundle; minifying drops their notices. */
function writeNotices(metafiles) {
  const packages = new Set(['tree-sitter-c']);
  for (const input of metafiles.flatMap((meta) => Object.keys(meta.inputs))) {
    const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) packages.add(match[1]);
  }
  const parts = [...packages].toSorted().map((name) => {
    const folder = join(root, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`;
    return `${name} ${version}\n\n${text}\n`;
  });
  writeFileSync(join(dist, 'ThirdPartyNotices.txt'), parts.join(`\n${'-'.repeat(80)}\n\n`));
}

mkdirSync(dist, { recursive: true });
cpSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm'), join(dist, 'web-tree-sitter.wasm'));
cpSync(require.resolve('tree-sitter-c/tree-sitter-c.wasm'), join(dist, 'tree-sitter-c.wasm'));
bundleCatalog();

const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  minify: production,
  sourcemap: production ? false : 'linked',
  metafile: true,
  logLevel: 'warning',
};
const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  outdir: dist,
  // web-tree-sitter's ESM build needs import.meta.url, which a CommonJS bundle has not.
  alias: {
    'web-tree-sitter': require.resolve('web-tree-sitter'),
    // Its CommonJS build hides its parts from bundlers.
    'jsonc-parser': require.resolve('jsonc-parser/lib/esm/main.js'),
  },
};
/** The parser's runtime loads parts of Node when it finds itself there. In the browser it never does. */
const withoutNode = {
  name: 'without-node',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^(?:fs\/promises|module)$/ }, ({ path, importer }) =>
      /[/\\]web-tree-sitter[/\\]/.test(importer) ? { path, namespace: 'absent' } : undefined,
    );
    esbuild.onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'export {};' }));
  },
};
const web = {
  ...common,
  platform: 'browser',
  target: 'es2023',
  outdir: join(dist, 'web'),
  alias: { 'jsonc-parser': require.resolve('jsonc-parser/lib/esm/main.js') },
  plugins: [withoutNode],
};
const entries = [
  { ...node, entryPoints: { client: 'client/src/node.ts' }, external: ['vscode'] },
  { ...node, entryPoints: { server: 'server/src/lsp/main.ts' } },
  { ...node, entryPoints: { cli: 'server/src/cli/main.ts' }, banner: { js: '#!/usr/bin/env node' } },
  { ...web, entryPoints: { client: 'client/src/browser.ts' }, external: ['vscode'] },
  // `import.meta` is asked for the place of the wasm file, which the client tells.
  {
    ...web,
    entryPoints: { server: 'server/src/lsp/worker.ts' },
    format: 'iife',
    logOverride: { 'empty-import-meta': 'silent' },
  },
].filter(({ entryPoints }) => existsSync(join(root, Object.values(entryPoints)[0])));

if (watch) {
  for (const options of entries) await (await context(options)).watch();
} else {
  const results = await Promise.all(entries.map((options) => build(options)));
  writeNotices(results.map((result) => result.metafile));
  // What is in the bundles for the browser, for the test that wants nothing of Node there. Not shipped.
  writeFileSync(
    join(dist, 'web/metafiles.json'),
    JSON.stringify(
      results.filter((_, index) => entries[index].platform === 'browser').map(({ metafile }) => metafile),
    ),
  );
}
