import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { loadCatalog, loadParser, nodeFileSystem, yieldNow } from '../host/node-host.ts';
import { version } from '../../../package.json';
import { startServer } from './server.ts';

// --stdio, --node-ipc, --socket and --pipe all come with createConnection.
startServer(createConnection(ProposedFeatures.all), {
  version,
  fileSystem: nodeFileSystem,
  yieldNow,
  loadCatalog: () => loadCatalog(__dirname),
  loadParser: () => loadParser(__dirname),
});
