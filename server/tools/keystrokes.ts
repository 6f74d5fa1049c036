/**
 * What an edit costs: types and deletes a statement in functions all over a file, and prints how long the parse from the
 * previous tree takes, how long it takes to the findings, and how much is done again.
 *   npm run keystrokes -- FILE [EDITS]
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadCatalog, loadParser, nodeFileSystem } from '../src/host/node-host.ts';
import { createAnalyzer } from '../src/index.ts';
import { openSource, type SourceFile } from '../src/syntax/source-file.ts';

const TYPED = ' DbgPrint("x");';

async function main(path: string, edits: number): Promise<void> {
  const catalog = loadCatalog(__dirname);
  const parser = await loadParser(__dirname);
  const analyzer = createAnalyzer({
    catalog,
    parser,
    fileSystem: nodeFileSystem,
    logger: { info: () => {}, error: (message) => console.error(message) },
  });
  const uri = pathToFileURL(path).href;
  analyzer.apply({ kind: 'folders', uris: [pathToFileURL(`${dirname(path)}/`).href] });
  const original = readFileSync(path, 'utf8');
  const parse = (text: string, previous?: SourceFile) =>
    openSource(parser, { uri, text, language: 'c', defines: new Map(), words: catalog.words }, previous);
  let source = parse(original);
  let version = 1;
  const diagnose = async (text: string) => {
    analyzer.apply({ kind: 'text', uri, text, version: version++ });
    return analyzer.diagnose(uri);
  };
  let before = await diagnose(original);
  const bodies = [...(before?.file.facts?.flows.values() ?? [])].flatMap(({ fact }) => fact.body ?? []);
  if (bodies.length === 0) throw new Error(`${path} defines no function that is looked at`);

  const times = {
    parse: [] as number[],
    findings: [] as number[],
    read: [] as number[],
    followed: [] as number[],
  };
  for (let i = 0; i < edits; i++) {
    const at = (bodies[Math.floor((i * bodies.length) / edits)]?.start ?? 0) + 1;
    for (const text of [original.slice(0, at) + TYPED + original.slice(at), original]) {
      let started = performance.now();
      const next = parse(text, source);
      times.parse.push(performance.now() - started);
      source.dispose();
      source = next;
      started = performance.now();
      const after = await diagnose(text);
      times.findings.push(performance.now() - started);
      const earlier = before?.file.facts?.flows;
      times.read.push(
        [...(after?.file.facts?.flows ?? [])].filter(
          ([name, { graph }]) => earlier?.get(name)?.graph !== graph,
        ).length,
      );
      times.followed.push(after?.driver?.lifecycle.memo?.followed ?? 0);
      before = after;
    }
  }
  source.dispose();
  const lines = original.split('\n').length;
  console.log(
    `${path}: ${lines} lines, ${bodies.length} functions, ${before?.driver?.lifecycle.table.functions.size ?? 0} in the driver; ${edits * 2} edits`,
  );
  const row = (name: string, list: number[], digits: number) => {
    const sorted = list.toSorted((a, b) => a - b);
    const part = (share: number) =>
      (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(digits);
    console.log(
      `${name.padEnd(38)} median ${part(0.5).padStart(7)}   p95 ${part(0.95).padStart(7)}   max ${part(1).padStart(7)}`,
    );
  };
  row('parse from the previous tree, ms', times.parse, 1);
  row('edit to findings, ms', times.findings, 1);
  row('functions read again', times.read, 0);
  row('functions followed again', times.followed, 0);
  analyzer.dispose();
}

const [file, edits = '40'] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: npm run keystrokes -- FILE [EDITS]');
  process.exitCode = 2;
} else void main(resolve(file), Number(edits));
