// Packs the command line for npm and checks what came out: its files, its size. The manifest of the package has what
// npm needs; that of the repository is the extension's.
//   node scripts/package-npm.mjs [--out FOLDER] [--no-build]
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

const MAX_BYTES = 1024 * 1024;
const FILES = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/ThirdPartyNotices.txt',
  'dist/catalog.json',
  'dist/cli.js',
  'dist/tree-sitter-c.wasm',
  'dist/web-tree-sitter.wasm',
];

const root = join(import.meta.dirname, '..');
const read = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));
const manifest = read('package.json');
const texts = read('package.nls.json');

const option = process.argv.indexOf('--out');
const out = option > 0 ? resolve(process.argv[option + 1]) : root;
if (!process.argv.includes('--no-build')) {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), '--production'], { stdio: 'inherit' });
}

const stage = mkdtempSync(join(tmpdir(), 'driverentry-npm-'));
let packed;
try {
  const { name, version, keywords, license, repository, bin } = manifest;
  writeFileSync(
    join(stage, 'package.json'),
    `${JSON.stringify(
      {
        name,
        version,
        description: manifest.description.replace(/^%(.+)%$/, (_, key) => texts[key]),
        keywords,
        homepage: repository.url.replace(/\.git$/, '#readme'),
        bugs: repository.url.replace(/\.git$/, '/issues'),
        license,
        repository,
        bin,
        files: FILES,
        // There is a command and no library: what can be imported would have to stay as it is.
        exports: { './package.json': './package.json' },
        engines: { node: manifest.engines.node },
      },
      null,
      2,
    )}\n`,
  );
  for (const file of FILES) {
    mkdirSync(dirname(join(stage, file)), { recursive: true });
    copyFileSync(join(root, file), join(stage, file));
  }
  mkdirSync(out, { recursive: true });
  const npm = spawnSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', out], {
    cwd: stage,
    encoding: 'utf8',
    shell: process.platform === 'win32', // where npm is a script of the shell
  });
  if (npm.status !== 0) {
    console.error(`npm pack failed:\n${npm.stderr}`);
    process.exit(1);
  }
  [packed] = JSON.parse(npm.stdout);
} finally {
  rmSync(stage, { recursive: true, force: true });
}

const expected = [...FILES, 'package.json'];
const names = packed.files.map(({ path }) => path);
const problems = [
  ...expected.filter((name) => !names.includes(name)).map((name) => `missing in the package: ${name}`),
  ...names.filter((name) => !expected.includes(name)).map((name) => `not expected in the package: ${name}`),
];
if (packed.size >= MAX_BYTES)
  problems.push(`the package has ${packed.size} bytes; the limit is ${MAX_BYTES}`);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
const path = relative(process.cwd(), join(out, packed.filename));
console.log(`${path}: ${names.length} files, ${(packed.size / 1024).toFixed(0)} KB`);
