// Bundles client, server and command line into dist/, with the wasm files and the catalogue beside them.
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

const node = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minify: production,
  sourcemap: production ? false : 'linked',
  metafile: true,
  logLevel: 'warning',
  outdir: dist,
  // web-tree-sitter's ESM build needs import.meta.url, which a CommonJS bundle has not.
  alias: {
    'web-tree-sitter': require.resolve('web-tree-sitter'),
    // Its CommonJS build hides its parts from bundlers.
    'jsonc-parser': require.resolve('jsonc-parser/lib/esm/main.js'),
  },
};
const entries = [
  { ...node, entryPoints: { client: 'client/src/extension.ts' }, external: ['vscode'] },
  { ...node, entryPoints: { server: 'server/src/lsp/main.ts' } },
  { ...node, entryPoints: { cli: 'server/src/cli/main.ts' }, banner: { js: '#!/usr/bin/env node' } },
].filter(({ entryPoints }) => existsSync(join(root, Object.values(entryPoints)[0])));

if (watch) {
  for (const options of entries) await (await context(options)).watch();
} else {
  const results = await Promise.all(entries.map((options) => build(options)));
  writeNotices(results.map((result) => result.metafile));
}
