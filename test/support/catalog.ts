import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildCatalog, type Catalog, type CatalogBundle } from '../../server/src/catalog/catalog.ts';

const DATA = join(process.cwd(), 'server/src/catalog/data');
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** The data files with their path below `data/`, as they stand in the source tree. */
export function catalogFiles(): { path: string; content: unknown }[] {
  return readdirSync(DATA, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((folder) =>
      readdirSync(join(DATA, folder.name))
        .filter((name) => name.endsWith('.json'))
        .toSorted()
        .map((name) => ({ path: `${folder.name}/${name}`, content: read(join(DATA, folder.name, name)) })),
    );
}

let catalog: Catalog | undefined;

/** The catalogue, built once per test process. */
export const testCatalog = (): Catalog =>
  (catalog ??= buildCatalog({
    files: catalogFiles().map(({ content }) => content),
    idioms: read(join(DATA, 'idioms.json')),
    words: read(join(DATA, 'words.json')),
  } as CatalogBundle));
