import type { ClientCapabilities, WorkspaceEdit } from 'vscode-languageserver';

/** An edit of several documents in the form that the client understands: the older one knows no versions. */
export function editFor(client: ClientCapabilities, edit: WorkspaceEdit): WorkspaceEdit {
  if (client.workspace?.workspaceEdit?.documentChanges === true || !edit.documentChanges) return edit;
  const changes: NonNullable<WorkspaceEdit['changes']> = {};
  for (const change of edit.documentChanges) {
    // Files are neither created nor renamed: such clients could not.
    if (!('textDocument' in change)) return edit;
    const edits = change.edits.filter((item) => 'newText' in item);
    changes[change.textDocument.uri] = [...(changes[change.textDocument.uri] ?? []), ...edits];
  }
  return { changes };
}
