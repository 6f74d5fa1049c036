/**
 * Proof by mutation: puts one mistake at a time into correct drivers and reports which of them are found.
 *   npm run mutate -- [PATH...] [--operator NAME]... [--show] [--json FILE] [--keep FOLDER]
 * Without a path the drivers we ship are taken: the scaffolds and examples/good. `--show` lists the mutants that
 * are not found, `--keep` writes their texts.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { testParser } from '../../../test/support/analyse.ts';
import { testCatalog } from '../../../test/support/catalog.ts';
import { builtInDrivers, driversBelow } from './driver-text.ts';
import { OPERATORS } from './operators/index.ts';
import { json, survivors, table } from './report.ts';
import { UsageError } from './usage-error.ts';
import { type Count, findingsOf, mutateDriver, type OperatorResult } from './run.ts';

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      operator: { type: 'string', multiple: true, default: [] },
      keep: { type: 'string' },
      show: { type: 'boolean', default: false },
    },
  });
  const unknown = values.operator.filter((name) => !OPERATORS.some((operator) => operator.name === name));
  if (unknown.length > 0) {
    const known = OPERATORS.map(({ name }) => name).join(', ');
    throw new UsageError(`no such operator: ${unknown.join(', ')}. There are ${known}`);
  }
  return { ...values, paths: positionals };
}

async function main(): Promise<void> {
  const options = readArguments();
  const tools = { catalog: testCatalog(), parser: await testParser() };
  const drivers =
    options.paths.length === 0
      ? builtInDrivers(process.cwd())
      : options.paths.flatMap((path) => driversBelow(path, tools.catalog));
  const operators = OPERATORS.filter(
    ({ name }) => options.operator.length === 0 || options.operator.includes(name),
  );

  const before = new Map<string, readonly Count[]>();
  for (const driver of drivers) before.set(driver.name, await findingsOf(driver));
  const had = drivers.flatMap(({ name }) => (before.get(name) ?? []).map(({ text }) => `  ${name}/${text}`));
  console.log([`${drivers.length} drivers, unmutated: ${had.length} findings`, ...had].join('\n'));
  if (drivers.some(({ name, isOurs }) => isOurs && before.get(name)?.length !== 0)) process.exitCode = 1;

  const results = operators.map((operator): OperatorResult => ({ operator, mutants: [] }));
  for (const [index, driver] of drivers.entries()) {
    const own = await mutateDriver(driver, before.get(driver.name) ?? [], operators, tools, ({ name }) =>
      progress(`${index + 1}/${drivers.length} ${driver.name}: ${name}`),
    );
    for (const [at, { mutants }] of own.entries()) {
      const result = results[at];
      if (result) results[at] = { ...result, mutants: [...result.mutants, ...mutants] };
    }
  }
  progress('');
  console.log(`\n${table(results)}`);
  if (options.show) console.log(`\nNot found:\n${survivors(results)}`);
  if (options.json !== undefined) writeFileSync(options.json, json(results));
  if (options.keep !== undefined) keep(results, options.keep);
}

/** Writes the changed file of every mutant that is not found, to look at it or to compare it. */
function keep(results: readonly OperatorResult[], folder: string): void {
  for (const { operator, mutants } of results) {
    for (const [index, { driver, file, line, rules, text }] of mutants.entries()) {
      if (rules.length > 0) continue;
      const name = `${String(index + 1)}-${driver}-${line}-${file}`.replace(/[^\w.-]+/g, '-');
      mkdirSync(join(folder, operator.name), { recursive: true });
      writeFileSync(join(folder, operator.name, name), text);
    }
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
  const isUsage = error instanceof UsageError || (error instanceof Error && 'code' in error);
  console.error(isUsage ? error.message : error);
  process.exitCode = 2;
});
