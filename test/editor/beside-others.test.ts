import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { EditorSession, skipEditorTests } from '../support/editor-session.ts';
import { otherExtension } from '../support/other-extension.ts';

const root = process.cwd();
const DRIVER = { folder: 'examples/good/ndis-filter-split', file: 'driver.c' };

describe('beside another C extension', { skip: skipEditorTests, timeout: 10 * 60_000 }, () => {
  // It has the name of clangd, and answers hovers, definitions and references as a C tool does.
  const session = new EditorSession({ others: () => [otherExtension(root)] });

  async function openDriver(settings: object = {}): Promise<void> {
    cpSync(join(root, DRIVER.folder), session.folder, { recursive: true });
    mkdirSync(join(session.folder, '.vscode'), { recursive: true });
    writeFileSync(join(session.folder, '.vscode/settings.json'), JSON.stringify(settings));
    await session.open(join(session.folder, DRIVER.file));
    await session.goTo('74:5');
    await session.page.locator('.codelens-decoration a', { hasText: 'NDIS 6.30 filter · 4' }).waitFor();
  }

  /** Text of the hover at a position, once the other one's answer and `ours` are there. */
  const hoverAt = async (position: string, ours: string | RegExp = ''): Promise<string> => {
    await session.goTo(position);
    const hover = session.page
      .locator('.monaco-hover:visible', { hasText: 'declared by the other one' })
      .filter({ hasText: ours })
      .first();
    await session.page.keyboard.press('Control+k');
    await session.page.keyboard.press('Control+i');
    await hover.waitFor();
    return hover.innerText();
  };

  test('both hovers are there, and ours is short', async () => {
    await openDriver();
    const text = await hoverAt('74:20', /registers a filter driver/);
    await session.screenshot('hover-beside');
    // What the other one shows, and what takes a page, is left out.
    assert.doesNotMatch(text, /Likely cause|_In_ /);
  });

  test('a full hover is there when it is wanted, none when it is not', async () => {
    await openDriver({ 'driverentry.hover': 'full' });
    await hoverAt('74:20', /Likely cause/);
    await session.page.keyboard.press('Escape');
    writeFileSync(
      join(session.folder, '.vscode/settings.json'),
      JSON.stringify({ 'driverentry.hover': 'off' }),
    );
    await session.page.waitForTimeout(2000); // the file is watched
    assert.doesNotMatch(await hoverAt('74:20'), /registers a filter driver/);
  });

  test("a definition is the other one's where it has one", async () => {
    await openDriver();
    await session.goTo('69:12'); // chars.AttachHandler
    await session.page.keyboard.press('F12');
    // One answer: a jump, no list. The other one says that members are declared in the header.
    await session.page.locator('.tab.active', { hasText: 'filter.h' }).waitFor();
    assert.equal(await session.page.locator('.reference-zone-widget').count(), 0);
  });

  test('the function that a member gets is its implementation', async () => {
    await openDriver();
    await session.goTo('69:12');
    await session.run('Go to Implementations');
    await session.page.locator('.tab.active', { hasText: 'handlers.c' }).waitFor();
  });

  test('references that both know are listed once', async () => {
    await openDriver();
    await session.goTo('69:30'); // LwfAttach
    await session.page.keyboard.press('Shift+F12');
    const peek = session.page.locator('.reference-zone-widget');
    await peek.waitFor();
    await session.screenshot('references-beside');
    // In this file: where it is stored, which both know, and the registration, which only one does.
    const rows = peek.locator('.ref-tree .monaco-list-row', {
      hasText: /LwfAttach|NdisFRegisterFilterDriver/,
    });
    await rows.first().waitFor();
    const texts = await rows.allInnerTexts();
    assert.equal(texts.filter((text) => text.includes('AttachHandler = LwfAttach')).length, 1);
    assert.equal(texts.filter((text) => text.includes('NdisFRegisterFilterDriver')).length, 1);
  });
});
