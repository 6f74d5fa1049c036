import { onlyValue, reachingWrites, sameBranch } from '../driver/table-state.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { type HeaderRevision, neededRevision, revisionOf } from './support/header.ts';
import { type RegisteredTable, registeredTables } from './support/tables.ts';

export default defineRule({
  id: 'version-revision-mismatch',
  severity: 'error',
  stage: 'stable',
  summary: 'The header revision does not fit the version that the driver registers for.',
  why: 'Each version of NDIS that a driver registers for demands a revision of its characteristics structure. With an older revision the registration fails with `NDIS_STATUS_BAD_CHARACTERISTICS`. A newer one than the version needs is undocumented, and only hinted at.',
  silent:
    'Version or revision is not a literal, a catalogue constant or a macro of the project with one meaning, or the two are set in different `#if` branches.',
  pages: [
    'network/version-information-requirements-for-ndis',
    'network/implementing-an-ndis-6-30-driver',
    'network/introduction-to-ndis-6-80',
  ],
  *check(context) {
    const { catalog } = context;
    for (const registered of registeredTables(context)) {
      const { table, call, structure } = registered;
      const { version, objectHeader: header } = structure;
      if (!version || !header) continue;
      const major = onlyValue(table, version.major)?.value;
      if (major?.kind !== 'number') continue;
      for (const revision of reachingWrites(table, `${header.member}.Revision`)) {
        const found = revisionOf(structure, revision.value);
        const minor = reachingWrites(table, version.minor).find((write) =>
          sameBranch(write.branch, revision.branch),
        );
        if (!found || minor?.value.kind !== 'number') continue;
        const number = minor.value.number;
        const entry = catalog.versions.find((item) => item.major === major.number && item.minor === number);
        const needed = neededRevision(context, structure, entry);
        if (!entry || !needed || needed.revision === found.revision) continue;
        const tooOld = found.revision < needed.revision;
        yield {
          at: revision.range,
          severity: tooOld ? 'error' : 'hint',
          message: tooOld
            ? `ndis ${entry.version} needs revision ${needed.revision} of '${structure.name}', found revision ${found.revision}`
            : `revision ${found.revision} of '${structure.name}' is newer than ndis ${entry.version} asks for (revision ${needed.revision})`,
          help: tooOld
            ? 'the registration fails with NDIS_STATUS_BAD_CHARACTERISTICS'
            : 'whether an older system accepts it is not documented',
          related: [{ range: minor.range, message: `the driver registers for ${entry.version} here` }],
          page: structure.page,
          about: { call: call.name, members: [revision.slot] },
          fixes: () => useRevision(registered, revision.range, revision.branch, needed),
        };
      }
    }
  },
});

/** Replaces revision and, where it is a constant of a revision, size. */
function useRevision(
  { table, structure }: RegisteredTable,
  at: { start: number; end: number },
  branch: RuleContext['facts']['tables'][number]['writes'][number]['branch'],
  needed: HeaderRevision,
): Fix[] {
  const header = structure.objectHeader;
  const size = reachingWrites(table, `${header?.member}.Size`).find(
    (write) => write.value.kind === 'name' && sameBranch(write.branch, branch),
  );
  return [
    {
      title: `Use ${needed.constant}`,
      safety: 'safe',
      edits: [
        { range: at, newText: needed.constant },
        ...(size && size.text !== needed.size ? [{ range: size.range, newText: needed.size }] : []),
      ],
    },
  ];
}
