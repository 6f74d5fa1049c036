import type { BuildSettings } from '../project/build-settings.ts';
import { isInf } from '../project/inf.ts';
import { encodeName, folderOf, nameOf, parentOf } from '../text/uri.ts';
import type { FlagReader } from './file-flags.ts';
import type { FileStore } from './file-store.ts';
import type { Projects, ReadProject } from './projects.ts';

/** The files of one driver, and how its build sees them. */
export interface Driver {
  /** Tells drivers apart; the same from one look to the next. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** Undefined when no project file says anything about the files. */
  readonly build: BuildSettings | undefined;
  /** Sources and headers, sorted; headers that are only included are not among them. */
  readonly files: readonly string[];
  /** INF files that may install it: those that its project names, else those in its folder; sorted. */
  readonly infs: readonly string[];
  /** False when some of its files are not there, or others may belong to it. */
  readonly isWhole: boolean;
}

const SOURCE = /\.(?:c|cpp|cc|cxx)$/i;
const SOURCE_OR_HEADER = /\.(?:c|cpp|cc|cxx|h|hpp|hxx|hh)$/i;
/** Folders below a driver's own that hold no source of it. */
const SKIPPED = new Set(['node_modules', '.git', '.vs', '.svn', '.hg']);
/** A driver by folder with more files than this is not whole. */
const FILE_LIMIT = 1000;

/**
 * Which driver a file belongs to: that of the project that names it, else that of the folder whose entry
 * function it stands below. Answers are kept and never change: when projects, the tree or the place of
 * entry functions change, a new one takes over.
 */
export class DriverFiles {
  readonly #store: FileStore;
  readonly #projects: Projects;
  readonly #flags: FlagReader;
  readonly #owners = new Map<string, Promise<Driver>>();
  readonly #drivers = new Map<string, Driver>();
  readonly #folders = new Map<string, Promise<FolderSources>>();
  readonly #trees = new Map<string, Promise<Driver>>();
  readonly #groups = new Map<string, Promise<ReadonlyMap<string, string>>>();
  readonly #around = new Map<string, Promise<ReadProject | undefined>>();
  /** Files whose text was searched for an entry function. */
  readonly #searched = new Set<string>();

  constructor(store: FileStore, projects: Projects, flags: FlagReader) {
    this.#store = store;
    this.#projects = projects;
    this.#flags = flags;
  }

  /** True when the answers so far depend on whether the file holds an entry function. */
  dependsOn(uri: string): boolean {
    return this.#searched.has(uri);
  }

  /** The driver that a file is looked at in. */
  ownerOf(uri: string): Promise<Driver> {
    const known = this.#owners.get(uri);
    if (known) return known;
    const owner = this.#findOwner(uri);
    this.#owners.set(uri, owner);
    owner.catch(() => this.#owners.delete(uri));
    return owner;
  }

  /** The drivers that an INF file may install. */
  async driversOfInf(uri: string): Promise<Driver[]> {
    if (!this.#store.isInRoots(uri)) return [];
    const drivers: Driver[] = [];
    const folder = folderOf(uri);
    for (const read of await this.#projects.aroundInf(uri)) {
      const [source] = read.settings?.sources ?? [];
      if (source === undefined) continue;
      // A compilation database may hold several drivers; which one is meant cannot be told from here.
      if (read.project.kind === 'compile-commands') continue;
      const driver = await this.#ofProject(read, source);
      if (driver.infs.includes(uri)) drivers.push(driver);
    }
    if (drivers.length === 0) {
      const { entries } = await this.#sourcesIn(folder);
      if (entries.length === 1) drivers.push(await this.#tree(folder));
    }
    return drivers;
  }

  async #findOwner(uri: string): Promise<Driver> {
    if (isInf(uri)) {
      const [driver] = await this.driversOfInf(uri);
      return driver ?? this.#alone(uri);
    }
    if (!this.#store.hasFolder(uri)) return this.#alone(uri);
    if (!this.#store.isInRoots(uri)) return this.#byFolder(uri);
    const [named] = await this.#projects.naming(uri);
    if (named?.settings) return this.#ofProject(named, uri);
    if (!SOURCE.test(uri)) {
      const around = await this.#projectAround(folderOf(uri));
      if (around) return this.#ofProject(around, uri);
    }
    return this.#byFolder(uri);
  }

  #projectAround(folder: string): Promise<ReadProject | undefined> {
    let around = this.#around.get(folder);
    if (!around) this.#around.set(folder, (around = this.#projects.around(folder)));
    return around;
  }

  async #ofProject({ settings, project }: ReadProject, uri: string): Promise<Driver> {
    if (!settings) return this.#alone(uri);
    let id = project.uri;
    let { sources } = settings;
    let name = settings.name;
    if (project.kind === 'compile-commands') {
      const groups = await this.#groupsOf(settings);
      const group = groups.get(uri) ?? groupAround(uri, groups);
      if (group !== undefined) {
        id += `#${group}`;
        sources = sources.filter((source) => groups.get(source) === group);
        name = nameOf(group);
      }
    }
    return this.#driver({
      id,
      name,
      build: settings,
      files: [...new Set([...sources, ...settings.headers])].toSorted(),
      infs:
        project.kind === 'compile-commands'
          ? []
          : settings.infs.length > 0
            ? settings.infs
            : await this.#infsIn(project.folder),
      isWhole: settings.missing.length === 0,
    });
  }

  /**
   * A compilation database knows no targets. With several entry functions, a source belongs to the one whose
   * folder is the nearest around it; what stands below none of them is a group of its own.
   */
  #groupsOf(settings: BuildSettings): Promise<ReadonlyMap<string, string>> {
    const known = this.#groups.get(settings.uri);
    if (known) return known;
    const make = async (): Promise<ReadonlyMap<string, string>> => {
      const folders = new Set<string>();
      this.#store.readAhead(settings.sources);
      for (const uri of settings.sources) if (await this.#definesEntry(uri)) folders.add(folderOf(uri));
      if (folders.size < 2) return new Map();
      const nearest = (uri: string): string => {
        for (let folder: string | undefined = folderOf(uri); folder; folder = parentOf(folder)) {
          if (folders.has(folder)) return folder;
        }
        return '';
      };
      return new Map(settings.sources.map((uri) => [uri, nearest(uri)]));
    };
    const groups = make();
    this.#groups.set(settings.uri, groups);
    return groups;
  }

  /** Without a project: the folder with an entry function, at the file or above it. */
  async #byFolder(uri: string): Promise<Driver> {
    const root = this.#store.rootOf(uri);
    const inRoots = this.#store.isInRoots(uri);
    for (let folder: string | undefined = folderOf(uri); folder; folder = parentOf(folder)) {
      if (!folder.startsWith(root)) break;
      const { entries } = await this.#sourcesIn(folder);
      if (entries.length > 1) return this.#alone(uri, folder);
      if (entries.length === 1) return this.#tree(folder);
      // Beyond a project file other drivers begin; outside of the workspace nothing else is looked at.
      if (!inRoots || (await this.#projects.isProjectFolder(folder))) break;
    }
    return this.#alone(uri);
  }

  /** A file by itself: whole when the entry function is in it and no other file is around that may belong. */
  async #alone(uri: string, amongOthers?: string): Promise<Driver> {
    const others =
      amongOthers === undefined
        ? 0
        : (await this.#below(amongOthers)).filter((other) => SOURCE.test(other) && other !== uri).length -
          (await this.#sourcesIn(amongOthers)).entries.length +
          1;
    return this.#driver({
      id: uri,
      name: nameOf(uri),
      build: await this.#projects.propertiesFor(uri),
      files: [uri],
      infs: [],
      isWhole: others <= 0 && (await this.#definesEntry(uri)),
    });
  }

  /** The driver of a folder: what is in it and below, up to the next project or entry function. */
  #tree(folder: string): Promise<Driver> {
    const known = this.#trees.get(folder);
    if (known) return known;
    const make = async (): Promise<Driver> => {
      const files = await this.#below(folder);
      return this.#driver({
        id: folder,
        name: nameOf(folder),
        build: await this.#projects.propertiesFor(folder),
        files: files.slice(0, FILE_LIMIT),
        infs: await this.#infsIn(folder),
        isWhole: files.length <= FILE_LIMIT,
      });
    };
    const tree = make();
    this.#trees.set(folder, tree);
    return tree;
  }

  /** Sources and headers without a project in a folder and below it, sorted. */
  async #below(top: string): Promise<string[]> {
    const files: string[] = [];
    const pending = [top];
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      const inside = await this.#sourcesIn(folder);
      if (folder !== top && (inside.entries.length > 0 || (await this.#projects.isProjectFolder(folder))))
        continue;
      files.push(...inside.files);
      if (files.length > FILE_LIMIT) break;
      // Outside of the workspace a file stands for its folder only.
      if (this.#store.isInRoots(folder)) pending.push(...inside.folders);
    }
    return files.toSorted();
  }

  /** Files of a folder that no project names, and which of them hold an entry function. */
  #sourcesIn(folder: string): Promise<FolderSources> {
    const known = this.#folders.get(folder);
    if (known) return known;
    const look = async (): Promise<FolderSources> => {
      const listing = await this.#store.list(folder);
      const onDisk = (listing?.files ?? []).filter((name) => SOURCE_OR_HEADER.test(name));
      const uris = new Set(onDisk.map((name) => folder + encodeName(name)));
      for (const uri of this.#store.openUris) {
        if (folderOf(uri) === folder && SOURCE_OR_HEADER.test(uri)) uris.add(uri);
      }
      this.#store.readAhead(uris);
      const files: string[] = [];
      const entries: string[] = [];
      for (const uri of uris) {
        const [named] = this.#store.isInRoots(uri) ? await this.#projects.naming(uri) : [];
        if (named?.settings) continue;
        files.push(uri);
        if (SOURCE.test(uri) && (await this.#definesEntry(uri))) entries.push(uri);
      }
      const folders = (listing?.folders ?? [])
        .filter((name) => !SKIPPED.has(name))
        .map((name) => `${folder}${encodeName(name)}/`);
      return { files, entries, folders };
    };
    const sources = look();
    this.#folders.set(folder, sources);
    return sources;
  }

  async #infsIn(folder: string): Promise<string[]> {
    const uris = new Set(
      ((await this.#store.list(folder))?.files ?? []).filter(isInf).map((name) => folder + encodeName(name)),
    );
    for (const uri of this.#store.openUris) if (isInf(uri) && folderOf(uri) === folder) uris.add(uri);
    return [...uris].toSorted();
  }

  async #definesEntry(uri: string): Promise<boolean> {
    this.#searched.add(uri);
    const text = await this.#store.text(uri);
    return text !== undefined && this.#flags.of(uri, text).definesEntry;
  }

  /** One object per driver, so that who holds it can see that nothing has changed. */
  #driver(driver: Driver): Driver {
    const known = this.#drivers.get(driver.id);
    if (known) return known;
    this.#drivers.set(driver.id, driver);
    return driver;
  }
}

interface FolderSources {
  readonly files: readonly string[];
  readonly entries: readonly string[];
  readonly folders: readonly string[];
}

/** The group of a header: that of the nearest group folder around it. */
function groupAround(uri: string, groups: ReadonlyMap<string, string>): string | undefined {
  if (groups.size === 0) return undefined;
  const folders = new Set(groups.values());
  for (let folder: string | undefined = folderOf(uri); folder; folder = parentOf(folder)) {
    if (folders.has(folder)) return folder;
  }
  return '';
}
