import type { Severity } from '../../index.ts';
import { BY_WEIGHT, type Outcome } from './outcome.ts';

/** GitHub keeps this many annotations of a level for a step, the first ones. */
const SHOWN = 10;

const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/**
 * Workflow commands, which GitHub Actions shows on the lines they name, and then the same for readers of the log, where
 * commands lose their places. The gravest findings come first, for only some are shown. `place` says how a file is
 * called in the repository.
 */
export function toGithub({ reports, remarks }: Outcome, place: (path: string) => string): string {
  const all = reports
    .flatMap((report) => report.findings.map((finding) => ({ report, finding })))
    .toSorted((a, b) => BY_WEIGHT.indexOf(a.finding.severity) - BY_WEIGHT.indexOf(b.finding.severity));
  // What keeps the run from being whole comes before all: without it the rest may say little.
  const notes = remarks.map(({ level, message }) => `::${level} title=DriverEntry::${data(message)}\n`);
  const commands = all.map(({ report, finding }) => {
    const start = report.lines.positionAt(finding.range.start);
    const end = report.lines.positionAt(finding.range.end);
    const properties = [
      ['file', place(report.path)],
      ['line', start.line + 1],
      ['endLine', end.line + 1],
      // Columns of two lines are refused together with the annotation.
      ...(start.line === end.line
        ? [
            ['col', start.character + 1],
            ['endColumn', end.character + 1],
          ]
        : []),
      ['title', finding.rule],
    ].map(([name, value]) => `${name}=${property(String(value))}`);
    const body = finding.help === undefined ? finding.message : `${finding.message}\n${finding.help}`;
    return `::${LEVEL[finding.severity]} ${properties.join(',')}::${data(body)}\n`;
  });
  const lines = all.map(({ report, finding }) => {
    const { line, character } = report.lines.positionAt(finding.range.start);
    // It begins with a word, and holds no mark of a command, so that no name of a file can become one.
    const where = `${finding.severity.padEnd(11)} ${place(report.path)}:${line + 1}:${character + 1}`;
    return `${`${where}: ${finding.message} [${finding.rule}]`.replace(/[\r\n]/g, ' ').replaceAll('##[', '## [')}\n`;
  });
  const levels: string[] = [
    ...remarks.map(({ level }) => level),
    ...all.map(({ finding }) => LEVEL[finding.severity]),
  ];
  const isCut = ['error', 'warning', 'notice'].some(
    (level) => levels.filter((other) => other === level).length > SHOWN,
  );
  return [
    ...notes,
    ...commands,
    ...lines,
    ...(isCut
      ? [
          `GitHub annotates the first ${SHOWN} errors, warnings and notices of a step; the list above has all.\n`,
        ]
      : []),
  ].join('');
}

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
