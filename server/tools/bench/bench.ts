import type { Catalog } from '../../src/catalog/catalog.ts';
import { nodeFileSystem } from '../../src/host/node-host.ts';
import { type Analyzer, createAnalyzer, type SyntaxParser } from '../../src/index.ts';
import { pathToFileURL } from 'node:url';
import type { Generator, Material, Source } from './material.ts';

/** What every part of a run gets. */
export interface Bench {
  readonly catalog: Catalog;
  readonly parser: SyntaxParser;
  readonly generator: Generator;
  readonly material: Material;
  /** An empty folder for what a part writes. */
  readonly scratch: (name: string) => string;
  readonly quick: boolean;
  readonly progress: (text: string) => void;
}

/** An analyzer as the command line makes it: nobody waits for a turn. */
export function batchAnalyzer({ catalog, parser }: Bench, roots: readonly string[]): Analyzer {
  return withFolders(
    createAnalyzer({
      catalog,
      parser,
      fileSystem: nodeFileSystem,
      logger: LOGGER,
      yieldNow: () => Promise.resolve(),
    }),
    roots,
  );
}

/** An analyzer as the language server makes it. */
export function serverAnalyzer({ catalog, parser }: Bench, roots: readonly string[]): Analyzer {
  return withFolders(
    createAnalyzer({
      catalog,
      parser,
      fileSystem: nodeFileSystem,
      logger: LOGGER,
      yieldNow: () => new Promise((resume) => void setImmediate(resume)),
    }),
    roots,
  );
}

const LOGGER = { info: () => {}, error: (message: string) => console.error(message) };

function withFolders(analyzer: Analyzer, roots: readonly string[]): Analyzer {
  analyzer.apply({ kind: 'folders', uris: roots.map((root) => pathToFileURL(`${root}/`).href) });
  return analyzer;
}

/** Findings of all files, with all memory of earlier rounds gone. */
export async function analyseAll(bench: Bench, { roots, files }: Material): Promise<void> {
  const analyzer = batchAnalyzer(bench, roots);
  for (const { uri } of files) await analyzer.diagnose(uri);
  analyzer.dispose();
}

/** The parser alone, on the files as they stand. */
export function parseAll({ parser }: Bench, files: readonly Source[]): void {
  for (const { text, mentions } of files) if (mentions) parser.withTree(text, () => {});
}
