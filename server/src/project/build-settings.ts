/**
 * How a build sees the files of one driver, as far as its project says. Readers of project files give this;
 * everything is plain data. Addresses are absolute `file:`-like URIs, folders end with `/`.
 */
export interface BuildSettings {
  /** For people: `mux`, the project file's name without its ending, or the folder's name. */
  readonly name: string;
  /** Project file. */
  readonly uri: string;
  readonly kind: 'vcxproj' | 'compile-commands' | 'cpp-properties' | 'sources';
  /** `Release|x64`: the one these settings are for; undefined where projects have none. */
  readonly configuration: string | undefined;
  /** Every configuration that the project offers, in its order. */
  readonly configurations: readonly string[];
  /** Macros of the command line, all files. A name without value is `1`. */
  readonly defines: ReadonlyMap<string, string>;
  /** Macros that single files have in addition, or instead. */
  readonly fileDefines: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Include folders, in the order in which the compiler looks. */
  readonly includeFolders: readonly string[];
  /** Headers that every file includes first (`/FI`). */
  readonly forcedIncludes: readonly string[];
  /** Files that are compiled, sorted. */
  readonly sources: readonly string[];
  /** Files that it compiles but that are not there, or not in the workspace, sorted. */
  readonly missing: readonly string[];
  /** Headers that the project names, sorted. */
  readonly headers: readonly string[];
  /** INF files that the project names, sorted. */
  readonly infs: readonly string[];
  /** `KMDF`, `WDM`, `UMDF`: as the project says it. */
  readonly driverType?: string;
  /** `Windows10`. */
  readonly targetVersion?: string;
  /** `x64`, `Win32`, `ARM64`, `ARM`. */
  readonly platform?: string;
  /** Name of what is built, without its ending, when the project says it. */
  readonly targetName?: string;
}

/** Something that cannot be used, in one sentence for the user: it names the file and says what to do. */
export interface ProjectProblem {
  readonly uri: string;
  readonly message: string;
}

export interface ProjectReading {
  /** Undefined when the file cannot be used at all. */
  readonly settings: BuildSettings | undefined;
  readonly problems: readonly ProjectProblem[];
  /** Other files that were read for it, or looked for: a change of one makes it stale. */
  readonly dependencies: readonly string[];
}

/** What a reader may see of the workspace. Nothing outside of it is ever given out. */
export interface ProjectFiles {
  /** Text of a file; undefined when it is not there. */
  readonly readText: (uri: string) => Promise<string | undefined>;
  /** The file as the disk spells it, whatever the case of the path; undefined when it is not there. */
  readonly find: (folder: string, path: string) => Promise<string | undefined>;
  /** Names of the files in a folder. */
  readonly list: (folder: string) => Promise<readonly string[] | undefined>;
}

/** A project file to read. */
export interface ProjectInput {
  readonly uri: string;
  readonly text: string;
  /** The configuration that the user asks for; may be empty, or half of one. */
  readonly wanted: string;
}

/** Project files above this are not read. */
export const PROJECT_SIZE_LIMIT = 1024 * 1024;
/** A database of compile commands repeats all options for each file. */
export const DATABASE_SIZE_LIMIT = 16 * 1024 * 1024;

/** Reads a list of macros, `NAME` or `NAME=VALUE`, into a map. Later ones win. */
export function addDefines(into: Map<string, string>, list: readonly string[]): void {
  for (const text of list) {
    const match = /^([A-Za-z_$][\w$]*)(?:[=#]([^]*))?$/.exec(text.trim());
    if (match?.[1] === undefined) continue;
    into.set(match[1], (match[2] ?? '1').replaceAll('\\"', '"').trim());
  }
}

/** What `all` have in common, and what each has besides. */
export function factorDefines(perFile: ReadonlyMap<string, ReadonlyMap<string, string>>): {
  readonly defines: ReadonlyMap<string, string>;
  readonly fileDefines: ReadonlyMap<string, ReadonlyMap<string, string>>;
} {
  const maps = [...perFile.values()];
  const defines = new Map(
    [...(maps[0] ?? [])].filter(([name, value]) => maps.every((map) => map.get(name) === value)),
  );
  const fileDefines = new Map<string, ReadonlyMap<string, string>>();
  for (const [uri, map] of perFile) {
    const own = new Map([...map].filter(([name]) => !defines.has(name)));
    if (own.size > 0) fileDefines.set(uri, own);
  }
  return { defines, fileDefines };
}
