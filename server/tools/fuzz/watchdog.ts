import { Worker } from 'node:worker_threads';
import type { Session } from './session.ts';

/** Looks after a program that may never come back from an analysis. */
export interface Watchdog {
  /** Another session begins; it is written, up to the edit that does not end, when one does not. */
  readonly begin: (session: Session) => void;
  /** The edit of this number begins. */
  readonly step: (edits: number) => void;
  readonly stop: () => Promise<unknown>;
}

const ROOM = 64 * 1024 * 1024;
/** Bytes before the session: the number of steps, the length of the session, the number of the edit. */
const HEAD = 16;

/** It runs beside the program, which is busy by then, so it ends the whole process. */
const CODE = `
const { workerData } = require('node:worker_threads');
const { writeFileSync, mkdirSync } = require('node:fs');
const { join } = require('node:path');
const { shared, head, limit, folder } = workerData;
const numbers = new Int32Array(shared, 0, 3);
let seen = 0;
// Time of the processor: on a busy machine a program may get little of it.
const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
let since = used();
setInterval(() => {
  const now = Atomics.load(numbers, 0);
  if (now !== seen) { seen = now; since = used(); return; }
  if (now === 0 || used() - since < limit) return;
  const session = JSON.parse(Buffer.from(Buffer.from(shared, head, Atomics.load(numbers, 1))).toString());
  session.edits = session.edits.slice(0, Atomics.load(numbers, 2));
  const text = JSON.stringify(session);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'never-ends.json'), text);
  require('node:fs').writeSync(2, 'an analysis did not end within ' + limit + ' ms: ' + join(folder, 'never-ends.json') + '\\n');
  process.kill(process.pid, 'SIGKILL');
}, 500);
`;

/**
 * Starts it. When no step is made for `limit` milliseconds of the processor, the session is written to `folder` and the
 * process ends.
 */
export function startWatchdog(folder: string, limit: number): Watchdog {
  const shared = new SharedArrayBuffer(HEAD + ROOM);
  const numbers = new Int32Array(shared, 0, 3);
  const bytes = new Uint8Array(shared, HEAD);
  const worker = new Worker(CODE, { eval: true, workerData: { shared, head: HEAD, limit, folder } });
  worker.unref();
  const step = (edits: number) => {
    Atomics.store(numbers, 2, edits);
    Atomics.add(numbers, 0, 1);
  };
  return {
    begin(session) {
      // TextEncoder does not write into shared memory. A session without room is one that cannot be kept.
      const encoded = Buffer.from(JSON.stringify(session));
      const isKept = encoded.length <= ROOM;
      if (isKept) bytes.set(encoded);
      Atomics.store(numbers, 1, isKept ? encoded.length : 0);
      step(0);
    },
    step,
    stop: () => worker.terminate(),
  };
}
