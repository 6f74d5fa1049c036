import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryAnalyzer } from '../support/analyse.ts';

const DEPTH = 1500;

/** Bodies nobody writes by hand, of a function that is looked at. */
const HARD: Readonly<Record<string, string>> = {
  'assignments in assignments': `x ${'= x + x '.repeat(DEPTH)};`,
  'calls in calls': `${'f('.repeat(DEPTH)}x${')'.repeat(DEPTH)};`,
  'calls in calls that end elsewhere': `${'f('.repeat(DEPTH)}x;`,
  'members of what is no place': `h = NULL.${'a.'.repeat(60)}b;`,
  'conditions in conditions': `${'if (x) ; else '.repeat(DEPTH)};`,
};

describe('hard bodies', () => {
  for (const [name, body] of Object.entries(HARD)) {
    test(name, async () => {
      const text = `#include <ndis.h>\nVOID Stop(NDIS_HANDLE h)\n{\n    NdisFDeregisterFilterDriver(h);\n    ${body}\n}\n`;
      const analyzer = await memoryAnalyzer({ 'driver.c': text });
      const started = performance.now();
      await analyzer.diagnose('file:///w/driver.c');
      assert.ok(performance.now() - started < 5000, `took ${performance.now() - started} ms`);
      analyzer.dispose();
    });
  }
});
