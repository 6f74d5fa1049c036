import { reachingWrites, sameBranch } from '../driver/table-state.ts';
import { defineRule } from './rule.ts';
import { revisionOf, sizeRevisionOf } from './support/header.ts';
import { registeredTables } from './support/tables.ts';

export default defineRule({
  id: 'header-revision-size-mismatch',
  severity: 'error',
  stage: 'stable',
  summary: 'Header size and header revision belong to different revisions or to different structures.',
  why: 'The system accepts a table whose size is at least that of its revision. A smaller size, or the constant of another structure, makes it refuse the table or read past its end.',
  silent:
    'The size is `sizeof` of the variable or its type, which is legal with every revision, or revision and size are set in different `#if` branches.',
  pages: ['network/overview-of-ndis-support-for-header-versions'],
  *check(context) {
    const { catalog } = context;
    for (const { table, structure } of registeredTables(context)) {
      const header = structure.objectHeader;
      if (!header) continue;
      for (const size of reachingWrites(table, `${header.member}.Size`)) {
        if (size.value.kind !== 'name') continue;
        const foreign = catalog.constants.get(size.value.name);
        const revision = reachingWrites(table, `${header.member}.Revision`).find((write) =>
          sameBranch(write.branch, size.branch),
        );
        const wanted = revision && revisionOf(structure, revision.value);
        const found = sizeRevisionOf(structure, size.value);
        const right = (wanted ?? header.revisions[0])?.size;
        const fixes = () =>
          right === undefined
            ? []
            : [
                {
                  title: `Use ${right}`,
                  safety: 'safe' as const,
                  edits: [{ range: size.range, newText: right }],
                },
              ];
        if (!found) {
          if (foreign?.kind === 'size' && foreign.of !== undefined && foreign.of !== structure.name) {
            yield {
              at: size.range,
              message: `'${size.value.name}' is the size of '${foreign.of}', the table is '${structure.name}'`,
              help: 'the system refuses the table or reads past its end',
              page: structure.page,
              fixes,
            };
          }
          continue;
        }
        if (!wanted || found.revision === wanted.revision) continue;
        const tooSmall = found.revision < wanted.revision;
        yield {
          at: size.range,
          severity: tooSmall ? 'error' : 'hint',
          message: `header size is for revision ${found.revision} but revision says ${wanted.revision}`,
          help: tooSmall
            ? 'the system refuses a table that is smaller than its revision'
            : 'a larger size is legal; the pair of one revision is easier to keep true',
          related: revision ? [{ range: revision.range, message: 'the revision is set here' }] : [],
          page: structure.page,
          fixes,
        };
      }
    }
  },
});
