import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import {
  findChromium,
  installEditor,
  startEditor,
  TEST_VSIX,
  whyNoEditorTests,
  type Editor,
} from '../../scripts/editor.mjs';
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
const PATIENCE_MS = 30_000;

const root = process.cwd();
const screens = join(root, '.test-out/screens');
const reason = whyNoEditorTests();
// Elsewhere a missing browser skips these tests; on CI it is a fault.
const skip = reason !== undefined && !process.env['CI'] ? reason : false;

describe('the packed extension in VS Code', { skip, timeout: 10 * 60_000 }, () => {
  let editor: Editor | undefined;
  let browser: Browser | undefined;
  let context: BrowserContext;
  let page: Page;
  let folder = '';

  before(async () => {
    assert.equal(reason, undefined);
    const vsix = join(root, TEST_VSIX);
    assert.ok(existsSync(vsix), `no ${TEST_VSIX}: run this by 'npm test' or 'node scripts/test.mjs editor'`);
    installEditor(root);
    mkdirSync(screens, { recursive: true });
    editor = await startEditor(root, { vsix });
    browser = await chromium.launch({
      executablePath: findChromium() ?? '',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  });

  after(async () => {
    await browser?.close();
    await editor?.stop();
  });

  // A folder of its own for each test: VS Code remembers unsaved edits by folder.
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'driverentry-workspace-'));
    page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
  });

  afterEach(async (t) => {
    await screenshot(`end of ${t.name}`.replaceAll(' ', '-'));
    await page.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const screenshot = (name: string): Promise<Buffer> =>
    page.screenshot({ path: join(screens, `${name}.png`) });

  const copyFaulty = (): string => {
    cpSync(join(root, FAULTY.folder), folder, { recursive: true });
    return join(folder, FAULTY.file);
  };

  async function open(file: string): Promise<void> {
    assert.ok(editor);
    const url = new URL(editor.address);
    url.searchParams.set('folder', folder);
    // More reliable than Ctrl+P, which may find nothing right after the start.
    url.searchParams.set('payload', JSON.stringify([['openFile', `vscode-remote://${url.host}${file}`]]));
    await page.goto(url.href);
    await page.locator('.monaco-editor .view-lines').first().waitFor({ timeout: 60_000 });
  }

  /** Puts the word in the middle of the editor by way of the find widget, and returns where it is drawn. */
  async function reveal(word: string): Promise<Locator> {
    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.press('Control+f');
    const input = page.locator('.find-widget.visible textarea').first();
    await input.waitFor();
    await input.fill(word);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.locator('.find-widget.visible').waitFor({ state: 'detached' });
    const drawn = page.locator('.view-line span span', { hasText: word }).first();
    await drawn.waitFor();
    return drawn;
  }

  const problems = (): Locator => page.locator('.markers-panel .monaco-list-row', { hasText: FAULTY.source });

  async function openProblems(): Promise<void> {
    await page.keyboard.press('Control+Shift+m');
    await page.locator('.markers-panel').waitFor();
  }

  /** Puts the cursor at `line:column`, and the focus into the editor. */
  async function goTo(position: string): Promise<void> {
    await page.locator('.monaco-editor .view-lines').first().click();
    const input = page.locator('.quick-input-widget input').first();
    await pressUntil('Control+g', input);
    await input.fill(`:${position}`);
    await page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** Presses a key until it has its effect: VS Code drops keys while it is still busy. */
  async function pressUntil(key: string, effect: Locator): Promise<void> {
    for (let tries = 0; tries < 8; tries++) {
      await page.keyboard.press(key);
      const shown = await effect.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (shown) return;
    }
    await effect.waitFor();
  }

  async function save(): Promise<void> {
    await page.keyboard.press('Control+s');
    await page.locator('.tab.active:not(.dirty)').waitFor();
  }

  /** Scrolls to the registration, so that the mistake's squiggle is drawn, and waits for it. */
  async function showMistake(): Promise<void> {
    await goTo(`${readFaulty().text.split(`${FAULTY.register}(`)[0]?.split('\n').length}:1`);
    await page.locator('.squiggly-error').first().waitFor();
  }

  test('shows a mistake as a squiggle and in the Problems view', async () => {
    await open(copyFaulty());
    await showMistake();
    await openProblems();
    const row = problems().filter({ hasText: FAULTY.rule }).first();
    await row.waitFor();
    assert.match(await row.innerText(), new RegExp(FAULTY.missing));
    await screenshot('problems');
  });

  test('explains a name on hover', async () => {
    await open(copyFaulty());
    await showMistake(); // the server is up
    const word = await reveal(FAULTY.register);
    await word.hover();
    const hover = page.locator('.monaco-hover:visible', { hasText: FAULTY.register }).first();
    await hover.waitFor();
    await screenshot('hover');
    assert.ok((await hover.innerText()).length > FAULTY.register.length);
  });

  test('repairs a mistake with a quick fix', async () => {
    const file = copyFaulty();
    await open(file);
    await openProblems();
    const row = problems().filter({ hasText: FAULTY.rule }).first();
    const [, line, column] = /\[Ln (\d+), Col (\d+)\]/.exec(await row.innerText()) ?? [];
    await goTo(`${line}:${column}`);
    const action = page.locator('.action-widget .monaco-list-row', { hasText: FAULTY.fix }).first();
    await pressUntil('Control+.', action);
    await screenshot('quick-fix');
    await action.click();
    await row.waitFor({ state: 'detached' });
    await screenshot('fixed');
    await save();
    assert.match(readFileSync(file, 'utf8'), new RegExp(`\\b${FAULTY.missing}\\b`));
  });

  test('writes a driver without mistakes from a snippet', async () => {
    const file = join(folder, 'new.c');
    writeFileSync(file, '');
    await open(file);
    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.type(SNIPPET.prefix, { delay: 30 });
    const suggestion = page
      .locator('.suggest-widget.visible .monaco-list-row', { hasText: SNIPPET.prefix })
      .first();
    await pressUntil('Control+Space', suggestion);
    await suggestion.click();
    await page.locator('.suggest-widget.visible').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape'); // out of the snippet's fields
    await save();
    await openProblems();
    const written = readFileSync(file, 'utf8');
    assert.match(written, new RegExp(SNIPPET.contains));
    await screenshot('snippet');
    // No problem may mean not looked at yet. So a mistake is made, which must show, and undone, which must
    // leave nothing.
    await reveal(`.${FAULTY.missing}`);
    await page.keyboard.press('Control+Shift+k');
    await problems().filter({ hasText: FAULTY.rule }).first().waitFor();
    await page.keyboard.press('Control+z');
    await problems().first().waitFor({ state: 'detached' });
    await save();
    assert.equal(readFileSync(file, 'utf8'), written);
  });

  test('walks the reader along a path through several files, and undoes what was left', async () => {
    cpSync(join(root, SPLIT.folder), folder, { recursive: true });
    const file = join(folder, SPLIT.file);
    await open(file);
    await openProblems();
    const row = problems().filter({ hasText: SPLIT.rule }).first();
    await row.waitFor();
    await row.click();
    const step = page.locator('.markers-panel .monaco-list-row', { hasText: SPLIT.step }).first();
    await pressUntil('ArrowRight', step);
    assert.match(await step.innerText(), new RegExp(SPLIT.stepFile));
    await screenshot('path');
    const [, line, column] = /\[Ln (\d+), Col (\d+)\]/.exec(await row.innerText()) ?? [];
    await goTo(`${line}:${column}`);
    const action = page.locator('.action-widget .monaco-list-row', { hasText: SPLIT.fix }).first();
    await pressUntil('Control+.', action);
    await action.click();
    await row.waitFor({ state: 'detached' });
    await save();
    assert.match(
      readFileSync(file, 'utf8'),
      /LwfCleanup\(\);\s*\/\/ mistake|LwfCleanup\(\);\s*return status;/,
    );
  });

  test('starts the server again when it crashes, and when asked to', async () => {
    const file = copyFaulty();
    await open(file);
    await showMistake();
    const first = await serverOtherThan(undefined);

    process.kill(first, 'SIGKILL');
    const second = await serverOtherThan(first);
    await page.locator('.squiggly-error').first().waitFor();

    await page.keyboard.press('F1');
    const input = page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(`>${EXTENSION_NAME}: Restart`);
    await page
      .locator('.quick-input-widget .monaco-list-row', { hasText: `${EXTENSION_NAME}: Restart server` })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await serverOtherThan(second);
    await page.locator('.squiggly-error').first().waitFor();

    // The state stands behind the braces in the status bar.
    const status = page.locator('.statusbar-item[id="status.languageStatus"]');
    await status.hover();
    await page.locator('.hover-language-status', { hasText: EXTENSION_NAME }).first().waitFor();
    await screenshot('status');
  });

  /** The language server of this page, once there is exactly one and it is not `old`. */
  async function serverOtherThan(old: number | undefined): Promise<number> {
    assert.ok(editor);
    const deadline = Date.now() + PATIENCE_MS;
    let running: number[] = [];
    while (Date.now() < deadline) {
      running = serversBelow(editor.home);
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
