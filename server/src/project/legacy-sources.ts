import { folderOf, nameOf, resolvePath } from '../text/uri.ts';
import type { ProjectFiles, ProjectInput, ProjectReading } from './build-settings.ts';
import { readCompilerOptions, splitCommand } from './compiler-options.ts';
import { foldersIn } from './vcxproj.ts';

const SOURCE = /\.(?:c|cc|cpp|cxx)$/i;
const INCLUDE_DEPTH = 8;
const VALUE_LIMIT = 64 * 1024;
/** Of the kit's environment; what is not known expands to nothing. */
const BUILT_IN: Readonly<Record<string, string>> = { o: 'obj', target_directory: 'obj' };

/**
 * Reads a `sources` file of the kit's old `build.exe`. Conditions are not evaluated but for those on macros that
 * the file sets itself. Of the others both sides count for the list of files, and none for the macros of the
 * compiler: a macro that only some builds have is not known.
 */
export async function readLegacySources(input: ProjectInput, files: ProjectFiles): Promise<ProjectReading> {
  const folder = folderOf(input.uri);
  const dependencies = new Set<string>();
  const read = async (undecided: boolean) => {
    const macros = new Map<string, string>();
    await readLines(input.text, input.uri, { macros, dependencies, files, depth: 0, undecided });
    return (name: string) => macros.get(name) ?? '';
  };
  const value = await read(true);
  const certain = await read(false);
  const words = (name: string) => splitCommand(value(name), 'windows');
  const options = readCompilerOptions(
    ['c_defines', 'user_c_flags'].flatMap((name) => splitCommand(certain(name), 'windows')),
  );
  const sources = new Set<string>();
  const missing = new Set<string>();
  // `build` also compiles what stands in these for one machine; all of them belong to the driver.
  for (const list of ['sources', 'i386_sources', 'amd64_sources', 'ia64_sources', 'arm_sources']) {
    for (const path of words(list)) {
      if (!SOURCE.test(path)) continue;
      const uri = await files.find(folder, path);
      if (uri === undefined) missing.add(resolvePath(folder, path) ?? path);
      else sources.add(uri);
    }
  }
  return {
    settings: {
      name: value('targetname') || nameOf(folder),
      uri: input.uri,
      kind: 'sources',
      configuration: undefined,
      configurations: [],
      defines: options.defines,
      fileDefines: new Map(),
      includeFolders: foldersIn(folder, [
        ...value('includes')
          .split(/[;\s]+/)
          .filter((path) => path !== ''),
        ...options.includeFolders,
      ]),
      forcedIncludes: options.forcedIncludes,
      sources: [...sources].toSorted(),
      missing: [...missing].toSorted(),
      headers: [],
      infs: [],
      ...(value('kmdf_version') || value('kmdf_version_major') ? { driverType: 'KMDF' } : {}),
    },
    problems: [],
    dependencies: [...dependencies].toSorted(),
  };
}

interface Reading {
  readonly macros: Map<string, string>;
  readonly dependencies: Set<string>;
  readonly files: ProjectFiles;
  readonly depth: number;
  /** Whether what stands under an undecided condition counts. */
  readonly undecided: boolean;
}

/** A `#` opens a comment at the start of a word. */
function withoutComment(line: string): string {
  const at = line.search(/(?:^|\s)#/);
  return at < 0 ? line : line.slice(0, at);
}

async function readLines(text: string, uri: string, reading: Reading): Promise<void> {
  const { macros, dependencies, files, depth, undecided } = reading;
  /** Of each open `!if`: whether this side counts, and whether the next may. */
  const stack: { counts: boolean; decided: boolean; isOpen: boolean }[] = [];
  const joined = text.replace(/^\uFEFF/, '').replace(/\\[ \t]*\r?\n/g, ' ');
  for (const line of joined.split(/\r?\n/)) {
    const directive = /^!\s*([a-z]+)([^]*)/i.exec(line.trim());
    const isLive = stack.every((item) => item.counts);
    if (directive) {
      const name = (directive[1] as string).toLowerCase();
      const rest = (directive[2] as string).trim();
      const top = stack.at(-1);
      if (name === 'if' || name === 'ifdef' || name === 'ifndef')
        stack.push(side(conditionOf(name, rest, macros), undecided));
      else if (name === 'endif') stack.pop();
      else if (name === 'else' && top) {
        const chained = /^(ifdef|ifndef|if)\s([^]*)/i.exec(rest);
        const holds = chained
          ? conditionOf((chained[1] as string).toLowerCase(), chained[2] as string, macros)
          : true;
        // Behind an undecided side this one is undecided, too.
        top.isOpen ||= holds === undefined;
        top.counts = !top.decided && holds !== false && (!top.isOpen || undecided);
        top.decided ||= holds === true && chained !== null && !top.isOpen;
      } else if (name === 'include' && isLive && depth < INCLUDE_DEPTH) {
        const path = expandMacros(rest.replaceAll('"', ''), macros);
        const wanted = resolvePath(folderOf(uri), path);
        if (wanted !== undefined) dependencies.add(wanted);
        const found = await files.find(folderOf(uri), path);
        const content = found === undefined ? undefined : await files.readText(found);
        if (found !== undefined && content !== undefined) {
          await readLines(content, found, { ...reading, depth: depth + 1 });
        }
      }
      continue;
    }
    const setting = isLive && /^\s*([A-Za-z_]\w*)\s*=(.*)$/.exec(withoutComment(line));
    if (!setting) continue;
    const name = (setting[1] as string).toLowerCase();
    macros.set(name, expandMacros((setting[2] as string).trim(), macros).slice(0, VALUE_LIMIT));
  }
}

const side = (holds: boolean | undefined, undecided: boolean) => ({
  counts: holds ?? undecided,
  decided: holds === true,
  isOpen: holds === undefined,
});

function conditionOf(kind: string, text: string, macros: ReadonlyMap<string, string>): boolean | undefined {
  const named = /^(!?)\s*defined\s*\(\s*(\w+)\s*\)$/i.exec(text);
  const name = kind === 'if' ? named?.[2] : /^\w+$/.exec(text)?.[0];
  // Only what the file sets is known: the environment may set the rest.
  if (name === undefined || !macros.has(name.toLowerCase())) return undefined;
  return kind !== 'ifndef' && named?.[1] !== '!';
}

const expandMacros = (text: string, macros: ReadonlyMap<string, string>): string =>
  text.replace(/\$\((\w+)\)/g, (_, name: string) => {
    const key = name.toLowerCase();
    return macros.get(key) ?? BUILT_IN[key] ?? '';
  });
