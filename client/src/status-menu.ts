import * as vscode from 'vscode';
import { OPEN_WALKTHROUGH, RESTART_SERVER, SELECT_CONFIGURATION, SHOW_OUTPUT } from './commands.ts';
import { lackText, originText, type ServerStatus } from './status-item.ts';

interface Entry extends vscode.QuickPickItem {
  readonly run?: () => Thenable<unknown>;
}

/** What README says of projects. */
export const PROJECTS_PAGE = 'https://github.com/driverentry/driverentry#projects';

const execute =
  (command: string, ...args: readonly unknown[]) =>
  (): Thenable<unknown> =>
    vscode.commands.executeCommand(command, ...args);

/** Everything that the analysis believes of the driver at hand, and what can be done about each of it. */
export async function showStatus(status: ServerStatus): Promise<void> {
  const chosen = await vscode.window.showQuickPick<Entry>([...driverEntries(status), ...toolEntries()], {
    title: vscode.l10n.t('DriverEntry: what is known of this driver'),
    placeHolder:
      status.project === undefined
        ? vscode.l10n.t('Open a C or C++ file of a driver to see which driver it belongs to.')
        : vscode.l10n.t('Choose a line to act on it.'),
  });
  await chosen?.run?.();
}

function* driverEntries(status: ServerStatus): Generator<Entry> {
  const {
    project,
    kind,
    projectUri,
    configuration,
    configurations = [],
    problems = [],
    missing = [],
  } = status;
  const origin = originText(status);
  if (status.state === 'failed')
    yield { label: `$(error) ${status.message ?? vscode.l10n.t('failed')}`, run: execute(SHOW_OUTPUT) };
  if (project !== undefined) {
    const isProject = kind === 'project' && projectUri !== undefined;
    yield {
      label: `$(circuit-board) ${project}`,
      ...(origin === undefined ? {} : { description: origin }),
      detail: isProject
        ? vscode.l10n.t('Opens the project file.')
        : vscode.l10n.t(
            'Without a project macros and include folders are not known. Shows which projects are read.',
          ),
      run: isProject
        ? execute('vscode.open', vscode.Uri.parse(projectUri))
        : () => vscode.env.openExternal(vscode.Uri.parse(PROJECTS_PAGE)),
    };
  }
  if (configuration !== undefined)
    yield {
      label: `$(settings) ${configuration}`,
      description: vscode.l10n.t('build configuration'),
      detail: vscode.l10n.t('Decides the macros, and with them the branches that are looked at.'),
      run: execute(SELECT_CONFIGURATION, configurations),
    };
  const lack = lackText(status);
  if (lack !== undefined)
    yield {
      label: `$(warning) ${lack}`,
      detail:
        missing.length > 1
          ? missing.join(', ')
          : vscode.l10n.t('What is not seen is not reported as missing.'),
    };
  for (const problem of problems) yield { label: `$(warning) ${problem}` };
  if (project !== undefined && kind !== 'project')
    yield {
      label: `$(edit) ${vscode.l10n.t('Name the macros of the build')}`,
      description: 'driverentry.defines',
      run: execute('workbench.action.openSettings', 'driverentry.defines'),
    };
}

function* toolEntries(): Generator<Entry> {
  yield { label: '', kind: vscode.QuickPickItemKind.Separator };
  yield {
    label: `$(gear) ${vscode.l10n.t('Settings')}`,
    run: execute('workbench.action.openSettings', '@ext:driverentry.driverentry'),
  };
  yield { label: `$(output) ${vscode.l10n.t('Show output')}`, run: execute(SHOW_OUTPUT) };
  yield { label: `$(debug-restart) ${vscode.l10n.t('Restart server')}`, run: execute(RESTART_SERVER) };
  yield { label: `$(book) ${vscode.l10n.t('First steps')}`, run: execute(OPEN_WALKTHROUGH) };
}
