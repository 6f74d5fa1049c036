import {
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  MarkupKind,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Analyzer, type Catalog, createAnalyzer, type FileSystem, markdownToText } from '../index.ts';
import type { SyntaxParser } from '../index.ts';
import { toCodeAction, toHover } from './convert.ts';
import { Publisher } from './publisher.ts';

export interface ServerHost {
  readonly version: string;
  readonly fileSystem: FileSystem;
  readonly loadCatalog: () => Catalog;
  readonly loadParser: () => Promise<SyntaxParser>;
}

/** Wires a connection to an analyzer. Runs nothing, opens nothing, writes nothing. */
export function startServer(connection: Connection, host: ServerHost): void {
  const documents = new Map<string, TextDocument>();
  let analyzer: Analyzer | undefined;
  let publisher: Publisher | undefined;
  let pullsConfiguration = false;
  let watchesDynamically = false;
  let markdownHover = true;

  connection.onInitialize(async (params) => {
    const { capabilities } = params;
    pullsConfiguration = capabilities.workspace?.configuration === true;
    watchesDynamically = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    const formats = capabilities.textDocument?.hover?.contentFormat;
    markdownHover = formats === undefined || formats.includes(MarkupKind.Markdown);
    analyzer = createAnalyzer({
      catalog: host.loadCatalog(),
      parser: await host.loadParser(),
      fileSystem: host.fileSystem,
      logger: {
        info: (message) => connection.console.info(message),
        error: (message, error) =>
          connection.console.error(
            error instanceof Error ? `${message}: ${error.stack ?? error.message}` : message,
          ),
      },
    });
    publisher = new Publisher(connection, analyzer);
    const initial = params.initializationOptions as { settings?: unknown } | undefined;
    if (initial?.settings !== undefined) analyzer.apply({ kind: 'settings', settings: initial.settings });
    return {
      serverInfo: { name: 'driverentry', version: host.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      },
    };
  });

  const pullSettings = async (): Promise<void> => {
    if (!pullsConfiguration || !analyzer) return;
    const settings: unknown = await connection.workspace.getConfiguration('driverentry');
    analyzer.apply({ kind: 'settings', settings });
    publisher?.changedAll();
  };

  connection.onInitialized(async () => {
    if (pullsConfiguration) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'driverentry' });
    }
    if (watchesDynamically) {
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: '**/*.{c,cpp,cc,cxx,h,hpp,hxx}' }],
      });
    }
    await pullSettings();
  });

  connection.onDidChangeConfiguration(async (change) => {
    if (pullsConfiguration) return pullSettings();
    const section = (change.settings as { driverentry?: unknown } | null)?.driverentry;
    if (section === undefined) return;
    analyzer?.apply({ kind: 'settings', settings: section });
    publisher?.changedAll();
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) if (!documents.has(uri)) analyzer?.apply({ kind: 'disk', uri });
    publisher?.changedAll();
  });

  const applyText = (document: TextDocument): void =>
    analyzer?.apply({
      kind: 'text',
      uri: document.uri,
      text: document.getText(),
      version: document.version,
    });

  connection.onDidOpenTextDocument(({ textDocument }) => {
    const { uri, languageId, version, text } = textDocument;
    const document = TextDocument.create(uri, languageId, version, text);
    documents.set(uri, document);
    applyText(document);
    publisher?.changed(uri, 0);
  });

  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const document = documents.get(textDocument.uri);
    if (!document) return; // never opened: nothing to apply the change to
    TextDocument.update(document, contentChanges, textDocument.version);
    applyText(document);
    publisher?.changed(textDocument.uri);
  });

  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    documents.delete(uri);
    analyzer?.apply({ kind: 'close', uri });
    publisher?.closed(uri);
  });

  connection.onHover(async ({ textDocument, position }, token) => {
    const document = documents.get(textDocument.uri);
    if (!analyzer || !document) return null;
    const offset = document.offsetAt(position);
    const hover = await analyzer.hover(textDocument.uri, offset);
    if (!hover || token.isCancellationRequested) return null;
    return toHover(hover, hover.lines, markdownHover, markdownToText(hover.markdown));
  });

  connection.onCodeAction(async ({ textDocument, range, context }, token) => {
    const document = documents.get(textDocument.uri);
    if (!analyzer || !document) return null;
    if (context.only && !context.only.some((kind) => CodeActionKind.QuickFix.startsWith(kind))) return [];
    const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    const { version } = document;
    const diagnosis = await analyzer.diagnose(textDocument.uri);
    if (!diagnosis || token.isCancellationRequested || document.version !== version) return null;
    const fixes = await analyzer.quickFixes(textDocument.uri, span);
    return fixes.map((fix) => toCodeAction(fix, diagnosis.file.lines, version));
  });

  connection.onShutdown(() => analyzer?.dispose());
  connection.listen();
}
