import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeText } from '../../src/text/decode.ts';
import type { Bench } from './bench.ts';
import { interleaved, ratioOf, timed } from './measure.ts';
import type { Row } from './rows.ts';

/** The whole command line against another checker and against a search for the catalogue's words. */
export async function processRows(bench: Bench): Promise<Row[]> {
  const { paths, files } = bench.material;
  const folder = bench.scratch('process');
  const include = join(folder, 'peer.h');
  writeFileSync(include, annotationsAway(bench));
  const words = join(folder, 'words.txt');
  writeFileSync(words, [...bench.catalog.triggers].join('\n'));
  const check = ['check', '--quiet', '--fail-on', 'never', ...paths];
  const search = ['--count', '--no-ignore', '--word-regexp', '--fixed-strings', `--file=${words}`, ...paths];
  const peer = ['--quiet', ...paths];
  const [hasPeer, hasSearch] = [await starts('cppcheck'), await starts('rg')];
  const stopped = hasPeer ? await filesGivenUp(['--quiet', ...paths]) : 0;
  const stoppedWith = hasPeer ? await filesGivenUp(['--quiet', `--include=${include}`, ...paths]) : 0;

  bench.progress('process');
  const times = await interleaved(bench.quick ? 1 : 5, {
    own: () => run(process.execPath, [join('dist', 'cli.js'), ...check]),
    peer: () => (hasPeer ? run('cppcheck', peer) : 0),
    through: () => (hasPeer ? run('cppcheck', ['--quiet', `--include=${include}`, ...paths]) : 0),
    read: () => (hasSearch ? run('rg', search) : readingTime(files.map(({ path }) => path))),
  });
  const given = (what: string, count: number) =>
    `${what} stops in ${count} of these ${files.length} files at what it does not understand`;
  const without = { missing: 'cppcheck is not installed' };
  const name = 'check, whole process';
  return [
    {
      section: 'process',
      name,
      against: 'cppcheck --quiet',
      ...(hasPeer ? { ratio: ratioOf(times.own, times.peer), note: given('cppcheck', stopped) } : without),
      budget: 0.5,
    },
    {
      section: 'process',
      name,
      against: 'cppcheck, annotations defined away',
      ...(hasPeer
        ? {
            ratio: ratioOf(times.own, times.through),
            note: given('cppcheck with annotations defined away', stoppedWith),
          }
        : without),
      budget: 0.5,
    },
    {
      section: 'process',
      name,
      against: hasSearch ? 'rg for the words of the catalogue' : 'reading all bytes (rg is not installed)',
      ratio: ratioOf(times.own, times.read),
    },
  ];
}

/**
 * Headers of the kit are not there, and the peer stops at the first annotation. To be compared with it when it does its
 * work, it gets definitions for the words that our parser leaves out.
 */
function annotationsAway({ catalog, material }: Bench): string {
  const { annotations, bare, statements } = catalog.words;
  const annotation = new RegExp(`^(?:${annotations.join('|')})$`);
  const uses = new Map<string, boolean>();
  for (const { text } of material.files) {
    for (const [, word = '', open] of text.matchAll(/\b([A-Za-z_]\w*)([ \t]*\()?/g)) {
      if (bare.includes(word)) uses.set(word, false);
      else if (statements.includes(word) || annotation.test(word)) {
        uses.set(word, (uses.get(word) ?? true) && open !== undefined);
      }
    }
  }
  return [...uses].map(([word, isCall]) => `#define ${word}${isCall ? '(...)' : ''}\n`).join('');
}

const readingTime = (paths: readonly string[]): Promise<number> =>
  timed(() => {
    for (const path of paths) decodeText(new Uint8Array(readFileSync(path)));
  });

const starts = (program: string): Promise<boolean> =>
  new Promise((done) => {
    const child = spawn(program, ['--version'], { stdio: 'ignore' });
    child.on('error', () => done(false));
    child.on('close', (code) => done(code === 0));
  });

/** How long a program runs, whatever it ends with. */
export async function run(program: string, args: readonly string[]): Promise<number> {
  return timed(
    () =>
      new Promise<void>((done, fail) => {
        const child = spawn(program, args, { stdio: 'ignore' });
        child.on('error', fail);
        child.on('close', () => done());
      }),
  );
}

async function filesGivenUp(args: readonly string[]): Promise<number> {
  const output = await new Promise<string>((done, fail) => {
    const child = spawn('cppcheck', ['--template={file}:::{id}', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    child.on('error', fail);
    child.on('close', () => done(text));
  });
  const lines = output
    .split('\n')
    .filter((line) => /:::(?:unknownMacro|syntaxError|preprocessorError)/.test(line));
  return new Set(lines.map((line) => line.split(':::')[0])).size;
}
