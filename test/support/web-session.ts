import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { EditorSession, PATIENCE_MS } from './editor-session.ts';
import { SERVER, type VirtualFolder, WebEditor } from './web-editor.ts';

/** As EditorSession, but all of it in the browser: extensions run in workers, files are in no file system. */
export class WebSession extends EditorSession {
  #web: WebEditor | undefined;

  protected override async startEditor(vsix: string): Promise<void> {
    this.#web = new WebEditor(vsix);
    await this.#web.start();
  }

  protected override async stopEditor(): Promise<void> {
    await this.#web?.stop();
  }

  get web(): WebEditor {
    assert.ok(this.#web);
    return this.#web;
  }

  /** Opens a folder that holds these files, and shows one of them. */
  async openFolder(folder: VirtualFolder): Promise<void> {
    this.web.folder = folder;
    this.web.saved.clear();
    this.web.requests.length = 0;
    await this.page.goto(this.web.address);
    await this.page.locator('.monaco-editor .view-lines').first().waitFor({ timeout: 60_000 });
  }

  /** Waits until the server was started so many times in this page. */
  async startsOfServer(count: number): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (this.serverStarts < count && Date.now() < deadline) await delay(50);
    assert.equal(this.serverStarts, count);
  }

  /** How often a server was started in this page. */
  get serverStarts(): number {
    return this.web.requests.filter((name) => name === SERVER).length;
  }
}
