import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createAnalyzer } from '../../server/src/index.ts';
import { nodeFileSystem } from '../../server/src/host/node-host.ts';
import { memoryFileSystem, testParser } from '../support/analyse.ts';
import { testCatalog } from '../support/catalog.ts';
import { FAULTY, readFaulty } from '../support/faulty-miniport.ts';

const CLI = join(process.cwd(), 'dist/cli.js');
const { text: DRIVER } = readFaulty();
const MANY = 100_000;
const HANG_MS = 50_000;
const IS_ROOT = process.getuid?.() === 0;

let root = '';

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function check(...args: string[]): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'check', ...args], {
    cwd: root,
    encoding: 'utf8',
    timeout: HANG_MS,
  });
  assert.doesNotMatch(stderr, /^ {4}at /m, 'a stack is no message');
  return { code: status, out: stdout, err: stderr };
}

function write(name: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), content);
}

/** The driver with something more in its entry function, in front of the registration. */
const around = (code: string): string =>
  DRIVER.replace('    status = NdisM', `    ${code}\n    status = NdisM`);

const assertFound = ({ out, err }: Result, name: string): void => {
  assert.ok(out.includes(`[${FAULTY.rule}]`), `${name}: ${err}`);
};

before(() => {
  root = mkdtempSync(join(tmpdir(), 'driverentry-hostile-'));
  mkdirSync(join(root, '.git')); // nothing around it is looked at
});
after(() => rmSync(root, { recursive: true, force: true }));

describe('texts that nobody writes', { timeout: 2 * HANG_MS }, () => {
  const TOO_DEEP: Readonly<Record<string, string>> = {
    'nested #if': around(`\n${'#if X\n'.repeat(MANY)}f();\n${'#endif\n'.repeat(MANY)}`),
    'else if': around(`${'if (x) { y(); } else '.repeat(MANY)}z();`),
    operands: around(`${'a, '.repeat(MANY)}1;`),
    members: around(`x${'->a'.repeat(MANY)} = 1;`),
    assignments: around(`${'a = '.repeat(MANY)}1;`),
    pointers: around(`x = ${'*'.repeat(MANY)}p;`),
  };
  test('what is nested too deeply is named, and what stands beside it is analysed', () => {
    for (const [name, text] of Object.entries(TOO_DEEP)) write(`deep/${name}/driver.c`, text);
    write('deep/whole/driver.c', DRIVER);
    const result = check('deep');
    for (const name of Object.keys(TOO_DEEP)) {
      assert.ok(
        result.err.includes(`deep/${name}/driver.c: not analysed: its code is nested too deeply`),
        `${name}: ${result.err}`,
      );
    }
    assertFound(result, 'whole');
    assert.equal(result.out.match(/missing-required-handler/g)?.length, 1);
    assert.equal(result.code, 1);
  });

  const HARMLESS: Readonly<Record<string, string>> = {
    braces: around('{'.repeat(MANY) + '}'.repeat(MANY)),
    parentheses: around(`x = ${'('.repeat(MANY)}1${')'.repeat(MANY)};`),
    cases: around(
      `switch (x) { ${Array.from({ length: 10_000 }, (_, i) => `case ${i}: y(); break;`).join('\n')} }`,
    ),
    labels: around(
      `${Array.from({ length: 3000 }, (_, i) => `if (x == ${i}) goto l${i};`).join('\n')}\n${Array.from({ length: 3000 }, (_, i) => `l${i}: y();`).join('\n')}`,
    ),
    'one line': around(`x = "${'a'.repeat(4_500_000)}";`),
    'macros that double': around('A0(1);').replace(
      '#include <ndis.h>',
      `#include <ndis.h>\n${Array.from({ length: 200 }, (_, i) => `#define A${i}(x) A${i + 1}(x) A${i + 1}(x)`).join('\n')}`,
    ),
    'NUL bytes': DRIVER.replaceAll('\n', '\0\n') + '\0'.repeat(1000),
  };
  test('others change nothing, or are named', () => {
    for (const [name, text] of Object.entries(HARMLESS)) write(`odd/${name}/driver.c`, text);
    const { out, err } = check('odd');
    for (const name of Object.keys(HARMLESS)) {
      const isFound = out.includes(`odd/${name}/driver.c:`);
      assert.ok(isFound || err.includes(`odd/${name}/driver.c: not analysed: `), `${name} is lost: ${err}`);
    }
    for (const name of ['one line', 'NUL bytes', 'cases', 'labels', 'macros that double']) {
      assert.ok(out.includes(`odd/${name}/driver.c:`), name);
    }
  });

  test('100 MB, and a line of 10 MB', () => {
    write('large/sparse.c', '');
    truncateSync(join(root, 'large/sparse.c'), 100 * 1024 * 1024);
    write('large/line.c', `// DriverEntry ${'x'.repeat(10 * 1024 * 1024)}`);
    const { code, err } = check('large');
    assert.equal(code, 0);
    assert.match(err, /large\/sparse\.c: not analysed: it is larger than 5 MB \(100\.0 MB\)/);
    assert.match(err, /large\/line\.c: not analysed: it is larger than 5 MB \(10\.0 MB\)/);
  });
});

describe('bytes', { timeout: HANG_MS }, () => {
  const utf16 = (bom: boolean) =>
    Buffer.concat([Buffer.from(bom ? [0xff, 0xfe] : []), Buffer.from(DRIVER, 'utf16le')]);

  test('invalid UTF-8 and odd UTF-16 are read', () => {
    write(
      'bytes/a/driver.c',
      Buffer.concat([Buffer.from('// \xff\xfe\x80\n', 'latin1'), Buffer.from(DRIVER)]),
    );
    write('bytes/b/driver.c', Buffer.concat([utf16(true), Buffer.from([0x41])]));
    assert.equal(check('bytes').out.match(/missing-required-handler/g)?.length, 2);
  });

  test('--fix writes nothing that would lose a byte, and says so', () => {
    const odd = Buffer.concat([utf16(true), Buffer.from([0x41])]);
    write('lossy/driver.c', odd);
    const { code, err } = check('lossy', '--fix');
    assert.equal(code, 2);
    assert.match(
      err,
      /lossy\/driver\.c: not fixed: its bytes are not valid UTF-16LE; save it again as UTF-8/,
    );
    assert.match(err, /0 fixes applied/);
    assert.ok(readFileSync(join(root, 'lossy/driver.c')).equals(odd));
  });

  test('--fix adds no byte order mark', () => {
    write('markless/driver.c', utf16(false));
    assert.match(check('markless', '--fix').err, /1 fix applied/);
    const written = readFileSync(join(root, 'markless/driver.c'));
    assert.deepEqual([...written.subarray(0, 2)], [...utf16(false).subarray(0, 2)]);
  });

  test('--fix leaves the other bytes of a file that is not UTF-8', () => {
    const start = Buffer.from('// \xff\xfe\x80\x81\n', 'latin1');
    write('latin/driver.c', Buffer.concat([start, Buffer.from(DRIVER)]));
    assert.match(check('latin', '--fix').err, /1 fix applied/);
    assert.ok(readFileSync(join(root, 'latin/driver.c')).subarray(0, start.length).equals(start));
  });
});

describe('folders and names', { timeout: HANG_MS }, () => {
  test('includes and links in circles', () => {
    write('cycle/driver.c', DRIVER.replace('<ndis.h>', '<ndis.h>\n#include "a.h"\n#include "driver.c"'));
    write('cycle/a.h', '#include "b.h"\n#include "a.h"\n');
    write('cycle/b.h', '#include "a.h"\n#include "driver.c"\n');
    symlinkSync('.', join(root, 'cycle/self'));
    symlinkSync('../cycle', join(root, 'cycle/up'));
    symlinkSync('gone.c', join(root, 'cycle/dangling.c'));
    symlinkSync('round.c', join(root, 'cycle/round.c'));
    const result = check('cycle');
    assertFound(result, 'cycle');
    assert.match(result.err, /3 files read/);
    assert.match(check('cycle/dangling.c').err, /dangling\.c: there is no such file or folder/);
    assert.match(check('cycle/round.c').err, /round\.c: cannot be read \(ELOOP/);
  });

  test('half a pair of characters in an include is no file, and no error', async () => {
    const uri = 'file:///w/driver.c';
    const text = DRIVER.replace('<ndis.h>', '<ndis.h>\n#include "a\uD83D.h"');
    const analyzer = createAnalyzer({
      catalog: testCatalog(),
      parser: await testParser(),
      fileSystem: memoryFileSystem(new Map()),
      logger: { info: () => {}, error: (message) => assert.fail(message) },
    });
    analyzer.apply({ kind: 'text', uri, text, version: 1 });
    const { findings = [] } = (await analyzer.diagnose(uri)) ?? {};
    assert.ok(findings.some(({ rule }) => rule === FAULTY.rule));
    analyzer.dispose();
  });

  test('names that mean something elsewhere', () => {
    const names = ['a b', '100%', '%41', 'a#b', 'a?b', 'ü\u{1f600}', "a'b(c)", '$(X)', '..c', '\\\\?\\C:'];
    for (const name of names) {
      write(`names/${name}/${name}.c`, DRIVER.replace('<ndis.h>', '<ndis.h>\n#include "own.h"'));
      write(`names/${name}/own.h`, '');
    }
    const { out } = check('names', '--format', 'json');
    const found = (JSON.parse(out) as { file: string; rule: string }[])
      .filter(({ rule }) => rule === FAULTY.rule)
      .map(({ file }) => file);
    const expected = names.map((name) => `names/${name}/${name}.c`.replaceAll('\\', '/'));
    assert.deepEqual(found.toSorted(), expected.toSorted());
  });

  test('files that may not be read or written', { skip: IS_ROOT && 'root may do everything' }, () => {
    write('closed/driver.c', DRIVER);
    chmodSync(join(root, 'closed/driver.c'), 0o000);
    write('closed/other.c', DRIVER);
    chmodSync(join(root, 'closed/other.c'), 0o444);
    const { code, err } = check('closed', '--fix');
    assert.equal(code, 2);
    assert.match(err, /closed\/driver\.c: cannot be read; check its permissions/);
    assert.match(err, /closed\/other\.c: cannot be written: EACCES/);
  });

  test('a file that vanishes between listing and reading', async () => {
    write('gone/driver.c', DRIVER);
    write('gone/other.c', DRIVER);
    const analyzer = createAnalyzer({
      catalog: testCatalog(),
      parser: await testParser(),
      fileSystem: {
        ...nodeFileSystem,
        read: (uri) => {
          if (uri.endsWith('other.c')) rmSync(join(root, 'gone/other.c'), { force: true });
          return nodeFileSystem.read(uri);
        },
      },
      logger: { info: () => {}, error: (message) => assert.fail(message) },
    });
    const folder = `${pathToFileURL(join(root, 'gone')).href}/`;
    analyzer.apply({ kind: 'folders', uris: [folder] });
    assert.equal(await analyzer.diagnose(`${folder}other.c`), undefined);
    const rest = await analyzer.diagnose(`${folder}driver.c`);
    assert.ok(rest?.findings.some(({ rule }) => rule === FAULTY.rule));
    analyzer.dispose();
  });

  test('addresses of other machines have no file, and are no error', async () => {
    for (const uri of [
      'file://server/share/a.c',
      'file://%3F/C:/a.c',
      'file:///%00.c',
      'file:///a%2Fb.c',
      'http://localhost/a.c',
    ]) {
      assert.equal(await nodeFileSystem.read(uri), undefined, uri);
      assert.equal(await nodeFileSystem.size(uri), undefined, uri);
      assert.equal(await nodeFileSystem.list(uri), undefined, uri);
    }
  });
});

describe('project files', { timeout: HANG_MS }, () => {
  const project = (body: string) => `<Project>${body}</Project>`;
  const compile = (...names: string[]) =>
    project(`<ItemGroup>${names.map((name) => `<ClCompile Include="${name}"/>`).join('')}</ItemGroup>`);

  const VCXPROJ: readonly [string, string, RegExp][] = [
    [
      'entities',
      `<!DOCTYPE P [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 20 }, (_, i) => `<!ENTITY b${i} "${`&${i === 0 ? 'a' : `b${i - 1}`};`.repeat(10)}">`).join('')}]><Project>&b19;</Project>`,
      /p\.vcxproj cannot be read: its XML is broken at line 1/,
    ],
    [
      'conditions',
      project(
        `<ItemGroup Condition="${'('.repeat(MANY)}1${')'.repeat(MANY)}"><ClCompile Include="gone.c"/></ItemGroup>`,
      ),
      /p\.vcxproj/,
    ],
    ['an import circle', project('<Import Project="p.vcxproj"/>'), /it names no <ClCompile/],
    [
      'files beyond the workspace',
      compile(
        '..\\..\\..\\..\\..\\etc\\passwd.c',
        '/etc/hosts.c',
        'file://server/x.c',
        '\\\\server\\share\\y.c',
        'c:\\z.c',
      ),
      /^driverentry: file:\/\/server\/x\.c: named by .*p\.vcxproj, but it is not there$/m,
    ],
    ['wild names', compile('%41.c', '%zz.c', 'a\u{1f600}.c', '?', '..', ' '), /named by .*p\.vcxproj/],
  ];
  for (const [name, text, message] of VCXPROJ) {
    test(name, () => {
      const folder = `projects/${name}`;
      write(`${folder}/p.vcxproj`, text);
      write(`${folder}/driver.c`, DRIVER);
      const result = check(`${folder}/p.vcxproj`);
      assert.equal(result.code, 2);
      assert.match(result.err, message);
      // The driver beside it is analysed all the same.
      assertFound(check(folder), name);
    });
  }

  const DATABASE = 'compile_commands.json';
  const PROPERTIES = '.vscode/c_cpp_properties.json';
  const NO_LIST = /c_cpp_properties\.json cannot be read: it has no list of configurations/;
  /** A list of anything is a list of compile commands, of which none is usable: silence. */
  const SILENCE = /^driverentry: 4 findings, 1 file read\n$/;
  const JSONS: readonly [string, string, string, RegExp][] = [
    [DATABASE, 'closed brackets', '['.repeat(MANY) + ']'.repeat(MANY), /nested too deeply/],
    [DATABASE, 'open brackets', '['.repeat(MANY), /compile_commands\.json cannot be read: its /],
    [DATABASE, 'many items', `[${'{},'.repeat(300_000)}{}]`, SILENCE],
    [
      DATABASE,
      'wrong types',
      '[null,1,"x",{"file":7},{"file":"driver.c","arguments":{},"command":[]}]',
      SILENCE,
    ],
    [DATABASE, 'size', `[${' '.repeat(17 * 1024 * 1024)}]`, /cannot be read: it is larger than 16 MB/],
    [DATABASE, 'a size that builds have', `[${' '.repeat(12 * 1024 * 1024)}]`, SILENCE],
    [DATABASE, 'millions of items', `[${'{},'.repeat(4_000_000)}{}]`, SILENCE],
    [DATABASE, 'NUL bytes', '\0\0\0', /cannot be read: its JSON is broken at line 1/],
    [PROPERTIES, 'closed brackets', '['.repeat(MANY) + ']'.repeat(MANY), /nested too deeply/],
    [PROPERTIES, 'many items', `[${'{},'.repeat(300_000)}{}]`, NO_LIST],
    [PROPERTIES, 'size', `[${' '.repeat(2 * 1024 * 1024)}]`, /cannot be read: it is larger than 1 MB/],
    [PROPERTIES, 'wrong types', '{"configurations":[{"name":[],"defines":{},"includePath":7}]}', SILENCE],
  ];
  for (const [file, name, text, message] of JSONS) {
    test(`${file}: ${name}`, () => {
      const folder = `json/${name}-${file.length}`;
      write(`${folder}/.git/config`, ''); // a database counts at the top of the workspace
      write(`${folder}/${file}`, text);
      write(`${folder}/driver.c`, DRIVER);
      const result = check(folder);
      assertFound(result, name);
      assert.match(result.err, message);
    });
  }
});
