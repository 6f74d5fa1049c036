import { defineRule } from './rule.ts';
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
        fixes: () =>
          passive && pageable && /alloc_text/.test(context.text.slice(placement.range.start, placement.range.end))
            ? [
                {
                  title: `Move '${handler.name}' to ${pageable}`,
                  safety: 'suggestion',
                  edits: [{ range: placement.sectionRange, newText: pageable }],
                },
              ]
            : [],
      };
    }
  },
});
