/** Creates a rule and its fixture folder: `node scripts/run.mjs server/tools/new-rule.ts my-new-rule`. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UNUSED_SUPPRESSION } from '../src/features/diagnostics.ts';

const id = process.argv[2] ?? '';
const rule = join(process.cwd(), 'server/src/rules', `${id}.ts`);
const fixtures = join(process.cwd(), 'test/rules', id);
if (!/^[a-z]+(?:-[a-z]+)+$/.test(id)) {
  console.error('usage: new-rule.ts some-words-with-dashes');
  process.exitCode = 2;
} else if (id === UNUSED_SUPPRESSION || existsSync(rule) || existsSync(fixtures)) {
  console.error(`${id} exists`);
  process.exitCode = 2;
} else {
  mkdirSync(fixtures, { recursive: true });
  writeFileSync(
    rule,
    `import { defineRule } from './rule.ts';
import { registeredTables } from './support/tables.ts';

export default defineRule({
  id: '${id}',
  severity: 'warning',
  stage: 'preview',
  summary: '',
  why: '',
  silent: '',
  pages: [],
  *check(context) {
    for (const { table, call } of registeredTables(context)) {
      yield { at: table.at, message: \`'\${table.display}' of '\${call.name}'\` };
    }
  },
});
`,
  );
  writeFileSync(join(fixtures, 'reports.c'), '// example: \n#include <ndis.h>\n');
  writeFileSync(join(fixtures, 'silent.c'), '#include <ndis.h>\n');
  console.log(`${rule}\n${fixtures}\nNow run "npm run generate".`);
}
