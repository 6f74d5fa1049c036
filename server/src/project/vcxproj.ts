import { XmlElement } from '@rgrove/parse-xml';
import { folderOf, nameOf, resolvePath } from '../text/uri.ts';
import { addDefines, factorDefines, type ProjectFiles, type ProjectInput } from './build-settings.ts';
import type { ProjectReading } from './build-settings.ts';
import { readCompilerOptions, splitCommand } from './compiler-options.ts';
import { pickConfiguration, splitConfiguration } from './configuration.ts';
import { MsbuildEvaluation, type Metadata, type ProjectItem } from './msbuild-evaluation.ts';
import { platformDefines, platformNamed } from './platform.ts';
import { readXml } from './xml.ts';

/** Reads a `.vcxproj` under the configuration that is wanted, or the one that the author is likely to look at. */
export async function readVcxproj(input: ProjectInput, files: ProjectFiles): Promise<ProjectReading> {
  const xml = readXml(input.text);
  if ('problem' in xml) {
    const message = `${nameOf(input.uri)} cannot be read: ${xml.problem}. Until that is mended, its files are taken for a driver by their folder`;
    return { settings: undefined, problems: [{ uri: input.uri, message }], dependencies: [] };
  }
  const guess = pickConfiguration(configurationsIn(xml.root), input.wanted) ?? 'Debug|x64';
  let build = await MsbuildEvaluation.run(input.uri, xml.root, splitConfiguration(guess), files);
  let configurations = configurationsOf(build);
  const active = pickConfiguration(configurations, input.wanted);
  if (active !== undefined && active !== guess) {
    // Configurations that an import brought: once more under the right one.
    build = await MsbuildEvaluation.run(input.uri, xml.root, splitConfiguration(active), files);
    configurations = configurationsOf(build);
  }

  const folder = folderOf(input.uri);
  const platform = platformNamed(build.property('Platform'));
  const toolset = build.property('PlatformToolset');
  const driverType = build.property('DriverType') || undefined;
  const isDriver = driverType !== undefined || /driver/i.test(toolset + build.property('ConfigurationType'));
  const targetName = build.property('TargetName') || nameOf(input.uri).replace(/\.vcxproj$/i, '');
  const targetVersion = build.property('TargetVersion') || (isDriver ? 'Windows10' : undefined);
  const ofKit = new Map([
    ...platformDefines(platform),
    ...(isDriver ? kitDefines(build, targetVersion) : []),
  ]);
  const defaults = build.defaultsOf('ClCompile');

  const perFile = new Map<string, ReadonlyMap<string, string>>();
  const outputs = ['IntDir', 'OutDir'].map((name) => build.property(name).toLowerCase());
  const isOutput = (path: string) =>
    outputs.some((output) => /\w/.test(output) && path.toLowerCase().startsWith(output));
  const missing: string[] = [];
  const ofFiles: string[] = [];
  for (const item of await build.items('ClCompile')) {
    if (/^true$/i.test(item.metadata.get('excludedfrombuild')?.trim() ?? '')) continue;
    const uri = await files.find(folder, item.path);
    if (uri === undefined) {
      // What the build itself writes, such as the stubs of an interface, need not be there.
      if (!isOutput(item.path)) missing.push(resolvePath(folder, item.path) ?? item.path);
      continue;
    }
    perFile.set(uri, definesOf(item.metadata, ofKit));
    ofFiles.push(...listOf(item.metadata.get('additionalincludedirectories')));
  }
  // Without files there is nothing to have in common: then the defaults are all there is to say.
  const { defines, fileDefines } =
    perFile.size > 0
      ? factorDefines(perFile)
      : { defines: definesOf(defaults, ofKit), fileDefines: new Map<string, ReadonlyMap<string, string>>() };
  const isThere = async (items: readonly ProjectItem[]): Promise<string[]> => {
    const found = await Promise.all(items.map((item) => files.find(folder, item.path)));
    return [...new Set(found.filter((uri) => uri !== undefined))].toSorted();
  };
  const options = optionsOf(defaults);
  const paths = (name: string) => listOf(defaults.get(name));
  return {
    settings: {
      name: nameOf(input.uri).replace(/\.vcxproj$/i, ''),
      uri: input.uri,
      kind: 'vcxproj',
      configuration: active,
      configurations,
      defines,
      fileDefines,
      includeFolders: foldersIn(folder, [
        ...paths('additionalincludedirectories'),
        ...options.includeFolders,
        ...ofFiles,
        ...listOf(build.property('IncludePath')),
      ]),
      forcedIncludes: [...paths('forcedincludefiles'), ...options.forcedIncludes],
      sources: [...perFile.keys()].toSorted(),
      missing: [...new Set(missing)].toSorted(),
      headers: await isThere(await build.items('ClInclude')),
      infs: await isThere(await build.items('Inf')),
      ...(driverType === undefined ? {} : { driverType }),
      ...(targetVersion === undefined ? {} : { targetVersion }),
      ...(platform === undefined ? {} : { platform }),
      ...(/[$%]|^$/.test(targetName) ? {} : { targetName }),
    },
    problems: build.problems,
    dependencies: [...build.dependencies].toSorted(),
  };
}

/** Configurations that the file itself lists, whatever the conditions around them. */
function configurationsIn(root: XmlElement): string[] {
  return root.children.flatMap((group) =>
    group instanceof XmlElement
      ? group.children.flatMap((item) =>
          item instanceof XmlElement && item.name === 'ProjectConfiguration'
            ? [item.attributes['Include'] ?? '']
            : [],
        )
      : [],
  );
}

const configurationsOf = (build: MsbuildEvaluation): string[] => [
  ...new Set(build.plainItems('ProjectConfiguration').filter((name) => name.includes('|'))),
];

const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');

export const foldersIn = (folder: string, paths: readonly string[]): string[] => [
  ...new Set(
    paths.flatMap((path) => {
      const uri = resolvePath(folder, `${path}/`);
      return uri === undefined ? [] : [`${uri.replace(/\/$/, '')}/`];
    }),
  ),
];

const optionsOf = (metadata: Metadata) =>
  readCompilerOptions(splitCommand(metadata.get('additionaloptions') ?? '', 'windows'));

function definesOf(metadata: Metadata, ofKit: ReadonlyMap<string, string>): Map<string, string> {
  const defines = new Map(ofKit);
  addDefines(defines, listOf(metadata.get('preprocessordefinitions')));
  const options = optionsOf(metadata);
  for (const [name, value] of options.defines) defines.set(name, value);
  for (const name of [...listOf(metadata.get('undefinepreprocessordefinitions')), ...options.undefines])
    defines.delete(name);
  return defines;
}

/** What the driver kit's own property sheets define. */
function kitDefines(build: MsbuildEvaluation, targetVersion: string | undefined): [string, string][] {
  const debug = build.property('UseDebugLibraries') || String(/debug/i.test(build.property('Configuration')));
  const target = build.property('_NT_TARGET_VERSION');
  return [
    ['WINNT', '1'],
    ...(/^true$/i.test(debug) ? [['DBG', '1'] as [string, string]] : []),
    ...(targetVersion !== undefined && /^0x[0-9a-f]+$/i.test(target)
      ? ([
          ['_WIN32_WINNT', target],
          ['WINVER', target],
        ] as [string, string][])
      : []),
  ];
}
