import { versionMacros } from '../catalog/build-macros.ts';
import type { StructureVersion } from '../catalog/entry.ts';
import type { SlotWrite } from '../driver/facts.ts';
import { onlyValue } from '../driver/table-state.ts';
import { defineRule, type RuleContext } from './rule.ts';
import { registeredTables } from './support/tables.ts';

export default defineRule({
  id: 'version-differs-from-build',
  severity: 'hint',
  stage: 'stable',
  summary: 'The registered version is not the one that the project is built for.',
  why: 'The project says with `NDIS630_MINIPORT` and its like which version the headers are for. A driver that registers another one by number gets the structures of one version and the behaviour of another: below it loses what it was built for, above it calls for handlers and structures that its build does not have.',
  silent:
    'Nothing is known of the build, code of the driver chooses a version, too, the registered version comes from a header macro, or it lies in the range of the versions that the project defines.',
  pages: ['network/compiling-an-ndis-6-30-driver'],
  *check(context) {
    const { driver, catalog } = context;
    const defines = driver.build?.defines;
    if (!defines || choosesItself(context, defines)) return;
    for (const { table, call, structure } of registeredTables(context)) {
      const { version } = structure;
      if (!version) continue;
      const range = buildRange(version, defines);
      const major = onlyValue(table, version.major);
      const minor = onlyValue(table, version.minor);
      if (!range || major?.value.kind !== 'number' || minor?.value.kind !== 'number') continue;
      const found = { major: major.value.number, minor: minor.value.number };
      const isAbove = compare(found, range.highest) > 0;
      if (!isAbove && compare(found, range.lowest) >= 0) continue;
      if (!catalog.versions.some((item) => item.major === found.major && item.minor === found.minor))
        continue;
      const named = (of: Version) => `ndis ${of.major}.${of.minor}`;
      const build =
        compare(range.lowest, range.highest) === 0
          ? named(range.highest)
          : `${named(range.lowest)} to ${named(range.highest)}`;
      const asked = catalog.versions.find(
        (item) => item.major === range.highest.major && item.minor === range.highest.minor,
      );
      yield {
        at: minor.inHelper ? table.at : minor.range,
        ...(isAbove ? { severity: 'warning' as const } : {}),
        message: `'${table.display}' registers for ${named(found)}, but the project is built for ${build}`,
        help: isAbove
          ? 'the structures of this build are older than what the system then expects'
          : `the system treats the driver as one of the older version${asked ? `; '${asked.macros[version.kind]}' asks for the newer` : ''}`,
        page: structure.page,
        about: { call: call.name, members: [version.major, version.minor] },
        fixes: () =>
          [major, minor].some((write) => write.inHelper || !/^[\w()]+$/.test(write.text))
            ? []
            : [
                {
                  title: `Register for the version of the build (${named(range.highest)})`,
                  safety: 'suggestion',
                  edits: useMacros(version, major, minor),
                },
              ],
      };
    }
  },
});

/** Code of the driver names version macros of its own beside those of the build. */
function choosesItself({ driver, catalog }: RuleContext, defines: ReadonlyMap<string, string>): boolean {
  const macros = versionMacros(catalog);
  return [...driver.files.values()].some(({ macroNames }) =>
    [...macroNames].some((name) => macros.has(name) && !defines.has(name)),
  );
}

interface Version {
  readonly major: number;
  readonly minor: number;
}

const compare = (a: Version, b: Version): number => a.major - b.major || a.minor - b.minor;

/** Lowest and highest version that the build asks for. */
function buildRange(
  version: StructureVersion,
  defines: ReadonlyMap<string, string>,
): { readonly lowest: Version; readonly highest: Version } | undefined {
  const read = (major: string, minor: string): Version | undefined => {
    const values = [defines.get(major), defines.get(minor)];
    const [a, b] = values.map((text) =>
      text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined,
    );
    return a === undefined || b === undefined ? undefined : { major: a, minor: b };
  };
  const highest = read(version.majorMacro, version.minorMacro);
  const lowest = read(version.minimumMajorMacro, version.minimumMinorMacro);
  return highest && lowest ? { lowest, highest } : undefined;
}

const useMacros = (version: StructureVersion, major: SlotWrite, minor: SlotWrite) => [
  { range: major.range, newText: version.majorMacro },
  { range: minor.range, newText: version.minorMacro },
];
