import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Bench, serverAnalyzer } from './bench.ts';
import { Session } from './keystrokes.ts';
import type { Ratio } from './measure.ts';
import type { Row } from './rows.ts';

/** What a heap may be off by, and still not have grown: caches fill, and code is compiled. */
const NOT_GROWN = 1.05;
const MEGABYTE = 1024 * 1024;

/** Growth of memory over many edits of one file, and over a folder. */
export async function memoryRows(bench: Bench): Promise<Row[]> {
  const { files, roots } = bench.material;
  const edits = bench.quick ? 60 : 2000;
  const warm = edits / 10;
  const session = await Session.open(bench, bench.material);
  const samples: number[] = [];
  let done = 0;
  while (done < edits) {
    for (const edit of session.edits(12)) {
      if (done >= edits) break;
      await session.apply(edit);
      done++;
      if (done % warm === 0) samples.push(await heap());
      bench.progress(`memory: ${done} edits`);
    }
  }
  session.dispose();

  const empty = await heap();
  const analyzer = serverAnalyzer(bench, roots);
  const all = async () => {
    for (const { uri } of files) await analyzer.diagnose(uri);
    return heap();
  };
  bench.progress('memory: folder');
  const once = await all();
  for (const { uri } of files) analyzer.apply({ kind: 'disk', uri, event: 'changed' });
  const twice = await all();
  for (const { uri, text } of files) {
    analyzer.apply({ kind: 'text', uri, text, version: 1 });
    await analyzer.diagnose(uri);
    analyzer.apply({ kind: 'close', uri });
  }
  const closed = await all();
  analyzer.dispose();

  const bytes = files.reduce((sum, { text }) => sum + text.length, 0);
  const against = `after ${warm} edits`;
  return [
    {
      section: 'memory',
      name: `heap after ${edits} edits of one file`,
      against,
      ratio: megabytes(samples.at(-1) ?? Number.NaN, samples[0] ?? Number.NaN, samples),
      budget: NOT_GROWN,
    },
    {
      section: 'memory',
      name: `what ${files.length} files leave in the heap`,
      against: 'their text',
      ratio: megabytes(once - empty, bytes),
    },
    {
      section: 'memory',
      name: 'heap after all files changed',
      against: 'before',
      ratio: megabytes(twice, once),
      budget: NOT_GROWN,
    },
    {
      section: 'memory',
      name: 'heap after all files were open and closed',
      against: 'before',
      ratio: megabytes(closed, twice),
      budget: NOT_GROWN,
    },
  ];
}

function megabytes(own: number, other: number, samples: readonly number[] = [own]): Ratio {
  const each = samples.map((bytes) => bytes / other);
  return {
    value: own / other,
    low: Math.min(...each),
    high: Math.max(...each),
    own: own / MEGABYTE,
    other: other / MEGABYTE,
    unit: 'MB',
  };
}

let collect: (() => void) | undefined;

/** What is reachable, and the memory of the parser, in bytes. */
async function heap(): Promise<number> {
  if (collect === undefined) {
    // The flag comes late, so that nobody has to start Node in a special way; a new context has the function.
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  // What waits for a turn may hold on to what is done.
  await new Promise((resume) => void setImmediate(resume));
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
