/**
 * What the product takes, as multiples of a floor or of a peer that is measured in the same run.
 *   npm run bench -- [PATH...] [--only PART]... [--quick] [--times] [--json FILE] [--plot FILE]
 * Without a path drivers made of our scaffolds are taken. The parts are those of `rows.ts`; docs/performance.md explains
 * them. The command line and the server are taken from `dist/`, so build first.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCatalog, loadParser } from '../../src/host/node-host.ts';
import { analysisRows } from './analysis.ts';
import { answerRows } from './answers.ts';
import type { Bench } from './bench.ts';
import { growthRows } from './growth.ts';
import { keystrokeRows } from './keystrokes.ts';
import { Generator, readMaterial } from './material.ts';
import { memoryRows } from './memory.ts';
import { plot } from './plot.ts';
import { processRows } from './process.ts';
import { isMet, type Row, type Section, SECTIONS, table } from './rows.ts';
import { startRows } from './start.ts';

const PARTS: Readonly<Record<Section, (bench: Bench) => Promise<Row[]>>> = {
  process: processRows,
  analysis: analysisRows,
  keystrokes: keystrokeRows,
  answers: answerRows,
  start: startRows,
  memory: memoryRows,
  growth: growthRows,
};

/** Lines of the largest generated file. */
const LINES = 3000;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string', multiple: true, default: [] },
      quick: { type: 'boolean', default: false },
      times: { type: 'boolean', default: false },
      json: { type: 'string' },
      plot: { type: 'string' },
    },
  });
  const unknown = values.only.find((name) => !SECTIONS.some((section) => section === name));
  if (unknown !== undefined) throw new Error(`no such part: ${unknown}. There are ${SECTIONS.join(', ')}`);
  if (!existsSync(join(__dirname, 'cli.js'))) throw new Error('there is no dist/; run "npm run build" first');

  const folder = mkdtempSync(join(tmpdir(), 'driverentry-bench-'));
  try {
    const catalog = loadCatalog(__dirname);
    const parser = await loadParser(__dirname);
    const generator = new Generator(catalog);
    const scratch = (name: string) => {
      const path = join(folder, name);
      mkdirSync(path, { recursive: true });
      return path;
    };
    if (positionals.length === 0)
      generator.drivers(scratch('drivers'), values.quick ? 2 : 8, values.quick ? 400 : LINES);
    const material = readMaterial(positionals.length === 0 ? [scratch('drivers')] : positionals, catalog);
    const bench = { catalog, parser, generator, material, scratch, quick: values.quick, progress };
    const lines = material.files.reduce((sum, { text }) => sum + text.split('\n').length, 0);
    const machine = `${availableParallelism()} processors, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`;
    console.log(`${material.files.length} files, ${lines} lines; ${machine}`);

    const rows: Row[] = [];
    // Saved after each part: a long run that is ended keeps what it has.
    const save = () => {
      const judged = rows.map((row) => ({ ...row, met: isMet(row) }));
      const report = { files: material.files.length, lines, machine, rows: judged };
      if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
      if (values.plot !== undefined) writeFileSync(values.plot, plot(rows));
    };
    for (const section of SECTIONS) {
      if (values.only.length > 0 && !values.only.includes(section)) continue;
      rows.push(...(await PARTS[section](bench)));
      save();
    }
    progress('');
    console.log(`\n${table(rows, values.times)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let lastProgress = 0;

/** One line that is overwritten, on terminals only. */
function progress(text: string): void {
  if (!process.stderr.isTTY || (text !== '' && Date.now() - lastProgress < 100)) return;
  lastProgress = Date.now();
  process.stderr.write(`\r\u001B[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
