import type { Catalog } from '../catalog/catalog.ts';
import type { FileFacts } from './facts.ts';

/** What all files of one driver say together. */
export interface DriverFacts {
  /** By address; only files that were analysed. */
  readonly files: ReadonlyMap<string, FileFacts>;
  /** False when files that may belong to the driver could not be read or analysed. */
  readonly isWhole: boolean;
}

/** Joins the facts of the files of one driver. */
export function buildDriver(
  files: readonly FileFacts[],
  isWhole: boolean,
  _catalog: Catalog,
  _previous?: DriverFacts,
): DriverFacts {
  return { files: new Map(files.map((file) => [file.uri, file])), isWhole };
}
