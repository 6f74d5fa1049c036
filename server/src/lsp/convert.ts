import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Hover as LspHover,
  type Location,
  MarkupKind,
  type Range,
  StringValue,
  type TextDocumentEdit,
  type TextEdit as LspTextEdit,
} from 'vscode-languageserver';
import type { ActionEdit, Finding, Hover, LineIndex, Severity, TextEdit, TextRange } from '../index.ts';
import type { Places } from './documents.ts';

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export const toRange = (span: TextRange, lines: LineIndex): Range => ({
  start: lines.positionAt(span.start),
  end: lines.positionAt(span.end),
});

/** Places in files that were read; the others are left out. */
export const toLocations = (
  places: readonly { readonly uri: string; readonly range: TextRange }[],
  linesOf: (uri: string) => LineIndex | undefined,
  clientUri: (uri: string) => string,
): Location[] =>
  places.flatMap(({ uri, range }) => {
    const lines = linesOf(uri);
    return lines ? [{ uri: clientUri(uri), range: toRange(range, lines) }] : [];
  });

export const toTextEdits = (edits: readonly TextEdit[], lines: LineIndex): LspTextEdit[] =>
  edits.map(({ range, newText }) => ({ range: toRange(range, lines), newText }));

/** `lines` are those of the finding's own file; places in other files that were not read are left out. */
export function toDiagnostic(finding: Finding, lines: LineIndex, places: Places): Diagnostic {
  return {
    range: toRange(finding.range, lines),
    severity: SEVERITY[finding.severity],
    source: 'driverentry',
    code: finding.rule,
    codeDescription: { href: finding.url },
    message: finding.help === undefined ? finding.message : `${finding.message}\n${finding.help}`,
    ...(finding.unnecessary ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    relatedInformation: finding.related.flatMap((item) => {
      const uri = item.uri ?? finding.uri;
      const index = uri === finding.uri ? lines : places.lines(uri);
      if (!index) return [];
      return [
        {
          location: { uri: places.clientUri(uri), range: toRange(item.range, index) },
          message: item.message,
        },
      ];
    }),
  };
}

/** Edits by file, for `WorkspaceEdit`. Undefined when one is in a file that was not read. */
export function toDocumentChanges(
  edits: readonly ActionEdit[],
  own: string,
  lines: LineIndex,
  places: Places,
  hasSnippets: boolean,
): TextDocumentEdit[] | undefined {
  const changes: TextDocumentEdit[] = [];
  for (const uri of new Set(edits.map((edit) => edit.uri ?? own))) {
    const group = edits.filter((edit) => (edit.uri ?? own) === uri);
    const index = uri === own ? lines : places.lines(uri);
    if (!index) return undefined;
    changes.push({
      textDocument: { uri: places.clientUri(uri), version: places.version(uri) },
      edits: group.map(({ range, newText, placeholder }) =>
        hasSnippets && placeholder
          ? {
              range: toRange(range, index),
              snippet: StringValue.createSnippet(snippetOf(newText, placeholder)),
            }
          : { range: toRange(range, index), newText },
      ),
    });
  }
  return changes;
}

/** The text as a snippet whose placeholder is selected. */
function snippetOf(text: string, { start, end }: TextRange): string {
  const escape = (part: string) => part.replace(/[\\$}]/g, '\\$&');
  return `${escape(text.slice(0, start))}\${1:${escape(text.slice(start, end))}}${escape(text.slice(end))}`;
}

/** A project file that cannot be used, as a finding on its first line. */
export const projectDiagnostic = (message: string): Diagnostic => ({
  range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
  severity: DiagnosticSeverity.Warning,
  source: 'driverentry',
  code: 'project-file',
  message,
});

export const toHover = (hover: Hover, lines: LineIndex, markdown: boolean, text: string): LspHover => ({
  contents: {
    kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText,
    value: markdown ? hover.markdown : text,
  },
  range: toRange(hover.range, lines),
});
