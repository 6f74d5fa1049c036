/** The command line is wrong. The message says how. */
export class UsageError extends Error {}
