import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  CloseAction,
  ErrorAction,
  type LanguageClientOptions,
  RevealOutputChannelOn,
} from 'vscode-languageclient';
import { answerFileRequests } from './workspace-files.ts';
import { besideOthers } from './beside.ts';
import { announceCommands } from './places.ts';
import { RestartBudget } from './restart-budget.ts';
import type { ServerStatus } from './status-item.ts';

const CRASH_LIMIT = 5;
const CRASH_WINDOW_MS = 3 * 60_000;
const STOP_TIMEOUT_MS = 2000;

/** Makes the client of a server that is not started yet: a process on the desktop, a worker in the browser. */
export type Launch = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

export interface ServerProcessOptions {
  launch: Launch;
  selector: ({ language: string } | { pattern: string })[];
  output: vscode.LogOutputChannel;
  onStatus(status: ServerStatus): void;
  /** Called once when the server crashes too often to be started again unasked. */
  onGaveUp(message: string): void;
}

/** Keeps one language server running, be it a process or a worker, starting it again a bounded number of times when it crashes. */
export class ServerProcess implements vscode.Disposable {
  readonly #options: ServerProcessOptions;
  /** What the server said last. */
  status: ServerStatus = { state: 'analysing' };
  readonly #budget = new RestartBudget(CRASH_LIMIT, CRASH_WINDOW_MS);
  #client: BaseLanguageClient | undefined;

  constructor(options: ServerProcessOptions) {
    this.#options = options;
  }

  /** Starts the server. Never rejects: failures end up in the status item. */
  async start(): Promise<void> {
    this.#options.onStatus({ state: 'analysing', message: vscode.l10n.t('starting') });
    const client = this.#createClient();
    this.#client = client;
    try {
      await client.start();
      if (this.#client !== client) return;
      this.#options.onStatus({ state: 'idle' });
      this.setActive(vscode.window.activeTextEditor?.document);
    } catch (error) {
      this.#crashed(client, error instanceof Error ? error.message : String(error));
    }
  }

  /** Tells the server which file the user looks at: its driver is a part of the status. */
  setActive(document: vscode.TextDocument | undefined): void {
    // The output, a terminal or a setting is no file; what was shown for the last one still holds.
    if (!document || vscode.languages.match(this.#options.selector, document) === 0) return;
    if (!this.#client?.isRunning()) return;
    void this.#client.sendNotification('driverentry/activeFile', { uri: document.uri.toString() });
  }

  /** Makes the server ask for the settings again: what stands for `auto` is something else now. */
  settingsChanged(): void {
    if (!this.#client?.isRunning()) return;
    void this.#client.sendNotification('workspace/didChangeConfiguration', { settings: null });
  }

  /** Sends a request of ours, once the server is up. Rejects when it does not come up or refuses. */
  async ask<T>(method: string, params: object): Promise<T> {
    // Starting again after it was given up is what asking means.
    if (!this.#client) await this.start();
    const client = this.#client;
    if (!client) throw new Error(vscode.l10n.t('The server does not run.'));
    return client.sendRequest<T>(method, params);
  }

  /** Asks the server for what is only of use now; undefined when it is not running. */
  async request<T>(method: string, params: object): Promise<T | undefined> {
    return this.#client?.isRunning() ? this.#client.sendRequest<T>(method, params) : undefined;
  }

  /** Stops the server, whatever its state, and starts it with a clean record. */
  async restart(): Promise<void> {
    this.#budget.reset();
    await this.stop();
    await this.start();
  }

  /** Stops the server and waits until it is gone. */
  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await this.#discard(client);
  }

  dispose(): void {
    void this.stop();
  }

  async #discard(client: BaseLanguageClient | undefined): Promise<void> {
    try {
      await client?.dispose(STOP_TIMEOUT_MS);
    } catch (error) {
      // Stopping a server that crashed, hangs or never came up; the client ends its process.
      this.#options.output.debug(`stopping the server: ${String(error)}`);
    }
  }

  #crashed(client: BaseLanguageClient, reason: string): void {
    // A crash during start is reported twice: by the closed connection and by the failed start.
    if (this.#client !== client) return;
    this.#client = undefined;
    void this.#discard(client);
    this.#options.output.error(`the server stopped unexpectedly: ${reason}`);
    if (this.#budget.allows(Date.now())) {
      void this.start();
      return;
    }
    const message = vscode.l10n.t(
      'The server stopped {0} times within {1} minutes and is not started again.',
      CRASH_LIMIT,
      CRASH_WINDOW_MS / 60_000,
    );
    this.status = { state: 'failed', message };
    this.#options.onStatus(this.status);
    this.#options.onGaveUp(message);
  }

  #createClient(): BaseLanguageClient {
    const { launch, selector, output } = this.#options;
    const options: LanguageClientOptions = {
      documentSelector: selector,
      // What this client can do beyond the protocol.
      initializationOptions: { workspaceFiles: true },
      outputChannel: output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      // Which files it watches, the server says itself.
      synchronize: { configurationSection: 'driverentry' },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          this.#crashed(client, 'its connection closed');
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
      initializationFailedHandler: () => false,
      middleware: {
        ...besideOthers,
        // The old side of a diff is read-only: hovers are welcome there, a second set of problems is not.
        handleDiagnostics(uri, diagnostics, next) {
          next(uri, vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false ? [] : diagnostics);
        },
      },
    };
    const client = launch('driverentry', 'DriverEntry', options);
    // Errors go to the output and the status item; a crash that repairs itself needs no pop-up.
    const error = client.error.bind(client);
    client.error = (message, data) => error(message, data, false);
    answerFileRequests(client);
    announceCommands(client);
    client.onNotification('driverentry/status', (status: ServerStatus) => {
      this.status = status;
      this.#options.onStatus(status);
    });
    return client;
  }
}
