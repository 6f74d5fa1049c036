import { RULES, RULE_PAGES, UNUSED_SUPPRESSION, pageUrl } from '../index.ts';
import type { Severity } from '../index.ts';
import { type FileReport, toJson } from './report.ts';

type Level = 'error' | 'warning' | 'note';

const LEVEL: Readonly<Record<Severity, Level>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** SARIF 2.1.0 with rules, help, related locations and fixes; paths relative to `%SRCROOT%`. */
export function toSarif(reports: readonly FileReport[], version: string): object {
  const rules = [
    ...RULES.map((rule) => ({
      id: rule.id,
      shortDescription: { text: rule.summary },
      fullDescription: { text: plain(rule.why) },
      helpUri: `${RULE_PAGES}${rule.id}.md`,
      help: {
        text: `${plain(rule.why)}\n\n${rule.pages.map(pageUrl).join('\n')}`,
        markdown: `${rule.why}\n\n${rule.pages.map((page) => `- <${pageUrl(page)}>`).join('\n')}`,
      },
      defaultConfiguration: { level: LEVEL[rule.severity], enabled: !rule.defaultOff },
      properties: { tags: ['windows-driver', 'registration'], stage: rule.stage },
    })),
    {
      id: UNUSED_SUPPRESSION,
      shortDescription: { text: 'A suppression comment suppresses nothing.' },
      helpUri: `${RULE_PAGES}${UNUSED_SUPPRESSION}.md`,
      defaultConfiguration: { level: 'note' as const },
    },
  ];
  const index = new Map(rules.map((rule, i) => [rule.id, i]));
  const region = (span: {
    start: { line: number; character: number };
    end: { line: number; character: number };
  }) => ({
    startLine: span.start.line + 1,
    startColumn: span.start.character + 1,
    endLine: span.end.line + 1,
    endColumn: span.end.character + 1,
  });
  const artifact = (file: string) => ({
    uri: file.split('/').map(encodeURIComponent).join('/'),
    uriBaseId: '%SRCROOT%',
  });
  const results = toJson(reports).map((finding) => ({
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
    ...(finding.related
      ? {
          relatedLocations: finding.related.map((item, id) => ({
            id: id + 1,
            physicalLocation: { artifactLocation: artifact(item.file), region: region(item.range) },
            message: { text: item.message },
          })),
        }
      : {}),
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
        originalUriBaseIds: {
          '%SRCROOT%': { description: { text: 'The folder the command ran in.' } },
        },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
}

/** Markdown without its marks, for readers of plain text. */
const plain = (markdown: string): string =>
  markdown.replace(/[`*]/g, '').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
