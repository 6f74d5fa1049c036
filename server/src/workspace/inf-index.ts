import { collectInf, type InfFacts } from '../driver/inf-facts.ts';
import { type InfFile, readInf } from '../project/inf.ts';
import type { FileStore } from './file-store.ts';

interface Known {
  readonly text: string;
  readonly file: InfFile;
  readonly facts: InfFacts;
}

/** Facts of INF files; those of a file whose text stays are the same object. */
export class InfIndex {
  readonly #store: FileStore;
  readonly #known = new Map<string, Known>();

  constructor(store: FileStore) {
    this.#store = store;
  }

  /** Undefined when the file cannot be read. */
  async factsOf(uri: string): Promise<InfFacts | undefined> {
    const text = await this.#store.text(uri);
    if (text === undefined) return undefined;
    const known = this.#known.get(uri);
    if (known?.text === text) return known.facts;
    const file = readInf(text);
    const facts = collectInf(uri, file);
    this.#known.set(uri, { text, file, facts });
    return facts;
  }
}
