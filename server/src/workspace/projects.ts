import type {
  BuildSettings,
  ProjectFiles,
  ProjectProblem,
  ProjectReading,
} from '../project/build-settings.ts';
import { readCompileCommands } from '../project/compile-commands.ts';
import { isWanted } from '../project/configuration.ts';
import { readCppProperties } from '../project/cpp-properties.ts';
import { readLegacySources } from '../project/legacy-sources.ts';
import { readVcxproj } from '../project/vcxproj.ts';
import { distance, encodeName, folderOf, nameOf, parentOf, resolvePath } from '../text/uri.ts';
import type { FileStore } from './file-store.ts';

/** Folders that hold no project of the user's, or too much. */
const SKIPPED = new Set(['node_modules', '.git', '.vs', '.svn', '.hg']);
/** A workspace with more folders is searched no further. */
const FOLDER_LIMIT = 30_000;
const DATABASE = 'compile_commands.json';
const PROPERTIES = 'c_cpp_properties.json';

/** A project file that was found in the workspace. */
export interface FoundProject {
  readonly uri: string;
  readonly folder: string;
  readonly kind: 'vcxproj' | 'compile-commands' | 'sources';
}

/** A reading with the lookups that ownership needs. */
export interface ReadProject extends ProjectReading {
  readonly project: FoundProject;
  /** Sources and headers that it names. */
  readonly names: ReadonlySet<string>;
}

/** What the text of all project files tells without evaluating them. */
interface Index {
  readonly projects: readonly FoundProject[];
  /** Projects that may name a file, by its name in lower case. */
  readonly byName: ReadonlyMap<string, readonly FoundProject[]>;
  /** Folders with a file of a project, or with the project file itself. */
  readonly folders: ReadonlyMap<string, readonly FoundProject[]>;
  /** Projects that mention an INF file, by its name in lower case. */
  readonly infNames: ReadonlyMap<string, readonly FoundProject[]>;
  /** `.vscode/c_cpp_properties.json`, by the folder it is for. */
  readonly properties: ReadonlyMap<string, BuildSettings>;
  readonly problems: readonly ProjectProblem[];
}

const KINDS: readonly FoundProject['kind'][] = ['vcxproj', 'compile-commands', 'sources'];

/** Finds the project files of the workspace and reads those that somebody asks about. */
export class Projects {
  /** Projects that win when several name a file. */
  preferred: ReadonlySet<string> = new Set();
  readonly #store: FileStore;
  #wanted = '';
  #index: Promise<Index> | undefined;
  readonly #readings = new Map<string, Promise<ReadProject | undefined>>();
  /** Readings that are done, for those who cannot wait. */
  readonly #done = new Map<string, ReadProject>();
  #indexProblems: readonly ProjectProblem[] = [];

  constructor(store: FileStore) {
    this.#store = store;
  }

  /** What readers may see: the files below the roots. */
  readonly #files: ProjectFiles = {
    readText: async (uri) => (this.#store.isInRoots(uri) ? this.#store.text(uri) : undefined),
    find: async (folder, path) => this.#store.find(folder, path),
    list: async (folder) =>
      this.#store.isInRoots(folder) ? (await this.#store.list(folder))?.files : undefined,
  };

  /** The configuration that the user asks for. */
  set wanted(configuration: string) {
    if (this.#wanted === configuration) return;
    this.#wanted = configuration;
    this.#forgetReadings();
  }

  /** Project files in a folder, for those who must not look beyond them. */
  async isProjectFolder(folder: string): Promise<boolean> {
    const { projects } = await this.#indexed();
    return projects.some((project) => project.folder === folder && project.kind !== 'compile-commands');
  }

  /** The projects that name a file, the nearest first; with the wanted configuration before those without. */
  async naming(uri: string): Promise<ReadProject[]> {
    const { byName } = await this.#indexed();
    const owners: ReadProject[] = [];
    for (const project of byName.get(nameOf(uri).toLowerCase()) ?? []) {
      const reading = await this.read(project);
      if (reading?.names.has(uri)) owners.push(reading);
    }
    return this.#nearestFirst(owners, folderOf(uri));
  }

  /** Projects that may name an INF file, or in whose folder it stands; the nearest first. */
  async aroundInf(uri: string): Promise<ReadProject[]> {
    const { projects, infNames } = await this.#indexed();
    const candidates = new Set([
      ...projects.filter(({ folder }) => folder === folderOf(uri)),
      ...(infNames.get(nameOf(uri).toLowerCase()) ?? []),
      ...(infNames.get(ANY_NAME) ?? []),
    ]);
    const readings = await Promise.all([...candidates].map((project) => this.read(project)));
    return this.#nearestFirst(
      readings.filter((reading) => !!reading).filter(({ settings }) => settings),
      folderOf(uri),
    );
  }

  /** The nearest project with files in a folder, or near it: that of headers there that no project names. */
  async around(from: string): Promise<ReadProject | undefined> {
    const { folders } = await this.#indexed();
    let found: { readonly steps: number; readonly projects: readonly FoundProject[] }[] = [];
    for (const [folder, projects] of folders) {
      const steps = distance(from, folder);
      if (steps <= NEAR) found.push({ steps, projects });
    }
    found = found.toSorted((a, b) => a.steps - b.steps);
    for (const steps of new Set(found.map((item) => item.steps))) {
      const candidates = new Set(
        found.filter((item) => item.steps === steps).flatMap((item) => item.projects),
      );
      const readings = (await Promise.all([...candidates].map((one) => this.read(one)))).filter(
        (one) => !!one,
      );
      const [first] = this.#nearestFirst(
        readings.filter((one) => one.settings),
        from,
      );
      if (first) return first;
    }
    return undefined;
  }

  #nearestFirst(readings: readonly ReadProject[], from: string): ReadProject[] {
    const rank = ({ project, settings }: ReadProject): number => {
      const offers = settings?.configurations ?? [];
      const lacks = this.#wanted !== '' && !offers.some((offer) => isWanted(offer, this.#wanted));
      if (this.preferred.has(project.uri)) return -1;
      return (lacks ? 1000 : 0) + distance(from, project.folder);
    };
    return readings.toSorted(
      (a, b) =>
        rank(a) - rank(b) ||
        KINDS.indexOf(a.project.kind) - KINDS.indexOf(b.project.kind) ||
        (a.project.uri < b.project.uri ? -1 : a.project.uri > b.project.uri ? 1 : 0),
    );
  }

  /** Macros and folders for files that no project names, from the editor's C++ settings above them. */
  async propertiesFor(uri: string): Promise<BuildSettings | undefined> {
    const { properties } = await this.#indexed();
    if (properties.size === 0) return undefined;
    for (let folder: string | undefined = folderOf(uri); folder; folder = parentOf(folder)) {
      const settings = properties.get(folder);
      if (settings) return settings;
    }
    return undefined;
  }

  /** Evaluates a project under the wanted configuration. Undefined when it is not there any more. */
  read(project: FoundProject): Promise<ReadProject | undefined> {
    const known = this.#readings.get(project.uri);
    if (known) return known;
    const reading = this.#read(project).then((result) => {
      if (result && this.#readings.get(project.uri) === reading) this.#done.set(project.uri, result);
      return result;
    });
    this.#readings.set(project.uri, reading);
    return reading;
  }

  async #read(project: FoundProject): Promise<ReadProject | undefined> {
    const content = await this.#store.read(project.uri);
    if (content.text === undefined) {
      if (content.tooLarge === undefined) return undefined;
      const problems = [
        {
          uri: project.uri,
          message: `${nameOf(project.uri)} cannot be read: it is larger than ${project.kind === 'compile-commands' ? 16 : 1} MB`,
        },
      ];
      return { project, settings: undefined, problems, dependencies: [], names: new Set() };
    }
    const input = { uri: project.uri, text: content.text, wanted: this.#wanted };
    const reader = {
      vcxproj: readVcxproj,
      'compile-commands': readCompileCommands,
      sources: readLegacySources,
    };
    const reading = await reader[project.kind](input, this.#files);
    const { settings } = reading;
    return {
      ...reading,
      project,
      names: new Set([...(settings?.sources ?? []), ...(settings?.headers ?? [])]),
    };
  }

  /** Project files that were found, wherever they are. */
  async all(): Promise<readonly FoundProject[]> {
    return (await this.#indexed()).projects;
  }

  /** What could not be used of the projects read so far, each file once. */
  get problems(): readonly ProjectProblem[] {
    const all = [...this.#indexProblems, ...[...this.#done.values()].flatMap((reading) => reading.problems)];
    const byUri = new Map(all.map((problem) => [problem.uri, problem]));
    return [...byUri.values()].toSorted((a, b) => (a.uri < b.uri ? -1 : 1));
  }

  /** Files came or went: what is where must be looked up again. True when that may matter to ownership. */
  treeChanged(): void {
    this.#index = undefined;
    this.#forgetReadings();
  }

  /** A file's content changed. True when it is a project file or was read for one. */
  contentChanged(uri: string): boolean {
    const isProject = kindOf(uri) !== undefined || nameOf(uri).toLowerCase() === PROPERTIES;
    const isUsed = [...this.#done.values()].some(({ dependencies }) => dependencies.includes(uri));
    if (!isProject && !isUsed) return false;
    this.#index = undefined;
    this.#forgetReadings();
    return true;
  }

  #forgetReadings(): void {
    this.#readings.clear();
    this.#done.clear();
  }

  #indexed(): Promise<Index> {
    if (this.#index) return this.#index;
    const index = this.#buildIndex();
    this.#index = index;
    // Whoever waits for it hears of the failure; the next one tries again.
    index.then(
      ({ problems }) => {
        if (this.#index === index) this.#indexProblems = problems;
      },
      () => {
        if (this.#index === index) this.#index = undefined;
      },
    );
    return index;
  }

  async #buildIndex(): Promise<Index> {
    const { projects, propertyFiles } = await this.#scan();
    const properties = new Map<string, BuildSettings>();
    const problems: ProjectProblem[] = [];
    const known = new Set(projects.map(({ uri }) => uri));
    for (const uri of propertyFiles) {
      const text = await this.#store.text(uri);
      if (text === undefined) continue;
      const reading = readCppProperties({ uri, text, wanted: this.#wanted });
      problems.push(...reading.problems);
      const folder = parentOf(folderOf(uri)) ?? folderOf(uri);
      if (reading.settings) properties.set(folder, reading.settings);
      for (const path of reading.compileCommands) {
        const database = await this.#store.find(folder, path);
        if (database === undefined || known.has(database)) continue;
        known.add(database);
        projects.push({ uri: database, folder: folderOf(database), kind: 'compile-commands' });
      }
    }
    const byName = new Map<string, FoundProject[]>();
    const folders = new Map<string, FoundProject[]>();
    this.#store.readAhead(projects.map(({ uri }) => uri));
    const infNames = new Map<string, FoundProject[]>();
    for (const project of projects) {
      for (const name of infNamesIn((await this.#store.text(project.uri)) ?? ''))
        append(infNames, name, project);
      const { names, inFolders } = await this.#namesIn(project);
      for (const name of names) append(byName, name, project);
      for (const folder of inFolders) append(folders, folder, project);
    }
    return { projects, byName, folders, infNames, properties, problems };
  }

  /** Walks the roots. Nothing is read but the names in folders. */
  async #scan(): Promise<{ projects: FoundProject[]; propertyFiles: string[] }> {
    const projects: FoundProject[] = [];
    const propertyFiles: string[] = [];
    let level = this.#store.roots.filter(
      (root) => !this.#store.roots.some((other) => other !== root && root.startsWith(other)),
    );
    for (let left = FOLDER_LIMIT; level.length > 0 && left > 0; left -= level.length) {
      const listings = await Promise.all(level.slice(0, left).map((folder) => this.#store.list(folder)));
      const next: string[] = [];
      for (const [index, listing] of listings.entries()) {
        const folder = level[index] ?? '';
        for (const name of listing?.files ?? []) {
          const uri = folder + encodeName(name);
          const kind = kindOf(uri);
          if (kind) projects.push({ uri, folder, kind });
          else if (name === PROPERTIES && folder.endsWith('/.vscode/')) propertyFiles.push(uri);
        }
        for (const name of listing?.folders ?? []) {
          if (!SKIPPED.has(name)) next.push(`${folder}${encodeName(name)}/`);
        }
      }
      level = next;
    }
    return { projects, propertyFiles };
  }

  /** Names and folders of the files that a project may name: from its text, or from its reading when that is not enough. */
  async #namesIn(project: FoundProject): Promise<{ names: Set<string>; inFolders: Set<string> }> {
    const names = new Set<string>();
    const inFolders = new Set<string>(project.kind === 'compile-commands' ? [] : [project.folder]);
    const text = await this.#store.text(project.uri);
    const add = (uri: string): void => {
      names.add(nameOf(uri).toLowerCase());
      inFolders.add(folderOf(uri));
    };
    // What is too large, or names nothing, is read as well: it may have a problem that somebody should hear of.
    const found = text === undefined ? undefined : pathsIn(project.kind, text);
    const paths = found?.length === 0 ? undefined : found;
    if (paths === undefined) {
      const settings = (await this.read(project))?.settings;
      for (const uri of [...(settings?.sources ?? []), ...(settings?.headers ?? [])]) add(uri);
    }
    for (const path of paths ?? []) {
      const uri = resolvePath(project.folder, path);
      if (uri !== undefined) add(uri);
    }
    return { names, inFolders };
  }
}

/** Steps between folders up to which a header that no project names is taken for one of the project's. */
const NEAR = 2;

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function kindOf(uri: string): FoundProject['kind'] | undefined {
  const name = nameOf(uri).toLowerCase();
  if (name.endsWith('.vcxproj')) return 'vcxproj';
  if (name === DATABASE) return 'compile-commands';
  return name === 'sources' ? 'sources' : undefined;
}

/** Stands for the INF files that a pattern names in another folder than the project's. */
const ANY_NAME = '*';

/** Characters that end a name in a project's text, seen from its end. */
const NO_NAME = '\\/";<>=';
const NAME_LIMIT = 100;

/** Names of INF files in a project's text, in lower case. */
function infNamesIn(text: string): Set<string> {
  const names = new Set<string>();
  // Endings are rare: from each of them the name is read backwards.
  for (const { 0: ending, index } of text.matchAll(/\.in[fx]\b/gi)) {
    let start = index;
    while (start > 0 && index - start < NAME_LIMIT && !NO_NAME.includes(text[start - 1] ?? '')) start--;
    const name = text.slice(start, index);
    if (name === '') continue;
    if (name.includes('$(')) names.add(ANY_NAME);
    else if (!name.includes('*')) names.add((name + ending).toLowerCase());
    else if (/[\\/]/.test(text[start - 1] ?? '')) names.add(ANY_NAME);
  }
  return names;
}

/** Paths that a project's text spells out; undefined when only its evaluation can tell. */
function pathsIn(kind: FoundProject['kind'], text: string): string[] | undefined {
  if (kind === 'sources') return undefined;
  if (kind === 'compile-commands') {
    return [...text.matchAll(/"file"\s*:\s*"((?:[^"\\]|\\.)*)"/g)].map(([, path = '']) =>
      path.replaceAll('\\\\', '/'),
    );
  }
  for (const [, path = ''] of text.matchAll(/<Import\s[^>]{0,500}?\bProject\s*=\s*"([^"]*)"/g)) {
    if (!/^\$\((?:VCTargetsPath|UserRootDir)/i.test(path)) return undefined;
  }
  const paths: string[] = [];
  for (const [, list = ''] of text.matchAll(
    /<(?:ClCompile|ClInclude)\s[^>]{0,500}?\bInclude\s*=\s*"([^"]*)"/g,
  )) {
    for (const path of list.split(';')) {
      if (path.includes('$(') || (/[*?]/.test(path) && !/\.(?:h|hpp|hxx|hm|inl|xsd)$/i.test(path)))
        return undefined;
      if (!/[*?]/.test(path)) paths.push(path.trim());
    }
  }
  return paths;
}
