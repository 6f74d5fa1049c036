import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { LineIndex, RULES } from '../../server/src/index.ts';
import { hoverAt } from '../../server/src/features/hover.ts';
import { memoryAnalyzer } from '../support/analyse.ts';
import { testCatalog } from '../support/catalog.ts';
import { parseHoverFixture } from '../support/hover-fixture.ts';

const FOLDER = join(process.cwd(), 'test/features');
const URI = 'file:///w/driver.c';

/** Hover over a text of which nothing but the words is known. */
const withoutFacts = (source: string) => {
  const offset = source.indexOf('$0');
  const text = source.replace('$0', '');
  const file = { uri: URI, version: 1, text, lines: new LineIndex(text), facts: undefined };
  return hoverAt(file, offset, testCatalog(), RULES)?.markdown;
};

describe('hover', () => {
  const names = readdirSync(FOLDER).filter((name) => /^hover.*\.c$/.test(name));
  for (const name of names.toSorted()) {
    describe(name, () => {
      const fixture = parseHoverFixture(readFileSync(join(FOLDER, name), 'utf8'));
      for (const cursor of fixture.cursors) {
        test(cursor.label, async () => {
          const analyzer = await memoryAnalyzer({ 'driver.c': fixture.text });
          const hover = await analyzer.hover(URI, cursor.offset);
          analyzer.dispose();
          if (cursor.none) {
            assert.equal(hover?.markdown, undefined);
            return;
          }
          assert.ok(hover, 'there is no hover');
          assert.ok(hover.range.start <= cursor.offset && cursor.offset <= hover.range.end);
          for (const part of cursor.expected) {
            assert.ok(hover.markdown.includes(part), `no "${part}" in\n${hover.markdown}`);
          }
          for (const part of cursor.unexpected) {
            assert.ok(!hover.markdown.includes(part), `"${part}" in\n${hover.markdown}`);
          }
        });
      }
    });
  }

  test('without facts the catalogue alone explains', () => {
    assert.match(
      withoutFacts('x = NdisMRegister$0MiniportDriver(a, b);') ?? '',
      /registers a miniport driver/,
    );
    assert.match(withoutFacts('chars.RestartHandler$0 = 0;') ?? '', /member of \d+ structures/);
    assert.match(
      withoutFacts('chars.CheckForHang$0HandlerEx = 0;') ?? '',
      /\*\*CheckForHangHandlerEx\*\* — member of/,
    );
    assert.match(
      withoutFacts('NDIS_FILTER_DRIVER_CHARACTERISTICS chars;\nchars.Header.Size$0 = 0;') ?? '',
      /member of `NDIS_FILTER_DRIVER_CHARACTERISTICS`/,
    );
  });

  test('nothing in strings, comments, plain words and at the ends of the text', () => {
    for (const source of [
      '"NdisMRegister$0MiniportDriver"',
      "'NdisMRegister$0MiniportDriver'",
      '/* NdisMRegister$0MiniportDriver */',
      '// NdisMRegister$0MiniportDriver',
      '// a \\\nNdisMRegister$0MiniportDriver',
      '"\\"NdisMRegister$0MiniportDriver"',
      'context->Size$0 = 1;',
      'unknown$0',
      '$0',
      'x + $0 + y',
      '.$0',
      ']->$0x',
      '0xC0$0',
    ]) {
      assert.equal(withoutFacts(source), undefined, source);
    }
  });

  test('code goes on behind a literal or comment that has ended', () => {
    for (const source of [
      '"a"/* b */NdisMRegister$0MiniportDriver',
      "1'000; NdisMRegister$0MiniportDriver",
      "'\\''; NdisMRegister$0MiniportDriver",
      '// a\nNdisMRegister$0MiniportDriver',
      "'unclosed\nNdisMRegister$0MiniportDriver",
    ]) {
      assert.ok(withoutFacts(source), source);
    }
  });
});
