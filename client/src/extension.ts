import * as vscode from 'vscode';
import { onDidChangeOthers } from './beside.ts';
import {
  EXPORT_MAP,
  GO_TO_MAP_PLACE,
  NEW_DRIVER,
  RESTART_SERVER,
  SELECT_CONFIGURATION,
  SHOW_MAP,
  SHOW_OUTPUT,
  SHOW_STATUS,
} from './commands.ts';
import { selectConfiguration } from './configuration.ts';
import { registerStatusExplanation } from './explain-status.ts';
import { registerFirstMinutes } from './first-minutes.ts';
import { createDriver } from './new-driver.ts';
import { registerShowPlaces } from './places.ts';
import { exportMap, MapPanel } from './map-panel.ts';
import { MapTree } from './map-tree.ts';
import { RegistrationMap } from './registration-map.ts';
import { type Launch, ServerProcess } from './server-process.ts';
import { StatusItem } from './status-item.ts';
import { showStatus } from './status-menu.ts';

/** INF files go by their names: other extensions have languages of their own for them. */
const SELECTOR = [{ language: 'c' }, { language: 'cpp' }, { pattern: '**/*.[iI][nN][fFxX]' }];

let server: ServerProcess | undefined;

/** What both entries do when the editor opens the first C, C++ or INF file; only they know how a server starts. */
export async function start(context: vscode.ExtensionContext, launch: Launch): Promise<void> {
  const { version }: { version: string } = context.extension.packageJSON;
  const output = vscode.window.createOutputChannel('DriverEntry', { log: true });
  const status = new StatusItem(SELECTOR, version);
  let map: RegistrationMap | undefined;
  server = new ServerProcess({
    launch,
    selector: SELECTOR,
    output,
    onStatus: (state) => {
      status.show(state);
      if (state.state === 'idle') map?.refresh();
    },
    onGaveUp: (message) => void offerRestart(message),
  });
  map = addMap(context, server);
  context.subscriptions.push(
    output,
    status,
    server,
    vscode.commands.registerCommand(RESTART_SERVER, () => server?.restart()),
    vscode.commands.registerCommand(SHOW_OUTPUT, () => output.show()),
    vscode.commands.registerCommand(NEW_DRIVER, () => createDriver((method, params) => ask(method, params))),
    vscode.commands.registerCommand(SELECT_CONFIGURATION, (offers?: string[]) =>
      selectConfiguration(
        offers ?? server?.status.configurations ?? [],
        server?.status ?? { state: 'failed' },
      ),
    ),
    vscode.commands.registerCommand(SHOW_STATUS, () => showStatus(server?.status ?? { state: 'failed' })),
    registerFirstMinutes(context),
    registerShowPlaces(),
    registerStatusExplanation((method, params) => server?.ask(method, params)),
    onDidChangeOthers(() => server?.settingsChanged()),
    vscode.window.onDidChangeActiveTextEditor((editor) => server?.setActive(editor?.document)),
  );
  await server.start();
}

/** The registration map: a tree in the explorer, a picture beside the code, and a file. */
function addMap(context: vscode.ExtensionContext, from: ServerProcess): RegistrationMap {
  const map = new RegistrationMap(from, [{ language: 'c' }, { language: 'cpp' }]);
  const panel = new MapPanel(map, context.extensionUri);
  context.subscriptions.push(
    map,
    panel,
    new MapTree(map),
    vscode.commands.registerCommand(SHOW_MAP, () => panel.show()),
    vscode.commands.registerCommand(EXPORT_MAP, () => exportMap(map)),
    vscode.commands.registerCommand(GO_TO_MAP_PLACE, async (id: string) => {
      const item = map.item(id);
      if (item) await map.goTo(item);
    }),
  );
  void vscode.commands.executeCommand('setContext', 'driverentry.active', true);
  return map;
}

/** Called by the editor when the extension goes away; waits for the server to end. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** A request of ours, for a command that the user gave. */
async function ask<T>(method: string, params: object = {}): Promise<T> {
  if (!server) throw new Error(vscode.l10n.t('The server does not run.'));
  return server.ask<T>(method, params);
}

async function offerRestart(message: string): Promise<void> {
  const restart = vscode.l10n.t('Restart');
  const showOutput = vscode.l10n.t('Show output');
  const choice = await vscode.window.showErrorMessage(`DriverEntry: ${message}`, restart, showOutput);
  if (choice === restart) await vscode.commands.executeCommand(RESTART_SERVER);
  if (choice === showOutput) await vscode.commands.executeCommand(SHOW_OUTPUT);
}
