import type { ObjectHeader, StructureEntry, VersionEntry } from '../../catalog/entry.ts';
import type { TableFact, Value } from '../../driver/facts.ts';
import { onlyValue, sameBranch } from '../../driver/table-state.ts';
import type { RuleContext } from '../rule.ts';

export type HeaderRevision = ObjectHeader['revisions'][number];

/** The structure's revision that a value names, by constant or by number. */
export function revisionOf(structure: StructureEntry, value: Value): HeaderRevision | undefined {
  return structure.objectHeader?.revisions.find(
    (item) =>
      (value.kind === 'name' && item.constant === value.name) ||
      (value.kind === 'number' && item.revision === value.number),
  );
}

/** The revision whose size constant a value names. */
export const sizeRevisionOf = (structure: StructureEntry, value: Value): HeaderRevision | undefined =>
  structure.objectHeader?.revisions.find((item) => value.kind === 'name' && item.size === value.name);

/**
 * The version a table registers for, when both fields have one known value in the same branch. A minor that
 * is left zero counts as 0.
 */
export function registeredVersion(
  { catalog }: Pick<RuleContext, 'catalog'>,
  table: TableFact,
  structure: StructureEntry,
): VersionEntry | undefined {
  const { version } = structure;
  if (!version) return undefined;
  const major = onlyValue(table, version.major);
  const minor = onlyValue(table, version.minor);
  if (major?.value.kind !== 'number' || minor?.value.kind !== 'number') return undefined;
  if (!sameBranch(major.branch, minor.branch)) return undefined;
  const numbers = { major: major.value.number, minor: minor.value.number };
  return catalog.versions.find((item) => item.major === numbers.major && item.minor === numbers.minor);
}

/** The revision that a registered version needs. */
export function neededRevision(
  _context: RuleContext,
  structure: StructureEntry,
  version: VersionEntry | undefined,
): HeaderRevision | undefined {
  const kind = structure.version?.kind;
  const number = version && kind ? version.revisions[kind] : undefined;
  return structure.objectHeader?.revisions.find((item) => item.revision === number);
}
