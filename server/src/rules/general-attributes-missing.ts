import { ANYTHING } from '../driver/lifecycle/order.ts';
import { defineRule } from './rule.ts';
import { relatedAt } from './support/lifecycle.ts';
import { orderedPassings } from './support/passed-structures.ts';

export default defineRule({
  id: 'general-attributes-missing',
  severity: 'warning',
  stage: 'stable',
  summary: 'An adapter is initialized without its general attributes.',
  why: 'After the registration attributes `MiniportInitializeEx` must set the general attributes, which tell NDIS the media type, the addresses and the requests that the adapter supports. NDIS does not start an adapter that did not set them.',
  silent:
    'The initialize handler calls code that cannot be seen, it cannot be told which attributes a call sets, or the driver is a WDI or NetAdapterCx driver or sets attributes from `MiniportAddDevice`.',
  pages: ['ddi/ndis/nc-ndis-miniport_initialize', 'network/initializing-a-miniport-adapter'],
  *check(context) {
    for (const { structure, order, root, visits, within } of orderedPassings(context)) {
      const wanted = order.requiredWith;
      if (wanted === undefined || root.file.uri !== context.facts.uri) continue;
      if (!within.has(structure.name) || within.has(wanted) || within.has(ANYTHING)) continue;
      const first = visits.find(({ label }) => label === structure.name);
      const noun = context.catalog.structures.get(wanted)?.noun ?? `'${wanted}'`;
      yield {
        at: root.flow.fact.nameRange,
        message: `'${root.flow.fact.name}' never sets the ${noun}, only the ${structure.noun}`,
        help: order.requiredBecause ?? order.because,
        related: first
          ? [
              relatedAt(
                context,
                { fn: first.fn.id, range: first.op.nameRange },
                `the ${structure.noun} are set here`,
              ),
            ]
          : [],
        page: structure.page,
      };
    }
  },
});
