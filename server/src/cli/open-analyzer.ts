import { batchFileSystem, loadParser } from '../host/node-host.ts';
import { type Analyzer, type Catalog, createAnalyzer } from '../index.ts';
import type { FoundFiles } from './check/files.ts';
import type { CommandHost } from './command.ts';

/**
 * An analyzer over what the paths of a command lead to, with its raw settings; errors go to standard error. Rejects with
 * InstallationError.
 */
export async function openAnalyzer(
  catalog: Catalog,
  found: FoundFiles,
  settings: object,
  host: CommandHost,
  describe: (error: Error) => string = (error) => error.stack ?? error.message,
): Promise<Analyzer> {
  const analyzer = createAnalyzer({
    catalog,
    parser: await loadParser(host.folder),
    fileSystem: batchFileSystem,
    logger: {
      info: () => {},
      error: (message, error) =>
        host.complain(error instanceof Error ? `${message}: ${describe(error)}` : message),
    },
    // Nobody waits for a turn here.
    yieldNow: () => Promise.resolve(),
  });
  analyzer.apply({
    kind: 'folders',
    uris: found.roots.map(host.toUri),
    preferred: found.projects.map(host.toUri),
  });
  analyzer.apply({ kind: 'settings', settings });
  return analyzer;
}
