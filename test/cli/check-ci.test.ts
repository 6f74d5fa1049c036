// What continuous integration asks of `check`: a baseline, SARIF, annotations, a summary, and drivers as a whole.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { sarifProblems } from '../support/sarif-schema.ts';

const CLI = join(process.cwd(), 'dist/cli.js');
const EXAMPLES = join(process.cwd(), 'examples/faulty');
const FAULTY = readFileSync(join(EXAMPLES, 'ndis-miniport/driver.c'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'driverentry ci-'));

interface Surroundings {
  cwd?: string;
  env?: Record<string, string>;
}

function run(args: readonly string[], { cwd = folder, env = {} }: Surroundings = {}) {
  const result = spawnSync(process.execPath, [CLI, 'check', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, GITHUB_WORKSPACE: '', GITHUB_REPOSITORY: '', ...env },
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}
const write = (name: string, text: string) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

after(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(join(folder, '.git'), { recursive: true });
  write('src/driver.c', FAULTY);
});

describe('a baseline', () => {
  const BASELINE = ['--baseline', 'known.json'];
  beforeEach(() => {
    const { code, out, err } = run(['--write-baseline', 'known.json']);
    assert.deepEqual([code, out], [0, '']);
    assert.match(err, /known\.json: written, with 4 findings/);
  });

  test('hides what is old and shows what is new, wherever lines moved', () => {
    const { code, out, err } = run(BASELINE);
    assert.deepEqual([code, out], [0, '']);
    assert.match(err, /0 findings, 4 of the baseline hidden, 1 file read/);
    write('src/driver.c', `// new\n\n${FAULTY.replace('chars.HaltHandlerEx', '// chars.HaltHandlerEx')}`);
    const later = run([...BASELINE, '--format', 'json']);
    assert.equal(later.code, 1);
    assert.deepEqual(
      (JSON.parse(later.out) as { rule: string; message: string }[]).map(({ message }) =>
        message.slice(0, 50),
      ),
      ["required handlers 'HaltHandlerEx' and 'PauseHandle"],
    );
  });

  test('is the same file from run to run, and from any folder', () => {
    const first = read('known.json');
    assert.equal(run(['.', '--write-baseline', '../known.json'], { cwd: join(folder, 'src') }).code, 0);
    assert.equal(read('known.json'), first);
    assert.equal(run(['--baseline', '../known.json'], { cwd: join(folder, 'src') }).code, 0);
  });

  test('follows a file that is renamed', () => {
    renameSync(join(folder, 'src/driver.c'), join(folder, 'src/entry.c'));
    assert.equal(run(BASELINE).code, 0);
    write('src/driver.c', FAULTY);
    assert.equal(run(BASELINE).code, 1, 'a copy is new');
  });

  test('says what is gone, takes it out when asked, and never takes in what is new', () => {
    write(
      'src/driver.c',
      read('src/driver.c').replace(/^.*NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars.*$/m, (line) =>
        line.replace(';', ' = {0};'),
      ),
    );
    const { err } = run(BASELINE);
    assert.match(
      err,
      /known\.json: 1 finding of it is gone; take it out with --baseline known\.json --write-baseline known\.json/,
    );
    write('src/new.c', FAULTY.replaceAll('MP', 'New').replaceAll('DriverEntry', 'Start'));
    const pruned = run([...BASELINE, '--write-baseline', 'known.json']);
    assert.match(pruned.err, /known\.json: written, with 3 findings/);
    assert.doesNotMatch(run(BASELINE).err, /gone/);
    assert.doesNotMatch(read('known.json'), /new\.c/);
  });

  test('keeps what a run on other files, or with rules off, did not look at', () => {
    write('other/driver.c', FAULTY);
    run(['other', '--write-baseline', 'known.json']);
    assert.equal(run(BASELINE).code, 0);
    assert.equal((JSON.parse(read('known.json')) as { findings: unknown[] }).findings.length, 8);
    const { err } = run([...BASELINE, 'src', '--rule', 'missing-required-handler=off']);
    assert.match(err, /0 findings, 3 of the baseline hidden/);
    assert.doesNotMatch(err, /gone/);
  });

  test('that cannot be used stops the run, and names the remedy', () => {
    write('broken.json', '{');
    const broken = run(['--baseline', 'broken.json']);
    assert.deepEqual([broken.code, broken.out], [2, '']);
    assert.match(
      broken.err,
      /^driverentry: broken\.json: the baseline cannot be used: it is no JSON .*delete it and run with --write-baseline broken\.json\n$/,
    );
    assert.equal(run(['--write-baseline', 'broken.json']).code, 2, 'nothing is overwritten');
    assert.equal(read('broken.json'), '{');
    const missing = run(['--baseline', 'no.json']);
    assert.equal(missing.code, 2);
    assert.match(
      missing.err,
      /^driverentry: no\.json: there is no such baseline; write it with --write-baseline no\.json\n$/,
    );
    const nowhere = run(['--write-baseline', 'no/such/folder.json']);
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.err, /no\/such\/folder\.json: cannot be written: /);
  });
});

interface Log {
  runs: {
    automationDetails: { id: string };
    invocations: {
      exitCode: number;
      executionSuccessful: boolean;
      toolExecutionNotifications: { message: { text: string } }[];
    }[];
    results: {
      partialFingerprints: Record<string, string>;
      baselineState?: string;
      codeFlows?: unknown;
      message: { text: string };
    }[];
    tool: {
      driver: { rules: { id: string; help?: { markdown: string }; properties: Record<string, unknown> }[] };
    };
  }[];
}
const onlyRun = (text: string) => {
  assert.deepEqual(sarifProblems(text), []);
  const [first] = (JSON.parse(text) as Log).runs;
  return first ?? assert.fail();
};

describe('SARIF', () => {
  test('is valid with findings, fixes, ways, notes and without any', () => {
    cpSync(EXAMPLES, join(folder, 'all drïvers & more'), { recursive: true });
    write('big.c', 'int a; // DriverEntry\n'.repeat(300_000));
    const log = onlyRun(run(['.', 'gone.c', '--format', 'sarif']).out);
    assert.ok(log.results.length > 20);
    assert.ok(log.results.some((result) => result.codeFlows));
    assert.deepEqual(log.invocations[0]?.exitCode, 2);
    assert.deepEqual(log.invocations[0]?.executionSuccessful, false);
    assert.deepEqual(
      log.invocations[0]?.toolExecutionNotifications.map(({ message }) => message.text),
      [
        'gone.c: there is no such file or folder',
        'big.c: not analysed: it is larger than 5 MB (6.3 MB); split it, or name it in driverentry.exclude',
      ],
    );
    for (const { help, properties } of log.tool.driver.rules) {
      if (help) assert.match(help.markdown, /\*\*Silent when\*\*/);
      assert.match(String(properties['precision']), /^(?:high|medium)$/);
      assert.match(String(properties['problem.severity']), /^(?:error|warning|recommendation)$/);
    }
    assert.notDeepEqual(
      sarifProblems(JSON.stringify({ ...log, version: '2.1.0', runs: [{ tool: {} }] })),
      [],
    );
    write('empty.c', '');
    assert.deepEqual(onlyRun(run(['empty.c', '--format', 'sarif']).out).results, []);
  });

  test('fingerprints are unique and stay when lines move', () => {
    const prints = () =>
      onlyRun(run(['--format', 'sarif']).out).results.map(
        (result) => result.partialFingerprints['driverEntryFinding/v1'],
      );
    const before = prints();
    assert.equal(new Set(before).size, 4);
    write('src/driver.c', `// one more\n${FAULTY.replaceAll('\n', '\r\n')}`);
    assert.deepEqual(prints(), before);
  });

  test('of a run with a baseline holds the new ones, and runs of other configurations are others', () => {
    run(['--write-baseline', 'known.json']);
    write('more.c', FAULTY);
    const log = onlyRun(
      run(['--baseline', 'known.json', '--configuration', 'Release|x64', '--format', 'sarif']).out,
    );
    assert.deepEqual(
      log.results.map((result) => result.baselineState),
      ['new', 'new', 'new', 'new'],
    );
    assert.equal(log.automationDetails.id, 'driverentry/Release-x64/');
  });

  test('goes to a file beside any other format', () => {
    const { out } = run(['--sarif-file', 'result.sarif', '--format', 'text']);
    assert.match(out, /PauseHandler/);
    assert.equal(read('result.sarif'), run(['--format', 'sarif']).out);
    const { code, err } = run(['--sarif-file', 'no/result.sarif']);
    assert.equal(code, 2);
    assert.match(err, /no\/result\.sarif: cannot be written/);
  });
});

describe('annotations', () => {
  test('name files as the repository does, whatever the folder', () => {
    const { out } = run(['--format', 'github'], {
      cwd: join(folder, 'src'),
      env: { GITHUB_WORKSPACE: folder },
    });
    assert.match(
      out,
      /^::error file=src\/driver\.c,line=58,endLine=58,col=76,endColumn=82,title=missing-required-handler::required/m,
    );
    assert.match(out, /^error {7}src\/driver\.c:58:76: required handler .* \[missing-required-handler\]$/m);
  });

  test(
    'no name of a file becomes a command',
    { skip: process.platform === 'win32' && 'no such names' },
    () => {
      const name = '::error file=x,100%::##[add-mask]y.c';
      write(name, FAULTY);
      const { out } = run([name, '--format', 'github']);
      const commands = out.split('\n').filter((line) => line.trimStart().startsWith('::'));
      assert.equal(commands.length, 4);
      for (const line of commands)
        assert.match(
          line,
          /^::(?:error|warning) file=%3A%3Aerror file=x%2C100%25%3A%3A##\[add-mask\]y\.c,line=\d+/,
        );
      assert.doesNotMatch(out.replace(/^::.*$/gm, ''), /##\[/);
    },
  );
});

describe('a summary', () => {
  test('is added to the file that is named, with links where the repository is known', () => {
    write('page.md', 'before\n');
    const env = {
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_REPOSITORY: 'me/it',
      GITHUB_SHA: 'abc',
      GITHUB_WORKSPACE: folder,
    };
    run(['--summary', 'page.md'], { env });
    const page = read('page.md');
    assert.match(page, /^before\n## DriverEntry: 1 error, 3 warnings\n/);
    assert.match(
      page,
      /^\| \[src\/driver\.c:58\]\(https:\/\/github\.example\/me\/it\/blob\/abc\/src\/driver\.c#L58\) \| error \| required handler/m,
    );
    run(['src/driver.c', 'gone.c', '--rule', 'missing-required-handler=off', '--summary', 'page2.md']);
    assert.match(read('page2.md'), /^\| src\/driver\.c:\d+ \| /m);
    assert.match(read('page2.md'), /^- gone\.c: there is no such file or folder$/m);
  });

  test('is written nowhere else', () => {
    run([], { env: { GITHUB_STEP_SUMMARY: join(folder, 'hidden.md'), GITHUB_ACTIONS: 'true' } });
    assert.equal(existsSync(join(folder, 'hidden.md')), false);
  });
});

describe('--whole-driver', () => {
  beforeEach(() => cpSync(join(EXAMPLES, 'ndis-filter-split'), join(folder, 'filter'), { recursive: true }));
  const filesOf = (args: readonly string[]) => [
    ...new Set(
      (JSON.parse(run([...args, '--format', 'json']).out) as { file: string }[]).map(({ file }) => file),
    ),
  ];

  test('a file alone is looked at in its driver, and reported alone', () => {
    assert.deepEqual(filesOf(['filter/cleanup.c']), ['filter/cleanup.c']);
    assert.deepEqual(filesOf(['filter/filter.h']), []);
  });

  test('a source, or a header, brings all files of its driver and no others', () => {
    const all = filesOf(['filter']);
    assert.ok(all.length > 1);
    assert.deepEqual(filesOf(['filter/cleanup.c', '--whole-driver']), all);
    renameSync(join(folder, 'filter/filter.h'), join(folder, 'filter.h'));
    write('inc/outer.h', '#include <../filter.h>\n');
    for (const name of ['cleanup.c', 'driver.c', 'handlers.c', 'register.c', 'unload.c']) {
      write(`filter/${name}`, read(`filter/${name}`).replace('"filter.h"', '"../inc/outer.h"'));
    }
    assert.deepEqual(filesOf(['filter.h', '--whole-driver']), all);
  });
});

test('--exclude leaves files out', () => {
  write('third_party/driver.c', FAULTY);
  assert.equal(run(['third_party', '--exclude', '**/third_party/**']).code, 0);
});

test('--stats counts by rule', () => {
  assert.match(run(['--stats']).err, /^driverentry: {6}1 {2}handler-pair-incomplete$/m);
});

const mistakes: readonly [string[], RegExp][] = [
  [['--summary', ''], /--summary got an empty name of a file; is GITHUB_STEP_SUMMARY set\?/],
  [['--baseline='], /--baseline got an empty name of a file/],
  [
    ['--stdin', '--stdin-filename', 'a.c', '--write-baseline', 'b'],
    /--write-baseline lists what is in files/,
  ],
  [['--stdin-filename', 'a.c'], /--stdin-filename needs --stdin; to check a file on disk/],
];
for (const [args, message] of mistakes) {
  test(`${args.join(' ')} is refused`, () => {
    const { code, err } = run(args);
    assert.equal(code, 2);
    assert.match(err, message);
  });
}
