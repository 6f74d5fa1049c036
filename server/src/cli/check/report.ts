import type { Finding, Fix, LineIndex, Position, Severity, TextRange } from '../../index.ts';

/** One analysed file with what is needed to print its findings. */
export interface FileReport {
  /** As printed: relative to the working folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly findings: readonly Finding[];
  /** Name of the function that an offset lies in. */
  readonly functionAt: (offset: number) => string | undefined;
  /** The same of another file, for what a finding says about it; undefined when it was not read. */
  readonly elsewhere: (uri: string) => { readonly path: string; readonly lines: LineIndex } | undefined;
}

/** Where a place is, as printed; undefined when it is in a file that was not read. */
function locate(report: FileReport, uri: string | undefined, range: TextRange) {
  const file = uri === undefined ? report : report.elsewhere(uri);
  return (
    file && {
      file: file.path,
      range: { start: file.lines.positionAt(range.start), end: file.lines.positionAt(range.end) },
    }
  );
}

/** A fix, unless it edits a file that was not read. */
function locateFix(report: FileReport, { title, safety, edits }: Fix) {
  const located = edits.flatMap(({ uri, range, newText }) => {
    const place = locate(report, uri, range);
    return place ? [{ ...place, newText }] : [];
  });
  return located.length === edits.length ? [{ title, safety, edits: located }] : [];
}

/** The contract's `json` format: zero-based lines and UTF-16 columns, as in LSP. */
export interface JsonFinding {
  file: string;
  range: { start: Position; end: Position };
  severity: Severity;
  rule: string;
  message: string;
  help?: string;
  related?: { file: string; range: { start: Position; end: Position }; message: string }[];
  fixes?: {
    title: string;
    safety: Fix['safety'];
    edits: { file: string; range: { start: Position; end: Position }; newText: string }[];
  }[];
  url: string;
}

export function toJson(reports: readonly FileReport[]): JsonFinding[] {
  return reports.flatMap((report) =>
    report.findings.map((finding): JsonFinding => {
      const { start, end } = finding.range;
      const fixes = finding.fixes().flatMap((fix) => locateFix(report, fix));
      const related = finding.related.flatMap(({ uri, range, message }) => {
        const place = locate(report, uri, range);
        return place ? [{ ...place, message }] : [];
      });
      return {
        file: report.path,
        range: { start: report.lines.positionAt(start), end: report.lines.positionAt(end) },
        severity: finding.severity,
        rule: finding.rule,
        message: finding.message,
        ...(finding.help === undefined ? {} : { help: finding.help }),
        ...(related.length === 0 ? {} : { related }),
        ...(fixes.length === 0 ? {} : { fixes }),
        url: finding.url,
      };
    }),
  );
}

/** Findings for people, in the manner of a compiler. `colour` adds ANSI colours. */
export function toText(reports: readonly FileReport[], colour: boolean): string {
  const paint = (code: number, text: string) => (colour ? `\x1b[${code}m${text}\x1b[0m` : text);
  const shade: Readonly<Record<Severity, number>> = { error: 31, warning: 33, information: 36, hint: 90 };
  const blocks = reports.flatMap((report) =>
    report.findings.map((finding) => {
      const place = (uri: string | undefined, at: TextRange) => {
        const found = locate(report, uri, at);
        const start = found?.range.start;
        return start && `${found.file}:${start.line + 1}:${start.character + 1}`;
      };
      const head = `${paint(1, place(undefined, finding.range) ?? '')}: ${paint(shade[finding.severity], finding.severity)}: ${finding.message} ${paint(90, `[${finding.rule}]`)}`;
      const fixes = finding.fixes();
      return [
        head,
        ...excerpt(report.text, report.lines, finding.range).map((line) => paint(90, line)),
        ...(finding.help === undefined ? [] : [`  help: ${finding.help}`]),
        ...finding.related.flatMap((item) => {
          const where = place(item.uri, item.range);
          return where === undefined ? [] : [`  ${where}: note: ${item.message}`];
        }),
        ...(fixes[0] ? [`  fix: ${fixes[0].title}`] : []),
      ].join('\n');
    }),
  );
  return blocks.map((block) => `${block}\n`).join('');
}

/** The finding's line with carets below it. Tabs are kept, so that the carets stand right. */
function excerpt(text: string, lines: LineIndex, span: { start: number; end: number }): string[] {
  const { line } = lines.positionAt(span.start);
  const start = lines.lineStart(line);
  const source = text.slice(start, lines.lineEnd(line));
  if (source.length > 200) return [];
  const lead = source.slice(0, span.start - start).replace(/[^\t]/g, ' ');
  const width = Math.max(1, Math.min(span.end, lines.lineEnd(line)) - span.start);
  return [`    ${source}`, `    ${lead}${'^'.repeat(width)}`];
}
