import type { Catalog } from '../catalog/catalog.ts';
import { changedDefines, mentions } from '../driver/changed-names.ts';
import { collectHeader } from '../driver/collect.ts';
import type { HeaderFacts } from '../driver/header-facts.ts';
import { scanDirectives } from '../syntax/directives.ts';
import { checkDirectives } from '../syntax/nesting.ts';
import type { SyntaxParser } from '../syntax/parser.ts';
import { openSource } from '../syntax/source-file.ts';
import { folderOf, isAddress } from '../text/uri.ts';
import { type BuildView, keyOf } from './build-view.ts';
import { type FileStore, SIZE_LIMIT_BYTES } from './file-store.ts';
import { languageOf } from './language.ts';
import type { Slices } from './slices.ts';

/** Project headers read for one file: depth of `#include "..."` and their number. */
const INCLUDE_DEPTH = 8;
const INCLUDE_LIMIT = 200;
/** Where a project keeps headers, seen from the including file, when nobody says where; the first also serves `<pch.h>`. */
const INCLUDE_FOLDERS = ['', '../', '../inc/', '../include/', 'inc/', 'include/'];

/** Stands for the macros of the build, which are read like a header. */
export const BUILD_MACROS = 'build:';

interface KnownHeader {
  readonly text: string;
  /** Macros that decided its branches. */
  readonly defines: ReadonlyMap<string, string>;
  readonly facts: HeaderFacts | undefined;
  generation: number;
}

export interface HeaderIndexOptions {
  readonly catalog: Catalog;
  readonly parser: SyntaxParser;
  readonly store: FileStore;
  readonly slices: Slices;
}

/** What `read` says; else why the parser gives nothing for the file. */
type WithParser = <T>(uri: string, read: () => T) => T | string;

/**
 * Finds the project's own headers behind the includes of a file and keeps what they say, for each build that sees them
 * in another way.
 */
export class HeaderIndex {
  readonly #options: HeaderIndexOptions;
  readonly #generation: () => number;
  readonly #withParser: WithParser;
  readonly #headers = new Map<string, KnownHeader>();
  /** The last one of each header, whatever the build. */
  readonly #latest = new Map<string, KnownHeader>();
  /** Files that were read as headers: their texts matter to others. */
  readonly #used = new Set<string>();
  readonly #found = new Map<string, string | undefined>();
  #foundIn = -1;

  /** `generation` counts the changes that may matter to files other than the one that changed. */
  constructor(options: HeaderIndexOptions, generation: () => number, withParser: WithParser) {
    this.#options = options;
    this.#generation = generation;
    this.#withParser = withParser;
  }

  /** The file was read as a header: its text matters to others. */
  isHeader(uri: string): boolean {
    return this.#used.has(uri);
  }

  /** What nobody asked for since a generation is forgotten. */
  forgetBefore(oldest: number): void {
    for (const [key, { generation }] of this.#headers) if (generation < oldest) this.#headers.delete(key);
    for (const [uri, { generation }] of this.#latest) if (generation < oldest) this.#latest.delete(uri);
  }

  clear(): void {
    this.#headers.clear();
    this.#latest.clear();
  }

  /** The build's macros and the project's own headers, in the order in which they are included. */
  async of(
    uri: string,
    own: HeaderFacts['includes'],
    view: BuildView,
    signal: AbortSignal | undefined,
  ): Promise<HeaderFacts[]> {
    const { systemHeaders } = this.#options.catalog.idioms;
    const seen = new Set([uri]);
    const result: HeaderFacts[] = [];
    const enter = async (found: string, depth: number): Promise<void> => {
      if (seen.has(found)) return;
      seen.add(found);
      const content = this.#options.store.textNow(found) ?? (await this.#options.store.text(found));
      await this.#options.slices.checkpoint(signal);
      if (content === undefined || content.length > SIZE_LIMIT_BYTES) return;
      this.#used.add(found);
      const facts = this.#headerFacts(found, content, view);
      if (!facts) return;
      result.push(facts);
      if (depth < INCLUDE_DEPTH) await visit(found, facts.includes, depth + 1);
    };
    const visit = async (from: string, includes: HeaderFacts['includes'], depth: number): Promise<void> => {
      for (const { path, quoted } of includes) {
        if (result.length >= INCLUDE_LIMIT) return;
        if (!quoted && systemHeaders.includes(path.toLowerCase())) continue;
        const found = await this.#resolveInclude(from, path, quoted, view);
        signal?.throwIfAborted();
        if (found !== undefined) await enter(found, depth);
      }
    };
    const build = this.#buildHeader(view);
    if (build) result.push(build);
    for (const path of view.folder === undefined ? [] : view.forcedIncludes) {
      // Named by a path from the project, or like any header.
      const named = await this.#options.store.find(view.folder ?? '', path);
      if (named === undefined) await visit(view.folder ?? '', [{ path, quoted: true }], 1);
      else await enter(named, 1);
    }
    await visit(uri, own, 1);
    return result;
  }

  async #resolveInclude(
    from: string,
    path: string,
    quoted: boolean,
    view: BuildView,
  ): Promise<string | undefined> {
    const relative = path.replaceAll('\\', '/');
    if (/^(?:[A-Za-z]:|\/|[a-z][a-z0-9+.-]*:)/i.test(relative)) return undefined; // absolute: not the project's
    if (!this.#options.store.hasFolder(from)) return undefined;
    const folder = folderOf(from);
    if (this.#foundIn !== this.#generation()) {
      this.#found.clear();
      this.#foundIn = this.#generation();
    }
    const key = `${view.key} ${quoted ? '"' : '<'}${relative} ${folder}`;
    if (this.#found.has(key)) return this.#found.get(key);
    const generation = this.#generation();
    const beside = INCLUDE_FOLDERS.slice(0, 1);
    // Where the build looks; and, as a project may not tell all of it, the usual places.
    const folders = quoted
      ? [
          ...beside.map((name) => folder + name),
          ...view.includeFolders,
          ...INCLUDE_FOLDERS.slice(1).map((name) => folder + name),
        ]
      : [...view.includeFolders, ...beside.map((name) => folder + name)];
    let found: string | undefined;
    for (const candidate of folders) {
      const answer = this.#options.store.find(
        from,
        isAddress(candidate) ? `${candidate}${relative}` : relative,
      );
      found = answer instanceof Promise ? await answer : answer;
      if (found !== undefined) break;
    }
    if (this.#foundIn === generation) this.#found.set(key, found);
    return found;
  }

  #headerFacts(uri: string, text: string, view: BuildView): HeaderFacts | undefined {
    const key = keyOf(uri, view);
    const known = this.#headers.get(key);
    if (known?.text === text) {
      known.generation = this.#generation();
      return known.facts;
    }
    const defines = new Map([...view.derived, ...view.defines]);
    const latest = this.#latest.get(uri);
    const isSame = latest?.text === text && !mentions(changedDefines(latest.defines, defines))(text);
    const facts = isSame ? latest.facts : this.#readHeader(uri, text, defines);
    const made = { text, defines, facts, generation: this.#generation() };
    this.#headers.set(key, made);
    this.#latest.set(uri, made);
    return facts;
  }

  /** The macros of the build as a header that comes first: their values are known like those of any other. */
  #buildHeader(view: BuildView): HeaderFacts | undefined {
    if (view.defines.size === 0) return undefined;
    const text = [...view.defines]
      .map(([name, body]) => `#define ${name} ${body.replace(/\s+/g, ' ')}\n`)
      .join('');
    const key = `build ${view.key}`;
    const known = this.#headers.get(key);
    if (known) {
      known.generation = this.#generation();
      return known.facts;
    }
    const defines = new Map<string, string>();
    const facts = this.#readHeader(BUILD_MACROS, text, defines);
    this.#headers.set(key, { text, defines, facts, generation: this.#generation() });
    return facts;
  }

  #readHeader(uri: string, text: string, defines: ReadonlyMap<string, string>): HeaderFacts | undefined {
    const { catalog, parser } = this.#options;
    const facts = this.#withParser(uri, () => {
      const directives = scanDirectives(text);
      checkDirectives(directives);
      const language = languageOf(uri, text);
      const source = openSource(parser, { uri, text, directives, language, defines, words: catalog.words });
      try {
        return collectHeader(source, catalog);
      } finally {
        source.dispose();
      }
    });
    return typeof facts === 'string' ? undefined : facts;
  }
}
