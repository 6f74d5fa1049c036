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
  readonly #budget = new RestartBudget(CRASH_LIMIT, CRASH_WINDOW_MS);
  readonly #watchers: vscode.FileSystemWatcher[];
  #client: LanguageClient | undefined;

  constructor(options: ServerProcessOptions) {
    this.#options = options;
    this.#watchers = ['**/*.{c,cpp,h,hpp,vcxproj}', '**/compile_commands.json'].map((pattern) =>
      vscode.workspace.createFileSystemWatcher(pattern),
    );
  }

  /** Starts the server. Never rejects: failures end up in the status item. */
  async start(): Promise<void> {
    this.#options.onStatus({ state: 'analysing', message: 'starting' });
    const client = this.#createClient();
    this.#client = client;
    try {
      await client.start();
      if (this.#client === client) this.#options.onStatus({ state: 'idle' });
    } catch (error) {
      this.#crashed(client, error instanceof Error ? error.message : String(error));
    }
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
    for (const watcher of this.#watchers) watcher.dispose();
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
    const message = `The server stopped ${CRASH_LIMIT} times within ${CRASH_WINDOW_MS / 60_000} minutes and is not started again.`;
    this.#options.onStatus({ state: 'failed', message });
    this.#options.onGaveUp(message);
  }

  #createClient(): LanguageClient {
    const { module, selector, output } = this.#options;
    const options: LanguageClientOptions = {
      documentSelector: selector,
      outputChannel: output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      synchronize: { configurationSection: 'driverentry', fileEvents: this.#watchers },
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
    client.onNotification('driverentry/status', (status: ServerStatus) => this.#options.onStatus(status));
    return client;
  }
}
