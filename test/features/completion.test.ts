import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { memoryAnalyzer } from '../support/analyse.ts';
import { parseCompletionFixture, take } from '../support/completion-fixture.ts';

const FOLDER = join(process.cwd(), 'test/features/completion');

describe('completion', () => {
  for (const name of readdirSync(FOLDER).toSorted()) {
    const uri = `file:///w/driver${name.slice(name.lastIndexOf('.'))}`;
    describe(name, () => {
      for (const item of parseCompletionFixture(readFileSync(join(FOLDER, name), 'utf8'))) {
        test(item.label, async (t) => {
          const analyzer = await memoryAnalyzer({});
          t.after(() => analyzer.dispose());
          analyzer.apply({ kind: 'text', uri, text: item.text, version: 1 });
          const list = await analyzer.complete(uri, item.offset);
          const shown = list.map(({ label, detail }) => `${label} | ${detail}`).join('\n');
          if (item.none) {
            assert.equal(shown, '');
            return;
          }
          for (const [index, { label, detail }] of item.first.entries()) {
            assert.equal(list[index]?.label, label, `the list is\n${shown}`);
            assert.ok(list[index]?.detail.includes(detail), `the list is\n${shown}`);
          }
          for (const label of item.absent) {
            assert.ok(!list.some((one) => one.label === label), `the list is\n${shown}`);
          }
          if (item.only) assert.equal(list.length, item.first.length, `the list is\n${shown}`);
          const [first] = list;
          if (!first) return;
          const after = take(item.text, first).split('\n');
          if (item.taken !== undefined) {
            assert.equal(
              after.find((line) => line.includes('|') && !item.text.includes(line))?.trim(),
              item.taken,
            );
          }
          const before = new Set(item.text.split('\n').map((line) => line.trim()));
          const added = after.map((line) => line.trim()).filter((line) => !before.has(line));
          for (const line of item.added) assert.ok(added.includes(line), `added was\n${added.join('\n')}`);
        });
      }
    });
  }
});
