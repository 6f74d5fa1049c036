import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';

const CLI = join(process.cwd(), 'dist/cli.js');
const FAULTY = readFileSync(join(process.cwd(), 'examples/faulty/ndis-miniport/driver.c'), 'utf8');
const GOOD = readFileSync(join(process.cwd(), 'examples/good/ndis-miniport/driver.c'), 'utf8');
let folder = '';

interface Result {
  code: number | null;
  out: string;
  err: string;
}

function run(args: readonly string[], input?: string | Buffer): Result {
  const result = spawnSync(process.execPath, [CLI, ...args], {
    cwd: folder,
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

describe('driverentry', () => {
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'driverentry-cli-'));
    writeFileSync(join(folder, 'faulty.c'), FAULTY);
    writeFileSync(join(folder, 'good.c'), GOOD);
    mkdirSync(join(folder, 'a b'));
    writeFileSync(join(folder, 'a b', 'drïver.c'), FAULTY);
  });
  after(() => rmSync(folder, { recursive: true }));

  test('exit code 1 with findings, 0 without or below the limit', () => {
    assert.equal(run(['check', 'faulty.c']).code, 1);
    assert.equal(run(['check', 'good.c']).code, 0);
    assert.equal(run(['check', 'faulty.c', '--fail-on', 'never']).code, 0);
    const off = [
      'missing-required-handler',
      'structure-not-zeroed',
      'handler-pair-incomplete',
      'handler-signature-mismatch',
    ];
    assert.equal(run(['check', 'faulty.c', ...off.map((id) => `--rule=${id}=off`)]).code, 0);
    assert.equal(
      run(['check', 'faulty.c', '--rule', 'missing-required-handler=hint', '--fail-on', 'error']).code,
      0,
    );
  });

  test('text has place, excerpt, help and fix', () => {
    const { out, err } = run(['check', 'faulty.c']);
    assert.match(
      out,
      /^faulty\.c:58:76: error: required handler 'PauseHandler' .* \[missing-required-handler\]$/m,
    );
    assert.match(out, /^ +\^\^\^\^\^\^$/m);
    assert.match(out, /^ {2}fix: Add 'MPPause' as 'PauseHandler'$/m);
    assert.match(err, /4 findings, 1 file read/);
    assert.equal(run(['check', 'faulty.c', '--quiet']).err, '');
  });

  test('json follows its contract', () => {
    const [first] = JSON.parse(run(['check', 'faulty.c', '--format', 'json']).out) as Record<
      string,
      unknown
    >[];
    assert.deepEqual(Object.keys(first ?? {}).toSorted(), [
      'file',
      'fixes',
      'help',
      'message',
      'range',
      'rule',
      'severity',
      'url',
    ]);
    const { range, file, severity, rule } = first as {
      range: unknown;
      file: string;
      severity: string;
      rule: string;
    };
    assert.deepEqual(range, { start: { line: 55, character: 10 }, end: { line: 55, character: 31 } });
    assert.deepEqual([file, severity, rule], ['faulty.c', 'warning', 'handler-pair-incomplete']);
  });

  test('sarif names rules, places and fixes, encodes paths, and is the same each time', () => {
    const text = run(['check', '.', '--format', 'sarif']).out;
    assert.equal(run(['check', '.', '--format', 'sarif']).out, text);
    const log = JSON.parse(text) as {
      version: string;
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          level: string;
          locations: {
            physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
          }[];
        }[];
      }[];
    };
    assert.equal(log.version, '2.1.0');
    const [only] = log.runs;
    assert.equal(only?.results.length, 8);
    for (const result of only?.results ?? []) {
      assert.equal(only?.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
      assert.match(result.level, /^(?:error|warning|note)$/);
    }
    assert.equal(
      only?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri,
      'a%20b/dr%C3%AFver.c',
    );
  });

  test('github writes workflow commands', () => {
    assert.match(
      run(['check', 'faulty.c', '--format', 'github']).out,
      /^::error file=faulty\.c,line=58,.*title=missing-required-handler::required handler/m,
    );
  });

  test('a define decides an #if', () => {
    writeFileSync(
      join(folder, 'if.c'),
      GOOD.replace('    chars.PauseHandler', '#ifdef PAUSES\n    chars.PauseHandler').replace(
        '= MPPause;',
        '= MPPause;\n#endif',
      ),
    );
    assert.equal(run(['check', 'if.c']).code, 0);
    assert.equal(run(['check', 'if.c', '--define', 'PAUSES=1']).code, 0);
    writeFileSync(
      join(folder, 'if0.c'),
      readFileSync(join(folder, 'if.c'), 'utf8').replace('#ifdef PAUSES', '#if PAUSES'),
    );
    assert.equal(run(['check', 'if0.c', '--define', 'PAUSES=0']).code, 1);
  });

  test('standard input, with headers beside the named file', () => {
    writeFileSync(join(folder, 'versions.h'), '#define MINOR 10\n');
    const text = GOOD.replace('#include <ndis.h>', '#include <ndis.h>\n#include "versions.h"').replace(
      'Version = 30',
      'Version = MINOR',
    );
    const { code, out } = run(['check', '--stdin', '--stdin-filename', 'new.c'], text);
    assert.equal(code, 1);
    assert.match(out, /new\.c.*6\.10 is not an ndis version/);
  });

  test('--fix applies the safe fixes and keeps the encoding', () => {
    const utf16 = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(FAULTY.replaceAll('\n', '\r\n'), 'utf16le'),
    ]);
    writeFileSync(join(folder, 'fix.c'), utf16);
    assert.match(run(['check', 'fix.c', '--fix']).err, /1 fix applied/);
    const fixed = readFileSync(join(folder, 'fix.c'));
    assert.deepEqual([...fixed.subarray(0, 2)], [0xff, 0xfe]);
    const text = fixed.subarray(2).toString('utf16le');
    assert.match(text, /\r\n {4}NdisZeroMemory\(&chars, sizeof\(chars\)\);\r\n/);
    assert.doesNotMatch(text, /[^\r]\n/);
  });

  test('what cannot be read is named, and the rest is still analysed', () => {
    const { code, out, err } = run(['check', 'missing.c', 'faulty.c']);
    assert.equal(code, 2);
    assert.match(err, /missing\.c: there is no such file or folder/);
    assert.match(out, /PauseHandler/);
  });

  test('a file that is too large is skipped, and said so', () => {
    writeFileSync(join(folder, 'big.c'), 'int a; // DriverEntry\n'.repeat(300_000));
    const { code, err } = run(['check', 'big.c']);
    assert.equal(code, 0);
    assert.match(err, /big\.c: not analysed: it is larger than 5 MB/);
    rmSync(join(folder, 'big.c'));
  });

  test('a project names its files', () => {
    writeFileSync(
      join(folder, 'p.vcxproj'),
      '<Project><ItemGroup><ClCompile Include="faulty.c" /><ClCompile Include="gone.c"/></ItemGroup></Project>',
    );
    const { code, out, err } = run(['check', 'p.vcxproj']);
    assert.equal(code, 2);
    assert.match(out, /faulty\.c:58/);
    assert.match(err, /gone\.c: named by p\.vcxproj, but it is not there/);
  });

  const mistakes: readonly [string[], RegExp][] = [
    [['frobnicate'], /there is no command "frobnicate"/],
    [['check', '--format', 'xml'], /--format is one of text, json, sarif, github, gitlab; got "xml"/],
    [['check', '--rule', 'nothing=off'], /there is no rule "nothing"/],
    [['check', '--rule', 'handle-not-kept=loud'], /--rule takes ID=LEVEL/],
    [['check', '--define', '1X'], /--define takes NAME or NAME=VALUE; got "1X"/],
    [['check', '--stdin'], /--stdin needs --stdin-filename/],
    [['check', '--frob'], /--frob/],
    [['explain'], /explain needs a name/],
    [['explain', 'Nope'], /nothing is known of "Nope"/],
  ];
  for (const [args, message] of mistakes) {
    test(`${args.join(' ')} is refused with exit code 2`, () => {
      const { code, err } = run(args);
      assert.equal(code, 2);
      assert.match(err, message);
      assert.doesNotMatch(err, /\bat .*\.js:\d/);
    });
  }

  test('explain knows every kind of name', () => {
    const names = [
      'NdisMRegisterMiniportDriver',
      'NDIS_MINIPORT_DRIVER_CHARACTERISTICS',
      'NDIS_MINIPORT_DRIVER_CHARACTERISTICS.PauseHandler',
      'PauseHandler',
      'MINIPORT_PAUSE',
      'MiniportPause',
      'NDIS_INTERMEDIATE_DRIVER',
      'NDIS_STATUS_BAD_CHARACTERISTICS',
      '0xC0010005',
      '-1073676283',
      'handle-not-kept',
    ];
    for (const name of names) assert.equal(run(['explain', name]).code, 0, name);
    const [one] = JSON.parse(run(['explain', '-1073676283', '--format', 'json']).out) as {
      explanations: { title: string }[];
    }[];
    assert.equal(one?.explanations[0]?.title, 'NDIS_STATUS_BAD_CHARACTERISTICS');
  });

  test('rules lists them all', () => {
    const rules = JSON.parse(run(['rules', '--format', 'json']).out) as { id: string; severity: string }[];
    assert.ok(rules.some(({ id, severity }) => id === 'size-not-versioned' && severity === 'off'));
    assert.equal(run(['rules']).out.trim().split('\n').length, rules.length);
  });
});

describe('driverentry check of projects', () => {
  let root = '';
  const runIn = (args: readonly string[]): Result => {
    const result = spawnSync(process.execPath, [CLI, ...args], { cwd: root, encoding: 'utf8' });
    return { code: result.status, out: result.stdout, err: result.stderr };
  };
  const write = (name: string, text: string | Buffer) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  const project = (body: string) =>
    `<Project><ItemGroup><ProjectConfiguration Include="Debug|x64"/><ProjectConfiguration Include="Release|x64"/></ItemGroup>${body}</Project>`;
  const defines = (text: string, condition = '') =>
    `<ItemDefinitionGroup${condition && ` Condition="${condition}"`}><ClCompile><PreprocessorDefinitions>%(PreprocessorDefinitions);${text}</PreprocessorDefinitions></ClCompile></ItemDefinitionGroup>`;
  const UNDER_IF = GOOD.replace(
    '= MPPause;',
    '= MPPause;\n#if NO_PAUSE\n    chars.PauseHandler = NULL;\n#endif',
  );

  before(() => {
    root = mkdtempSync(join(tmpdir(), 'driverentry-projects-'));
    mkdirSync(join(root, '.git'));
    write('src/driver.c', UNDER_IF);
    write(
      'one/one.vcxproj',
      project(
        `${defines('NO_PAUSE=0')}${defines('NO_PAUSE=1', "'$(Configuration)'=='Release'")}<ItemGroup><ClCompile Include="..\\src\\driver.c"/></ItemGroup>`,
      ),
    );
    write(
      'two/far/two.vcxproj',
      project(`${defines('NO_PAUSE=1')}<ItemGroup><ClCompile Include="..\\..\\src\\Driver.C"/></ItemGroup>`),
    );
  });
  after(() => rmSync(root, { recursive: true }));

  test('a project is read under its configuration', () => {
    assert.equal(runIn(['check', 'one/one.vcxproj']).code, 0);
    const { code, out } = runIn(['check', 'one/one.vcxproj', '--configuration', 'Release']);
    assert.equal(code, 1);
    assert.match(out, /^src\/driver\.c:\d+:\d+: error: .*PauseHandler/m);
    assert.equal(
      runIn(['check', 'one/one.vcxproj', '--configuration', 'Release', '--define', 'NO_PAUSE=0']).code,
      0,
    );
  });

  test('the one that is named wins over one that is nearer', () => {
    assert.equal(runIn(['check', 'two/far/two.vcxproj']).code, 1);
    assert.equal(runIn(['check', 'src']).code, 0, 'one.vcxproj is nearer');
  });

  test('a broken project is named, the rest is analysed, and other folders are left alone', () => {
    write('bad/bad.vcxproj', '<Project><ClCompile Include="driver.c">');
    write('bad/driver.c', FAULTY);
    const { code, out, err } = runIn(['check', 'bad']);
    assert.equal(code, 2);
    assert.equal(
      err.match(/bad\/bad\.vcxproj: bad\.vcxproj cannot be read: its XML is broken at line 1/g)?.length,
      1,
    );
    assert.match(out, /bad\/driver\.c:58/);
    assert.equal(runIn(['check', 'src']).code, 0);
    assert.match(runIn(['check', 'bad/bad.vcxproj']).err, /its XML is broken at line 1/);
    rmSync(join(root, 'bad'), { recursive: true });
  });

  test('two encodings in one run of --fix', () => {
    const twice = FAULTY.replaceAll('\n', '\r\n');
    write('fix/a/driver.c', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(twice, 'utf16le')]));
    write('fix/b/driver.c', FAULTY);
    assert.match(runIn(['check', 'fix', '--fix']).err, /2 fixes applied/);
    const read = (name: string) => readFileSync(join(root, name));
    assert.match(read('fix/a/driver.c').subarray(2).toString('utf16le'), /\r\n {4}NdisZeroMemory\(&chars/);
    assert.match(read('fix/b/driver.c').toString('utf8'), /[^\r]\n {4}NdisZeroMemory\(&chars/);
  });
});
