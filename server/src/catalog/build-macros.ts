import type { Catalog } from './catalog.ts';
import type { StructureVersion, VersionEntry } from './entry.ts';

/** Names whose definition, anywhere, decides the version that a build is for. */
export function versionMacros(catalog: Catalog): ReadonlySet<string> {
  return new Set([
    ...catalog.versions.flatMap(({ macros }) => Object.values(macros)),
    ...[...catalog.macros.values()].filter(({ olderVersionOf }) => olderVersionOf).map(({ name }) => name),
  ]);
}

/**
 * Macros that the system's headers define from those of the build: the version per kind of structure, the
 * lowest version asked for, and what is supported. Nothing when the build says nothing: unknown stays unknown.
 * What the build defines itself is left out.
 */
export function derivedDefines(
  defines: ReadonlyMap<string, string>,
  catalog: Catalog,
): ReadonlyMap<string, string> {
  const derived = new Map<string, string>();
  const set = (name: string, value: number): void => {
    if (!defines.has(name)) derived.set(name, String(value));
  };
  let highest: VersionEntry | undefined;
  for (const version of versionsOfStructures(catalog)) {
    const asked = catalog.versions
      .filter(({ macros }) => defines.has(macros[version.kind] ?? ''))
      .toSorted(byVersion);
    const [first] = asked;
    const last = asked.at(-1);
    if (!first || !last) continue;
    set(version.majorMacro, last.major);
    set(version.minorMacro, last.minor);
    if (!highest || byVersion(highest, last) < 0) highest = last;
    const isOlder = [...catalog.macros.values()].some(
      ({ name, olderVersionOf }) => olderVersionOf?.includes(version.kind) && defines.has(name),
    );
    if (isOlder) continue; // the minimum is a version that the table does not have
    set(version.minimumMajorMacro, first.major);
    set(version.minimumMinorMacro, first.minor);
  }
  if (highest) {
    for (const entry of catalog.versions) {
      if (entry.supportMacro !== undefined) set(entry.supportMacro, byVersion(entry, highest) <= 0 ? 1 : 0);
    }
  }
  return derived;
}

const byVersion = (a: VersionEntry, b: VersionEntry): number => a.major - b.major || a.minor - b.minor;

/** One per kind. */
function versionsOfStructures(catalog: Catalog): StructureVersion[] {
  const found = new Map<string, StructureVersion>();
  for (const { version } of new Set(catalog.structures.values()))
    if (version) found.set(version.kind, version);
  return [...found.values()];
}
