import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { RULES } from '../../index.ts';
import { type CommandHost, UsageError } from '../command.ts';
import {
  type BaselineEntry,
  BaselineError,
  formatBaseline,
  matchBaseline,
  parseBaseline,
} from './baseline.ts';
import { type Identity, identityOf } from './identity.ts';
import type { Looked } from './look.ts';
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
function identities(reports: readonly FileReport[], baseline: string, host: CommandHost): Identity[][] {
  const folder = dirname(resolve(host.cwd, baseline));
  return reports.map((report) => {
    const file = relative(folder, resolve(host.cwd, report.path)).replaceAll('\\', '/');
    return report.findings.map((finding) => identityOf(finding, report, file));
  });
}

/** What baselines have to do with the findings of a run. */
export class Baselines {
  readonly #looked: Looked;
  readonly #isOn: (rule: string) => boolean;
  readonly #host: CommandHost;

  /** `rules` are the severities that were asked for. */
  constructor(looked: Looked, rules: Readonly<Record<string, string>>, host: CommandHost) {
    const off = new Set(
      RULES.filter((rule) => rule.defaultOff || rule.stage === 'preview').map(({ id }) => id),
    );
    this.#looked = looked;
    this.#isOn = (id) => (rules[id] ?? (off.has(id) ? 'off' : 'on')) !== 'off';
    this.#host = host;
  }

  /** The findings that a baseline has, and others. */
  match(name: string, entries: readonly BaselineEntry[]) {
    const { reports, checked } = this.#looked;
    const wasChecked = (entry: Identity, file: string) => checked.has(file) && this.#isOn(entry.rule);
    return compare(reports, name, entries, wasChecked, this.#host);
  }

  /** Writes findings, and those entries of an earlier version that say something of files that were not checked. */
  write(
    name: string,
    earlier: readonly BaselineEntry[],
    current: readonly FileReport[],
  ): { readonly total: number } | { readonly problem: string } {
    const host = this.#host;
    const kept = this.match(name, earlier).unknown;
    const written = identities(current, name, host).flat();
    try {
      const text = formatBaseline([...written, ...kept]);
      host.save(resolve(host.cwd, name), new TextEncoder().encode(text));
    } catch (error) {
      return { problem: `${name}: cannot be written: ${(error as Error).message}` };
    }
    return { total: written.length + kept.reduce((sum, entry) => sum + entry.count, 0) };
  }
}

/** Splits findings into those that a baseline has and others. */
function compare(
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
