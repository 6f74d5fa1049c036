import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { scanDirectives } from '../../server/src/syntax/directives.ts';

/** What a text says to the preprocessor, a line a directive, and its comments. */
function seen(text: string): string[] {
  const { lines, comments } = scanDirectives(text);
  return [
    ...lines.map(({ range }) => text.slice(range.start, range.end)),
    ...comments.map((comment) => comment.text),
  ];
}

suite('directives stand first in their line', () => {
  const cases: readonly (readonly [what: string, text: string, found: readonly string[]])[] = [
    ['behind blanks', 'x;\n \t#define A 1\n', ['#define A 1']],
    ['behind a comment', '/* a */ /* b */ #define A 1\n', ['#define A 1', '/* a */', '/* b */']],
    ['behind a comment of several lines', 'x; /* a\n b */ #define A 1\n', ['/* a\n b */']],
    ['behind a line break of any kind', 'x;\r#define A 1\r\n#define B 2', ['#define A 1', '#define B 2']],
    ['behind a continuation of nothing', '\\\n#define A 1\n', ['#define A 1']],
    ['not behind a continuation of code', 'x \\\n#define A 1\n', []],
    ['not behind code', 'x; #define A 1\n', []],
  ];
  for (const [what, text, found] of cases) test(what, () => assert.deepEqual(seen(text), found));
});

suite('comments and directives are none', () => {
  const cases: readonly (readonly [what: string, text: string])[] = [
    ['in strings', 'a = "// no\\" /* no";\n'],
    ['in characters', "a = '\"'; b = '/*'; c = '\\'';\n"],
    ['in raw strings', 'a = R"(\n#define A 1\n// no\n)"; b = u8R"x(/* no)" /*)x";\n'],
    ['in divisions', 'a = b / c / d;\n'],
  ];
  for (const [what, text] of cases) test(what, () => assert.deepEqual(seen(text), []));
});

suite('comments are found', () => {
  const cases: readonly (readonly [what: string, text: string])[] = [
    ['behind digits parted by an apostrophe', "a = 1'000'000; // yes\n"],
    ['behind a hexadecimal number that looks like a sum', "a = 0xE+'b'; // yes\n"],
    ['behind a character with a prefix', "a = L'b'; // yes\n"],
    ['behind a string that its line ends', 'a = "open\n// yes\n'],
    ['behind a name that ends like the prefix of a raw string', 'a = FOR"("; // yes\n'],
  ];
  for (const [what, text] of cases) test(what, () => assert.deepEqual(seen(text), ['// yes']));
});
