import { dirname, resolve } from 'node:path';
import { type Analyzer, folderOf, type ProjectProblem } from '../../index.ts';
import type { CommandHost } from '../command.ts';
import { findFiles, type FoundFiles, rootAround } from './files.ts';

/** What the paths of the command line lead to. */
export function findPaths(
  paths: readonly string[],
  stdinPath: string | undefined,
  host: CommandHost,
): FoundFiles {
  if (stdinPath === undefined) return findFiles(paths, host.cwd);
  const roots = [rootAround(dirname(resolve(host.cwd, stdinPath)))];
  return { files: [stdinPath], projects: [], roots, problems: [] };
}

/** What the named projects compile, and what of it is not there. */
export async function filesOfProjects(
  analyzer: Analyzer,
  projects: readonly string[],
  host: CommandHost,
): Promise<{ files: string[]; problems: string[] }> {
  const files: string[] = [];
  const problems: string[] = [];
  for (const path of projects) {
    const name = host.relative(path);
    const reading = await analyzer.project(host.toUri(path));
    problems.push(...(reading?.problems ?? []).map((problem) => describe(problem, host)));
    const { settings } = reading ?? {};
    if (!settings) {
      if (!reading) problems.push(`${name}: cannot be read; check its permissions`);
      continue;
    }
    files.push(...settings.sources.map(host.toPath), ...settings.infs.map(host.toPath));
    problems.push(
      ...settings.missing.map((uri) =>
        uri.startsWith('file:')
          ? `${host.relative(host.toPath(uri))}: named by ${name}, but it is not there`
          : `${uri}: named by ${name}, but it cannot be found`,
      ),
    );
    if (settings.sources.length + settings.missing.length === 0) {
      problems.push(`${name}: it names no <ClCompile Include="..."> file`);
    }
  }
  return { files, problems };
}

const describe = ({ uri, message }: ProjectProblem, host: CommandHost): string =>
  `${host.relative(host.toPath(uri))}: ${message}`;

/** Problems of projects that concern what was asked for; the repository around it may have others. */
export function projectProblems(
  analyzer: Analyzer,
  { files, projects }: FoundFiles,
  paths: readonly string[],
  host: CommandHost,
): string[] {
  const folders = paths.map((path) => `${host.toUri(resolve(host.cwd, path))}/`);
  const beside = new Set([...files, ...projects].map((path) => folderOf(host.toUri(path))));
  return analyzer.projectProblems
    .filter(({ uri }) => folders.some((folder) => uri.startsWith(folder)) || beside.has(folderOf(uri)))
    .map((problem) => describe(problem, host));
}
