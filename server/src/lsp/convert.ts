import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Hover as LspHover,
  type Location,
  MarkupKind,
  type Range,
  type TextDocumentEdit,
  type TextEdit as LspTextEdit,
} from 'vscode-languageserver';
import type { Finding, Fix, Hover, LineIndex, QuickFix, Severity, TextEdit, TextRange } from '../index.ts';
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

/** Undefined when the fix edits a file that was not read. */
export function toCodeAction(
  { finding, fix, preferred }: QuickFix,
  lines: LineIndex,
  places: Places,
): CodeAction | undefined {
  const linesOf = (uri: string) => (uri === finding.uri ? lines : places.lines(uri));
  const documentChanges: TextDocumentEdit[] = [];
  for (const [uri, edits] of groupEdits(fix.edits, finding.uri)) {
    const index = linesOf(uri);
    if (!index) return undefined;
    documentChanges.push({
      textDocument: { uri: places.clientUri(uri), version: places.version(uri) },
      edits: edits.map((edit) => ({ range: toRange(edit.range, index), newText: edit.newText })),
    });
  }
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(finding, lines, places)],
    isPreferred: preferred,
    edit: { documentChanges },
  };
}

function groupEdits(edits: Fix['edits'], own: string): Map<string, Fix['edits'][number][]> {
  const groups = new Map<string, Fix['edits'][number][]>();
  for (const edit of edits) {
    const uri = edit.uri ?? own;
    groups.set(uri, [...(groups.get(uri) ?? []), edit]);
  }
  return groups;
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
