import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { FAULTY, readFaulty } from '../support/faulty-miniport.ts';

/** Loaded before the program: the memory of the parser's runtime cannot grow. */
const PRELOAD = `
const { Memory } = WebAssembly;
WebAssembly.Memory = class extends Memory {
  constructor(wanted) {
    super({ ...wanted, maximum: wanted.initial });
  }
};
`;

const { text: DRIVER } = readFaulty();
/** Its tree needs more than the runtime starts with. */
const LARGE = `${DRIVER}\nVOID Large(VOID)\n{\n${'    Call(First, Second, Third);\n'.repeat(100_000)}}\n`;
const FAILED = /the parser failed on/g;

let root = '';
const uriOf = (name: string) => pathToFileURL(join(root, name)).href;
const node = (...args: string[]) => ['--require', join(root, 'preload.cjs'), ...args];

describe('no memory for one file', { timeout: 120_000 }, () => {
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'driverentry-memory-'));
    mkdirSync(join(root, '.git')); // nothing around it is looked at
    writeFileSync(join(root, 'preload.cjs'), PRELOAD);
    for (const [name, text] of [
      ['a/driver.c', DRIVER],
      ['b/large.c', LARGE],
      ['c/driver.c', DRIVER],
    ] as const) {
      mkdirSync(join(root, name, '..'), { recursive: true });
      writeFileSync(join(root, name), text);
    }
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  test('the command line goes on with the others, names it and ends with 2', () => {
    const cli = join(process.cwd(), 'dist/cli.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, node(cli, 'check', '.'), {
      cwd: root,
      encoding: 'utf8',
    });
    assert.equal(status, 2, stderr);
    assert.match(stderr, /b\/large\.c: not analysed: the parser failed on it; please report the file/);
    for (const name of ['a/driver.c', 'c/driver.c']) assert.ok(stdout.includes(name), `${name}: ${stderr}`);
    assert.equal(stdout.match(new RegExp(`\\[${FAULTY.rule}\\]`, 'g'))?.length, 2);
  });

  test('the server goes on with the others, logs it once, and its status says so', async (t) => {
    const child = spawn(process.execPath, node(join(process.cwd(), 'dist/server.js'), '--stdio'));
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
    const open = (name: string, text: string) =>
      send({
        method: 'textDocument/didOpen',
        params: { textDocument: { uri: uriOf(name), languageId: 'c', version: 1, text } },
      });
    const params = { processId: null, rootUri: pathToFileURL(root).href, capabilities: {} };
    send({ id: 1, method: 'initialize', params });
    await until('"id":1');
    send({ method: 'initialized', params: {} });
    open('b/large.c', LARGE);
    await until('DriverEntry does not analyse large.c: the parser failed on it');
    await until('"state":"failed","message":"the parser failed on large.c; see the output"');
    // What is opened next is analysed, and does not make the status forget.
    open('a/driver.c', DRIVER);
    await until(`"uri":"${uriOf('a/driver.c')}","version":1,"diagnostics":[{`);
    const states = [...out.matchAll(/"state":"(\w+)"/g)].map(([, state]) => state);
    assert.ok(!states.includes('idle') || states.lastIndexOf('idle') < states.indexOf('failed'));
    const logged = [...out.matchAll(/"method":"window\/logMessage".*?\}\}/g)].join('\n');
    assert.equal(logged.match(FAILED)?.length, 1);
    // Once it is gone, nothing is wrong any more.
    send({ method: 'textDocument/didClose', params: { textDocument: { uri: uriOf('b/large.c') } } });
    await until('"state":"idle"');
  });
});
