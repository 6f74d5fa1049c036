import { folderOf, nameOf, parentOf, resolvePath } from '../text/uri.ts';
import { addDefines, type ProjectInput, type ProjectReading } from './build-settings.ts';
import { readJson } from './compile-commands.ts';
import { platformNamed } from './platform.ts';
import { foldersIn } from './vcxproj.ts';

/** A reading of `c_cpp_properties.json`, and the compile commands it points to, as written and expanded. */
export interface CppPropertiesReading extends ProjectReading {
  readonly compileCommands: readonly string[];
}

/**
 * Reads `.vscode/c_cpp_properties.json`: macros and include folders for files that no project names. It never
 * says which files make a driver.
 */
export function readCppProperties(input: ProjectInput): CppPropertiesReading {
  const workspace = parentOf(folderOf(input.uri)) ?? folderOf(input.uri);
  const json = readJson(input.text);
  const list =
    typeof json === 'object' && json !== null && (json as Record<string, unknown>)['configurations'];
  if (!Array.isArray(list)) {
    const message = `${nameOf(input.uri)} cannot be read: ${typeof json === 'string' ? json : 'it has no list of configurations'}. Its macros and folders are not used until that is mended`;
    return {
      settings: undefined,
      problems: [{ uri: input.uri, message }],
      dependencies: [],
      compileCommands: [],
    };
  }
  const all = list.filter((item) => typeof item === 'object' && item !== null) as Record<string, unknown>[];
  const nameIn = (item: Record<string, unknown>) => (typeof item['name'] === 'string' ? item['name'] : '');
  const chosen = all.find((item) => nameIn(item) === input.wanted) ?? all[0] ?? {};
  const strings = (key: string): string[] => {
    const value = chosen[key];
    const items: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
    return items
      .filter((item) => typeof item === 'string')
      .map((item) =>
        item.replace(/\$\{workspaceFolder(?::[^{}]*)?\}|\$\{workspaceRoot\}/g, workspace.slice(0, -1)),
      )
      .filter((item) => !item.includes('${'));
  };
  const defines = new Map<string, string>();
  addDefines(defines, strings('defines'));
  const mode = /(?:^|-)(x64|x86|arm64|arm)$/.exec(strings('intelliSenseMode')[0] ?? '')?.[1];
  const platform = mode === undefined ? undefined : platformNamed(mode);
  return {
    settings: {
      name: nameIn(chosen) || nameOf(workspace),
      uri: input.uri,
      kind: 'cpp-properties',
      configuration: nameIn(chosen) || undefined,
      configurations: all.map(nameIn).filter((name) => name !== ''),
      defines,
      fileDefines: new Map(),
      // `**` asks for a search of the whole tree; the folder itself has to do.
      includeFolders: foldersIn(
        workspace,
        strings('includePath').map((path) => path.replace(/[\\/]?\*{1,2}$/, '')),
      ),
      forcedIncludes: strings('forcedInclude').map((path) => resolvePath(workspace, path) ?? path),
      sources: [],
      missing: [],
      headers: [],
      infs: [],
      ...(platform === undefined ? {} : { platform }),
    },
    problems: [],
    dependencies: [],
    compileCommands: strings('compileCommands'),
  };
}
