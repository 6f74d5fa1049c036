/** What a project file of a kernel driver says. */
export interface ProjectContent {
  /** In braces, upper case. */
  readonly guid: string;
  readonly sources: readonly string[];
  readonly headers: readonly string[];
  readonly infs: readonly string[];
  readonly defines: readonly string[];
  /** Of the kit, by name. */
  readonly libraries: readonly string[];
}

const CONFIGURATIONS = ['Debug', 'Release'] as const;
const PLATFORMS = ['x64', 'ARM64'] as const;
const ALL = CONFIGURATIONS.flatMap((configuration) =>
  PLATFORMS.map((platform) => ({ configuration, platform })),
);

/** A `.vcxproj` that Visual Studio opens when the driver kit is installed. */
export function projectFile({ guid, sources, headers, infs, defines, libraries }: ProjectContent): string[] {
  const items = (name: string, files: readonly string[]): string[] =>
    files.length === 0
      ? []
      : ['  <ItemGroup>', ...files.map((file) => `    <${name} Include="${file}" />`), '  </ItemGroup>'];
  const configurations = ALL.flatMap(({ configuration, platform }) => [
    `    <ProjectConfiguration Include="${configuration}|${platform}">`,
    `      <Configuration>${configuration}</Configuration>`,
    `      <Platform>${platform}</Platform>`,
    '    </ProjectConfiguration>',
  ]);
  const settings = CONFIGURATIONS.flatMap((configuration) => [
    `  <PropertyGroup Label="Configuration" Condition="'$(Configuration)'=='${configuration}'">`,
    `    <UseDebugLibraries>${configuration === 'Debug'}</UseDebugLibraries>`,
    '  </PropertyGroup>',
  ]);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<Project DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">',
    '  <ItemGroup Label="ProjectConfigurations">',
    ...configurations,
    '  </ItemGroup>',
    '  <PropertyGroup Label="Globals">',
    `    <ProjectGuid>{${guid.toUpperCase()}}</ProjectGuid>`,
    '    <RootNamespace>$(MSBuildProjectName)</RootNamespace>',
    `    <Configuration Condition="'$(Configuration)' == ''">Debug</Configuration>`,
    `    <Platform Condition="'$(Platform)' == ''">x64</Platform>`,
    '  </PropertyGroup>',
    '  <Import Project="$(VCTargetsPath)\\Microsoft.Cpp.Default.props" />',
    '  <PropertyGroup Label="Configuration">',
    '    <TargetVersion>Windows10</TargetVersion>',
    '    <DriverTargetPlatform>Windows Driver</DriverTargetPlatform>',
    '    <DriverType>WDM</DriverType>',
    '    <PlatformToolset>WindowsKernelModeDriver10.0</PlatformToolset>',
    '    <ConfigurationType>Driver</ConfigurationType>',
    '  </PropertyGroup>',
    ...settings,
    '  <Import Project="$(VCTargetsPath)\\Microsoft.Cpp.props" />',
    '  <ImportGroup Label="PropertySheets">',
    `    <Import Project="$(UserRootDir)\\Microsoft.Cpp.$(Platform).user.props" Condition="exists('$(UserRootDir)\\Microsoft.Cpp.$(Platform).user.props')" />`,
    '  </ImportGroup>',
    '  <ItemDefinitionGroup>',
    '    <ClCompile>',
    ...(defines.length === 0
      ? []
      : [
          `      <PreprocessorDefinitions>${defines.join(';')};%(PreprocessorDefinitions)</PreprocessorDefinitions>`,
        ]),
    '      <WarningLevel>Level4</WarningLevel>',
    '      <TreatWarningAsError>true</TreatWarningAsError>',
    // What the kit's own headers do not stand at this level.
    '      <DisableSpecificWarnings>4127;4201;4214;%(DisableSpecificWarnings)</DisableSpecificWarnings>',
    '    </ClCompile>',
    '    <Link>',
    `      <AdditionalDependencies>${libraries.map((library) => `$(DDK_LIB_PATH)\\${library}`).join(';')};%(AdditionalDependencies)</AdditionalDependencies>`,
    '    </Link>',
    '    <DriverSign>',
    '      <FileDigestAlgorithm>sha256</FileDigestAlgorithm>',
    '    </DriverSign>',
    '  </ItemDefinitionGroup>',
    ...items('ClCompile', sources),
    ...items('ClInclude', headers),
    ...items('Inf', infs),
    ...items('FilesToPackage', ['$(TargetPath)']),
    '  <Import Project="$(VCTargetsPath)\\Microsoft.Cpp.targets" />',
    '</Project>',
  ];
}
