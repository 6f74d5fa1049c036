import type { Catalog } from '../catalog/catalog.ts';
import type { TextRange } from '../text/range.ts';
import type { FileFacts } from './facts.ts';
import type { InfFacts } from './inf-facts.ts';
import { analyseLifecycle, type Lifecycle } from './lifecycle/analysis.ts';
import type { DriverFunction } from './lifecycle/functions.ts';
import { Handles } from './lifecycle/handles.ts';
import type { Spot } from './lifecycle/memory.ts';

/** What rules may know of the build; only there when a project or the settings say something. */
export interface DriverBuild {
  /** For people: the project. */
  readonly name: string;
  /** `Release|x64`. */
  readonly configuration: string | undefined;
  /** Macros of the command line, and those that the system's headers define because of them. */
  readonly defines: ReadonlyMap<string, string>;
  /** Name of what is built, without its ending, when the project says it. */
  readonly targetName?: string;
}

/** A range in one file of the driver. */
export interface DriverPlace {
  readonly uri: string;
  readonly range: TextRange;
}

/** What all files of one driver say together. */
export interface DriverFacts {
  /** By address; only files that were analysed. */
  readonly files: ReadonlyMap<string, FileFacts>;
  /** False when files that may belong to the driver could not be read or analysed. */
  readonly isWhole: boolean;
  readonly build: DriverBuild | undefined;
  /** The INF files that may install it. */
  readonly infs: readonly InfFacts[];
  /** Who calls whom, in which roles, and what happens on the ways through; worked out on first use. */
  readonly lifecycle: Lifecycle;
  /** Where handles come from and go to. */
  readonly handles: Handles;
  /** Where a spot of the analysis lies in its file now. */
  readonly placeOf: (spot: Spot) => DriverPlace;
  readonly functionOf: (spot: Spot) => DriverFunction | undefined;
}

/** Joins the facts of the files of one driver. */
export function buildDriver(
  files: readonly FileFacts[],
  isWhole: boolean,
  catalog: Catalog,
  previous?: DriverFacts,
  build?: DriverBuild,
  infs: readonly InfFacts[] = [],
): DriverFacts {
  return new Driver(files, isWhole, catalog, build, infs, previous);
}

class Driver implements DriverFacts {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly isWhole: boolean;
  readonly build: DriverBuild | undefined;
  readonly infs: readonly InfFacts[];
  readonly #catalog: Catalog;
  /** An analysis of the driver before its last changes, until it has served. */
  #earlier: Lifecycle | undefined;
  #earlierHandles: Handles | undefined;
  #lifecycle: Lifecycle | undefined;
  #handles: Handles | undefined;

  constructor(
    files: readonly FileFacts[],
    isWhole: boolean,
    catalog: Catalog,
    build: DriverBuild | undefined,
    infs: readonly InfFacts[],
    previous: DriverFacts | undefined,
  ) {
    this.files = new Map(files.map((file) => [file.uri, file]));
    this.isWhole = isWhole;
    this.build = build;
    this.infs = infs;
    this.#catalog = catalog;
    if (previous instanceof Driver) {
      this.#earlier = previous.#lifecycle ?? previous.#earlier;
      this.#earlierHandles = previous.#handles ?? previous.#earlierHandles;
    }
  }

  get lifecycle(): Lifecycle {
    if (this.#lifecycle) return this.#lifecycle;
    const files = [...this.files.values()];
    this.#lifecycle = analyseLifecycle(files, this.isWhole, this.#catalog, this.#earlier);
    this.#earlier = undefined;
    return this.#lifecycle;
  }

  get handles(): Handles {
    if (this.#handles) return this.#handles;
    const { table, bindings } = this.lifecycle;
    this.#handles = new Handles(table, bindings, this.#catalog, this.#earlierHandles);
    this.#earlierHandles = undefined;
    return this.#handles;
  }

  functionOf = ({ fn }: Spot): DriverFunction | undefined => this.lifecycle.table.functions.get(fn);

  placeOf = (spot: Spot): DriverPlace => {
    const fn = this.functionOf(spot);
    const start = fn?.flow.fact.range.start ?? 0;
    return {
      uri: fn?.file.uri ?? '',
      range: { start: start + spot.range.start, end: start + spot.range.end },
    };
  };
}
