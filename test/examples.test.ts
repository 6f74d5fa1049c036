import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { analyseText, memoryAnalyzer } from './support/analyse.ts';

const FOLDER = join(process.cwd(), 'examples');
const correct = readdirSync(join(FOLDER, 'good')).toSorted();
const read = (quality: string, kind: string, file = 'driver.c') =>
  readFileSync(join(FOLDER, quality, kind, file), 'utf8');

/** All files of a driver, by name. */
const filesOf = (quality: string, kind: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(FOLDER, quality, kind)).map((name) => [name, read(quality, kind, name)]),
  );

/** Findings of every file of a driver. */
async function findingsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const analyzer = await memoryAnalyzer(files);
  try {
    const found: string[] = [];
    for (const name of Object.keys(files)) {
      const diagnosis = await analyzer.diagnose(`file:///w/${name}`);
      for (const { rule, message } of diagnosis?.findings ?? []) found.push(`${rule} in ${name}: ${message}`);
    }
    return found;
  } finally {
    analyzer.dispose();
  }
}

/** Rules that must report, by example; sorted. Each comes from one `mistake:` of the file, unless noted. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'hid-minidriver': [
    'arguments-not-forwarded',
    'member-value-invalid',
    'member-value-invalid',
    'missing-dispatch-entry',
  ],
  'ndis-filter': [
    'handle-not-kept',
    'handler-pair-incomplete',
    'header-field-missing',
    'header-type-mismatch',
  ],
  // Three of them only show when the files are read together.
  'ndis-filter-split': [
    'freed-before-deregister',
    'not-deregistered-on-failure-path',
    'registered-before-ready',
    'wrong-handle',
  ],
  // The misspelt member leaves the right one unset: one mistake, two findings.
  'ndis-intermediate': [
    'arguments-not-forwarded',
    'intermediate-driver-incomplete',
    'missing-required-handler',
    'version-revision-mismatch',
    'wrong-member-name',
  ],
  'ndis-miniport': [
    'handler-pair-incomplete',
    'handler-signature-mismatch',
    'missing-required-handler',
    'structure-not-zeroed',
  ],
  // A handler with the wrong prototype also has no role type, which is not reported on top.
  'ndis-protocol': [
    'handler-signature-mismatch',
    'header-revision-size-mismatch',
    'unload-routine-missing',
    'unsupported-ndis-version',
  ],
};

describe('examples', () => {
  for (const kind of correct) {
    test(`good/${kind} has no findings`, async () => {
      assert.deepEqual(await findingsOf(filesOf('good', kind)), []);
    });
  }

  for (const kind of Object.keys(EXPECTED)) {
    test(`${kind} reads the same as C++`, async () => {
      if (Object.keys(filesOf('faulty', kind)).length > 1) return; // one file is as good a sample
      for (const quality of ['good', 'faulty']) {
        const text = read(quality, kind);
        const cpp = text.replace(
          'DRIVER_INITIALIZE DriverEntry;',
          'extern "C" DRIVER_INITIALIZE DriverEntry;',
        );
        const asC = await analyseText({ 'driver.c': text }, 'driver.c');
        const asCpp = await analyseText({ 'driver.cpp': cpp }, 'driver.cpp');
        assert.deepEqual(
          asCpp.findings.map((finding) => finding.message),
          asC.findings.map((finding) => finding.message),
        );
      }
    });

    test(`faulty/${kind} has exactly the findings of its mistakes`, async () => {
      const files = filesOf('faulty', kind);
      const found = await findingsOf(files);
      assert.deepEqual(found.map((text) => text.replace(/ in .*/s, '')).toSorted(), EXPECTED[kind]);
      const mistakes = Object.values(files).flatMap((text) => text.match(/\/\/ mistake:/g) ?? []);
      assert.equal(mistakes.length, 4);
    });
  }

  test('every faulty driver is expected to have findings', () => {
    assert.deepEqual(readdirSync(join(FOLDER, 'faulty')).toSorted(), Object.keys(EXPECTED).toSorted());
  });
});
