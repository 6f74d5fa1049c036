import type { Catalog } from '../../catalog/catalog.ts';
import { pageUrl } from '../../catalog/catalog.ts';
import type { Rule } from '../../rules/rule.ts';
import { RULE_PAGES, UNUSED_SUPPRESSION } from '../diagnostics.ts';
import { blocks, code, escape, heading, type Page, prose } from './build.ts';

/** A rule of DriverEntry. */
export function rulePage(rule: Rule, catalog: Catalog): Page {
  const url = `${RULE_PAGES}${rule.id}.md`;
  const level =
    rule.defaultOff || rule.stage === 'preview'
      ? `${rule.severity}, off unless the settings name it`
      : rule.severity;
  const links = rule.pages.map((page) => `[${escape(page.split('/').at(-1) ?? page)}](${pageUrl(page)})`);
  return {
    title: rule.id,
    kind: 'rule',
    url,
    markdown: blocks(
      heading(rule.id, `rule of DriverEntry (${level})`),
      prose(rule.summary, catalog),
      rule.why,
      rule.silent && `**Silent when:** ${rule.silent}`,
      suppressText(rule.id),
      [`[Page of the rule](${url})`, ...links].join(' · '),
    ),
  };
}

const suppressText = (id: string): string =>
  `**Suppress one finding:** ${code(`// driverentry-ignore ${id}: reason`)}`;

/** The finding about comments that hide nothing is no rule of its own, but has an id. */
export const unusedSuppressionPage = (): Page => {
  const url = `${RULE_PAGES}${UNUSED_SUPPRESSION}.md`;
  return {
    title: UNUSED_SUPPRESSION,
    kind: 'rule',
    url,
    markdown: blocks(
      heading(UNUSED_SUPPRESSION, 'rule of DriverEntry (hint)'),
      'A `driverentry-ignore` comment names a rule that reports nothing there, or a rule that does not exist. Remove it, so that it cannot hide a later mistake.',
      `[Page of the rule](${url})`,
    ),
  };
};

/** The page of a rule id, if there is such a rule. */
export function ruleNamed(id: string, rules: readonly Rule[], catalog: Catalog): Page | undefined {
  const rule = rules.find((item) => item.id === id);
  if (rule) return rulePage(rule, catalog);
  return id === UNUSED_SUPPRESSION ? unusedSuppressionPage() : undefined;
}
