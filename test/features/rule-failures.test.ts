import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createAnalyzer, type Rule, RULES } from '../../server/src/index.ts';
import { defineRule } from '../../server/src/rules/rule.ts';
import { memoryFileSystem, testParser } from '../support/analyse.ts';
import { testCatalog } from '../support/catalog.ts';

const URI = 'file:///w/driver.c';
const DRIVER = `#include <ndis.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE handle;
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {0};
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &handle);
}
`;

const broken = defineRule({
  id: 'broken-rule',
  severity: 'error',
  stage: 'stable',
  summary: 'Throws.',
  why: '',
  silent: '',
  pages: [],
  check: () => {
    throw new Error('broken');
  },
});

describe('a rule that throws', () => {
  const rules = RULES as Rule[];
  before(() => void rules.unshift(broken));
  after(() => void rules.shift());

  test('costs no other rule its findings, and is logged once', async () => {
    const errors: string[] = [];
    const analyzer = createAnalyzer({
      catalog: testCatalog(),
      parser: await testParser(),
      fileSystem: memoryFileSystem(new Map()),
      logger: { info: () => {}, error: (message) => errors.push(message) },
    });
    const found = async (text: string, version: number) => {
      analyzer.apply({ kind: 'text', uri: URI, text, version });
      const diagnosis = await analyzer.diagnose(URI);
      assert.ok(diagnosis);
      assert.deepEqual(
        diagnosis.failures.map(({ rule }) => rule),
        ['broken-rule'],
      );
      return diagnosis.findings.map(({ rule }) => rule);
    };
    const first = await found(DRIVER, 1);
    assert.ok(first.includes('missing-required-handler'), first.join());
    // Every version of the text fails, and asking again, too.
    assert.deepEqual(await found(`${DRIVER}// more\n`, 2), first);
    assert.deepEqual(await found(`${DRIVER}// more\n`, 3), first);
    assert.deepEqual(errors, [`rule broken-rule failed on ${URI}; the other rules ran`]);
    analyzer.dispose();
  });
});
