import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { loadCatalog, loadParser, nodeFileSystem } from '../host/node-host.ts';
import {
  applyEdits,
  atLeast,
  createAnalyzer,
  decodeText,
  type Diagnosis,
  encodeText,
  type Analyzer,
  folderOf,
  LineIndex,
  type ProjectProblem,
  RULES,
  safeFixes,
  type Severity,
  UNUSED_SUPPRESSION,
} from '../index.ts';
import { type CommandHost, EXIT, UsageError } from './command.ts';
import { findFiles, type FoundFiles, rootAround } from './files.ts';
import { type FileReport, toGithub, toJson, toText } from './report.ts';
import { toSarif } from './report-sarif.ts';

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: 'text' | 'json' | 'sarif' | 'github';
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

/** Rounds of `--fix` for one file: a fix may make room for another, but never for ever. */
const FIX_ROUNDS = 10;
/** The progress bar appears when the work takes longer than this, in milliseconds. */
const PROGRESS_AFTER_MS = 1000;

/** Runs `driverentry check`. Resolves to the exit code. Throws UsageError and InstallationError. */
export async function runCheck(options: CheckOptions, host: CommandHost): Promise<number> {
  const known = new Set([...RULES.map((rule) => rule.id), UNUSED_SUPPRESSION]);
  for (const id of Object.keys(options.rules)) {
    if (!known.has(id))
      throw new UsageError(`--rule: there is no rule "${id}" (driverentry rules lists them)`);
  }
  const badDefine = options.defines.find((define) => !/^[A-Za-z_]\w*(=.*)?$/.test(define));
  if (badDefine !== undefined) {
    throw new UsageError(`--define takes NAME or NAME=VALUE; got "${badDefine}"`);
  }
  const started = performance.now();
  const stdinPath = options.stdin ? options.stdinFilename : undefined;
  const found: FoundFiles =
    stdinPath === undefined
      ? findFiles(options.paths, host.cwd)
      : {
          files: [stdinPath],
          projects: [],
          roots: [rootAround(dirname(resolve(host.cwd, stdinPath)))],
          problems: [],
        };

  const analyzer = createAnalyzer({
    catalog: loadCatalog(host.folder),
    parser: await loadParser(host.folder),
    fileSystem: nodeFileSystem,
    logger: {
      info: () => {},
      error: (message, error) =>
        host.complain(error instanceof Error ? `${message}: ${error.stack ?? error.message}` : message),
    },
    // Nobody waits for a turn here.
    yieldNow: () => Promise.resolve(),
  });
  analyzer.apply({
    kind: 'folders',
    uris: found.roots.map(host.toUri),
    preferred: found.projects.map(host.toUri),
  });
  analyzer.apply({
    kind: 'settings',
    settings: { defines: options.defines, rules: options.rules, configuration: options.configuration },
  });

  const named = await filesOfProjects(analyzer, found.projects, host);
  const files = [...new Set([...found.files, ...named.files])].toSorted();
  const problems = [...found.problems, ...named.problems];
  if (stdinPath !== undefined) {
    const text = decodeText(host.readStdin()).text;
    analyzer.apply({ kind: 'text', uri: host.toUri(stdinPath), text, version: 1 });
  }
  const fixing = options.fix ? await applySafeFixes(analyzer, files.map(host.toUri), host) : undefined;
  problems.push(...(fixing?.problems ?? []));

  const reports: FileReport[] = [];
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
    let diagnosis: Diagnosis | undefined;
    try {
      diagnosis = await analyzer.diagnose(host.toUri(path));
    } catch (error) {
      // One file must not cost the others their findings.
      host.complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
      problems.push(`${host.relative(path)}: the analysis failed on it; please report the file`);
      continue;
    }
    if (!diagnosis) {
      problems.push(`${host.relative(path)}: cannot be read; check its permissions`);
      continue;
    }
    if (diagnosis.skipped !== undefined) {
      host.complain(`${host.relative(path)}: not analysed: ${diagnosis.skipped}`);
    }
    if (diagnosis.failures.length > 0) failed = true;
    if (diagnosis.file.facts) analysed++;
    if (diagnosis.findings.length === 0) continue;
    const { text, lines } = diagnosis.file;
    reports.push({ path: host.relative(path), text, lines, findings: diagnosis.findings, elsewhere });
  }
  if (host.progress && performance.now() - started > PROGRESS_AFTER_MS) host.progress('\r\x1b[K');
  problems.push(...projectProblems(analyzer, found, options.paths, host));
  for (const problem of new Set(problems)) host.complain(problem);

  const byPath = reports.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  switch (options.format) {
    case 'text':
      host.write(toText(byPath, host.colour));
      break;
    case 'json':
      host.write(`${JSON.stringify(toJson(byPath), null, 2)}\n`);
      break;
    case 'sarif':
      host.write(`${JSON.stringify(toSarif(byPath, host.version), null, 2)}\n`);
      break;
    case 'github':
      host.write(toGithub(byPath));
      break;
  }
  const all = reports.flatMap((report) => report.findings);
  if (!options.quiet) {
    const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;
    const parts = [count(all.length, 'finding'), `${count(files.length, 'file')} read`];
    if (fixing) parts.push(`${count(fixing.fixed, 'fix').replace(/fixs$/, 'fixes')} applied`);
    host.complain(parts.join(', '));
  }
  if (options.stats) {
    const seconds = ((performance.now() - started) / 1000).toFixed(2);
    host.complain(`${analysed} of ${files.length} files name something the catalogue knows; ${seconds} s`);
  }
  analyzer.dispose();
  if (failed || problems.length > 0) return EXIT.usageOrIo;
  const { failOn } = options;
  return failOn !== 'never' && all.some((finding) => atLeast(finding.severity, failOn))
    ? EXIT.findings
    : EXIT.ok;
}

/** What the named projects compile, and what of it is not there. */
async function filesOfProjects(
  analyzer: Analyzer,
  projects: readonly string[],
  host: CommandHost,
): Promise<{ files: string[]; problems: string[] }> {
  const files: string[] = [];
  const problems: string[] = [];
  for (const path of projects) {
    const name = host.relative(path);
    const reading = await analyzer.project(host.toUri(path));
    problems.push(...(reading?.problems ?? []).map((problem) => describe(problem, host)));
    const { settings } = reading ?? {};
    if (!settings) {
      if (!reading) problems.push(`${name}: cannot be read; check its permissions`);
      continue;
    }
    files.push(...settings.sources.map(host.toPath), ...settings.infs.map(host.toPath));
    problems.push(
      ...settings.missing.map((uri) =>
        uri.startsWith('file:')
          ? `${host.relative(host.toPath(uri))}: named by ${name}, but it is not there`
          : `${uri}: named by ${name}, but it cannot be found`,
      ),
    );
    if (settings.sources.length + settings.missing.length === 0) {
      problems.push(`${name}: it names no <ClCompile Include="..."> file`);
    }
  }
  return { files, problems };
}

const describe = ({ uri, message }: ProjectProblem, host: CommandHost): string =>
  `${host.relative(host.toPath(uri))}: ${message}`;

/** Problems of projects that concern what was asked for; the repository around it may have others. */
function projectProblems(
  analyzer: Analyzer,
  { files, projects }: FoundFiles,
  paths: readonly string[],
  host: CommandHost,
): string[] {
  const folders = paths.map((path) => `${host.toUri(resolve(host.cwd, path))}/`);
  const beside = new Set([...files, ...projects].map((path) => folderOf(host.toUri(path))));
  return analyzer.projectProblems
    .filter(({ uri }) => folders.some((folder) => uri.startsWith(folder)) || beside.has(folderOf(uri)))
    .map((problem) => describe(problem, host));
}

/** Applies safe fixes until none is left, then writes each file once, in its own encoding. */
async function applySafeFixes(
  analyzer: Analyzer,
  uris: readonly string[],
  host: CommandHost,
): Promise<{ fixed: number; problems: string[] }> {
  const changed = new Map<string, string>();
  /** Number of fixes by the file that they write to first. */
  const fixes = new Map<string, number>();
  for (const uri of uris) {
    for (let round = 0; round < FIX_ROUNDS; round++) {
      const diagnosis = await analyzer.diagnose(uri);
      const found = safeFixes(diagnosis?.findings ?? []);
      if (found.length === 0) break;
      const edits = found.flatMap((fix) => fix.edits);
      for (const target of new Set(edits.map((edit) => edit.uri ?? uri))) {
        const text = applyEdits(
          analyzer.textOf(target) ?? '',
          edits.filter((edit) => (edit.uri ?? uri) === target),
        );
        changed.set(target, text);
        analyzer.apply({ kind: 'text', uri: target, text, version: round + 1 });
      }
      for (const fix of found) {
        const target = fix.edits[0]?.uri ?? uri;
        fixes.set(target, (fixes.get(target) ?? 0) + 1);
      }
    }
  }
  const problems: string[] = [];
  for (const [uri, text] of changed) {
    const path = host.toPath(uri);
    try {
      const bytes = new Uint8Array(readFileSync(path));
      const { text: before, encoding, bom } = decodeText(bytes);
      if (!sameBytes(encodeText(before, encoding, bom), bytes)) {
        fixes.delete(uri);
        problems.push(
          `${host.relative(path)}: not fixed: its bytes are not valid ${encoding.toUpperCase()}; save it again as UTF-8 first`,
        );
      } else host.save(path, encodeText(text, encoding, bom));
    } catch (error) {
      fixes.delete(uri);
      problems.push(`${host.relative(path)}: cannot be written: ${(error as Error).message}`);
    }
    analyzer.apply({ kind: 'close', uri });
  }
  const fixed = [...fixes.values()].reduce((sum, count) => sum + count, 0);
  return { fixed, problems };
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

function showProgress(host: CommandHost, started: number, done: number, total: number): void {
  if (!host.progress || performance.now() - started < PROGRESS_AFTER_MS) return;
  const width = 30;
  const filled = Math.round((done / total) * width);
  host.progress(`\r[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${done}/${total}`);
}
