import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readVcxproj } from '../../server/src/project/vcxproj.ts';
import { projectFiles } from '../support/project-files.ts';

const CONFIGURATIONS = `<ItemGroup Label="ProjectConfigurations">
  ${['Debug|Win32', 'Release|x64', 'Debug|x64', 'Debug|ARM64'].map((name) => `<ProjectConfiguration Include="${name}"/>`).join('')}
</ItemGroup>`;

const project = (body: string) =>
  `\uFEFF<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">${CONFIGURATIONS}${body}</Project>`;

async function read(body: string, files: Readonly<Record<string, string>> = {}, wanted = '') {
  const text = body.startsWith('<!') || body.startsWith('raw:') ? body.replace('raw:', '') : project(body);
  return readVcxproj(
    { uri: 'file:///w/mux/mux.vcxproj', text, wanted },
    projectFiles({ 'mux/a.c': '', ...files }),
  );
}

const settingsOf = async (...args: Parameters<typeof read>) => {
  const { settings, problems } = await read(...args);
  assert.deepEqual(problems, []);
  assert.ok(settings);
  return settings;
};

const definesOf = async (...args: Parameters<typeof read>) =>
  Object.fromEntries((await settingsOf(...args)).defines);

describe('configurations', () => {
  const cases: readonly [string, string][] = [
    ['', 'Debug|x64'],
    ['Release|x64', 'Release|x64'],
    ['release', 'Release|x64'],
    ['|ARM64', 'Debug|ARM64'],
    ['Debug|Win32', 'Debug|Win32'],
    ['Release|Win32', 'Debug|x64'],
    ['Nothing', 'Debug|x64'],
  ];
  for (const [wanted, chosen] of cases) {
    test(`${wanted || 'none'} is read as ${chosen}`, async () => {
      const settings = await settingsOf('', {}, wanted);
      assert.equal(settings.configuration, chosen);
      assert.deepEqual(settings.configurations, ['Debug|Win32', 'Release|x64', 'Debug|x64', 'Debug|ARM64']);
    });
  }

  test('they may come from an import', async () => {
    const text = '<Project><Import Project="configs.props"/></Project>';
    const items =
      '<Project><ItemGroup><ProjectConfiguration Include="Win8 Debug|x64"/></ItemGroup></Project>';
    const settings = await settingsOf(`raw:${text}`, { 'mux/configs.props': items });
    assert.equal(settings.configuration, 'Win8 Debug|x64');
  });
});

describe('macros', () => {
  const ifDefined = (name: string, value: string) =>
    `<ItemDefinitionGroup Condition="'$(Configuration)|$(Platform)'=='${name}'"><ClCompile><PreprocessorDefinitions>${value}</PreprocessorDefinitions></ClCompile></ItemDefinitionGroup>`;

  test('follow the configuration, inherit, and may be repeated', async () => {
    const body = `${ifDefined('Debug|x64', '%(PreprocessorDefinitions);NDIS60=1;A')}${ifDefined('Debug|x64', 'B=2;%(PreprocessorDefinitions)')}${ifDefined('Debug|ARM64', 'NDIS630=1')}<ItemGroup><ClCompile Include="a.c"/></ItemGroup>`;
    assert.deepEqual(await definesOf(body), {
      _WIN64: '1',
      _M_AMD64: '1',
      _M_X64: '1',
      _AMD64_: '1',
      B: '2',
      NDIS60: '1',
      A: '1',
    });
    const arm = await definesOf(body, {}, '|ARM64');
    assert.equal(arm['NDIS630'], '1');
    assert.equal(arm['NDIS60'], undefined);
    assert.equal(arm['_M_ARM64'], '1');
  });

  test('of single files add to those of all', async () => {
    const body = `${ifDefined('Debug|x64', 'ALL;GONE')}<ItemGroup>
      <ClCompile Include="a.c"><PreprocessorDefinitions>ONE=1;%(PreprocessorDefinitions)</PreprocessorDefinitions></ClCompile>
      <ClCompile Include="b.c"><PreprocessorDefinitions Condition="'$(Platform)'=='ARM'">NO</PreprocessorDefinitions>
        <UndefinePreprocessorDefinitions>GONE</UndefinePreprocessorDefinitions></ClCompile>
    </ItemGroup>`;
    const settings = await settingsOf(body, { 'mux/b.c': '' });
    assert.equal(settings.defines.get('ALL'), '1');
    assert.equal(settings.defines.has('GONE'), false);
    assert.deepEqual(
      [...(settings.fileDefines.get('file:///w/mux/a.c') ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1)),
      [
        ['GONE', '1'],
        ['ONE', '1'],
      ],
    );
    assert.equal(settings.fileDefines.has('file:///w/mux/b.c'), false);
  });

  test('come from properties, options and escapes', async () => {
    const body = `<PropertyGroup><Own>X=$(Platform)</Own></PropertyGroup>${ifDefined('Debug|x64', '$(Own);TEXT=\\&quot;a%3Bb\\&quot;;$(Missing)')}
      <ItemDefinitionGroup><ClCompile><AdditionalOptions>/DY=1 -D Z /W4 %(AdditionalOptions)</AdditionalOptions></ClCompile></ItemDefinitionGroup>`;
    const defines = await definesOf(body);
    assert.equal(defines['X'], 'x64');
    assert.equal(defines['Y'], '1');
    assert.equal(defines['Z'], '1');
  });

  test('are those of the kit for drivers', async () => {
    const driver = (target: string) =>
      `<PropertyGroup><DriverType>KMDF</DriverType><TargetVersion>${target}</TargetVersion><UseDebugLibraries>true</UseDebugLibraries></PropertyGroup>
       <PropertyGroup Condition="$(_NT_TARGET_VERSION)&lt;$(_NT_TARGET_VERSION_WIN8)"><Old>OLD</Old></PropertyGroup>${ifDefined('Debug|x64', '$(Old)')}`;
    const settings = await settingsOf(driver('Windows7'));
    assert.equal(settings.defines.get('DBG'), '1');
    assert.equal(settings.defines.get('_WIN32_WINNT'), '0x0601');
    assert.equal(settings.defines.get('OLD'), '1');
    assert.deepEqual(
      [settings.driverType, settings.targetVersion, settings.platform],
      ['KMDF', 'Windows7', 'x64'],
    );
    assert.equal((await settingsOf(driver('Windows10'))).defines.has('OLD'), false);
  });
});

describe('files', () => {
  test('are named, excluded, removed, matched whatever their case, and missing', async () => {
    const body = `<ItemGroup>
      <ClCompile Include="A.C;..\\lib\\b.c"/><ClCompile Include="gen*.cpp" Exclude="gen2.cpp"/>
      <ClCompile Include="off.c"><ExcludedFromBuild Condition="'$(Platform)'=='x64'">true</ExcludedFromBuild></ClCompile>
      <ClCompile Include="arm.c" Condition="'$(Platform)'=='ARM64'"/>
      <ClCompile Include="away.c"/><ClCompile Remove="away.c"/>
      <ClCompile Include="gone.c"/><ClCompile Include="$(IntDir)stubs.c"/>
      <ClInclude Include="*.h"/><ClInclude Include="gone.h"/><Inf Include="mux.inf"/>
    </ItemGroup>`;
    const files = [
      'lib/b.c',
      'mux/gen1.cpp',
      'mux/gen2.cpp',
      'mux/off.c',
      'mux/arm.c',
      'mux/away.c',
      'mux/m.h',
      'mux/mux.inf',
    ];
    const settings = await settingsOf(body, Object.fromEntries(files.map((name) => [name, ''])));
    const names = (list: readonly string[]) => list.map((uri) => uri.replace('file:///w/', ''));
    assert.deepEqual(names(settings.sources), ['lib/b.c', 'mux/a.c', 'mux/gen1.cpp']);
    assert.deepEqual(names(settings.missing), ['mux/gone.c']);
    assert.deepEqual(names(settings.headers), ['mux/m.h']);
    assert.deepEqual(names(settings.infs), ['mux/mux.inf']);
  });

  test('include folders and forced headers', async () => {
    const body = `<ItemDefinitionGroup><ClCompile>
      <AdditionalIncludeDirectories>..\\inc;$(ProjectDir)own;$(DDK_INC_PATH);%(AdditionalIncludeDirectories)</AdditionalIncludeDirectories>
      <ForcedIncludeFiles>first.h</ForcedIncludeFiles></ClCompile></ItemDefinitionGroup>
      <ItemGroup><ClCompile Include="a.c"><AdditionalIncludeDirectories>more;%(AdditionalIncludeDirectories)</AdditionalIncludeDirectories></ClCompile></ItemGroup>`;
    const settings = await settingsOf(body);
    assert.deepEqual(settings.includeFolders, [
      'file:///w/inc/',
      'file:///w/mux/own/',
      'file:///w/mux/more/',
    ]);
    assert.deepEqual(settings.forcedIncludes, ['first.h']);
  });
});

describe('imports', () => {
  const sheet = (name: string, more = '') =>
    `<Project>${more}<ItemDefinitionGroup><ClCompile><PreprocessorDefinitions>${name};%(PreprocessorDefinitions)</PreprocessorDefinitions></ClCompile></ItemDefinitionGroup></Project>`;

  test('are relative to the file that imports, conditional, and dependencies', async () => {
    const body = `<Import Project="..\\build\\one.props"/><Import Project="none.props" Condition="exists('none.props')"/>
      <ImportGroup Condition="'$(Platform)'=='ARM64'"><Import Project="..\\build\\arm.props"/></ImportGroup>
      <Import Project="$(VCTargetsPath)\\Microsoft.Cpp.props"/><Import Project="missing.props"/>
      <Choose><When Condition="false"/><When Condition="true"><ItemGroup><ClCompile Include="a.c"/></ItemGroup></When><Otherwise><PropertyGroup/></Otherwise></Choose>`;
    const { settings, problems, dependencies } = await read(body, {
      'build/one.props': sheet('ONE', '<Import Project="two.props"/>'),
      'build/two.props': sheet('TWO'),
      'build/arm.props': sheet('ARM'),
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      [...(settings?.defines.keys() ?? [])].filter((name) => /^[A-Z]+$/.test(name)).toSorted(),
      ['ONE', 'TWO'],
    );
    assert.ok(dependencies.includes('file:///w/build/two.props'));
    assert.ok(dependencies.includes('file:///w/mux/missing.props'), 'its creation matters');
    assert.ok(dependencies.includes('file:///w/mux/none.props'));
    assert.deepEqual(settings?.sources, ['file:///w/mux/a.c']);
  });

  test('Directory.Build.props comes with the defaults, the nearest one above', async () => {
    const body = '<Import Project="$(VCTargetsPath)\\Microsoft.Cpp.Default.props"/>';
    const files = { 'Directory.Build.props': sheet('TOP'), 'other/Directory.Build.props': sheet('OTHER') };
    assert.equal((await definesOf(body, files))['TOP'], '1');
  });

  test('$(SolutionDir) is the folder of the solution above', async () => {
    const files = { 'all.sln': '', 'build/x.props': sheet('X') };
    assert.equal((await definesOf('<Import Project="$(SolutionDir)build\\x.props"/>', files))['X'], '1');
  });

  test('circles and chains end', async () => {
    const files: Record<string, string> = {
      'mux/me.props': sheet('ME', '<Import Project="me.props"/><Import Project="mux.vcxproj"/>'),
    };
    for (let i = 0; i < 50; i++)
      files[`mux/c${i}.props`] = sheet(`C${i}`, `<Import Project="c${i + 1}.props"/>`);
    const defines = await definesOf('<Import Project="me.props"/><Import Project="c0.props"/>', files);
    assert.equal(defines['ME'], '1');
    assert.equal(defines['C0'], '1');
    assert.equal(defines['C49'], undefined);
  });

  test('a broken one is told, and the rest is used', async () => {
    const { settings, problems } = await read(
      '<Import Project="bad.props"/><ItemGroup><ClCompile Include="a.c"/></ItemGroup>',
      {
        'mux/bad.props': '<Project><PropertyGroup>',
      },
    );
    assert.deepEqual(settings?.sources, ['file:///w/mux/a.c']);
    assert.equal(problems.length, 1);
    assert.equal(problems[0]?.uri, 'file:///w/mux/bad.props');
    assert.match(
      problems[0]?.message ?? '',
      /^bad\.props cannot be read: its XML is broken at line 1\. mux\.vcxproj imports it/,
    );
  });
});

describe('what cannot be used is one clear sentence', () => {
  const bomb = `<!DOCTYPE Project [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 20 }, (_, i) => `<!ENTITY b${i} "${`&${i === 0 ? 'a' : `b${i - 1}`};`.repeat(10)}">`).join('')}]><Project>&b19;</Project>`;
  const cases: readonly [string, string, RegExp][] = [
    ['broken XML', 'raw:<Project>\n<ItemGroup>\n</Project>', /its XML is broken at line 3/],
    ['nothing', 'raw:', /its XML is broken/],
    ['entities', bomb, /its XML is broken at line 1/],
    [
      'an external entity',
      '<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]><Project>&x;</Project>',
      /its XML is broken/,
    ],
    ['more than 1 MB', `raw:<Project>${' '.repeat(1024 * 1024)}</Project>`, /larger than 1 MB/],
    [
      'bottomless nesting',
      `raw:${'<a>'.repeat(120_000)}${'</a>'.repeat(120_000)}`.slice(0, 1_000_000),
      /nested too deeply|broken/,
    ],
  ];
  for (const [name, text, message] of cases) {
    test(name, async () => {
      const { settings, problems } = await read(text);
      assert.equal(settings, undefined);
      assert.equal(problems.length, 1);
      assert.match(problems[0]?.message ?? '', message);
      assert.match(problems[0]?.message ?? '', /^mux\.vcxproj cannot be read: /);
    });
  }

  test('5,000 nested elements are harmless', async () => {
    for (const name of ['ItemGroup', 'Choose', 'ImportGroup', 'When']) {
      const { problems } = await read(`${`<${name}>`.repeat(5000)}${`</${name}>`.repeat(5000)}`);
      assert.ok(problems.length <= 1);
    }
  });

  test('long runs of what only looks like something do not take for ever', async () => {
    for (const run of ['$(', '%(', "exists('", ' ', '*', '\\', ';']) {
      const text = run
        .repeat(900_000 / run.length)

        .slice(0, 900_000);
      await read(
        `<PropertyGroup Condition="${text}"><P>${text}</P></PropertyGroup><ItemGroup><ClCompile Include="${text}"/></ItemGroup>`.slice(
          0,
          1_000_000,
        ),
      );
      const body = `<ItemGroup><ClCompile Include="${text}x.c"/></ItemGroup>`;
      const { problems } = await read(body);
      assert.deepEqual(problems, []);
    }
  });

  test('a property that doubles itself does not grow without end', async () => {
    const body = `<PropertyGroup><P>x;y</P>${'<P>$(P)$(P)</P>'.repeat(60)}</PropertyGroup><ItemGroup><ClCompile Include="a.c"/></ItemGroup>`;
    assert.deepEqual((await settingsOf(body)).sources, ['file:///w/mux/a.c']);
  });
});
