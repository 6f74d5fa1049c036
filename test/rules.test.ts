import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Analyzer, applyEdits, type Diagnosis, type Finding, RULES } from '../server/src/index.ts';
import { memoryAnalyzer } from './support/analyse.ts';
import { type Fixture, parseFixture, readFixtures } from './support/fixture.ts';

const FOLDER = join(process.cwd(), 'test/rules');
const uriOf = (name: string) => `file:///w/${name}`;

describe('rules', () => {
  for (const fixture of readFixtures(FOLDER)) {
    test(fixture.name, async () => {
      const analyzer = await memoryAnalyzer(fixture.files, fixture.settings);
      const diagnoses = await diagnoseAll(analyzer, fixture);
      compare(fixture, diagnoses);
      if (fixture.fixed !== undefined) await checkFix(analyzer, fixture, diagnoses, fixture.fixed);
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

/** Sources and INF files of the fixture; headers have no findings but in the marked ones. */
async function diagnoseAll(analyzer: Analyzer, fixture: Fixture): Promise<Map<string, Diagnosis>> {
  const found = new Map<string, Diagnosis>();
  const marked = new Set(fixture.marks.map((mark) => mark.file));
  for (const name of Object.keys(fixture.files)) {
    if (!/\.(?:c|cpp|inf|inx)$/.test(name) && !marked.has(name)) continue;
    const diagnosis = await analyzer.diagnose(uriOf(name));
    assert.ok(diagnosis, `${name} cannot be read`);
    assert.deepEqual(diagnosis.failures, []);
    found.set(name, diagnosis);
  }
  return found;
}

/** Applies the first fix of every finding of the folder's rule, whatever files it edits. */
async function checkFix(
  analyzer: Analyzer,
  fixture: Fixture,
  diagnoses: ReadonlyMap<string, Diagnosis>,
  fixed: string,
): Promise<void> {
  const rule = fixture.name.split('/')[1];
  const ofRule = (findings: readonly Finding[]) => findings.filter((finding) => finding.rule === rule);
  // What is wrong on two sides is put right in the code; both at once would only change sides.
  const edits = [...diagnoses].flatMap(([name, { findings }]) =>
    (/\.in[fx]$/.test(name) ? [] : ofRule(findings)).flatMap((finding) =>
      finding
        .fixes()
        .slice(0, 1)
        .flatMap((fix) => fix.edits.map(({ uri = uriOf(name), ...edit }) => ({ uri, edit }))),
    ),
  );
  assert.notEqual(edits.length, 0, `${fixture.name} has a .fixed file, but nothing offers a fix`);
  const isSplit = /^\/\/- \S+/m.test(fixed);
  const wanted = isSplit ? parseFixture(fixed, fixture.path).files : { [fixture.main]: fixed };
  for (const [name, text] of Object.entries(fixture.files)) {
    const own = edits.filter(({ uri }) => uri === uriOf(name)).map(({ edit }) => edit);
    const unique = own.filter(
      (edit, i) => own.findIndex((other) => JSON.stringify(other) === JSON.stringify(edit)) === i,
    );
    const after = applyEdits(text, unique);
    assert.equal(after, wanted[name] ?? text, name);
    if (unique.length > 0) analyzer.apply({ kind: 'text', uri: uriOf(name), text: after, version: 2 });
  }
  for (const name of diagnoses.keys()) {
    const again = await analyzer.diagnose(uriOf(name));
    assert.deepEqual(
      ofRule(again?.findings ?? [])
        .filter((finding) => finding.fixes().length > 0)
        .map((finding) => finding.message),
      [],
      'the fix does not remove its finding',
    );
  }
}

/** Prints what is missing and what is unexpected, in the order of the files. */
function compare(fixture: Fixture, diagnoses: ReadonlyMap<string, Diagnosis>): void {
  const missing = [...fixture.marks];
  const unexpected: string[] = [];
  for (const [file, { findings, file: analysed }] of diagnoses) {
    const { lines } = analysed;
    for (const finding of findings) {
      const start = lines.positionAt(finding.range.start);
      const last = lines.positionAt(finding.range.end);
      // A finding over several lines is marked on its first.
      const end =
        last.line === start.line ? last.character : lines.lineEnd(start.line) - lines.lineStart(start.line);
      const at = missing.findIndex(
        (mark) =>
          mark.file === file &&
          mark.line === start.line &&
          mark.start === start.character &&
          mark.end === end &&
          mark.rule === finding.rule &&
          mark.severity === finding.severity &&
          `${finding.message}\n${finding.help ?? ''}`.includes(mark.message),
      );
      if (at >= 0) missing.splice(at, 1);
      else {
        unexpected.push(
          `${file}:${start.line + 1}, columns ${start.character}-${end}: ${finding.severity} ${finding.rule}: ${finding.message}`,
        );
      }
    }
  }
  assert.deepEqual(
    {
      unexpected,
      missing: missing.map(
        (mark) =>
          `${mark.file}:${mark.line + 1}, columns ${mark.start}-${mark.end}: ${mark.severity} ${mark.rule}: ${mark.message}`,
      ),
    },
    { unexpected: [], missing: [] },
  );
}
