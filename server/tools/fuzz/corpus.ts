import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readFixtures } from '../../../test/support/fixture.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { builtInDrivers, driversBelow, type DriverText } from '../mutate/driver-text.ts';

/** A driver to start from. */
export interface FuzzDriver {
  readonly name: string;
  /** Everything in its folder, projects too. */
  readonly files: Readonly<Record<string, string>>;
  readonly defines: readonly string[];
}

/** Names of files that hold C or C++; only these are edited and analysed. */
export const isSource = (name: string): boolean => /\.(?:c|cc|cpp|cxx|h|hpp)$/i.test(name);

/** Characters of all sources of a driver. */
export const sizeOf = ({ files }: FuzzDriver): number =>
  Object.entries(files).reduce((sum, [name, text]) => sum + (isSource(name) ? text.length : 0), 0);

const fromText = ({ name, files, projects = new Map() }: DriverText): FuzzDriver => ({
  name,
  files: Object.fromEntries([...projects, ...files]),
  defines: [],
});

/** What the repository holds: scaffolds, the good and the faulty examples, the fixtures of the rules. */
export function builtInCorpus(root: string, catalog: Catalog): FuzzDriver[] {
  const faulty = join(root, 'examples/faulty');
  return [
    ...builtInDrivers(root).map(fromText),
    ...readdirSync(faulty)
      .toSorted()
      .flatMap((name) => driversBelow(join(faulty, name), catalog).map(fromText)),
    ...readFixtures(join(root, 'test/rules')).map(({ name, files, settings }) => ({
      name,
      files,
      defines: settings.defines,
    })),
  ];
}

/** The drivers below the given folders. Throws UsageError when one is not there. */
export const corpusOf = (paths: readonly string[], catalog: Catalog): FuzzDriver[] =>
  paths
    .flatMap((path) => driversBelow(path, catalog).map(fromText))
    .filter(({ files }) => Object.keys(files).some(isSource));
