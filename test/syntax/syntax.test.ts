import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { descendants } from '../../server/src/syntax/nodes.ts';
import { openSource, type SourceFile } from '../../server/src/syntax/source-file.ts';
import { readSuppressions } from '../../server/src/syntax/suppressions.ts';
import { testParser } from '../support/analyse.ts';
import { testCatalog } from '../support/catalog.ts';

async function open(
  text: string,
  defines: Record<string, string> = {},
  previous?: SourceFile,
): Promise<SourceFile> {
  const input = {
    uri: 'file:///w/driver.c',
    text,
    language: 'c' as const,
    defines: new Map(Object.entries(defines)),
    words: testCatalog().words,
  };
  return openSource(await testParser(), input, previous);
}

/** Nodes as type and text, and no error anywhere. */
async function clean(text: string, defines: Record<string, string> = {}): Promise<SourceFile> {
  const source = await open(text, defines);
  const errors = [...descendants(source.root, new Set(['ERROR']))].map((node) => node.text);
  assert.deepEqual(errors, []);
  assert.equal(source.root.hasError, false, source.masked);
  return source;
}

const calls = (source: SourceFile): string[] =>
  [...descendants(source.root, new Set(['call_expression']))].map((node) => node.text.replace(/\s+/g, ''));

describe('masking', () => {
  const SAL = `_Use_decl_annotations_
_IRQL_requires_max_(DISPATCH_LEVEL)
_When_(return == 0, _Post_satisfies_(*p != NULL && "a ) in a string"))
NTSTATUS
f(_In_reads_bytes_opt_(n * sizeof(int)) IN PVOID p, _Out_ OPTIONAL PULONG n)
{
    PAGED_CODE();
    return g(p);
}
`;

  test('annotations vanish, offsets stay', async () => {
    const source = await clean(SAL);
    assert.equal(source.masked.length, SAL.length);
    assert.deepEqual(calls(source).at(-1), 'g(p)');
    assert.equal(source.text.slice(source.text.indexOf('g(p)')).startsWith('g(p)'), true);
    const node = [...descendants(source.root, new Set(['call_expression']))].at(-1);
    assert.equal(SAL.slice(node?.startIndex, node?.endIndex), 'g(p)');
    source.dispose();
  });

  test('line breaks stay where they are, CRLF too', async () => {
    const text = SAL.replaceAll('\n', '\r\n');
    const source = await clean(text);
    const breaks = (value: string) => [...value.matchAll(/\r\n/g)].map((match) => match.index);
    assert.deepEqual(breaks(source.masked), breaks(text));
    source.dispose();
  });

  test('extern "C" with and without braces', async () => {
    const source = await clean(`#ifdef __cplusplus
extern "C" {
#endif
EXTERN_C DRIVER_INITIALIZE DriverEntry;
NTSTATUS f(void);
#ifdef __cplusplus
}
#endif
`);
    source.dispose();
  });

  test('what is masked is not the author’s, what is not, is', async () => {
    const text = 'VOID f(_In_ int a) { g(a); }\n';
    const source = await clean(text);
    const at = (part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });
    assert.equal(source.isAuthored(at('_In_')), false);
    assert.equal(source.isAuthored(at('g(a)')), true);
    source.dispose();
  });
});

describe('conditional compilation', () => {
  test('what is known is decided', async () => {
    const text = `void f(void)
{
#if 0
    dropped();
#elif defined(A) && A >= 2
    taken();
#else
    other();
#endif
}
`;
    const decided = await clean(text, { A: '3' });
    assert.deepEqual(calls(decided), ['taken()']);
    decided.dispose();
    const undecided = await clean(text);
    assert.deepEqual(calls(undecided), ['taken()', 'other()']);
    const at = (word: string) =>
      undecided.branches.branchPathAt(text.indexOf(word)).map(({ branch }) => branch);
    assert.deepEqual([at('taken'), at('other'), at('void')], [[1], [2], []]);
    undecided.dispose();
  });

  test('nested undecided branches are all kept and told apart', async () => {
    const text = `void f(void)
{
#ifdef A
    a();
#ifdef B
    ab();
#endif
#else
    c();
#endif
}
`;
    const source = await clean(text);
    assert.deepEqual(calls(source), ['a()', 'ab()', 'c()']);
    assert.equal(source.branches.branchPathAt(text.indexOf('ab()')).length, 2);
    source.dispose();
  });

  test('an if that is split by #if is assumed from its first branch', async () => {
    const source = await clean(`void f(void)
{
#ifdef A
    if (a()) {
#else
    if (b()) {
#endif
        c();
    }
}
`);
    assert.deepEqual(calls(source), ['a()', 'c()']);
    assert.notEqual(source.assumed.length, 0);
    source.dispose();
  });

  test('designated items of both branches are kept', async () => {
    const source = await clean(`T t = {
    .A = a,
#ifdef X
    .B = b,
#endif
    .C = c,
};
`);
    const fields = [...descendants(source.root, new Set(['field_identifier']))].map((node) => node.text);
    assert.deepEqual(fields, ['A', 'B', 'C']);
    source.dispose();
  });

  test('deep nesting costs no stack', async () => {
    const depth = 5000;
    const text = `${'#if X\n'.repeat(depth)}int a;\n${'#endif\n'.repeat(depth)}`;
    const source = await open(text);
    assert.equal(source.masked.length, text.length);
    source.dispose();
  });
});

describe('suppressions', () => {
  test('on the line, above it, for the file, for several rules', async () => {
    const text = `// driverentry-ignore-file a-rule: whole file
int a; // driverentry-ignore b-rule, c-rule: here
/* driverentry-ignore d-rule */
int b;
// how driverentry-ignore. works
`;
    const source = await open(text);
    const found = readSuppressions(source.directives.comments, source.lines, text);
    assert.deepEqual(
      found.map(({ rules, scope, appliesToLine, reason }) => ({ rules, scope, line: appliesToLine, reason })),
      [
        { rules: ['a-rule'], scope: 'file', line: 0, reason: 'whole file' },
        { rules: ['b-rule', 'c-rule'], scope: 'line', line: 1, reason: 'here' },
        { rules: ['d-rule'], scope: 'line', line: 3, reason: '' },
      ],
    );
    const [, second] = found;
    assert.equal(text.slice(second?.ruleRanges[1]?.start, second?.ruleRanges[1]?.end), 'c-rule');
    source.dispose();
  });
});

describe('incremental parsing', () => {
  test('gives the tree of a fresh parse, over many edits', async () => {
    // Park and Miller's generator: the same edits on every run.
    let seed = 20_251;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const pieces = [
      '#if A\n',
      '#endif\n',
      'int x;\n',
      '{',
      '}',
      '_In_ ',
      'f(a);\n',
      '/* c */',
      '"s"',
      '#define B 1\n',
      '\n',
    ];
    let text = 'void f(void)\n{\n    g(1);\n#ifdef A\n    h(2);\n#endif\n}\n'.repeat(8);
    let source = await open(text);
    for (let i = 0; i < 200; i++) {
      const at = random(text.length);
      const cut = random(3) === 0 ? random(12) : 0;
      text = text.slice(0, at) + (pieces[random(pieces.length)] ?? '') + text.slice(at + cut);
      const next = await open(text, {}, source);
      const fresh = await open(text);
      assert.equal(next.tree.raw.rootNode.toString(), fresh.tree.raw.rootNode.toString(), `edit ${i}`);
      fresh.dispose();
      source.dispose();
      source = next;
    }
    source.dispose();
  });
});
