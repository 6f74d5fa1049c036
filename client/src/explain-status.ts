import * as vscode from 'vscode';
import { EXPLAIN_STATUS } from './commands.ts';
import { type StatusExplanation, StatusPanel } from './status-panel.ts';

/** Languages of drivers. */
const LANGUAGES: ReadonlySet<string> = new Set(['c', 'cpp']);
/** Set while the selection, or the word at the cursor, looks like a status code: for the context menu. */
const CONTEXT_KEY = 'driverentry.statusSelected';
/** What looks like a status code; whether it is one, the server knows. */
const looksLikeStatus = (text: string): boolean =>
  /^(?:0x[0-9a-f]{8}U?L?|-\d{9,10}|\d{10})$/i.test(text) ||
  (/^[A-Z][A-Z0-9_]+$/.test(text) && (text.startsWith('STATUS_') || text.includes('_STATUS_')));
const STATUS_WORD = /-?\b\w+\b/;

/** Asks the server; undefined when it does not run. */
type Request = <T>(method: string, params: object) => Promise<T | undefined> | undefined;

/** The command that explains a status code, the panel it shows, and the key that its menu entry goes by. */
export function registerStatusExplanation(ask: Request): vscode.Disposable {
  const request: Request = async <T>(method: string, params: object) => {
    try {
      return await ask<T>(method, params);
    } catch {
      return undefined; // the server does not come up, and has said so
    }
  };
  const panel = new StatusPanel();
  const noteSelection = (editor: vscode.TextEditor | undefined): void => {
    const isStatus =
      editor !== undefined && LANGUAGES.has(editor.document.languageId) && selected(editor) !== undefined;
    void vscode.commands.executeCommand('setContext', CONTEXT_KEY, isStatus);
  };
  noteSelection(vscode.window.activeTextEditor);
  return vscode.Disposable.from(
    panel,
    vscode.window.onDidChangeActiveTextEditor(noteSelection),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => noteSelection(textEditor)),
    vscode.commands.registerCommand(EXPLAIN_STATUS, async (code?: unknown) => {
      const editor = vscode.window.activeTextEditor;
      const file =
        editor && LANGUAGES.has(editor.document.languageId) ? editor.document.uri.toString() : undefined;
      // The context menu hands over the address of the file; then the selection is what is meant.
      const fromMenu = code instanceof vscode.Uri;
      const proposed = typeof code === 'string' ? code : editor && selected(editor);
      const text =
        (fromMenu || typeof code === 'string') && proposed ? proposed : await askUser(proposed, request);
      if (text === undefined) return;
      const found = await request<StatusExplanation | null>('driverentry/explainStatus', {
        text,
        ...(file === undefined ? {} : { uri: file }),
      });
      if (found) await panel.show(found);
      else await complain(text, found);
    }),
  );
}

/** The selected text, or the word at the cursor, when it looks like a status code. */
function selected({ document, selection }: vscode.TextEditor): string | undefined {
  const range = selection.isEmpty
    ? document.getWordRangeAtPosition(selection.active, STATUS_WORD)
    : selection.isSingleLine
      ? selection
      : undefined;
  const text = range && document.getText(range).trim();
  return text !== undefined && looksLikeStatus(text) ? text : undefined;
}

interface ReadStatus {
  readonly value: string;
  readonly names: readonly string[];
  readonly meaning?: string;
}

/** Asks the user; what is typed is looked up as it grows. */
async function askUser(proposed: string | undefined, request: Request): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('DriverEntry: explain a status code'),
    prompt: vscode.l10n.t(
      'A code from a log or debugger, or its name. The driver of the open file is searched for the cause.',
    ),
    placeHolder: vscode.l10n.t('{0}, or a name', '0xC0010005, -1073676283, 3221291013'),
    value: proposed ?? '',
    async validateInput(text) {
      if (text.trim() === '') return undefined;
      const status = await request<ReadStatus | null>('driverentry/readStatus', { text });
      if (status === null) {
        return vscode.l10n.t(
          'No status code: write 0xC0010005, -1073676283, 3221291013, or a name such as {0}.',
          'NDIS_STATUS_FAILURE',
        );
      }
      if (!status) return undefined;
      return {
        message: [status.value, status.names.join(', '), status.meaning].filter(Boolean).join(' · '),
        severity: vscode.InputBoxValidationSeverity.Info,
      };
    },
  });
}

async function complain(text: string, found: null | undefined): Promise<void> {
  await vscode.window.showWarningMessage(
    found === null
      ? vscode.l10n.t('DriverEntry: "{0}" is no status code that is known.', text)
      : vscode.l10n.t('DriverEntry: the server does not run; restart it and try again.'),
  );
}
