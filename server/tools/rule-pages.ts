import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageUrl } from '../src/catalog/catalog.ts';
import { UNUSED_SUPPRESSION } from '../src/features/diagnostics.ts';
import { RULES } from '../src/rules/index.ts';
import type { Rule } from '../src/rules/rule.ts';
import { parseFixture } from '../../test/support/fixture.ts';

/** Pages of the rules by file name; their examples are fixtures, so they cannot go stale. */
export function rulePages(root: string): Map<string, string> {
  const pages = new Map<string, string>();
  for (const rule of RULES) pages.set(`${rule.id}.md`, rulePage(rule, join(root, 'test/rules', rule.id)));
  pages.set(`${UNUSED_SUPPRESSION}.md`, UNUSED_PAGE);
  const rows = RULES.map(
    (rule) =>
      `| [${rule.id}](${rule.id}.md) | ${rule.defaultOff ? 'off' : rule.severity} | ${rule.summary} |`,
  );
  pages.set(
    'README.md',
    `# Rules\n\n| Rule | Severity | Reports |\n| --- | --- | --- |\n${rows.join('\n')}\n| [${UNUSED_SUPPRESSION}](${UNUSED_SUPPRESSION}.md) | hint | A suppression comment that suppresses nothing. |\n`,
  );
  return pages;
}

function rulePage(rule: Rule, fixtures: string): string {
  const severity = rule.defaultOff
    ? `Off by default; ${rule.severity} when switched on.`
    : `Severity: ${rule.severity}, unless a finding says otherwise.`;
  return (
    [
      `# ${rule.id}`,
      rule.summary,
      severity,
      '## Why',
      rule.why,
      ...(rule.pages.length === 0 ? [] : [`See ${links(rule.pages)}.`]),
      ...examples(fixtures),
      '## When it stays silent',
      rule.silent,
      '## Suppress',
      `Write \`// driverentry-ignore ${rule.id}: reason\` on the line or the line above, or \`// driverentry-ignore-file ${rule.id}: reason\` in the first comment of the file${rule.checkInf ? '; in an INF file, the same behind `;`' : ''}. The setting \`driverentry.rules\` changes the severity or switches the rule off everywhere.`,
    ].join('\n\n') + '\n'
  );
}

const links = (pages: readonly string[]): string =>
  pages.map((page) => `[${page.replace(/^.*\//, '')}](${pageUrl(page)})`).join(', ');

function examples(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /(?<!\.fixed)\.c(?:pp)?$/.test(name))
    .toSorted()
    .flatMap((name) => {
      const path = join(folder, name);
      const fixture = parseFixture(readFileSync(path, 'utf8'), path);
      const wrong = fixture.files[fixture.main];
      if (fixture.caption === undefined || wrong === undefined) return [];
      const fixedPath = path.replace(/\.(c|cpp)$/, '.fixed.$1');
      const fixed = existsSync(fixedPath) ? readFileSync(fixedPath, 'utf8') : undefined;
      const right =
        fixed !== undefined && /^\/\/- /m.test(fixed) ? parseFixture(fixed, path).files[fixture.main] : fixed;
      const infs = Object.entries(fixture.files).filter(([file]) => /\.in[fx]$/.test(file));
      return [
        '## Example',
        `${fixture.caption}:`,
        code(wrong),
        ...infs.flatMap(([file, text]) => [`with \`${file}\`:`, code(text, 'inf')]),
        ...(right === undefined ? [] : ['After the first quick fix:', code(right)]),
      ];
    });
}

const code = (text: string, language = 'c'): string => `\`\`\`${language}\n${text.trim()}\n\`\`\``;

const UNUSED_PAGE = `# ${UNUSED_SUPPRESSION}

A suppression comment suppresses nothing.

Severity: hint.

## Why

A suppression that is no longer needed hides the next finding of its rule, and misleads its reader: the code it excuses is right. A name that is no rule's is a typing mistake, and suppresses nothing at all.

## When it stays silent

The rule is switched off in the settings.
`;
