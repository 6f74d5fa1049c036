import type { ProjectFiles } from '../../server/src/project/build-settings.ts';
import { folderOf, resolvePath } from '../../server/src/text/uri.ts';

/** Files below `file:///w/` for readers of projects, by name; the tests name no file outside. */
export function projectFiles(texts: Readonly<Record<string, string>>): ProjectFiles {
  const byUri = new Map(
    Object.entries(texts).map(([name, text]) => [resolvePath('file:///w/', name) ?? '', text]),
  );
  return {
    readText: (uri) => Promise.resolve(byUri.get(uri)),
    find: (folder, path) => {
      const wanted = resolvePath(folder, path)?.toLowerCase();
      return Promise.resolve([...byUri.keys()].find((uri) => uri.toLowerCase() === wanted));
    },
    list: (folder) =>
      Promise.resolve(
        [...byUri.keys()]
          .filter((uri) => folderOf(uri) === folder)
          .map((uri) => decodeURIComponent(uri.slice(folder.length))),
      ),
  };
}
