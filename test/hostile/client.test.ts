import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { FAULTY, readFaulty } from '../support/faulty-miniport.ts';

interface Message {
  readonly id?: number | null;
  readonly method?: string;
  readonly params?: {
    readonly uri?: string;
    readonly version?: number;
    readonly diagnostics?: readonly { readonly code?: string; readonly range: object }[];
  };
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

const PATIENCE_MS = 30_000;
const NOT_INITIALIZED = -32_002;
const INVALID_REQUEST = -32_600;
const METHOD_NOT_FOUND = -32_601;

/** A client without manners: it sends whatever bytes it is given. */
class RawClient {
  stderr = '';
  readonly messages: Message[] = [];
  readonly exited: Promise<number | null>;
  readonly #process: ChildProcess;
  #pending = Buffer.alloc(0);
  #wake: (() => void)[] = [];
  #next = 0;

  constructor() {
    this.#process = spawn(process.execPath, [join(process.cwd(), 'dist/server.js'), '--stdio']);
    this.exited = new Promise((done) => {
      this.#process.on('close', (code) => done(code));
    });
    this.#process.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.#process.stdin?.on('error', () => {}); // the server may be gone, which the test sees by its silence
    this.#process.stdout?.on('data', (chunk: Buffer) => this.#read(chunk));
  }

  #read(chunk: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    for (;;) {
      const end = this.#pending.indexOf('\r\n\r\n');
      if (end < 0) break;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#pending.toString('latin1', 0, end))?.[1]);
      if (this.#pending.length < end + 4 + length) break;
      this.messages.push(JSON.parse(this.#pending.toString('utf8', end + 4, end + 4 + length)) as Message);
      this.#pending = this.#pending.subarray(end + 4 + length);
    }
    for (const wake of this.#wake.splice(0)) wake();
  }

  /** Sends a body as it is, with a right header. */
  body(text: string): void {
    this.#process.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  notify(method: string, params: unknown): void {
    this.body(JSON.stringify({ jsonrpc: '2.0', method, params }));
  }

  /** Sends a request and does not wait. */
  ask(method: string, params: unknown): number {
    const id = ++this.#next;
    this.body(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return id;
  }

  async request(method: string, params: unknown): Promise<Message> {
    const id = this.ask(method, params);
    return this.until((message) => message.id === id && message.method === undefined);
  }

  async until(accept: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.messages.findLast(accept);
      if (found) return found;
      await new Promise<void>((wake, fail) => {
        const timer = setTimeout(
          () => fail(new Error(`nothing like that came; ${this.stderr}`)),
          PATIENCE_MS,
        );
        this.#wake.push(() => {
          clearTimeout(timer);
          wake();
        });
      });
    }
  }

  async initialize(): Promise<Message> {
    const answer = await this.request('initialize', { processId: null, capabilities: {} });
    this.notify('initialized', {});
    return answer;
  }

  open(uri: string, text: string): void {
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'c', version: 1, text } });
  }

  /** Rules of the findings of one version. */
  async findings(uri: string, version: number): Promise<(string | undefined)[]> {
    const { params } = await this.until(
      (message) =>
        message.method === 'textDocument/publishDiagnostics' &&
        message.params?.uri === uri &&
        message.params.version === version,
    );
    return (params?.diagnostics ?? []).map(({ code }) => code);
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }
}

const { text } = readFaulty();
const hoverAt = (uri: string, position: unknown) => ({ textDocument: { uri }, position });
const START = { line: 0, character: 0 };

describe('before and after', { timeout: 60_000 }, () => {
  test('requests before initialize and after shutdown are refused, and say why', async (t) => {
    const client = new RawClient();
    t.after(() => client.kill());
    const early = await client.request('textDocument/hover', hoverAt('untitled:a.c', START));
    assert.equal(early.error?.code, NOT_INITIALIZED);
    assert.match(early.error.message, /not initialized/);
    client.open('untitled:early.c', text); // dropped
    assert.ok((await client.initialize()).result);
    assert.equal((await client.request('initialize', { capabilities: {} })).error?.code, INVALID_REQUEST);
    client.open('untitled:a.c', text);
    assert.ok((await client.findings('untitled:a.c', 1)).includes(FAULTY.rule));
    assert.ok(!client.messages.some(({ params }) => params?.uri === 'untitled:early.c'));

    assert.equal((await client.request('shutdown', null)).result, null);
    for (const method of ['textDocument/hover', 'textDocument/codeAction', 'initialize']) {
      const params = {
        ...hoverAt('untitled:a.c', START),
        range: { start: START, end: START },
        context: { diagnostics: [] },
        capabilities: {},
      };
      assert.equal((await client.request(method, params)).error?.code, INVALID_REQUEST, method);
    }
    client.open('untitled:late.c', text);
    client.notify('exit', null);
    assert.equal(await client.exited, 0);
    assert.equal(client.stderr, '');
  });
});

describe('a client without manners', { timeout: 60_000 }, () => {
  let client: RawClient;
  let count = 0;
  before(async () => {
    client = new RawClient();
    await client.initialize();
  });
  after(() => client?.kill());

  /** The server still does its work, and complained on no stream of its own. */
  const isWell = async () => {
    const uri = `untitled:well-${++count}.c`;
    client.open(uri, text);
    assert.ok((await client.findings(uri, 1)).includes(FAULTY.rule));
    client.notify('textDocument/didClose', { textDocument: { uri } });
    assert.equal(client.stderr, '');
  };

  test('documents that nobody opened', async () => {
    const uri = 'file:///nowhere/a.c';
    assert.equal((await client.request('textDocument/hover', hoverAt(uri, START))).result, null);
    client.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: 'x' }],
    });
    client.notify('textDocument/didClose', { textDocument: { uri } });
    client.notify('driverentry/activeFile', { uri });
    const range = { start: START, end: START };
    const { result } = await client.request('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [] },
    });
    assert.equal(result, null);
    await isWell();
  });

  test('addresses that are none', async () => {
    const uris = [
      '',
      '%',
      'untitled:100%.c',
      'file://%3F/C:/x/a.c',
      'file://server/share/a%20b.c',
      'file:///%00.c',
      'file:///a#b?c.c',
      'file:///\u{1f600}/%zz.c',
      'untitled:' + 'x'.repeat(100_000),
    ];
    for (const uri of uris) {
      client.open(uri, text);
      assert.ok((await client.findings(uri, 1)).includes(FAULTY.rule), uri.slice(0, 40));
      client.notify('driverentry/activeFile', { uri });
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
    }
    await isWell();
  });

  test('a name that is no address, of a file that is too large', async () => {
    const uri = 'untitled:200%.c';
    client.open(uri, `// DriverEntry\n${' '.repeat(6 * 1024 * 1024)}`);
    const told = await client.until(({ method }) => method === 'window/showMessageRequest');
    assert.match(JSON.stringify(told), /does not analyse untitled:200%\.c: it is larger than 5 MB/);
    // Not every client knows the question; the server goes on without an answer.
    client.body(
      JSON.stringify({ jsonrpc: '2.0', id: told.id, error: { code: METHOD_NOT_FOUND, message: 'unknown' } }),
    );
    await isWell();
  });

  test('positions and ranges outside of the text', async () => {
    const uri = 'untitled:outside.c';
    client.open(uri, text);
    const far = { line: 2 ** 31 - 1, character: 2 ** 31 - 1 };
    const early = { line: -5, character: -5 };
    for (const position of [far, early, { line: 0, character: 1e9 }]) {
      assert.equal((await client.request('textDocument/hover', hoverAt(uri, position))).error, undefined);
    }
    for (const position of [undefined, null, 'here', { line: 'x' }]) {
      await client.request('textDocument/hover', hoverAt(uri, position)); // answered, whatever it says
    }
    for (const range of [
      { start: far, end: early },
      { start: early, end: far },
      { start: far, end: far },
    ]) {
      const params = { textDocument: { uri }, range, context: { diagnostics: [] } };
      assert.equal((await client.request('textDocument/codeAction', params)).error, undefined);
    }
    // Behind the end is at the end; a range that is upside down is turned round.
    client.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [
        { range: { start: far, end: far }, text: '\n// end' },
        { range: { start: { line: 1, character: 0 }, end: early }, text: '' },
      ],
    });
    assert.ok((await client.findings(uri, 2)).includes(FAULTY.rule));
    await isWell();
  });

  test('messages that are none', async () => {
    for (const body of [
      '{',
      '',
      'null',
      '[]',
      '"text"',
      '\u0000',
      '{"jsonrpc":"2.0"}',
      '{"jsonrpc":"2.0","id":{},"method":1}',
      '{"jsonrpc":"2.0","method":"textDocument/didOpen"}',
      '{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":null}}',
      '{"jsonrpc":"2.0","method":"workspace/didChangeWatchedFiles","params":{"changes":[{}]}}',
      '{"jsonrpc":"2.0","method":"driverentry/activeFile","params":{"uri":7}}',
      '['.repeat(100_000),
    ]) {
      client.body(body);
    }
    assert.equal((await client.request('no/such/method', {})).error?.code, METHOD_NOT_FOUND);
    client.notify('no/such/notification', {});
    client.notify('$/cancelRequest', { id: 123_456 });
    await isWell();
  });

  test('thousands of requests that are taken back', async () => {
    const uri = 'untitled:cancelled.c';
    client.open(uri, text);
    const ids = Array.from({ length: 3000 }, (_, index) => {
      const id = client.ask('textDocument/hover', hoverAt(uri, { line: index % 80, character: 6 }));
      client.notify('$/cancelRequest', { id });
      return id;
    });
    await Promise.all(ids.map((id) => client.until((message) => message.id === id)));
    await isWell();
  });

  test('documents that are closed while they are looked at', async () => {
    const uris = Array.from({ length: 50 }, (_, index) => `untitled:closed-${index}.c`);
    for (const uri of uris) {
      client.open(uri, text);
      client.ask('textDocument/hover', hoverAt(uri, START));
      client.notify('textDocument/didClose', { textDocument: { uri } });
    }
    await isWell();
    for (const uri of uris) {
      const last = client.messages.findLast(
        ({ method, params }) => method === 'textDocument/publishDiagnostics' && params?.uri === uri,
      );
      assert.deepEqual(last?.params?.diagnostics, [], uri);
    }
  });

  test('200 changes a second: the last findings are right', async () => {
    const uri = 'untitled:typing.c';
    client.open(uri, text);
    let version = 1;
    for (let tick = 0; tick < 60; tick++) {
      for (let i = 0; i < 10; i++) {
        const isOut = version % 2 === 0;
        const range = { start: START, end: { line: isOut ? 1 : 0, character: 0 } };
        client.notify('textDocument/didChange', {
          textDocument: { uri, version: ++version },
          contentChanges: [{ range, text: isOut ? '' : 'int garbage( { "\n' }],
        });
      }
      await new Promise((resume) => void setTimeout(resume, 50));
    }
    assert.equal(version % 2, 1);
    const found = await client.findings(uri, version);
    client.open('untitled:same.c', text);
    assert.deepEqual(found, await client.findings('untitled:same.c', 1));
    await isWell();
  });
});
