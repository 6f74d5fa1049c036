// Opens an editor with this extension and the folder examples/: the VS Code of this machine,
// or else VS Code in the browser.
//   node scripts/start.mjs [--port N] [--no-open] [--browser]
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findCommand, installEditor, startEditor, whyNoBrowserBuild } from './editor.mjs';

const root = join(import.meta.dirname, '..');
const examples = join(root, 'examples');
const USAGE = `usage: npm start -- [--port N] [--no-open] [--browser]
  --port N    port of the browser build on 127.0.0.1 (default: a free one)
  --no-open   print the address, but do not open a browser
  --browser   take the browser build even if this machine has VS Code`;

function fail(message, code = 1) {
  console.error(message);
  process.exit(code);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '0' },
        'no-open': { type: 'boolean', default: false },
        browser: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`not a port: ${values.port}`);
    return { ...values, port };
  } catch (error) {
    return fail(`${error.message}\n${USAGE}`, 2);
  }
}

function startDesktop(code) {
  console.log('Opening VS Code with DriverEntry and the folder examples/.');
  const windows = process.platform === 'win32';
  const quote = (argument) => (windows ? `"${argument}"` : argument);
  const args = [`--extensionDevelopmentPath=${root}`, examples].map(quote);
  const { status, error } = spawnSync(quote(code), args, { stdio: 'inherit', shell: windows });
  if (error) fail(`VS Code did not start (${code}): ${error.message}`);
  process.exitCode = status ?? 1;
}

/** Opens the address in the browser of this desktop, if there is one. */
function openBrowser(address) {
  const opener = findCommand('xdg-open');
  if (!opener || !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)) return;
  spawn(opener, [address], { stdio: 'ignore', detached: true })
    .on('error', () => {}) // the address is printed anyway
    .unref();
}

async function startBrowser({ port, 'no-open': noOpen }) {
  const reason = whyNoBrowserBuild();
  if (reason) {
    fail(
      `The command 'code' is not on PATH, and ${reason}.\n` +
        "Install VS Code (https://code.visualstudio.com), run 'Shell Command: Install code command in PATH' from its\n" +
        "command palette, and try again. Or run 'npm run package' and install the .vsix file from its Extensions view.",
    );
  }
  let editor;
  const ending = new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, done);
  });
  try {
    installEditor(root);
    const vsix = join(root, '.test-out/start.vsix');
    const packed = spawnSync(process.execPath, [join(root, 'scripts/package.mjs'), '--out', vsix], {
      stdio: 'inherit',
    });
    if (packed.status !== 0) fail('The extension could not be packed; the lines above say why.');
    editor = await startEditor(root, { vsix, port, reconnectionSeconds: 600 });
  } catch (error) {
    fail(`VS Code in the browser did not start: ${error.message}`);
  }
  const address = new URL(editor.address);
  address.searchParams.set('folder', examples);
  console.log(`\nVS Code with DriverEntry is at\n\n  ${address.href}\n\nCtrl+C ends it.`);
  if (!noOpen) openBrowser(address.href);
  const first = await Promise.race([ending.then(() => 'asked'), editor.ended.then(() => 'ended')]);
  await editor.stop();
  if (first === 'ended') fail('The editor ended unexpectedly.');
  process.exit(0); // a helper of xdg-open must not keep us
}

const options = readOptions();
if (options.help) {
  console.log(USAGE);
} else if (!existsSync(examples)) {
  fail(`no folder ${examples}`);
} else {
  const code = options.browser ? undefined : findCommand('code');
  if (code) startDesktop(code);
  else await startBrowser(options);
}
