import { reachingWrites } from '../driver/table-state.ts';
import { defineRule } from './rule.ts';
import { isSharedWithOther, registeredTables } from './support/tables.ts';

export default defineRule({
  id: 'header-type-mismatch',
  severity: 'warning',
  stage: 'stable',
  summary: 'The header type names another structure.',
  why: 'The type in the header says which structure follows. A constant of another structure is refused or misread, and misleads everyone who looks at a crash dump. The generic default type loads, and is only pointed out.',
  silent: 'The value is not a constant that the catalogue knows.',
  pages: ['ddi/objectheader/ns-objectheader-ndis_object_header'],
  *check(context) {
    const { catalog } = context;
    for (const registered of registeredTables(context)) {
      const { table, call, structure } = registered;
      const header = structure.objectHeader;
      if (!header) continue;
      for (const write of reachingWrites(table, `${header.member}.Type`)) {
        if (write.value.kind !== 'name' || write.value.name === header.type) continue;
        const constant = catalog.constants.get(write.value.name);
        if (constant?.kind !== 'objectType') continue;
        const tolerated = header.toleratedTypes?.includes(constant.name) ?? false;
        yield {
          at: write.range,
          severity: tolerated ? 'information' : 'warning',
          message: tolerated
            ? `'${constant.name}' works, but '${header.type}' says what the structure is`
            : `header type is '${constant.name}', the structure is '${structure.name}'`,
          help: tolerated ? 'debugger extensions and verifiers go by the type' : `it needs '${header.type}'`,
          page: structure.page,
          about: { call: call.name, members: [write.slot] },
          fixes: () =>
            isSharedWithOther(context, registered, write)
              ? []
              : [
                  {
                    title: `Use ${header.type}`,
                    safety: 'safe',
                    edits: [{ range: write.range, newText: header.type }],
                  },
                ],
        };
      }
    }
  },
});
