import type { FunctionEffects, InitialValue } from './effects.ts';
import type { MemberUse } from './facts.ts';
import { structureAt, type TableContext } from './tables.ts';

/** Notes the members of catalogue structures that an assignment goes to. */
export function noteMember(
  step: Extract<FunctionEffects['steps'][number], { kind: 'assign' }>,
  fn: FunctionEffects,
  context: TableContext,
  uses: MemberUse[],
): void {
  const { place } = step;
  if (!place || place.path.length === 0) return;
  for (let depth = 0; depth < place.path.length; depth++) {
    const outer = { root: place.root, path: place.path.slice(0, depth) };
    const structure = structureAt(outer, fn, context);
    const member = place.path[depth];
    if (!structure || member === undefined || member.startsWith('[')) continue;
    // Only the last name of the path has a known range.
    if (depth === place.path.length - 1) uses.push({ structure: structure.name, member, range: step.target });
    else if (structure.isUnion) continue;
    return;
  }
}

/** Designated members of an initialiser, for names that the structure does not have. */
export function noteInitialiser(
  type: string | undefined,
  initial: InitialValue | undefined,
  context: TableContext,
  uses: MemberUse[],
): void {
  const structure = type === undefined ? undefined : context.catalog.structures.get(type);
  if (!structure) return;
  for (const item of initial?.items ?? []) {
    if (item.member === undefined) continue;
    const [first = ''] = item.member.split('.');
    const at = context.text.indexOf(first, item.statement.start);
    if (at < 0 || at > item.statement.end) continue;
    uses.push({ structure: structure.name, member: first, range: { start: at, end: at + first.length } });
  }
}
