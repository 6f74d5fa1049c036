import * as vscode from 'vscode';
import { OPEN_EXAMPLE, OPEN_WALKTHROUGH } from './commands.ts';

/** A miniport with mistakes, packed with the extension. */
const EXAMPLE = ['examples', 'faulty', 'ndis-miniport', 'driver.c'];

/** What the walkthrough's buttons do; all of it is in the palette, too. */
export function registerFirstMinutes({
  extension,
  extensionUri,
}: vscode.ExtensionContext): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(OPEN_EXAMPLE, () => openExample(extensionUri)),
    vscode.commands.registerCommand(OPEN_WALKTHROUGH, () =>
      vscode.commands.executeCommand(
        'workbench.action.openWalkthrough',
        `${extension.id}#firstMinutes`,
        false,
      ),
    ),
  );
}

const read = async (file: vscode.Uri): Promise<string> =>
  new TextDecoder().decode(await vscode.workspace.fs.readFile(file));

/** Opens a copy that belongs to nobody, with the cursor where the first mistake is seen. */
async function openExample(root: vscode.Uri): Promise<void> {
  const content = await read(vscode.Uri.joinPath(root, ...EXAMPLE));
  const document = await vscode.workspace.openTextDocument({ language: 'c', content });
  const editor = await vscode.window.showTextDocument(document);
  const call = /^.*?Ndis\w*Register\w*Driver\(.*?&/m.exec(content);
  if (!call) return;
  const position = document.positionAt(call.index + call[0].length);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenter);
}
