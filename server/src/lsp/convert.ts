import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Hover as LspHover,
  MarkupKind,
  type Range,
} from 'vscode-languageserver/node';
import type { Finding, Hover, LineIndex, QuickFix, Severity, TextRange } from '../index.ts';

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

export function toDiagnostic(finding: Finding, lines: LineIndex): Diagnostic {
  return {
    range: toRange(finding.range, lines),
    severity: SEVERITY[finding.severity],
    source: 'driverentry',
    code: finding.rule,
    codeDescription: { href: finding.url },
    message: finding.help === undefined ? finding.message : `${finding.message}\n${finding.help}`,
    ...(finding.unnecessary ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    relatedInformation: finding.related.map((item) => ({
      location: { uri: finding.uri, range: toRange(item.range, lines) },
      message: item.message,
    })),
  };
}

export function toCodeAction(
  { finding, fix, preferred }: QuickFix,
  lines: LineIndex,
  version: number | null,
): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(finding, lines)],
    isPreferred: preferred,
    edit: {
      documentChanges: [
        {
          textDocument: { uri: finding.uri, version },
          edits: fix.edits.map((edit) => ({ range: toRange(edit.range, lines), newText: edit.newText })),
        },
      ],
    },
  };
}

export const toHover = (hover: Hover, lines: LineIndex, markdown: boolean, text: string): LspHover => ({
  contents: {
    kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText,
    value: markdown ? hover.markdown : text,
  },
  range: toRange(hover.range, lines),
});
