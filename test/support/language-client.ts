import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import {
  CodeActionRequest,
  type ConfigurationParams,
  CodeLensRefreshRequest,
  CompletionRequest,
  CompletionResolveRequest,
  ConfigurationRequest,
  createProtocolConnection,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ErrorCodes,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  InlayHintRefreshRequest,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ResponseError,
  ShutdownRequest,
  SignatureHelpRequest,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentEdit,
  type ClientCapabilities,
  type CodeAction,
  type CompletionContext,
  type CompletionItem,
  type Diagnostic,
  type FileChangeType,
  type Hover,
  type InitializeResult,
  type MessageConnection,
  type Position,
  type ProtocolConnection,
  type ProtocolRequestType,
  type PublishDiagnosticsParams,
  type Range,
  type SignatureHelp,
  type TextDocumentContentChangeEvent,
  type TextEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { StatusParams } from '../../server/src/lsp/publisher.ts';

const PATIENCE_MS = 20_000;

const CAPABILITIES: ClientCapabilities = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true },
  },
  textDocument: {
    hover: { contentFormat: ['markdown', 'plaintext'] },
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } },
      isPreferredSupport: true,
    },
  },
};

/** What a client may ask of the server at its start. */
export interface StartOptions {
  /** Answers the server's question for the section `driverentry`. */
  settings?: object;
  rootUri?: string;
  capabilities?: ClientCapabilities;
  initializationOptions?: object;
  /** Answers requests of the server beyond the protocol, by method. */
  answers?: Readonly<Record<string, (params: never) => unknown>>;
  /** The server to start, as arguments for Node; by default `dist/server.js --stdio`. */
  server?: readonly string[];
}

/** A language client without an editor: the bundled server as a process of its own, spoken to over stdio. */
export class LanguageClient {
  /** What the server answered to `initialize`. */
  readonly initialized: InitializeResult;
  /** Methods that the server asked for so far. */
  readonly requested: readonly string[];
  /** What the server printed on stderr so far. */
  stderr = '';
  readonly #process: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #exited: Promise<number | null>;
  readonly #documents = new Map<string, TextDocument>();
  readonly #published: PublishDiagnosticsParams[] = [];
  readonly #statuses: StatusParams[] = [];
  #wake: (() => void)[] = [];

  private constructor(
    child: ChildProcess,
    connection: ProtocolConnection,
    initialized: InitializeResult,
    requested: readonly string[],
  ) {
    this.initialized = initialized;
    this.requested = requested;
    this.#process = child;
    this.#connection = connection;
    this.#exited = new Promise((done) => {
      child.on('close', (code) => done(code));
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.#published.push(params);
      this.#wakeAll();
    });
    for (const { method } of [CodeLensRefreshRequest.type, InlayHintRefreshRequest.type]) {
      connection.onRequest(method, () => {
        this.refreshes.set(method, (this.refreshes.get(method) ?? 0) + 1);
        this.#wakeAll();
        return null;
      });
    }
    connection.onNotification('driverentry/status', (params: StatusParams) => {
      this.#statuses.push(params);
      this.#wakeAll();
    });
  }

  /** Starts `dist/server.js` and shakes hands with it. */
  static async start(options: StartOptions = {}): Promise<LanguageClient> {
    const server = options.server ?? [join(process.cwd(), 'dist/server.js'), '--stdio'];
    const child = spawn(process.execPath, [...server], { stdio: ['pipe', 'pipe', 'pipe'] });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const requested: string[] = [];
    const answers: Record<string, (params: never) => unknown> = {
      [RegistrationRequest.method]: () => null,
      [ConfigurationRequest.method]: ({ items }: ConfigurationParams) =>
        items.map(({ section }) => (section === 'driverentry' ? (options.settings ?? {}) : null)),
      ...options.answers,
    };
    // Its type leaves out the handler for all methods.
    (connection as unknown as MessageConnection).onRequest((method, params) => {
      requested.push(method);
      const answer = answers[method];
      if (!answer) throw new ResponseError(ErrorCodes.MethodNotFound, `no ${method} here`);
      return answer(params as never);
    });
    connection.listen();
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    const died = new Promise<never>((_, reject) => {
      child.once('exit', (code) =>
        reject(new Error(`the server exits at its start with ${code}: ${complaint}`)),
      );
    });
    died.catch(() => {}); // of interest only until the server has answered
    try {
      const initialized = await inTime(
        Promise.race([
          died,
          connection.sendRequest(InitializeRequest.type, {
            processId: process.pid,
            rootUri: options.rootUri ?? null,
            workspaceFolders: options.rootUri === undefined ? null : [{ uri: options.rootUri, name: 'test' }],
            capabilities: options.capabilities ?? CAPABILITIES,
            ...(options.initializationOptions === undefined
              ? {}
              : { initializationOptions: options.initializationOptions }),
          }),
        ]),
        () => `no answer to initialize: ${complaint}`,
      );
      const client = new LanguageClient(child, connection, initialized, requested);
      await connection.sendNotification(InitializedNotification.type, {});
      return client;
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  /** Tells of files that changed on the disk, as a watcher does. */
  async filesChanged(changes: readonly { uri: string; type: FileChangeType }[]): Promise<void> {
    await this.#connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [...changes],
    });
  }

  /** Sends new settings, all of them, by section. */
  async configure(settings: object): Promise<void> {
    await this.#connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
  }

  /** Says which file the user looks at. */
  async activate(uri: string): Promise<void> {
    await this.#connection.sendNotification('driverentry/activeFile', { uri });
  }

  /** The first status from now on, or the last one before, that the test waits for. */
  async statusWhere(accept: (status: StatusParams) => boolean): Promise<StatusParams> {
    for (;;) {
      const found = this.#statuses.findLast(accept);
      if (found) return found;
      await inTime(
        new Promise<void>((wake) => {
          this.#wake.push(wake);
        }),
        () => `no such status; the last was ${JSON.stringify(this.#statuses.at(-1))}`,
      );
    }
  }

  /** Waits until the server has asked to be asked again. */
  async refreshed(method: string, times = 1): Promise<void> {
    while ((this.refreshes.get(method) ?? 0) < times) {
      await inTime(
        new Promise<void>((wake) => {
          this.#wake.push(wake);
        }),
        () => `no ${method}`,
      );
    }
  }

  #wakeAll(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }

  /** Opens a document, as version 1. */
  async open(uri: string, text: string, languageId = 'c'): Promise<void> {
    this.#documents.set(uri, TextDocument.create(uri, languageId, 1, text));
    await this.#connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Sends changes, which apply one after the other, and returns the new version. */
  async change(uri: string, contentChanges: TextDocumentContentChangeEvent[]): Promise<number> {
    const before = this.document(uri);
    const version = before.version + 1;
    this.#documents.set(uri, TextDocument.update(before, contentChanges, version));
    await this.#connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges,
    });
    return version;
  }

  /** Closes a document. The server answers with an empty list of diagnostics. */
  async close(uri: string): Promise<void> {
    this.#documents.delete(uri);
    this.#published.length = 0;
    await this.#connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  /** The client's copy of an open document. */
  document(uri: string): TextDocument {
    const document = this.#documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open`);
    return document;
  }

  /** The diagnostics of exactly this version, waiting for them if need be; by default of the current one. */
  async diagnostics(uri: string, version = this.document(uri).version): Promise<Diagnostic[]> {
    return this.#nextDiagnostics(uri, (params) => params.version === version);
  }

  /** Waits for any diagnostics of a file, whatever their version, that satisfy `accept`. */
  async diagnosticsWhere(uri: string, accept: (found: Diagnostic[]) => boolean): Promise<Diagnostic[]> {
    return this.#nextDiagnostics(uri, (params) => accept(params.diagnostics));
  }

  /** Waits until the last diagnostics of a file satisfy `accept`. */
  async diagnosticsUntil(uri: string, accept: (found: Diagnostic[]) => boolean): Promise<Diagnostic[]> {
    return this.#nextDiagnostics(
      uri,
      (params) => params === this.#published.findLast((one) => one.uri === uri) && accept(params.diagnostics),
    );
  }

  /** A request that is not in the protocol. */
  async ownRequest<T>(method: string, params: object): Promise<T> {
    return inTime(this.#connection.sendRequest<T>(method, params), () => `no answer to ${method}`);
  }

  /** The hover at a position, or null. */
  async hover(uri: string, position: Position): Promise<Hover | null> {
    return inTime(
      this.#connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position }),
      () => 'no answer to hover',
    );
  }

  /** Any request of the protocol, or beyond it by its method. */
  async request<P, R, PR, E, RO>(type: ProtocolRequestType<P, R, PR, E, RO>, params: P): Promise<R>;
  async request<R>(type: string, params: object): Promise<R>;
  async request<P, R, PR, E, RO>(
    type: ProtocolRequestType<P, R, PR, E, RO> | string,
    params: P | object,
  ): Promise<R> {
    const method = typeof type === 'string' ? type : type.method;
    return inTime<R>(this.#connection.sendRequest<R>(method, params), () => `no answer to ${method}`);
  }

  /** How often the server asked to be asked again for something, by method. */
  readonly refreshes = new Map<string, number>();

  /** What the server offers to insert at a position. */
  async completion(uri: string, position: Position, context?: CompletionContext): Promise<CompletionItem[]> {
    const answer = await inTime(
      this.#connection.sendRequest(CompletionRequest.type, {
        textDocument: { uri },
        position,
        ...(context ? { context } : {}),
      }),
      () => 'no answer to completion',
    );
    return Array.isArray(answer) ? answer : (answer?.items ?? []);
  }

  /** An item with what there is to read about it. */
  async resolveCompletion(item: CompletionItem): Promise<CompletionItem> {
    return inTime(
      this.#connection.sendRequest(CompletionResolveRequest.type, item),
      () => 'no answer to completionItem/resolve',
    );
  }

  /** The call around a position. */
  async signatureHelp(uri: string, position: Position): Promise<SignatureHelp | null> {
    return inTime(
      this.#connection.sendRequest(SignatureHelpRequest.type, { textDocument: { uri }, position }),
      () => 'no answer to signatureHelp',
    );
  }

  /** Edits an open document, as an editor does with the edits of an item. */
  async applyEdits(uri: string, edits: TextEdit[]): Promise<void> {
    await this.change(uri, [{ text: TextDocument.applyEdits(this.document(uri), edits) }]);
  }

  /** The answer to a request that the protocol does not know. */
  async ask<T>(method: string, params: object): Promise<T> {
    return inTime(this.#connection.sendRequest<T>(method, params), () => `no answer to ${method}`);
  }

  /** The quick fixes that the server offers for a range and the diagnostics there. */
  async codeActions(uri: string, range: Range, diagnostics: Diagnostic[]): Promise<CodeAction[]> {
    const answer = await inTime(
      this.#connection.sendRequest(CodeActionRequest.type, {
        textDocument: { uri },
        range,
        context: { diagnostics, only: ['quickfix'] },
      }),
      () => 'no answer to codeAction',
    );
    return (answer ?? []).filter((item): item is CodeAction => typeof item.command !== 'string');
  }

  /** Applies a code action's edits to the open documents, as an editor does, and tells the server. */
  async apply(action: CodeAction): Promise<void> {
    const edits = new Map(Object.entries(action.edit?.changes ?? {}));
    for (const change of action.edit?.documentChanges ?? []) {
      if (!TextDocumentEdit.is(change))
        throw new Error('a code action that creates, renames or deletes files');
      const { uri, version } = change.textDocument;
      if (version !== null && version !== this.document(uri).version)
        throw new Error(`an edit of ${uri} is stale`);
      edits.set(
        uri,
        change.edits.filter((edit) => 'newText' in edit),
      );
    }
    for (const [uri, textEdits] of edits) {
      await this.change(uri, [{ text: TextDocument.applyEdits(this.document(uri), textEdits) }]);
    }
  }

  /** Asks the server to end and returns its exit code. */
  async shutdown(): Promise<number | null> {
    await inTime(this.#connection.sendRequest(ShutdownRequest.type), () => 'no answer to shutdown');
    await this.#connection.sendNotification(ExitNotification.type);
    const code = await inTime(this.#exited, () => 'the server does not exit');
    this.#connection.dispose();
    return code;
  }

  /** Ends the server without ceremony, if it still runs. For clean-up after a failed test. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  async #nextDiagnostics(
    uri: string,
    accept: (params: PublishDiagnosticsParams) => boolean,
  ): Promise<Diagnostic[]> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = this.#published.findLast((params) => params.uri === uri && accept(params));
      if (found) return found.diagnostics;
      await inTime(
        new Promise<void>((wake) => {
          this.#wake.push(wake);
        }),
        () =>
          `no such diagnostics for ${uri}; the last were ${JSON.stringify(this.#published.at(-1))}; ${this.stderr}`,
        deadline - Date.now(),
      );
    }
  }
}

async function inTime<T>(promise: Promise<T>, complaint: () => string, patienceMs = PATIENCE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(complaint())), patienceMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
