// The packed command as users get it: by npx, through the action of GitHub, and as a hook of pre-commit. No network.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from 'yaml';
import { sarifProblems } from '../support/sarif-schema.ts';

const ROOT = process.cwd();
const WINDOWS = process.platform === 'win32';
const folder = mkdtempSync(join(tmpdir(), 'driverentry package-'));
const project = join(folder, 'my driver');
let tarball = '';

interface Result {
  code: number | null;
  out: string;
  err: string;
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Result {
  const inherited = Object.fromEntries(
    // Settings of the npm that runs the tests, and variables of the machine that does.
    Object.entries(process.env).filter(([name]) => !/^(?:npm_|GITHUB_|INPUT_|RUNNER_)/i.test(name)),
  );
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...inherited, npm_config_offline: 'true', npm_config_cache: join(folder, 'cache'), ...env },
    shell: WINDOWS && /^np[mx]$/.test(command),
  });
  return { code: status, out: stdout, err: stderr };
}

before(() => {
  const packed = run(
    process.execPath,
    [join(ROOT, 'scripts/package-npm.mjs'), '--no-build', '--out', folder],
    ROOT,
  );
  assert.equal(packed.code, 0, packed.err);
  const [name] = readdirSync(folder).filter((entry) => entry.endsWith('.tgz'));
  tarball = join(folder, name ?? '');
  mkdirSync(project);
  cpSync(join(ROOT, 'examples/faulty/ndis-miniport/driver.c'), join(project, 'driver.c'));
});
after(() => rmSync(folder, { recursive: true }));

describe('the npm package', () => {
  test('runs by npx from its file in a folder with nothing else, and leaves nothing there', () => {
    cpSync(tarball, join(project, 'driverentry.tgz'));
    const { code, out, err } = run('npx', ['--yes', './driverentry.tgz', 'check', 'driver.c'], project);
    assert.equal(code, 1, err);
    assert.match(out, /^driver\.c:58:76: error: required handler 'PauseHandler'/m);
    rmSync(join(project, 'driverentry.tgz'));
    assert.deepEqual(readdirSync(project), ['driver.c']);
  });

  test('depends on nothing, describes itself, and offers a command only', () => {
    const home = join(folder, 'install');
    mkdirSync(home);
    writeFileSync(join(home, 'package.json'), '{}');
    const installed = run('npm', ['install', '--ignore-scripts', '--no-audit', tarball], home);
    assert.equal(installed.code, 0, installed.err);
    assert.deepEqual(
      readdirSync(join(home, 'node_modules')).filter((name) => !name.startsWith('.')),
      ['driverentry'],
    );
    const manifest = JSON.parse(
      readFileSync(join(home, 'node_modules/driverentry/package.json'), 'utf8'),
    ) as Record<string, unknown>;
    for (const name of ['dependencies', 'devDependencies', 'scripts', 'contributes', 'main']) {
      assert.equal(manifest[name], undefined, name);
    }
    assert.match(String(manifest['description']), /^Checks, .*Windows driver/);
    const bin = join(home, 'node_modules/.bin', WINDOWS ? 'driverentry.cmd' : 'driverentry');
    assert.ok(existsSync(bin));
    assert.match(run('npx', ['driverentry', '--version'], home).out, /^\d+\.\d+\.\d+/);
    assert.match(run('npx', ['driverentry', 'explain', 'PauseHandler'], home).out, /PauseHandler/);
    const cli = readFileSync(join(home, 'node_modules/driverentry/dist/cli.js'), 'utf8');
    assert.ok(cli.startsWith('#!/usr/bin/env node\n'));
    assert.match(
      run(process.execPath, ['-e', 'require("driverentry")'], home).err,
      /No "exports" main defined/,
    );
  });
});

test('the repository itself packs into the same files, as installations from git need', () => {
  const { code, out, err } = run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], ROOT);
  assert.equal(code, 0, err);
  const [packed] = JSON.parse(out) as { files: { path: string }[] }[];
  const { files } = JSON.parse(
    spawnSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' }).stdout,
  ) as { files: string[] };
  assert.deepEqual(
    (packed?.files ?? []).map(({ path }) => path).toSorted(),
    [...files, 'package.json'].toSorted(),
  );
});

describe('the hook of pre-commit', () => {
  const [hook] = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as {
    id: string;
    entry: string;
    language: string;
    files: string;
    require_serial: boolean;
  }[];

  test('runs on sources, headers and INF files', () => {
    assert.deepEqual([hook?.id, hook?.language, hook?.require_serial], ['driverentry', 'node', true]);
    const pattern = new RegExp(hook?.files ?? '');
    for (const name of ['a.c', 'src/b.cpp', 'inc/c.h', 'd.hpp', 'e.inf', 'f.inx'])
      assert.match(name, pattern);
    for (const name of ['a.cs', 'c', 'README.md', 'a.c.txt', 'x.vcxproj']) assert.doesNotMatch(name, pattern);
  });

  test('installed as pre-commit installs it, it checks the whole driver of a changed file', () => {
    const prefix = join(folder, 'prefix');
    const installed = run('npm', ['install', '--global', '--prefix', prefix, tarball], folder);
    assert.equal(installed.code, 0, installed.err);
    const repository = join(folder, 'a repository');
    mkdirSync(join(repository, '.git'), { recursive: true });
    for (const name of ['filter', 'other']) {
      cpSync(join(ROOT, 'examples/faulty/ndis-filter-split'), join(repository, name), { recursive: true });
    }
    const [command = '', ...args] = (hook?.entry ?? '').split(' ');
    const path = `${WINDOWS ? prefix : join(prefix, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
    // As pre-commit does, through the path; the shell of Windows finds `.cmd` files.
    const { code, out } = run(
      WINDOWS ? `${command}.cmd` : command,
      [...args, 'filter/filter.h'],
      repository,
      {
        PATH: path,
      },
    );
    assert.equal(code, 1);
    assert.match(out, /^filter\/driver\.c:\d+:\d+: warning: .*\[not-deregistered-on-failure-path\]$/m);
    assert.doesNotMatch(out, /^other\//m);
  });
});

describe('the action of GitHub', { skip: WINDOWS && 'its bash is not on the path' }, () => {
  interface Action {
    inputs: Record<string, { default: string }>;
    outputs: Record<string, { value: string }>;
    runs: { using: string; steps: { id: string; shell: string; env: Record<string, string>; run: string }[] };
  }
  const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;
  const [step] = action.runs.steps;

  /** Runs the step as a runner does: inputs become variables, and the script is a file that bash runs. */
  function act(inputs: Record<string, string>): Result & { output: string; summary: string } {
    const temp = join(folder, 'runner temp');
    rmSync(temp, { recursive: true, force: true });
    mkdirSync(temp);
    const values = Object.fromEntries(
      Object.entries(action.inputs).map(([name, item]) => [name, item.default]),
    );
    const env = Object.fromEntries(
      Object.entries(step?.env ?? {}).map(([name, expression]) => {
        const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? assert.fail(expression);
        return [name, { ...values, ...inputs }[input] ?? assert.fail(input)];
      }),
    );
    const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary') };
    for (const file of Object.values(files)) writeFileSync(file, '');
    const script = join(temp, 'step.sh');
    writeFileSync(script, step?.run ?? '');
    const result = run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], project, {
      ...env,
      ...files,
      GITHUB_ACTION_PATH: ROOT,
      GITHUB_WORKSPACE: project,
      RUNNER_TEMP: temp,
    });
    return {
      ...result,
      output: readFileSync(files.GITHUB_OUTPUT, 'utf8'),
      summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
    };
  }

  test('hands every input over as a variable, and no input becomes a part of the script', () => {
    assert.equal(action.runs.using, 'composite');
    assert.equal(action.runs.steps.length, 1);
    assert.doesNotMatch(step?.run ?? '', /\$\{\{/);
    assert.deepEqual(
      Object.keys(step?.env ?? {}).toSorted(),
      Object.keys(action.inputs)
        .map((name) => `INPUT_${name.toUpperCase().replaceAll('-', '_')}`)
        .toSorted(),
    );
    for (const { value } of Object.values(action.outputs))
      assert.match(value, /^\$\{\{ steps\.check\.outputs\.[\w-]+ \}\}$/);
  });

  test('annotates, fails, writes SARIF and a summary, in paths with spaces', () => {
    const { code, out, err, output, summary } = act({ version: tarball, 'sarif-file': 'the result.sarif' });
    assert.equal(code, 1, err);
    assert.match(out, /^::error file=driver\.c,line=58,/m);
    assert.equal(output, 'exit-code=1\nsarif-file=the result.sarif\n');
    assert.match(summary, /^## DriverEntry: 1 error, 3 warnings\n/);
    assert.deepEqual(sarifProblems(readFileSync(join(project, 'the result.sarif'), 'utf8')), []);
    rmSync(join(project, 'the result.sarif'));
  });

  test('knows lists of lines, further arguments, and what is to be let through', () => {
    const rules = [
      'structure-not-zeroed=off',
      '',
      'missing-required-handler=hint',
      'handler-pair-incomplete=hint',
    ];
    const inputs = {
      version: tarball,
      rule: `${rules.join('\r\n')}\n`,
      define: 'A\nB=x y',
      configuration: 'Release|x64',
      summary: 'false',
      args: '--rule\nhandler-signature-mismatch=information',
    };
    const { code, out, summary, output } = act(inputs);
    assert.equal(code, 0);
    assert.equal(out.match(/^::/gm)?.length, 3);
    assert.match(out, /^::notice /m);
    assert.deepEqual([summary, output], ['', 'exit-code=0\n']);
    assert.equal(act({ ...inputs, 'fail-on': 'information' }).code, 1);
  });

  test('text of an input is never run', () => {
    const trap = join(folder, 'trap');
    const text = `$(touch '${trap}') \`touch '${trap}'\`; touch '${trap}' #`;
    const others = Object.keys(action.inputs).filter((name) => name !== 'version');
    const all = act({ version: tarball, ...Object.fromEntries(others.map((name) => [name, text])) });
    assert.equal(all.code, 2, 'the command refuses them');
    assert.equal(act({ version: text }).code, 2);
    assert.equal(existsSync(trap), false);
  });

  test('what cannot be done is an error that names the remedy', () => {
    const gone = act({ version: tarball, path: 'gone.c\ndriver.c' });
    assert.equal(gone.code, 2);
    assert.match(gone.out, /^::error title=DriverEntry::gone\.c: there is no such file or folder$/m);
    const version = act({ version: 'latest; rm -rf /' });
    assert.equal(version.code, 2);
    assert.match(version.out, /^::error title=DriverEntry::the input version is a version such as/);
    assert.match(
      act({ version: 'no.tgz' }).out,
      /^::error title=DriverEntry::the package .*no\.tgz cannot be installed/m,
    );
  });
});
