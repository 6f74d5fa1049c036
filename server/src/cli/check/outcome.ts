import type { Severity } from '../../index.ts';
import type { FileReport } from './report.ts';

/** Something about the run itself: a file that was not analysed, a path that leads nowhere. */
export interface Remark {
  /** An error makes the run fail with exit code 2. */
  readonly level: 'error' | 'warning';
  /** Begins with the file when it is about one. */
  readonly message: string;
}

/** What a check came to. */
export interface Outcome {
  /** Files with findings that are shown, by path. */
  readonly reports: readonly FileReport[];
  /** Number of files that were read. */
  readonly files: number;
  readonly remarks: readonly Remark[];
  readonly exitCode: number;
  /** What the baseline says; undefined without one. */
  readonly baseline:
    | {
        /** Number of findings that it hides. */
        readonly hidden: number;
        /** Number of its findings that are there no more. */
        readonly gone: number;
      }
    | undefined;
}

/** From the gravest. */
export const BY_WEIGHT: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** `1 finding`, `2 fixes`. */
export const count = (n: number, noun: string): string =>
  `${n} ${noun}${n === 1 ? '' : noun.endsWith('x') ? 'es' : 's'}`;

/** `2 errors, 1 warning`; empty when there is nothing. */
export function countBySeverity(reports: readonly FileReport[]): string {
  const noun: Readonly<Record<Severity, string>> = {
    error: 'error',
    warning: 'warning',
    information: 'remark',
    hint: 'hint',
  };
  const all = reports.flatMap((report) => report.findings);
  return BY_WEIGHT.map(
    (severity) => [severity, all.filter((item) => item.severity === severity).length] as const,
  )
    .filter(([, n]) => n > 0)
    .map(([severity, n]) => count(n, noun[severity]))
    .join(', ');
}
