import type { FileFacts, PlacementFact } from '../driver/facts.ts';
import { callsOf } from '../driver/lifecycle/function-traits.ts';
import type { DriverFunction } from '../driver/lifecycle/functions.ts';
import type { Binding } from '../driver/lifecycle/roots.ts';
import { linesAfter } from '../text/layout.ts';
import { defineRule, type Fix, type RelatedPlace, type Report, type RuleContext } from './rule.ts';
import { storedHandlers } from './support/handlers.ts';
import { isEntry } from './support/reach.ts';

export default defineRule({
  id: 'init-code-used-later',
  severity: 'warning',
  stage: 'stable',
  summary: 'A handler is placed in the section that is thrown away after initialization.',
  why: 'Code in the `INIT` section is freed when `DriverEntry` has returned. A handler that lives there is called later, when its memory holds something else: a bug check, or worse.',
  silent: 'The function is only reached from the entry point, or nothing shows that a handler calls it.',
  pages: ['network/pageable-and-discardable-code-in-a-protocol-driver'],
  *check(context) {
    const { facts, catalog } = context;
    const [pageable] = catalog.idioms.sections.pageable;
    for (const handler of storedHandlers(context)) {
      const placed = placementOf(context, handler.name);
      if (!placed) continue;
      const { placement, file } = placed;
      const passive = handler.role.irql.max === 'PASSIVE_LEVEL';
      yield {
        at: handler.write.range,
        message: `'${handler.name}' is in the ${placement.section} section but is called later as '${handler.slot}'`,
        help: 'the section is freed when the entry point has returned; the call then runs into freed memory',
        related: [placedHere(context, placed)],
        page: handler.role.page,
        fixes: () => (passive && pageable && file === facts ? moveTo(pageable, placement, context.text) : []),
      };
    }
    yield* calledLater(context);
  },
});

interface Placed {
  readonly file: FileFacts;
  readonly placement: PlacementFact;
}

/** Where a function, as this file knows it, is placed in a section that is thrown away; its own file says so. */
function placementOf({ driver, facts }: RuleContext, name: string, from = facts): Placed | undefined {
  const callee = driver.lifecycle.table.resolve(name, from);
  const file = callee.kind === 'own' ? callee.fn.file : from;
  const placement = file.placements.find(
    ({ kind, function: placed }) => kind === 'discardable' && placed === name,
  );
  return placement && { file, placement };
}

const placedHere = ({ facts }: RuleContext, { file, placement }: Placed): RelatedPlace => ({
  ...(file === facts ? {} : { uri: file.uri }),
  range: placement.sectionRange,
  message: `it is placed in ${placement.section} here`,
});

/** Calls, from what the system calls later, of functions whose code is gone by then. */
function* calledLater(context: RuleContext): Generator<Report> {
  const { driver, facts } = context;
  /** Functions that are thrown away, by the file that defines and places them. */
  const gone = new Map<FileFacts, ReadonlySet<string>>();
  for (const file of driver.files.values()) {
    const discarded = file.placements.filter(({ kind }) => kind === 'discardable');
    if (discarded.length > 0) gone.set(file, new Set(discarded.map((placement) => placement.function)));
  }
  if (gone.size === 0) return;
  const { table, bindings } = driver.lifecycle;
  const isGone = ({ file, flow }: DriverFunction) => gone.get(file)?.has(flow.fact.name) === true;
  const reached = new Map<DriverFunction, Binding>();
  const todo = bindings.flatMap((binding) =>
    binding.slot !== undefined && !isEntry(context, binding) && !isGone(binding.fn)
      ? [{ fn: binding.fn, binding }]
      : [],
  );
  for (let at = todo.pop(); at; at = todo.pop()) {
    const { fn, binding } = at;
    if (reached.has(fn)) continue;
    reached.set(fn, binding);
    for (const callee of table.callees(fn.id)) if (!isGone(callee)) todo.push({ fn: callee, binding });
  }
  const seen = new Set<string>();
  for (const [fn, { fn: handler, slot }] of reached) {
    if (fn.file !== facts) continue;
    for (const op of callsOf(fn.flow.graph)) {
      const name = op.callee ?? '';
      const callee = table.resolve(name, facts);
      const placed = callee.kind === 'own' ? placementOf(context, name) : undefined;
      if (!placed || seen.has(`${fn.id} ${name}`)) continue;
      seen.add(`${fn.id} ${name}`);
      const by = fn.flow.fact.name;
      const later = handler.flow.fact.name;
      const way = by === later ? `called later as '${slot}'` : `called later from '${later}', the '${slot}'`;
      yield {
        at: driver.placeOf({ fn: fn.id, range: op.nameRange }).range,
        message: `'${name}' is in the ${placed.placement.section} section, but '${by}' is ${way}`,
        help: 'the section is freed when the entry point has returned; the call then runs into freed memory',
        related: [placedHere(context, placed)],
      };
    }
  }
}

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
