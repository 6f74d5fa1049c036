import { parse, type ParseError } from 'jsonc-parser';
import { folderOf, nameOf, resolvePath } from '../text/uri.ts';
import {
  DATABASE_SIZE_LIMIT,
  factorDefines,
  PROJECT_SIZE_LIMIT,
  type ProjectFiles,
  type ProjectInput,
} from './build-settings.ts';
import type { ProjectReading } from './build-settings.ts';
import { readCompilerOptions, splitCommand } from './compiler-options.ts';
import { platformNamed } from './platform.ts';
import { foldersIn } from './vcxproj.ts';

const SOURCE = /\.(?:c|cc|cpp|cxx)$/i;

/** Reads a `compile_commands.json`. It knows no targets: all its files are one project. */
export async function readCompileCommands(input: ProjectInput, files: ProjectFiles): Promise<ProjectReading> {
  const entries = readJson(input.text, DATABASE_SIZE_LIMIT);
  if (!Array.isArray(entries)) {
    const message = `${nameOf(input.uri)} cannot be read: ${typeof entries === 'string' ? entries : 'it is not a list'}. Let the build write it again`;
    return { settings: undefined, problems: [{ uri: input.uri, message }], dependencies: [] };
  }
  const perFile = new Map<string, ReadonlyMap<string, string>>();
  const missing = new Set<string>();
  const includeFolders = new Set<string>();
  const forcedIncludes = new Set<string>();
  let platform: string | undefined;
  for (const entry of entries as unknown[]) {
    if (typeof entry !== 'object' || entry === null) continue;
    const { directory, file, command, arguments: words } = entry as Record<string, unknown>;
    if (typeof file !== 'string' || !SOURCE.test(file)) continue;
    const base = typeof directory === 'string' ? resolvePath(folderOf(input.uri), directory) : undefined;
    const folder = base === undefined ? folderOf(input.uri) : `${base}/`;
    const uri = await files.find(folder, file);
    if (uri === undefined) {
      missing.add(resolvePath(folder, file) ?? file);
      continue;
    }
    const options = readCompilerOptions(
      Array.isArray(words)
        ? words.filter((word) => typeof word === 'string')
        : typeof command === 'string'
          ? splitCommand(command, isWindows(command, directory) ? 'windows' : 'posix')
          : [],
    );
    perFile.set(uri, options.defines);
    for (const one of foldersIn(folder, options.includeFolders)) includeFolders.add(one);
    for (const one of options.forcedIncludes) forcedIncludes.add((await files.find(folder, one)) ?? one);
    platform ??= platformOf(options.defines);
  }
  return {
    settings: {
      name: nameOf(folderOf(input.uri)),
      uri: input.uri,
      kind: 'compile-commands',
      configuration: undefined,
      configurations: [],
      ...factorDefines(perFile),
      includeFolders: [...includeFolders],
      forcedIncludes: [...forcedIncludes],
      sources: [...perFile.keys()].toSorted(),
      missing: [...missing].toSorted(),
      headers: [],
      infs: [],
      ...(platform === undefined ? {} : { platform }),
    },
    problems: [],
    dependencies: [],
  };
}

/** The value, or half a sentence that says what is wrong with it. */
export function readJson(text: string, limit = PROJECT_SIZE_LIMIT): unknown {
  if (text.length > limit) return `it is larger than ${limit / 1024 / 1024} MB`;
  const errors: ParseError[] = [];
  try {
    const value: unknown = parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
    const [first] = errors;
    if (first === undefined) return value;
    const line = text.slice(0, first.offset).split('\n').length;
    return `its JSON is broken at line ${line}`;
  } catch (error) {
    if (error instanceof RangeError) return 'its values are nested too deeply';
    throw error;
  }
}

const isWindows = (command: string, directory: unknown): boolean =>
  (typeof directory === 'string' && /^[A-Za-z]:|\\/.test(directory)) ||
  /^"?(?:[A-Za-z]:|[^\s"]*\\)/.test(command) ||
  /^"?[^\s"]*\b(?:cl|clang-cl)(?:\.exe)?["\s]/i.test(command);

/** A build that names the machine's macro has told its platform. */
function platformOf(defines: ReadonlyMap<string, string>): string | undefined {
  if (defines.has('_ARM64_')) return platformNamed('ARM64');
  if (defines.has('_AMD64_')) return platformNamed('x64');
  return defines.has('_X86_') ? platformNamed('Win32') : undefined;
}
