import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testCatalog } from '../support/catalog.ts';
import { memoryFileSystem } from '../support/analyse.ts';
import { DriverFiles } from '../../server/src/workspace/driver-files.ts';
import { FlagReader } from '../../server/src/workspace/file-flags.ts';
import { FileStore } from '../../server/src/workspace/file-store.ts';
import { Projects } from '../../server/src/workspace/projects.ts';

const ENTRY =
  'NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)\n{\n    return 0;\n}\n';
const PART = 'VOID Part(VOID)\n{\n}\n';

const vcxproj = (items: readonly string[], configurations: readonly string[] = ['Debug|x64'], more = '') =>
  `<Project><ItemGroup>${configurations.map((name) => `<ProjectConfiguration Include="${name}"/>`).join('')}</ItemGroup>
   <ItemGroup>${items.map((name) => `<${name.endsWith('.h') ? 'ClInclude' : 'ClCompile'} Include="${name}"/>`).join('')}</ItemGroup>${more}</Project>`;

/** Ownership over files in memory. */
function workspace(files: Readonly<Record<string, string>>, wanted = '') {
  const contents = new Map(
    Object.entries(files).map(([name, text]) => [`file:///w/${name}`, new TextEncoder().encode(text)]),
  );
  const store = new FileStore(memoryFileSystem(contents));
  store.roots = ['file:///w/'];
  const projects = new Projects(store);
  projects.wanted = wanted;
  return { owners: new DriverFiles(store, projects, new FlagReader(testCatalog())), projects, store };
}

/** Name, files below the workspace, and whether that is all of the driver. */
async function driverOf(files: Readonly<Record<string, string>>, name: string, wanted = '') {
  const driver = await workspace(files, wanted).owners.ownerOf(`file:///w/${name}`);
  return {
    name: driver.name,
    files: driver.files.map((uri) => decodeURIComponent(uri.replace('file:///w/', ''))),
    whole: driver.isWhole,
  };
}

describe('a project', () => {
  const files = {
    'mux/mux.vcxproj': vcxproj(['..\\lib\\shared.c', 'mux.c', 'mux.h']),
    'mux/mux.c': ENTRY,
    'mux/mux.h': '',
    'mux/stray.c': PART,
    'lib/shared.c': PART,
    'lib/shared.h': '',
    'lwf/deep/lwf.vcxproj': vcxproj(['..\\..\\lib\\shared.c', '..\\lwf.c', 'gone.c']),
    'lwf/lwf.c': ENTRY,
  };
  const mux = { name: 'mux', files: ['lib/shared.c', 'mux/mux.c', 'mux/mux.h'], whole: true };

  test('names its files', async () => {
    assert.deepEqual(await driverOf(files, 'mux/mux.c'), mux);
    assert.deepEqual(await driverOf(files, 'mux/mux.h'), mux);
  });

  test('is not whole when a source is missing', async () => {
    assert.deepEqual(await driverOf(files, 'lwf/lwf.c'), {
      name: 'lwf',
      files: ['lib/shared.c', 'lwf/lwf.c'],
      whole: false,
    });
  });

  test('the nearest one owns a shared file', async () => {
    assert.deepEqual(await driverOf(files, 'lib/shared.c'), mux);
  });

  test('a header beside its sources belongs to it', async () => {
    assert.deepEqual(await driverOf(files, 'lib/shared.h'), mux);
  });

  test('a source beside it that it does not name is no part of it', async () => {
    assert.deepEqual(await driverOf(files, 'mux/stray.c'), {
      name: 'stray.c',
      files: ['mux/stray.c'],
      whole: false,
    });
  });

  test('ties are decided by name, or by the configuration that is asked for', async () => {
    const two = {
      'd/b.vcxproj': vcxproj(['x.c']),
      'd/a.vcxproj': vcxproj(['x.c']),
      'far/away/c.vcxproj': vcxproj(['..\\..\\d\\x.c'], ['Release|ARM64']),
      'd/x.c': ENTRY,
    };
    assert.equal((await driverOf(two, 'd/x.c')).name, 'a');
    assert.equal((await driverOf(two, 'd/x.c', 'Release|ARM64')).name, 'c');
  });

  test('nothing outside of the workspace is a part of it', async () => {
    const outside = { 'p.vcxproj': vcxproj(['..\\..\\etc\\passwd.c', 'a.c', 'C:\\x\\b.c']), 'a.c': ENTRY };
    assert.deepEqual(await driverOf(outside, 'a.c'), { name: 'p', files: ['a.c'], whole: false });
  });

  test('a broken one leaves its files to their folder, and is told once', async () => {
    const broken = { 'd/p.vcxproj': '<Project><ClCompile Include="a.c"/>', 'd/a.c': ENTRY, 'd/b.c': PART };
    const { owners, projects } = workspace(broken);
    const driver = await owners.ownerOf('file:///w/d/a.c');
    assert.deepEqual(driver.files, ['file:///w/d/a.c', 'file:///w/d/b.c']);
    await owners.ownerOf('file:///w/d/b.c');
    assert.equal(projects.problems.length, 1);
    assert.match(projects.problems[0]?.message ?? '', /^p\.vcxproj cannot be read: its XML is broken/);
  });

  test('sources of build.exe make one as well', async () => {
    const old = { 'sys/sources': 'TARGETNAME=old\nSOURCES=a.c b.c\n', 'sys/a.c': ENTRY, 'sys/b.c': PART };
    assert.deepEqual(await driverOf(old, 'sys/b.c'), {
      name: 'old',
      files: ['sys/a.c', 'sys/b.c'],
      whole: true,
    });
  });
});

describe('a compilation database', () => {
  const database = (...names: string[]) =>
    JSON.stringify(names.map((name) => ({ directory: '/w/build', file: `/w/${name}`, command: 'cc -DX' })));

  test('is one driver when it has one entry function', async () => {
    const files = {
      'build/compile_commands.json': database('src/a.c', 'src/hw/b.c'),
      'src/a.c': ENTRY,
      'src/hw/b.c': PART,
    };
    assert.deepEqual(await driverOf(files, 'src/hw/b.c'), {
      name: 'build',
      files: ['src/a.c', 'src/hw/b.c'],
      whole: true,
    });
  });

  test('is split by the folders of several', async () => {
    const files = {
      'out/compile_commands.json': database('one/a.c', 'one/in/b.c', 'two/c.c', 'lib/d.c'),
      'one/a.c': ENTRY,
      'one/in/b.c': PART,
      'two/c.c': ENTRY,
      'lib/d.c': PART,
    };
    assert.deepEqual((await driverOf(files, 'one/in/b.c')).files, ['one/a.c', 'one/in/b.c']);
    assert.deepEqual((await driverOf(files, 'two/c.c')).files, ['two/c.c']);
    assert.deepEqual((await driverOf(files, 'lib/d.c')).files, ['lib/d.c']);
  });
});

describe('without a project', () => {
  test('the folder of the entry function and below it are the driver', async () => {
    const files = { 'd/driver.c': ENTRY, 'd/hw/x.c': PART, 'd/hw/x.h': '', 'other.c': PART };
    const driver = { name: 'd', files: ['d/driver.c', 'd/hw/x.c', 'd/hw/x.h'], whole: true };
    for (const name of ['d/driver.c', 'd/hw/x.c', 'd/hw/x.h'])
      assert.deepEqual(await driverOf(files, name), driver);
    assert.deepEqual(await driverOf(files, 'other.c'), { name: 'other.c', files: ['other.c'], whole: false });
  });

  test('it ends at the next project and at the next entry function', async () => {
    const files = {
      'd/driver.c': ENTRY,
      'd/part.c': PART,
      'd/sub/other.c': ENTRY,
      'd/sub/more.c': PART,
      'd/tool/tool.vcxproj': vcxproj(['tool.c']),
      'd/tool/tool.c': PART,
      'd/tool/unnamed.c': PART,
    };
    assert.deepEqual((await driverOf(files, 'd/part.c')).files, ['d/driver.c', 'd/part.c']);
    assert.deepEqual((await driverOf(files, 'd/sub/more.c')).files, ['d/sub/more.c', 'd/sub/other.c']);
    assert.deepEqual((await driverOf(files, 'd/tool/unnamed.c')).files, ['d/tool/unnamed.c']);
  });

  test('two entry functions in one folder are two drivers, and what is beside them is in doubt', async () => {
    const two = { 'a.c': ENTRY, 'b.c': ENTRY };
    assert.deepEqual(await driverOf(two, 'a.c'), { name: 'a.c', files: ['a.c'], whole: true });
    assert.deepEqual(await driverOf(two, 'b.c'), { name: 'b.c', files: ['b.c'], whole: true });
    const three = { ...two, 'c.c': PART };
    assert.deepEqual(await driverOf(three, 'a.c'), { name: 'a.c', files: ['a.c'], whole: false });
    assert.deepEqual(await driverOf(three, 'c.c'), { name: 'c.c', files: ['c.c'], whole: false });
  });

  test('prototypes, calls and mentions are not an entry function', async () => {
    const files = {
      'a.c': ENTRY,
      'b.c':
        'DRIVER_INITIALIZE DriverEntry;\nNTSTATUS DriverEntry(PDRIVER_OBJECT o, PUNICODE_STRING p);\nvoid f(void) { DriverEntry(0, 0); }\n#pragma alloc_text(INIT, DriverEntry)\n',
      'c.c': '// see DriverEntry (in a.c)\n{ }\n',
    };
    assert.deepEqual((await driverOf(files, 'b.c')).files, ['a.c', 'b.c', 'c.c']);
  });

  test('definitions in any style are', async () => {
    for (const text of [
      'NTSTATUS\nDriverEntry(\n    _In_ PDRIVER_OBJECT DriverObject, /* the object */\n    _In_ PUNICODE_STRING RegistryPath // its key\n    )\n/*++ what it does --*/\n{\n}\n',
      'NTSTATUS DriverEntry(DriverObject, RegistryPath)\n    PDRIVER_OBJECT DriverObject;\n    PUNICODE_STRING RegistryPath;\n{\n}\n',
      'extern "C" NTSTATUS DriverEntry(PDRIVER_OBJECT o, PUNICODE_STRING p) noexcept {\n}\n',
    ]) {
      assert.equal((await driverOf({ 'a.c': text }, 'a.c')).whole, true, text);
    }
  });

  test('an unsaved file is a part of its folder', async () => {
    const { owners, store } = workspace({ 'd/driver.c': ENTRY });
    store.setOpen('file:///w/d/new.c', { text: PART, version: 1 });
    const driver = await owners.ownerOf('file:///w/d/new.c');
    assert.deepEqual(driver.files, ['file:///w/d/driver.c', 'file:///w/d/new.c']);
  });

  test('macros of the editor count, and its settings for C++ name the database', async () => {
    const files = {
      '.vscode/c_cpp_properties.json': JSON.stringify({
        configurations: [
          { name: 'x', defines: ['A=1'], compileCommands: '${workspaceFolder}/.cache/compile_commands.json' },
        ],
      }),
      'd/driver.c': ENTRY,
    };
    const driver = await workspace(files).owners.ownerOf('file:///w/d/driver.c');
    assert.deepEqual([...(driver.build?.defines ?? [])], [['A', '1']]);
  });
});
