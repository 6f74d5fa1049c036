import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Finding, readStatus, RULES } from '../../server/src/index.ts';
import { memoryAnalyzer } from '../support/analyse.ts';
import { testCatalog } from '../support/catalog.ts';
import { readFixtures } from '../support/fixture.ts';

const read = (path: string) => readFileSync(join(process.cwd(), 'examples', path), 'utf8');

/** The report for a driver in memory; its first file is asked about. */
async function reportOn(code: string, files: Readonly<Record<string, string>>, settings: unknown = {}) {
  const analyzer = await memoryAnalyzer(files, settings);
  try {
    const [first] = Object.keys(files);
    const answers = await analyzer.explainStatus(code, [`file:///w/${first}`]);
    assert.equal(answers?.length, 1);
    const { report } = answers[0] ?? assert.fail();
    const lineOf = ({ uri, range }: Pick<Finding, 'uri' | 'range'>): string => {
      const text = analyzer.textOf(uri) ?? '';
      const line = text.slice(0, range.start).split('\n').length;
      return text.split('\n')[line - 1]?.trim() ?? '';
    };
    return { report, lineOf };
  } finally {
    analyzer.dispose();
  }
}

describe('a status code', () => {
  for (const text of [
    '0xC0010005',
    '0xc0010005L',
    'C0010005',
    'c0010005h',
    '-1073676283',
    '3221291013',
    ' NDIS_STATUS_BAD_CHARACTERISTICS; ',
    'ndis_status_bad_characteristics',
    '((NDIS_STATUS)0xC0010005L)',
  ]) {
    test(`is read from "${text}"`, () => {
      const status = readStatus(text, testCatalog());
      assert.equal(status?.value, 0xc0010005);
      assert.equal(status.names[0], 'NDIS_STATUS_BAD_CHARACTERISTICS');
    });
  }

  for (const text of ['', '12x', 'PauseHandler', '0x1C0010005', '4294967296', '-2147483649', 'deadbee']) {
    test(`is not read from "${text}"`, () => {
      assert.equal(readStatus(text, testCatalog()), undefined);
    });
  }

  test('names the asked twin first', () => {
    assert.deepEqual(readStatus('STATUS_UNSUCCESSFUL', testCatalog())?.names, [
      'STATUS_UNSUCCESSFUL',
      'NDIS_STATUS_FAILURE',
    ]);
  });
});

describe('why a call failed', () => {
  test('is told by the findings about the call, the gravest first', async () => {
    const { report, lineOf } = await reportOn('0xC0010005', {
      'driver.c': read('faulty/ndis-miniport/driver.c'),
    });
    assert.deepEqual(
      report.calls.map(({ call }) => call),
      ['NdisMRegisterMiniportDriver'],
    );
    const [call] = report.calls;
    assert.deepEqual(
      call?.causes.map(({ finding }) => `${finding.rule}: ${lineOf(finding)}`),
      [
        'missing-required-handler: status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);',
        'handler-pair-incomplete: chars.CheckForHangHandlerEx = MPCheckForHang;',
        'structure-not-zeroed: status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);',
      ],
    );
    // What has another code as its result is no cause.
    assert.ok(!call.checked.some(({ id }) => id === 'unsupported-ndis-version'));
    assert.ok(call.checked.some(({ id }) => id === 'header-field-missing'));
  });

  test('a missing version and a missing header lead to different codes', async () => {
    const text = read('good/ndis-miniport/driver.c')
      .replace(/.*MajorNdisVersion = .*\n/, '')
      .replace(/.*Header\.Revision = .*\n/, '');
    const files = { 'driver.c': text };
    const members = async (code: string) => {
      const { report } = await reportOn(code, files);
      return report.calls.flatMap(({ causes }) => causes.map(({ finding }) => finding.about?.members));
    };
    assert.deepEqual(await members('NDIS_STATUS_BAD_VERSION'), [['MajorNdisVersion']]);
    assert.deepEqual(await members('NDIS_STATUS_BAD_CHARACTERISTICS'), [['Header.Revision']]);
  });

  test('nothing is made up for a driver without fault', async () => {
    for (const kind of readdirSync(join(process.cwd(), 'examples/good'))) {
      const files = Object.fromEntries(
        readdirSync(join(process.cwd(), 'examples/good', kind)).map((name) => [
          name,
          read(`good/${kind}/${name}`),
        ]),
      );
      const analyzer = await memoryAnalyzer(files);
      for (const { name } of new Set(testCatalog().statuses.values())) {
        const [answer] = (await analyzer.explainStatus(name, ['file:///w/driver.c'])) ?? [];
        assert.deepEqual(
          answer?.report.calls.flatMap(({ causes }) => causes),
          [],
          `${kind} ${name}`,
        );
      }
      analyzer.dispose();
    }
  });

  test('a suppressed finding is still a cause, and says so', async () => {
    const text = read('good/ndis-miniport/driver.c')
      .replace(/.*PauseHandler = .*\n/, '')
      .replace(
        /( *)status = NdisMRegisterMiniportDriver/,
        '$1// driverentry-ignore missing-required-handler: it works here\n$&',
      );
    const { report } = await reportOn('NDIS_STATUS_BAD_CHARACTERISTICS', { 'driver.c': text });
    assert.deepEqual(
      report.calls[0]?.causes.map(({ finding, isSuppressed }) => [finding.rule, isSuppressed]),
      [['missing-required-handler', true]],
    );
  });

  test('a rule that is switched off is not said to have found nothing', async () => {
    const files = { 'driver.c': read('good/ndis-miniport/driver.c') };
    const { report } = await reportOn('NDIS_STATUS_BAD_CHARACTERISTICS', files, {
      rules: { 'header-field-missing': 'off' },
    });
    const [call] = report.calls;
    assert.deepEqual(
      call?.off.map(({ id }) => id),
      ['header-field-missing'],
    );
    assert.ok(!call.checked.some(({ id }) => id === 'header-field-missing'));
  });

  test('lines of the driver that say it themselves are named, comparisons are not', async () => {
    const { report, lineOf } = await reportOn('0xC0010005', {
      'driver.c': `#include <ndis.h>
NDIS_STATUS Check(NDIS_STATUS status)
{
    if (status == NDIS_STATUS_BAD_CHARACTERISTICS) return NDIS_STATUS_FAILURE;
    if (status == 0) status = NDIS_STATUS_BAD_CHARACTERISTICS;
    return NDIS_STATUS_BAD_CHARACTERISTICS;
}
DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    return Check(0);
}
`,
    });
    assert.deepEqual(
      report.own.map((place) => `${place.inFunction}: ${lineOf(place)}`),
      [
        'Check: if (status == 0) status = NDIS_STATUS_BAD_CHARACTERISTICS;',
        'Check: return NDIS_STATUS_BAD_CHARACTERISTICS;',
      ],
    );
  });

  test('handlers that run inside the call are named', async () => {
    const { report } = await reportOn('NDIS_STATUS_FAILURE', {
      'driver.c': read('good/ndis-intermediate/driver.c').replace(
        /( *)(\w+)\.PauseHandler = /,
        '$1$2.SetOptionsHandler = ImMiniportDriverUnload;\n$&',
      ),
    });
    const handlers = report.calls.flatMap((call) => call.handlers);
    assert.deepEqual(
      handlers.map(({ name, member }) => [name, member]),
      [['ImMiniportDriverUnload', 'SetOptionsHandler']],
    );
  });

  test('every rule that the catalogue names for a code says which call it is about', async () => {
    const named = new Set(
      [...testCatalog().calls.values()].flatMap(({ returns }) =>
        (returns.codes ?? []).flatMap(({ foundBy }) => (foundBy ?? []).map(({ rule }) => rule)),
      ),
    );
    assert.ok(named.size > 10);
    for (const rule of RULES.filter(({ id }) => named.has(id))) {
      const found: Finding[] = [];
      for (const fixture of readFixtures(join(process.cwd(), 'test/rules', rule.id))) {
        const analyzer = await memoryAnalyzer(fixture.files, fixture.settings);
        const diagnosis = await analyzer.diagnose(`file:///w/${fixture.main}`);
        found.push(...(diagnosis?.findings ?? []).filter((finding) => finding.rule === rule.id));
        analyzer.dispose();
      }
      assert.ok(
        found.some(({ about }) => about !== undefined),
        rule.id,
      );
    }
  });
});
