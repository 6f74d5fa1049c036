import { onlyValue, reachingWrites, sameBranch } from '../driver/table-state.ts';
import { defineRule, type Fix, type Report } from './rule.ts';
import { registeredTables } from './support/tables.ts';

export default defineRule({
  id: 'unsupported-ndis-version',
  severity: 'error',
  stage: 'stable',
  summary: 'The driver registers for a version that does not exist.',
  why: 'Version numbers are not decimals: NDIS 6.1 has minor version 1, NDIS 6.20 has minor version 20, and there is no 6.2 or 6.10. A version that the system does not know ends in `NDIS_STATUS_BAD_VERSION`.',
  silent: 'The version is not a literal or a macro with one meaning, or is newer than the catalogue.',
  pages: ['network/overview-of-ndis-versions'],
  *check(context) {
    const { catalog } = context;
    for (const { table, call, structure } of registeredTables(context)) {
      const { version } = structure;
      if (!version) continue;
      const majors = new Set(catalog.versions.map((entry) => entry.major));
      const newest = catalog.versions.at(-1)?.minor ?? Number.POSITIVE_INFINITY;
      for (const major of reachingWrites(table, version.major)) {
        if (major.value.kind !== 'number' || majors.has(major.value.number) || major.value.number === 0)
          continue;
        yield {
          at: major.range,
          message: `ndis ${major.value.number}.x drivers do not use '${structure.name}'; the major version is ${[...majors].join(' or ')}`,
          help: 'the registration fails with NDIS_STATUS_BAD_VERSION',
          page: structure.page,
          about: { call: call.name, members: [version.major] },
          fixes: () => replacements(major.range, [version.majorMacro, ...[...majors].map(String)]),
        };
      }
      for (const minor of reachingWrites(table, version.minor)) {
        const major =
          reachingWrites(table, version.major).find((write) => sameBranch(write.branch, minor.branch)) ??
          onlyValue(table, version.major);
        if (minor.value.kind !== 'number' || major?.value.kind !== 'number') continue;
        const number = { major: major.value.number, minor: minor.value.number };
        if (!majors.has(number.major) || number.minor > newest) continue;
        const minors = catalog.versions
          .filter((entry) => entry.major === number.major)
          .map((entry) => entry.minor);
        if (minors.includes(number.minor)) continue;
        yield {
          ...unknownMinor(minor.range, number, minors, version.minorMacro, structure.page),
          about: { call: call.name, members: [version.minor] },
        };
      }
    }
  },
});

function unknownMinor(
  at: { start: number; end: number },
  { major, minor }: { major: number; minor: number },
  minors: readonly number[],
  macro: string,
  page: string,
): Report {
  // 2 is meant as 20, and 10 as 1.
  const tenfold =
    minors.find((known) => known === minor * 10) ?? minors.find((known) => known * 10 === minor);
  const nearest = minors.reduce((best, known) =>
    Math.abs(known - minor) < Math.abs(best - minor) ? known : best,
  );
  const meant = tenfold ?? nearest;
  return {
    at,
    message: `${major}.${minor} is not an ndis version; ndis ${major}.${meant} is minor ${meant}`,
    help: 'the registration fails with NDIS_STATUS_BAD_VERSION',
    page,
    fixes: () => replacements(at, [String(meant), macro]),
  };
}

const replacements = (range: { start: number; end: number }, values: readonly string[]): Fix[] =>
  values.map((newText) => ({ title: `Use ${newText}`, safety: 'suggestion', edits: [{ range, newText }] }));
