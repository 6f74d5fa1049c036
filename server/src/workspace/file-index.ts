import { derivedDefines, versionMacros } from '../catalog/build-macros.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { collectFacts } from '../driver/collect.ts';
import { underOtherHeaders } from '../driver/changed-headers.ts';
import type { FileFacts } from '../driver/facts.ts';
import { FunctionMemo } from '../driver/function-memo.ts';
import type { HeaderFacts } from '../driver/header-facts.ts';
import { sameItems } from '../driver/same-items.ts';
import { type Directives, scanDirectives } from '../syntax/directives.ts';
import { checkDirectives, NestedTooDeeply } from '../syntax/nesting.ts';
import { isTrap, ParseFailure, type SyntaxParser } from '../syntax/parser.ts';
import { openSource, type SourceFile } from '../syntax/source-file.ts';
import { LineIndex } from '../text/line-index.ts';
import { type BuildView, keyOf } from './build-view.ts';
import type { FlagReader } from './file-flags.ts';
import { type FileStore, SIZE_LIMIT_BYTES } from './file-store.ts';
import type { Logger } from './file-system.ts';
import { BUILD_MACROS, HeaderIndex } from './header-index.ts';
import { languageOf } from './language.ts';
import type { Slices } from './slices.ts';

/** Changes of more than one file after which facts that nobody asked for meanwhile are forgotten. */
const PRUNE_EVERY = 500;

/** One version of one file with its facts. */
export interface AnalysedFile {
  readonly uri: string;
  readonly version: number | undefined;
  readonly text: string;
  readonly lines: LineIndex;
  /** Undefined when the file names nothing that the catalogue knows, or cannot be analysed. */
  readonly facts: FileFacts | undefined;
  /** Why there are no facts although there should be. */
  readonly skipped?: string;
  /** It was skipped for a defect of ours. */
  readonly isFailure?: true;
}

const PARSER_FAILED = 'the parser failed on it; please report the file';

interface Entry {
  readonly file: AnalysedFile;
  readonly view: BuildView;
  readonly headers: readonly HeaderFacts[];
  /** What else could have changed was looked at when this was the generation. */
  generation: number;
}

export interface FileIndexOptions {
  readonly catalog: Catalog;
  readonly parser: SyntaxParser;
  readonly logger: Logger;
  readonly store: FileStore;
  readonly flags: FlagReader;
  readonly slices: Slices;
}

interface Collecting {
  readonly uri: string;
  readonly text: string;
  readonly version: number | undefined;
  readonly headers: readonly HeaderFacts[];
  readonly defines: ReadonlyMap<string, string>;
  readonly directives: Directives;
}

/**
 * Facts of files, each collected once for its text, its build and the headers it sees. An entry of an unchanged
 * file keeps its identity. Trees are kept for open files only, to parse the next edit faster.
 */
export class FileIndex {
  readonly #options: FileIndexOptions;
  readonly #entries = new Map<string, Entry>();
  /** The last one of each file, whatever the build: another build often reads it alike. */
  readonly #latest = new Map<string, Entry>();
  readonly #headers: HeaderIndex;
  readonly #sources = new Map<string, SourceFile>();
  readonly #memos = new Map<string, FunctionMemo>();
  readonly #versionMacros: ReadonlySet<string>;
  #imagined:
    | {
        readonly uri: string;
        readonly text: string;
        readonly view: BuildView;
        readonly headers: readonly HeaderFacts[];
        readonly facts: FileFacts | undefined;
      }
    | undefined;
  #generation = 0;

  constructor(options: FileIndexOptions) {
    this.#options = options;
    this.#versionMacros = versionMacros(options.catalog);
    this.#headers = new HeaderIndex(
      options,
      () => this.#generation,
      (uri, read) => this.#withParser(uri, read),
    );
  }

  /** Something changed that may matter to files other than the one that changed. */
  touch(): void {
    this.#generation++;
    if (this.#generation % PRUNE_EVERY !== 0) return;
    const oldest = this.#generation - PRUNE_EVERY;
    for (const [key, { generation }] of this.#entries) if (generation < oldest) this.#entries.delete(key);
    for (const [uri, { generation }] of this.#latest) if (generation < oldest) this.#latest.delete(uri);
    this.#headers.forgetBefore(oldest);
  }

  /** The text of a file is another one now. */
  textChanged(uri: string): void {
    if (this.#headers.isHeader(uri)) this.touch();
  }

  /** Nobody edits the file any more: its tree goes. */
  release(uri: string): void {
    this.#sources.get(uri)?.dispose();
    this.#sources.delete(uri);
    this.#memos.delete(uri);
  }

  /** Frees every tree. */
  dispose(): void {
    for (const source of this.#sources.values()) source.dispose();
    this.#sources.clear();
    this.#entries.clear();
    this.#latest.clear();
    this.#headers.clear();
  }

  /** Headers that were read for a file when it was collected last. */
  headersOf(uri: string, view: BuildView): readonly string[] {
    const headers = this.#entries.get(keyOf(uri, view))?.headers ?? [];
    return headers.map((header) => header.uri).filter((header) => header !== BUILD_MACROS);
  }

  /**
   * Facts as they are now; undefined when the file cannot be read. Those of an unchanged file are the same object.
   * A file that names nothing of the catalogue has none, unless they are wanted all the same.
   */
  async analyse(
    uri: string,
    view: BuildView,
    signal?: AbortSignal,
    inAnyCase = false,
  ): Promise<AnalysedFile | undefined> {
    const { store, flags } = this.#options;
    for (;;) {
      const reading = store.textNow(uri) === undefined ? await store.read(uri) : { text: store.textNow(uri) };
      signal?.throwIfAborted();
      const version = store.opened(uri)?.version;
      const { text } = reading;
      if (text === undefined) {
        const bytes = 'tooLarge' in reading ? reading.tooLarge : undefined;
        return bytes === undefined ? undefined : skipped(uri, '', version, tooLarge(bytes));
      }
      if (text.length > SIZE_LIMIT_BYTES) return skipped(uri, text, version, tooLarge(text.length));
      if (!inAnyCase && !flags.of(uri, text).mentions) {
        return { uri, version, text, lines: new LineIndex(text), facts: undefined };
      }
      const known = this.#entries.get(keyOf(uri, view));
      if (known?.file.text === text && known.generation === this.#generation) {
        return this.#withVersion(known, version, uri, view).file;
      }
      const generation = this.#generation;
      const directives = scanDirectives(text);
      const headers = await this.#headers.of(uri, directives.includes, view, signal);
      // While headers were read, a newer edit may have come in: then this text is not the one to look at.
      if (this.#generation !== generation || (store.textNow(uri) ?? text) !== text) continue;
      const entry = this.#entries.get(keyOf(uri, view));
      if (entry?.file.text === text && sameItems(entry.headers, headers)) {
        entry.generation = generation;
        return this.#withVersion(entry, version, uri, view).file;
      }
      const defines = this.#macrosFor(directives.defines, view, headers);
      const what = { uri, text, version, headers, directives, defines };
      const base = entry ?? this.#latest.get(uri);
      const file = (base && this.#adopt(base, what)) ?? this.#collect(what);
      const made = { file, view, headers, generation };
      this.#entries.set(keyOf(uri, view), made);
      this.#latest.set(uri, made);
      return file;
    }
  }

  /** The file as it was collected last, whatever was written since. */
  last(uri: string, view: BuildView): AnalysedFile | undefined {
    return this.#entries.get(keyOf(uri, view))?.file;
  }

  /**
   * Facts of a text that the file does not have, such as one without what is half written. Headers are those that were read last. Undefined when the text cannot be read.
   */
  imagine(uri: string, text: string, view: BuildView, catalog: Catalog): FileFacts | undefined {
    const { headers = [], file } = this.#entries.get(keyOf(uri, view)) ?? {};
    if (file?.facts === undefined || text.length > SIZE_LIMIT_BYTES) return undefined;
    const last = this.#imagined;
    // While one statement is written, its text is imagined the same again and again.
    if (last?.uri === uri && last.text === text && last.view === view && last.headers === headers)
      return last.facts;
    const facts = this.#imagineNow(uri, text, view, headers, catalog);
    this.#imagined = { uri, text, view, headers, facts };
    return facts;
  }

  #imagineNow(
    uri: string,
    text: string,
    view: BuildView,
    headers: readonly HeaderFacts[],
    catalog: Catalog,
  ): FileFacts | undefined {
    const directives = scanDirectives(text);
    const defines = this.#macrosFor(directives.defines, view, headers);
    try {
      checkDirectives(directives);
      const language = languageOf(uri, text);
      const source = openSource(this.#options.parser, {
        uri,
        text,
        language,
        directives,
        defines,
        words: catalog.words,
      });
      try {
        return collectFacts(source, headers, catalog);
      } finally {
        source.dispose();
      }
    } catch (error) {
      if (isTooDeep(error) || error instanceof ParseFailure) return undefined;
      throw error;
    }
  }

  /** An editor may count on though the text stays. */
  #withVersion(entry: Entry, version: number | undefined, uri: string, view: BuildView): Entry {
    if (entry.file.version === version) return entry;
    const next = { ...entry, file: { ...entry.file, version } };
    this.#entries.set(keyOf(uri, view), next);
    return next;
  }

  #collect(what: Collecting): AnalysedFile {
    const { uri, text, version } = what;
    const facts = this.#withParser(uri, () => this.#collectOnce(what));
    if (typeof facts !== 'string') return facts;
    this.release(uri);
    return {
      ...skipped(uri, text, version, facts),
      ...(facts === PARSER_FAILED ? { isFailure: true } : {}),
    };
  }

  /** What `read` says; else why the parser gives nothing for the file, or nobody can follow what it gives. */
  #withParser<T>(uri: string, read: () => T): T | string {
    const { parser, logger } = this.#options;
    for (let attempt = 1; ; attempt++) {
      try {
        return read();
      } catch (error) {
        if (isTooDeep(error)) {
          // The stack may have been full while the parser was at work.
          if (error instanceof RangeError) parser.recover();
          return 'its code is nested too deeply to be followed; write it flatter, or name the file in driverentry.exclude';
        }
        if (!isTrap(error) && !(error instanceof ParseFailure)) throw error;
        if (isTrap(error)) parser.recover();
        this.release(uri);
        if (attempt === 1) continue;
        logger.error(`the parser failed on ${uri}`, error);
        return PARSER_FAILED;
      }
    }
  }

  /** The file as it was, when only headers or the build changed, and nothing in it has to do with that. */
  #adopt({ file, view, headers }: Entry, now: Collecting): AnalysedFile | undefined {
    const { text, version, directives } = now;
    if (file.text !== text || !file.facts) return undefined;
    const before = { headers, defines: this.#macrosFor(directives.defines, view, headers) };
    const facts = underOtherHeaders(file.facts, now, before, now, this.#options.catalog);
    return facts && { ...file, version, facts };
  }

  #collectOnce(what: Collecting): AnalysedFile {
    const { uri, text, version, headers, directives, defines } = what;
    const { catalog, store, parser } = this.#options;
    const isOpen = store.opened(uri) !== undefined;
    const previous = this.#sources.get(uri);
    checkDirectives(directives);
    const language = languageOf(uri, text);
    const input = { uri, text, language, directives, defines, words: catalog.words };
    const source = openSource(parser, input, previous);
    try {
      const facts = collectFacts(source, headers, catalog, isOpen ? this.#memoOf(uri) : undefined);
      return { uri, version, text, lines: source.lines, facts };
    } finally {
      if (isOpen) {
        if (previous !== source) previous?.dispose();
        this.#sources.set(uri, source);
      } else source.dispose();
    }
  }

  /** What is remembered of an open file's functions. */
  #memoOf(uri: string): FunctionMemo {
    let memo = this.#memos.get(uri);
    if (!memo) this.#memos.set(uri, (memo = new FunctionMemo()));
    return memo;
  }

  /** Macros of the build and of the headers, and what the system's headers make of them. */
  #macrosFor(
    own: Directives['defines'],
    view: BuildView,
    headers: readonly HeaderFacts[],
  ): Map<string, string> {
    const defines = new Map(view.defines);
    let isCertain = true;
    for (const header of headers) {
      for (const [name, body] of header.constants) if (!defines.has(name)) defines.set(name, body);
      for (const name of header.macros.keys()) {
        if (this.#versionMacros.has(name) && !header.constants.has(name)) isCertain = false;
      }
    }
    for (const { name } of own) if (this.#versionMacros.has(name)) isCertain = false;
    if (!isCertain) return defines;
    const derived = headers.some((header) =>
      [...header.constants.keys()].some((name) => this.#versionMacros.has(name)),
    )
      ? derivedDefines(defines, this.#options.catalog)
      : view.derived;
    for (const [name, body] of derived) if (!defines.has(name)) defines.set(name, body);
    return defines;
  }
}

const skipped = (uri: string, text: string, version: number | undefined, why: string): AnalysedFile => ({
  uri,
  version,
  text,
  lines: new LineIndex(text),
  facts: undefined,
  skipped: why,
});

/** Nesting that the check does not see, such as that of expanded macros, ends in a full stack. */
const isTooDeep = (error: unknown): boolean =>
  error instanceof NestedTooDeeply || error instanceof RangeError;

const tooLarge = (bytes: number): string =>
  `it is larger than ${SIZE_LIMIT_BYTES / 1024 / 1024} MB (${(bytes / 1024 / 1024).toFixed(1)} MB); split it, or name it in driverentry.exclude`;
