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
  /** Other files that were read for it: a change of one makes it stale. */
  readonly dependencies: readonly string[];
}

/** Reads another file's text, such as an imported `.props`; undefined when it is not there. */
export type ReadText = (uri: string) => Promise<string | undefined>;
