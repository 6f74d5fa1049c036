import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionKind,
  CodeActionTriggerKind,
} from 'vscode-languageserver';
import { type Action, canonicalUri, type Diagnosis } from '../../index.ts';
import { toDiagnostic, toDocumentChanges } from '../convert.ts';
import { placesOf } from '../documents.ts';
import { editFor } from '../edits.ts';
import type { RequestKind, Session } from '../session.ts';

/** What `editor.codeActionsOnSave` names. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.driverentry`;
/** A command of the client: opens the address that it gets. */
const OPEN_RULE_PAGE = 'driverentry.openRulePage';

/** What an action that is not worked out yet says of itself. */
interface Unresolved {
  readonly uri: string;
  readonly version: number;
  /** Without one, all rules. */
  readonly rule?: string;
}

export const codeActions: RequestKind = {
  capabilities: () => ({
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL],
      resolveProvider: true,
    },
  }),
  register(session) {
    const { connection, documents, analyzer } = session;
    connection.onCodeAction(async ({ textDocument, range, context }, token) => {
      const core = analyzer();
      const document = documents.get(textDocument.uri);
      if (!document) return null;
      const { version } = document;
      const uri = canonicalUri(textDocument.uri);
      const { only, triggerKind } = context;
      const isWanted = (kind: string): boolean =>
        only
          ? only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`))
          : // Unasked, a light bulb is for what is wrong; sources have a menu of their own.
            kind === CodeActionKind.QuickFix ||
            (kind !== FIX_ALL && triggerKind !== CodeActionTriggerKind.Automatic);
      const offered: CodeAction[] = [];
      if ([CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite].some(isWanted)) {
        const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
        const found = await core.actions(uri, span);
        if (!found || token.isCancellationRequested || document.version !== version) return null;
        const makes = await Promise.all(
          found.actions
            .filter(({ kind }) => isWanted(kind))
            .map((action) => toCodeAction(session, action, found.diagnosis, version)),
        );
        offered.push(...makes.filter((action) => action !== undefined));
      }
      if (isWanted(FIX_ALL)) {
        const all = await fixAll(
          session,
          { title: 'Fix all of DriverEntry', kind: FIX_ALL },
          { uri, version },
        );
        if (all) offered.push(all);
      }
      return token.isCancellationRequested || document.version !== version ? null : offered;
    });
    connection.onCodeActionResolve(async (action) => {
      const unresolved = action.data as Unresolved | undefined;
      return unresolved === undefined ? action : ((await worked(session, action, unresolved)) ?? action);
    });
  },
};

/** The client says which commands it runs. */
function hasCommand({ experimental }: ClientCapabilities, command: string): boolean {
  const { commands }: { commands?: { commands?: unknown } } = (experimental ?? {}) as object;
  return Array.isArray(commands?.commands) && commands.commands.includes(command);
}

/** Undefined when it edits a file that was not read, or needs what the client does not have. */
async function toCodeAction(
  session: Session,
  action: Action,
  { uri, file }: Diagnosis,
  version: number,
): Promise<CodeAction | undefined> {
  const { documents, analyzer, client } = session;
  const { title, kind, finding, isPreferred, todo } = action;
  const places = placesOf(documents, analyzer());
  const made: CodeAction = {
    title,
    kind,
    ...(finding ? { diagnostics: [toDiagnostic(finding, file.lines, places)] } : {}),
    ...(isPreferred === true ? { isPreferred } : {}),
  };
  if (todo.kind === 'page') {
    return hasCommand(client(), OPEN_RULE_PAGE)
      ? { ...made, command: { title, command: OPEN_RULE_PAGE, arguments: [todo.url] } }
      : undefined;
  }
  if (todo.kind === 'fixAll') return fixAll(session, made, { uri, version, rule: todo.rule });
  const { workspaceEdit } = client().workspace ?? {};
  const hasSnippets = workspaceEdit?.documentChanges === true && workspaceEdit.snippetEditSupport === true;
  const documentChanges = toDocumentChanges(todo.edits, uri, file.lines, places, hasSnippets);
  return documentChanges && { ...made, edit: editFor(client(), { documentChanges }) };
}

/** Left open for clients that ask again for the edits of the action that is taken, else worked out. */
function fixAll(
  session: Session,
  action: CodeAction,
  what: Unresolved,
): Promise<CodeAction | undefined> | CodeAction {
  const resolves = session.client().textDocument?.codeAction?.resolveSupport?.properties.includes('edit');
  return resolves && what.rule !== undefined ? { ...action, data: what } : worked(session, action, what);
}

/** The action with its edits; undefined when there is nothing to do, or the text is another one by now. */
async function worked(
  { documents, analyzer, client }: Session,
  action: CodeAction,
  { uri, version, rule }: Unresolved,
): Promise<CodeAction | undefined> {
  const core = analyzer();
  const edits = await core.fixAll(uri, rule);
  const places = placesOf(documents, core);
  const lines = places.lines(uri);
  if (!lines || edits.length === 0 || documents.version(uri) !== version) return undefined;
  const documentChanges = toDocumentChanges(edits, uri, lines, places, false);
  return documentChanges && { ...action, edit: editFor(client(), { documentChanges }) };
}
