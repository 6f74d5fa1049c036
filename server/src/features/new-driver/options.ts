import type { Catalog } from '../../catalog/catalog.ts';
import type { DriverKindEntry } from '../../catalog/entry.ts';
import { scaffoldsOf } from './scaffold.ts';

export const LAYOUTS = ['single', 'split'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** What the user chooses. */
export interface NewDriverOptions {
  readonly kind: string;
  /** Name of project, service, files and functions. */
  readonly name: string;
  /** `6.30`; of no meaning for kinds without versions. */
  readonly version?: string;
  readonly layout: Layout;
}

/** What there is to choose from. */
export interface DriverKind {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly defaultName: string;
  /** The one to offer first leads; empty when the kind knows no versions. */
  readonly versions: readonly {
    readonly version: string;
    /** `Windows 8`: the first that has it. */
    readonly os: string | undefined;
  }[];
  /** Files of source in the split layout. */
  readonly splitFiles: readonly string[];
}

/** The options are wrong; the message says what would be right. */
export class NewDriverError extends Error {}

/** Longer names do not fit a file name on every disk, and no service needs one. */
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

/** Why a name cannot be one; undefined when it can. */
export function nameProblem(name: string): string | undefined {
  if (name === '') return 'the driver needs a name';
  if (NAME.test(name)) return undefined;
  return name.length > 40
    ? 'the name of a driver has at most 40 characters'
    : `"${name}" cannot be the name of a driver: it takes letters, digits and _, and starts with a letter`;
}

/** The kinds of drivers that can be made. */
export const driverKinds = (catalog: Catalog): DriverKind[] =>
  [...catalog.driverKinds.values()].map((kind) => ({
    name: kind.name,
    title: kind.title,
    summary: kind.summary,
    defaultName: kind.defaultName,
    versions: scaffoldsOf(kind.name).flatMap(({ minors }) =>
      minors.flatMap((minor) => {
        const entry = catalog.versions.find((version) => version.minor === minor);
        return entry ? [{ version: `${entry.major}.${minor}`, os: entry.os }] : [];
      }),
    ),
    splitFiles: ['driver.c', ...kind.parts.map(({ file }) => file), 'precomp.h'],
  }));

/** The entry of the kind. Throws NewDriverError when something of the options is wrong. */
export function checked(options: NewDriverOptions, catalog: Catalog): DriverKindEntry {
  const kind = catalog.driverKinds.get(options.kind);
  if (!kind) {
    const known = [...catalog.driverKinds.keys()].join(', ');
    throw new NewDriverError(`there is no kind of driver "${options.kind}"; there are ${known}`);
  }
  const problem = nameProblem(options.name);
  if (problem !== undefined) throw new NewDriverError(problem);
  const versions = driverKinds(catalog).find(({ name }) => name === kind.name)?.versions ?? [];
  if (options.version !== undefined && !versions.some(({ version }) => version === options.version)) {
    throw new NewDriverError(
      versions.length === 0
        ? `${kind.name} has no NDIS version`
        : `there is no NDIS version "${options.version}" for ${kind.name}; there are ${versions.map(({ version }) => version).join(', ')}`,
    );
  }
  return kind;
}
