import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { findCommand } from '../../scripts/editor.mjs';
import { FAULTY } from '../support/faulty-miniport.ts';
import { copyOf, editorEnvironment, guideConfiguration } from '../support/other-editors.ts';

const nvim = findCommand('nvim');
const skip = nvim === undefined && !process.env['CI'] ? 'Neovim is not installed' : false;
const script = join(process.cwd(), 'test/lsp/neovim-completion.lua');

test('Neovim gets what a table still needs', { skip, timeout: 60_000 }, (t) => {
  assert.ok(nvim, 'CI needs Neovim');
  const task = { ...FAULTY, word: FAULTY.register };
  const folder = copyOf(task, t);
  const init = guideConfiguration('Neovim', 'lua', join(folder, '../init.lua'));
  const file = join(folder, task.file);
  const { status, stdout, stderr } = spawnSync(nvim, ['--headless', '-u', init, '-n', '-S', script, file], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 50_000,
    env: {
      ...editorEnvironment(task, folder),
      GAP: `${FAULTY.missing} is never set`,
      TYPED: '    chars.',
      XDG_STATE_HOME: join(folder, '../state'),
      XDG_CACHE_HOME: join(folder, '../cache'),
      XDG_DATA_HOME: join(folder, '../data'),
    },
  });
  assert.equal(status, 0, stderr);
  assert.equal(stdout.trim(), `${FAULTY.missing} = …`);
});
