/**
 * Prints what the analysis of lifecycles sees in the C and C++ files of a folder, taken as one driver:
 *   node scripts/run.mjs server/tools/lifecycle.ts FOLDER
 */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Spot } from '../src/driver/lifecycle/memory.ts';
import { buildDriver } from '../src/driver/driver-facts.ts';
import { loadCatalog, loadParser, nodeFileSystem } from '../src/host/node-host.ts';
import { type AnalysedFile, createAnalyzer } from '../src/index.ts';
import type { FileFacts } from '../src/driver/facts.ts';

async function main(folder: string): Promise<void> {
  const catalog = loadCatalog(__dirname);
  const analyzer = createAnalyzer({
    catalog,
    parser: await loadParser(__dirname),
    fileSystem: nodeFileSystem,
    logger: { info: () => {}, error: (message) => console.error(message) },
  });
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:c|cpp|cc)$/i.test(name),
  );
  const analysed: (AnalysedFile & { facts: FileFacts })[] = [];
  for (const name of files.toSorted()) {
    const diagnosis = await analyzer.diagnose(pathToFileURL(join(folder, name)).href);
    if (diagnosis?.file.facts) analysed.push({ ...diagnosis.file, facts: diagnosis.file.facts });
  }
  const started = performance.now();
  const driver = buildDriver(
    analysed.map(({ facts }) => facts),
    true,
    catalog,
  );
  const { table, observations } = driver.lifecycle;
  const where = ({ fn, range }: Spot): string => {
    const found = table.functions.get(fn);
    const file = analysed.find(({ facts }) => facts === found?.file);
    const at = (found?.flow.fact.range.start ?? 0) + range.start;
    return `${file?.uri.replace(/^.*\//, '')}:${(file?.lines.positionAt(at).line ?? 0) + 1}`;
  };
  for (const one of observations) {
    const { kind, ...rest } = one;
    const text = Object.entries(rest).map(([name, value]) => {
      if (name === 'story') return '';
      if (typeof value === 'object' && value !== null && 'fn' in value) return `${name}=${where(value)}`;
      if (name === 'held' || name === 'first') {
        const held = value as { call: string; at: Spot } | undefined;
        return held ? `${name}=${held.call} ${where(held.at)}` : '';
      }
      return `${name}=${String(value)}`;
    });
    console.log(kind, text.filter(Boolean).join(' '));
    if ('story' in one && process.argv.includes('--story')) {
      for (const step of one.story)
        console.log('    ', step.kind, where(step.at), step.what, step.origin ?? '');
    }
  }
  console.log(
    `${analysed.length} files, ${table.functions.size} functions, ${table.registering.size} register, ${table.mattering.size} matter; ${(performance.now() - started).toFixed(1)} ms`,
  );
  for (const use of driver.handles.uses) {
    console.log(
      'handle',
      use.call,
      where(use.argumentAt),
      use.key,
      'expected',
      use.expected.join(),
      'actual',
      use.actual?.join() ?? '?',
    );
  }
  for (const fn of table.functions.values())
    if (!fn.flow.graph.isComplete) console.log('incomplete', fn.flow.fact.name);
  analyzer.dispose();
}

void main(resolve(process.argv[2] ?? '.'));
