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

const nvim = findCommand('nvim');
const skip = nvim === undefined && !process.env['CI'] ? 'Neovim is not installed' : false;
const script = join(process.cwd(), 'test/lsp/neovim.lua');

for (const task of TASKS) {
  test(`Neovim finds, explains and repairs ${task.rule}`, { skip, timeout: 60_000 }, async (t) => {
    assert.ok(nvim, 'CI needs Neovim');
    const folder = copyOf(task, t);
    const lines = expectedLines(task, folder);
    assert.ok(lines.some((line) => line.includes(task.rule)));
    const text = await expectedText(task, folder);

    const file = join(folder, task.file);
    const init = guideConfiguration('Neovim', 'lua', join(folder, '../init.lua'));
    const { status, stdout, stderr } = spawnSync(nvim, ['--headless', '-u', init, '-n', '-S', script, file], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 50_000,
      env: {
        ...editorEnvironment(task, folder),
        XDG_STATE_HOME: join(folder, '../state'),
        XDG_CACHE_HOME: join(folder, '../cache'),
        XDG_DATA_HOME: join(folder, '../data'),
      },
    });
    assert.equal(status, 0, stderr);
    assert.deepEqual(stdout.trim().split(/\r?\n/), [
      ...lines,
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
