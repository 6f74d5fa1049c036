import * as vscode from 'vscode';

/** Lets the user choose how projects are read, and keeps the choice in the settings of the workspace. */
export async function selectConfiguration(
  offers: readonly string[],
  current: string | undefined,
): Promise<void> {
  if (offers.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('DriverEntry: the project of this file has no configurations to choose from.'),
    );
    return;
  }
  const chosen = await vscode.window.showQuickPick(
    offers.map((label) => ({
      label,
      ...(label === current ? { description: vscode.l10n.t('active') } : {}),
    })),
    { title: vscode.l10n.t('DriverEntry: build configuration') },
  );
  if (!chosen) return;
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration('driverentry').update('configuration', chosen.label, target);
}
