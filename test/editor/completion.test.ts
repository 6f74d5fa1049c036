import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { EditorSession, skipEditorTests } from '../support/editor-session.ts';
import { FAULTY, readFaulty } from '../support/faulty-miniport.ts';

/** Where the example says what it leaves out. */
const GAP = `    // mistake: ${FAULTY.missing} is never set\n`;
const { text } = readFaulty();
const lineOfGap = text.slice(0, text.indexOf(GAP)).split('\n').length;
const lineOfCall = text.slice(0, text.indexOf(`status = ${FAULTY.register}`)).split('\n').length;

describe('completion in VS Code', { skip: skipEditorTests, timeout: 10 * 60_000 }, () => {
  const session = new EditorSession();
  const suggestions = (): Locator => session.page.locator('.suggest-widget.visible');
  const row = (part: string): Locator => suggestions().locator('.monaco-list-row', { hasText: part }).first();

  /** Opens the example with a line of its own, instead of others, and the cursor behind it. */
  async function open(line: string, at = lineOfGap, instead = 1): Promise<string> {
    const file = join(session.folder, FAULTY.file);
    const lines = text.split('\n');
    lines.splice(at - 1, instead, line);
    writeFileSync(file, lines.join('\n'));
    await session.open(file);
    await session.openProblems();
    await session.problems(FAULTY.source).first().waitFor(); // the server is up
    await session.page.keyboard.press('Control+j');
    await session.goTo(`${at}:${line.length + 1}`);
    return file;
  }

  /** The lists with some of the code around them, as the README shows it. */
  async function around(...parts: Locator[]) {
    const boxes = await Promise.all(parts.map((part) => part.boundingBox()));
    const found = boxes.filter((box) => box !== null);
    const editor = await session.page.locator('.monaco-editor').first().boundingBox();
    assert.ok(editor);
    const right = Math.max(...found.map(({ x, width }) => x + width));
    const bottom = Math.max(...found.map(({ y, height }) => y + height));
    const top = Math.min(...found.map(({ y }) => y)) - 20;
    return { x: editor.x, y: top, width: right - editor.x + 20, height: bottom - top + 20 };
  }

  test('a member, then its function: two keys for a handler', async () => {
    const file = await open('    chars');
    await session.page.keyboard.type('.', { delay: 50 });
    await row(`${FAULTY.missing} = …`).waitFor();
    await session.screenshot('completion-members');
    assert.match(
      await suggestions().locator('.monaco-list-row').first().innerText(),
      new RegExp(FAULTY.missing),
    );
    await session.page.keyboard.press('Enter');
    await row('MPPause').waitFor();
    await session.screenshot('completion-handler');
    await session.page.keyboard.press('Enter');
    await suggestions().waitFor({ state: 'hidden' });
    await session.page.keyboard.press('Escape');
    await session.save();
    assert.match(readFileSync(file, 'utf8'), /\n    chars\.PauseHandler = MPPause;\n/);
  });

  for (const theme of ['Dark Modern', 'Light Modern']) {
    test(`shows what is missing, with its documentation, in ${theme}`, async () => {
      const { page } = session;
      mkdirSync(join(session.folder, '.vscode'), { recursive: true });
      const settings = { 'workbench.colorTheme': theme };
      writeFileSync(join(session.folder, '.vscode/settings.json'), JSON.stringify(settings));
      await open('    chars');
      await page.keyboard.type('.', { delay: 50 });
      await row(`${FAULTY.missing} = …`).waitFor();
      const details = page.locator('.suggest-details-container', { hasText: 'Required.' });
      await session.pressUntil('Control+Space', details);
      const name = `completion-${theme.split(' ')[0]?.toLowerCase()}`;
      await session.screenshot(name);
      // The picture of the README: `docs/images/completion.png` is the dark one.
      const clip = await around(suggestions(), details);
      await page.screenshot({ path: `.test-out/screens/${name}-part.png`, clip });
    });
  }

  test('return codes of the call, and none where a statement begins', async () => {
    const { page } = session;
    await open('    if (status != 0) switch (status) { case', lineOfCall + 1);
    await page.keyboard.type(' ', { delay: 50 });
    await row('NDIS_STATUS_BAD_CHARACTERISTICS').waitFor();
    await session.screenshot('completion-statuses');
    await page.keyboard.press('Escape');
  });

  test('the arguments of a call as they are written', async () => {
    const { page } = session;
    const file = await open('    ', lineOfCall, 0);
    await page.keyboard.type(`${FAULTY.register}(DriverObject, RegistryPath, `, { delay: 40 });
    const help = page.locator('.parameter-hints-widget.visible', { hasText: 'MiniportDriverContext' });
    await help.locator('.parameter.active', { hasText: 'MiniportDriverContext' }).waitFor();
    await session.screenshot('signature-help');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await session.save();
    assert.match(readFileSync(file, 'utf8'), /\(DriverObject, RegistryPath, /);
  });
});
