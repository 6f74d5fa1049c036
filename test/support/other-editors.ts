import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { FAULTY } from './faulty-miniport.ts';
import { LanguageClient } from './language-client.ts';

/** A mistake that an editor is to show and to repair, in an example of several files or of one. */
export interface Task {
  readonly folder: string;
  readonly file: string;
  readonly rule: string;
  /** To hover on. */
  readonly word: string;
  /** Part of the title of the fix. */
  readonly fix: string;
}

export const TASKS: readonly Task[] = [
  { ...FAULTY, word: FAULTY.register },
  {
    folder: 'examples/faulty/ndis-filter-split',
    file: 'driver.c',
    rule: 'not-deregistered-on-failure-path',
    word: 'NDIS_STATUS_SUCCESS',
    fix: "Call 'LwfCleanup'",
  },
];

export const CLI = join(process.cwd(), 'dist/cli.js');

/** A copy of the task's example that goes with the test. */
export function copyOf(task: Task, t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'driverentry-other-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const copy = join(folder, 'driver');
  cpSync(join(process.cwd(), task.folder), copy, { recursive: true });
  return copy;
}

/** A configuration as docs/editors.md shows it, the first in this language below this heading, as a file. */
export function guideConfiguration(heading: string, language: string, path: string): string {
  const guide = readFileSync(join(process.cwd(), 'docs/editors.md'), 'utf8');
  const section = guide.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const code = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'm').exec(section)?.[1];
  assert.ok(code, `docs/editors.md shows no configuration for ${heading}`);
  writeFileSync(path, code);
  return path;
}

/** What the editors' scripts want to know, and the command that the configurations start. */
export function editorEnvironment({ rule, word, fix }: Task, folder: string): NodeJS.ProcessEnv {
  const bin = join(folder, '../bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'driverentry'), `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`, {
    mode: 0o755,
  });
  const { PATH = '' } = process.env;
  return { ...process.env, PATH: `${bin}${delimiter}${PATH}`, RULE: rule, WORD: word, FIX: fix };
}

/** The setting that the configurations of the guide make. */
const GUIDE_RULE = 'missing-role-type=off';

/** `line:column rule message`, as the command line says it, in the order of the file. */
export function expectedLines({ file }: Task, folder: string): string[] {
  const { stdout } = spawnSync(
    process.execPath,
    [CLI, 'check', '--format', 'json', '--rule', GUIDE_RULE, '.'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  const findings = JSON.parse(stdout) as {
    file: string;
    range: { start: { line: number; character: number } };
    rule: string;
    message: string;
  }[];
  return findings
    .filter((finding) => finding.file.endsWith(file))
    .map(
      ({ range: { start }, rule, message }) => `${start.line + 1}:${start.character + 1} ${rule} ${message}`,
    );
}

/** The text of the file once the task's fix is applied, as a client without an editor applies it. */
export async function expectedText({ file, rule, fix }: Task, folder: string): Promise<string> {
  const client = await LanguageClient.start({ rootUri: pathToFileURL(folder).href });
  try {
    const uri = pathToFileURL(join(folder, file)).href;
    await client.open(uri, readFileSync(join(folder, file), 'utf8'));
    const finding = (await client.diagnostics(uri)).find(({ code }) => code === rule);
    assert.ok(finding, `no ${rule}`);
    const action = (await client.codeActions(uri, finding.range, [finding])).find(({ title }) =>
      title.includes(fix),
    );
    assert.ok(action, `no fix "${fix}"`);
    await client.apply(action);
    return client.document(uri).getText();
  } finally {
    client.kill();
  }
}
