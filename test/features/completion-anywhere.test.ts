import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Analyzer, LineIndex } from '../../server/src/index.ts';
import { memoryAnalyzer } from '../support/analyse.ts';

const URI = 'file:///w/driver.c';
/** What somebody may just have typed. */
const TYPED = [
  '',
  '.',
  'chars.',
  '(',
  '{',
  '"',
  "'",
  '/*',
  '//',
  '#if\n',
  ' = ',
  'case ',
  '->',
  '.x = {',
  ')))',
  '}}',
];

/** Every answer fits where it is asked for, whatever the text. */
async function askAt(analyzer: Analyzer, text: string, offset: number): Promise<void> {
  const where = `at ${offset}: ${JSON.stringify(text.slice(Math.max(0, offset - 40), offset))}`;
  const items = await analyzer.complete(URI, offset);
  const lines = new LineIndex(text);
  const line = lines.positionAt(offset).line;
  for (const { range, label } of items) {
    assert.ok(range.start <= offset && offset <= range.end, `${label} ${where}`);
    assert.equal(lines.positionAt(range.start).line, line, `${label} ${where}`);
    assert.equal(lines.positionAt(range.end).line, line, `${label} ${where}`);
  }
  assert.equal(new Set(items.map(({ label }) => label)).size, items.length, `twice the same ${where}`);
  const help = analyzer.signatureHelp(URI, offset);
  for (const { start, end } of help?.parameters ?? [])
    assert.ok(start < end && end <= (help?.label.length ?? 0));
}

describe('completion anywhere in a driver, with anything just typed', () => {
  const drivers = readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.c'),
  );
  for (const path of drivers.toSorted()) {
    test(path, async (t) => {
      const original = readFileSync(join('examples', path), 'utf8');
      const analyzer = await memoryAnalyzer({});
      t.after(() => analyzer.dispose());
      let version = 0;
      const write = (text: string) => analyzer.apply({ kind: 'text', uri: URI, text, version: ++version });
      write(original);
      await analyzer.diagnose(URI);
      for (let index = 0, offset = 0; offset < original.length; index++, offset += 97) {
        const typed = TYPED[index % TYPED.length] ?? '';
        const text = original.slice(0, offset) + typed + original.slice(offset);
        write(text);
        await askAt(analyzer, text, offset + typed.length);
        // The rest is not written yet.
        const cut = original.slice(0, offset) + typed;
        write(cut);
        await askAt(analyzer, cut, cut.length);
      }
    });
  }

  test('is quiet in code without registrations', async (t) => {
    const text =
      'struct a { int x; };\nint main(void)\n{\n    struct a b = { .x = 1 };\n    b.x = 2;\n    return b.x;\n}\n';
    const analyzer = await memoryAnalyzer({});
    t.after(() => analyzer.dispose());
    analyzer.apply({ kind: 'text', uri: URI, text, version: 1 });
    for (let offset = 0; offset <= text.length; offset++) {
      assert.deepEqual(await analyzer.complete(URI, offset), []);
    }
  });
});
