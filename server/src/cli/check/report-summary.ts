import { BY_WEIGHT, count, countBySeverity, type Outcome } from './outcome.ts';

/** Rows of the table; pages of continuous integration cut what is longer than a megabyte. */
const ROWS = 500;

/** A page in Markdown for people who look at a run. `link` leads to a line of a file, where that can be told. */
export function toSummary(
  { reports, files, remarks, baseline }: Outcome,
  link: (path: string, line: number) => string | undefined,
): string {
  const rows = reports
    .flatMap((report) => report.findings.map((finding) => ({ report, finding })))
    .toSorted((a, b) => BY_WEIGHT.indexOf(a.finding.severity) - BY_WEIGHT.indexOf(b.finding.severity))
    .map(({ report, finding }) => {
      const line = report.lines.positionAt(finding.range.start).line + 1;
      const url = link(report.path, line);
      const where = literal(`${report.path}:${line}`);
      return `| ${url === undefined ? where : `[${where}](${url})`} | ${finding.severity} | ${literal(finding.message)} ([${finding.rule}](${finding.url})) |\n`;
    });
  const parts = [`## DriverEntry: ${countBySeverity(reports) || 'no findings'}\n\n`];
  if (rows.length > 0) {
    parts.push('| Place | Severity | Finding |\n| --- | --- | --- |\n', ...rows.slice(0, ROWS), '\n');
    if (rows.length > ROWS) parts.push(`${count(rows.length - ROWS, 'more finding')} in the log.\n\n`);
  }
  const sentences = [`${count(files, 'file')} read.`];
  if (baseline) sentences.push(`${count(baseline.hidden, 'finding')} of the baseline hidden.`);
  parts.push(`${sentences.join(' ')}\n`);
  if (remarks.length > 0) parts.push('\n', ...remarks.map(({ message }) => `- ${literal(message)}\n`));
  return `${parts.join('')}\n`;
}

/** Text that Markdown shows as it is. */
const literal = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>|#~&!]/g, '\\$&').replace(/[\r\n]+/g, ' ');
