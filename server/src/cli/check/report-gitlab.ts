import type { Severity } from '../../index.ts';
import { fingerprintsOf } from './identity.ts';
import type { FileReport } from './report.ts';

const SEVERITY: Readonly<Record<Severity, 'info' | 'minor' | 'major' | 'critical'>> = {
  error: 'critical',
  warning: 'major',
  information: 'minor',
  hint: 'info',
};

/** A code quality report of GitLab. `place` says how a file is called in the repository. */
export function toGitlab(reports: readonly FileReport[], place: (path: string) => string): object[] {
  const prints = fingerprintsOf(reports);
  return reports
    .flatMap((report) => report.findings.map((finding) => ({ report, finding })))
    .map(({ report, finding }, index) => ({
      description: finding.help === undefined ? finding.message : `${finding.message}: ${finding.help}`,
      check_name: finding.rule,
      fingerprint: prints[index],
      severity: SEVERITY[finding.severity],
      location: {
        path: place(report.path),
        lines: {
          begin: report.lines.positionAt(finding.range.start).line + 1,
          end: report.lines.positionAt(finding.range.end).line + 1,
        },
      },
    }));
}
