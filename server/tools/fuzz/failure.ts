/** What can go wrong; the counts are by these. */
export const FAILURE_KINDS = [
  'exception',
  'logged-error',
  'hang',
  'range',
  'not-incremental',
  'fix-edits',
  'fix-breaks-syntax',
  'fix-keeps-finding',
  'fixes-do-not-end',
] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** A property that does not hold. Thrown by the checks. */
export class Failure extends Error {
  readonly kind: FailureKind;
  /** Failures with the same signature are taken for the same defect. */
  readonly signature: string;

  constructor(kind: FailureKind, subject: string, message: string) {
    super(message);
    this.kind = kind;
    this.signature = `${kind} ${subject}`;
  }
}

/** The place where an error was thrown, without the lines of a text in its message. */
export function placeOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const frame = /\n\s+at ([^\n]*)/.exec(stack)?.[1] ?? '';
  return `${stack.split('\n')[0]?.slice(0, 120) ?? ''} at ${frame.replace(/^(\S+) .*?([^/(]+)\)?$/, '$1 $2')}`;
}
