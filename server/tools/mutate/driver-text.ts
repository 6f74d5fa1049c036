import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { expandSnippet } from '../../../test/support/snippet.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { decodeText } from '../../src/text/decode.ts';
import { UsageError } from './usage-error.ts';

/** The files of one driver, by name below its folder. */
export interface DriverText {
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
  /** Projects and property sheets beside them: they are read, not changed. */
  readonly projects?: ReadonlyMap<string, string>;
  /** Ours: it must have no findings. Of others the findings it has are subtracted. */
  readonly isOurs: boolean;
}

const PROJECT = /\.(?:vcxproj|props)$|^sources$/i;
const SOURCE = /\.(?:c|cc|cpp|cxx|h|hpp)$/i;

/** The drivers we ship: scaffolds, expanded with the first of every choice, and the good examples. */
export function builtInDrivers(root: string): DriverText[] {
  const examples = join(root, 'examples/good');
  return [
    ...scaffolds(join(root, 'snippets')),
    ...readdirSync(examples)
      .toSorted()
      .map((name) => readDriver(join(examples, name), `examples/good/${name}`, true)),
  ];
}

interface SnippetFile {
  readonly [title: string]: { readonly prefix: string; readonly body: readonly string[] };
}

function scaffolds(folder: string): DriverText[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.code-snippets'))
    .toSorted()
    .flatMap((name) =>
      Object.values(JSON.parse(readFileSync(join(folder, name), 'utf8')) as SnippetFile).flatMap(
        ({ prefix, body }) => {
          const [text] = expandSnippet(body.join('\n'));
          // Snippets of single calls are no drivers: they stand in a function of the author's.
          if (text === undefined || !/^#include/m.test(text)) return [];
          return [{ name: `snippet ${prefix}`, files: new Map([['driver.c', text]]), isOurs: true }];
        },
      ),
    );
}

/**
 * The drivers below a folder: each folder with a source file that names an entry point, with all below it.
 * A folder without any is one driver itself. Throws UsageError when there is no such folder.
 */
export function driversBelow(path: string, catalog: Catalog): DriverText[] {
  if (!existsSync(path)) throw new UsageError(`no such folder: ${path}`);
  if (statSync(path).isFile()) {
    const text = decodeText(new Uint8Array(readFileSync(path))).text;
    return [{ name: path, files: new Map([[basename(path), text]]), isOurs: false }];
  }
  const entry = new RegExp(`\\b(?:${[...catalog.entryPoints.keys()].join('|')})\\s*\\(`);
  const files = filesBelow(path, SOURCE);
  const folders = files
    .filter((file) => !/\.h(?:pp)?$/i.test(file) && entry.test(readFileSync(file, 'latin1')))
    .map((file) => dirname(file));
  const outermost = [...new Set(folders)].filter(
    (folder) => !folders.some((other) => other !== folder && folder.startsWith(`${other}/`)),
  );
  return (outermost.length === 0 ? [path] : outermost.toSorted()).map((folder) =>
    readDriver(folder, relative(process.cwd(), folder) || folder, false),
  );
}

function readDriver(folder: string, name: string, isOurs: boolean): DriverText {
  const read = (pattern: RegExp) =>
    new Map(
      filesBelow(folder, pattern).map((file) => [
        relative(folder, file).replaceAll('\\', '/'),
        decodeText(new Uint8Array(readFileSync(file))).text,
      ]),
    );
  return { name, isOurs, files: read(SOURCE), projects: read(PROJECT) };
}

function filesBelow(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory())
        return /^(?:\.|node_modules$)/.test(entry.name) ? [] : filesBelow(path, pattern);
      return pattern.test(entry.name) ? [path] : [];
    });
}
