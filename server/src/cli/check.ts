import { readFileSync } from 'node:fs';
import { loadCatalog, loadParser, nodeFileSystem } from '../host/node-host.ts';
import {
  applyEdits,
  atLeast,
  createAnalyzer,
  decodeText,
  encodeText,
  type Analyzer,
  type Diagnosis,
  RULES,
  safeFixes,
  UNUSED_SUPPRESSION,
} from '../index.ts';
import { type CheckOptions, UsageError } from './arguments.ts';
import { findFiles } from './files.ts';
import { type FileReport, toGithub, toJson, toText } from './report.ts';
import { toSarif } from './report-sarif.ts';

/** What the command needs of the process around it. */
export interface CheckHost {
  /** Where the catalogue and the wasm files are. */
  readonly folder: string;
  readonly version: string;
  readonly cwd: string;
  readonly readStdin: () => Uint8Array;
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly save: (path: string, bytes: Uint8Array) => void;
  readonly progress: ((text: string) => void) | undefined;
  readonly colour: boolean;
  readonly toUri: (path: string) => string;
  /** As printed: relative to the working folder, with forward slashes. */
  readonly relative: (path: string) => string;
}

/** Rounds of `--fix` for one file: a fix may make room for another, but never for ever. */
const FIX_ROUNDS = 10;
/** The progress bar appears when the work takes longer than this, in milliseconds. */
const PROGRESS_AFTER_MS = 1000;

/** Runs `driverentry check`. Resolves to the exit code. Throws UsageError and InstallationError. */
export async function runCheck(options: CheckOptions, host: CheckHost): Promise<number> {
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
  const { files, problems } =
    stdinPath === undefined ? findFiles(options.paths, host.cwd) : { files: [stdinPath], problems: [] };
  for (const problem of problems) host.complain(problem);

  const analyzer = createAnalyzer({
    catalog: loadCatalog(host.folder),
    parser: await loadParser(host.folder),
    fileSystem: nodeFileSystem,
    logger: {
      info: () => {},
      error: (message, error) =>
        host.complain(error instanceof Error ? `${message}: ${error.stack ?? error.message}` : message),
    },
  });
  analyzer.apply({
    kind: 'settings',
    settings: { defines: options.defines, rules: options.rules, configuration: options.configuration },
  });

  const reports: FileReport[] = [];
  let failed = problems.length > 0;
  let analysed = 0;
  let fixed = 0;
  for (const [index, path] of files.entries()) {
    showProgress(host, started, index, files.length);
    const uri = host.toUri(path);
    if (stdinPath !== undefined) {
      analyzer.apply({ kind: 'text', uri, text: decodeText(host.readStdin()).text, version: 1 });
    }
    let diagnosis = await analyzer.diagnose(uri);
    if (!diagnosis) {
      host.complain(`${host.relative(path)}: cannot be read; check its permissions`);
      failed = true;
      continue;
    }
    if (options.fix) {
      const result = await applySafeFixes(analyzer, path, uri, diagnosis, host);
      fixed += result.fixed;
      diagnosis = result.diagnosis;
    }
    if (diagnosis.skipped !== undefined) {
      host.complain(`${host.relative(path)}: not analysed: ${diagnosis.skipped}`);
    }
    if (diagnosis.failures.length > 0) failed = true;
    if (diagnosis.file.facts) analysed++;
    if (diagnosis.findings.length === 0) continue;
    const { text, lines } = diagnosis.file;
    reports.push({ path: host.relative(path), text, lines, findings: diagnosis.findings });
  }
  if (host.progress && performance.now() - started > PROGRESS_AFTER_MS) host.progress('\r\x1b[K');

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
    if (options.fix) parts.push(`${count(fixed, 'fix').replace(/fixs$/, 'fixes')} applied`);
    host.complain(parts.join(', '));
  }
  if (options.stats) {
    const seconds = ((performance.now() - started) / 1000).toFixed(2);
    host.complain(`${analysed} of ${files.length} files name something the catalogue knows; ${seconds} s`);
  }
  analyzer.dispose();
  if (failed) return 2;
  const { failOn } = options;
  return failOn !== 'never' && all.some((finding) => atLeast(finding.severity, failOn)) ? 1 : 0;
}

/** Applies safe fixes until none is left, then writes the file once, in its own encoding. */
async function applySafeFixes(
  analyzer: Analyzer,
  path: string,
  uri: string,
  first: Diagnosis,
  host: CheckHost,
): Promise<{ diagnosis: Diagnosis; fixed: number }> {
  let diagnosis = first;
  let fixed = 0;
  let { text } = first.file;
  for (let round = 0; round < FIX_ROUNDS; round++) {
    const fixes = safeFixes(diagnosis.findings);
    if (fixes.length === 0) break;
    text = applyEdits(
      text,
      fixes.flatMap((fix) => fix.edits),
    );
    fixed += fixes.length;
    analyzer.apply({ kind: 'text', uri, text, version: round + 1 });
    const next = await analyzer.diagnose(uri);
    if (!next) break;
    diagnosis = next;
  }
  if (fixed > 0) {
    try {
      host.save(path, encodeText(text, decodeText(new Uint8Array(readFileSync(path))).encoding));
    } catch (error) {
      host.complain(`${host.relative(path)}: cannot be written: ${(error as Error).message}`);
    }
    analyzer.apply({ kind: 'close', uri });
  }
  return { diagnosis, fixed };
}

function showProgress(host: CheckHost, started: number, done: number, total: number): void {
  if (!host.progress || performance.now() - started < PROGRESS_AFTER_MS) return;
  const width = 30;
  const filled = Math.round((done / total) * width);
  host.progress(`\r[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${done}/${total}`);
}
