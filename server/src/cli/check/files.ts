import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const SOURCE = /\.(?:c|cpp|cc|cxx|h|hpp|hxx|hh|inf|inx)$/i;
/** Folders that hold no source of the user's. */
const SKIPPED = new Set(['node_modules', '.git', '.vs', '.svn', '.hg']);

export interface FoundFiles {
  /** Absolute, sorted, each once. */
  readonly files: readonly string[];
  /** `.vcxproj` files that were named, absolute; what they compile is not among the files. */
  readonly projects: readonly string[];
  /** Folders that may be read, absolute: the repository around each path, else the folder itself. */
  readonly roots: readonly string[];
  /** One sentence for each path that cannot be used. */
  readonly problems: readonly string[];
}

/** Source and INF files behind the given files and folders. Symbolic links to folders are not followed. */
export function findFiles(paths: readonly string[], cwd: string): FoundFiles {
  const files = new Set<string>();
  const projects = new Set<string>();
  const roots = new Set<string>();
  const problems: string[] = [];
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    try {
      const isFolder = statSync(absolute).isDirectory();
      if (isFolder) walk(absolute, files, problems);
      else if (/\.vcxproj$/i.test(absolute)) projects.add(absolute);
      else files.add(absolute);
      roots.add(rootAround(isFolder ? absolute : dirname(absolute)));
    } catch (error) {
      problems.push(
        (error as NodeJS.ErrnoException).code === 'ENOENT'
          ? `${path}: there is no such file or folder`
          : `${path}: cannot be read (${(error as Error).message})`,
      );
    }
  }
  return { files: [...files].toSorted(), projects: [...projects].toSorted(), roots: [...roots], problems };
}

/** The repository that a folder is in, for projects name files beside and above them; else the folder. */
export function rootAround(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return folder;
  }
}

function walk(folder: string, files: Set<string>, problems: string[]): void {
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    try {
      for (const entry of readdirSync(next, { withFileTypes: true })) {
        const path = join(next, entry.name);
        if (entry.isDirectory()) {
          if (!SKIPPED.has(entry.name)) pending.push(path);
        } else if (entry.isFile() && SOURCE.test(entry.name)) files.add(path);
      }
    } catch (error) {
      problems.push(`${next}: cannot be read (${(error as Error).message})`);
    }
  }
}
