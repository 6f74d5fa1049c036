// Runs the tests, all of them or those whose path contains one of the arguments.
//   node scripts/test.mjs [PART-OF-PATH...]
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, sep } from 'node:path';
import { bundle } from './bundle.mjs';
import { installEditor, TEST_VSIX, whyNoEditorTests } from './editor.mjs';

const root = join(import.meta.dirname, '..');
const filters = process.argv.slice(2);

function findTests(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : findTests(path);
    return entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

const tests = findTests(join(root, 'test'))
  .map((path) => relative(root, path).split(sep).join('/'))
  .filter((path) => filters.length === 0 || filters.some((filter) => path.includes(filter)))
  .toSorted();
if (tests.length === 0) {
  console.error(filters.length === 0 ? 'there are no tests' : `no test file matches ${filters.join(' or ')}`);
  process.exit(1);
}

// The editor tests install what users install. It is packed now and not by the tests, because
// packing writes dist/, which other tests are using by then. The editor is installed now, too: two of the
// test files may ask for it at once.
let packed = true;
if (tests.some((path) => path.startsWith('test/editor/')) && whyNoEditorTests() === undefined) {
  installEditor(root);
  const script = join(root, 'scripts/package.mjs');
  packed =
    spawnSync(process.execPath, [script, '--out', join(root, TEST_VSIX)], { stdio: 'inherit' }).status === 0;
}

const out = join(root, '.test-out', 'tests');
rmSync(out, { recursive: true, force: true });
let bundles;
try {
  bundles = await bundle(root, tests, out, join(root, 'test'));
} catch (error) {
  if (!Array.isArray(error?.errors)) throw error;
  process.exit(1); // esbuild has printed what is wrong
}

const options = [
  '--enable-source-maps',
  '--test',
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  // Two files at once on a machine with two processors: those in the editor mostly wait.
  `--test-concurrency=${Math.max(2, availableParallelism() - 1)}`,
];
const child = spawn(process.execPath, [...options, ...bundles], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('close', (code) => {
  process.exitCode = packed ? (code ?? 1) : 1;
});
