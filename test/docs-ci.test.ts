// docs/continuous-integration.md: its YAML is YAML, names what there is, and its commands do what it says.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from 'yaml';
import { version } from '../package.json';
import { COMMANDS } from '../server/src/cli/commands/index.ts';

const text = readFileSync(join(process.cwd(), 'docs/continuous-integration.md'), 'utf8');
const blocks = [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, kind = '', body = '']) => ({
  kind,
  body,
}));
const yaml = blocks.filter(({ kind }) => kind === 'yaml').map(({ body }) => parse(body) as unknown);
const read = (name: string) => parse(readFileSync(join(process.cwd(), name), 'utf8')) as unknown;

/** All values of a key, anywhere in the examples. */
function valuesOf(key: string, value: unknown = yaml): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [
    ...(name === key ? [item] : []),
    ...valuesOf(key, item),
  ]);
}

test('every example is YAML, and there is one for each place', () => {
  assert.equal(yaml.length, 6);
  for (const item of yaml) assert.ok(typeof item === 'object' && item !== null);
});

test('steps with the action name inputs that it has, and its table names all', () => {
  const { inputs } = read('action.yml') as { inputs: Record<string, unknown> };
  const steps = valuesOf('steps').flat() as { uses?: string; with?: Record<string, unknown> }[];
  const ours = steps.filter(({ uses }) => uses?.startsWith('driverentry/driverentry@'));
  assert.equal(ours.length, 2);
  for (const step of ours) {
    assert.equal(step.uses, `driverentry/driverentry@v${version}`);
    for (const name of Object.keys(step.with ?? {})) assert.ok(name in inputs, name);
  }
  const table = [...text.matchAll(/^\| `([\w-]+)` \| (?:`|\||that)/gm)].map(([, name]) => name);
  assert.deepEqual(
    Object.keys(inputs).filter((name) => !table.includes(name)),
    [],
  );
});

test('the hook and the formats are those that there are', () => {
  const ids = (read('.pre-commit-hooks.yaml') as { id: string }[]).map(({ id }) => id);
  const hooks = valuesOf('hooks').flat() as { id: string }[];
  assert.deepEqual(
    hooks.map(({ id }) => id),
    ids,
  );
  const format = COMMANDS.find(({ name }) => name === 'check')?.options['format'];
  assert.equal(format?.kind, 'choice');
  for (const name of format?.kind === 'choice' ? format.values : [])
    assert.match(text, new RegExp(`^\\| \`${name}\` \\|`, 'm'));
});

describe('commands', { skip: process.platform === 'win32' && 'they are for sh' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'driverentry docs-'));
  const project = join(folder, 'project');
  const npx = join(folder, 'bin/npx');

  before(() => {
    mkdirSync(join(folder, 'bin'));
    // Stands for the npx that gets the package from the registry.
    writeFileSync(
      npx,
      `#!/bin/sh\n[ "$1 $2" = "--yes driverentry@${version}" ] || exit 99\nshift 2\nexec "${process.execPath}" "${join(process.cwd(), 'dist/cli.js')}" "$@"\n`,
    );
    chmodSync(npx, 0o755);
    cpSync(join(process.cwd(), 'examples/faulty/ndis-filter-split'), project, { recursive: true });
    for (const args of [
      ['init', '-q'],
      ['add', '.'],
    ])
      spawnSync('git', args, { cwd: project });
  });
  after(() => rmSync(folder, { recursive: true }));

  const sh = (script: string) => {
    const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', script], {
      cwd: project,
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
        GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
      },
    });
    return { code: status, out: stdout, err: stderr };
  };

  test('a baseline is written, and then hides what it lists', () => {
    const [write, use] = blocks.filter(({ kind, body }) => kind === 'sh' && body.includes('baseline'));
    assert.equal(sh(write?.body ?? '').code, 0);
    const { code, err } = sh(use?.body ?? '');
    assert.equal(code, 0);
    assert.match(err, /0 findings, \d+ of the baseline hidden/);
  });

  test('the commands of the examples run and find what is there', () => {
    const scripts = [...valuesOf('run'), ...valuesOf('script').flat()].map(String);
    assert.equal(scripts.length, 3);
    for (const script of scripts) {
      const { code, err } = sh(script);
      assert.equal(code, 1, `${script}\n${err}`);
    }
    assert.match(readFileSync(join(folder, 'summary.md'), 'utf8'), /^## DriverEntry: /);
    assert.match(readFileSync(join(project, 'driverentry.sarif'), 'utf8'), /"version": "2\.1\.0"/);
    const report = JSON.parse(readFileSync(join(project, 'driverentry.json'), 'utf8')) as {
      fingerprint: string;
      location: { path: string; lines: { begin: number } };
    }[];
    assert.ok(report.length > 1);
    assert.equal(new Set(report.map(({ fingerprint }) => fingerprint)).size, report.length);
    assert.ok(report.every(({ location }) => /^\w+\.c$/.test(location.path) && location.lines.begin > 0));
  });

  test('the hook of git checks what is staged, and is silent when nothing is', () => {
    const hook = blocks.find(({ body }) => body.startsWith('#!/bin/sh'))?.body ?? assert.fail();
    assert.notEqual(sh(hook).code, 0);
    spawnSync('git', ['rm', '-rq', '--cached', '.'], { cwd: project });
    assert.deepEqual(sh(hook), { code: 0, out: '', err: '' });
  });

  test('formats for other places go to files, whether or not there are findings', () => {
    const others = blocks.filter(({ kind, body }) => kind === 'sh' && body.includes('test $? -eq 1'));
    assert.equal(others.length, 1);
    assert.equal(sh(others[0]?.body ?? '').code, 0);
    assert.ok(Array.isArray(JSON.parse(readFileSync(join(project, 'findings.json'), 'utf8'))));
  });
});
