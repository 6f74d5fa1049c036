import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { applyEdits, type Finding, type LineIndex, RULES } from '../server/src/index.ts';
import { memoryAnalyzer } from './support/analyse.ts';
import { type Fixture, readFixtures } from './support/fixture.ts';

const FOLDER = join(process.cwd(), 'test/rules');

describe('rules', () => {
  for (const fixture of readFixtures(FOLDER)) {
    test(fixture.name, async () => {
      const analyzer = await memoryAnalyzer(fixture.files, fixture.settings);
      const uri = `file:///w/${fixture.main}`;
      const diagnosis = await analyzer.diagnose(uri);
      assert.ok(diagnosis);
      assert.deepEqual(diagnosis.failures, []);
      compare(fixture, diagnosis.findings, diagnosis.file.lines);

      const rule = fixture.name.split('/')[1];
      const fixes = diagnosis.findings
        .filter((finding) => finding.rule === rule)
        .flatMap((finding) => finding.fixes().slice(0, 1));
      if (fixture.fixed === undefined) {
        analyzer.dispose();
        return;
      }
      assert.notEqual(fixes.length, 0, `${fixture.name} has a .fixed file, but nothing offers a fix`);
      const edits = fixes.flatMap((fix) => fix.edits);
      const unique = edits.filter(
        (edit, i) => edits.findIndex((other) => JSON.stringify(other) === JSON.stringify(edit)) === i,
      );
      const after = applyEdits(diagnosis.file.text, unique);
      assert.equal(after, fixture.fixed);
      analyzer.apply({ kind: 'text', uri, text: after, version: 2 });
      const again = await analyzer.diagnose(uri);
      const left =
        again?.findings.filter((finding) => finding.rule === rule && finding.fixes().length > 0) ?? [];
      assert.deepEqual(
        left.map((finding) => finding.message),
        [],
        'the fix does not remove its finding',
      );
      analyzer.dispose();
    });
  }

  test('every rule has fixtures that report and fixtures that stay silent', () => {
    const lacking = RULES.flatMap(({ id }) => {
      const folder = join(FOLDER, id);
      const fixtures = existsSync(folder) && readdirSync(folder).length > 0 ? readFixtures(folder) : [];
      const reports = fixtures.some((fixture) => fixture.marks.some((mark) => mark.rule === id));
      const silent = fixtures.some((fixture) => fixture.marks.every((mark) => mark.rule !== id));
      return reports && silent
        ? []
        : [`${id}: ${reports ? '' : 'none reports '}${silent ? '' : 'none is silent'}`];
    });
    assert.deepEqual(lacking, []);
  });
});

/** Prints what is missing and what is unexpected, in the order of the file. */
function compare(fixture: Fixture, findings: readonly Finding[], lines: LineIndex): void {
  const found = findings.map((finding) => {
    const start = lines.positionAt(finding.range.start);
    const end = lines.positionAt(finding.range.end);
    return {
      finding,
      line: start.line,
      start: start.character,
      // A finding over several lines is marked on its first.
      end: end.line === start.line ? end.character : lines.lineEnd(start.line) - lines.lineStart(start.line),
    };
  });
  const expected = fixture.marks.filter((mark) => mark.file === fixture.main);
  const missing = [...expected];
  const unexpected: string[] = [];
  for (const item of found) {
    const { finding } = item;
    const at = missing.findIndex(
      (mark) =>
        mark.line === item.line &&
        mark.start === item.start &&
        mark.end === item.end &&
        mark.rule === finding.rule &&
        mark.severity === finding.severity &&
        `${finding.message}\n${finding.help ?? ''}`.includes(mark.message),
    );
    if (at >= 0) missing.splice(at, 1);
    else {
      unexpected.push(
        `line ${item.line + 1}, columns ${item.start}-${item.end}: ${finding.severity} ${finding.rule}: ${finding.message}`,
      );
    }
  }
  assert.deepEqual(
    {
      unexpected,
      missing: missing.map(
        (mark) =>
          `line ${mark.line + 1}, columns ${mark.start}-${mark.end}: ${mark.severity} ${mark.rule}: ${mark.message}`,
      ),
    },
    { unexpected: [], missing: [] },
  );
}
