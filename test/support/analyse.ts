import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createAnalyzer,
  createParser,
  type Diagnosis,
  type FileSystem,
  type SyntaxParser,
} from '../../server/src/index.ts';
import { testCatalog } from './catalog.ts';

let parser: Promise<SyntaxParser> | undefined;

/** The parser, started once per test process. */
export const testParser = (): Promise<SyntaxParser> => {
  const wasm = (name: string) => new Uint8Array(readFileSync(join(process.cwd(), 'node_modules', name)));
  return (parser ??= createParser({
    runtime: wasm('web-tree-sitter/web-tree-sitter.wasm'),
    grammar: wasm('tree-sitter-c/tree-sitter-c.wasm'),
  }));
};

/** Files in memory, by address; changing the map changes the disk. */
export const memoryFileSystem = (contents: ReadonlyMap<string, Uint8Array>): FileSystem => ({
  read: (uri) => Promise.resolve(contents.get(uri)),
  size: (uri) => Promise.resolve(contents.get(uri)?.length),
  list: (folder) => {
    const inside = new Map<string, boolean>();
    for (const uri of contents.keys()) {
      if (!uri.startsWith(folder)) continue;
      const [name = '', ...more] = uri.slice(folder.length).split('/');
      inside.set(decodeURIComponent(name), more.length > 0);
    }
    if (inside.size === 0) return Promise.resolve(undefined);
    return Promise.resolve([...inside].map(([name, isFolder]) => ({ name, isFolder })));
  },
});

/** An analyzer over files in memory, by name below `file:///w/`. An error in its log fails the test. */
export async function memoryAnalyzer(files: Readonly<Record<string, string>>, settings: unknown = {}) {
  const contents = new Map(
    Object.entries(files).map(([name, text]) => [`file:///w/${name}`, new TextEncoder().encode(text)]),
  );
  const analyzer = createAnalyzer({
    catalog: testCatalog(),
    parser: await testParser(),
    fileSystem: memoryFileSystem(contents),
    logger: {
      info: () => {},
      error: (message, error) => {
        throw error instanceof Error ? error : new Error(message);
      },
    },
  });
  analyzer.apply({ kind: 'folders', uris: ['file:///w/'] });
  analyzer.apply({ kind: 'settings', settings });
  return analyzer;
}

/** Findings of one file among files in memory. */
export async function analyseText(
  files: Readonly<Record<string, string>>,
  main: string,
  settings: unknown = {},
): Promise<Diagnosis> {
  const analyzer = await memoryAnalyzer(files, settings);
  try {
    const diagnosis = await analyzer.diagnose(`file:///w/${main}`);
    if (!diagnosis) throw new Error(`there is no file ${main}`);
    return diagnosis;
  } finally {
    analyzer.dispose();
  }
}
