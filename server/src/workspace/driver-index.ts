import type { Catalog } from '../catalog/catalog.ts';
import { buildDriver, type DriverBuild, type DriverFacts } from '../driver/driver-facts.ts';
import type { FileFacts } from '../driver/facts.ts';
import type { BuildView, BuildViews } from './build-view.ts';
import type { Driver } from './driver-files.ts';
import type { AnalysedFile, FileIndex } from './file-index.ts';
import type { FileStore } from './file-store.ts';
import { excludes, type Settings } from './settings.ts';
import type { Slices } from './slices.ts';

export interface DriverIndexOptions {
  readonly catalog: Catalog;
  readonly store: FileStore;
  readonly files: FileIndex;
  readonly views: BuildViews;
  readonly slices: Slices;
  /** Counts changes of any kind: what was put together while it moved must be looked at again. */
  readonly epoch: () => number;
}

interface Known {
  readonly list: readonly FileFacts[];
  readonly isWhole: boolean;
  readonly view: BuildView;
  readonly facts: DriverFacts;
}

/** All files of a driver as one model, put together again only when the facts of one of them are new. */
export class DriverIndex {
  readonly #options: DriverIndexOptions;
  readonly #known = new Map<string, Known>();

  constructor(options: DriverIndexOptions) {
    this.#options = options;
  }

  /** Forgets drivers that are not there any more. */
  keepOnly(isWanted: (id: string) => boolean): void {
    for (const id of this.#known.keys()) if (!isWanted(id)) this.#known.delete(id);
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
      const { list, isWhole } = await this.#collect(driver, settings, signal);
      // A file changed meanwhile: facts from before and after do not go together.
      if (this.#options.epoch() !== epoch) continue;
      const base = this.#build(driver.id, driver, settings, list, isWhole);
      if (!asked.facts || base.files.get(asked.uri) === asked.facts) return base;
      const others = list.filter(({ uri }) => uri !== asked.uri);
      return this.#build(
        `${driver.id} ${asked.uri}`,
        driver,
        settings,
        [...others, asked.facts],
        isWhole,
        base,
      );
    }
  }

  async #collect(
    driver: Driver,
    settings: Settings,
    signal: AbortSignal | undefined,
  ): Promise<{ list: FileFacts[]; isWhole: boolean }> {
    const { views, files, slices } = this.#options;
    let { isWhole } = driver;
    const list: FileFacts[] = [];
    const seen = new Set(driver.files);
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
      if (!file?.facts) continue;
      list.push(file.facts);
      for (const header of files.headersOf(uri, view)) seen.add(header);
    }
    return { list: list.toSorted((a, b) => (a.uri < b.uri ? -1 : 1)), isWhole };
  }

  #build(
    id: string,
    driver: Driver,
    settings: Settings,
    list: readonly FileFacts[],
    isWhole: boolean,
    previous?: DriverFacts,
  ): DriverFacts {
    const { catalog, views } = this.#options;
    const view = views.of(driver, settings);
    const known = this.#known.get(id);
    if (
      known?.isWhole === isWhole &&
      known.view === view &&
      known.list.length === list.length &&
      known.list.every((facts, index) => facts === list[index])
    ) {
      return known.facts;
    }
    const build: DriverBuild | undefined = view.isKnown
      ? {
          name: driver.build?.name ?? driver.name,
          configuration: driver.build?.configuration,
          defines: new Map([...view.derived, ...view.defines]),
        }
      : undefined;
    const facts = buildDriver(list, isWhole, catalog, previous ?? known?.facts, build);
    this.#known.set(id, { list, isWhole, view, facts });
    return facts;
  }
}
