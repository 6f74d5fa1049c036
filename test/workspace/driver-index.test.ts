import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Analyzer } from '../../server/src/index.ts';
import { memoryWorkspace, type MemoryWorkspace } from '../support/analyse.ts';

const GOOD = readFileSync(join(process.cwd(), 'examples/good/ndis-miniport/driver.c'), 'utf8');
const FAULTY = GOOD.replace(/.*PauseHandler = .*\n/, '');
const WITH_HEADER = GOOD.replace('#include <ndis.h>', '#include <ndis.h>\n#include "versions.h"').replace(
  'Version = 30',
  'Version = MINOR',
);

const uriOf = (name: string) => `file:///w/${name}`;

/** `rule at offset: message` of a file. */
async function findingsOf(analyzer: Analyzer, name: string): Promise<string[]> {
  const diagnosis = await analyzer.diagnose(uriOf(name));
  assert.deepEqual(diagnosis?.failures ?? [], []);
  return (diagnosis?.findings ?? []).map(
    ({ rule, range, message, related }) =>
      `${rule} ${range.start}-${range.end}: ${message}${related.map((item) => ` / ${item.uri ?? ''} ${item.range.start} ${item.message}`).join('')}`,
  );
}

const rulesOf = async (analyzer: Analyzer, name: string) =>
  (await findingsOf(analyzer, name)).map((finding) => finding.split(' ')[0]);

async function using(
  files: Readonly<Record<string, string>>,
  run: (workspace: MemoryWorkspace) => Promise<void>,
  settings: unknown = {},
): Promise<void> {
  const workspace = await memoryWorkspace(files, settings);
  await run(workspace);
  assert.deepEqual(workspace.errors, []);
  workspace.analyzer.dispose();
}

const vcxproj = (sources: readonly string[], defines = '', more = '') =>
  `<Project><ItemGroup><ProjectConfiguration Include="Debug|x64"/><ProjectConfiguration Include="Release|x64"/></ItemGroup>${more}
   <ItemDefinitionGroup><ClCompile><PreprocessorDefinitions>${defines};%(PreprocessorDefinitions)</PreprocessorDefinitions></ClCompile></ItemDefinitionGroup>
   <ItemGroup>${sources.map((name) => `<ClCompile Include="${name}"/>`).join('')}</ItemGroup></Project>`;

const UNDER_IF = GOOD.replace(
  '= MPPause;',
  '= MPPause;\n#if NO_PAUSE\n    chars.PauseHandler = NULL;\n#endif',
);

describe('what the build says', () => {
  test('macros of the project decide an #if, and settings win over it', async () => {
    const files = { 'p.vcxproj': vcxproj(['driver.c'], 'NO_PAUSE=1'), 'driver.c': UNDER_IF };
    await using(files, async ({ analyzer }) => {
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), ['missing-required-handler']);
      analyzer.apply({ kind: 'settings', settings: { defines: ['NO_PAUSE=0'] } });
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), []);
    });
  });

  test('a macro that the headers of the system derive decides, too', async () => {
    const text = UNDER_IF.replace('NO_PAUSE', 'NDIS_SUPPORT_NDIS640').replace(
      '= NULL',
      '= NULL; chars.Flags = 0',
    );
    for (const [defines, found] of [
      ['NDIS650_MINIPORT', 1],
      ['NDIS630_MINIPORT', 0],
    ] as const) {
      await using({ 'p.vcxproj': vcxproj(['driver.c'], defines), 'driver.c': text }, async ({ analyzer }) => {
        const rules = await rulesOf(analyzer, 'driver.c');
        assert.equal(rules.filter((rule) => rule === 'missing-required-handler').length, found, defines);
      });
    }
  });

  test('include folders, forced headers, and names in another case', async () => {
    const more =
      '<ItemDefinitionGroup><ClCompile><AdditionalIncludeDirectories>deep\\inc</AdditionalIncludeDirectories><ForcedIncludeFiles>forced.h</ForcedIncludeFiles></ClCompile></ItemDefinitionGroup>';
    const files = {
      'p.vcxproj': vcxproj(['driver.c'], '', more),
      'driver.c': WITH_HEADER.replace('versions.h', 'Versions.H'),
      'deep/inc/versions.h': '#define MINOR BASE\n',
      'deep/inc/forced.h': '#define BASE 31\n',
    };
    await using(files, async ({ analyzer, write }) => {
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), ['unsupported-ndis-version']);
      write('deep/inc/forced.h', '#define BASE 30\n');
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), []);
    });
  });

  test('a forced header that is named by its path', async () => {
    for (const path of ['$(ProjectDir)inc\\forced.h', 'inc\\forced.h']) {
      const more = `<ItemDefinitionGroup><ClCompile><ForcedIncludeFiles>${path}</ForcedIncludeFiles></ClCompile></ItemDefinitionGroup>`;
      const files = {
        'p.vcxproj': vcxproj(['driver.c'], '', more),
        'driver.c': GOOD.replace('Version = 30', 'Version = MINOR'),
        'inc/forced.h': '#define MINOR 31\n',
      };
      await using(files, async ({ analyzer }) => {
        assert.deepEqual(await rulesOf(analyzer, 'driver.c'), ['unsupported-ndis-version'], path);
      });
    }
  });

  test('a value that the project defines is known', async () => {
    const files = { 'p.vcxproj': vcxproj(['driver.c'], 'MINOR=31'), 'driver.c': WITH_HEADER };
    await using(files, async ({ analyzer, write }) => {
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), ['unsupported-ndis-version']);
      write('p.vcxproj', vcxproj(['driver.c'], 'MINOR=30'));
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), []);
    });
  });

  test('the configuration is a setting, and the driver says which is read', async () => {
    const release = `<ItemDefinitionGroup Condition="'$(Configuration)'=='Release'"><ClCompile><PreprocessorDefinitions>NO_PAUSE=1</PreprocessorDefinitions></ClCompile></ItemDefinitionGroup>`;
    const files = {
      'mp.vcxproj': vcxproj(['driver.c'], 'NO_PAUSE=0').replace('</Project>', `${release}</Project>`),
      'driver.c': UNDER_IF,
    };
    await using(files, async ({ analyzer }) => {
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), []);
      analyzer.apply({ kind: 'settings', settings: { configuration: 'Release' } });
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), ['missing-required-handler']);
      const { name, configuration, configurations } = await analyzer.driverOf(uriOf('driver.c'));
      assert.deepEqual(
        [name, configuration, configurations],
        ['mp', 'Release|x64', ['Debug|x64', 'Release|x64']],
      );
    });
  });

  test('a sheet that a project imports is watched', async () => {
    const sheet = (value: string) =>
      `<Project><ItemDefinitionGroup><ClCompile><PreprocessorDefinitions>NO_PAUSE=${value}</PreprocessorDefinitions></ClCompile></ItemDefinitionGroup></Project>`;
    const project = vcxproj(['driver.c']).replace('</Project>', '<Import Project="own.props"/></Project>');
    await using({ 'p.vcxproj': project, 'driver.c': UNDER_IF }, async ({ analyzer, write }) => {
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), []);
      write('own.props', sheet('1'));
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), ['missing-required-handler']);
      write('own.props', sheet('0'));
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), []);
      write('own.props', '<broken');
      await rulesOf(analyzer, 'driver.c');
      assert.equal(analyzer.projectProblems.length, 1);
      write('own.props', undefined);
      await rulesOf(analyzer, 'driver.c');
      assert.deepEqual(analyzer.projectProblems, []);
    });
  });
});

describe('changes', () => {
  test('of a file on the disk, unless it is open: then its text wins', async () => {
    await using({ 'driver.c': GOOD }, async ({ analyzer, write }) => {
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), []);
      write('driver.c', FAULTY);
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), ['missing-required-handler']);
      analyzer.apply({ kind: 'text', uri: uriOf('driver.c'), text: GOOD, version: 1 });
      write('driver.c', FAULTY.replace('30', '31'));
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), []);
      analyzer.apply({ kind: 'close', uri: uriOf('driver.c') });
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), [
        'unsupported-ndis-version',
        'missing-required-handler',
      ]);
    });
  });

  test('a header that comes, changes, moves and goes', async () => {
    await using({ 'src/driver.c': WITH_HEADER }, async ({ analyzer, write, writeQuietly }) => {
      assert.deepEqual(await rulesOf(analyzer, 'src/driver.c'), []);
      write('inc/versions.h', '#define MINOR 31\n');
      assert.deepEqual(await rulesOf(analyzer, 'src/driver.c'), ['unsupported-ndis-version']);
      write('src/versions.h', '#define MINOR 30\n');
      assert.deepEqual(await rulesOf(analyzer, 'src/driver.c'), []);
      write('src/versions.h', undefined);
      assert.deepEqual(await rulesOf(analyzer, 'src/driver.c'), ['unsupported-ndis-version']);
      // A folder is renamed: the watcher tells of the folders only.
      writeQuietly('inc/versions.h', undefined);
      analyzer.apply({ kind: 'disk', uri: uriOf('inc') });
      assert.deepEqual(await rulesOf(analyzer, 'src/driver.c'), []);
    });
  });

  test('a folder that goes takes its files along', async () => {
    const workspace = await memoryWorkspace({
      'src/driver.c': WITH_HEADER,
      'inc/versions.h': '#define MINOR 31\n',
    });
    const { analyzer } = workspace;
    assert.deepEqual(await rulesOf(analyzer, 'src/driver.c'), ['unsupported-ndis-version']);
    workspace.writeQuietly('inc/versions.h', undefined);
    analyzer.apply({ kind: 'disk', uri: uriOf('inc'), event: 'deleted' });
    assert.deepEqual(await rulesOf(analyzer, 'src/driver.c'), []);
    workspace.writeQuietly('inc/versions.h', '#define MINOR 31\n');
    analyzer.apply({ kind: 'disk', uri: uriOf('inc'), event: 'created' });
    assert.deepEqual(await rulesOf(analyzer, 'src/driver.c'), ['unsupported-ndis-version']);
    analyzer.dispose();
  });

  test('a header that is new and not saved', async () => {
    await using({ 'driver.c': WITH_HEADER }, async ({ analyzer }) => {
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), []);
      analyzer.apply({ kind: 'text', uri: uriOf('versions.h'), text: '#define MINOR 31\n', version: 1 });
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), ['unsupported-ndis-version']);
      analyzer.apply({ kind: 'close', uri: uriOf('versions.h') });
      assert.deepEqual(await rulesOf(analyzer, 'driver.c'), []);
    });
  });

  test('an entry function that is written takes its folder over, and gives it back', async () => {
    const part = 'VOID Part(VOID)\n{\n}\n';
    await using({ 'a/driver.c': GOOD, 'a/b/part.c': part }, async ({ analyzer }) => {
      const owner = async () => (await analyzer.driverOf(uriOf('a/b/part.c'))).name;
      assert.equal(await owner(), 'a');
      analyzer.apply({ kind: 'text', uri: uriOf('a/b/part.c'), text: GOOD, version: 1 });
      assert.equal(await owner(), 'b');
      analyzer.apply({ kind: 'text', uri: uriOf('a/b/part.c'), text: part, version: 2 });
      assert.equal(await owner(), 'a');
    });
  });

  test('projects that come and go', async () => {
    await using({ 'd/driver.c': UNDER_IF }, async ({ analyzer, write }) => {
      assert.deepEqual(await rulesOf(analyzer, 'd/driver.c'), []);
      write('d/p.vcxproj', vcxproj(['driver.c'], 'NO_PAUSE=1'));
      assert.deepEqual(await rulesOf(analyzer, 'd/driver.c'), ['missing-required-handler']);
      write('d/p.vcxproj', undefined);
      assert.deepEqual(await rulesOf(analyzer, 'd/driver.c'), []);
    });
  });

  test('a file that no other includes leaves the facts of the others as they are', async () => {
    const files = {
      'driver.c': GOOD,
      'part.c': '#include <ndis.h>\nVOID Part(NDIS_HANDLE h)\n{\n    NdisMDeregisterMiniportDriver(h);\n}\n',
    };
    await using(files, async ({ analyzer }) => {
      const before = (await analyzer.diagnose(uriOf('driver.c')))?.file.facts;
      assert.ok(before);
      analyzer.apply({ kind: 'text', uri: uriOf('part.c'), text: `${files['part.c']}\n`, version: 1 });
      await analyzer.diagnose(uriOf('part.c'));
      assert.equal((await analyzer.diagnose(uriOf('driver.c')))?.file.facts, before);
    });
  });
});

test('files that name nothing of the catalogue belong to it when what registers needs them', async () => {
  const driver = GOOD.replace('    chars.', '    Ready();\n    chars.');
  const files = {
    'driver.c': driver,
    'ready.c': 'VOID Deeper(VOID);\nVOID Ready(VOID)\n{\n    Deeper();\n}\n',
    'deeper.c': 'VOID Deeper(VOID)\n{\n}\n',
    'apart.c': 'VOID Apart(VOID)\n{\n}\n',
  };
  await using(files, async ({ analyzer }) => {
    const isCollected = async (name: string) =>
      (await analyzer.diagnose(uriOf(name)))?.file.facts !== undefined;
    assert.equal(await isCollected('ready.c'), true);
    assert.equal(await isCollected('deeper.c'), true);
    assert.equal(await isCollected('apart.c'), false);
    analyzer.apply({ kind: 'text', uri: uriOf('driver.c'), text: GOOD, version: 1 });
    assert.equal(await isCollected('ready.c'), false);
  });
});

test('a file with a handler belongs to it as long as a table holds the handler', async () => {
  const files = {
    'driver.c': GOOD,
    'handlers.c': 'VOID NobodyElse(VOID)\n{\n}\nVOID MyHandler(VOID)\n{\n}\n',
  };
  const stored = GOOD.replace('    chars.', '    chars.CancelSendHandler = MyHandler;\n    chars.');
  await using(files, async ({ analyzer }) => {
    const isCollected = async (text: string, version: number) => {
      analyzer.apply({ kind: 'text', uri: uriOf('driver.c'), text, version });
      return (await analyzer.diagnose(uriOf('handlers.c')))?.file.facts !== undefined;
    };
    assert.equal(await isCollected(GOOD, 1), false);
    assert.equal(await isCollected(stored, 2), true);
    // Who calls whom is the same as before.
    assert.equal(await isCollected(GOOD, 3), false);
  });
});

test('an abort ends the work, and the next question is answered all the same', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`p${i}.c`, GOOD.replaceAll('DriverEntry', `Entry${i}`)]),
  );
  await using({ ...files, 'driver.c': FAULTY }, async ({ analyzer }) => {
    const stop = new AbortController();
    const running = analyzer.diagnose(uriOf('driver.c'), stop.signal);
    stop.abort();
    await assert.rejects(running, { name: 'AbortError' });
    assert.deepEqual(await rulesOf(analyzer, 'driver.c'), ['missing-required-handler']);
  });
});

/** Drivers of several files, by folder of the examples. */
function splitExamples(): Record<string, string> {
  const folder = join(process.cwd(), 'examples/good');
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => /\.[ch]$/.test(name) && /split|dma|intermediate|goto/.test(name))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

test('after any edits of any files the findings are those of a fresh analysis', async () => {
  const disk: Record<string, string> = {
    ...splitExamples(),
    'vc/shared.h': '#define MINOR 30\n',
    'vc/driver.c': WITH_HEADER.replace('versions.h', 'shared.h').replace(
      '    chars.',
      '    Ready();\n    chars.',
    ),
    'vc/ready.c': 'VOID Ready(VOID)\n{\n    Deeper();\n}\n',
    'vc/deeper.c': 'VOID Deeper(VOID)\n{\n    Stop(0);\n}\n',
    'vc/part.c':
      '#include <ndis.h>\n#include "shared.h"\nVOID Stop(NDIS_HANDLE h)\n{\n    NdisMDeregisterMiniportDriver(h);\n}\n',
    'vc/p.vcxproj': vcxproj(['driver.c', 'part.c', 'ready.c', 'deeper.c'], 'NDIS630_MINIPORT=1'),
  };
  let seed = 1729;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const workspace = await memoryWorkspace(disk);
  const { analyzer } = workspace;
  const open = new Map<string, string>();
  let version = 0;

  const edited = (text: string): string => {
    const lines = text.split('\n');
    const at = random(lines.length);
    const pieces = [
      '#if X',
      '#endif',
      '}',
      '{',
      'return;',
      '#define MINOR 31',
      'NTSTATUS DriverEntry(A a, B b) {',
      pick(lines),
    ];
    if (random(2) === 0) lines.splice(at, random(3));
    else lines.splice(at, 0, pick(pieces));
    return lines.join('\n');
  };
  const step = (): void => {
    const names = Object.keys(disk);
    const name = pick(names);
    switch (random(8)) {
      case 0: {
        workspace.write(name, (disk[name] = edited(disk[name] ?? '')));
        break;
      }
      case 1: {
        const to = `${name.slice(0, name.lastIndexOf('/'))}/moved${random(3)}${name.slice(name.lastIndexOf('.'))}`;
        const text = disk[name] ?? '';
        delete disk[name];
        workspace.write(name, undefined);
        workspace.write(to, (disk[to] = text));
        break;
      }
      case 2: {
        const [opened] = open;
        if (!opened) break;
        open.delete(opened[0]);
        analyzer.apply({ kind: 'close', uri: uriOf(opened[0]) });
        break;
      }
      default: {
        const text = edited(open.get(name) ?? disk[name] ?? '');
        open.set(name, text);
        analyzer.apply({ kind: 'text', uri: uriOf(name), text, version: ++version });
      }
    }
  };

  for (let round = 0; round < 60; round++) {
    for (let i = random(3); i >= 0; i--) step();
    const names = [...new Set([...Object.keys(disk), ...open.keys()])].filter((name) => /\.[ch]$/.test(name));
    const asked = [pick(names), pick(names)];
    const fresh = await memoryWorkspace(disk);
    for (const [name, text] of open) {
      fresh.analyzer.apply({ kind: 'text', uri: uriOf(name), text, version: 1 });
    }
    for (const name of asked) {
      const isCollected = async (one: Analyzer) =>
        (await one.diagnose(uriOf(name)))?.file.facts !== undefined;
      assert.equal(await isCollected(analyzer), await isCollected(fresh.analyzer), `round ${round}, ${name}`);
      assert.deepEqual(
        await findingsOf(analyzer, name),
        await findingsOf(fresh.analyzer, name),
        `round ${round}, ${name}`,
      );
    }
    fresh.analyzer.dispose();
  }
  analyzer.dispose();
});
