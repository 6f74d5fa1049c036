// Asks the registry for known vulnerabilities of what the lock names. High ones fail; a registry that does not answer
// such questions, or is not there, is said and passes: the tests look at the lock itself.
//   node scripts/audit.mjs
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const { stdout, error } = spawnSync('npm', ['audit', '--json', '--audit-level=high'], {
  cwd: join(import.meta.dirname, '..'),
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
let report;
try {
  report = JSON.parse(stdout);
} catch {
  report = { error: { summary: error?.message ?? 'npm audit said nothing' } };
}
const counts = report.metadata?.vulnerabilities;
if (counts === undefined) {
  const why = report.error?.summary || report.message || report.error?.code || 'no reason given';
  console.warn(`npm audit: not available here (${why}); known vulnerabilities were not looked for`);
} else if (counts.high + counts.critical > 0) {
  const grave = Object.values(report.vulnerabilities).filter(({ severity }) =>
    /high|critical/.test(severity),
  );
  for (const { name, severity, range } of grave) console.error(`npm audit: ${name} ${range}: ${severity}`);
  process.exitCode = 1;
} else {
  console.log(`npm audit: nothing high among ${report.metadata.dependencies?.total ?? '?'} packages`);
}
