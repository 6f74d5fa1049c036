import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCompileCommands } from '../../server/src/project/compile-commands.ts';
import { readCompilerOptions, splitCommand } from '../../server/src/project/compiler-options.ts';
import { readCppProperties } from '../../server/src/project/cpp-properties.ts';
import { readLegacySources } from '../../server/src/project/legacy-sources.ts';
import { projectFiles } from '../support/project-files.ts';

describe('command lines', () => {
  test('are split as their system does', () => {
    assert.deepEqual(splitCommand('cl.exe /DA="x y" "C:\\a b\\c.c" /DS=\\"t\\" /c', 'windows'), [
      'cl.exe',
      '/DA=x y',
      'C:\\a b\\c.c',
      '/DS="t"',
      '/c',
    ]);
    assert.deepEqual(splitCommand(`cc -DA='x y' -DB=\\"t\\" -I a\\ b ""`, 'posix'), [
      'cc',
      '-DA=x y',
      '-DB="t"',
      '-I',
      'a b',
      '',
    ]);
    assert.deepEqual(splitCommand('"unclosed', 'posix'), ['unclosed']);
  });

  test('tell macros, folders and headers', () => {
    const words =
      '-DA /DB=2 -D C /D D=4 -UA /UB -Iinc /I sys -isystem third -include pre.h /FIforced.h @more.rsp /nologo -W4 -o x.o';
    const options = readCompilerOptions(words.split(' '));
    assert.deepEqual(Object.fromEntries(options.defines), { C: '1', D: '4' });
    assert.deepEqual(options.undefines, ['A', 'B']);
    assert.deepEqual(options.includeFolders, ['inc', 'sys', 'third']);
    assert.deepEqual(options.forcedIncludes, ['pre.h', 'forced.h']);
  });
});

describe('compile_commands.json', () => {
  const read = (value: unknown, files: Readonly<Record<string, string>> = { 'src/a.c': '', 'src/b.c': '' }) =>
    readCompileCommands(
      {
        uri: 'file:///w/build/compile_commands.json',
        text: typeof value === 'string' ? value : JSON.stringify(value),
        wanted: '',
      },
      projectFiles(files),
    );

  test('both forms, common macros and those of single files, missing files', async () => {
    const { settings, problems } = await read([
      { directory: '/w/build', command: 'cc -DALL=1 -DONE -I../inc -c ../src/a.c', file: '../src/a.c' },
      {
        directory: '/w/build',
        arguments: ['cc', '-DALL=1', '-D', '_ARM64_', '-I', '/w/inc', '/w/src/b.c'],
        file: '/w/src/b.c',
      },
      { directory: '/w/build', command: 'cc', file: 'gone.c' },
      { directory: '/w/build', command: 'as', file: 'x.S' },
      { file: 7 },
      null,
    ]);
    assert.deepEqual(problems, []);
    assert.ok(settings);
    assert.equal(settings.name, 'build');
    assert.deepEqual(settings.sources, ['file:///w/src/a.c', 'file:///w/src/b.c']);
    assert.deepEqual(Object.fromEntries(settings.defines), { ALL: '1' });
    assert.deepEqual([...(settings.fileDefines.get('file:///w/src/a.c') ?? [])], [['ONE', '1']]);
    assert.deepEqual(settings.includeFolders, ['file:///w/inc/']);
    assert.deepEqual(settings.missing, ['file:///w/build/gone.c']);
    assert.equal(settings.platform, 'ARM64');
  });

  test('paths of Windows', async () => {
    const { settings } = await read([
      {
        directory: 'C:\\w',
        command: 'C:\\x\\cl.exe /D A=1 /IC:\\w\\inc C:\\w\\src\\a.c',
        file: 'C:\\w\\src\\a.c',
      },
    ]);
    assert.deepEqual(settings?.missing, ['file:///c%3A/w/src/a.c']);
  });

  for (const [name, text, message] of [
    ['broken JSON', '[\n{"file": }]', /its JSON is broken at line 2/],
    ['no list', '{}', /it is not a list/],
    ['bottomless nesting', '['.repeat(200_000), /nested too deeply|broken/],
    ['more than 16 MB', `[${' '.repeat(16 * 1024 * 1024)}]`, /larger than 16 MB/],
  ] as const) {
    test(name, async () => {
      const { settings, problems } = await read(text);
      assert.equal(settings, undefined);
      assert.match(problems[0]?.message ?? '', message);
    });
  }
});

describe('c_cpp_properties.json', () => {
  const read = (text: string, wanted = '') =>
    readCppProperties({ uri: 'file:///w/.vscode/c_cpp_properties.json', text, wanted });
  const TEXT = `{
    // comments are allowed
    "configurations": [
      { "name": "Win32", "defines": ["A=1", "B"], "includePath": ["\${workspaceFolder}/inc/**", "\${env:KIT}/x", "own"],
        "forcedInclude": ["\${workspaceFolder}/pre.h"], "intelliSenseMode": "windows-msvc-arm64",
        "compileCommands": "\${workspaceFolder}/out/compile_commands.json" },
      { "name": "Other", "defines": ["C"], },
    ],
  }`;

  test('the first configuration, or the one that is named', () => {
    const { settings, compileCommands, problems } = read(TEXT);
    assert.deepEqual(problems, []);
    assert.deepEqual(Object.fromEntries(settings?.defines ?? []), { A: '1', B: '1' });
    assert.deepEqual(settings?.includeFolders, ['file:///w/inc/', 'file:///w/own/']);
    assert.deepEqual(settings?.forcedIncludes, ['file:///w/pre.h']);
    assert.equal(settings?.platform, 'ARM64');
    assert.deepEqual(compileCommands, ['file:///w/out/compile_commands.json']);
    assert.deepEqual(settings?.sources, []);
    assert.deepEqual([...(read(TEXT, 'Other').settings?.defines.keys() ?? [])], ['C']);
  });

  test('broken ones say so', () => {
    assert.match(read('{').problems[0]?.message ?? '', /its JSON is broken/);
    assert.match(read('{"configurations": 3}').problems[0]?.message ?? '', /no list of configurations/);
  });
});

describe('sources of build.exe', () => {
  const read = async (text: string, files: Readonly<Record<string, string>> = {}) => {
    const names = Object.fromEntries(
      ['a.c', 'b.c', 'amd.c', 'up.c', 'alt.c'].map((name) => [`sys/${name}`, '']),
    );
    const reading = await readLegacySources(
      { uri: 'file:///w/sys/sources', text, wanted: '' },
      projectFiles({ ...names, ...files }),
    );
    assert.deepEqual(reading.problems, []);
    assert.ok(reading.settings);
    return reading.settings;
  };
  const namesOf = (list: readonly string[]) => list.map((uri) => uri.replace('file:///w/sys/', ''));

  test('lists over several lines, macros, folders', async () => {
    const settings = await read(
      'TARGETNAME = mux\r\nTARGETTYPE=DRIVER\r\nMINE=-DX=1\r\nC_DEFINES=$(C_DEFINES) -DNDIS51_MINIPORT=1 $(MINE) # a comment\r\nINCLUDES=..\\inc;$(DDK_INC_PATH);.\r\nSOURCES= a.c \\\r\n  b.c \\\r\n  mux.rc gone.c\r\nAMD64_SOURCES=amd.c\r\n',
    );
    assert.equal(settings.name, 'mux');
    assert.deepEqual(namesOf(settings.sources), ['a.c', 'amd.c', 'b.c']);
    assert.deepEqual(namesOf(settings.missing), ['gone.c']);
    assert.deepEqual(Object.fromEntries(settings.defines), { NDIS51_MINIPORT: '1', X: '1' });
    assert.deepEqual(settings.includeFolders, ['file:///w/inc/', 'file:///w/sys/']);
  });

  test('of undecided conditions both sides give files, and none gives macros', async () => {
    const settings = await read(
      'KNOWN=1\nSOURCES=a.c\n!IF "$(ARCH)"=="x"\nSOURCES=$(SOURCES) b.c\nC_DEFINES=-DX\n!ELSE\nSOURCES=$(SOURCES) alt.c\nC_DEFINES=-DY\n!ENDIF\n!IFDEF KNOWN\nC_DEFINES=$(C_DEFINES) -DZ\n!ELSE\nSOURCES=$(SOURCES) up.c\n!ENDIF\n',
    );
    assert.deepEqual(namesOf(settings.sources), ['a.c', 'alt.c', 'b.c']);
    assert.deepEqual([...settings.defines.keys()], ['Z']);
  });

  test('includes, circles and nonsense', async () => {
    const settings = await read(
      '!include ..\\all.inc\n!INCLUDE gone\n!ENDIF\n!ELSE\nA=$(A)$(A)\nSOURCES=a.c $(MORE)\n',
      {
        'all.inc': '!include sys\\sources\nMORE=b.c\n',
      },
    );
    assert.deepEqual(namesOf(settings.sources), ['a.c', 'b.c']);
  });
});
