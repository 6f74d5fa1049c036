import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
  type LanguageClientOptions,
} from 'vscode-languageclient/node';
import { RestartBudget } from './restart-budget.ts';
import type { ServerStatus } from './status-item.ts';

const CRASH_LIMIT = 5;
const CRASH_WINDOW_MS = 3 * 60_000;
const STOP_TIMEOUT_MS = 2000;

export interface ServerProcessOptions {
  /** The bundled server, as a file path. */
  module: string;
  selector: { language: string }[];
  output: vscode.LogOutputChannel;
  onStatus(status: ServerStatus): void;
  /** Called once when the server crashes too often to be started again unasked. */
  onGaveUp(message: string): void;
}

/** Errors go to the output and the status item; a crash that repairs itself needs no pop-up. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** Keeps one language server running, starting it again a bounded number of times when it crashes. */
export class ServerProcess implements vscode.Disposable {
  readonly #options: ServerProcessOptions;
  /** What the server said last. */
  status: ServerStatus = { state: 'analysing' };
  readonly #budget = new RestartBudget(CRASH_LIMIT, CRASH_WINDOW_MS);
  #client: LanguageClient | undefined;

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
    if (!document || !this.#options.selector.some(({ language }) => language === document.languageId)) return;
    if (!this.#client?.isRunning()) return;
    void this.#client.sendNotification('driverentry/activeFile', { uri: document.uri.toString() });
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

  async #discard(client: LanguageClient | undefined): Promise<void> {
    try {
      await client?.dispose(STOP_TIMEOUT_MS);
    } catch (error) {
      // Stopping a server that crashed, hangs or never came up; the client ends its process.
      this.#options.output.debug(`stopping the server: ${String(error)}`);
    }
  }

  #crashed(client: LanguageClient, reason: string): void {
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
    this.#options.onStatus({ state: 'failed', message });
    this.#options.onGaveUp(message);
  }

  #createClient(): LanguageClient {
    const { module, selector, output } = this.#options;
    const options: LanguageClientOptions = {
      documentSelector: selector,
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
        // The old side of a diff is read-only: hovers are welcome there, a second set of problems is not.
        handleDiagnostics(uri, diagnostics, next) {
          next(uri, vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false ? [] : diagnostics);
        },
      },
    };
    const client: LanguageClient = new QuietClient(
      'driverentry',
      'DriverEntry',
      {
        run: { module, transport: TransportKind.ipc },
        debug: {
          module,
          transport: TransportKind.ipc,
          options: { execArgv: ['--nolazy', '--inspect=6009', '--enable-source-maps'] },
        },
      },
      options,
    );
    client.onNotification('driverentry/status', (status: ServerStatus) => {
      this.status = status;
      this.#options.onStatus(status);
    });
    return client;
  }
}
