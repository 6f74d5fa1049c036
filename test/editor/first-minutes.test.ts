import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { EditorSession, skipEditorTests } from '../support/editor-session.ts';
import { FAULTY } from '../support/faulty-miniport.ts';

const root = process.cwd();
const STEPS = ['open', 'finding', 'repair', 'hover', 'configuration'];
const PROJECT = `<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <ItemGroup Label="ProjectConfigurations">
    <ProjectConfiguration Include="Debug|x64"><Configuration>Debug</Configuration><Platform>x64</Platform></ProjectConfiguration>
    <ProjectConfiguration Include="Release|ARM64"><Configuration>Release</Configuration><Platform>ARM64</Platform></ProjectConfiguration>
  </ItemGroup>
  <ItemGroup>
    <ClCompile Include="driver.c" />
    <ClCompile Include="gone.c" />
  </ItemGroup>
</Project>
`;

describe('the first minutes', { skip: skipEditorTests, timeout: 10 * 60_000 }, () => {
  const session = new EditorSession();

  async function openFaulty(settings: object = {}, project?: string): Promise<void> {
    cpSync(join(root, FAULTY.folder), session.folder, { recursive: true });
    mkdirSync(join(session.folder, '.vscode'), { recursive: true });
    writeFileSync(join(session.folder, '.vscode/settings.json'), JSON.stringify(settings));
    if (project !== undefined) writeFileSync(join(session.folder, 'toy.vcxproj'), project);
    await session.open(join(session.folder, FAULTY.file));
    await session.goTo('58:1');
    await session.page.locator('.squiggly-error').first().waitFor();
  }

  const step = (name: string): Locator =>
    session.page.locator(`.getting-started-step[data-step-id$="#${name}"]`);

  for (const theme of ['dark', 'light'] as const) {
    test(`the walkthrough has a picture for each step, ${theme}`, async () => {
      const colors = theme === 'dark' ? 'Default Dark Modern' : 'Default Light Modern';
      await openFaulty({ 'workbench.colorTheme': colors });
      await session.run('DriverEntry: First steps');
      for (const name of STEPS) {
        await step(name).click();
        await session.page
          .locator('.getting-started-media iframe, .getting-started-media .webview')
          .first()
          .waitFor();
        await session.page.waitForTimeout(800); // the picture is drawn in a frame of its own
        const frames = session.page.frames().filter((frame) => frame.url().includes('webview'));
        // Only one of the frames has the picture.
        const drawn = await Promise.all(
          frames.map((frame) =>
            frame
              .locator('svg rect')
              .first()
              .evaluate((rect) => getComputedStyle(rect).fill, undefined, { timeout: 2000 })
              .catch(() => undefined),
          ),
        );
        assert.ok(
          drawn.some((fill) => fill !== undefined && fill !== 'rgb(0, 0, 0)'),
          name,
        );
        await session.screenshot(`walkthrough-${name}-${theme}`);
      }
    });
  }

  test('its steps are done by doing them, with the keyboard alone', async () => {
    await openFaulty();
    await session.run('DriverEntry: First steps');
    await step('open').waitFor();
    // Each step is a button with a name; its picture has a text of its own in the manifest.
    for (const name of STEPS) {
      assert.match((await step(name).getAttribute('aria-label')) ?? (await step(name).innerText()), /\w/);
    }
    await session.run('DriverEntry: Open the example with mistakes');
    await session.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
    await session.page.locator('.squiggly-error').first().waitFor();
    await session.page.keyboard.press('Control+Shift+m');
    await session.page.locator('.markers-panel .monaco-list-row', { hasText: FAULTY.rule }).first().waitFor();
    await session.screenshot('example');
    await session.run('DriverEntry: First steps');
    for (const name of ['open', 'finding'])
      await step(name).locator('.codicon-getting-started-step-checked').first().waitFor();
    await session.screenshot('walkthrough-done');
  });

  test('the status says which project is believed in, and lets the user switch', async () => {
    await openFaulty({}, PROJECT);
    const braces = session.page.locator('.statusbar-item[id="status.languageStatus"]');
    await braces.hover();
    const hover = session.page.locator('.hover-language-status');
    await hover.filter({ hasText: 'DriverEntry: toy' }).first().waitFor();
    await hover.filter({ hasText: 'gone.c of the project is missing' }).first().waitFor();
    await hover.filter({ hasText: 'Debug|x64' }).first().waitFor();
    await session.screenshot('status-project');
    await session.page.keyboard.press('Escape');
    await session.run('DriverEntry: Select build configuration');
    const other = session.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Release|ARM64' });
    await other.waitFor();
    await other.click();
    await braces.hover();
    await hover.filter({ hasText: 'Release|ARM64' }).first().waitFor();
    await session.page.keyboard.press('Escape');
    await session.run('DriverEntry: Show what is known of this driver');
    const rows = session.page.locator('.quick-input-widget .monaco-list-row');
    await rows.filter({ hasText: 'Release|ARM64' }).first().waitFor();
    await session.screenshot('status-menu');
    assert.match((await rows.first().getAttribute('aria-label')) ?? '', /toy/);
  });

  test('without a project it says what it takes for the driver, and what helps', async () => {
    await openFaulty();
    await session.run('DriverEntry: Select build configuration');
    const notice = session.page.locator('.notification-toast', { hasText: 'no project names this file' });
    await notice.waitFor();
    await notice.locator('.monaco-button', { hasText: 'Which projects are read?' }).waitFor();
    await session.screenshot('no-project');
    await session.run('DriverEntry: Show what is known of this driver');
    const rows = session.page.locator('.quick-input-widget .monaco-list-row');
    await rows.filter({ hasText: 'no project found: using the folder of DriverEntry' }).first().waitFor();
    await rows.filter({ hasText: 'Name the macros of the build' }).first().waitFor();
  });

  test('settings are grouped and described', async () => {
    await openFaulty();
    await session.run('Preferences: Open Settings (UI)');
    const search = session.page.locator('.settings-editor .suggest-input-container').first();
    await search.click();
    await session.page.keyboard.type('@ext:driverentry.driverentry');
    await session.page.locator('.settings-toc-entry', { hasText: 'In the editor' }).first().waitFor();
    await session.screenshot('settings');
  });
});
