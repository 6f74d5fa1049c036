import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { type Analyzer, canonicalUri, LineIndex } from '../index.ts';

/**
 * The open documents by the one spelling of their addresses that the core uses. Clients spell them as they
 * like, and are answered in their own spelling.
 */
export class Documents {
  readonly #open = new Map<string, TextDocument>();

  get(clientUri: string): TextDocument | undefined {
    return this.#open.get(canonicalUri(clientUri));
  }

  open(uri: string, languageId: string, version: number, text: string): TextDocument {
    const document = TextDocument.create(uri, languageId, version, text);
    this.#open.set(canonicalUri(uri), document);
    return document;
  }

  /** Undefined when the document was never opened: there is nothing to apply the changes to. */
  change(uri: string, changes: TextDocumentContentChangeEvent[], version: number): TextDocument | undefined {
    const document = this.get(uri);
    return document && TextDocument.update(document, changes, version);
  }

  close(uri: string): void {
    this.#open.delete(canonicalUri(uri));
  }

  /** The address as the client spells it. */
  clientUri(uri: string): string {
    return this.#open.get(uri)?.uri ?? uri;
  }

  /** Version of an open document; null for one that is on the disk only. */
  version(uri: string): number | null {
    return this.#open.get(uri)?.version ?? null;
  }
}

/** How places in files become what clients understand. */
export interface Places {
  readonly clientUri: (uri: string) => string;
  readonly version: (uri: string) => number | null;
  /** Undefined when the file was not read. */
  readonly lines: (uri: string) => LineIndex | undefined;
}

/** Places of the moment: texts may be others the next. */
export function placesOf(documents: Documents, analyzer: Analyzer): Places {
  const known = new Map<string, LineIndex | undefined>();
  return {
    clientUri: (uri) => documents.clientUri(uri),
    version: (uri) => documents.version(uri),
    lines: (uri) => {
      if (!known.has(uri)) {
        const text = analyzer.textOf(uri);
        known.set(uri, text === undefined ? undefined : new LineIndex(text));
      }
      return known.get(uri);
    },
  };
}
