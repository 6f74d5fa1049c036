import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decideBranches } from '../../server/src/syntax/conditionals.ts';
import { evaluateCondition } from '../../server/src/syntax/condition.ts';
import { scanDirectives } from '../../server/src/syntax/directives.ts';
import { maskText } from '../../server/src/syntax/mask.ts';
import { readSuppressions } from '../../server/src/syntax/suppressions.ts';
import { LineIndex } from '../../server/src/text/line-index.ts';
import { testCatalog } from '../support/catalog.ts';

function mask(text: string, cplusplus: boolean): string {
  const directives = scanDirectives(text);
  const branches = decideBranches(directives, new Map(), { cplusplus });
  return maskText(text, directives, branches, testCatalog().words, { cplusplus }).masked;
}

/** Texts nobody writes by hand. Were a step quadratic or recursive, the test would not end, or overflow. */
const COUNT = 20_000;
const HARD: Readonly<Record<string, string>> = {
  'nested #if': `${'#if X\n'.repeat(COUNT)}int a;\n${'#endif\n'.repeat(COUNT)}`,
  'nested #if with tokens': `${'#if X\n{ a;\n'.repeat(COUNT)}${'#else\n}\n#endif\n'.repeat(COUNT)}`,
  'nested dropped #if': `${'#if 0\nx\n'.repeat(COUNT)}${'#else\n#endif\n'.repeat(COUNT)}`,
  '#elif after #elif': `#if A\n${'#elif B\nf();\n'.repeat(COUNT)}#endif\n`,
  '#if never closed': '#ifdef A\n#define B\n'.repeat(COUNT),
  '#define and #undef': '#define A B\n#undef B\n#if A\n#endif\n'.repeat(COUNT / 4),
  'one long line': 'f(a, b); '.repeat(COUNT * 5),
  'one long #define': `#define A ${'f(a) \\\n'.repeat(COUNT)}`,
  'one long word': '_In'.repeat(COUNT * 5),
  'open parentheses': '('.repeat(COUNT),
  'open braces': '{'.repeat(COUNT),
  'annotations never closed': '_In_reads_('.repeat(COUNT),
  'macros without semicolon': `void f() { ${'M(x) '.repeat(COUNT)} }`,
  'open handlers': '__try { try { '.repeat(COUNT),
  handlers: `void f() { ${'try { } finally { } '.repeat(COUNT)} }`,
  'do in do': 'do { '.repeat(COUNT) + '} while (a) '.repeat(COUNT),
  'else in else': 'else '.repeat(COUNT),
  'angle brackets': 'a<'.repeat(COUNT),
  'templates in templates': `template<${'template<'.repeat(COUNT)}`,
  namespaces: `${'namespace a { '.repeat(COUNT)}${'}'.repeat(COUNT)}`,
  'classes in classes': `${'class a : b { '.repeat(COUNT)}${'}; '.repeat(COUNT)}`,
  lambdas: 'x = [](a) { '.repeat(COUNT) + '};'.repeat(COUNT),
  'using without end': 'using '.repeat(COUNT),
  constructors: 'A(x) : b(c), '.repeat(COUNT),
  'values without end': `f(${'a = b '.repeat(COUNT)}`,
  'qualified names': 'a::'.repeat(COUNT),
  'open strings': '"\n'.repeat(COUNT),
  'open raw strings': 'R"(\n'.repeat(COUNT / 10),
  'open comments': '/*'.repeat(COUNT),
  'names in a row': `${'name '.repeat(COUNT)};`,
  stars: `a b ${'*'.repeat(COUNT)}`,
};

describe('hard texts', () => {
  for (const [name, text] of Object.entries(HARD)) {
    test(name, { timeout: 30_000 }, () => {
      for (const cplusplus of [false, true]) {
        const masked = mask(text, cplusplus);
        assert.equal(masked.length, text.length);
        assert.equal(masked.replace(/[^\n]/g, ''), text.replace(/[^\n]/g, ''));
      }
    });
  }

  test('conditions', () => {
    const macros = new Map(
      Array.from({ length: 40 }, (_, i) => [`A${i}`, { defined: true, body: `A${i + 1} + A${i + 1}` }]),
    );
    assert.equal(evaluateCondition('A0', macros), undefined);
    assert.equal(evaluateCondition(`${'('.repeat(COUNT)}1${')'.repeat(COUNT)}`, macros), 1n);
    assert.equal(evaluateCondition(`${'!'.repeat(COUNT)}1`, macros), 1n);
    assert.equal(evaluateCondition('('.repeat(COUNT), macros), undefined);
  });

  test('suppressions in a row', () => {
    const text = '// driverentry-ignore a-rule: why\n'.repeat(COUNT) + 'int a;';
    const found = readSuppressions(scanDirectives(text).comments, new LineIndex(text), text);
    assert.equal(found.length, COUNT);
    assert.equal(found[0]?.appliesToLine, COUNT);
  });
});
