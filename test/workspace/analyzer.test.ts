import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { safeFixes, SETTINGS } from '../../server/src/index.ts';
import { readSettings } from '../../server/src/workspace/settings.ts';
import { memoryAnalyzer } from '../support/analyse.ts';

const GOOD = readFileSync(join(process.cwd(), 'examples/good/ndis-miniport/driver.c'), 'utf8');
const URI = 'file:///w/driver.c';

const rulesOf = (findings: readonly { rule: string }[] | undefined) =>
  findings?.map((finding) => finding.rule);

describe('analyzer', () => {
  test('open text wins over the disk, closing gives the disk back', async () => {
    const analyzer = await memoryAnalyzer({ 'driver.c': GOOD });
    analyzer.apply({ kind: 'text', uri: URI, text: GOOD.replace(/.*PauseHandler = .*\n/, ''), version: 1 });
    assert.deepEqual(rulesOf((await analyzer.diagnose(URI))?.findings), ['missing-required-handler']);
    analyzer.apply({ kind: 'close', uri: URI });
    assert.deepEqual((await analyzer.diagnose(URI))?.findings, []);
    analyzer.dispose();
  });

  test('a header that is edited changes what depends on it', async () => {
    const text = GOOD.replace(
      '#include <ndis.h>',
      '#include <ndis.h>\n#include "..\\inc\\versions.h"',
    ).replace('Version = 30', 'Version = MINOR');
    const analyzer = await memoryAnalyzer({
      'src/driver.c': text,
      'inc/versions.h': '#include "versions.h"\n#define MINOR 30\n',
    });
    const uri = 'file:///w/src/driver.c';
    assert.deepEqual((await analyzer.diagnose(uri))?.findings, []);
    analyzer.apply({ kind: 'text', uri: 'file:///w/inc/versions.h', text: '#define MINOR 31\n', version: 1 });
    assert.deepEqual(rulesOf((await analyzer.diagnose(uri))?.findings), ['unsupported-ndis-version']);
    analyzer.dispose();
  });

  test('suppressions hide, unused ones and wrong names are hints', async () => {
    const faulty = GOOD.replace(/.*PauseHandler = .*\n/, '');
    const line = (comment: string) =>
      faulty.replace('    status = NdisM', `    // ${comment}\n    status = NdisM`);
    const analyse = async (text: string) => {
      const analyzer = await memoryAnalyzer({ 'driver.c': text });
      const diagnosis = await analyzer.diagnose(URI);
      analyzer.dispose();
      return diagnosis?.findings.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`);
    };
    assert.deepEqual(
      await analyse(line('driverentry-ignore missing-required-handler: set by the framework')),
      [],
    );
    assert.deepEqual(
      await analyse(`// driverentry-ignore-file missing-required-handler: see above\n${faulty}`),
      [],
    );
    assert.deepEqual(
      await analyse(line('driverentry-ignore missing-required-handler, handle-not-kept: both')),
      ["hint unused-suppression: 'handle-not-kept' reports nothing here; the suppression is not needed"],
    );
    assert.deepEqual(await analyse(`${GOOD}// driverentry-ignore no-such-rule\n`), [
      "hint unused-suppression: there is no rule 'no-such-rule'",
    ]);
  });

  test('a fix that would change nothing is not offered', async () => {
    const text = GOOD.replace(/PUNICODE_STRING \w+\)/, 'PUNICODE_STRING DriverObject)');
    const analyzer = await memoryAnalyzer({ 'driver.c': text });
    const diagnosis = await analyzer.diagnose(URI);
    const found = diagnosis?.findings.filter(({ rule }) => rule === 'arguments-not-forwarded') ?? [];
    assert.ok(found.length > 0);
    for (const { fixes } of found) {
      for (const { edits } of fixes()) {
        assert.ok(edits.some(({ range, newText }) => text.slice(range.start, range.end) !== newText));
      }
    }
    analyzer.dispose();
  });

  test('no fix is safe in a function that was not read to its end', async () => {
    const zeroed = GOOD.replace('    NdisZeroMemory(&chars, sizeof(chars));\n', '');
    for (const [text, isSafe] of [
      [zeroed, true],
      [zeroed.replace('&chars,', '}chars,'), false],
    ] as const) {
      assert.notEqual(text, GOOD);
      const analyzer = await memoryAnalyzer({ 'driver.c': text });
      const diagnosis = await analyzer.diagnose(URI);
      const found = diagnosis?.findings.find(({ rule }) => rule === 'structure-not-zeroed');
      assert.ok((found?.fixes().length ?? 0) > 0);
      assert.equal(safeFixes(diagnosis?.findings ?? []).length > 0, isSafe);
      analyzer.dispose();
    }
  });

  test('excluded files have no findings', async () => {
    const files = { 'third_party/driver.c': GOOD.replace(/.*PauseHandler = .*\n/, '') };
    const analyzer = await memoryAnalyzer(files, { exclude: ['**/third_party/**'] });
    assert.deepEqual((await analyzer.diagnose('file:///w/third_party/driver.c'))?.findings, []);
    analyzer.dispose();
  });

  test('findings after any edits are those of a fresh analysis', async () => {
    let seed = 4711;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const lines = GOOD.split('\n');
    const pieces = [
      '#ifdef X\n',
      '#endif\n',
      'chars.Flags = 0;\n',
      '}\n',
      '{\n',
      'NdisZeroMemory(&chars, sizeof(chars));\n',
    ];
    const analyzer = await memoryAnalyzer({});
    for (let i = 0; i < 60; i++) {
      const at = random(lines.length);
      if (random(2) === 0) lines.splice(at, random(3));
      else
        lines.splice(
          at,
          0,
          random(2) === 0 ? (lines[random(lines.length)] ?? '') : (pieces[random(pieces.length)] ?? ''),
        );
      const text = lines.join('\n');
      analyzer.apply({ kind: 'text', uri: URI, text, version: i });
      const incremental = await analyzer.diagnose(URI);
      const other = await memoryAnalyzer({ 'driver.c': text });
      const fresh = await other.diagnose(URI);
      const plain = (list: typeof fresh) =>
        list?.findings.map(({ rule, range, message }) => ({ rule, range, message }));
      assert.deepEqual(plain(incremental), plain(fresh), `edit ${i}`);
      assert.deepEqual(incremental?.failures, []);
      for (const finding of fresh?.findings ?? []) {
        assert.ok(finding.range.start >= 0 && finding.range.end <= text.length);
        for (const fix of finding.fixes())
          for (const edit of fix.edits) assert.ok(edit.range.end <= text.length);
      }
      other.dispose();
    }
    analyzer.dispose();
  });
});

describe('settings', () => {
  test('bad values fall back and are described', () => {
    const raw = {
      defines: ['OK', '2BAD', 'A=B'],
      rules: { 'handle-not-kept': 'loud', nope: 'off' },
      exclude: 'x',
      configuration: 'Release|PDP11',
    };
    const { settings, problems } = readSettings(raw, new Set(['handle-not-kept']));
    assert.deepEqual(
      [...settings.defines],
      [
        ['OK', '1'],
        ['A', 'B'],
      ],
    );
    assert.equal(settings.rules.size, 0);
    assert.equal(problems.length, 5);
    assert.deepEqual(readSettings(null, new Set()).problems, []);
  });

  test('the platform of the configuration defines what its compiler defines', async () => {
    const text = GOOD.replace(
      '= MPPause;',
      '= MPPause;\n#ifdef _M_ARM64\n    chars.PauseHandler = NULL;\n#endif',
    );
    const rules = async (configuration: string) => {
      const analyzer = await memoryAnalyzer({ 'driver.c': text }, { configuration });
      const diagnosis = await analyzer.diagnose(URI);
      analyzer.dispose();
      return rulesOf(diagnosis?.findings);
    };
    assert.deepEqual(await rules('Debug|ARM64'), ['missing-required-handler']);
    assert.deepEqual(await rules(''), []);
  });

  test('the manifest offers exactly the settings of the code', () => {
    const manifest = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as {
      contributes: { configuration: { properties: Record<string, unknown> }[] };
    };
    assert.deepEqual(
      manifest.contributes.configuration.flatMap(({ properties }) => Object.keys(properties)).toSorted(),
      Object.keys(SETTINGS)
        .map((name) => `driverentry.${name}`)
        .toSorted(),
    );
  });
});
