import type { Catalog } from '../catalog/catalog.ts';
import { buildDriver, type DriverBuild, type DriverFacts } from '../driver/driver-facts.ts';
import type { FileFacts } from '../driver/facts.ts';
import { sameItems } from '../driver/same-items.ts';
import type { InfFacts } from '../driver/inf-facts.ts';
import type { BuildView, BuildViews } from './build-view.ts';
import type { Driver } from './driver-files.ts';
import { type FlagReader, mentionsAny } from './file-flags.ts';
import type { AnalysedFile, FileIndex } from './file-index.ts';
import type { FileStore } from './file-store.ts';
import type { InfIndex } from './inf-index.ts';
import { excludes, type Settings } from './settings.ts';
import type { Slices } from './slices.ts';

export interface DriverIndexOptions {
  readonly catalog: Catalog;
  readonly store: FileStore;
  readonly flags: FlagReader;
  readonly files: FileIndex;
  readonly views: BuildViews;
  readonly infs: InfIndex;
  readonly slices: Slices;
  /** Counts changes of any kind: what was put together while it moved must be looked at again. */
  readonly epoch: () => number;
}

interface Known {
  readonly list: readonly FileFacts[];
  readonly isWhole: boolean;
  readonly view: BuildView;
  readonly infs: readonly InfFacts[];
  readonly facts: DriverFacts;
  /** When it was looked at last. */
  driver: Driver;
  epoch: number;
}

interface Helpers {
  readonly asked: readonly string[];
  readonly uris: readonly string[];
  readonly calls: readonly string[];
}

/** True when the facts of the file are those of the driver, or it has none. */
const isIn = (file: AnalysedFile, { files }: DriverFacts): boolean =>
  file.facts === undefined || files.get(file.uri) === file.facts;

/** All files of a driver as one model, put together again only when the facts of one of them are new. */
export class DriverIndex {
  readonly #options: DriverIndexOptions;
  readonly #known = new Map<string, Known>();
  /** Which files were found to be helpers by driver, for which calls and texts, and what they call. */
  readonly #helpers = new Map<string, Helpers>();
  /** Calls that register or undo. */
  readonly #events: ReadonlySet<string>;

  constructor(options: DriverIndexOptions) {
    this.#options = options;
    const calls = [...options.catalog.calls.values()];
    this.#events = new Set(
      calls.filter(({ purpose }) => purpose === 'register' || purpose === 'undo').map(({ name }) => name),
    );
  }

  /**
   * The model of a driver, with a file that belongs to it in any case. Collects what is not collected yet, in
   * slices; rejects with the signal's reason when that is not wanted any more.
   */
  async factsOf(
    driver: Driver,
    settings: Settings,
    asked: AnalysedFile,
    signal?: AbortSignal,
  ): Promise<DriverFacts> {
    for (;;) {
      const epoch = this.#options.epoch();
      const known = this.#known.get(driver.id);
      if (known?.epoch === epoch && known.driver === driver && isIn(asked, known.facts)) return known.facts;
      const { list, isWhole, infs } = await this.#collect(driver, settings, signal);
      // A file changed meanwhile: facts from before and after do not go together.
      if (this.#options.epoch() !== epoch) continue;
      const base = this.#build(driver.id, driver, settings, list, isWhole, infs);
      if (!asked.facts || isIn(asked, base)) return base;
      const others = list.filter(({ uri }) => uri !== asked.uri);
      return this.#build(
        `${driver.id} ${asked.uri}`,
        driver,
        settings,
        [...others, asked.facts],
        isWhole,
        infs,
        base,
      );
    }
  }

  /** The model as it was put together last, whatever was written since. */
  last(driver: Driver): DriverFacts | undefined {
    return this.#known.get(driver.id)?.facts;
  }

  async #collect(
    driver: Driver,
    settings: Settings,
    signal: AbortSignal | undefined,
  ): Promise<{ list: FileFacts[]; isWhole: boolean; infs: InfFacts[] }> {
    const { views, files, slices, store } = this.#options;
    let { isWhole } = driver;
    const list: FileFacts[] = [];
    const others: string[] = [];
    const seen = new Set(driver.files);
    store.readAhead(seen);
    // Headers that are included belong to the driver, too. The set grows while it is walked.
    for (const uri of seen) {
      await slices.checkpoint(signal);
      if (excludes(settings, uri)) {
        isWhole = false;
        continue;
      }
      const view = views.of(driver, settings, uri);
      const file = await files.analyse(uri, view, signal);
      if (!file || file.skipped !== undefined) isWhole = false;
      if (file && !file.facts) others.push(uri);
      if (!file?.facts) continue;
      list.push(file.facts);
      for (const header of files.headersOf(uri, view)) seen.add(header);
    }
    await this.#addHelpers(list, others, driver, settings, signal);
    const infs: InfFacts[] = [];
    for (const uri of driver.infs) {
      const facts = excludes(settings, uri) ? undefined : await this.#options.infs.factsOf(uri);
      if (facts) infs.push(facts);
    }
    return { list: list.toSorted((a, b) => (a.uri < b.uri ? -1 : 1)), isWhole, infs };
  }

  /**
   * A file may name nothing of the catalogue and still matter: a function that registers calls into it, or it
   * calls one that undoes. Without its functions nobody could tell what such calls do.
   */
  async #addHelpers(
    list: FileFacts[],
    others: readonly string[],
    driver: Driver,
    settings: Settings,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { store } = this.#options;
    const texts = new Map(others.map((uri) => [uri, store.textNow(uri) ?? '']));
    // Which files these are changes when somebody calls something else, not with every edit.
    const known = this.#helpers.get(driver.id);
    const asked = [...list.map((facts) => callsOf(facts)), ...texts.values()];
    if (known && sameItems(known.asked, asked)) {
      const found = await this.#analyseHelpers(known.uris, driver, settings, signal);
      if (sameItems(known.calls, found.map(callsOf))) {
        list.push(...found);
        return;
      }
    }
    const uris = await this.#findHelpers(list, texts, driver, settings, signal);
    const found = await this.#analyseHelpers(uris, driver, settings, signal);
    this.#helpers.set(driver.id, { asked, uris, calls: found.map(callsOf) });
    list.push(...found);
  }

  async #analyseHelpers(
    uris: readonly string[],
    driver: Driver,
    settings: Settings,
    signal: AbortSignal | undefined,
  ): Promise<FileFacts[]> {
    const { views, files } = this.#options;
    const found: FileFacts[] = [];
    for (const uri of uris) {
      const file = await files.analyse(uri, views.of(driver, settings, uri), signal, true);
      if (file?.facts) found.push(file.facts);
    }
    return found;
  }

  async #findHelpers(
    list: readonly FileFacts[],
    texts: ReadonlyMap<string, string>,
    driver: Driver,
    settings: Settings,
    signal: AbortSignal | undefined,
  ): Promise<string[]> {
    const { views, files, flags, slices } = this.#options;
    const seen = [...list];
    const helpers: string[] = [];
    const left = new Map(texts);
    for (let before = -1; before !== left.size && left.size > 0;) {
      before = left.size;
      const { called, mattering } = neighboursOf(seen, this.#events);
      if (mattering.size === 0) return helpers;
      for (const [uri, text] of left) {
        await slices.checkpoint(signal);
        const defined = flags.definitionsIn(uri, text);
        if (![...defined].some((name) => called.has(name)) && !mentionsAny(text, mattering)) continue;
        left.delete(uri);
        helpers.push(uri);
        const file = await files.analyse(uri, views.of(driver, settings, uri), signal, true);
        if (file?.facts) seen.push(file.facts);
      }
    }
    return helpers;
  }

  #build(
    id: string,
    driver: Driver,
    settings: Settings,
    list: readonly FileFacts[],
    isWhole: boolean,
    infs: readonly InfFacts[],
    previous?: DriverFacts,
  ): DriverFacts {
    const { catalog, views } = this.#options;
    const view = views.of(driver, settings);
    const known = this.#known.get(id);
    if (
      known?.isWhole === isWhole &&
      known.view === view &&
      sameItems(known.infs, infs) &&
      sameItems(known.list, list)
    ) {
      known.driver = driver;
      known.epoch = this.#options.epoch();
      return known.facts;
    }
    const build: DriverBuild | undefined = view.isKnown
      ? {
          name: driver.build?.name ?? driver.name,
          configuration: driver.build?.configuration,
          defines: new Map([...view.derived, ...view.defines]),
          ...(driver.build?.targetName === undefined ? {} : { targetName: driver.build.targetName }),
        }
      : undefined;
    const facts = buildDriver(list, isWhole, catalog, previous ?? known?.facts, build, infs);
    this.#known.set(id, { list, isWhole, view, infs, facts, driver, epoch: this.#options.epoch() });
    return facts;
  }
}

/**
 * Functions that register or undo, themselves or through others, by name; and the names that they call, directly
 * or through others, without a definition in the list.
 */
function neighboursOf(
  list: readonly FileFacts[],
  events: ReadonlySet<string>,
): { readonly called: ReadonlySet<string>; readonly mattering: ReadonlySet<string> } {
  const calls = new Map<string, Set<string>>();
  for (const { flows } of list) {
    for (const [name, { graph }] of flows) {
      const known = calls.get(name) ?? new Set();
      calls.set(name, known);
      for (const callee of graph.calls) known.add(callee);
    }
  }
  const callers = new Map<string, string[]>();
  for (const [name, callees] of calls) {
    for (const callee of callees) callers.set(callee, [...(callers.get(callee) ?? []), name]);
  }
  const mattering = new Set<string>();
  const upward = [...events];
  for (let name = upward.pop(); name !== undefined; name = upward.pop()) {
    for (const caller of callers.get(name) ?? []) {
      if (mattering.has(caller)) continue;
      mattering.add(caller);
      upward.push(caller);
    }
  }
  const reached = new Set(mattering);
  const downward = [...mattering];
  for (let name = downward.pop(); name !== undefined; name = downward.pop()) {
    for (const callee of calls.get(name) ?? []) {
      if (reached.has(callee)) continue;
      reached.add(callee);
      downward.push(callee);
    }
  }
  // What handlers touch, themselves or in what they call, decides what must be ready for them.
  for (const handler of handlersIn(list)) {
    reached.add(handler);
    for (const callee of calls.get(handler) ?? []) reached.add(callee);
  }
  return { called: new Set([...reached].filter((name) => !calls.has(name))), mattering };
}

/** Names that are stored in tables and slots: functions that the system calls. */
function* handlersIn(list: readonly FileFacts[]): Generator<string> {
  for (const { tables, objectWrites } of list) {
    for (const { value } of [...tables.flatMap(({ writes }) => writes), ...objectWrites]) {
      if (value.kind === 'name') yield value.name;
    }
  }
}

const callLists = new WeakMap<FileFacts, string>();

/** Who calls whom in a file, and what it stores as handlers, as a text that is the same while that is. */
function callsOf(facts: FileFacts): string {
  let list = callLists.get(facts);
  if (list === undefined) {
    const calls = [...facts.flows].map(([name, { graph }]) => `${name}:${[...graph.calls].join(' ')}`);
    list = [...calls, ...handlersIn([facts])].join('\n');
    callLists.set(facts, list);
  }
  return list;
}
