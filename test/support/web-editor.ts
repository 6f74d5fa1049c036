import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { EDITOR_SETTINGS } from '../../scripts/editor.mjs';
import { readZip } from './zip.ts';

const root = process.cwd();
const CODE = join(root, 'test/editor/node_modules/code-server/lib/vscode');
const WORKSPACE = join(root, 'test/editor/virtual-workspace');
const WORKBENCH = 'out/vs/code/browser/workbench/workbench.js';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

/**
 * code-server makes its workbench connect to a server and keep its settings there. Without the two, the same files are
 * VS Code for the Web, with all extensions in workers of the browser.
 */
const PATCHES: readonly (readonly [RegExp, string])[] = [
  [/,remoteAuthority:location\.host\}/, '}'],
  [
    /(get userRoamingDataHome\(\)\{return \w+\(\w+\.file\(this\.userDataPath\)\.with\(\{scheme:\w+\.)vscodeRemote/,
    '$1vscodeUserData',
  ],
];

export const SERVER = 'dist/web/server.js';
/** Typing this character makes the server throw, as a fault of its own would. */
export const CRASH = '\u2620';
const FAULTS_ON_DEMAND = `self.addEventListener('message', ({ data }) => {
  const typed = data.method === 'textDocument/didChange' ? JSON.stringify(data) : '';
  if (typed.includes('${CRASH}')) throw new Error('crashed on demand');
});`;

/** Where the files of the open folder come from, besides VS Code's own memory. */
export type Scheme = 'tmp' | 'vscode-vfs';

/** What the folder that is opened holds, by path, and the file to show. */
export interface VirtualFolder {
  readonly scheme: Scheme;
  readonly files: Readonly<Record<string, string>>;
  readonly open: string;
}

/** VS Code for the Web with the packed extension, served from files: no program runs but the browser. */
export class WebEditor {
  folder: VirtualFolder = { scheme: 'tmp', files: {}, open: '' };
  /** What the command `Somebody changes a file` writes. */
  change: { readonly name: string; readonly text: string } | undefined;
  /** Texts as they were saved, by address. */
  readonly saved = new Map<string, string>();
  /** Addresses that were asked for below the extension's own. */
  readonly requests: string[] = [];
  readonly #extension: ReadonlyMap<string, Buffer>;
  readonly #server = createServer((request, response) => this.#answer(request, response));

  constructor(vsix: string) {
    this.#extension = readZip(readFileSync(vsix));
  }

  async start(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent(new URL(request.url ?? '/', this.address).pathname);
    const send = (content: string | Buffer, type = TYPES[extname(path)] ?? 'application/octet-stream') =>
      response
        .writeHead(200, {
          'content-type': type,
          'access-control-allow-origin': '*',
          'cache-control': 'no-store',
        })
        .end(content);
    const [, area, ...rest] = path.split('/');
    const name = normalize(rest.join('/'));
    try {
      if (path === '/') return void send(this.#page(), 'text/html');
      if (request.method === 'POST' && path === '/workspace/saved') {
        return this.#save(request, () => send(''));
      }
      if (path === '/workspace/files.json') return void send(JSON.stringify(this.folder));
      if (path === '/workspace/change.json') return void send(JSON.stringify(this.change));
      if (area === 'workspace') return void send(readFileSync(join(WORKSPACE, name)));
      // Built-in extensions with code come for Node only.
      const isBuiltIn = area === 'vscode' && /^extensions\/.*\.js$/.test(name);
      if (isBuiltIn) return void send('exports.activate = () => {};');
      if (area === 'vscode')
        return void send(name === WORKBENCH ? patchedWorkbench() : readFileSync(join(CODE, name)));
      const packed = area === 'extension' ? this.#extension.get(`extension/${name}`) : undefined;
      if (area === 'extension') this.requests.push(name);
      if (packed && name === SERVER) return void send(`${packed.toString()}\n${FAULTS_ON_DEMAND}`);
      if (packed) return void send(packed);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    }
    response.writeHead(404).end();
  }

  #save(request: IncomingMessage, done: () => void): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { search } = new URL(request.url ?? '/', this.address);
      this.saved.set(decodeURIComponent(search.slice(1)), Buffer.concat(chunks).toString());
      done();
    });
  }

  #page(): string {
    const uri = (path: string) => ({ scheme: 'http', authority: `127.0.0.1:${this.#port}`, path });
    const folderUri =
      this.folder.scheme === 'tmp'
        ? { scheme: 'tmp', path: '/workspace' }
        : { scheme: this.folder.scheme, authority: 'github', path: '/someone/driver' };
    const config = {
      folderUri,
      // What code-server's own page gives, all of it required.
      userDataPath: '/user',
      isEnabledFileDownloads: true,
      isEnabledFileUploads: true,
      isEnabledCoderGettingStarted: false,
      developmentOptions: { extensions: [uri('/extension'), uri('/workspace')] },
      configurationDefaults: EDITOR_SETTINGS,
      productConfiguration: { enableTelemetry: false, extensionsGallery: {} },
    };
    const settings = JSON.stringify(config).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    return `<!DOCTYPE html><html><head><meta charset="utf-8">
<meta id="vscode-workbench-web-configuration" data-settings="${settings}">
<link rel="stylesheet" href="/vscode/out/vs/code/browser/workbench/workbench.css"></head><body></body>
<script>globalThis._VSCODE_FILE_ROOT = new URL('/vscode/out/', location).href;</script>
<script type="module" src="/vscode/out/nls.messages.js"></script>
<script type="module" src="/vscode/${WORKBENCH}"></script></html>`;
  }
}

let workbench: string | undefined;

function patchedWorkbench(): string {
  if (workbench !== undefined) return workbench;
  let text = readFileSync(join(CODE, WORKBENCH), 'utf8');
  for (const [pattern, replacement] of PATCHES) {
    if (!pattern.test(text))
      throw new Error(`this release of code-server is another one: no ${pattern} in it`);
    text = text.replace(pattern, replacement);
  }
  workbench = text;
  return text;
}
