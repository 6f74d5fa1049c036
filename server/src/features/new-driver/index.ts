import type { Catalog } from '../../catalog/catalog.ts';
import { checked, type NewDriverOptions } from './options.ts';
import { projectFile } from './project.ts';
import { fillScaffold, scaffoldsOf } from './scaffold.ts';
import { HEADER, MAIN, splitSource } from './split.ts';

export interface NewFile {
  /** Below the folder of the driver. */
  readonly name: string;
  readonly text: string;
}

export interface NewDriver {
  readonly files: readonly NewFile[];
  /** The file to look at first. */
  readonly open: string;
}

/** Drivers are built on Windows. */
const EOL = '\r\n';

/**
 * The files of a new driver: sources, project and INF, which match. `newGuid` gives one that nobody else has, without
 * braces. Throws NewDriverError when the options are wrong.
 */
export function newDriver(options: NewDriverOptions, catalog: Catalog, newGuid: () => string): NewDriver {
  const kind = checked(options, catalog);
  const { name, layout, version } = options;
  const guid = newGuid();
  const minor = version === undefined ? undefined : Number(version.split('.')[1]);
  const scaffolds = scaffoldsOf(kind.name);
  const scaffold =
    scaffolds.find(({ minors }) => minor === undefined || minors.includes(minor)) ?? scaffolds[0];
  if (!scaffold) throw new Error(`there is no scaffold of ${kind.name}`);
  const source = fillScaffold(scaffold, { name, minor: minor ?? scaffold.minors[0], guid });
  const sources =
    layout === 'split'
      ? splitSource(source, name, kind.title, kind.parts)
      : [{ name: MAIN, lines: source.trimEnd().split('\n') }];
  const fill = (line: string): string =>
    line.replaceAll('@NAME@', name).replaceAll('@GUID@', guid).replaceAll('@TITLE@', kind.title);
  const infs = kind.infs.map(({ file, text }) => ({ name: fill(file), lines: text.map(fill) }));
  const project = {
    name: `${name}.vcxproj`,
    lines: projectFile({
      guid: newGuid(),
      sources: sources.map((file) => file.name).filter((file) => file !== HEADER),
      headers: sources.map((file) => file.name).filter((file) => file === HEADER),
      infs: infs.map((file) => file.name),
      defines: [...definesIn(source), ...(kind.defines ?? [])],
      libraries: kind.libraries,
    }),
  };
  return {
    files: [...sources, project, ...infs].map((file) => ({
      name: file.name,
      text: `${file.lines.join('\n')}\n`.replaceAll('\n', EOL),
    })),
    open: MAIN,
  };
}

/** What the scaffold says in its first line that the project defines. */
const definesIn = (source: string): string[] =>
  /^\/\/ The project defines [^\n]*/.exec(source)?.[0].match(/\b\w+=\w+/g) ?? [];
