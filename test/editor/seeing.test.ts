import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { EditorSession, skipEditorTests } from '../support/editor-session.ts';

const root = process.cwd();
const DRIVER = { folder: 'examples/good/ndis-filter-split', file: 'driver.c' };

describe('the registration over the code', { skip: skipEditorTests, timeout: 10 * 60_000 }, () => {
  const session = new EditorSession();

  async function openDriver(settings: object = {}): Promise<void> {
    cpSync(join(root, DRIVER.folder), session.folder, { recursive: true });
    mkdirSync(join(session.folder, '.vscode'), { recursive: true });
    writeFileSync(join(session.folder, '.vscode/settings.json'), JSON.stringify(settings));
    await session.open(join(session.folder, DRIVER.file));
  }

  const lens = (text: string): Locator => session.page.locator('.codelens-decoration a', { hasText: text });

  for (const theme of ['dark', 'light'] as const) {
    test(`lenses say what is registered and lead to it, ${theme}`, async () => {
      const colors = theme === 'dark' ? 'Default Dark Modern' : 'Default Light Modern';
      await openDriver({ 'workbench.colorTheme': colors });
      const registration = lens('NDIS 6.30 filter · 4 handlers · undone in LwfCleanup');
      await session.goTo('75:1');
      await registration.waitFor();
      await session.goTo('43:1');
      await lens('registers NDIS 6.30 filter, control device · unloads in LwfUnload').waitFor();
      await session.screenshot(`lenses-${theme}`);
      await session.goTo('75:1');
      await registration.click();
      const peek = session.page.locator('.reference-zone-widget');
      await peek.waitFor();
      await peek.locator('.ref-tree .monaco-list-row', { hasText: 'cleanup.c' }).first().waitFor();
      await session.screenshot(`lens-peek-${theme}`);
    });
  }

  test('lenses are reached by the keyboard, and named for screen readers', async () => {
    await openDriver();
    await session.goTo('74:5');
    const registration = lens('NDIS 6.30 filter · 4 handlers');
    await registration.waitFor();
    // A link is announced with its text: nothing of it is a picture.
    assert.match(await registration.innerText(), /^NDIS 6\.30 filter · 4 handlers · undone in LwfCleanup$/);
    assert.equal(await registration.getAttribute('role'), 'button');
    await session.run('Show CodeLens Commands for Current Line');
    const item = session.page.locator('.quick-input-widget .monaco-list-row', {
      hasText: 'NDIS 6.30 filter',
    });
    await item.waitFor();
    await session.page.keyboard.press('Enter');
    await session.page.locator('.reference-zone-widget').waitFor();
  });

  test('a member leads to its function, and a handle to its registration', async () => {
    await openDriver();
    await session.goTo('75:1');
    await lens('NDIS 6.30 filter · 4').waitFor();
    await session.goTo('69:12'); // chars.AttachHandler
    await session.page.keyboard.press('F12');
    await session.page.locator('.tab.active', { hasText: 'handlers.c' }).waitFor();
    await session.screenshot('definition');
  });

  test('hints are drawn when they are asked for', async () => {
    await openDriver({ 'driverentry.inlayHints': true });
    await session.goTo('75:1');
    await lens('NDIS 6.30 filter · 4').waitFor();
    await session.goTo('69:12');
    await session.page.keyboard.press('F12');
    const hint = session.page.locator('.view-line', { hasText: 'PASSIVE_LEVEL' }).first();
    await hint.waitFor();
    await session.screenshot('inlay-hints');
  });

  test('the outline has the registration with its members', async () => {
    await openDriver();
    await session.goTo('75:1');
    await lens('NDIS 6.30 filter · 4').waitFor();
    await session.page.keyboard.press('Control+Shift+o');
    const item = session.page.locator('.quick-input-widget .monaco-list-row', {
      hasText: 'NDIS 6.30 filter',
    });
    await item.first().waitFor();
    await session.screenshot('symbols');
  });
});
