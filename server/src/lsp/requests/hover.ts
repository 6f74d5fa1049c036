import { MarkupKind } from 'vscode-languageserver';
import { canonicalUri, compactMarkdown, markdownToText } from '../../index.ts';
import { toHover } from '../convert.ts';
import type { RequestKind } from '../session.ts';

export const hover: RequestKind = {
  capabilities: () => ({ hoverProvider: true }),
  register({ connection, documents, client, analyzer }) {
    connection.onHover(async ({ textDocument, position }, token) => {
      const core = analyzer();
      const document = documents.get(textDocument.uri);
      const style = core.settings.hover;
      if (!document || style === 'off') return null;
      const offset = document.offsetAt(position);
      const full = await core.hover(canonicalUri(textDocument.uri), offset);
      if (!full || token.isCancellationRequested) return null;
      const found = style === 'compact' ? { ...full, markdown: compactMarkdown(full.markdown) } : full;
      const formats = client().textDocument?.hover?.contentFormat;
      const markdown = formats === undefined || formats.includes(MarkupKind.Markdown);
      return toHover(found, found.lines, markdown, markdownToText(found.markdown));
    });
  },
};
