import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import { canonicalUri, type LineIndex, type RegistrationSymbol, registrationSymbols } from '../../index.ts';
import { toRange } from '../convert.ts';
import type { RequestKind } from '../session.ts';

const KINDS: Readonly<Record<RegistrationSymbol['kind'], SymbolKind>> = {
  registration: SymbolKind.Interface,
  handler: SymbolKind.Event,
  value: SymbolKind.Field,
};

export const symbols: RequestKind = {
  // The label heads them where a client shows the symbols of several servers.
  capabilities: () => ({ documentSymbolProvider: { label: 'Registrations' } }),
  register({ connection, documents, client, analyzer }) {
    connection.onDocumentSymbol(async ({ textDocument }, token) => {
      const core = analyzer();
      const document = documents.get(textDocument.uri);
      // A flat list would mix members with the functions of the C tools.
      const isTree = client().textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true;
      if (!document || !isTree) return null;
      const { version } = document;
      const view = await core.view(canonicalUri(textDocument.uri));
      const lines = view?.linesOf(view.facts.uri);
      if (!view || !lines || token.isCancellationRequested || document.version !== version) return null;
      return registrationSymbols(view).map((symbol) => toSymbol(symbol, lines));
    });
  },
};

const toSymbol = (
  { name, detail, kind, range, selection, children }: RegistrationSymbol,
  lines: LineIndex,
): DocumentSymbol => ({
  name,
  detail,
  kind: KINDS[kind],
  range: toRange(range, lines),
  selectionRange: toRange(selection, lines),
  children: children.map((child) => toSymbol(child, lines)),
});
