import type { Catalog } from '../catalog/catalog.ts';
import type { DriverFacts } from '../driver/driver-facts.ts';
import type { FileFacts } from '../driver/facts.ts';
import type { InfFacts } from '../driver/inf-facts.ts';
import type { ProjectProblem, ProjectReading } from '../project/build-settings.ts';
import { isInf } from '../project/inf.ts';
import type { SyntaxParser } from '../syntax/parser.ts';
import { LineIndex } from '../text/line-index.ts';
import { BuildViews } from './build-view.ts';
import { type Driver, DriverFiles } from './driver-files.ts';
import { DriverIndex } from './driver-index.ts';
import { FlagReader } from './file-flags.ts';
import { type AnalysedFile, FileIndex } from './file-index.ts';
import { type DiskEvent, FileStore } from './file-store.ts';
import type { FileSystem, Logger } from './file-system.ts';
import { InfIndex } from './inf-index.ts';
import { Projects } from './projects.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { Slices, yieldToTimers } from './slices.ts';

export type { AnalysedFile } from './file-index.ts';
export { SIZE_LIMIT_BYTES } from './file-store.ts';

export interface WorkspaceOptions {
  readonly catalog: Catalog;
  readonly parser: SyntaxParser;
  readonly fileSystem: FileSystem;
  readonly logger: Logger;
  /** How long work lets others have their turn; the default is a timer. */
  readonly yieldNow?: () => Promise<void>;
}

export interface AnalysedInf {
  readonly file: AnalysedFile;
  readonly inf: InfFacts;
  readonly drivers: readonly DriverFacts[];
}

/** What was known of a file when it was looked at last. */
export interface LastSeen {
  readonly file: AnalysedFile;
  readonly facts: FileFacts;
  readonly driver: DriverFacts;
  /** Facts that the file would have with another text, by a catalogue that may know more. */
  readonly imagine: (text: string, catalog: Catalog) => FileFacts | undefined;
}

/** The only mutable state: texts, projects, facts, settings. */
export class Workspace {
  readonly #store: FileStore;
  readonly #projects: Projects;
  readonly #flags: FlagReader;
  #owners: DriverFiles;
  readonly #views: BuildViews;
  readonly #files: FileIndex;
  readonly #drivers: DriverIndex;
  readonly #infs: InfIndex;
  #settings: Settings = DEFAULT_SETTINGS;
  #epoch = 0;

  constructor({ catalog, parser, fileSystem, logger, yieldNow }: WorkspaceOptions) {
    const slices = new Slices(yieldNow ?? yieldToTimers);
    const store = new FileStore(fileSystem);
    const flags = new FlagReader(catalog);
    const views = new BuildViews(catalog);
    const files = new FileIndex({ catalog, parser, logger, store, flags, slices });
    this.#store = store;
    this.#flags = flags;
    this.#views = views;
    this.#files = files;
    this.#projects = new Projects(store);
    this.#owners = new DriverFiles(store, this.#projects, flags);
    this.#infs = new InfIndex(store);
    this.#drivers = new DriverIndex({
      catalog,
      store,
      flags,
      files,
      views,
      infs: this.#infs,
      slices,
      epoch: () => this.#epoch,
    });
  }

  get settings(): Settings {
    return this.#settings;
  }

  setSettings(settings: Settings): void {
    this.#settings = settings;
    this.#projects.wanted = settings.configuration;
    this.#views.forget();
    this.#ownersChanged();
  }

  /** The folders that the user opened. Projects are looked for in them, and nothing outside is read. */
  setFolders(uris: readonly string[], preferred: readonly string[] = []): void {
    this.#store.roots = uris;
    this.#projects.preferred = new Set(preferred);
    this.#projects.treeChanged();
    this.#ownersChanged();
  }

  /** Text of the editor; it wins over the disk until `close`. */
  setText(uri: string, text: string, version: number | undefined): void {
    this.#epoch++;
    const isNew = this.#store.opened(uri) === undefined;
    const before = this.#store.textNow(uri);
    const had = this.#flags.last(uri)?.definesEntry;
    this.#store.setOpen(uri, { text, version });
    if (before === text) return;
    this.#files.textChanged(uri);
    // A document that is not on the disk may be what somebody looked for.
    if (isNew && this.#store.isMissing(uri)) this.#treeChanged();
    else if (this.#projects.contentChanged(uri)) this.#ownersChanged();
    else if (this.#owners.dependsOn(uri) && had !== this.#flags.of(uri, text).definesEntry) {
      this.#ownersChanged();
    }
  }

  close(uri: string): void {
    this.#store.close(uri);
    this.#files.release(uri);
    this.forget(uri, this.#store.isMissing(uri) ? 'deleted' : 'changed');
  }

  /** The file or folder was created, changed or deleted on disk; without an event, any of these. */
  forget(uri: string, event?: DiskEvent): void {
    this.#epoch++;
    const treeChanged = this.#store.forget(uri, event);
    const isOpen = this.#store.opened(uri) !== undefined;
    if (!isOpen) {
      this.#flags.forget(uri);
      this.#files.textChanged(uri);
    }
    if (treeChanged) this.#treeChanged();
    else if (!isOpen && (this.#projects.contentChanged(uri) || this.#owners.dependsOn(uri))) {
      this.#ownersChanged();
    }
  }

  #treeChanged(): void {
    this.#projects.treeChanged();
    this.#ownersChanged();
  }

  #ownersChanged(): void {
    this.#epoch++;
    this.#owners = new DriverFiles(this.#store, this.#projects, this.#flags);
    this.#files.touch();
  }

  get openUris(): string[] {
    return this.#store.openUris;
  }

  /** Frees every tree. */
  dispose(): void {
    this.#files.dispose();
  }

  /** The driver that a file is looked at in. */
  driverOf(uri: string): Promise<Driver> {
    return this.#owners.ownerOf(uri);
  }

  /** What a project file says; undefined when it is not there. */
  async project(uri: string): Promise<ProjectReading | undefined> {
    const project = (await this.#projects.all()).find((one) => one.uri === uri);
    return project && this.#projects.read(project);
  }

  /** What cannot be used of the project files read so far. */
  get projectProblems(): readonly ProjectProblem[] {
    return this.#projects.problems;
  }

  /** Text of a file as far as it is known. */
  textOf(uri: string): string | undefined {
    return this.#store.textNow(uri);
  }

  /** Facts of one file. Undefined when it cannot be read; an abort throws the signal's reason. */
  async analyse(uri: string, signal?: AbortSignal): Promise<AnalysedFile | undefined> {
    if (isInf(uri)) return this.#infText(uri);
    const driver = await this.driverOf(uri);
    signal?.throwIfAborted();
    return this.#files.analyse(uri, this.#views.of(driver, this.#settings, uri), signal);
  }

  async #infText(uri: string): Promise<AnalysedFile | undefined> {
    const text = await this.#store.text(uri);
    if (text === undefined) return undefined;
    const version = this.#store.opened(uri)?.version;
    return { uri, version, text, lines: new LineIndex(text), facts: undefined };
  }

  /** An INF file with the drivers that it may install; undefined when it cannot be read. */
  async analyseInf(uri: string, signal?: AbortSignal): Promise<AnalysedInf | undefined> {
    for (;;) {
      const epoch = this.#epoch;
      const file = await this.#infText(uri);
      const inf = await this.#infs.factsOf(uri);
      if (!file || !inf) return undefined;
      const drivers: DriverFacts[] = [];
      for (const driver of await this.#owners.driversOfInf(uri)) {
        const [first] = driver.files;
        const asked =
          first === undefined
            ? undefined
            : await this.#files.analyse(first, this.#views.of(driver, this.#settings, first), signal);
        if (asked) drivers.push(await this.#drivers.factsOf(driver, this.#settings, asked, signal));
      }
      if (this.#epoch === epoch) return { file, inf, drivers };
      signal?.throwIfAborted();
    }
  }

  /**
   * A file and its driver as they were looked at last, for answers that must not wait for what is half written; now,
   * if nobody has looked yet. Undefined when the file says nothing.
   */
  async lastSeen(uri: string, signal?: AbortSignal): Promise<LastSeen | undefined> {
    const owner = await this.driverOf(uri);
    const view = this.#views.of(owner, this.#settings, uri);
    let file = this.#files.last(uri, view);
    let driver = this.#drivers.last(owner);
    if (file?.facts === undefined || driver === undefined) {
      ({ file, driver } = (await this.analyseInDriver(uri, signal)) ?? {});
    }
    if (!file?.facts || !driver) return undefined;
    const imagine = (text: string, catalog: Catalog) => this.#files.imagine(uri, text, view, catalog);
    return { file, facts: file.facts, driver, imagine };
  }

  /** One file, and the driver that it belongs to, when it says anything; both from one moment. */
  async analyseInDriver(
    uri: string,
    signal?: AbortSignal,
  ): Promise<{ readonly file: AnalysedFile; readonly driver: DriverFacts | undefined } | undefined> {
    for (;;) {
      const epoch = this.#epoch;
      const file = await this.analyse(uri, signal);
      const owner = await this.driverOf(uri);
      const driver = file && (await this.#drivers.factsOf(owner, this.#settings, file, signal));
      if (this.#epoch === epoch) {
        // A file that names nothing of the catalogue may still be a part of what the driver does.
        const facts = file?.facts ?? driver?.files.get(uri);
        return file && { file: facts === file.facts ? file : { ...file, facts }, driver };
      }
      signal?.throwIfAborted();
    }
  }
}
