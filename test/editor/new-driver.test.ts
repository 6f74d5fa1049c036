import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { EditorSession, skipEditorTests } from '../support/editor-session.ts';

const TITLE = 'DriverEntry: New driver...';

describe(
  'a new driver, and its INF file, in VS Code',
  { skip: skipEditorTests, timeout: 10 * 60_000 },
  () => {
    const session = new EditorSession();
    const widget = (): Locator => session.page.locator('.quick-input-widget:visible');
    const row = (text: string): Locator => widget().locator('.monaco-list-row', { hasText: text }).first();
    const step = (n: number, of: number): Promise<void> =>
      widget()
        .locator('.quick-input-title', { hasText: `(${n}/${of})` })
        .waitFor();

    /** The editor with an empty text file, so that nothing but the command starts the extension. */
    async function openEmpty(): Promise<void> {
      const notes = join(session.folder, 'notes.txt');
      writeFileSync(notes, '');
      await session.open(notes);
    }

    const problems = (): Locator => session.problems('driverentry');

    test('is asked for step by step, with a way back, and opens clean', async () => {
      await openEmpty();
      await session.run(TITLE);
      await step(1, 5);
      await row('NDIS filter driver').waitFor();
      await session.screenshot('new-driver-1-kind');
      await row('NDIS protocol driver').click();
      await step(2, 5);
      await session.screenshot('new-driver-2-version');
      await widget().getByRole('button', { name: 'Back' }).click();
      await step(1, 5);
      await row('NDIS filter driver').click();
      await step(2, 5);
      await row('6.30').click();
      await step(3, 5);
      const input = widget().locator('input').first();
      assert.equal(await input.inputValue(), 'MyFilter');
      await input.fill('my filter');
      await widget().getByText('it takes letters, digits and _').waitFor();
      await session.screenshot('new-driver-3-name');
      await input.fill('Guard');
      await widget().getByText('it takes letters, digits and _').waitFor({ state: 'detached' });
      await session.page.keyboard.press('Enter');
      await step(4, 5);
      await session.screenshot('new-driver-4-layout');
      await row('Several files').click();
      await step(5, 5);
      await session.screenshot('new-driver-5-folder');
      await row('/Guard').click();
      await session.page.locator('.tab.active', { hasText: 'driver.c' }).waitFor();
      const folder = join(session.folder, 'Guard');
      assert.deepEqual(readdirSync(folder).toSorted(), [
        'Guard.inf',
        'Guard.vcxproj',
        'driver.c',
        'module.c',
        'precomp.h',
      ]);
      await session.openProblems();
      await session.screenshot('new-driver-6-done');
      // No problem may mean not looked at yet. A mistake must show, in code and INF file, though only one is open.
      const text = readFileSync(join(folder, 'driver.c'), 'utf8').split('\n');
      const line = text.findIndex((content) => content.includes('serviceName ='));
      await session.goTo(`${line + 1}:${(text[line]?.indexOf('Guard') ?? 0) + 1}`);
      await session.page.keyboard.type('My');
      await problems().filter({ hasText: '\'ServiceName\' is "MyGuard"' }).waitFor();
      await problems().filter({ hasText: '\'Ndi\\Service\' is "Guard"' }).waitFor();
      await session.screenshot('new-driver-7-mistake');
      await session.page.locator('.monaco-editor .view-lines').first().click();
      await session.page.keyboard.press('Control+z');
      await problems().first().waitFor({ state: 'detached' });
    });

    test('stands in the list of File > New File...', async () => {
      await openEmpty();
      // The list refuses to open until the editor has settled.
      for (let tries = 0; tries < 6 && !(await row('New driver').isVisible()); tries++) {
        await session.page.keyboard.press('Escape');
        await session.run('Create: New File...');
        await row('New driver')
          .waitFor({ timeout: 4000 })
          .catch(() => undefined);
      }
      await session.screenshot('new-file');
      await row('New driver').click();
      await step(1, 5);
    });

    test('overwrites nothing unasked', async () => {
      await openEmpty();
      writeFileSync(join(session.folder, 'driver.c'), '// mine\n');
      await session.run(TITLE);
      await row('HID minidriver').click();
      await step(2, 4);
      await session.page.keyboard.press('Enter');
      await step(3, 4);
      await row('One file').click();
      await step(4, 4);
      await row('the folder itself').click();
      const dialog = session.page.locator('.monaco-dialog-box');
      await dialog.getByText('driver.c').first().waitFor();
      await session.screenshot('new-driver-overwrite');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'detached' });
      assert.equal(readFileSync(join(session.folder, 'driver.c'), 'utf8'), '// mine\n');
      assert.equal(existsSync(join(session.folder, 'MyHidDevice.inf')), false);
    });

    test('an INF file explains itself, and is put right by a quick fix', async () => {
      cpSync(join(process.cwd(), 'examples/good/ndis-filter'), session.folder, { recursive: true });
      const inf = join(session.folder, 'filter.inf');
      writeFileSync(
        inf,
        '\ufeff[Version]\r\nClass = NetService\r\n\r\n[Install]\r\nNetCfgInstanceId = "{11111111-0000-0000-0000-000000000000}"\r\n',
        'utf16le',
      );
      await session.open(inf);
      await session.openProblems();
      const found = problems().filter({ hasText: "'NetCfgInstanceId' is" });
      await found.waitFor();
      const word = session.page.locator('.view-line span span', { hasText: 'NetCfgInstanceId' }).first();
      const hover = session.page.locator('.monaco-hover:visible', { hasText: 'Must equal' }).first();
      await session.hover(word, hover);
      await session.screenshot('inf-hover');
      await session.goTo('5:25');
      const action = session.page
        .locator('.action-widget .monaco-list-row', { hasText: "Change 'NetCfgInstanceId' to" })
        .first();
      await session.pressUntil('Control+.', action);
      await session.screenshot('inf-quick-fix');
      await action.click();
      await found.waitFor({ state: 'detached' });
      await session.save();
      const bytes = readFileSync(inf);
      assert.deepEqual([...bytes.subarray(0, 2)], [0xff, 0xfe], 'the byte order mark stays');
      assert.match(bytes.toString('utf16le'), /"\{0{8}-0{4}-0{4}-0{4}-0{12}\}"\r\n$/);
    });
  },
);
