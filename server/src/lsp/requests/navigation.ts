import type {
  Location,
  LocationLink,
  TextDocumentPositionParams,
  CancellationToken,
} from 'vscode-languageserver';
import { canonicalUri, definitionAt, type DriverView, referencesAt, type Relation } from '../../index.ts';
import { toLocations, toRange } from '../convert.ts';
import type { RequestKind, Session } from '../session.ts';

/** From members to their functions, and between a registration, its handle and its undo. */
export const navigation: RequestKind = {
  capabilities: () => ({
    definitionProvider: true,
    implementationProvider: true,
    referencesProvider: true,
  }),
  register(session) {
    const { connection, client } = session;
    connection.onDefinition((params, token) => {
      const links = client().textDocument?.definition?.linkSupport === true;
      return answer(session, params, token, definitionAt, links);
    });
    // Where a C tool has a definition of its own to show, a member still leads to its function this way.
    connection.onImplementation((params, token) => {
      const links = client().textDocument?.implementation?.linkSupport === true;
      return answer(session, params, token, definitionAt, links);
    });
    connection.onReferences(async (params, token) => {
      const { includeDeclaration } = params.context;
      const find = (view: DriverView, offset: number) => referencesAt(view, offset, includeDeclaration);
      return answer(session, params, token, find, false);
    });
  },
};

function answer(
  session: Session,
  params: TextDocumentPositionParams,
  token: CancellationToken,
  find: (view: DriverView, offset: number) => Relation | undefined,
  links: false,
): Promise<Location[] | null>;
function answer(
  session: Session,
  params: TextDocumentPositionParams,
  token: CancellationToken,
  find: (view: DriverView, offset: number) => Relation | undefined,
  links: boolean,
): Promise<Location[] | LocationLink[] | null>;
async function answer(
  { documents, analyzer }: Session,
  { textDocument, position }: TextDocumentPositionParams,
  token: CancellationToken,
  find: (view: DriverView, offset: number) => Relation | undefined,
  links: boolean,
): Promise<Location[] | LocationLink[] | null> {
  const core = analyzer();
  const document = documents.get(textDocument.uri);
  if (!document) return null;
  const { version } = document;
  const offset = document.offsetAt(position);
  const view = await core.view(canonicalUri(textDocument.uri));
  if (!view || token.isCancellationRequested || document.version !== version) return null;
  const found = find(view, offset);
  const lines = view.linesOf(view.facts.uri);
  if (!found || !lines) return null;
  const locations = toLocations(found.places, view.linesOf, (uri) => documents.clientUri(uri));
  if (!links) return locations;
  const originSelectionRange = toRange(found.range, lines);
  return locations.map(({ uri, range }) => ({
    originSelectionRange,
    targetUri: uri,
    targetRange: range,
    targetSelectionRange: range,
  }));
}
