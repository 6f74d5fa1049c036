import type { Catalog } from '../catalog/catalog.ts';
import { collectFacts, type HeaderFacts, collectHeader } from '../driver/collect.ts';
import type { FileFacts } from '../driver/facts.ts';
import type { SyntaxParser } from '../syntax/parser.ts';
import { ParseFailure } from '../syntax/parser.ts';
import { openSource, type SourceFile } from '../syntax/source-file.ts';
import { scanDirectives } from '../syntax/directives.ts';
import { decodeText } from '../text/decode.ts';
import { LineIndex } from '../text/line-index.ts';
import type { FileSystem, Logger } from './file-system.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

/** Files above this are not analysed; the user is told. */
export const SIZE_LIMIT_BYTES = 5 * 1024 * 1024;
/** Project headers read for one file: depth of `#include "..."` and their number. */
const INCLUDE_DEPTH = 8;
const INCLUDE_LIMIT = 200;
/** Where a project keeps headers, seen from the including file; the first also serves `<pch.h>`. */
const INCLUDE_FOLDERS = ['./', '../', '../inc/', '../include/', './inc/', './include/'];

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
}

interface OpenDocument {
  text: string;
  version: number | undefined;
  source?: SourceFile;
  analysed?: { readonly stamp: string; readonly file: AnalysedFile };
}

export interface WorkspaceOptions {
  readonly catalog: Catalog;
  readonly parser: SyntaxParser;
  readonly fileSystem: FileSystem;
  readonly logger: Logger;
}

/** The only mutable state: documents, headers read so far, settings. */
export class Workspace {
  readonly #options: WorkspaceOptions;
  readonly #open = new Map<string, OpenDocument>();
  readonly #disk = new Map<string, Promise<string | undefined>>();
  readonly #headers = new Map<string, { text: string; facts: HeaderFacts }>();
  #settings: Settings = DEFAULT_SETTINGS;
  /** Counts everything that may change the facts of a file other than its own text. */
  #generation = 0;

  constructor(options: WorkspaceOptions) {
    this.#options = options;
  }

  get settings(): Settings {
    return this.#settings;
  }

  setSettings(settings: Settings): void {
    this.#settings = settings;
    this.#headers.clear();
    this.#generation++;
  }

  /** Text of the editor; it wins over the disk until `close`. */
  setText(uri: string, text: string, version: number | undefined): void {
    const document = this.#open.get(uri);
    this.#generation++;
    if (document) {
      document.text = text;
      document.version = version;
    } else this.#open.set(uri, { text, version });
  }

  close(uri: string): void {
    this.#open.get(uri)?.source?.dispose();
    this.#open.delete(uri);
    this.forget(uri);
  }

  /** The file changed on disk, or is gone. */
  forget(uri: string): void {
    this.#disk.delete(uri);
    this.#headers.delete(uri);
    this.#generation++;
  }

  get openUris(): string[] {
    return [...this.#open.keys()];
  }

  /** Frees every tree. */
  dispose(): void {
    for (const document of this.#open.values()) document.source?.dispose();
    this.#open.clear();
  }

  /**
   * Facts of one file. Reads the project's headers first, then collects in one synchronous go. Undefined when
   * the file cannot be read; an abort throws the signal's reason.
   */
  async analyse(uri: string, signal?: AbortSignal): Promise<AnalysedFile | undefined> {
    const document = this.#open.get(uri);
    const stamp = `${document?.version ?? ''}:${this.#generation}`;
    if (document?.analysed?.stamp === stamp) return document.analysed.file;

    const { catalog } = this.#options;
    if (!document) {
      const bytes = await this.#options.fileSystem.size(uri);
      if (bytes !== undefined && bytes > SIZE_LIMIT_BYTES) return this.#skipped(uri, '', tooLarge(bytes));
    }
    const text = document ? document.text : await this.#read(uri);
    signal?.throwIfAborted();
    if (text === undefined) return undefined;
    if (text.length > SIZE_LIMIT_BYTES) return this.#skipped(uri, text, tooLarge(text.length));

    const version = document?.version;
    if (!mentions(text, catalog.triggers)) {
      return { uri, version, text, lines: new LineIndex(text), facts: undefined };
    }
    const headers = await this.#includeClosure(uri, text, signal);
    // A newer edit may have come in while headers were read: then this run's text is stale, and so is its tree.
    const previous = document && this.#open.get(uri) === document ? document.source : undefined;
    const defines = new Map(this.#settings.defines);
    for (const header of headers) {
      for (const [name, body] of header.constants) if (!defines.has(name)) defines.set(name, body);
    }
    try {
      const source = openSource(
        this.#options.parser,
        { uri, text, language: languageOf(uri, text), defines, words: catalog.words },
        previous,
      );
      try {
        const facts = collectFacts(source, headers, catalog);
        const file: AnalysedFile = { uri, version, text, lines: source.lines, facts };
        if (document) document.analysed = { stamp, file };
        return file;
      } finally {
        if (document && this.#open.get(uri) === document) {
          if (previous && previous !== source) previous.dispose();
          document.source = source;
        } else source.dispose();
      }
    } catch (error) {
      if (!(error instanceof ParseFailure)) throw error;
      if (document) delete document.source;
      this.#options.logger.error(`the parser failed on ${uri}`, error);
      return this.#skipped(uri, text, 'the parser failed on it; please report the file');
    }
  }

  #skipped(uri: string, text: string, why: string): AnalysedFile {
    const version = this.#open.get(uri)?.version;
    return { uri, version, text, lines: new LineIndex(text), facts: undefined, skipped: why };
  }

  #read(uri: string): Promise<string | undefined> {
    let text = this.#disk.get(uri);
    if (!text) {
      text = this.#options.fileSystem
        .read(uri)
        .then((bytes) => (bytes === undefined ? undefined : decodeText(bytes).text));
      this.#disk.set(uri, text);
    }
    return text;
  }

  /** The project's own headers behind `#include "..."`, nearest first; system headers are the catalogue's. */
  async #includeClosure(uri: string, text: string, signal?: AbortSignal): Promise<HeaderFacts[]> {
    const seen = new Set([uri]);
    const result: HeaderFacts[] = [];
    const { systemHeaders } = this.#options.catalog.idioms;
    const visit = async (from: string, includes: HeaderFacts['includes'], depth: number): Promise<void> => {
      for (const { path, quoted } of includes) {
        if (result.length >= INCLUDE_LIMIT) return;
        if (!quoted && systemHeaders.includes(path.toLowerCase())) continue;
        const found = await this.#resolveInclude(from, path, quoted);
        signal?.throwIfAborted();
        if (!found || seen.has(found.uri)) continue;
        seen.add(found.uri);
        const facts = this.#headerFacts(found.uri, found.text);
        if (!facts) continue;
        result.push(facts);
        if (depth < INCLUDE_DEPTH) await visit(found.uri, facts.includes, depth + 1);
      }
    };
    const directives = scanDirectives(text);
    await visit(uri, directives.includes, 1);
    return result;
  }

  async #resolveInclude(
    from: string,
    path: string,
    quoted: boolean,
  ): Promise<{ uri: string; text: string } | undefined> {
    const relative = path.replaceAll('\\', '/');
    if (/^(?:[A-Za-z]:|\/|[a-z][a-z0-9+.-]*:)/i.test(relative)) return undefined; // absolute: not the project's
    // The include path is not known without a project: beside the file, then in the usual places.
    for (const folder of quoted ? INCLUDE_FOLDERS : INCLUDE_FOLDERS.slice(0, 1)) {
      let uri: string;
      try {
        uri = new URL(folder + relative.split('/').map(encodeURIComponent).join('/'), from).href;
      } catch {
        return undefined; // an untitled document has no folder
      }
      const open = this.#open.get(uri);
      const text = open ? open.text : await this.#read(uri);
      if (text !== undefined) return text.length > SIZE_LIMIT_BYTES ? undefined : { uri, text };
    }
    return undefined;
  }

  #headerFacts(uri: string, text: string): HeaderFacts | undefined {
    const cached = this.#headers.get(uri);
    if (cached?.text === text) return cached.facts;
    const { catalog, parser } = this.#options;
    try {
      const source = openSource(parser, {
        uri,
        text,
        language: languageOf(uri, text),
        defines: new Map(this.#settings.defines),
        words: catalog.words,
      });
      try {
        const facts = collectHeader(source, catalog);
        this.#headers.set(uri, { text, facts });
        return facts;
      } finally {
        source.dispose();
      }
    } catch (error) {
      if (!(error instanceof ParseFailure)) throw error;
      this.#options.logger.error(`the parser failed on ${uri}`, error);
      return undefined;
    }
  }
}

const tooLarge = (bytes: number): string =>
  `it is larger than ${SIZE_LIMIT_BYTES / 1024 / 1024} MB (${(bytes / 1024 / 1024).toFixed(1)} MB)`;

/** C++ by file name; headers count as C++ only when they say so. */
const languageOf = (uri: string, text: string): 'c' | 'cpp' => {
  if (/\.(?:cpp|cxx|cc|hpp|hxx|hh)$/i.test(uri)) return 'cpp';
  return /\.h$/i.test(uri) && /^\s*(?:class|namespace|template)\b/m.test(text) ? 'cpp' : 'c';
};

/** True when the text holds one of the names as a whole word. */
function mentions(text: string, names: ReadonlySet<string>): boolean {
  for (const [word] of text.matchAll(/[A-Za-z_]\w{5,}/g)) if (names.has(word)) return true;
  return false;
}
