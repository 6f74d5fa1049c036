import type { Fix } from '../rules/rule.ts';
import type { TextRange } from '../text/range.ts';
import type { Finding } from './diagnostics.ts';

/**
 * Safe fixes that can be applied together: one per finding, none overlapping another. The rest is found
 * again by the next round.
 */
export function safeFixes(findings: readonly Finding[], isWanted: (fix: Fix) => boolean = () => true): Fix[] {
  const taken: { readonly uri: string; readonly range: TextRange }[] = [];
  const chosen: Fix[] = [];
  for (const finding of findings) {
    const fix = finding.fixes().find((candidate) => candidate.safety === 'safe' && isWanted(candidate));
    if (!fix) continue;
    const places = fix.edits.map(({ uri, range }) => ({ uri: uri ?? finding.uri, range }));
    const clash = places.some(({ uri, range }) =>
      taken.some(
        (other) => uri === other.uri && range.start <= other.range.end && other.range.start <= range.end,
      ),
    );
    if (clash) continue;
    taken.push(...places);
    chosen.push(fix);
  }
  return chosen;
}
