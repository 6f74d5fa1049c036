/**
 * Prints the code lenses of every C and C++ file below a folder, to be read against the source; with `--times` what
 * answers take after the analysis, instead.
 *   node scripts/run.mjs server/tools/lenses.ts FOLDER [--times]
 */
import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findFiles } from '../src/cli/check/files.ts';
import { loadCatalog, loadParser, nodeFileSystem } from '../src/host/node-host.ts';
import {
  canonicalUri,
  codeLenses,
  createAnalyzer,
  definitionAt,
  type DriverView,
  inlayHints,
  LineIndex,
  referencesAt,
  registrationSymbols,
} from '../src/index.ts';

const ROUNDS = 50;

async function main(folder: string): Promise<void> {
  const analyzer = createAnalyzer({
    catalog: loadCatalog(__dirname),
    parser: await loadParser(__dirname),
    fileSystem: nodeFileSystem,
    logger: { info: () => {}, error: (message) => console.error(message) },
  });
  const { files, roots } = findFiles([folder], process.cwd());
  analyzer.apply({
    kind: 'folders',
    uris: roots.map((root) => `${canonicalUri(pathToFileURL(root).href)}/`),
  });
  for (const path of files) {
    const uri = canonicalUri(pathToFileURL(path).href);
    const view = await analyzer.view(uri);
    if (!view) continue;
    const name = relative(process.cwd(), path);
    if (process.argv.includes('--times')) await printTimes(name, uri, view, analyzer.view);
    else printLenses(name, view);
  }
  analyzer.dispose();
}

function printLenses(name: string, view: DriverView): void {
  const text = view.textOf(view.facts.uri) ?? '';
  const lines = new LineIndex(text);
  for (const { range, title, places } of codeLenses(view)) {
    const line = lines.positionAt(range.start).line + 1;
    const code = text.slice(range.start, range.start + 60).replace(/\s+/g, ' ');
    console.log(`${name}:${line}: ${title}   [${places.length}]   ${code}`);
  }
}

async function printTimes(
  name: string,
  uri: string,
  first: DriverView,
  view: (uri: string) => Promise<DriverView | undefined>,
): Promise<void> {
  const end = first.textOf(uri)?.length ?? 0;
  const answers: Record<string, (view: DriverView, at: number) => unknown> = {
    'code lens': codeLenses,
    'inlay hints': (one) => inlayHints(one, { start: 0, end }),
    symbols: registrationSymbols,
    definition: definitionAt,
    references: (one, at) => referencesAt(one, at, true),
  };
  for (const [what, answer] of Object.entries(answers)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const started = performance.now();
      const now = await view(uri);
      if (now) answer(now, Math.floor((end * round) / ROUNDS));
      times.push(performance.now() - started);
    }
    const cold = times[0] ?? 0;
    times.sort((a, b) => a - b);
    const shown = [cold, times[Math.floor(ROUNDS / 2)] ?? 0, times.at(-1) ?? 0].map((ms) => ms.toFixed(2));
    console.log(`${name}: ${what}: first ${shown[0]} ms, median ${shown[1]} ms, worst ${shown[2]} ms`);
  }
}

main(resolve(process.argv[2] ?? '.')).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
