import { readFileSync } from 'node:fs';
import { decodeText } from '../../src/text/decode.ts';
import { analyseAll, type Bench, parseAll } from './bench.ts';
import { interleaved, ratioOf, timed } from './measure.ts';
import type { Row } from './rows.ts';

/** The analysis in this process, warm, against the parser alone and reading. */
export async function analysisRows(bench: Bench): Promise<Row[]> {
  const { material } = bench;
  bench.progress('analysis');
  const times = await interleaved(
    bench.quick ? 1 : 5,
    {
      parse: () => timed(() => parseAll(bench, material.files)),
      read: () =>
        timed(() => {
          for (const { path } of material.files) decodeText(new Uint8Array(readFileSync(path)));
        }),
      own: () => timed(() => analyseAll(bench, material)),
    },
    bench.quick ? 0 : 1,
  );
  const floor = times.parse.map((time, at) => time + (times.read[at] ?? 0));
  const mention = material.files.filter(({ mentions }) => mentions).length;
  return [
    {
      section: 'analysis',
      name: 'analysis of all files',
      against: 'parser alone + reading',
      ratio: ratioOf(times.own, floor),
      budget: 1.3,
      note: `${mention} of ${material.files.length} files name something of the catalogue; the parser gets these`,
    },
    {
      section: 'analysis',
      name: 'analysis of all files',
      against: 'parser alone',
      ratio: ratioOf(times.own, times.parse),
    },
  ];
}
