// Packs the extension and checks what came out: its files, its size, no warnings, nothing of this machine.
//   node scripts/package.mjs [--out FILE]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { problemsOf, unzip } from './package-checks.mjs';

const MAX_BYTES = 2 * 1024 * 1024;
const root = join(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const expected = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/changelog.md',
  'extension/icon.png',
  'extension/package.json',
  ...readdirSync(root)
    .filter((name) => /^package\.nls(\.[\w-]+)?\.json$/.test(name))
    .map((name) => `extension/${name}`),
  ...filesBelow('l10n'),
  ...filesBelow('media'),
  ...filesBelow('examples/faulty/ndis-miniport'),
  'extension/readme.md',
  'extension/dist/ThirdPartyNotices.txt',
  'extension/dist/catalog.json',
  'extension/dist/cli.js',
  'extension/dist/client.js',
  'extension/dist/server.js',
  'extension/dist/tree-sitter-c.wasm',
  'extension/dist/web-tree-sitter.wasm',
  'extension/dist/web/client.js',
  'extension/dist/web/server.js',
  ...(manifest.contributes?.snippets ?? []).map(({ path }) => join('extension', path).replaceAll('\\', '/')),
];

/** The files of a folder of the extension, as they are named in the package. */
function filesBelow(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `extension/${relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')}`);
}

const option = process.argv.indexOf('--out');
const vsix = resolve(
  option > 0 ? process.argv[option + 1] : join(root, `${manifest.name}-${manifest.version}.vsix`),
);
const problems = [];

mkdirSync(dirname(vsix), { recursive: true });
rmSync(vsix, { force: true });
const vsce = join(dirname(createRequire(import.meta.url).resolve('@vscode/vsce/package.json')), 'vsce');
const packed = spawnSync(process.execPath, [vsce, 'package', '--no-dependencies', '--out', vsix], {
  cwd: root,
  encoding: 'utf8',
});
const output = `${packed.stdout}${packed.stderr}`;
if (packed.status !== 0) {
  console.error(`vsce package failed:\n${output.trim()}`);
  process.exit(1);
}
// npm's remarks on the settings of this machine are not about the package.
const warnings = output.split('\n').filter((line) => /warning/i.test(line) && !line.startsWith('npm warn'));
problems.push(...warnings.map((line) => `vsce: ${line.trim()}`));

const files = unzip(readFileSync(vsix));
const names = [...files.keys()];
problems.push(
  ...problemsOf(files, {
    expected,
    folders: [root, homedir()].filter((path) => path.length > 5),
    version: manifest.version,
  }),
);
const { size } = statSync(vsix);
if (size >= MAX_BYTES) problems.push(`the package has ${size} bytes; the limit is ${MAX_BYTES}`);

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`${relative(process.cwd(), vsix)}: ${names.length} files, ${(size / 1024).toFixed(0)} KB`);
