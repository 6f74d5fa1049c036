import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach } from 'node:test';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import {
  findChromium,
  installEditor,
  startEditor,
  TEST_VSIX,
  whyNoEditorTests,
  type Editor,
} from '../../scripts/editor.mjs';

/** How long a test waits for something to appear. */
export const PATIENCE_MS = 30_000;

const root = process.cwd();
const screens = join(root, '.test-out/screens');
const reason = whyNoEditorTests();

/** For `describe`: why editor tests are skipped. On CI a missing browser is a fault, elsewhere it skips. */
export const skipEditorTests: string | false = reason !== undefined && !process.env['CI'] ? reason : false;

/**
 * A VS Code in the browser with the packed extension, for the tests of one `describe`, which calls this at its
 * start. Each test gets a page and an empty folder of its own, because VS Code remembers unsaved edits by folder.
 */
export class EditorSession {
  page!: Page;
  folder = '';
  #editor: Editor | undefined;
  #browser: Browser | undefined;
  #context!: BrowserContext;

  readonly #others: () => readonly string[];

  /** `others` are packages of further extensions to install. */
  constructor({ others = () => [] }: { readonly others?: () => readonly string[] } = {}) {
    this.#others = others;
    before(() => this.#start());
    after(async () => {
      await this.#browser?.close();
      await this.stopEditor();
    });
    beforeEach(async () => {
      this.folder = mkdtempSync(join(tmpdir(), 'driverentry-workspace-'));
      this.page = await this.#context.newPage();
      this.page.setDefaultTimeout(PATIENCE_MS);
    });
    afterEach(async (t) => {
      await this.screenshot(`end of ${t.name}`.replaceAll(/[^\w.-]+/g, '-'));
      await this.page.close();
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    });
  }

  /** The folder of the editor's own files: profile, installed extensions. */
  get home(): string {
    assert.ok(this.#editor);
    return this.#editor.home;
  }

  async #start(): Promise<void> {
    assert.equal(reason, undefined);
    const vsix = join(root, TEST_VSIX);
    assert.ok(existsSync(vsix), `no ${TEST_VSIX}: run this by 'npm test' or 'node scripts/test.mjs editor'`);
    installEditor(root);
    mkdirSync(screens, { recursive: true });
    await this.startEditor(vsix);
    this.#browser = await chromium.launch({
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
    this.#context = await this.#browser.newContext({ viewport: { width: 1400, height: 900 } });
  }

  protected async startEditor(vsix: string): Promise<void> {
    this.#editor = await startEditor(root, { vsix, others: this.#others() });
  }

  protected async stopEditor(): Promise<void> {
    await this.#editor?.stop();
  }

  /** Writes `.test-out/screens/<name>.png`. */
  screenshot(name: string): Promise<Buffer> {
    return this.page.screenshot({ path: join(screens, `${name}.png`) });
  }

  /** Opens the test's folder, and in it a file. */
  async open(file: string): Promise<void> {
    assert.ok(this.#editor);
    const url = new URL(this.#editor.address);
    url.searchParams.set('folder', this.folder);
    // More reliable than Ctrl+P, which may find nothing right after the start.
    url.searchParams.set('payload', JSON.stringify([['openFile', `vscode-remote://${url.host}${file}`]]));
    await this.page.goto(url.href);
    await this.page.locator('.monaco-editor .view-lines').first().waitFor({ timeout: 60_000 });
  }

  /** Puts the word in the middle of the editor by way of the find widget, and returns where it is drawn. */
  async reveal(word: string): Promise<Locator> {
    const { page } = this;
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

  /** Rows of the Problems view that contain a text. */
  problems(text: string): Locator {
    return this.page.locator('.markers-panel .monaco-list-row', { hasText: text });
  }

  async openProblems(): Promise<void> {
    await this.page.keyboard.press('Control+Shift+m');
    await this.page.locator('.markers-panel').waitFor();
  }

  /** Puts the cursor at `line:column`, and the focus into the editor. */
  async goTo(position: string): Promise<void> {
    const { page } = this;
    await page.locator('.monaco-editor .view-lines').first().click();
    const input = page.locator('.quick-input-widget input').first();
    await this.pressUntil('Control+g', input);
    await input.fill(`:${position}`);
    await page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** Points at something until it is explained: a lens above may move it away, or VS Code miss the mouse. */
  async hover(target: Locator, explanation: Locator): Promise<void> {
    for (let tries = 0; tries < 8; tries++) {
      await this.page.mouse.move(5, 5);
      await target.hover();
      const shown = await explanation.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (shown) return;
    }
    await explanation.waitFor();
  }

  /** Presses a key until it has its effect: VS Code drops keys while it is still busy. */
  async pressUntil(key: string, effect: Locator): Promise<void> {
    for (let tries = 0; tries < 8; tries++) {
      await this.page.keyboard.press(key);
      const shown = await effect.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (shown) return;
    }
    await effect.waitFor();
  }

  /** Runs a command of the palette by its full title. */
  async run(title: string): Promise<void> {
    const { page } = this;
    const input = page.locator('.quick-input-widget input').first();
    const row = page
      .locator('.quick-input-widget .monaco-list-row')
      .filter({ has: page.getByText(title, { exact: true }) })
      .first();
    // The commands of extensions come late, and a palette that is open does not show them any more.
    for (let tries = 0; tries < 8 && !(await row.isVisible()); tries++) {
      if (tries > 0) await page.keyboard.press('Escape');
      await this.pressUntil('F1', input);
      await input.fill(`>${title}`);
      await row.waitFor({ timeout: 3000 }).catch(() => undefined);
    }
    await row.click();
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+s');
    await this.page.locator('.tab.active:not(.dirty)').waitFor();
  }
}
