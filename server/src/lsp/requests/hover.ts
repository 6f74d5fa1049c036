import { MarkupKind } from 'vscode-languageserver';
import { canonicalUri, markdownToText } from '../../index.ts';
import { toHover } from '../convert.ts';
import type { RequestKind } from '../session.ts';

export const hover: RequestKind = {
  capabilities: () => ({ hoverProvider: true }),
  register({ connection, documents, client, analyzer }) {
    connection.onHover(async ({ textDocument, position }, token) => {
      const core = analyzer();
      const document = documents.get(textDocument.uri);
      if (!document) return null;
      const offset = document.offsetAt(position);
      const found = await core.hover(canonicalUri(textDocument.uri), offset);
      if (!found || token.isCancellationRequested) return null;
      const formats = client().textDocument?.hover?.contentFormat;
      const markdown = formats === undefined || formats.includes(MarkupKind.Markdown);
      return toHover(found, found.lines, markdown, markdownToText(found.markdown));
    });
  },
};
