import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { descendants, readFunction } from '../../server/src/syntax/nodes.ts';
import { openSource, type SourceFile } from '../../server/src/syntax/source-file.ts';
import { testParser } from '../support/analyse.ts';
import { testCatalog } from '../support/catalog.ts';

async function open(text: string, previous?: SourceFile): Promise<SourceFile> {
  const input = {
    uri: 'file:///w/driver.cpp',
    text,
    language: 'cpp' as const,
    defines: new Map<string, string>(),
    words: testCatalog().words,
  };
  return openSource(await testParser(), input, previous);
}

/** The masked text with blanks collapsed; no offset moved and nothing is in error. */
async function masked(text: string): Promise<string> {
  const source = await open(text);
  try {
    assert.equal(source.masked.length, text.length);
    assert.equal(source.root.hasError, false, source.masked);
    return source.masked.replace(/\s+/g, ' ').trim();
  } finally {
    source.dispose();
  }
}

describe('C++ on its way to C', () => {
  test('scopes are unwrapped and their members stand at the top', async () => {
    const text = `namespace a::b {
class Device final : public Base, private Other<int> {
public:
    explicit Device(int size = 4);
    virtual ~Device();
    static EVT_ADD OnAdd;
    virtual int Size() const override { return size; }
private:
    int size;
};
} // namespace
extern "C" {
extern "C" DRIVER_INITIALIZE DriverEntry;
}
Device::Device(int size) : Base(1), size{size} { start(); }
NTSTATUS Device::OnAdd(ULONG& count) { return ns::add(count); }
`;
    const source = await open(text);
    assert.equal(source.root.hasError, false, source.masked);
    const functions = [...descendants(source.root, new Set(['function_definition']))].map(
      (node) => readFunction(node)?.name,
    );
    assert.deepEqual(functions, ['Size', 'OnAdd']);
    source.dispose();
  });

  test('expressions keep the C that is in them', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ['a = reinterpret_cast<T*>(p);', 'a = (p);'],
      ['A::B::f(x); ::g(y);', 'f(x); g(y);'],
      ['CONFIG_INIT(&config, Device::OnAdd);', 'CONFIG_INIT(&config, OnAdd);'],
      ['auto p = new (pool, TAG) Device(1);', 'Auto p = Device(1);'],
      ['delete p; delete[] q;', 'p; q;'],
      ['int& r = x; y = a & b; z = a &b;', 'int r = x; y = a & b; z = a &b;'],
      ['if (a < b && c > d) f();', 'if (a < b && c > d) f();'],
      ['std::unique_ptr<T> p; v = f<T>(1);', 'unique_ptr p; v = f (1);'],
      ['try { f(); } catch (const E& e) { g(); }', '{ f(); } { g(); }'],
      ['for (auto& x : all) f(x);', 'for (Auto x ;;all) f(x);'],
    ];
    for (const [code, expected] of cases) {
      assert.equal(await masked(`void f() { ${code} }`), `void f() { ${expected} }`);
    }
  });

  test('a lambda is a name and not a null', async () => {
    const text = 'void f() { t.Handler = [&](HANDLE h) -> int { return h ? 1 : 0; }; int a[2] = {[1] = 2}; }';
    assert.equal(await masked(text), 'void f() { t.Handler = _ ; int a[2] = {[1] = 2}; }');
  });

  test('C stays as it is under its own name', async () => {
    const text = 'struct class_ { int new_; }; int f(void) { int template_ = 1; return a ? b : c; }';
    assert.equal(await masked(text), text);
  });
});

describe('incremental parsing of C++', () => {
  test('gives the tree of a fresh parse, over many edits', async () => {
    let seed = 4711;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const pieces = [
      '::',
      'class X {',
      '};',
      'template <',
      '>',
      'new ',
      '&',
      '(',
      ')',
      ' : ',
      '[] () {}',
      'try {',
      '"',
    ];
    let text = 'namespace n {\nclass C : B {\n  int f(T& x = 1) { return g<T>(x); }\n};\n}\n'.repeat(8);
    let source = await open(text);
    for (let i = 0; i < 150; i++) {
      const at = random(text.length);
      const cut = random(3) === 0 ? random(12) : 0;
      text = text.slice(0, at) + (pieces[random(pieces.length)] ?? '') + text.slice(at + cut);
      const next = await open(text, source);
      const fresh = await open(text);
      assert.equal(next.masked.length, text.length);
      assert.equal(next.tree.raw.rootNode.toString(), fresh.tree.raw.rootNode.toString(), `edit ${i}`);
      fresh.dispose();
      source.dispose();
      source = next;
    }
    source.dispose();
  });
});
