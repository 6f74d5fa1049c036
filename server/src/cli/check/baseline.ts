import { type Identity, keyOf } from './identity.ts';

/** Findings that are known and put up with, as a baseline file lists them. */
export interface BaselineEntry extends Identity {
  /** How many findings are equal to this one. */
  readonly count: number;
}

/** A baseline that cannot be used; the message says why and what to do, without the file's name. */
export class BaselineError extends Error {}

const VERSION = 1;
const TEXTS = ['file', 'function', 'rule', 'line', 'message'] as const;

/** Text of a baseline file: sorted, one property a line, so that changes of it can be read in a diff. */
export function formatBaseline(identities: Iterable<Identity>): string {
  const counted = new Map<string, BaselineEntry>();
  for (const item of identities) {
    const key = keyOf(item);
    const count = (counted.get(key)?.count ?? 0) + ('count' in item ? (item.count as number) : 1);
    // The order of the properties is that of the file.
    counted.set(key, {
      file: item.file,
      function: item.function,
      rule: item.rule,
      line: item.line,
      message: item.message,
      count,
    });
  }
  const findings = [...counted]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { count, ...identity }]) => (count === 1 ? identity : { ...identity, count }));
  return `${JSON.stringify({ version: VERSION, findings }, null, 2)}\n`;
}

/** Reads what `formatBaseline` wrote. Throws BaselineError. */
export function parseBaseline(text: string): BaselineEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const conflict = /^(?:<{7}|>{7}|={7})/m.test(text);
    throw new BaselineError(
      conflict
        ? 'it has conflict marks; keep the findings of both sides, or write it again'
        : `it is no JSON (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  if (!isRecord(value) || !Array.isArray(value['findings'])) {
    throw new BaselineError('it is no baseline: it has no list of findings');
  }
  const { version } = value;
  if (version !== VERSION) {
    throw new BaselineError(
      typeof version === 'number' && version > VERSION
        ? `a newer DriverEntry wrote it (version ${version}); update DriverEntry`
        : `its version is not ${VERSION}`,
    );
  }
  return value['findings'].map((item: unknown, index): BaselineEntry => {
    const bad = (what: string) => new BaselineError(`finding ${index + 1} of it ${what}`);
    if (!isRecord(item)) throw bad('is no object');
    for (const name of TEXTS) if (typeof item[name] !== 'string') throw bad(`has no text "${name}"`);
    const count = item['count'] ?? 1;
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 1) {
      throw bad('has a "count" that is no positive whole number');
    }
    return { ...(item as unknown as Identity), count };
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What this run can say about entries that no finding matches. */
export interface Coverage {
  /** The file was analysed to its end with the entry's rule: what was not found is not there. */
  readonly wasChecked: (entry: Identity) => boolean;
  readonly exists: (file: string) => boolean;
}

export interface BaselineMatch {
  /** For each finding, whether the baseline has it. */
  readonly isOld: readonly boolean[];
  /** Entries, with what is left of their count, that are there no more. */
  readonly gone: readonly BaselineEntry[];
  /** Entries that this run did not look at. */
  readonly unknown: readonly BaselineEntry[];
}

/**
 * What an entry and a finding must share, from the surest match to the weakest. All need the same rule and message,
 * which names what is wrong; each step forgives one change: of the line, of the function's name, of the file's.
 */
const STEPS: readonly ((identity: Identity) => readonly string[])[] = [
  (one) => [one.file, one.function, one.line],
  (one) => [one.file, one.function],
  (one) => [one.file, one.line],
];

const sameMessage = (entry: Identity, finding: Identity): boolean => entry.message === finding.message;

/** Of two things that were missing one is there now: what is still said was said before, with other words around. */
function saysLess(entry: Identity, finding: Identity): boolean {
  const said = new Set(namesIn(entry.message));
  const still = namesIn(finding.message);
  return still.length > 0 && still.every((name) => said.has(name));
}

/** What a message is about: names in quotes, and numbers. */
const namesIn = (message: string): string[] => message.match(/'[^']*'|\d[\w.]*/g) ?? [];

/** Tells old findings from new ones. Each entry covers as many findings as it counts. */
export function matchBaseline(
  entries: readonly BaselineEntry[],
  findings: readonly Identity[],
  coverage: Coverage,
): BaselineMatch {
  const left = entries.map((entry) => entry.count);
  const isOld = findings.map(() => false);
  const match = (
    part: (identity: Identity) => readonly string[],
    fits: (entry: Identity, finding: Identity) => boolean = sameMessage,
  ) => {
    const key = (one: Identity) => JSON.stringify([one.rule, ...part(one)]);
    const open = new Map<string, number[]>();
    entries.forEach((entry, index) => {
      if (left[index] !== 0) open.set(key(entry), [...(open.get(key(entry)) ?? []), index]);
    });
    findings.forEach((finding, at) => {
      if (isOld[at]) return;
      const index = open.get(key(finding))?.find((candidate) => {
        const entry = entries[candidate];
        return left[candidate] !== 0 && entry !== undefined && fits(entry, finding);
      });
      if (index === undefined) return;
      left[index] = (left[index] ?? 0) - 1;
      isOld[at] = true;
    });
  };
  for (const step of STEPS) match(step);
  match((one) => [one.file, one.function, one.line], saysLess);
  // A file that is there no more may have been moved or renamed; a copy of one that is still there is new.
  match(
    (one) => [one.function, one.line],
    (entry, finding) => sameMessage(entry, finding) && !coverage.exists(entry.file),
  );

  const remaining = entries
    .map((entry, index) => ({ ...entry, count: left[index] ?? 0 }))
    .filter((entry) => entry.count > 0);
  const isGone = (entry: Identity) => coverage.wasChecked(entry) || !coverage.exists(entry.file);
  return {
    isOld,
    gone: remaining.filter(isGone),
    unknown: remaining.filter((entry) => !isGone(entry)),
  };
}
