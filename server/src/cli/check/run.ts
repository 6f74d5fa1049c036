import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadCatalog } from '../../host/node-host.ts';
import {
  atLeast,
  decodeText,
  type Diagnosis,
  type Finding,
  LineIndex,
  RULES,
  type Severity,
  UNUSED_SUPPRESSION,
} from '../../index.ts';
import { type CommandHost, EXIT, UsageError } from '../command.ts';
import { openAnalyzer } from '../open-analyzer.ts';
import { type BaselineEntry, formatBaseline } from './baseline.ts';
import { applySafeFixes } from './fix.ts';
import { compare, identities, loadBaseline } from './known-findings.ts';
import { count, type Outcome, type Remark } from './outcome.ts';
import { publish } from './publish.ts';
import type { FileReport } from './report.ts';
import { filesOfProjects, findPaths, projectProblems } from './sources.ts';
import { filesOfDrivers } from './whole-driver.ts';

export interface CheckOptions {
  readonly paths: readonly string[];
  /** Files are checked together with the other files of their drivers. */
  readonly wholeDriver: boolean;
  readonly exclude: readonly string[];
  readonly format: 'text' | 'json' | 'sarif' | 'github' | 'gitlab';
  /** Files to write: SARIF, and a page in Markdown that is added to what is there. */
  readonly sarifFile: string | undefined;
  readonly summary: string | undefined;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
  readonly defines: readonly string[];
  readonly configuration: string;
  readonly rules: Readonly<Record<string, string>>;
  readonly failOn: Severity | 'never';
  readonly fix: boolean;
  readonly stdin: boolean;
  readonly stdinFilename: string | undefined;
  readonly quiet: boolean;
  readonly stats: boolean;
}

/** The progress bar appears when the work takes longer than this, in milliseconds. */
const PROGRESS_AFTER_MS = 1000;

/** Runs `driverentry check`. Resolves to the exit code. Throws UsageError and InstallationError. */
export async function runCheck(options: CheckOptions, host: CommandHost): Promise<number> {
  validate(options);
  const started = performance.now();
  const baseline = options.baseline === undefined ? undefined : loadBaseline(options.baseline, host);
  const earlier =
    options.writeBaseline !== undefined && existsSync(resolve(host.cwd, options.writeBaseline))
      ? loadBaseline(options.writeBaseline, host)
      : [];
  const stdinPath = options.stdin ? options.stdinFilename : undefined;
  const found = findPaths(options.paths, stdinPath, host);
  const { defines, rules, configuration, exclude } = options;
  const settings = { defines, rules, configuration, exclude };
  const analyzer = await openAnalyzer(loadCatalog(host.folder), found, settings, host);

  const remarks: Remark[] = [];
  const fail = (...messages: readonly string[]) =>
    remarks.push(...messages.map((message) => ({ level: 'error' as const, message })));
  fail(...found.problems);
  const named = await filesOfProjects(analyzer, found.projects, host);
  fail(...named.problems);
  const asked = [...found.files, ...named.files];
  const wanted = options.wholeDriver ? await filesOfDrivers(analyzer, asked, found.roots, host) : asked;
  const files = [...new Set(wanted)].toSorted();
  if (stdinPath !== undefined) {
    const text = decodeText(host.readStdin()).text;
    analyzer.apply({ kind: 'text', uri: host.toUri(stdinPath), text, version: 1 });
  }
  const fixing = options.fix ? await applySafeFixes(analyzer, files.map(host.toUri), host) : undefined;
  fail(...(fixing?.problems ?? []));

  const reports: FileReport[] = [];
  /** Paths of files that were looked at to their end. */
  const checked = new Set<string>();
  const elsewhere = (uri: string) => {
    const text = analyzer.textOf(uri);
    return text === undefined
      ? undefined
      : { path: host.relative(host.toPath(uri)), lines: new LineIndex(text) };
  };
  let failed = false;
  let analysed = 0;
  for (const [index, path] of files.entries()) {
    showProgress(host, started, index, files.length);
    const name = host.relative(path);
    let diagnosis: Diagnosis | undefined;
    try {
      diagnosis = await analyzer.diagnose(host.toUri(path));
    } catch (error) {
      // One file must not cost the others their findings.
      host.complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
      fail(`${name}: the analysis failed on it; please report the file`);
      continue;
    }
    if (!diagnosis) {
      fail(`${name}: cannot be read; check its permissions`);
      continue;
    }
    if (diagnosis.skipped !== undefined) {
      remarks.push({ level: 'warning', message: `${name}: not analysed: ${diagnosis.skipped}` });
    } else if (diagnosis.failures.length === 0) checked.add(resolve(host.cwd, path));
    if (diagnosis.failures.length > 0 || diagnosis.file.isFailure) failed = true;
    if (diagnosis.file.facts) analysed++;
    if (diagnosis.findings.length === 0) continue;
    const { text, lines } = diagnosis.file;
    const functions = [...(diagnosis.file.facts?.flows.values() ?? [])].map(({ fact }) => fact);
    reports.push({
      path: name,
      text,
      lines,
      findings: diagnosis.findings,
      functionAt: (at) => functions.find(({ range }) => range.start <= at && at < range.end)?.name,
      elsewhere,
    });
  }
  if (host.progress && performance.now() - started > PROGRESS_AFTER_MS) host.progress('\r\x1b[K');
  fail(...projectProblems(analyzer, found, options.paths, host));

  const byPath = reports.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const off = new Set(
    RULES.filter((rule) => rule.defaultOff || rule.stage === 'preview').map(({ id }) => id),
  );
  const isOn = (id: string) => (rules[id] ?? (off.has(id) ? 'off' : 'on')) !== 'off';
  const match = (name: string, entries: readonly BaselineEntry[]) =>
    compare(byPath, name, entries, (entry, file) => checked.has(file) && isOn(entry.rule), host);
  const known = baseline && options.baseline !== undefined ? match(options.baseline, baseline) : undefined;
  const visible = known?.fresh ?? byPath;
  if (options.writeBaseline !== undefined) {
    const kept = match(options.writeBaseline, earlier).unknown;
    const current = known?.old ?? byPath;
    const written = identities(current, options.writeBaseline, host).flat();
    try {
      host.save(
        resolve(host.cwd, options.writeBaseline),
        new TextEncoder().encode(formatBaseline([...written, ...kept])),
      );
      if (!options.quiet) {
        const total = written.length + kept.reduce((sum, entry) => sum + entry.count, 0);
        host.complain(`${options.writeBaseline}: written, with ${count(total, 'finding')}`);
      }
    } catch (error) {
      fail(`${options.writeBaseline}: cannot be written: ${(error as Error).message}`);
    }
  }
  // What was just written to a baseline is put up with from now on.
  const accepted = options.writeBaseline !== undefined && known === undefined;
  const shown = accepted ? [] : visible;
  const all = shown.flatMap((report) => report.findings);
  const distinct = [...new Map(remarks.map((remark) => [remark.message, remark])).values()];
  const isGrave = ({ severity }: Finding) => options.failOn !== 'never' && atLeast(severity, options.failOn);
  const outcome: Outcome = {
    reports: shown,
    files: files.length,
    remarks: distinct,
    exitCode:
      failed || distinct.some(({ level }) => level === 'error')
        ? EXIT.usageOrIo
        : all.some(isGrave)
          ? EXIT.findings
          : EXIT.ok,
    baseline: known && { hidden: known.hidden, gone: known.gone },
  };
  for (const { message } of distinct) host.complain(message);
  const exitCode = publish(outcome, options, host);
  if (!options.quiet) {
    if (known && known.gone > 0) {
      host.complain(
        `${options.baseline}: ${known.gone === 1 ? '1 finding of it is' : `${known.gone} findings of it are`} gone; take ${known.gone === 1 ? 'it' : 'them'} out with --baseline ${options.baseline} --write-baseline ${options.baseline}`,
      );
    }
    const parts = [`${count(files.length, 'file')} read`];
    if (!accepted) parts.unshift(count(all.length, 'finding'));
    if (known) parts.splice(1, 0, `${known.hidden} of the baseline hidden`);
    if (fixing) parts.push(`${count(fixing.fixed, 'fix')} applied`);
    host.complain(parts.join(', '));
  }
  if (options.stats) {
    const seconds = ((performance.now() - started) / 1000).toFixed(2);
    for (const line of countByRule(all)) host.complain(line);
    host.complain(`${analysed} of ${files.length} files name something the catalogue knows; ${seconds} s`);
  }
  analyzer.dispose();
  return exitCode;
}

function validate(options: CheckOptions): void {
  const known = new Set([...RULES.map((rule) => rule.id), UNUSED_SUPPRESSION]);
  for (const id of Object.keys(options.rules)) {
    if (!known.has(id))
      throw new UsageError(`--rule: there is no rule "${id}" (driverentry rules lists them)`);
  }
  const badDefine = options.defines.find((define) => !/^[A-Za-z_]\w*(=.*)?$/.test(define));
  if (badDefine !== undefined) {
    throw new UsageError(`--define takes NAME or NAME=VALUE; got "${badDefine}"`);
  }
}

/** How often each rule reports, the most frequent first. */
function countByRule(findings: readonly Finding[]): string[] {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([rule, n]) => `${String(n).padStart(6)}  ${rule}`);
}

function showProgress(host: CommandHost, started: number, done: number, total: number): void {
  if (!host.progress || performance.now() - started < PROGRESS_AFTER_MS) return;
  const width = 30;
  const filled = Math.round((done / total) * width);
  host.progress(`\r[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${done}/${total}`);
}
