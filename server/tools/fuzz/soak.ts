import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { editBetween } from '../../src/text/edit.ts';
import { LineIndex } from '../../src/text/line-index.ts';
import { type FuzzDriver, isSource } from './corpus.ts';
import { mutate } from './mutations.ts';
import { createRandom, type Random } from './random.ts';
import type { SessionTools } from './session.ts';

/** Drivers that are open in turns; the folder holds all of them. */
const DRIVERS = 12;
/** Milliseconds between two steps of the author: much faster than anybody types. */
const PAUSE = 15;
const MEASURES = 10;
/** How much the heap may grow from the first measurement to the last. */
const GROWTH = { factor: 1.5, bytes: 24 * 1024 * 1024 };

/** Loaded in front of the server: on a signal it collects garbage and says what is left. */
const PRELOAD = `process.on('SIGUSR2', () => { gc(); gc(); require('node:fs').writeSync(2, 'memory ' + JSON.stringify(process.memoryUsage()) + '\\n'); });`;

export interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
}

interface Open {
  text: string;
  version: number;
  before: string;
}

/** A server in a process of its own, and an editor without manners in front of it. */
class Editor {
  readonly found = new Map<string, { version: number; diagnostics: readonly Diagnostic[] }>();
  readonly open = new Map<string, Open>();
  settings: object = {};
  readonly #process: ChildProcess;
  readonly #connection: ProtocolConnection;
  #stderr = '';
  #isStopping = false;

  private constructor(child: ChildProcess, connection: ProtocolConnection) {
    this.#process = child;
    this.#connection = connection;
  }

  static async start(folder: string, preload: string): Promise<Editor> {
    const server = join(process.cwd(), 'dist/server.js');
    const child = spawn(process.execPath, ['--expose-gc', '--require', preload, server, '--stdio']);
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const editor = new Editor(child, connection);
    child.on('exit', (code, signal) => {
      if (!editor.#isStopping)
        console.error(`the server ended: ${code ?? signal}\n${editor.#stderr.slice(-2000)}`);
    });
    child.stderr.on('data', (chunk: Buffer) => (editor.#stderr += chunk.toString()));
    connection.onRequest('workspace/configuration', () => [editor.settings]);
    connection.onRequest('client/registerCapability', () => null);
    connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version = 0, diagnostics }) => {
      editor.found.set(uri, { version, diagnostics });
    });
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: null,
      rootUri: pathToFileURL(folder).href,
      capabilities: { workspace: { configuration: true } },
    });
    await connection.sendNotification('initialized', {});
    return editor;
  }

  show(uri: string, text: string): void {
    const version = (this.found.get(uri)?.version ?? 0) + 1;
    this.open.set(uri, { text, version, before: text });
    const textDocument = { uri, languageId: 'c', version, text };
    void this.#connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  change(uri: string, text: string): void {
    const document = this.open.get(uri);
    if (!document || document.text === text) return;
    const { range, newText } = editBetween(document.text, text);
    const lines = new LineIndex(document.text);
    const change = {
      range: { start: lines.positionAt(range.start), end: lines.positionAt(range.end) },
      text: newText,
    };
    this.open.set(uri, { text, version: document.version + 1, before: document.text });
    void this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: document.version + 1 },
      contentChanges: [change],
    });
  }

  close(uri: string): void {
    this.open.delete(uri);
    void this.#connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  saved(uri: string): void {
    void this.#connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri, type: 2 }],
    });
  }

  configure(settings: object): void {
    this.settings = settings;
    void this.#connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  }

  /** A request whose answer nobody waits for; half of them are taken back at once. */
  ask(method: string, params: object, isCancelled: boolean): void {
    const source = isCancelled ? { isCancellationRequested: true, onCancellationRequested: now } : undefined;
    this.#connection.sendRequest(method, params, source as never).catch(() => {});
  }

  /** Resolves when everything open has findings for its latest version. */
  async settled(): Promise<void> {
    const isDone = () =>
      [...this.open].every(([uri, { version }]) => (this.found.get(uri)?.version ?? 0) >= version);
    for (let patience = 0; !isDone() && patience < 3000; patience++) await pause(20);
  }

  async memory(): Promise<Memory> {
    const before = this.#stderr.length;
    this.#process.kill('SIGUSR2');
    for (let patience = 0; patience < 1500; patience++) {
      const line = /memory (\{.*\})/.exec(this.#stderr.slice(before))?.[1];
      if (line !== undefined) return JSON.parse(line) as Memory;
      await pause(20);
    }
    throw new Error(`the server does not answer: ${this.#stderr.slice(-500)}`);
  }

  get complaints(): string {
    return this.#stderr.replace(/^memory .*$/gm, '').trim();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#connection.sendRequest('shutdown').catch(() => {});
    this.#process.kill('SIGKILL');
    this.#connection.dispose();
  }
}

const now = (listener: () => void) => {
  setImmediate(listener);
  return { dispose: () => {} };
};
const pause = (ms: number): Promise<void> => new Promise((done) => void setTimeout(done, ms));

export interface SoakResult {
  readonly steps: Readonly<Record<string, number>>;
  readonly memory: readonly Memory[];
  /** What does not hold. */
  readonly problems: readonly string[];
}

/** One server through a long session of somebody who edits a dozen drivers. */
export async function soak(seed: number, seconds: number, tools: SessionTools): Promise<SoakResult> {
  const random = createRandom(seed);
  const root = mkdtempSync(join(tmpdir(), 'driverentry-soak-'));
  const folder = join(root, 'w');
  const preload = join(root, 'preload.cjs');
  writeFileSync(preload, PRELOAD);
  const files = writeDrivers(folder, random, tools.corpus);
  const editor = await Editor.start(folder, preload);
  const steps: Record<string, number> = {};
  const memory: Memory[] = [];
  const problems: string[] = [];
  try {
    const started = performance.now();
    for (let next = 0; ;) {
      const elapsed = (performance.now() - started) / 1000;
      if (elapsed >= (seconds * next) / MEASURES) {
        await editor.settled();
        memory.push(await editor.memory());
        if (next++ >= MEASURES) break;
      }
      const what = step(editor, files, random, tools);
      steps[what] = (steps[what] ?? 0) + 1;
      await pause(PAUSE);
    }
    editor.configure({});
    for (const [uri, { text }] of editor.open) editor.change(uri, `${text}\n`);
    await editor.settled();
    const fresh = await Editor.start(folder, preload);
    for (const [uri, { text }] of editor.open) fresh.show(uri, text);
    await fresh.settled();
    // Findings of a file may come again when another one of its driver was read.
    await pause(2000);
    for (const uri of editor.open.keys()) {
      const [mine, theirs] = [editor, fresh].map((one) => JSON.stringify(one.found.get(uri)?.diagnostics));
      if (mine !== theirs) problems.push(`${uri}: the findings are not those of a new server`);
    }
    await fresh.stop();
    const [first, last] = [memory[1], memory.at(-1)];
    if (first && last && last.heapUsed > first.heapUsed * GROWTH.factor + GROWTH.bytes)
      problems.push(`the heap grew from ${first.heapUsed} to ${last.heapUsed} bytes`);
    if (editor.complaints !== '') problems.push(`the server wrote: ${editor.complaints.slice(0, 500)}`);
  } finally {
    await editor.stop();
    rmSync(root, { recursive: true, force: true });
  }
  return { steps, memory, problems };
}

/** Texts as they are on the disk, by address. */
function writeDrivers(folder: string, random: Random, corpus: readonly FuzzDriver[]): Map<string, string> {
  const files = new Map<string, string>();
  for (let index = 0; index < DRIVERS; index++) {
    for (const [name, text] of Object.entries(random.pick(corpus)?.files ?? {})) {
      const path = join(folder, `driver${index}`, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      if (isSource(name)) files.set(pathToFileURL(path).href, text);
    }
  }
  return files;
}

function step(editor: Editor, files: Map<string, string>, random: Random, tools: SessionTools): string {
  const uri = random.pick([...editor.open.keys()]);
  const document = uri === undefined ? undefined : editor.open.get(uri);
  const kind = random.below(100);
  if (uri === undefined || !document || (kind < 6 && editor.open.size < 8)) {
    const other = random.pick([...files.keys()].filter((one) => !editor.open.has(one)));
    if (other !== undefined) editor.show(other, files.get(other) ?? '');
    return 'open';
  }
  if (kind < 9) {
    editor.close(uri);
    return 'close';
  }
  if (kind < 13) {
    writeFileSync(new URL(uri), document.text);
    files.set(uri, document.text);
    editor.saved(uri);
    return 'save';
  }
  if (kind < 20) {
    editor.change(uri, document.before);
    return 'undo';
  }
  if (kind === 20) {
    editor.configure(random.once(2) ? {} : { rules: { 'size-not-versioned': 'hint' }, defines: ['DBG=1'] });
    return 'settings';
  }
  if (kind < 40) {
    const position = new LineIndex(document.text).positionAt(random.below(document.text.length + 1));
    const method = random.pick(['hover', 'completion', 'codeAction', 'signatureHelp']) ?? 'hover';
    const range = { start: { line: 0, character: 0 }, end: position };
    const params = { textDocument: { uri }, position, range, context: { diagnostics: [] } };
    editor.ask(`textDocument/${method}`, params, random.once(2));
    return method;
  }
  const original = files.get(uri) ?? '';
  if (kind < 43) {
    editor.change(uri, original);
    return 'take back';
  }
  const at = random.below(document.text.length + 1);
  const typed = random.pick(['x', ' ', ';', '\n', '(', ')', '{', '}', '->', 'status', '&', '"', '//']) ?? 'x';
  const text =
    kind < 85
      ? document.text.slice(0, at) + (random.once(3) ? '' : typed) + document.text.slice(at + random.below(2))
      : mutate(document.text, { ...tools, random, others: [original] });
  editor.change(uri, text.length > 40_000 ? original : text);
  return kind < 85 ? 'type' : 'paste or move';
}
