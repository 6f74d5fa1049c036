import type { Connection, Diagnostic } from 'vscode-languageserver';
import { type Analyzer, canonicalUri, type Diagnosis, type DriverSummary, isInf, nameOf } from '../index.ts';
import { projectDiagnostic, toDiagnostic } from './convert.ts';
import { type Documents, placesOf } from './documents.ts';

/** Quiet time after an edit before the file is analysed, in milliseconds. */
const SETTLE_MS = 60;
/** And before the other open files of its driver are. */
const OTHERS_SETTLE_MS = 250;

export type ServerState = 'idle' | 'analysing' | 'failed';

/** Parameters of `driverentry/status`. */
export interface StatusParams {
  readonly state: ServerState;
  readonly message?: string;
  /** The driver of the file that the client named as active; absent when it named none. */
  readonly project?: string;
  readonly kind?: DriverSummary['kind'];
  readonly projectUri?: string;
  /** How many files it has. */
  readonly files?: number;
  /** Names of files that the project has and that are not there. */
  readonly missing?: readonly string[];
  /** Why the active file is not analysed. */
  readonly skipped?: string;
  /** What cannot be used of project files. */
  readonly problems?: readonly string[];
  readonly configuration?: string;
  readonly configurations?: readonly string[];
}

/** Decides when to analyse a document and what to send. A newer edit always wins. */
export class Publisher {
  readonly #connection: Connection;
  readonly #analyzer: Analyzer;
  readonly #documents: Documents;
  readonly #runs = new Map<string, AbortController>();
  readonly #sent = new Map<string, string>();
  readonly #told = new Set<string>();
  /** INF files of the drivers of open files: what they say wrong stands in the list of problems, open or not. */
  readonly #infs = new Map<string, readonly string[]>();
  /** Project files with a problem, and its message. */
  #projectProblems = new Map<string, string>();
  /** What went wrong, by document, until its analysis runs through again. */
  readonly #failures = new Map<string, string>();
  #active: string | undefined;
  /** Why files are not analysed. */
  readonly #skipped = new Map<string, string>();
  #driver: DriverSummary | undefined;
  #state: ServerState = 'idle';
  #lastStatus = '';
  readonly #refresh: () => Promise<void>;
  /** What other files or the settings say changed: answers about open files are out of date, though their text is not. */
  #isStale = false;

  /** `refresh` is called when answers about files may be others now although nobody edited these. */
  constructor(
    connection: Connection,
    analyzer: Analyzer,
    documents: Documents,
    refresh: () => Promise<void>,
  ) {
    this.#connection = connection;
    this.#analyzer = analyzer;
    this.#documents = documents;
    this.#refresh = refresh;
  }

  /** The document is new or was edited. */
  changed(uri: string, settleMs = SETTLE_MS): void {
    this.#schedule(uri, settleMs, false);
  }

  /** The same, and what other open files of the driver say may be something else now. */
  edited(uri: string): void {
    this.#schedule(uri, SETTLE_MS, true);
  }

  /** Settings, projects or the tree changed: everything open may read differently now. */
  changedAll(settleMs = SETTLE_MS): void {
    this.#isStale = true;
    for (const uri of this.#analyzer.openUris) this.changed(uri, settleMs);
    this.#refreshDriver();
  }

  /** A file that is not open has a new text. */
  changedOnDisk(uri: string): void {
    this.#logged(this.#changedBeside(uri, SETTLE_MS));
  }

  /** The file that the user looks at; its driver is a part of the status. */
  setActive(uri: string | undefined): void {
    this.#active = uri;
    this.#refreshDriver();
  }

  closed(uri: string): void {
    this.#runs.get(uri)?.abort();
    this.#failures.delete(uri);
    this.#finish(uri);
    this.#sent.delete(uri);
    this.#told.delete(uri);
    this.#sendDiagnostics(uri, undefined, []);
    this.#forgetInfsOf(uri);
    // The text on the disk may be another one.
    this.changedOnDisk(uri);
  }

  #schedule(uri: string, settleMs: number, withOthers: boolean): void {
    this.#runs.get(uri)?.abort();
    const run = new AbortController();
    this.#runs.set(uri, run);
    if (this.#runs.size === 1) this.#status('analysing');
    setTimeout(() => void this.#publish(uri, run, withOthers), settleMs);
  }

  /** A header or INF file may belong to several drivers; any other file matters to its own only. */
  async #changedBeside(uri: string, settleMs: number): Promise<void> {
    const isShared = isInf(uri) || /\.(?:h|hpp|hxx|hh|inl)$/i.test(uri);
    const own = isShared ? undefined : await this.#analyzer.driverOf(uri);
    for (const other of this.#analyzer.openUris) {
      if (other === uri) continue;
      if (own && !isInf(other) && (await this.#analyzer.driverOf(other)).id !== own.id) continue;
      this.#isStale = true;
      this.#schedule(other, settleMs, false);
    }
  }

  async #publish(uri: string, run: AbortController, withOthers: boolean): Promise<void> {
    if (run.signal.aborted) return;
    try {
      const diagnosis = await this.#analyzer.diagnose(uri, run.signal);
      if (run.signal.aborted || !diagnosis) return;
      const { lines } = diagnosis.file;
      const places = placesOf(this.#documents, this.#analyzer);
      const diagnostics = diagnosis.findings.map((finding) => toDiagnostic(finding, lines, places));
      this.#send(uri, diagnosis.version, diagnostics);
      await this.#publishInfs(diagnosis, run.signal);
      if (diagnosis.skipped === undefined) this.#skipped.delete(uri);
      else this.#skipped.set(uri, diagnosis.skipped);
      if (diagnosis.skipped !== undefined && !this.#told.has(uri)) {
        this.#told.add(uri);
        const shown: unknown = this.#connection.window.showInformationMessage(
          `DriverEntry does not analyse ${nameOf(uri)}: ${diagnosis.skipped}.`,
        );
        // A client that does not know the question answers with an error, which must not end the server.
        Promise.resolve(shown).catch(() => {});
      }
      this.#failed(uri, failureOf(diagnosis));
      this.#publishProjectProblems();
      if (uri === this.#active) this.#refreshDriver();
      if (withOthers) await this.#changedBeside(uri, OTHERS_SETTLE_MS - SETTLE_MS);
    } catch (error) {
      if (run.signal.aborted) return;
      this.#connection.console.error(
        `analysis of ${uri} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      this.#failed(uri, 'the analysis failed; see the output');
    } finally {
      if (this.#runs.get(uri) === run) this.#finish(uri);
    }
  }

  async #publishInfs({ uri, driver }: Diagnosis, signal: AbortSignal): Promise<void> {
    const infs = isInf(uri) ? [] : (driver?.infs ?? []).map((inf) => inf.uri);
    const before = this.#infs.get(uri) ?? [];
    this.#infs.set(uri, infs);
    this.#withdraw(before);
    for (const inf of infs) {
      if (this.#documents.get(inf)) continue; // it has a run of its own
      const diagnosis = await this.#analyzer.diagnose(inf, signal);
      if (signal.aborted || !diagnosis || this.#documents.get(inf)) continue;
      const places = placesOf(this.#documents, this.#analyzer);
      const diagnostics = diagnosis.findings.map((finding) =>
        toDiagnostic(finding, diagnosis.file.lines, places),
      );
      if (diagnostics.length > 0 || this.#sent.has(inf)) this.#send(inf, undefined, diagnostics);
    }
  }

  #forgetInfsOf(uri: string): void {
    const before = this.#infs.get(uri) ?? [];
    this.#infs.delete(uri);
    this.#withdraw(before);
  }

  /** Takes back what was said of INF files that no open file has to do with any more. */
  #withdraw(infs: readonly string[]): void {
    for (const inf of infs) {
      if (this.#documents.get(inf) || [...this.#infs.values()].some((list) => list.includes(inf))) continue;
      if (this.#sent.delete(inf)) this.#sendDiagnostics(inf, undefined, []);
    }
  }

  /** Each problem is logged once, and stands on the first line of its project file until it is gone. */
  #publishProjectProblems(): void {
    const now = new Map(this.#analyzer.projectProblems.map(({ uri, message }) => [uri, message]));
    const before = this.#projectProblems;
    this.#projectProblems = now;
    for (const [uri, message] of now) {
      if (before.get(uri) === message) continue;
      this.#connection.console.warn(message);
      this.#sendDiagnostics(uri, undefined, [projectDiagnostic(message)]);
    }
    for (const uri of before.keys()) if (!now.has(uri)) this.#sendDiagnostics(uri, undefined, []);
  }

  #send(uri: string, version: number | undefined, diagnostics: Diagnostic[]): void {
    const key = `${version}:${JSON.stringify(diagnostics)}`;
    if (this.#sent.get(uri) === key) return;
    this.#sent.set(uri, key);
    this.#sendDiagnostics(uri, version, diagnostics);
  }

  #sendDiagnostics(uri: string, version: number | undefined, diagnostics: Diagnostic[]): void {
    void this.#connection.sendDiagnostics({
      uri: this.#documents.clientUri(uri),
      ...(version === undefined ? {} : { version }),
      diagnostics,
    });
  }

  #finish(uri: string): void {
    this.#runs.delete(uri);
    if (this.#runs.size > 0) return;
    this.#status(this.#failures.size === 0 ? 'idle' : 'failed');
    if (!this.#isStale) return;
    this.#isStale = false;
    this.#logged(this.#refresh());
  }

  #failed(uri: string, message: string | undefined): void {
    if (message === undefined) this.#failures.delete(uri);
    else this.#failures.set(uri, message);
  }

  /** Work that nobody waits for must not end the server when it fails. */
  #logged(work: Promise<void>): void {
    work.catch((error: unknown) =>
      this.#connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
  }

  #refreshDriver(): void {
    this.#logged(this.#lookUpDriver());
  }

  async #lookUpDriver(): Promise<void> {
    const uri = this.#active;
    const driver = uri === undefined ? undefined : await this.#analyzer.driverOf(canonicalUri(uri));
    if (this.#active !== uri) return; // a newer question is under way
    this.#driver = driver;
    this.#status(this.#state);
  }

  #status(state: ServerState): void {
    this.#state = state;
    const [message] = state === 'failed' ? this.#failures.values() : [];
    const status: StatusParams = {
      state,
      ...(message === undefined ? {} : { message }),
      ...(this.#driver === undefined ? {} : driverStatus(this.#driver)),
      ...(this.#active !== undefined && this.#skipped.has(this.#active)
        ? { skipped: this.#skipped.get(this.#active) ?? '' }
        : {}),
      ...(this.#projectProblems.size > 0 ? { problems: [...this.#projectProblems.values()] } : {}),
      ...(this.#driver?.configuration === undefined ? {} : { configuration: this.#driver.configuration }),
    };
    const text = JSON.stringify(status);
    if (text === this.#lastStatus) return;
    this.#lastStatus = text;
    void this.#connection.sendNotification('driverentry/status', status);
  }
}

const driverStatus = ({ name, kind, projectUri, files, missing, configurations }: DriverSummary) => ({
  project: name,
  kind,
  ...(projectUri === undefined ? {} : { projectUri }),
  files: files.length,
  ...(missing.length > 0 ? { missing: missing.map(nameOf) } : {}),
  configurations,
});

/** A defect of ours that an analysis met; a text that is only too large or too deep is none. */
function failureOf({ uri, failures, file }: Diagnosis): string | undefined {
  if (file.isFailure) return `the parser failed on ${nameOf(uri)}; see the output`;
  if (failures.length === 0) return undefined;
  return `${failures.map(({ rule }) => rule).join(', ')} failed; see the output`;
}
