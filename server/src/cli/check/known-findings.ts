import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { type CommandHost, UsageError } from '../command.ts';
import { type BaselineEntry, BaselineError, matchBaseline, parseBaseline } from './baseline.ts';
import { type Identity, identityOf } from './identity.ts';
import type { FileReport } from './report.ts';

/** Entries of a baseline file. Throws UsageError: without it, all that is old would be reported as new. */
export function loadBaseline(name: string, host: CommandHost): BaselineEntry[] {
  try {
    return parseBaseline(readFileSync(resolve(host.cwd, name), 'utf8'));
  } catch (error) {
    if (error instanceof BaselineError) {
      throw new UsageError(
        `${name}: the baseline cannot be used: ${error.message}. To start anew, delete it and run with --write-baseline ${name}`,
      );
    }
    throw new UsageError(
      (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? `${name}: there is no such baseline; write it with --write-baseline ${name}`
        : `${name}: the baseline cannot be read: ${(error as Error).message}`,
    );
  }
}

/** Identities of all findings, a list a report; files are named as seen from the baseline's folder. */
export function identities(
  reports: readonly FileReport[],
  baseline: string,
  host: CommandHost,
): Identity[][] {
  const folder = dirname(resolve(host.cwd, baseline));
  return reports.map((report) => {
    const file = relative(folder, resolve(host.cwd, report.path)).replaceAll('\\', '/');
    return report.findings.map((finding) => identityOf(finding, report, file));
  });
}

/** Splits findings into those that a baseline has and others. */
export function compare(
  reports: readonly FileReport[],
  name: string,
  entries: readonly BaselineEntry[],
  wasChecked: (entry: Identity, path: string) => boolean,
  host: CommandHost,
) {
  const folder = dirname(resolve(host.cwd, name));
  const flat = identities(reports, name, host);
  const { isOld, gone, unknown } = matchBaseline(entries, flat.flat(), {
    wasChecked: (entry) => wasChecked(entry, resolve(folder, entry.file)),
    exists: (file) => existsSync(resolve(folder, file)),
  });
  let at = 0;
  const fresh: FileReport[] = [];
  const old: FileReport[] = [];
  for (const each of reports) {
    const flags = isOld.slice(at, (at += each.findings.length));
    const those = (wanted: boolean) => each.findings.filter((_, index) => flags[index] === wanted);
    if (flags.includes(false)) fresh.push({ ...each, findings: those(false) });
    if (flags.includes(true)) old.push({ ...each, findings: those(true) });
  }
  return {
    fresh,
    old,
    hidden: isOld.filter(Boolean).length,
    gone: gone.reduce((sum, entry) => sum + entry.count, 0),
    unknown,
  };
}
