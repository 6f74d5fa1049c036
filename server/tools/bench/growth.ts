import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { analyseAll, type Bench, parseAll } from './bench.ts';
import { Session } from './keystrokes.ts';
import { type Material, readMaterial } from './material.ts';
import { interleaved, ratioOf, timed } from './measure.ts';
import type { Row } from './rows.ts';

/** How the figures change with the size of a file and with the number of files: a slope, not a value, matters. */
export async function growthRows(bench: Bench): Promise<Row[]> {
  const rows: Row[] = [];
  const folder = bench.scratch('growth');
  const material = (name: string, make: (own: string) => void): Material => {
    const own = join(folder, name);
    mkdirSync(own, { recursive: true });
    make(own);
    return readMaterial([own], bench.catalog);
  };
  const edits: Row[] = [];
  for (const lines of bench.quick ? [300, 600] : [1_000, 10_000, 50_000]) {
    bench.progress(`growth: ${lines} lines`);
    const one = material(`lines-${lines}`, (own) => bench.generator.drivers(own, 1, lines));
    rows.push(await analysisRow(bench, one, `analysis, ${lines} lines`));
    edits.push(await keystrokeRow(bench, one, `an edit, ${lines} lines`));
  }
  rows.push(...edits, ...edits.slice(1).flatMap((edit) => besides(edit, edits[0])));
  for (const count of bench.quick ? [2, 4] : [10, 50, 200]) {
    bench.progress(`growth: ${count} files`);
    const many = material(`drivers-${count}`, (own) => bench.generator.drivers(own, count));
    rows.push(await analysisRow(bench, many, `analysis, ${count} drivers`));
    const one = material(`files-${count}`, (own) => bench.generator.driver(own, count));
    rows.push(await analysisRow(bench, one, `analysis, 1 driver of ${count} files`));
  }
  return rows;
}

async function analysisRow(bench: Bench, material: Material, name: string): Promise<Row> {
  const times = await interleaved(
    bench.quick ? 1 : 3,
    {
      parse: () => timed(() => parseAll(bench, material.files)),
      own: () => timed(() => analyseAll(bench, material)),
    },
    bench.quick ? 0 : 1,
  );
  return { section: 'growth', name, against: 'parser alone', ratio: ratioOf(times.own, times.parse) };
}

/** An edit against the same edit of the smallest file: it should take what the function takes, not what the file does. */
function besides({ section, name, ratio }: Row, first: Row | undefined): Row[] {
  if (ratio === undefined || first?.ratio === undefined) return [];
  const value = ratio.own / first.ratio.own;
  const other = first.ratio.own;
  return [{ section, name, against: first.name, ratio: { ...ratio, other, value, low: value, high: value } }];
}

async function keystrokeRow(bench: Bench, material: Material, name: string): Promise<Row> {
  const session = await Session.open(bench, material);
  const findings: number[] = [];
  const parse: number[] = [];
  for (const edit of session.edits(bench.quick ? 1 : 2)) {
    if (edit.kind === 'a header' || edit.kind === 'a define') continue;
    const cost = await session.measure(edit);
    findings.push(cost.findings);
    parse.push(cost.parse);
  }
  session.dispose();
  return { section: 'growth', name, against: 'incremental parse', ratio: ratioOf(findings, parse) };
}
