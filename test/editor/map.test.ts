import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator, Locator } from 'playwright-core';
import { EditorSession, PATIENCE_MS, skipEditorTests } from '../support/editor-session.ts';

const VIEW = 'DriverEntry: Registration map';
const FOLDER = 'examples/faulty/ndis-filter-split';

const root = process.cwd();

describe('the registration map in VS Code', { skip: skipEditorTests, timeout: 10 * 60_000 }, () => {
  const session = new EditorSession();

  /** Its name is that of the driver. */
  const driver = (): string => join(session.folder, 'ndis-filter-split');

  async function openDriver(file = 'driver.c'): Promise<void> {
    cpSync(join(root, FOLDER), driver(), { recursive: true });
    await session.open(join(driver(), file));
  }

  const rows = (text: string): Locator =>
    session.page.locator('.pane', { hasText: VIEW }).locator('.monaco-list-row', { hasText: text });

  async function openTree(): Promise<void> {
    const header = session.page.locator('.pane-header', { hasText: VIEW }).first();
    await header.waitFor();
    // Other parts of the explorer make room, so that all rows are drawn.
    const open = session.page
      .locator('.pane-header[aria-expanded="true"][aria-label*="Explorer Section"]')
      .first();
    if (await open.count()) await open.click();
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    await rows('DriverEntry').first().waitFor();
  }

  /** The page of the picture, which is a frame in a frame. */
  const picture = (): FrameLocator =>
    session.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');

  async function openPicture(): Promise<void> {
    await session.run('DriverEntry: Show registration map');
    await picture().locator('svg.driver-map').waitFor();
  }

  const node = (id: string): Locator => picture().locator(`[data-node="${id}"]`);

  async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
      if (await condition()) return;
      await delay(100);
    }
    assert.fail(what);
  }

  const statusText = (): Promise<string> => session.page.locator('.statusbar').innerText();

  test('a tree in the explorer shows the driver; a click goes to the code', async () => {
    await openDriver();
    await openTree();
    const registration = rows('1 filter driver').first();
    await registration.waitFor();
    assert.match(await registration.innerText(), /NDIS 6\.30 · NdisFRegisterFilterDriver/);
    // Screen readers get the whole sentence.
    assert.match(
      (await registration.getAttribute('aria-label')) ?? '',
      /Registration 1: filter driver, NdisFRegisterFilterDriver, NDIS 6\.30, register\.c:29/,
    );
    assert.ok(
      await rows('fails: 1 stays registered').count(),
      'what is wrong is not open from the beginning',
    );
    await session.screenshot('map-tree');
    await registration.click();
    await session.page.locator('.tab.active', { hasText: 'register.c' }).waitFor();
    await until(async () => /Ln 29,/.test(await statusText()), 'the cursor is not at the call');
  });

  test('the tree follows the cursor', async () => {
    await openDriver('unload.c');
    await openTree();
    const selected = session.page
      .locator('.pane', { hasText: VIEW })
      .locator('.monaco-list-row.selected, .monaco-list-row.focused');
    await session.goTo('12:5');
    await until(
      async () => /LwfUnload/.test((await selected.allInnerTexts()).join()),
      'the unload routine is not selected',
    );
  });

  test('a picture opens beside the code, and is walked by keyboard', async () => {
    await openDriver();
    await openPicture();
    await node('DriverEntry').waitFor();
    await session.screenshot('map-picture');
    assert.equal(await picture().locator('svg').getAttribute('role'), 'tree');
    // Tab leads from the buttons into the picture, to one of its items only.
    await picture().locator('button[data-action="export"]').focus();
    await session.page.keyboard.press('Tab');
    const focused = (): Promise<string | null> =>
      picture().locator('[role="treeitem"]:focus').getAttribute('data-node');
    assert.equal(await focused(), 'DriverEntry');
    assert.equal(await picture().locator('[role="treeitem"][tabindex="0"]').count(), 1);
    await session.page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'DriverEntry/object');
    await session.page.keyboard.press('ArrowDown');
    await session.page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'DriverEntry/NdisFRegisterFilterDriver');
    await session.page.keyboard.press('ArrowLeft');
    assert.equal(await focused(), 'DriverEntry');
    await session.page.keyboard.press('End');
    assert.match((await focused()) ?? '', /^LwfUnload\//);
    const label = await picture().locator('[role="treeitem"]:focus').getAttribute('aria-label');
    assert.match(label ?? '', /NdisFDeregisterFilterDriver, cleanup\.c:10/);
    await session.screenshot('map-picture-keyboard');
    await session.page.keyboard.press('Enter');
    await session.page.locator('.tab.active', { hasText: 'cleanup.c' }).waitFor();
    await until(async () => /Ln 10,/.test(await statusText()), 'the cursor is not at the call');
  });

  test('zooms by keys and buttons', async () => {
    await openDriver();
    await openPicture();
    const width = async (): Promise<number> =>
      (await picture().locator('svg').boundingBox())?.width ?? assert.fail('no picture');
    await picture().locator('button[data-action="fit"]').click();
    const fitted = await width();
    await picture().locator('button[data-action="in"]').click();
    assert.ok((await width()) > fitted * 1.1);
    await session.page.keyboard.press('+');
    assert.ok((await width()) > fitted * 1.3);
    await session.page.keyboard.press('0');
    assert.ok(Math.abs((await width()) - fitted) < 2);
  });

  test('the picture marks what the cursor is in, and follows typing without losing the focus', async () => {
    await openDriver('register.c');
    await openPicture();
    await node('DriverEntry').waitFor();
    await session.page.locator('.tab', { hasText: 'register.c' }).first().click();
    await session.goTo('29:10');
    const current = picture().locator('[aria-current="true"]');
    await until(
      async () => (await current.getAttribute('data-node')) === 'DriverEntry/NdisFRegisterFilterDriver',
      'the registration is not marked',
    );
    // A handler is taken out of the table while the picture is looked at.
    const line = readFileSync(join(driver(), 'register.c'), 'utf8')
      .split('\n')
      .findIndex((text) => text.includes('PauseHandler'));
    await session.goTo(`${line + 1}:1`);
    await session.page.keyboard.press('Control+Shift+k');
    const missing = node('DriverEntry/NdisFRegisterFilterDriver/PauseHandler');
    await until(
      async () => /\bmissing\b/.test((await missing.getAttribute('class')) ?? ''),
      'the picture does not show the missing handler',
    );
    await session.screenshot('map-picture-missing');
    await node('DriverEntry').focus();
    await session.page.locator('.monaco-editor .view-lines').first().click();
    await session.page.keyboard.press('Control+z');
    await until(
      async () => /\bgood\b/.test((await missing.getAttribute('class')) ?? ''),
      'the picture does not show the handler again',
    );
  });

  test('exports a picture that stands alone', async () => {
    await openDriver();
    await openPicture();
    await picture().locator('button[data-action="export"]').click();
    const input = session.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await until(async () => (await input.inputValue()).endsWith('-map.svg'), 'no name is offered');
    const target = join(session.folder, 'exported.svg');
    await input.fill(target);
    // VS Code drops keys while it looks into the folder.
    for (let tries = 0; tries < 8 && !existsSync(target); tries++) {
      if (await input.isVisible()) await input.press('Enter');
      await delay(1000);
    }
    await until(async () => Promise.resolve(existsSync(target)), 'no file was written');
    const written = readFileSync(target, 'utf8');
    assert.match(written, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^]*role="img"/);
    assert.doesNotMatch(written, /--vscode/);
  });

  test('survives a reload of the window', async () => {
    await openDriver();
    await openPicture();
    await delay(8000); // the window keeps its layout a while later
    // Without the file that the address asks for: with one, the window opens nothing else.
    const address = new URL(session.page.url());
    address.searchParams.delete('payload');
    await session.page.goto(address.href);
    await picture().locator('svg.driver-map').waitFor({ timeout: 60_000 });
  });

  for (const [name, theme] of [
    ['light', 'Default Light Modern'],
    ['dark', 'Default Dark Modern'],
    ['high-contrast', 'Default High Contrast'],
    ['high-contrast-light', 'Default High Contrast Light'],
  ] as const) {
    test(`is legible in a ${name} theme`, async () => {
      mkdirSync(join(session.folder, '.vscode'));
      writeFileSync(
        join(session.folder, '.vscode/settings.json'),
        JSON.stringify({ 'workbench.colorTheme': theme }),
      );
      await openDriver();
      await openPicture();
      const colours = await picture()
        .locator('svg')
        .evaluate((svg) => {
          const style = (selector: string, property: 'fill' | 'stroke'): string => {
            const element = svg.querySelector(selector);
            return element ? getComputedStyle(element)[property] : '';
          };
          return { paper: style('.paper', 'fill'), text: style('text.strong', 'fill') };
        });
      assert.notEqual(colours.paper, colours.text);
      await session.screenshot(`map-picture-${name}`);
    });
  }
});
