import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Analyzer, createAnalyzer, type SyntaxParser } from '../../server/src/index.ts';
import type { SyntaxTree } from '../../server/src/syntax/parser.ts';
import { analyseText, memoryFileSystem, testParser } from '../support/analyse.ts';
import { testCatalog } from '../support/catalog.ts';
import { FAULTY, readFaulty } from '../support/faulty-miniport.ts';

const { text: DRIVER } = readFaulty();
const uriOf = (name: string) => `file:///w/${name}/driver.c`;
const rulesOf = async (analyzer: Analyzer, name: string): Promise<string[] | undefined> =>
  (await analyzer.diagnose(uriOf(name)))?.findings.map(({ rule }) => rule);

/** What WebAssembly throws: a class of its own, which this library does not know. */
class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
}

/** The parser, which breaks on texts with a mark in them, as often as it is told to. */
async function breakingOn(mark: string, times: number): Promise<SyntaxParser> {
  const parser = await testParser();
  let left = times;
  return {
    ...parser,
    parse(masked, previous) {
      if (!masked.includes(mark) || left-- <= 0) return parser.parse(masked, previous);
      throw new RuntimeError('memory access out of bounds');
    },
    withTree: (masked, use) => parser.withTree(masked, use),
    recover: () => parser.recover(),
    dispose: () => parser.dispose(),
  };
}

const driverWith = (word: string): string => DRIVER.replace('    status = ', `    ${word}();\n    status = `);

function analyzerWith(
  parser: SyntaxParser,
  files: Readonly<Record<string, string>>,
  log: string[],
): Analyzer {
  const contents = Object.entries(files).map(([name, text]): [string, Uint8Array] => [
    uriOf(name),
    new TextEncoder().encode(text),
  ]);
  const analyzer = createAnalyzer({
    catalog: testCatalog(),
    parser,
    fileSystem: memoryFileSystem(new Map(contents)),
    logger: { info: () => {}, error: (message) => void log.push(message) },
  });
  analyzer.apply({ kind: 'folders', uris: ['file:///w/'] });
  return analyzer;
}

describe('a parser that breaks', () => {
  test('once: the file is read again, and nobody notices', async () => {
    const log: string[] = [];
    const analyzer = analyzerWith(await breakingOn('Fatal', 1), { a: driverWith('Fatal') }, log);
    assert.ok((await rulesOf(analyzer, 'a'))?.includes(FAULTY.rule));
    assert.deepEqual(log, []);
    analyzer.dispose();
  });

  test('always: the file is named once, and the others have their findings', async () => {
    const log: string[] = [];
    const files = { a: DRIVER, b: driverWith('Fatal'), c: DRIVER };
    const analyzer = analyzerWith(await breakingOn('Fatal', Infinity), files, log);
    const broken = await analyzer.diagnose(uriOf('b'));
    assert.match(broken?.skipped ?? '', /^the parser failed on it/);
    assert.deepEqual(broken?.findings, []);
    assert.ok((await rulesOf(analyzer, 'a'))?.includes(FAULTY.rule));
    assert.ok((await rulesOf(analyzer, 'c'))?.includes(FAULTY.rule));
    await analyzer.diagnose(uriOf('b'));
    assert.deepEqual(log, [`the parser failed on ${uriOf('b')}`]);
    // The next edit is another text.
    analyzer.apply({ kind: 'text', uri: uriOf('b'), text: DRIVER, version: 2 });
    assert.ok((await rulesOf(analyzer, 'b'))?.includes(FAULTY.rule));
    analyzer.dispose();
  });
});

describe('a runtime whose memory is damaged', () => {
  /** Every byte behind what is never written, and the stack. */
  const damage = (tree: SyntaxTree): void => {
    const heap = tree.grammar.runtime.HEAPU8;
    for (let at = 1024; at < heap.length; at += 64) heap[at] = 0xff;
  };
  const FIRST = 'int f(void) { return 1; }\n';
  const SECOND = 'int g(int a) { if (a) { return a; } return 0; }\n';

  test('is put back: what is parsed afterwards is right', async () => {
    const parser = await testParser();
    const wanted = parser.withTree(SECOND, (tree) => tree.raw.rootNode.toString());
    for (let round = 0; round < 20; round++) {
      const old = parser.parse(FIRST);
      damage(old);
      const tree = parser.parse(SECOND, old);
      assert.equal(tree.raw.rootNode.toString(), wanted);
      assert.ok(tree.isAlive);
      assert.ok(!old.isAlive);
      old.delete(); // nothing of it is there to be freed
      tree.delete();
    }
  });

  test('an edit behind it is analysed as in a new workspace', async () => {
    const log: string[] = [];
    const parser = await testParser();
    const analyzer = analyzerWith(parser, { a: DRIVER, b: DRIVER }, log);
    for (const name of ['a', 'b']) {
      analyzer.apply({ kind: 'text', uri: uriOf(name), text: DRIVER, version: 1 });
      await analyzer.diagnose(uriOf(name));
    }
    const probe = parser.parse(FIRST);
    damage(probe);
    for (const name of ['a', 'b']) {
      const text = driverWith('Edited');
      analyzer.apply({ kind: 'text', uri: uriOf(name), text, version: 2 });
      const found = (await analyzer.diagnose(uriOf(name)))?.findings.map(({ message }) => message);
      const fresh = (await analyseText({ 'driver.c': text }, 'driver.c')).findings.map(
        ({ message }) => message,
      );
      assert.deepEqual(found, fresh);
    }
    assert.deepEqual(log, []);
    probe.delete();
    analyzer.dispose();
  });

  test('a stack that ran full over and over takes nothing with it', async () => {
    const parser = await testParser();
    const wanted = parser.withTree(SECOND, (tree) => tree.raw.rootNode.toString());
    // Calls the parser with ever less room on the stack, until there is none.
    const descend = (): number => {
      let depth = 0;
      try {
        depth = 1 + descend();
      } catch {
        // The stack is full: the callers have a little room each.
      }
      if (depth < 30) {
        try {
          parser.withTree(FIRST, () => {});
        } catch {
          // No room for the parser, either.
        }
      }
      return depth;
    };
    for (let round = 0; round < 5; round++) descend();
    assert.equal(
      parser.withTree(SECOND, (tree) => tree.raw.rootNode.toString()),
      wanted,
    );
  });
});
