import * as vscode from 'vscode';
import type { ServerStatus } from './status-item.ts';
import { PROJECTS_PAGE } from './status-menu.ts';

/** Lets the user choose how projects are read, and keeps the choice in the settings of the workspace. */
export async function selectConfiguration(offers: readonly string[], status: ServerStatus): Promise<void> {
  if (offers.length === 0) return sayWhyNone(status);
  const chosen = await vscode.window.showQuickPick(
    offers.map((label) => ({
      label,
      ...(label === status.configuration ? { description: vscode.l10n.t('active') } : {}),
    })),
    {
      title: vscode.l10n.t('DriverEntry: build configuration'),
      placeHolder: vscode.l10n.t(
        'As which configuration and platform are the projects of this workspace read?',
      ),
    },
  );
  if (!chosen) return;
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration('driverentry').update('configuration', chosen.label, target);
}

/** Nothing to choose from: says what is missing and what helps. */
async function sayWhyNone({ project, kind }: ServerStatus): Promise<void> {
  if (project === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'DriverEntry: open a C or C++ file of the driver first; its project has the configurations.',
      ),
    );
    return;
  }
  const help = vscode.l10n.t('Which projects are read?');
  const defines = vscode.l10n.t('Name the macros');
  const message =
    kind === 'project'
      ? vscode.l10n.t('DriverEntry: {0} has no configurations. Macros can be named in the settings.', project)
      : vscode.l10n.t(
          'DriverEntry: no project names this file, so there are no configurations. Macros can be named in the settings.',
        );
  const choice = await vscode.window.showInformationMessage(message, defines, help);
  if (choice === help) await vscode.env.openExternal(vscode.Uri.parse(PROJECTS_PAGE));
  if (choice === defines)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'driverentry.defines');
}
