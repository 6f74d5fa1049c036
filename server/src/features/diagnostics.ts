import type { Catalog } from '../catalog/catalog.ts';
import { pageUrl } from '../catalog/catalog.ts';
import type { Severity } from '../catalog/entry.ts';
import { isDeadCode } from '../driver/dead-code.ts';
import type { DriverFacts } from '../driver/driver-facts.ts';
import type { FileFacts } from '../driver/facts.ts';
import type { Fix, RelatedPlace, Report, ReportSubject, Rule, RuleContext } from '../rules/rule.ts';
import type { LineIndex } from '../text/line-index.ts';
import { contains } from '../text/range.ts';
import type { TextRange } from '../text/range.ts';
import type { Settings } from '../workspace/settings.ts';

/** Where the pages of the rules are published; each is `<id>.md`. */
export const RULE_PAGES = 'https://github.com/driverentry/driverentry/blob/main/docs/rules/';

/** Id of the finding about suppressions that suppress nothing. */
export const UNUSED_SUPPRESSION = 'unused-suppression';

/** A finding as editors and the command line see it. */
export interface Finding {
  readonly uri: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly range: TextRange;
  readonly message: string;
  readonly help?: string;
  readonly related: readonly RelatedPlace[];
  /** The rule's page. */
  readonly url: string;
  /** Documentation page that states the fact. */
  readonly source?: string;
  readonly unnecessary?: boolean;
  /** The call, and the members of its table, that it is about. */
  readonly about?: ReportSubject;
  /** Makes the edits; empty when there is no fix, or it would change nothing or touch text that is not the author's. */
  readonly fixes: () => readonly Fix[];
}

export interface RuleFailure {
  readonly rule: string;
  readonly error: unknown;
}

export interface FindingsInput {
  readonly facts: FileFacts;
  readonly driver: DriverFacts;
  readonly catalog: Catalog;
  readonly text: string;
  readonly lines: LineIndex;
  readonly textOf: (uri: string) => string | undefined;
  readonly settings: Settings;
  readonly rules: readonly Rule[];
}

/** Runs the rules over one file's facts. A rule that throws is reported in `failures`; the others still run. */
export function findings(input: FindingsInput): {
  findings: Finding[];
  /** What the author does not want to see. */
  suppressed: Finding[];
  failures: RuleFailure[];
} {
  const { settings } = input;
  const context: RuleContext = input;
  const found: Finding[] = [];
  const failures: RuleFailure[] = [];
  const enabled = new Set<string>();
  for (const rule of input.rules) {
    const level =
      settings.rules.get(rule.id) ?? (rule.defaultOff || rule.stage === 'preview' ? 'off' : undefined);
    if (level === 'off') continue;
    enabled.add(rule.id);
    try {
      for (const report of rule.check(context)) {
        found.push(toFinding(rule, report, input, level));
      }
    } catch (error) {
      failures.push({ rule: rule.id, error });
    }
  }
  const kept = withoutSuppressed(found, input, enabled);
  const isKept = new Set(kept);
  return {
    findings: sortFindings(kept),
    suppressed: sortFindings(found.filter((finding) => !isKept.has(finding))),
    failures,
  };
}

function toFinding(
  rule: Rule,
  report: Report,
  { facts, driver, text, textOf }: FindingsInput,
  level: Severity | undefined,
): Finding {
  const changesSomething = ({ edits }: Fix) =>
    edits.some(
      ({ uri, range, newText }) =>
        (uri === undefined ? text : textOf(uri))?.slice(range.start, range.end) !== newText,
    );
  // In a function that was not read to its end a fix may miss its aim, and be made again and again.
  const isRead = [...facts.flows.values()].every(
    ({ fact, graph }) => graph.isComplete || !contains(fact.range, report.at),
  );
  const cautious = (fix: Fix): Fix =>
    isRead || fix.safety === 'suggestion' ? fix : { ...fix, safety: 'suggestion' };
  return {
    uri: facts.uri,
    rule: rule.id,
    severity: level ?? (isDeadCode(facts, report.at) ? 'hint' : (report.severity ?? rule.severity)),
    range: report.at,
    message: report.message,
    ...(report.help === undefined ? {} : { help: report.help }),
    related: report.related ?? [],
    url: `${RULE_PAGES}${rule.id}.md`,
    ...(report.page === undefined ? {} : { source: pageUrl(report.page) }),
    ...(report.unnecessary ? { unnecessary: true } : {}),
    ...(report.about === undefined ? {} : { about: report.about }),
    fixes: () =>
      (report.fixes?.() ?? [])
        .filter((fix) => staysInAuthoredText(fix, facts, driver) && changesSomething(fix))
        .map(cautious),
  };
}

/** Invariant: no fix edits text that was dropped or assumed by an undecided `#if`. */
export const staysInAuthoredText = (
  fix: Pick<Fix, 'edits'>,
  facts: FileFacts,
  driver: DriverFacts,
): boolean =>
  fix.edits.length > 0 &&
  fix.edits.every(
    ({ uri, range }) =>
      driver.infs.some((inf) => inf.uri === uri) ||
      (uri !== undefined && facts.headers.includes(uri) && !driver.files.has(uri)) ||
      (uri === undefined ? facts : driver.files.get(uri))?.untouchable.every(
        (span) => range.end <= span.start || range.start >= span.end,
      ),
  );

function withoutSuppressed(found: Finding[], input: FindingsInput, enabled: ReadonlySet<string>): Finding[] {
  const { facts, lines, settings } = input;
  const used = new Set<TextRange>();
  const kept = found.filter((finding) => {
    const line = lines.positionAt(finding.range.start).line;
    let suppressed = false;
    for (const suppression of facts.suppressions) {
      if (suppression.scope === 'line' && suppression.line !== line) continue;
      const index = suppression.rules.indexOf(finding.rule);
      if (index < 0) continue;
      suppressed = true;
      const span = suppression.ruleRanges[index];
      if (span) used.add(span);
    }
    return !suppressed;
  });
  const level = settings.rules.get(UNUSED_SUPPRESSION) ?? 'hint';
  if (level === 'off') return kept;
  for (const suppression of facts.suppressions) {
    suppression.rules.forEach((rule, index) => {
      const span = suppression.ruleRanges[index];
      if (!span || used.has(span)) return;
      const known = input.rules.some((other) => other.id === rule);
      if (known && !enabled.has(rule)) return; // switched off: it may be needed when it is on again
      kept.push({
        uri: facts.uri,
        rule: UNUSED_SUPPRESSION,
        severity: level,
        range: span,
        message: known
          ? `'${rule}' reports nothing here; the suppression is not needed`
          : `there is no rule '${rule}'`,
        related: [],
        url: `${RULE_PAGES}${UNUSED_SUPPRESSION}.md`,
        unnecessary: true,
        fixes: () => [removal(suppression.rules.length, suppression.range, span, input.text)],
      });
    });
  }
  return kept;
}

/** Removes the whole comment when it names one rule, else the one id with its comma. */
function removal(count: number, comment: TextRange, id: TextRange, text: string): Fix {
  const title = 'Remove the suppression';
  if (count > 1) {
    let { start, end } = id;
    const after = /^\s*,\s*/.exec(text.slice(end, comment.end));
    if (after) end += after[0].length;
    else start -= /,\s*$/.exec(text.slice(comment.start, start))?.[0].length ?? 0;
    return { title, safety: 'safe', edits: [{ range: { start, end }, newText: '' }] };
  }
  let { start, end } = comment;
  while (start > 0 && /[ \t]/.test(text[start - 1] ?? '')) start--;
  if (start === 0 || text[start - 1] === '\n') end += /^[ \t]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  return { title, safety: 'safe', edits: [{ range: { start, end }, newText: '' }] };
}

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** By place, then weight, then rule: the same from run to run. */
export const sortFindings = (list: readonly Finding[]): Finding[] =>
  list.toSorted(
    (a, b) =>
      a.range.start - b.range.start ||
      a.range.end - b.range.end ||
      ORDER[a.severity] - ORDER[b.severity] ||
      (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
      (a.message < b.message ? -1 : a.message > b.message ? 1 : 0),
  );

/** True when the severity is at least as grave as the limit. */
export const atLeast = (severity: Severity, limit: Severity): boolean => ORDER[severity] <= ORDER[limit];

/** Findings whose range touches the given one: those an editor asks quick fixes for. */
export const findingsAt = (list: readonly Finding[], span: TextRange): Finding[] =>
  list.filter(({ range }) => contains(range, span) || (range.start <= span.end && span.start <= range.end));
