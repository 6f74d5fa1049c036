import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadCatalog } from '../../host/node-host.ts';
import { atLeast, decodeText, type Finding, RULES, type Severity, UNUSED_SUPPRESSION } from '../../index.ts';
import { type CommandHost, EXIT, UsageError } from '../command.ts';
import { openAnalyzer } from '../open-analyzer.ts';
import { applySafeFixes } from './fix.ts';
import { Baselines, loadBaseline } from './known-findings.ts';
import { lookAt } from './look.ts';
import { count, type Outcome, type Remark } from './outcome.ts';
import { publish } from './publish.ts';
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

  const looked = await lookAt(files, analyzer, host, started);
  remarks.push(...looked.remarks);
  fail(...projectProblems(analyzer, found, options.paths, host));

  const baselines = new Baselines(looked, rules, host);
  const known =
    baseline && options.baseline !== undefined ? baselines.match(options.baseline, baseline) : undefined;
  if (options.writeBaseline !== undefined) {
    const written = baselines.write(options.writeBaseline, earlier, known?.old ?? looked.reports);
    if ('problem' in written) fail(written.problem);
    else if (!options.quiet)
      host.complain(`${options.writeBaseline}: written, with ${count(written.total, 'finding')}`);
  }
  // What was just written to a baseline is put up with from now on.
  const accepted = options.writeBaseline !== undefined && known === undefined;
  const shown = accepted ? [] : (known?.fresh ?? looked.reports);
  const all = shown.flatMap((report) => report.findings);
  const distinct = [...new Map(remarks.map((remark) => [remark.message, remark])).values()];
  const isGrave = ({ severity }: Finding) => options.failOn !== 'never' && atLeast(severity, options.failOn);
  const outcome: Outcome = {
    reports: shown,
    files: files.length,
    remarks: distinct,
    exitCode:
      looked.isFailure || distinct.some(({ level }) => level === 'error')
        ? EXIT.usageOrIo
        : all.some(isGrave)
          ? EXIT.findings
          : EXIT.ok,
    baseline: known && { hidden: known.hidden, gone: known.gone },
  };
  for (const { message } of distinct) host.complain(message);
  const exitCode = publish(outcome, options, host);
  if (!options.quiet) {
    if (known && known.gone > 0) host.complain(goneRemark(options.baseline ?? '', known.gone));
    const parts = [`${count(files.length, 'file')} read`];
    if (!accepted) parts.unshift(count(all.length, 'finding'));
    if (known) parts.splice(1, 0, `${known.hidden} of the baseline hidden`);
    if (fixing) parts.push(`${count(fixing.fixed, 'fix')} applied`);
    host.complain(parts.join(', '));
  }
  if (options.stats) {
    const seconds = ((performance.now() - started) / 1000).toFixed(2);
    for (const line of countByRule(all)) host.complain(line);
    host.complain(
      `${looked.analysed} of ${files.length} files name something the catalogue knows; ${seconds} s`,
    );
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

/** Findings of a baseline that are there no more, and how to take them out. */
const goneRemark = (name: string, gone: number): string =>
  `${name}: ${gone === 1 ? '1 finding of it is' : `${gone} findings of it are`} gone; take ${gone === 1 ? 'it' : 'them'} out with --baseline ${name} --write-baseline ${name}`;

/** How often each rule reports, the most frequent first. */
function countByRule(findings: readonly Finding[]): string[] {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([rule, n]) => `${String(n).padStart(6)}  ${rule}`);
}
