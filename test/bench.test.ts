import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { SECTIONS } from '../server/tools/bench/rows.ts';

interface Report {
  readonly rows: readonly {
    readonly section: string;
    readonly name: string;
    readonly ratio?: { readonly value: number; readonly low: number; readonly high: number };
    readonly missing?: string;
  }[];
}

test('every part of the benchmark has figures or says what is missing; none is judged here', () => {
  const folder = mkdtempSync(join(tmpdir(), 'driverentry-bench-test-'));
  try {
    const driver = join(folder, 'driver');
    cpSync('examples/good/ndis-filter-split', driver, { recursive: true });
    const [json, svg] = [join(folder, 'bench.json'), join(folder, 'bench.svg')];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['scripts/run.mjs', 'server/tools/bench/main.ts', driver, '--quick', '--json', json, '--plot', svg],
      { encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
    const { rows } = JSON.parse(readFileSync(json, 'utf8')) as Report;
    assert.deepEqual([...new Set(rows.map(({ section }) => section))], SECTIONS);
    for (const { name, ratio, missing } of rows) {
      assert.ok(stdout.includes(`| ${name} `), `${name} is not in the table`);
      if (ratio === undefined) assert.match(missing ?? '', / is not installed$/, name);
      else for (const value of [ratio.value, ratio.low, ratio.high]) assert.ok(Number.isFinite(value), name);
    }
    assert.match(readFileSync(svg, 'utf8'), /^<svg [^]*<\/svg>\n$/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a part that is not there is named with those that are', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['scripts/run.mjs', 'server/tools/bench/main.ts', '--only', 'weather'],
    { encoding: 'utf8' },
  );
  assert.equal(status, 2);
  assert.equal(stderr, `no such part: weather. There are ${SECTIONS.join(', ')}\n`);
});
