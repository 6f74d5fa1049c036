import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { PATIENCE_MS, skipEditorTests } from '../support/editor-session.ts';
import { CRASH } from '../support/web-editor.ts';
import { WebSession } from '../support/web-session.ts';

/** A driver in several files: what one of them leaves registered, another registered. */
const SPLIT = {
  folder: 'examples/faulty/ndis-filter-split',
  file: 'driver.c',
  rule: 'not-deregistered-on-failure-path',
  step: "'NdisFRegisterFilterDriver' succeeds here",
  stepFile: 'register.c',
  fix: "Call 'LwfCleanup'",
  word: 'NDIS_STATUS_SUCCESS',
  explained: 'The operation succeeded.',
};

const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(process.cwd(), folder)).map((name) => [
      name,
      readFileSync(join(process.cwd(), folder, name), 'utf8'),
    ]),
  );

describe(
  'the packed extension in VS Code for the Web',
  { skip: skipEditorTests, timeout: 5 * 60_000 },
  () => {
    const session = new WebSession();

    for (const scheme of ['tmp', 'vscode-vfs'] as const) {
      test(`finds, explains and repairs what goes through several files of a ${scheme} folder`, async () => {
        await session.openFolder({ scheme, files: filesOf(SPLIT.folder), open: SPLIT.file });
        const { page } = session;
        await session.openProblems();
        const row = session.problems('driverentry').filter({ hasText: SPLIT.rule }).first();
        await row.waitFor();
        await row.click();
        const step = page.locator('.markers-panel .monaco-list-row', { hasText: SPLIT.step }).first();
        await session.pressUntil('ArrowRight', step);
        assert.match(await step.innerText(), new RegExp(SPLIT.stepFile));
        await session.screenshot(`web-${scheme}-path`);
        const [, line, column] = /\[Ln (\d+), Col (\d+)\]/.exec(await row.innerText()) ?? [];

        const word = await session.reveal(SPLIT.word);
        const hover = page.locator('.monaco-hover:visible', { hasText: SPLIT.explained }).first();
        // On a busy machine VS Code may miss that the mouse came to rest.
        for (let tries = 0; tries < 8 && !(await hover.isVisible()); tries++) {
          await page.mouse.move(0, 0);
          await word.hover();
          await hover.waitFor({ timeout: 3000 }).catch(() => {});
        }
        await hover.waitFor();
        await session.screenshot(`web-${scheme}-hover`);
        await page.keyboard.press('Escape');

        await session.goTo(`${line}:${column}`);
        const action = page.locator('.action-widget .monaco-list-row', { hasText: SPLIT.fix }).first();
        await session.pressUntil('Control+.', action);
        await session.screenshot(`web-${scheme}-fix`);
        await action.click();
        await row.waitFor({ state: 'detached' });
        await session.save();
        const saved = await savedText(SPLIT.file);
        assert.match(saved, /LwfCleanup\(\);\s*(?:\/\/ mistake|return status;)/);
      });
    }

    test('hears of changes that somebody else makes, and starts the server again', async () => {
      const files = filesOf(SPLIT.folder);
      await session.openFolder({ scheme: 'vscode-vfs', files, open: SPLIT.file });
      await session.openProblems();
      const row = session.problems('driverentry').filter({ hasText: SPLIT.rule }).first();
      await row.waitFor();

      const { [SPLIT.stepFile]: text = '' } = files;
      session.web.change = {
        name: SPLIT.stepFile,
        text: text.replaceAll('NdisFRegisterFilterDriver', 'Unknown'),
      };
      await session.run('Somebody changes a file');
      await row.waitFor({ state: 'detached' });
      session.web.change = { name: SPLIT.stepFile, text };
      await session.run('Somebody changes a file');
      await row.waitFor();

      assert.equal(session.serverStarts, 1);
      await session.goTo('1:1');
      await session.page.keyboard.insertText(CRASH);
      await session.page.keyboard.press('Backspace');
      await session.startsOfServer(2);
      // Its findings went with it, and come back with the new one.
      await row.waitFor();
      await session.run('DriverEntry: Restart server');
      await session.startsOfServer(3);
      await row.waitFor();
      await session.page.locator('.statusbar-item[id="status.languageStatus"]').hover();
      await session.page.locator('.hover-language-status', { hasText: 'DriverEntry' }).first().waitFor();
      await session.screenshot('web-restarted');
    });

    async function savedText(file: string): Promise<string> {
      const deadline = Date.now() + PATIENCE_MS;
      while (Date.now() < deadline) {
        for (const [address, text] of session.web.saved) if (address.endsWith(`/${file}`)) return text;
        await delay(50);
      }
      return assert.fail(`${file} was not saved`);
    }
  },
);
