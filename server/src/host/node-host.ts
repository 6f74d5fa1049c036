import { readdir, readFile, stat } from 'node:fs/promises';
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCatalog, type Catalog, type CatalogBundle } from '../catalog/catalog.ts';
import { createParser, type SyntaxParser } from '../syntax/parser.ts';
import type { FileSystem } from '../workspace/file-system.ts';

/** Something of the installation is missing or damaged. The message says which file and what to do. */
export class InstallationError extends Error {}

const load = <T>(folder: string, name: string, read: (path: string) => T): T => {
  const path = join(folder, name);
  try {
    return read(path);
  } catch (error) {
    throw new InstallationError(
      `cannot load ${path}: ${error instanceof Error ? error.message : String(error)}. Reinstall DriverEntry, or run "npm run build" in a clone.`,
    );
  }
};

/** The catalogue that the build put beside the bundles. Throws InstallationError. */
export const loadCatalog = (folder: string): Catalog =>
  load(folder, 'catalog.json', (path) =>
    buildCatalog(JSON.parse(readFileSync(path, 'utf8')) as CatalogBundle),
  );

/** The parser from the wasm files beside the bundles. Rejects with InstallationError. */
export async function loadParser(folder: string): Promise<SyntaxParser> {
  const bytes = (path: string) => new Uint8Array(readFileSync(path));
  const runtime = load(folder, 'web-tree-sitter.wasm', bytes);
  const grammar = load(folder, 'tree-sitter-c.wasm', bytes);
  try {
    return await createParser({ runtime, grammar });
  } catch (error) {
    throw new InstallationError(
      `the parser in ${folder} does not start: ${error instanceof Error ? error.message : String(error)}. Reinstall DriverEntry, or run "npm run build" in a clone.`,
    );
  }
}

/** The disk, by `file:` addresses. Other schemes have no files. */
export const nodeFileSystem: FileSystem = {
  read: async (uri) => {
    const path = toPath(uri);
    if (path === undefined) return undefined;
    try {
      return new Uint8Array(await readFile(path));
    } catch {
      return undefined;
    }
  },
  size: async (uri) => {
    const path = toPath(uri);
    if (path === undefined) return undefined;
    try {
      const stats = await stat(path);
      return stats.isFile() ? stats.size : undefined;
    } catch {
      return undefined;
    }
  },
  list: async (folder) => {
    const path = toPath(folder);
    if (path === undefined) return undefined;
    try {
      return listed(await readdir(path, { withFileTypes: true }));
    } catch {
      return undefined;
    }
  },
};

/**
 * The same for batch runs, where nobody waits for a turn: each call waits for the disk. A small file takes a fraction
 * of the time that way.
 */
export const batchFileSystem: FileSystem = {
  read: (uri) => now(uri, (path) => new Uint8Array(readFileSync(path))),
  size: (uri) =>
    now(uri, (path) => {
      const stats = statSync(path);
      return stats.isFile() ? stats.size : undefined;
    }),
  list: (folder) => now(folder, (path) => listed(readdirSync(path, { withFileTypes: true }))),
};

function now<T>(uri: string, ask: (path: string) => T | undefined): Promise<T | undefined> {
  const path = toPath(uri);
  if (path === undefined) return NOTHING;
  try {
    return Promise.resolve(ask(path));
  } catch {
    return NOTHING;
  }
}

const NOTHING = Promise.resolve(undefined);

const listed = (entries: readonly Dirent[]) =>
  entries
    .filter((entry) => entry.isDirectory() || entry.isFile() || entry.isSymbolicLink())
    .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));

/** Lets input and timers through between slices of long work. */
export const yieldNow = (): Promise<void> => new Promise((resume) => void setImmediate(resume));

function toPath(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
