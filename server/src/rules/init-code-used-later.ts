import type { PlacementFact } from '../driver/facts.ts';
import { linesAfter } from '../text/layout.ts';
import { defineRule, type Fix } from './rule.ts';
import { storedHandlers } from './support/handlers.ts';

export default defineRule({
  id: 'init-code-used-later',
  severity: 'warning',
  stage: 'stable',
  summary: 'A handler is placed in the section that is thrown away after initialization.',
  why: 'Code in the `INIT` section is freed when `DriverEntry` has returned. A handler that lives there is called later, when its memory holds something else: a bug check, or worse.',
  silent: 'The function is not stored in a table or in the driver object in this file.',
  pages: ['network/pageable-and-discardable-code-in-a-protocol-driver'],
  *check(context) {
    const { facts, catalog } = context;
    const [pageable] = catalog.idioms.sections.pageable;
    for (const handler of storedHandlers(context)) {
      const placement = facts.placements.find(
        (item) => item.kind === 'discardable' && item.function === handler.name,
      );
      if (!placement) continue;
      const passive = handler.role.irql.max === 'PASSIVE_LEVEL';
      yield {
        at: handler.write.range,
        message: `'${handler.name}' is in the ${placement.section} section but is called later as '${handler.slot}'`,
        help: 'the section is freed when the entry point has returned; the call then runs into freed memory',
        related: [{ range: placement.sectionRange, message: `it is placed in ${placement.section} here` }],
        page: handler.role.page,
        fixes: () => (passive && pageable ? moveTo(pageable, placement, context.text) : []),
      };
    }
  },
});

/** Changes the section of a pragma that names one function; takes the function out of a longer list. */
function moveTo(
  section: string,
  { function: name, range, sectionRange }: PlacementFact,
  text: string,
): Fix[] {
  const pragma = text.slice(range.start, range.end);
  if (!/alloc_text/.test(pragma)) return [];
  const title = `Move '${name}' to ${section}`;
  const item = new RegExp(`,\\s*${name}\\b`).exec(pragma);
  if (!item) return [];
  if ((pragma.match(/,/g)?.length ?? 0) === 1) {
    return [{ title, safety: 'suggestion', edits: [{ range: sectionRange, newText: section }] }];
  }
  const start = range.start + item.index;
  return [
    {
      title,
      safety: 'suggestion',
      edits: [
        { range: { start, end: start + item[0].length }, newText: '' },
        linesAfter(text, range, [`#pragma alloc_text(${section}, ${name})`]),
      ],
    },
  ];
}
