import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const SOURCE = /\.(?:c|cpp|cc|cxx|h|hpp|hxx|hh)$/i;
/** Folders that hold no source of the user's. */
const SKIPPED = new Set(['node_modules', '.git', '.vs', '.svn', '.hg']);

export interface FoundFiles {
  /** Absolute, sorted, each once. */
  readonly files: readonly string[];
  /** One sentence for each path that cannot be used. */
  readonly problems: readonly string[];
}

/** Source files behind the given files, folders and `.vcxproj` files. Symbolic links to folders are not followed. */
export function findFiles(paths: readonly string[], cwd: string): FoundFiles {
  const files = new Set<string>();
  const problems: string[] = [];
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    try {
      const stats = statSync(absolute);
      if (stats.isDirectory()) walk(absolute, files, problems);
      else if (/\.vcxproj$/i.test(absolute)) addProject(absolute, files, problems, cwd);
      else files.add(absolute);
    } catch (error) {
      problems.push(
        (error as NodeJS.ErrnoException).code === 'ENOENT'
          ? `${path}: there is no such file or folder`
          : `${path}: cannot be read (${(error as Error).message})`,
      );
    }
  }
  return { files: [...files].toSorted(), problems };
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

/** The compiled files a project names literally; conditions and imports are not evaluated. */
function addProject(project: string, files: Set<string>, problems: string[], cwd: string): void {
  const text = readFileSync(project, 'utf8');
  let found = 0;
  for (const [, include] of text.matchAll(/<ClCompile\s+Include\s*=\s*"([^"]+)"/g)) {
    const path = resolve(dirname(project), (include as string).replaceAll('\\', sep));
    try {
      files.add(realpathSync(path));
      found++;
    } catch {
      problems.push(`${relative(cwd, path)}: named by ${relative(cwd, project)}, but it is not there`);
    }
  }
  if (found === 0) problems.push(`${relative(cwd, project)}: it names no <ClCompile Include="..."> file`);
}
