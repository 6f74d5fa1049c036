import { CodeActionKind } from 'vscode-languageserver';
import { canonicalUri } from '../../index.ts';
import { toCodeAction } from '../convert.ts';
import { placesOf } from '../documents.ts';
import { editFor } from '../edits.ts';
import type { RequestKind } from '../session.ts';

export const codeActions: RequestKind = {
  capabilities: () => ({ codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } }),
  register({ connection, documents, client, analyzer }) {
    connection.onCodeAction(async ({ textDocument, range, context }, token) => {
      const core = analyzer();
      const document = documents.get(textDocument.uri);
      if (!document) return null;
      if (context.only && !context.only.some((kind) => CodeActionKind.QuickFix.startsWith(kind))) return [];
      const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
      const { version } = document;
      const uri = canonicalUri(textDocument.uri);
      const diagnosis = await core.diagnose(uri);
      if (!diagnosis || token.isCancellationRequested || document.version !== version) return null;
      const fixes = await core.quickFixes(uri, span);
      const places = placesOf(documents, core);
      return fixes
        .map((fix) => toCodeAction(fix, diagnosis.file.lines, places))
        .filter((action) => action !== undefined)
        .map((action) => (action.edit ? { ...action, edit: editFor(client(), action.edit) } : action));
    });
  },
};
