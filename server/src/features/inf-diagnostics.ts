import { type Catalog, pageUrl } from '../catalog/catalog.ts';
import type { Fix, Rule } from '../rules/rule.ts';
import type { Settings } from '../workspace/settings.ts';
import type { AnalysedInf } from '../workspace/workspace.ts';
import { type Finding, RULE_PAGES, type RuleFailure, sortFindings } from './diagnostics.ts';

export interface InfFindingsInput extends AnalysedInf {
  readonly catalog: Catalog;
  readonly settings: Settings;
  readonly rules: readonly Rule[];
  readonly textOf: (uri: string) => string | undefined;
}

/** Runs the rules over an INF file, once for each driver that it may install. */
export function findingsInInf(input: InfFindingsInput): { findings: Finding[]; failures: RuleFailure[] } {
  const { file, inf, drivers, catalog, settings, textOf } = input;
  const found = new Map<string, Finding>();
  const failures: RuleFailure[] = [];
  for (const rule of input.rules) {
    const level =
      settings.rules.get(rule.id) ?? (rule.defaultOff || rule.stage === 'preview' ? 'off' : undefined);
    if (level === 'off' || !rule.checkInf) continue;
    try {
      for (const driver of drivers) {
        for (const report of rule.checkInf({ inf, driver, catalog, text: file.text, textOf })) {
          const changesSomething = ({ edits }: Fix) =>
            edits.some(
              ({ uri = file.uri, range, newText }) => textOf(uri)?.slice(range.start, range.end) !== newText,
            );
          const finding: Finding = {
            uri: file.uri,
            rule: rule.id,
            severity: level ?? report.severity ?? rule.severity,
            range: report.at,
            message: report.message,
            ...(report.help === undefined ? {} : { help: report.help }),
            related: report.related ?? [],
            url: `${RULE_PAGES}${rule.id}.md`,
            ...(report.page === undefined ? {} : { source: pageUrl(report.page) }),
            fixes: () => (report.fixes?.() ?? []).filter((fix) => changesSomething(fix)),
          };
          // Two configurations or projects of one driver say the same.
          const key = `${rule.id} ${report.at.start} ${report.message}`;
          if (!found.has(key)) found.set(key, finding);
        }
      }
    } catch (error) {
      failures.push({ rule: rule.id, error });
    }
  }
  const hidden = found.size === 0 ? [] : readIgnores(input);
  const kept = [...found.values()].filter(({ rule, range }) => {
    const { line } = file.lines.positionAt(range.start);
    return !hidden.some((ignore) => ignore.rules.includes(rule) && (ignore.line ?? line) === line);
  });
  return { findings: sortFindings(kept), failures };
}

/** `; driverentry-ignore <rule-id>: reason` on the line or above it; `driverentry-ignore-file` for all lines. */
function readIgnores({ file: { text, lines } }: InfFindingsInput): {
  readonly rules: readonly string[];
  readonly line: number | undefined;
}[] {
  const ignores: { rules: string[]; line: number | undefined }[] = [];
  for (let line = 0; line < lines.lineCount; line++) {
    const content = text.slice(lines.lineStart(line), lines.lineEnd(line));
    const marker = /;\s*driverentry-ignore(-file)?\s+([a-z-][a-z, \t-]*)/.exec(content);
    if (!marker) continue;
    let meant: number | undefined = line;
    if (marker[1] !== undefined) meant = undefined;
    else if (content.trimStart().startsWith(';')) {
      do meant++;
      while (
        meant < lines.lineCount &&
        /^\s*(?:;.*)?$/.test(text.slice(lines.lineStart(meant), lines.lineEnd(meant)))
      );
    }
    ignores.push({ rules: (marker[2] ?? '').split(',').map((rule) => rule.trim()), line: meant });
  }
  return ignores;
}
