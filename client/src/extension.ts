import * as vscode from 'vscode';
import { onDidChangeOthers } from './beside.ts';
import { NEW_DRIVER, RESTART_SERVER, SELECT_CONFIGURATION, SHOW_OUTPUT, SHOW_STATUS } from './commands.ts';
import { selectConfiguration } from './configuration.ts';
import { registerFirstMinutes } from './first-minutes.ts';
import { createDriver } from './new-driver.ts';
import { registerShowPlaces } from './places.ts';
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
  server = new ServerProcess({
    launch,
    selector: SELECTOR,
    output,
    onStatus: (state) => status.show(state),
    onGaveUp: (message) => void offerRestart(message),
  });
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
    onDidChangeOthers(() => server?.settingsChanged()),
    vscode.window.onDidChangeActiveTextEditor((editor) => server?.setActive(editor?.document)),
  );
  await server.start();
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
