import {
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  FileChangeType,
  ResponseError,
  TextDocumentSyncKind,
  WatchKind,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type Analyzer,
  canonicalUri,
  type Catalog,
  createAnalyzer,
  type DiskEvent,
  type FileSystem,
  nameOf,
} from '../index.ts';
import type { SyntaxParser } from '../index.ts';
import { clientFileSystem, routed } from './client-files.ts';
import { Documents } from './documents.ts';
import { Publisher } from './publisher.ts';
import { REQUESTS } from './requests/index.ts';
import type { Session } from './session.ts';

/** What a server gets from the program that it runs in. Loaders get the client's initialization options. */
export interface ServerHost {
  readonly version: string;
  /** The disk, where there is one; files without an address on it are asked from the client. */
  readonly fileSystem?: FileSystem;
  readonly yieldNow: () => Promise<void>;
  readonly loadCatalog: (options: unknown) => Catalog | Promise<Catalog>;
  readonly loadParser: (options: unknown) => Promise<SyntaxParser>;
}

/** Sources, headers, INF and project files: their content matters. */
const CONTENT = [
  '**/*.{c,cpp,cc,cxx,h,hpp,hxx,inf,inx,vcxproj,props,targets}',
  '**/compile_commands.json',
  '**/c_cpp_properties.json',
  '**/sources',
];
/** What else has an ending is of no interest, but for folders, which seldom have one. */
const OF_INTEREST =
  /\.(?:c|cpp|cc|cxx|h|hpp|hxx|hh|inl|inf|inx|vcxproj|props|targets|sln|slnx)$|^(?:compile_commands|c_cpp_properties)\.json$|^[^.]*$/i;
const SOURCE = /\.(?:c|cpp|cc|cxx|h|hpp|hxx|hh|inl|inf|inx)$/i;

/** Sent by the client when the user turns to another editor: `{ uri: string | null }`. */
const ACTIVE_FILE = 'driverentry/activeFile';

/** Wires a connection to an analyzer. Runs nothing, opens nothing, writes nothing. */
export function startServer(connection: Connection, host: ServerHost): void {
  const documents = new Documents();
  const folders = new Set<string>();
  let analyzer: Analyzer | undefined;
  let publisher: Publisher | undefined;
  let pullsConfiguration = false;
  let watchesDynamically = false;
  let changesFolders = false;
  let client: ClientCapabilities = {};
  let isShutDown = false;

  /** What answers requests; a client that asks too early or too late is told so. */
  const ready = (): Analyzer => {
    if (analyzer) return analyzer;
    throw isShutDown
      ? new ResponseError(ErrorCodes.InvalidRequest, 'the server is shut down')
      : new ResponseError(ErrorCodes.ServerNotInitialized, 'the server is not initialized');
  };

  const session: Session = { connection, documents, client: () => client, analyzer: ready };

  const applyFolders = (): void => analyzer?.apply({ kind: 'folders', uris: [...folders] });

  connection.onInitialize(async (params) => {
    if (analyzer || isShutDown) {
      throw new ResponseError(ErrorCodes.InvalidRequest, 'the server is initialized only once');
    }
    const { capabilities } = params;
    client = capabilities;
    pullsConfiguration = capabilities.workspace?.configuration === true;
    watchesDynamically = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    changesFolders = capabilities.workspace?.workspaceFolders === true;
    const initial = params.initializationOptions as
      | { settings?: unknown; workspaceFiles?: unknown }
      | null
      | undefined;
    const [catalog, parser] = await Promise.all([host.loadCatalog(initial), host.loadParser(initial)]);
    analyzer = createAnalyzer({
      catalog,
      parser,
      fileSystem: routed(
        host.fileSystem,
        initial?.workspaceFiles === true ? clientFileSystem(connection, host.yieldNow) : undefined,
      ),
      yieldNow: host.yieldNow,
      logger: {
        info: (message) => connection.console.info(message),
        error: (message, error) =>
          connection.console.error(
            error instanceof Error ? `${message}: ${error.stack ?? error.message}` : message,
          ),
      },
    });
    publisher = new Publisher(connection, analyzer, documents, async () => {
      for (const request of REQUESTS) await request.refresh?.(session);
    });
    // The older field counts for clients that do not know of several folders.
    // oxlint-disable-next-line typescript/no-deprecated
    const single = typeof params.rootUri === 'string' ? [params.rootUri] : [];
    for (const uri of params.workspaceFolders?.map((folder) => folder.uri) ?? single) {
      folders.add(canonicalUri(uri));
    }
    applyFolders();
    if (initial?.settings !== undefined) analyzer.apply({ kind: 'settings', settings: initial.settings });
    return {
      serverInfo: { name: 'driverentry', version: host.version },
      capabilities: {
        ...REQUESTS.reduce((all, request) => ({ ...all, ...request.capabilities(client) }), {}),
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  const pullSettings = async (): Promise<void> => {
    if (!pullsConfiguration || !analyzer) return;
    const settings: unknown = await connection.workspace.getConfiguration('driverentry');
    analyzer.apply({ kind: 'settings', settings });
    publisher?.changedAll(0);
  };

  connection.onInitialized(async () => {
    if (changesFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) folders.delete(canonicalUri(uri));
        for (const { uri } of added) folders.add(canonicalUri(uri));
        applyFolders();
        publisher?.changedAll();
      });
    }
    // Findings wait for the settings, and nothing waits for these answers.
    const registered: Promise<unknown>[] = [];
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration === true) {
      const what = { section: 'driverentry' };
      registered.push(connection.client.register(DidChangeConfigurationNotification.type, what));
    }
    if (watchesDynamically) {
      const watchers = [
        ...CONTENT.map((globPattern) => ({ globPattern, kind: WatchKind.Change })),
        // Folders come and go under any name, and their files are not always told one by one.
        { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
      ];
      registered.push(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
    }
    await Promise.all([pullSettings(), ...registered]);
  });

  connection.onDidChangeConfiguration(async (change) => {
    if (pullsConfiguration) return pullSettings();
    const section = (change.settings as { driverentry?: unknown } | null)?.driverentry;
    if (section === undefined) return;
    analyzer?.apply({ kind: 'settings', settings: section });
    publisher?.changedAll();
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    let all = false;
    const sources = new Set<string>();
    for (const { uri: clientUri, type } of changes) {
      const uri = canonicalUri(clientUri);
      if (!OF_INTEREST.test(nameOf(uri))) continue;
      analyzer?.apply({ kind: 'disk', uri, ...(EVENTS[type] ? { event: EVENTS[type] } : {}) });
      if (type === FileChangeType.Changed && SOURCE.test(uri)) {
        // The text of an open document is what counts.
        if (!documents.get(clientUri)) sources.add(uri);
      } else all = true;
    }
    if (all) publisher?.changedAll();
    else for (const uri of sources) publisher?.changedOnDisk(uri);
  });

  const applyText = (document: TextDocument): void =>
    analyzer?.apply({
      kind: 'text',
      uri: canonicalUri(document.uri),
      text: document.getText(),
      version: document.version,
    });

  connection.onDidOpenTextDocument(({ textDocument }) => {
    if (!analyzer) return;
    const { uri, languageId, version, text } = textDocument;
    applyText(documents.open(uri, languageId, version, text));
    publisher?.changed(canonicalUri(uri), 0);
  });

  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const document = documents.change(textDocument.uri, contentChanges, textDocument.version);
    if (!document) return;
    applyText(document);
    publisher?.edited(canonicalUri(textDocument.uri));
  });

  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    analyzer?.apply({ kind: 'close', uri: canonicalUri(uri) });
    publisher?.closed(canonicalUri(uri));
    documents.close(uri);
  });

  connection.onNotification(ACTIVE_FILE, ({ uri }: { uri: string | null }) =>
    publisher?.setActive(uri === null ? undefined : canonicalUri(uri)),
  );

  for (const request of REQUESTS) request.register(session);

  connection.onShutdown(() => {
    analyzer?.dispose();
    analyzer = undefined;
    publisher = undefined;
    isShutDown = true;
  });
  connection.listen();
}

const EVENTS: Readonly<Record<FileChangeType, DiskEvent>> = {
  [FileChangeType.Created]: 'created',
  [FileChangeType.Changed]: 'changed',
  [FileChangeType.Deleted]: 'deleted',
};
