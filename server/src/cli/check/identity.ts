import { createHash } from 'node:crypto';
import type { Finding } from '../../index.ts';
import type { FileReport } from './report.ts';

/**
 * What makes a finding the same one in another version of its file: nothing that moves when lines are added,
 * removed or laid out differently elsewhere.
 */
export interface Identity {
  /** With forward slashes, relative to whatever folder the reader of identities keeps fixed. */
  readonly file: string;
  /** Name of the function around it; empty at file scope. */
  readonly function: string;
  readonly rule: string;
  /** The line that it begins on, without comment, white space made one. */
  readonly line: string;
  /** Its message without numbers of lines. */
  readonly message: string;
}

/** Identity of a finding of `report`, whose file is called `file`. */
export function identityOf(finding: Finding, report: FileReport, file: string): Identity {
  const { text, lines } = report;
  const { line } = lines.positionAt(finding.range.start);
  return {
    file,
    function: report.functionAt(finding.range.start) ?? '',
    rule: finding.rule,
    line: plainLine(text.slice(lines.lineStart(line), lines.lineEnd(line))),
    message: withoutLines(finding.message),
  };
}

/** Identities as text, so that equal ones are equal. */
export const keyOf = ({ file, function: name, rule, line, message }: Identity): string =>
  JSON.stringify([file, name, rule, line, message]);

/** A short name of an identity; `ordinal` tells equal ones of one file apart, in the order of the text. */
export const fingerprintOf = (identity: Identity, ordinal: number): string =>
  createHash('sha256')
    .update(`${keyOf(identity)}\n${ordinal}`)
    .digest('hex')
    .slice(0, 32);

/** Fingerprints of all findings, in their order; files are named as they are printed. */
export function fingerprintsOf(reports: readonly FileReport[]): string[] {
  const seen = new Map<string, number>();
  return reports.flatMap((report) =>
    report.findings.map((finding) => {
      const identity = identityOf(finding, report, report.path);
      const key = keyOf(identity);
      const ordinal = seen.get(key) ?? 0;
      seen.set(key, ordinal + 1);
      return fingerprintOf(identity, ordinal);
    }),
  );
}

const plainLine = (line: string): string =>
  line
    .replace(/\/\*[^]*?(?:\*\/|$)|\/\/[^]*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** `'Register' (line 12) is still registered` names a line, and so changes with every edit above it. */
const withoutLines = (message: string): string => message.replace(/ \(line \d+\)| of line \d+/g, '');
