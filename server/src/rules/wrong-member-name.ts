import type { StructureEntry } from '../catalog/entry.ts';
import { defineRule } from './rule.ts';

export default defineRule({
  id: 'wrong-member-name',
  severity: 'error',
  stage: 'stable',
  summary: 'A registration structure has no member of that name.',
  why: 'Older versions and older texts spell members differently (`CheckForHangHandler` became `CheckForHangHandlerEx`). The compiler would say so too, but only where the kit is installed.',
  silent: 'Any version of the structure has the member, or the variable is not of a catalogue type.',
  pages: ['ddi/ndis/ns-ndis-_ndis_miniport_driver_characteristics'],
  *check({ facts, catalog }) {
    for (const use of facts.memberUses) {
      const structure = catalog.structures.get(use.structure);
      if (!structure) continue;
      const names = new Set(
        structure.members.flatMap((member) => [member.name, member.name.split('.')[0] ?? '']),
      );
      if (names.has(use.member) || structure.members.length === 0) continue;
      const meant = suggestion(structure, use.member);
      yield {
        at: use.range,
        message: `no member '${use.member}' in '${structure.name}'${meant ? `; did you mean '${meant}'?` : ''}`,
        page: structure.page,
        fixes: () =>
          meant
            ? [
                {
                  title: `Change to '${meant}'`,
                  safety: 'suggestion',
                  edits: [{ range: use.range, newText: meant }],
                },
              ]
            : [],
      };
    }
  },
});

/** The catalogue's own did-you-mean, else the nearest name if it is near. */
function suggestion(structure: StructureEntry, wrong: string): string | undefined {
  const listed = structure.members.find((member) => member.alsoKnownAs?.includes(wrong));
  if (listed) return listed.name;
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(wrong.length / 4)) + 1;
  for (const { name } of structure.members) {
    const distance = editDistance(wrong.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance of two short names. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + cost));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
