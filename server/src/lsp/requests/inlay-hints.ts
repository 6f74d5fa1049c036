import { InlayHintKind } from 'vscode-languageserver';
import { canonicalUri, inlayHints as hintsIn } from '../../index.ts';
import type { RequestKind } from '../session.ts';

export const inlayHints: RequestKind = {
  capabilities: () => ({ inlayHintProvider: { resolveProvider: false } }),
  register({ connection, documents, analyzer }) {
    connection.languages.inlayHint.on(async ({ textDocument, range }, token) => {
      const core = analyzer();
      const document = documents.get(textDocument.uri);
      if (!document) return null;
      if (!core.settings.inlayHints) return [];
      const { version } = document;
      const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
      const view = await core.view(canonicalUri(textDocument.uri));
      if (token.isCancellationRequested || document.version !== version) return null;
      if (!view) return [];
      return hintsIn(view, span).map(({ offset, label, tooltip, kind }) => ({
        position: document.positionAt(offset),
        label,
        tooltip,
        // Clients draw the two kinds in different colours.
        kind: kind === 'member' ? InlayHintKind.Parameter : InlayHintKind.Type,
        paddingLeft: kind === 'irql',
        paddingRight: kind === 'member',
      }));
    });
  },
  async refresh({ connection, client }) {
    if (client().workspace?.inlayHint?.refreshSupport === true)
      await connection.languages.inlayHint.refresh();
  },
};
