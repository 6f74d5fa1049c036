import { RULES, RULE_PAGES, UNUSED_SUPPRESSION, pageUrl } from '../../index.ts';
import type { Position, Severity } from '../../index.ts';
import { fingerprintsOf } from './identity.ts';
import type { Outcome } from './outcome.ts';
import { toJson } from './report.ts';

type Level = 'error' | 'warning' | 'note';

const LEVEL: Readonly<Record<Severity, Level>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** How code scanning sorts rules. No rule carries a security score: none of them looks for attackers. */
const PROBLEM: Readonly<Record<Severity, 'error' | 'warning' | 'recommendation'>> = {
  error: 'error',
  warning: 'warning',
  information: 'recommendation',
  hint: 'recommendation',
};

export interface SarifOptions {
  readonly version: string;
  /** Configuration and platform of the run; runs of others are results of their own. */
  readonly configuration: string;
}

/**
 * SARIF 2.1.0 with rules, help, related locations and fixes; paths relative to `%SRCROOT%`. What a comment or the
 * baseline hides is left out: readers such as GitHub show suppressed results as open ones.
 */
export function toSarif(
  { reports, remarks, exitCode, baseline }: Outcome,
  { version, configuration }: SarifOptions,
): object {
  const rules = ruleDescriptors();
  const index = new Map(rules.map((rule, i) => [rule.id, i]));
  const prints = fingerprintsOf(reports);
  const results = toJson(reports).map((finding, at) => ({
    ruleId: finding.rule,
    ruleIndex: index.get(finding.rule) ?? -1,
    level: LEVEL[finding.severity],
    message: {
      text: finding.help === undefined ? finding.message : `${finding.message}\n${finding.help}`,
    },
    locations: [
      {
        physicalLocation: { artifactLocation: artifact(finding.file), region: region(finding.range) },
      },
    ],
    partialFingerprints: { 'driverEntryFinding/v1': prints[at] ?? '' },
    ...(baseline ? { baselineState: 'new' } : {}),
    ...(finding.related ? relatedPlaces(finding.related) : {}),
    ...(finding.fixes
      ? {
          fixes: finding.fixes.map((fix) => ({
            description: { text: fix.title },
            artifactChanges: [...new Set(fix.edits.map((edit) => edit.file))].map((file) => ({
              artifactLocation: artifact(file),
              replacements: fix.edits
                .filter((edit) => edit.file === file)
                .map((edit) => ({
                  deletedRegion: region(edit.range),
                  ...(edit.newText === '' ? {} : { insertedContent: { text: edit.newText } }),
                })),
            })),
          })),
        }
      : {}),
  }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'DriverEntry',
            semanticVersion: version,
            informationUri: RULE_PAGES.replace('/blob/main/docs/rules/', ''),
            rules,
          },
        },
        // The part before the last slash is the category; runs of one category replace each other.
        automationDetails: { id: `driverentry/${configuration && `${configuration.replaceAll('|', '-')}/`}` },
        invocations: [
          {
            executionSuccessful: exitCode !== 2,
            exitCode,
            toolExecutionNotifications: remarks.map(({ level, message }) => ({
              level,
              message: { text: message },
            })),
          },
        ],
        originalUriBaseIds: {
          '%SRCROOT%': { description: { text: 'The folder the command ran in.' } },
        },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
}

function ruleDescriptors() {
  return [
    ...RULES.map((rule) => ({
      id: rule.id,
      shortDescription: { text: rule.summary },
      fullDescription: { text: plain(rule.why) },
      helpUri: `${RULE_PAGES}${rule.id}.md`,
      help: {
        text: `${plain(rule.why)}\n\n${rule.pages.map(pageUrl).join('\n')}`,
        markdown: `${rule.why}\n\n**Silent when**: ${rule.silent}\n\n${[`${RULE_PAGES}${rule.id}.md`, ...rule.pages.map(pageUrl)].map((url) => `- <${url}>`).join('\n')}`,
      },
      defaultConfiguration: { level: LEVEL[rule.severity], enabled: !rule.defaultOff },
      properties: {
        tags: ['correctness', 'registration', 'windows-driver'],
        // All are silent when unsure; those that are still tried out may not be yet.
        precision: rule.stage === 'stable' ? 'high' : 'medium',
        'problem.severity': PROBLEM[rule.severity],
        stage: rule.stage,
      },
    })),
    {
      id: UNUSED_SUPPRESSION,
      shortDescription: { text: 'A suppression comment suppresses nothing.' },
      helpUri: `${RULE_PAGES}${UNUSED_SUPPRESSION}.md`,
      defaultConfiguration: { level: 'note' as const },
      properties: { tags: ['maintainability'], precision: 'high', 'problem.severity': PROBLEM.hint },
    },
  ];
}

/** The places of a finding, and where they tell the steps of a way, that way. */
function relatedPlaces(
  related: readonly { file: string; range: { start: Position; end: Position }; message: string }[],
) {
  const places = related.map(({ file, range, message }) => ({
    physicalLocation: { artifactLocation: artifact(file), region: region(range) },
    message: { text: message },
  }));
  return {
    relatedLocations: places.map((place, id) => ({ id: id + 1, ...place })),
    ...(places.length > 1
      ? { codeFlows: [{ threadFlows: [{ locations: places.map((location) => ({ location })) }] }] }
      : {}),
  };
}

const region = ({ start, end }: { start: Position; end: Position }) => ({
  startLine: start.line + 1,
  startColumn: start.character + 1,
  endLine: end.line + 1,
  endColumn: end.character + 1,
});

function artifact(file: string) {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  // Another drive than that of the working folder.
  return /^[A-Za-z]:\//.test(file)
    ? { uri: `file:///${uri.replace('%3A', ':')}` }
    : { uri, uriBaseId: '%SRCROOT%' };
}

/** Markdown without its marks, for readers of plain text. */
const plain = (markdown: string): string =>
  markdown.replace(/[`*]/g, '').replace(/\[([^[\]]+)\]\([^()]+\)/g, '$1');
