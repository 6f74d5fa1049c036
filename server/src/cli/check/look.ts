import { resolve } from 'node:path';
import { type Analyzer, type Diagnosis, LineIndex } from '../../index.ts';
import type { CommandHost } from '../command.ts';
import type { Remark } from './outcome.ts';
import type { FileReport } from './report.ts';

/** What the files of a run say. */
export interface Looked {
  /** Files with findings, by path. */
  readonly reports: readonly FileReport[];
  /** Absolute paths of files that were looked at to their end. */
  readonly checked: ReadonlySet<string>;
  /** Number of files that name something of the catalogue. */
  readonly analysed: number;
  readonly remarks: readonly Remark[];
  /** Something of ours failed on one of them. */
  readonly isFailure: boolean;
}

/** The progress bar appears when the work takes longer than this, in milliseconds. */
const PROGRESS_AFTER_MS = 1000;

/** Analyses files one by one; one that cannot be analysed costs the others nothing. `started` is the run's own time. */
export async function lookAt(
  files: readonly string[],
  analyzer: Analyzer,
  host: CommandHost,
  started: number,
): Promise<Looked> {
  const reports: FileReport[] = [];
  const checked = new Set<string>();
  const remarks: Remark[] = [];
  const remark = (level: Remark['level'], message: string) => remarks.push({ level, message });
  const elsewhere = (uri: string) => {
    const text = analyzer.textOf(uri);
    return text === undefined
      ? undefined
      : { path: host.relative(host.toPath(uri)), lines: new LineIndex(text) };
  };
  let isFailure = false;
  let analysed = 0;
  for (const [index, path] of files.entries()) {
    showProgress(host, started, index, files.length);
    const name = host.relative(path);
    let diagnosis: Diagnosis | undefined;
    try {
      diagnosis = await analyzer.diagnose(host.toUri(path));
    } catch (error) {
      host.complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
      remark('error', `${name}: the analysis failed on it; please report the file`);
      continue;
    }
    if (!diagnosis) {
      remark('error', `${name}: cannot be read; check its permissions`);
      continue;
    }
    const { findings, failures, skipped, file } = diagnosis;
    if (skipped !== undefined) remark('warning', `${name}: not analysed: ${skipped}`);
    else if (failures.length === 0) checked.add(resolve(host.cwd, path));
    if (failures.length > 0 || file.isFailure) isFailure = true;
    if (file.facts) analysed++;
    if (findings.length === 0) continue;
    const functions = [...(file.facts?.flows.values() ?? [])].map(({ fact }) => fact);
    const functionAt = (at: number) =>
      functions.find(({ range }) => range.start <= at && at < range.end)?.name;
    reports.push({ path: name, text: file.text, lines: file.lines, findings, functionAt, elsewhere });
  }
  if (host.progress && performance.now() - started > PROGRESS_AFTER_MS) host.progress('\r\x1b[K');
  const byPath = reports.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { reports: byPath, checked, analysed, remarks, isFailure };
}

function showProgress(host: CommandHost, started: number, done: number, total: number): void {
  if (!host.progress || performance.now() - started < PROGRESS_AFTER_MS) return;
  const width = 30;
  const filled = Math.round((done / total) * width);
  host.progress(`\r[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${done}/${total}`);
}
