/**
 * Edits drivers at random, thousands of times, and checks what must hold whatever an author types; docs/fuzzing.md
 * lists it.
 *   npm run fuzz -- --soak [--time SECONDS] [--seed N] [PATH...]
 *   npm run fuzz -- [--time SECONDS | --edits COUNT] [--seed N] [--session N] [--long] [--keep FOLDER] [--replay FILE] [PATH...]
 * Exit code 1: something does not hold. 2: wrong usage.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { testParser } from '../../../test/support/analyse.ts';
import { testCatalog } from '../../../test/support/catalog.ts';
import { UsageError } from '../mutate/usage-error.ts';
import type { Counts } from './checks.ts';
import { builtInCorpus, corpusOf, sizeOf } from './corpus.ts';
import { FAILURE_KINDS } from './failure.ts';
import { play } from './play.ts';
import { type Found, fuzz } from './run.ts';
import type { Session, SessionTools } from './session.ts';
import { soak } from './soak.ts';
import { startWatchdog } from './watchdog.ts';

/** Milliseconds; an analysis of this length is a failure. */
const LIMIT = 5000;
/**
 * How a session goes on, and after how many edits everything is checked. What lasts longest is a fresh analysis and the
 * trial of every fix; a long session has few of them, and many edits of a small driver that are analysed on top of each
 * other.
 */
const SHORT = { editsPerSession: 24, fullEvery: 4, mostCharacters: 400_000, largestDriver: Infinity };
const LONG = { editsPerSession: 240, fullEvery: 60, mostCharacters: 4000, largestDriver: 4000 };
/** Edits between two lines that say how far it is. */
const PROGRESS = 20_000;

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      time: { type: 'string' },
      edits: { type: 'string' },
      seed: { type: 'string' },
      session: { type: 'string' },
      long: { type: 'boolean', default: false },
      soak: { type: 'boolean', default: false },
      keep: { type: 'string', default: '.test-out/fuzz' },
      replay: { type: 'string' },
    },
  });
  const number = (name: 'time' | 'edits' | 'seed' | 'session') => {
    const value = values[name];
    if (value === undefined) return undefined;
    if (!/^\d{1,10}$/.test(value)) throw new UsageError(`--${name} takes a whole number, not ${value}`);
    return Number(value);
  };
  return {
    time: number('time'),
    edits: number('edits'),
    seed: number('seed') ?? Date.now() % 1_000_000,
    session: number('session'),
    manner: values.long ? LONG : SHORT,
    soak: values.soak,
    keep: values.keep,
    replay: values.replay,
    paths: positionals,
  };
}

async function main(): Promise<void> {
  const options = readArguments();
  const catalog = testCatalog();
  const parser = await testParser();
  const watchdog = startWatchdog(options.keep, LIMIT * 6);
  const counts: Counts = { sessions: 0, edits: 0, analyses: 0, fixes: 0 };
  const playing = {
    catalog,
    parser,
    counts,
    limit: LIMIT,
    mostFixes: 8,
    watchdog,
  };
  if (options.replay !== undefined) {
    const session = JSON.parse(readFileSync(options.replay, 'utf8')) as Session;
    const result = await play(session, playing);
    console.log(result ? `${result.failure.signature}\n${result.failure.message}` : 'nothing fails any more');
    if (result) process.exitCode = 1;
    return;
  }

  const all = [...builtInCorpus(process.cwd(), catalog), ...corpusOf(options.paths, catalog)];
  const corpus = all.filter((driver) => sizeOf(driver) <= options.manner.largestDriver);
  const until = performance.now() + (options.time ?? 60) * 1000;
  console.log(`seed ${options.seed}, ${corpus.length} drivers`);
  if (options.soak) {
    await watchdog.stop();
    await soakAndTell(options.seed, options.time ?? 60, {
      ...playing,
      corpus,
      known: new Map(),
      ...options.manner,
    });
    return;
  }
  const started = performance.now();
  let told = 0;
  const tellProgress = ({ sessions, edits }: Counts) => {
    if (edits - told < PROGRESS) return;
    told = edits;
    console.log(
      `${sessions} sessions, ${edits} edits, ${Math.round((performance.now() - started) / 1000)} s`,
    );
  };
  const found = await fuzz(
    {
      seed: options.seed,
      first: options.session ?? 0,
      editsPerSession: options.manner.editsPerSession,
      minimiseFor: 20_000,
      isOver: (sum) => {
        tellProgress(sum);
        const { sessions, edits } = sum;
        if (options.session !== undefined) return sessions > 0;
        if (options.edits !== undefined) return edits >= options.edits;
        return performance.now() > until;
      },
    },
    { ...playing, corpus, known: new Map(), ...options.manner },
    (one) => keep(one, options.seed, options.keep),
  );
  await watchdog.stop();
  console.log(
    `seed ${options.seed}: ${counts.sessions} sessions, ${counts.edits} edits, ${counts.analyses} analyses, ${counts.fixes} fixes tried`,
  );
  const failures = found.reduce((sum, { times }) => sum + times, 0);
  console.log(`${failures} failures, ${found.length} different`);
  for (const kind of FAILURE_KINDS) {
    const own = found.filter(({ failure }) => failure.kind === kind);
    if (own.length > 0) console.log(`  ${kind}: ${own.reduce((sum, { times }) => sum + times, 0)}`);
  }
  if (failures > 0) process.exitCode = 1;
}

async function soakAndTell(seed: number, seconds: number, tools: SessionTools): Promise<void> {
  const { steps, memory, problems } = await soak(seed, seconds, tools);
  const count = Object.values(steps).reduce((sum, one) => sum + one, 0);
  console.log(
    `${count} steps: ${Object.entries(steps)
      .map(([what, times]) => `${times} ${what}`)
      .join(', ')}`,
  );
  const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(0).padStart(6);
  console.log('minute    rss   heap (MB, after a collection)');
  for (const [index, { rss, heapUsed }] of memory.entries()) {
    const minute = ((seconds * index) / (memory.length - 1) / 60).toFixed(1);
    console.log(`${minute.padStart(6)} ${megabytes(rss)} ${megabytes(heapUsed)}`);
  }
  console.log(problems.length === 0 ? 'the findings are those of a new server' : problems.join('\n'));
  if (problems.length > 0) process.exitCode = 1;
}

/** Writes a failure as texts to read and as a session to play again, and says where. */
function keep({ failure, session, number }: Found, seed: number, folder: string): void {
  const name = `${failure.signature.replace(/[^\w-]+/g, '-').slice(0, 80)}-${seed}-${number}`;
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  const reason = `${failure.signature}\nseed ${seed}, session ${number}, driver ${session.driver}\n\n${failure.message}\n`;
  writeFileSync(join(place, 'reason.txt'), reason);
  writeFileSync(join(place, 'session.json'), JSON.stringify(session, undefined, 1));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(place, file)), { recursive: true });
    writeFileSync(join(place, file), text);
  };
  for (const [file, text] of Object.entries(session.files)) write(`before/${file}`, text);
  for (const [index, edit] of session.edits.entries()) {
    if (edit.text !== undefined) write(`edit-${index + 1}/${edit.name}`, edit.text);
  }
  console.log(`\n${failure.signature} (seed ${seed}, session ${number}), see ${place}\n${failure.message}`);
}

main().catch((error: unknown) => {
  const isUsage = error instanceof UsageError || (error instanceof Error && 'code' in error);
  console.error(isUsage ? error.message : error);
  process.exitCode = 2;
});
