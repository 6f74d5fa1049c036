import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { fetchCatalog, fetchParser, yieldNow } from '../host/browser-host.ts';
import { version } from '../../../package.json';
import { startServer } from './server.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;

startServer(createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope)), {
  version,
  yieldNow,
  loadCatalog: fetchCatalog,
  loadParser: fetchParser,
});
