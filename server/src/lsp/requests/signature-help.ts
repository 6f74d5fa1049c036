import { MarkupKind } from 'vscode-languageserver';
import { canonicalUri, markdownToText } from '../../index.ts';
import type { RequestKind } from '../session.ts';

export const signatureHelp: RequestKind = {
  capabilities: () => ({
    signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [')'] },
  }),
  register({ connection, documents, client, analyzer }) {
    connection.onSignatureHelp(({ textDocument, position }) => {
      const core = analyzer();
      const document = documents.get(textDocument.uri);
      if (!document) return null;
      const found = core.signatureHelp(canonicalUri(textDocument.uri), document.offsetAt(position));
      if (!found) return null;
      const abilities = client().textDocument?.signatureHelp?.signatureInformation;
      const isMarkdown = abilities?.documentationFormat?.includes(MarkupKind.Markdown) ?? false;
      const written = (markdown: string) =>
        isMarkdown
          ? { kind: MarkupKind.Markdown, value: markdown }
          : { kind: MarkupKind.PlainText, value: markdownToText(markdown) };
      const { label, markdown, parameters, active } = found;
      return {
        signatures: [
          {
            label,
            documentation: written(markdown),
            parameters: parameters.map(({ start, end, markdown: text }) => ({
              label: abilities?.parameterInformation?.labelOffsetSupport
                ? ([start, end] as [number, number])
                : label.slice(start, end),
              documentation: written(text),
            })),
          },
        ],
        activeSignature: 0,
        activeParameter: active,
      };
    });
  },
};
