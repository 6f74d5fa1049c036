import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findCommand } from '../../scripts/editor.mjs';
import {
  copyOf,
  editorEnvironment,
  expectedLines,
  expectedText,
  guideConfiguration,
  TASKS,
} from '../support/other-editors.ts';

const emacs = findCommand('emacs');
const script = join(process.cwd(), 'test/lsp/emacs.el');

/** Too large to be installed for one test: this one runs where Emacs and eglot are. */
function whyNot(): string | false {
  if (emacs === undefined) return 'Emacs is not installed';
  const { status } = spawnSync(emacs, ['-q', '--batch', '--eval', "(require 'eglot)"], { timeout: 20_000 });
  return status === 0 ? false : 'Emacs has no eglot';
}

const skip = whyNot();

for (const task of TASKS) {
  test(`Emacs finds, explains and repairs ${task.rule}`, { skip, timeout: 90_000 }, async (t) => {
    assert.ok(emacs);
    const folder = copyOf(task, t);
    const lines = expectedLines(task, folder);
    const text = await expectedText(task, folder);
    const file = join(folder, task.file);
    const init = guideConfiguration('Emacs', 'elisp', join(folder, '../init.el'));
    const { status, stdout, stderr } = spawnSync(emacs, ['-q', '--batch', '-l', init, '-l', script, file], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 80_000,
      env: {
        ...editorEnvironment(task, folder),
        HOME: join(folder, '..'),
      },
    });
    assert.equal(status, 0, stderr);
    assert.doesNotMatch(stderr, /warning|unsupported|unknown/i);
    const said = stdout.trim().split(/\r?\n/);
    // Of two findings at one place any may come first.
    assert.deepEqual(said.slice(0, lines.length).toSorted(), lines.toSorted());
    assert.deepEqual(said.slice(lines.length), [
      `hover ${task.word}`,
      'off',
      'on',
      'fixed',
      'gone',
      'saved',
      'stopped',
    ]);
    assert.equal(readFileSync(file, 'utf8'), text);
  });
}
