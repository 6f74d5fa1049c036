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
];
const children = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}

/** Runs test files; the exit code, and what they printed unless they print as they go. */
async function run(files, { concurrency, isQuiet }) {
  const stdio = isQuiet ? ['inherit', 'pipe', 'inherit'] : 'inherit';
  const args = [...options, `--test-concurrency=${concurrency}`, ...files];
  const child = spawn(process.execPath, args, { cwd: root, stdio });
  children.add(child);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const code = await new Promise((done) => child.on('close', (exitCode) => done(exitCode ?? 1)));
  children.delete(child);
  return { code, output };
}

const inEditor = bundles.filter((path) => relative(out, path).split(sep).join('/').startsWith('editor/'));
const others = bundles.filter((path) => !inEditor.includes(path));
let failed = !packed;
if (others.length > 0) {
  // Two files at once also on a machine with two processors.
  const concurrency = Math.max(2, availableParallelism() - 1);
  failed = (await run(others, { concurrency })).code !== 0 || failed;
}

// A browser on a busy machine misses a key or the mouse now and then: a file that fails is run once more, by
// itself, and only that counts.
const again = [];
const waiting = [...inEditor];
await Promise.all(
  [1, 2].map(async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const { code, output } = await run([file], { concurrency: 1, isQuiet: true });
      process.stdout.write(output);
      if (code !== 0) again.push(file);
    }
  }),
);
for (const file of again) {
  console.log(`\nonce more: ${relative(out, file)}`);
  failed = (await run([file], { concurrency: 1 })).code !== 0 || failed;
}
process.exitCode = failed ? 1 : 0;
