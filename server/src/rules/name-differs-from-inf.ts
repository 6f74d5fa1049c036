import { valueRules } from '../catalog/catalog.ts';
import { reachingWrites } from '../driver/table-state.ts';
import { defineRule } from './rule.ts';
import { registeredTables } from './support/tables.ts';

/** `{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}` */
const BRACED_GUID = /^\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i;

export default defineRule({
  id: 'name-differs-from-inf',
  severity: 'warning',
  stage: 'stable',
  summary: 'A name that must equal one in the INF file cannot be right.',
  why: 'NDIS finds a filter by comparing its `UniqueName` with the `NetCfgInstanceId` of the INF file, which is a GUID in braces. Any other string never matches, and the filter never attaches.',
  silent:
    'The name is not a literal in this file, the variable that holds it gets several, or code that cannot be seen may change it.',
  pages: ['ddi/ndis/ns-ndis-_ndis_filter_driver_characteristics'],
  *check(context) {
    for (const { table, structure } of registeredTables(context)) {
      for (const member of structure.members) {
        const rule = valueRules(member).find((item) => item.kind === 'bracedGuid');
        if (rule?.kind !== 'bracedGuid') continue;
        for (const write of reachingWrites(table, member.name)) {
          if (write.value.kind !== 'string' || BRACED_GUID.test(write.value.text)) continue;
          const { origin } = write;
          yield {
            at: origin ?? write.range,
            message: `'${member.name}' must be a guid in braces, found "${write.value.text}"`,
            help: rule.because,
            related: origin ? [{ range: write.range, message: `it goes to '${member.name}' here` }] : [],
            page: structure.page,
          };
        }
      }
    }
  },
});
