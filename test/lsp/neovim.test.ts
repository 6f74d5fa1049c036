import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findCommand } from '../../scripts/editor.mjs';
import { FAULTY, readFaulty } from '../support/faulty-miniport.ts';

const nvim = findCommand('nvim');
const skip = nvim === undefined && !process.env['CI'] ? 'Neovim is not installed' : false;

test('Neovim finds, explains and repairs', { skip, timeout: 60_000 }, (t) => {
  assert.ok(nvim, 'CI needs Neovim');
  const folder = mkdtempSync(join(tmpdir(), 'driverentry-nvim-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, FAULTY.file);
  copyFileSync(readFaulty().path, file);

  const script = join(process.cwd(), 'test/lsp/neovim.lua');
  const { status, stdout, stderr } = spawnSync(nvim, ['--headless', '--clean', '-n', '-S', script, file], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 50_000,
    env: {
      ...process.env,
      NODE: process.execPath,
      SERVER: join(process.cwd(), 'dist/server.js'),
      RULE: FAULTY.rule,
      WORD: FAULTY.register,
      FIX: FAULTY.fix,
      XDG_STATE_HOME: join(folder, 'state'),
      XDG_CACHE_HOME: join(folder, 'cache'),
      XDG_DATA_HOME: join(folder, 'data'),
    },
  });
  assert.equal(status, 0, stderr);
  assert.deepEqual(stdout.trim().split(/\r?\n/), [
    `found ${FAULTY.rule}`,
    `hover ${FAULTY.register}`,
    'fixed',
    'gone',
    'stopped',
  ]);
});
