import type { Connection, Diagnostic } from 'vscode-languageserver/node';
import type { Analyzer } from '../index.ts';
import { toDiagnostic } from './convert.ts';

/** Quiet time after an edit before the file is analysed, in milliseconds. */
const SETTLE_MS = 60;

export type ServerState = 'idle' | 'analysing' | 'failed';

/** Decides when to analyse a document and what to send. A newer edit always wins. */
export class Publisher {
  readonly #connection: Connection;
  readonly #analyzer: Analyzer;
  readonly #runs = new Map<string, AbortController>();
  readonly #sent = new Map<string, string>();
  readonly #told = new Set<string>();
  /** What went wrong last, until an analysis runs through again. */
  #failure: string | undefined;

  constructor(connection: Connection, analyzer: Analyzer) {
    this.#connection = connection;
    this.#analyzer = analyzer;
  }

  /** The document is new or was edited. */
  changed(uri: string, settleMs = SETTLE_MS): void {
    this.#runs.get(uri)?.abort();
    const run = new AbortController();
    this.#runs.set(uri, run);
    if (this.#runs.size === 1) this.#status('analysing');
    setTimeout(() => void this.#publish(uri, run), settleMs);
  }

  /** Settings or another file changed: everything open may read differently now. */
  changedAll(): void {
    for (const uri of this.#analyzer.openUris) this.changed(uri);
  }

  closed(uri: string): void {
    this.#runs.get(uri)?.abort();
    this.#finish(uri);
    this.#sent.delete(uri);
    this.#told.delete(uri);
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  async #publish(uri: string, run: AbortController): Promise<void> {
    if (run.signal.aborted) return;
    try {
      const diagnosis = await this.#analyzer.diagnose(uri, run.signal);
      if (run.signal.aborted || !diagnosis) return;
      const { lines } = diagnosis.file;
      this.#send(
        uri,
        diagnosis.version,
        diagnosis.findings.map((finding) => toDiagnostic(finding, lines)),
      );
      if (diagnosis.skipped !== undefined && !this.#told.has(uri)) {
        this.#told.add(uri);
        this.#connection.window.showInformationMessage(
          `DriverEntry does not analyse ${decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1))}: ${diagnosis.skipped}.`,
        );
      }
      this.#failure =
        diagnosis.failures.length > 0
          ? `${diagnosis.failures.map((failure) => failure.rule).join(', ')} failed; see the output`
          : undefined;
    } catch (error) {
      if (run.signal.aborted) return;
      this.#connection.console.error(
        `analysis of ${uri} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      this.#failure = 'the analysis failed; see the output';
    } finally {
      if (this.#runs.get(uri) === run) this.#finish(uri);
    }
  }

  #send(uri: string, version: number | undefined, diagnostics: Diagnostic[]): void {
    const key = `${version}:${JSON.stringify(diagnostics)}`;
    if (this.#sent.get(uri) === key) return;
    this.#sent.set(uri, key);
    void this.#connection.sendDiagnostics({
      uri,
      ...(version === undefined ? {} : { version }),
      diagnostics,
    });
  }

  #finish(uri: string): void {
    this.#runs.delete(uri);
    if (this.#runs.size > 0) return;
    if (this.#failure === undefined) this.#status('idle');
    else this.#status('failed', this.#failure);
  }

  #status(state: ServerState, message?: string): void {
    void this.#connection.sendNotification('driverentry/status', { state, message });
  }
}
