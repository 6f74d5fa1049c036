import { type Catalog, pageUrl, valueRules } from '../../catalog/catalog.ts';
import type { MemberEntry, StructureEntry, ValueRule } from '../../catalog/entry.ts';
import {
  blocks,
  bullets,
  code,
  codes,
  fact,
  footer,
  heading,
  irqlText,
  listed,
  type Page,
  prose,
  sentence,
  withoutStop,
} from './build.ts';
import { anyOf, conditionText } from './conditions.ts';
import { rolePrototype } from './prototype.ts';
import { roleNamed } from './role.ts';

/** A member of a structure. `here` says what the driver under the cursor stores in it. */
export function memberPage(
  structure: StructureEntry,
  member: MemberEntry,
  catalog: Catalog,
  here: readonly string[] = [],
): Page {
  const role = member.role === undefined ? undefined : roleNamed(member.role, catalog);
  const page = role?.page ?? structure.page;
  const say = (text: string) => prose(text, catalog);
  return {
    title: `${structure.name}.${member.name}`,
    kind: 'member',
    url: pageUrl(page),
    markdown: blocks(
      heading(member.name, `member of ${code(structure.name)}`),
      requirement(member, catalog),
      say(sentence(member.meaning)),
      bullets([
        ...here,
        fact('If it is missing', member.ifMissing && say(sentence(member.ifMissing))),
        ...(member.forbiddenWhen ?? []).map(
          (rule) =>
            `**Leave it unset when** ${conditionText(rule.when, catalog)}: ${say(sentence(rule.because))}`,
        ),
        ...pairsOf(structure, member, catalog),
        ...valueRules(member).map((rule) => fact('Value', valueText(rule, catalog))),
        fact('Runs at', role && irqlText(role.irql, catalog)),
        fact('Since', sinceText(structure, member, catalog)),
        fact('Older or mistaken names', listed((member.alsoKnownAs ?? []).map(code))),
      ]),
      role ? rolePrototype(role, role.title) : `Type: ${code(member.type)}`,
      footer(page, role && `role ${code(role.name)}`, structure.since),
    ),
  };
}

const NEED: Readonly<Record<MemberEntry['need'], string>> = {
  required: 'Required.',
  soft: 'Expected, though the documents disagree.',
  conditional: 'Conditional.',
  optional: 'Optional.',
  reserved: 'Reserved: leave it zero.',
  output: 'Written by the system: leave it zero.',
};

/** Requirement with its exact condition. */
function requirement(member: MemberEntry, catalog: Catalog): string {
  const when = anyOf(member.requiredWhen, catalog);
  const except = anyOf(member.excusedWhen, catalog);
  return [
    member.need === 'conditional' && when && !member.condition
      ? `**Required** when ${when}.`
      : needText(member, catalog),
    except && `Not needed when ${except}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** The need, and the condition in words; one that starts with the need says it alone. */
function needText({ need, condition }: MemberEntry, catalog: Catalog): string {
  if (condition === undefined) return `**${NEED[need]}**`;
  const words = prose(sentence(condition), catalog);
  const [lead] = /^(?:always )?(?:required|optional|reserved)\b/i.exec(words) ?? [];
  return lead ? `**${lead}**${words.slice(lead.length)}` : `**${NEED[need]}** ${words}`;
}

/** Members that must come with this one, and those that bring this one along. */
function pairsOf(structure: StructureEntry, member: MemberEntry, catalog: Catalog): string[] {
  return (structure.pairs ?? []).flatMap((pair) => {
    const because = withoutStop(prose(pair.because, catalog));
    const starts =
      'set' in pair.if ? pair.if.set === member.name : 'member' in pair.if && pair.if.member === member.name;
    if (starts && 'set' in pair.if) return [`**Needs:** ${codes(pair.then)}, because ${because}.`];
    if (starts)
      return [`**Needs:** ${codes(pair.then)} when ${conditionText(pair.if, catalog)}: ${because}.`];
    if (!pair.then.includes(member.name)) return [];
    return [`**Needed when** ${conditionText(pair.if, catalog)}: ${because}.`];
  });
}

function valueText(rule: ValueRule, catalog: Catalog): string {
  const because = prose(sentence(rule.because), catalog);
  let text: string;
  switch (rule.kind) {
    case 'constant':
      text = `${code(rule.name)}. ${because}`;
      break;
    case 'zero':
      text = `zero. ${because}`;
      break;
    case 'flags':
      text = `zero, or ${listed(rule.flags.map(code), 'or')}. ${because}`;
      break;
    case 'notSizeof':
      text = `not the size of ${listed(rule.types.map(code), 'or')}. ${because} Usual: ${code(rule.suggestion)}.`;
      break;
    case 'bracedGuid':
      text = `a GUID string in braces. ${because}`;
      break;
    case 'exclusiveFlags':
      text = `not ${code(rule.flags[0])} and ${code(rule.flags[1])} together. ${because}`;
      break;
    case 'neededFlag':
      text = `${code(rule.flag)} when ${conditionText(rule.when, catalog)}. ${because}`;
      break;
  }
  return text;
}

/** Revision and version that introduced the member, when it is not as old as the structure. */
function sinceText(structure: StructureEntry, member: MemberEntry, catalog: Catalog): string | undefined {
  const revision = structure.objectHeader?.revisions.find((item) => item.revision === member.revision);
  const since = member.since ?? ((member.revision ?? 1) > 1 ? revision?.since : undefined);
  if (since === undefined) return undefined;
  const os = catalog.versions.find((version) => version.version === since)?.os;
  return [
    `version ${since}`,
    os && ` (${os})`,
    revision && (member.revision ?? 1) > 1 && `, revision ${revision.revision}: ${code(revision.constant)}`,
  ]
    .filter(Boolean)
    .join('');
}
