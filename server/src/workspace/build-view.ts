import { derivedDefines } from '../catalog/build-macros.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { splitConfiguration } from '../project/configuration.ts';
import { platformDefines, platformNamed } from '../project/platform.ts';
import { folderOf } from '../text/uri.ts';
import type { Driver } from './driver-files.ts';
import type { Settings } from './settings.ts';

/** How the build sees one file: what its facts depend on besides texts. */
export interface BuildView {
  /** Views with the same content have the same key. */
  readonly key: number;
  /** Macros of project and settings; the settings win. */
  readonly defines: ReadonlyMap<string, string>;
  /** What the system's headers define because of these. */
  readonly derived: ReadonlyMap<string, string>;
  readonly includeFolders: readonly string[];
  readonly forcedIncludes: readonly string[];
  /** Where forced includes are looked for first. */
  readonly folder: string | undefined;
  /** A project or the settings say something. */
  readonly isKnown: boolean;
}

/** Names a file as one build sees it. */
export const keyOf = (uri: string, view: BuildView): string => `${view.key} ${uri}`;

/** Makes the views of files and remembers them while projects and settings stay. */
export class BuildViews {
  readonly #catalog: Catalog;
  readonly #keys = new Map<string, BuildView>();
  #ofDrivers = new WeakMap<Driver, Map<string, BuildView>>();

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** The settings changed. */
  forget(): void {
    this.#ofDrivers = new WeakMap();
  }

  /** The view of a file, or of the driver as a whole. */
  of(driver: Driver, settings: Settings, uri?: string): BuildView {
    let known = this.#ofDrivers.get(driver);
    if (!known) this.#ofDrivers.set(driver, (known = new Map<string, BuildView>()));
    const own = uri === undefined ? undefined : driver.build?.fileDefines.get(uri);
    const slot = own === undefined ? '' : (uri ?? '');
    let view = known.get(slot);
    if (!view) known.set(slot, (view = this.#make(driver, settings, own)));
    return view;
  }

  #make(driver: Driver, settings: Settings, own: ReadonlyMap<string, string> | undefined): BuildView {
    const { build } = driver;
    const platform = build?.platform ?? platformNamed(splitConfiguration(settings.configuration).platform);
    const defines = new Map([
      ...platformDefines(platform),
      ...(build?.defines ?? []),
      ...(own ?? []),
      ...settings.defines,
    ]);
    const includeFolders = build?.includeFolders ?? [];
    const forcedIncludes = build?.forcedIncludes ?? [];
    const folder = build === undefined ? undefined : folderOf(build.uri);
    const isKnown = build !== undefined || settings.defines.size > 0;
    const text = JSON.stringify([[...defines], includeFolders, forcedIncludes, folder, isKnown]);
    let view = this.#keys.get(text);
    if (!view) {
      const derived = derivedDefines(defines, this.#catalog);
      view = { key: this.#keys.size, defines, derived, includeFolders, forcedIncludes, folder, isKnown };
      this.#keys.set(text, view);
    }
    return view;
  }
}
