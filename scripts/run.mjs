// Runs a TypeScript tool of this repository.
//   node scripts/run.mjs FILE.ts [ARGUMENT...]
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundle } from './bundle.mjs';

const root = join(import.meta.dirname, '..');
const [file, ...args] = process.argv.slice(2);
if (file === undefined || !existsSync(resolve(root, file))) {
  console.error(
    file === undefined ? 'usage: node scripts/run.mjs FILE.ts [ARGUMENT...]' : `no such file: ${file}`,
  );
  process.exit(2);
}

mkdirSync(join(root, '.test-out'), { recursive: true });
const folder = mkdtempSync(join(root, '.test-out', 'run-'));
let code = 1;
try {
  const [tool] = await bundle(root, [resolve(root, file)], folder);
  const child = spawn(process.execPath, ['--enable-source-maps', tool, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  // Ctrl+C reaches the tool by itself; this process stays to clean up.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  code = await new Promise((done) => child.on('close', (exitCode) => done(exitCode ?? 1)));
} catch (error) {
  // esbuild has printed what is wrong with the sources.
  if (!Array.isArray(error?.errors)) throw error;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = code;
