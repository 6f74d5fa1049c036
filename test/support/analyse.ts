import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Analyzer,
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

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A disk in memory with an analyzer on it. Names are those below `file:///w/`. */
export interface MemoryWorkspace {
  readonly analyzer: Analyzer;
  /** Writes, or with `undefined` deletes, and tells the analyzer as a watcher does. */
  readonly write: (name: string, text: string | undefined) => void;
  /** The same with no word to the analyzer. */
  readonly writeQuietly: (name: string, text: string | undefined) => void;
  /** Errors that the analyzer logged. */
  readonly errors: readonly string[];
}

/** An analyzer over files in memory. */
export async function memoryWorkspace(
  files: Readonly<Record<string, string>>,
  settings: unknown = {},
): Promise<MemoryWorkspace> {
  const contents = new Map(Object.entries(files).map(([name, text]) => [`file:///w/${name}`, bytesOf(text)]));
  const errors: string[] = [];
  const analyzer = createAnalyzer({
    catalog: testCatalog(),
    parser: await testParser(),
    fileSystem: memoryFileSystem(contents),
    yieldNow: () => new Promise((done) => setImmediate(done)),
    logger: {
      info: () => {},
      error: (message, error) => void errors.push(`${message} ${error instanceof Error ? error.stack : ''}`),
    },
  });
  analyzer.apply({ kind: 'folders', uris: ['file:///w/'] });
  analyzer.apply({ kind: 'settings', settings });
  const writeQuietly = (name: string, text: string | undefined): boolean => {
    const uri = `file:///w/${name}`;
    const existed = contents.has(uri);
    if (text === undefined) contents.delete(uri);
    else contents.set(uri, bytesOf(text));
    return existed;
  };
  const write = (name: string, text: string | undefined): void => {
    const existed = writeQuietly(name, text);
    const event = text === undefined ? 'deleted' : existed ? 'changed' : 'created';
    analyzer.apply({ kind: 'disk', uri: `file:///w/${name}`, event });
  };
  return { analyzer, write, writeQuietly, errors };
}

/** An analyzer over files in memory, by name below `file:///w/`. An error in its log fails the test. */
export async function memoryAnalyzer(
  files: Readonly<Record<string, string>>,
  settings: unknown = {},
): Promise<Analyzer> {
  const contents = new Map(Object.entries(files).map(([name, text]) => [`file:///w/${name}`, bytesOf(text)]));
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
