import { onlyValue, reachingWrites } from '../driver/table-state.ts';
import { defineRule } from './rule.ts';
import { revisionOf } from './support/header.ts';
import { registeredTables } from './support/tables.ts';

export default defineRule({
  id: 'size-not-versioned',
  severity: 'hint',
  stage: 'stable',
  defaultOff: true,
  summary: 'The header size is `sizeof`, which grows with the kit instead of following the revision.',
  why: "A size larger than the revision's is legal, so this is a matter of taste: the predefined constant of the revision keeps size and revision together when the driver is built with a newer kit.",
  silent: 'Off unless the settings switch it on.',
  pages: ['network/overview-of-ndis-support-for-header-versions'],
  *check(context) {
    for (const { table, structure } of registeredTables(context)) {
      const header = structure.objectHeader;
      if (!header) continue;
      for (const write of reachingWrites(table, `${header.member}.Size`)) {
        if (write.value.kind !== 'sizeof') continue;
        const revision = onlyValue(table, `${header.member}.Revision`);
        const size = revision && revisionOf(structure, revision.value)?.size;
        yield {
          at: write.range,
          message: `'${header.member}.Size' follows the kit, not the revision${size ? `; '${size}' does` : ''}`,
          page: structure.page,
          fixes: () =>
            size && !write.inHelper
              ? [{ title: `Use ${size}`, safety: 'safe', edits: [{ range: write.range, newText: size }] }]
              : [],
        };
      }
    }
  },
});
