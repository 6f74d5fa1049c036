/** Creates a rule and its fixture folder: `node scripts/run.mjs server/tools/new-rule.ts my-new-rule`. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const id = process.argv[2] ?? '';
const rule = join(process.cwd(), 'server/src/rules', `${id}.ts`);
if (!/^[a-z]+(?:-[a-z]+)+$/.test(id) || existsSync(rule)) {
  console.error(existsSync(rule) ? `${id} exists` : 'usage: new-rule.ts some-words-with-dashes');
  process.exitCode = 2;
} else {
  const fixtures = join(process.cwd(), 'test/rules', id);
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
