import {
  type ClientCapabilities,
  type CodeLens as LspCodeLens,
  CodeLensRefreshRequest,
  type Command,
  type Location,
} from 'vscode-languageserver';
import { canonicalUri, codeLenses, type DriverView } from '../../index.ts';
import { toLocations, toRange } from '../convert.ts';
import type { RequestKind } from '../session.ts';

/**
 * Commands of a client that show places: ours, and that of VS Code, which other clients have, too. A client lists what it
 * has in `experimental.commands.commands`, as is the custom; without one of these a lens is text.
 */
const SHOW_PLACES = ['driverentry.showPlaces', 'editor.action.showReferences'] as const;

export const codeLens: RequestKind = {
  capabilities: () => ({ codeLensProvider: { resolveProvider: false } }),
  register({ connection, documents, client, analyzer }) {
    connection.onCodeLens(async ({ textDocument }, token): Promise<LspCodeLens[] | null> => {
      const core = analyzer();
      const document = documents.get(textDocument.uri);
      if (!document) return null;
      if (!core.settings.codeLens) return [];
      const { version } = document;
      const view = await core.view(canonicalUri(textDocument.uri));
      // What was asked for is another text by now: the client asks again.
      if (token.isCancellationRequested || document.version !== version) return null;
      if (!view) return [];
      return toLenses(view, textDocument.uri, showCommand(client()), (uri) => documents.clientUri(uri));
    });
  },
  async refresh({ connection, client }) {
    if (client().workspace?.codeLens?.refreshSupport === true)
      await connection.sendRequest(CodeLensRefreshRequest.type);
  },
};

function toLenses(
  view: DriverView,
  uri: string,
  show: string | undefined,
  clientUri: (uri: string) => string,
): LspCodeLens[] {
  const lines = view.linesOf(view.facts.uri);
  if (!lines) return [];
  return codeLenses(view).map(({ range, title, places }) => {
    const at = toRange(range, lines);
    const locations = toLocations(places, view.linesOf, clientUri);
    return {
      // One line is enough to stand above it.
      range: { start: at.start, end: at.start },
      command: commandFor(title, show, uri, at.start, locations),
    };
  });
}

function commandFor(
  title: string,
  show: string | undefined,
  uri: string,
  position: Location['range']['start'],
  locations: Location[],
): Command {
  if (show === undefined || locations.length === 0) return { title, command: '' };
  return { title, command: show, arguments: [uri, position, locations] };
}

function showCommand({ experimental }: ClientCapabilities): string | undefined {
  const { commands }: { commands?: { commands?: unknown } } = (experimental ?? {}) as object;
  const known = commands?.commands;
  return Array.isArray(known) ? SHOW_PLACES.find((name) => known.includes(name)) : undefined;
}
