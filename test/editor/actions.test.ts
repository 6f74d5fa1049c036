import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Frame } from 'playwright-core';
import { EditorSession, PATIENCE_MS, skipEditorTests } from '../support/editor-session.ts';

const root = process.cwd();

describe('code actions and status codes in VS Code', { skip: skipEditorTests, timeout: 600_000 }, () => {
  const session = new EditorSession();

  /** Copies an example into the test's folder, and returns the path of its first file. */
  function copyExample(name: string, file = 'driver.c'): string {
    cpSync(join(root, 'examples', name), session.folder, { recursive: true });
    return join(session.folder, file);
  }

  /** The page with an explanation. */
  async function explanation(text: string): Promise<Frame> {
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline) {
      for (const frame of session.page.frames()) {
        const found = await frame
          .locator('main', { hasText: text })
          .count()
          .catch(() => 0);
        if (found > 0) return frame;
      }
      await session.page.waitForTimeout(200);
    }
    return assert.fail(`no page with ${text}`);
  }

  test('explains a status code and leads to the line at fault', async () => {
    const file = copyExample('faulty/ndis-miniport');
    await session.open(file);
    await session.reveal('NdisMRegisterMiniportDriver');
    await session.page.locator('.squiggly-error').first().waitFor({ timeout: 60_000 });
    await session.run('DriverEntry: Explain a status code');
    const input = session.page.locator('.quick-input-widget input').first();
    await input.fill('hello');
    await session.page.locator('.quick-input-message', { hasText: 'No status code' }).waitFor();
    await input.fill('-1073676283');
    await session.page
      .locator('.quick-input-message', { hasText: 'NDIS_STATUS_BAD_CHARACTERISTICS' })
      .waitFor();
    await session.screenshot('status-input');
    await session.page.keyboard.press('Enter');
    const frame = await explanation('3 findings lead');
    await session.screenshot('status-explained');
    await frame
      .locator('a', { hasText: /^driver\.c:58:76$/ })
      .first()
      .click();
    await session.page
      .locator('.statusbar-item', { hasText: /Ln 58, Col 76/ })
      .first()
      .waitFor();
    await session.screenshot('status-followed');
    assert.match(readFileSync(file, 'utf8').split('\n')[57] ?? '', /&chars/);
  });

  /** Opens the list of what can be done at the cursor, and takes one. */
  async function take(title: string, picture: string): Promise<void> {
    const entry = session.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    await session.pressUntil('Control+.', entry);
    await session.screenshot(picture);
    await entry.click();
  }

  /** Waits until a file on the disk has a text. */
  async function onDisk(path: string, text: RegExp): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!text.test(readFileSync(path, 'utf8'))) {
      if (Date.now() > deadline) assert.fail(`${path} has no ${text}:\n${readFileSync(path, 'utf8')}`);
      await session.page.waitForTimeout(200);
    }
  }

  test('adds missing handlers beside their siblings, which are in another file', async () => {
    const file = copyExample('good/ndis-filter-split');
    const handlers = join(session.folder, 'handlers.c');
    const header = join(session.folder, 'filter.h');
    // As if the handlers had never been written.
    for (const [path, pattern] of [
      [file, /.*(?:PauseHandler|RestartHandler) = .*\n/g],
      [header, /FILTER_(?:PAUSE|RESTART) .*\n/g],
      [handlers, /_Use_decl_annotations_\nNDIS_STATUS (?:Lwf)?(?:Filter)?(?:Pause|Restart)\([^]*?\n\}\n\n?/g],
    ] as const) {
      const text = readFileSync(path, 'utf8');
      assert.match(text, pattern, path);
      writeFileSync(path, text.replace(pattern, ''));
    }
    await session.open(file);
    await session.reveal('NdisFRegisterFilterDriver');
    await session.page.locator('.squiggly-error').first().waitFor({ timeout: 60_000 });
    const lines = readFileSync(file, 'utf8').split('\n');
    const line = lines.findIndex((item) => /status = NdisFRegisterFilterDriver/.test(item)) + 1;
    assert.notEqual(line, 0);
    await session.goTo(`${line}:${(lines[line - 1] ?? '').indexOf('&') + 2}`);
    await take('Add the 2 missing handlers', 'actions-offered');
    // VS Code saves what an edit of several files touches.
    await onDisk(handlers, /RestartParameters\)[^]*PauseParameters\)/);
    await onDisk(header, /FILTER_RESTART [^]*FILTER_PAUSE /);
    await onDisk(file, /RestartHandler = [^]*PauseHandler = /);
    await session.page.locator('.squiggly-error').waitFor({ state: 'detached' });
    await session.screenshot('actions-handlers-added');
  });

  test('makes the safe fixes on save', async () => {
    const file = copyExample('faulty/ndis-filter');
    mkdirSync(join(session.folder, '.vscode'));
    writeFileSync(
      join(session.folder, '.vscode/settings.json'),
      JSON.stringify({ 'editor.codeActionsOnSave': { 'source.fixAll.driverentry': 'explicit' } }),
    );
    await session.open(file);
    await session.reveal('NdisFRegisterFilterDriver');
    await session.page.locator('.squiggly-error').first().waitFor({ timeout: 60_000 });
    await session.goTo('1:1');
    await session.page.keyboard.type(' ');
    await session.save();
    await onDisk(file, /Header\.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2/);
    await onDisk(file, /Header\.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS/);
    await session.reveal('NdisFRegisterFilterDriver');
    await session.screenshot('actions-fixed-on-save');
  });

  test('ignores a finding, and asks for the reason', async () => {
    const file = copyExample('faulty/ndis-miniport');
    await session.open(file);
    await session.reveal('NdisMRegisterMiniportDriver');
    await session.page.locator('.squiggly-error').first().waitFor({ timeout: 60_000 });
    await session.goTo('56:12');
    await take('Ignore handler-pair-incomplete here', 'actions-ignore-offered');
    await session.page
      .locator('.view-line', { hasText: 'driverentry-ignore handler-pair-incomplete: reason' })
      .waitFor();
    // The placeholder is selected: what is typed takes its place.
    await session.page.keyboard.type('resets are done by the bus');
    await session.screenshot('actions-ignored');
    await session.page.keyboard.press('Escape');
    await session.save();
    await onDisk(
      file,
      /^ {4}\/\/ driverentry-ignore handler-pair-incomplete: resets are done by the bus\n {4}chars\.CheckForHangHandlerEx/m,
    );
  });
});
