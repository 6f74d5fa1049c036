import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readFaulty } from '../support/faulty-miniport.ts';

/**
 * Loaded before the program: whoever opens a connection, looks up a name, starts a process or a thread, or
 * loads native code, gets an error, and is written down.
 */
const PRELOAD = `
const { appendFileSync } = require('node:fs');
const forbidden = {
  net: ['connect', 'createConnection', 'createServer'],
  tls: ['connect', 'createServer'],
  http: ['request', 'get', 'createServer'],
  https: ['request', 'get', 'createServer'],
  http2: ['connect', 'createServer', 'createSecureServer'],
  dgram: ['createSocket'],
  dns: ['lookup', 'resolve', 'resolve4', 'resolve6', 'reverse'],
  child_process: ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'],
  worker_threads: ['Worker'],
  cluster: ['fork'],
};
const deny = (what) => function () {
  appendFileSync(process.env.TRUST_LOG, what + '\\n');
  throw new Error('forbidden: ' + what);
};
for (const [name, members] of Object.entries(forbidden)) {
  const real = require(name);
  for (const member of members) real[member] = deny(name + '.' + member);
}
require('net').Socket.prototype.connect = deny('net.Socket.connect');
require('net').Server.prototype.listen = deny('net.Server.listen');
require('dns').promises.lookup = deny('dns.promises.lookup');
require('child_process').ChildProcess.prototype.spawn = deny('ChildProcess.spawn');
globalThis.fetch = deny('fetch');
globalThis.WebSocket = deny('WebSocket');
process.dlopen = deny('process.dlopen');
require('node:module').syncBuiltinESMExports();
`;

let folder = '';
const log = () => join(folder, 'log');
const attempts = (): string[] => (existsSync(log()) ? readFileSync(log(), 'utf8').trim().split('\n') : []);
const environment = () => ({ ...process.env, TRUST_LOG: log() });
const node = (...args: string[]) => ['--require', join(folder, 'preload.cjs'), ...args];
const server = join(process.cwd(), 'dist/server.js');
const cli = join(process.cwd(), 'dist/cli.js');

describe('nothing leaves the machine, and nothing is started', { timeout: 60_000 }, () => {
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'driverentry-trust-'));
    writeFileSync(join(folder, 'preload.cjs'), PRELOAD);
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [name, code] of [
    ['a connection', `require('net').connect(9)`],
    ['a socket', `new (require('net').Socket)().connect(9)`],
    ['a request', `require('https').get('https://localhost')`],
    ['a fetch', `fetch('http://localhost')`],
    ['a name', `require('dns').lookup('localhost', () => {})`],
    ['a process', `require('child_process').execSync('true')`],
    ['a process of a module', `import('node:child_process').then((m) => m.spawn('true'))`],
    ['a thread', `new (require('worker_threads').Worker)('1', { eval: true })`],
  ] as const) {
    test(`the guard catches ${name}`, () => {
      const { status } = spawnSync(process.execPath, node('--eval', code), { env: environment() });
      assert.notEqual(status, 0);
      assert.equal(attempts().length, 1);
      rmSync(log());
    });
  }

  test('the command line', () => {
    const { path } = readFaulty();
    for (const args of [
      ['check', path],
      ['check', 'examples', '--format', 'sarif'],
      ['explain', 'PauseHandler'],
      ['rules'],
    ]) {
      const { status, stdout, stderr } = spawnSync(process.execPath, node(cli, ...args), {
        env: environment(),
        encoding: 'utf8',
      });
      assert.ok(status === 0 || status === 1, stderr);
      assert.notEqual(stdout, '');
      assert.deepEqual(attempts(), [], args.join(' '));
    }
  });

  for (const args of [
    [server, '--stdio'],
    [cli, 'lsp'],
  ]) {
    test(`the server: ${args[1]}`, async (t) => {
      const child = spawn(process.execPath, node(...args), { env: environment() });
      t.after(() => child.kill('SIGKILL'));
      let out = '';
      let wake = () => {};
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        wake();
      });
      const until = async (...parts: string[]) => {
        while (!parts.every((part) => out.includes(part))) await new Promise<void>((done) => (wake = done));
      };
      const send = (message: object) => {
        const body = JSON.stringify({ jsonrpc: '2.0', ...message });
        child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
      };
      const { uri, text } = readFaulty();
      const rootUri = uri.slice(0, uri.lastIndexOf('/'));
      send({ id: 1, method: 'initialize', params: { processId: null, rootUri, capabilities: {} } });
      await until('"id":1');
      send({ method: 'initialized', params: {} });
      const textDocument = { uri, languageId: 'c', version: 1, text };
      send({ method: 'textDocument/didOpen', params: { textDocument } });
      const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
      const params = { textDocument: { uri }, range, context: { diagnostics: [] } };
      send({ id: 2, method: 'textDocument/codeAction', params });
      await until('"id":2', 'missing-required-handler');
      assert.deepEqual(attempts(), []);
    });
  }
});
