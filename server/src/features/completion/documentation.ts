import type { AnalysedFile } from '../../workspace/workspace.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import { entryPages } from '../pages/entry.ts';
import { handlerPages, type Here, memberHere } from '../pages/here.ts';
import { memberPage } from '../pages/member.ts';
import type { Subject } from './item.ts';

/** What a hover over the thing says, as Markdown; undefined when nobody knows it. */
export function documentationOf(
  subject: Subject,
  file: AnalysedFile | undefined,
  catalog: Catalog,
): string | undefined {
  const here: Here | undefined = file?.facts && {
    facts: file.facts,
    catalog,
    text: file.text,
    lines: file.lines,
  };
  if (subject.kind === 'member') {
    const structure = catalog.structures.get(subject.structure);
    const member = structure?.members.find(({ name }) => name === subject.member);
    if (!structure || !member) return undefined;
    return memberPage(structure, member, catalog, here ? memberHere(structure, member, here) : []).markdown;
  }
  const known = entryPages(subject.name, catalog);
  const pages = known.length === 0 && here ? handlerPages(subject.name, here) : known;
  return pages.map(({ markdown }) => markdown).join('\n\n---\n\n') || undefined;
}
