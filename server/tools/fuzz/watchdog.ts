import { Worker } from 'node:worker_threads';

/** Looks after a program that may never come back from an analysis. */
export interface Watchdog {
  /** Something new begins; `state` is what to write when it does not end. */
  readonly tell: (state: string) => void;
  readonly stop: () => Promise<unknown>;
}

const ROOM = 16 * 1024 * 1024;

/** It runs beside the program, which is busy by then, so it ends the whole process. */
const CODE = `
const { workerData } = require('node:worker_threads');
const { writeFileSync, mkdirSync } = require('node:fs');
const { join } = require('node:path');
const { shared, limit, folder } = workerData;
const numbers = new Int32Array(shared, 0, 2);
let seen = 0;
let since = Date.now();
setInterval(() => {
  const now = Atomics.load(numbers, 0);
  if (now !== seen) { seen = now; since = Date.now(); return; }
  if (now === 0 || Date.now() - since < limit) return;
  const text = Buffer.from(Buffer.from(shared, 8, Atomics.load(numbers, 1))).toString();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'never-ends.json'), text);
  require('node:fs').writeSync(2, 'an analysis did not end within ' + limit + ' ms: ' + join(folder, 'never-ends.json') + '\\n');
  process.kill(process.pid, 'SIGKILL');
}, 500);
`;

/** Starts it. When nothing is told for `limit` milliseconds the state is written to `folder` and the process ends. */
export function startWatchdog(folder: string, limit: number): Watchdog {
  const shared = new SharedArrayBuffer(8 + ROOM);
  const numbers = new Int32Array(shared, 0, 2);
  const bytes = new Uint8Array(shared, 8);
  const worker = new Worker(CODE, { eval: true, workerData: { shared, limit, folder } });
  worker.unref();
  return {
    tell(state) {
      // TextEncoder does not write into shared memory.
      const encoded = Buffer.from(state).subarray(0, ROOM);
      bytes.set(encoded);
      Atomics.store(numbers, 1, encoded.length);
      Atomics.add(numbers, 0, 1);
    },
    stop: () => worker.terminate(),
  };
}
