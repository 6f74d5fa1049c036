import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { EditorSession, PATIENCE_MS, skipEditorTests } from '../support/editor-session.ts';
import { FAULTY, readFaulty } from '../support/faulty-miniport.ts';

/** What the tests type and look for, besides what FAULTY says. */
const SNIPPET = { prefix: 'ndis-miniport', contains: FAULTY.register };
/** A driver in several files: what one of them leaves registered, another registered. */
const SPLIT = {
  folder: 'examples/faulty/ndis-filter-split',
  file: 'driver.c',
  rule: 'not-deregistered-on-failure-path',
  step: "'NdisFRegisterFilterDriver' succeeds here",
  stepFile: 'register.c',
  fix: "Call 'LwfCleanup'",
};
const EXTENSION_NAME = 'DriverEntry';

const root = process.cwd();

describe('the packed extension in VS Code', { skip: skipEditorTests, timeout: 10 * 60_000 }, () => {
  const session = new EditorSession();

  const copyFaulty = (): string => {
    cpSync(join(root, FAULTY.folder), session.folder, { recursive: true });
    return join(session.folder, FAULTY.file);
  };

  const problems = (): Locator => session.problems(FAULTY.source);

  /** Scrolls to the registration, so that the mistake's squiggle is drawn, and waits for it. */
  async function showMistake(): Promise<void> {
    await session.goTo(`${readFaulty().text.split(`${FAULTY.register}(`)[0]?.split('\n').length}:1`);
    await session.page.locator('.squiggly-error').first().waitFor();
  }

  test('shows a mistake as a squiggle and in the Problems view', async () => {
    await session.open(copyFaulty());
    await showMistake();
    await session.openProblems();
    const row = problems().filter({ hasText: FAULTY.rule }).first();
    await row.waitFor();
    assert.match(await row.innerText(), new RegExp(FAULTY.missing));
    await session.screenshot('problems');
  });

  test('explains a name on hover', async () => {
    await session.open(copyFaulty());
    await showMistake(); // the server is up
    const word = await session.reveal(FAULTY.register);
    const hover = session.page.locator('.monaco-hover:visible', { hasText: FAULTY.register }).first();
    await session.hover(word, hover);
    await session.screenshot('hover');
    assert.ok((await hover.innerText()).length > FAULTY.register.length);
  });

  test('repairs a mistake with a quick fix', async () => {
    const file = copyFaulty();
    await session.open(file);
    await session.openProblems();
    const row = problems().filter({ hasText: FAULTY.rule }).first();
    const [, line, column] = /\[Ln (\d+), Col (\d+)\]/.exec(await row.innerText()) ?? [];
    await session.goTo(`${line}:${column}`);
    const action = session.page.locator('.action-widget .monaco-list-row', { hasText: FAULTY.fix }).first();
    await session.pressUntil('Control+.', action);
    await session.screenshot('quick-fix');
    await action.click();
    await row.waitFor({ state: 'detached' });
    await session.screenshot('fixed');
    await session.save();
    assert.match(readFileSync(file, 'utf8'), new RegExp(`\\b${FAULTY.missing}\\b`));
  });

  test('writes a driver without mistakes from a snippet', async () => {
    const file = join(session.folder, 'new.c');
    writeFileSync(file, '');
    await session.open(file);
    await session.page.locator('.monaco-editor .view-lines').first().click();
    await session.page.keyboard.type(SNIPPET.prefix, { delay: 30 });
    const suggestion = session.page
      .locator('.suggest-widget.visible .monaco-list-row', { hasText: SNIPPET.prefix })
      .first();
    await session.pressUntil('Control+Space', suggestion);
    await suggestion.click();
    await session.page.locator('.suggest-widget.visible').waitFor({ state: 'detached' });
    await session.page.keyboard.press('Escape'); // out of the snippet's fields
    await session.save();
    await session.openProblems();
    const written = readFileSync(file, 'utf8');
    assert.match(written, new RegExp(SNIPPET.contains));
    await session.screenshot('snippet');
    // No problem may mean not looked at yet. So a mistake is made, which must show, and undone, which must
    // leave nothing.
    await session.reveal(`.${FAULTY.missing}`);
    await session.page.keyboard.press('Control+Shift+k');
    await problems().filter({ hasText: FAULTY.rule }).first().waitFor();
    await session.page.keyboard.press('Control+z');
    await problems().first().waitFor({ state: 'detached' });
    await session.save();
    assert.equal(readFileSync(file, 'utf8'), written);
  });

  test('walks the reader along a path through several files, and undoes what was left', async () => {
    cpSync(join(root, SPLIT.folder), session.folder, { recursive: true });
    const file = join(session.folder, SPLIT.file);
    await session.open(file);
    await session.openProblems();
    const row = problems().filter({ hasText: SPLIT.rule }).first();
    await row.waitFor();
    await row.click();
    const step = session.page.locator('.markers-panel .monaco-list-row', { hasText: SPLIT.step }).first();
    await session.pressUntil('ArrowRight', step);
    assert.match(await step.innerText(), new RegExp(SPLIT.stepFile));
    await session.screenshot('path');
    const [, line, column] = /\[Ln (\d+), Col (\d+)\]/.exec(await row.innerText()) ?? [];
    await session.goTo(`${line}:${column}`);
    const action = session.page.locator('.action-widget .monaco-list-row', { hasText: SPLIT.fix }).first();
    await session.pressUntil('Control+.', action);
    await action.click();
    await row.waitFor({ state: 'detached' });
    await session.save();
    assert.match(
      readFileSync(file, 'utf8'),
      /LwfCleanup\(\);\s*\/\/ mistake|LwfCleanup\(\);\s*return status;/,
    );
  });

  test('starts the server again when it crashes, and when asked to', async () => {
    const file = copyFaulty();
    await session.open(file);
    await showMistake();
    const first = await serverOtherThan(undefined);

    process.kill(first, 'SIGKILL');
    const second = await serverOtherThan(first);
    await session.page.locator('.squiggly-error').first().waitFor();

    await session.run(`${EXTENSION_NAME}: Restart server`);
    await serverOtherThan(second);
    await session.page.locator('.squiggly-error').first().waitFor();

    // The state stands behind the braces in the status bar.
    const status = session.page.locator('.statusbar-item[id="status.languageStatus"]');
    await status.hover();
    await session.page.locator('.hover-language-status', { hasText: EXTENSION_NAME }).first().waitFor();
    await session.screenshot('status');
  });

  /** The language server of this page, once there is exactly one and it is not `old`. */
  async function serverOtherThan(old: number | undefined): Promise<number> {
    const deadline = Date.now() + PATIENCE_MS;
    let running: number[] = [];
    while (Date.now() < deadline) {
      running = serversBelow(session.home);
      const [pid, ...more] = running;
      if (pid !== undefined && pid !== old && more.length === 0) return pid;
      await delay(100);
    }
    return assert.fail(`running servers: ${running.join(', ') || 'none'}; before: ${old}`);
  }
});

/** Processes that run the server of an extension installed below `home`. */
function serversBelow(home: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return commandLine.includes(home) && /dist\/server\.js/.test(commandLine);
      } catch {
        return false; // gone meanwhile
      }
    })
    .map(Number);
}
