import { idOf } from '../driver/lifecycle/functions.ts';
import { type TextRange, touches } from '../text/range.ts';
import { commonIrql, type DriverView } from './code-lens.ts';
import { registrationsOf } from './seeing/registrations.ts';

/** A word that an editor draws between the characters of the text. */
export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
  /** `irql` stands behind a parameter list, `member` in front of a value. */
  readonly kind: 'irql' | 'member';
}

/** The level that handlers run at, and the members that positional initialisers fill. */
export function inlayHints(view: DriverView, within: TextRange): InlayHint[] {
  return [...irqlHints(view), ...memberHints(view)]
    .filter(({ offset }) => touches(within, offset))
    .toSorted((a, b) => a.offset - b.offset);
}

function* irqlHints({ facts, driver, catalog }: DriverView): Generator<InlayHint> {
  const { stored } = registrationsOf(driver, catalog);
  for (const [name, { fact }] of facts.flows) {
    if (fact.uri !== facts.uri || !fact.parametersRange) continue;
    const id = idOf(facts.uri, name);
    const slots = stored.get(id)?.map(({ role }) => role) ?? [];
    const declared = driver.lifecycle.bindings.flatMap(({ fn, role }) =>
      fn.id === id ? (catalog.roles.get(role) ?? []) : [],
    );
    const roles = [...new Set(slots.length > 0 ? slots : declared)];
    const label = commonIrql(roles, catalog);
    if (label === undefined) continue;
    const titles = roles.map(({ title }) => title);
    yield {
      offset: fact.parametersRange.end,
      label: label.replace('up to ', '≤ '),
      tooltip: `${name} runs at ${label}, as ${titles.join(', ')}`,
      kind: 'irql',
    };
  }
}

function* memberHints({ facts, catalog }: DriverView): Generator<InlayHint> {
  const seen = new Set<number>();
  for (const { structure, writes } of facts.tables) {
    for (const { form, slot, range } of writes) {
      if (form !== 'positional' || seen.has(range.start)) continue;
      seen.add(range.start);
      const name = catalog.structures.get(structure)?.name ?? structure;
      yield { offset: range.start, label: `${slot}:`, tooltip: `${slot} of ${name}`, kind: 'member' };
    }
  }
}
