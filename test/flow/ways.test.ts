import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FunctionGraph } from '../../server/src/flow/graph.ts';
import { type Client, simulate } from '../../server/src/flow/simulate.ts';
import { State } from '../../server/src/flow/state.ts';
import { ANY, NEGATIVE, POSITIVE, UNKNOWN_VALUE, ZERO_VALUE } from '../../server/src/flow/values.ts';
import { analyseText } from '../support/analyse.ts';

/** Calls kept of one way: a loop may go round for ever. */
const LONGEST = 7;

/** The calls of each way through a function, in order; what it returns in brackets when that is known. */
async function ways(body: string, more = ''): Promise<string[]> {
  const text = `#include <ndis.h>\n${more}\nNTSTATUS DriverEntry(PDRIVER_OBJECT p, PUNICODE_STRING q)\n{\n${body}\n}\n`;
  const { file } = await analyseText({ 'driver.c': text }, 'driver.c');
  const graph = file.facts?.flows.get('DriverEntry')?.graph;
  assert.ok(graph?.isComplete, 'the function is not understood');
  return tracesOf(graph);
}

function tracesOf(graph: FunctionGraph): string[] {
  const client: Client<readonly string[]> = {
    memoryText: (calls) => calls.join(),
    propertyText: (calls) => calls.join(),
    mergeMemory: (a) => a,
    isGuard: () => true,
    constant: (name) => ({
      ...(name.endsWith('SUCCESS')
        ? ZERO_VALUE
        : {
            mask: name.includes('PENDING') ? POSITIVE : name.startsWith('STATUS') ? NEGATIVE : ANY,
            exact: name,
          }),
    }),
    entryValue: () => undefined,
    call: (op, state) => {
      if (op.callee === 'KeBugCheck') return [];
      const calls = [...state.memory, op.callee ?? '?'].slice(0, LONGEST);
      return [state.withMemory(calls).set(op.result, UNKNOWN_VALUE)];
    },
    assigned: (_op, state) => state,
    branched: (state) => state,
    jumped: (state) => state,
  };
  const { exits, isOverflow } = simulate(graph, State.initial([] as readonly string[]), client);
  assert.equal(isOverflow, false);
  const value = (mask: number | undefined) =>
    mask === undefined || mask === ANY
      ? ''
      : mask === NEGATIVE
        ? ' [fails]'
        : mask === ZERO_VALUE.mask
          ? ' [zero]'
          : '';
  return [
    ...new Set(exits.map((exit) => `${exit.state.memory.join(' ')}${value(exit.value?.mask)}`.trim())),
  ].toSorted();
}

describe('ways through a function', () => {
  const cases: readonly (readonly [
    name: string,
    body: string,
    expected: readonly string[],
    more?: string,
  ])[] = [
    ['if and else', 'A(); if (p->x) B(); else C(); D();', ['A B D', 'A C D']],
    [
      'early return',
      'if (p->x) { A(); return STATUS_UNSUCCESSFUL; } B(); return STATUS_SUCCESS;',
      ['A [fails]', 'B [zero]'],
    ],
    [
      'while',
      'while (p->x) { A(); } B();',
      ['A A A A A A A', 'A A A A A A B', 'A A A A A B', 'A A A A B', 'A A A B', 'A A B', 'A B', 'B'],
    ],
    [
      'for with break',
      'for (;;) { A(); if (p->x) break; B(); if (p->y) continue; C(); return 0; } D();',
      [
        'A B A B A B A',
        'A B A B A B A [zero]',
        'A B A B A B C [zero]',
        'A B A B A D',
        'A B A B C [zero]',
        'A B A D',
        'A B C [zero]',
        'A D',
      ],
    ],
    ['do while FALSE', 'do { A(); if (p->x) break; B(); } while (FALSE); C();', ['A B C', 'A C']],
    [
      'a flag that is never set',
      'BOOLEAN again = FALSE; do { A(); if (p->x) break; B(); } while (again); C();',
      ['A B C', 'A C'],
    ],
    [
      'goto chain',
      'A(); if (p->x) goto One; B(); if (p->y) goto Two; return 0; Two: C(); One: D(); return STATUS_UNSUCCESSFUL;',
      ['A B C D [fails]', 'A B [zero]', 'A D [fails]'],
    ],
    [
      'goto back',
      'Again: A(); if (p->x) goto Again; B();',
      ['A A A A A A A', 'A A A A A A B', 'A A A A A B', 'A A A A B', 'A A A B', 'A A B', 'A B'],
    ],
    [
      'switch with fall through',
      'switch (p->x) { case 1: A(); case 2: B(); break; default: C(); } D();',
      ['A B D', 'B D', 'C D'],
    ],
    [
      'switch on a status',
      'NTSTATUS s = STATUS_SUCCESS; switch (s) { case STATUS_SUCCESS: A(); break; default: B(); }',
      ['A'],
    ],
    [
      'the same test twice',
      'NTSTATUS s = F(); if (!NT_SUCCESS(s)) A(); B(); if (!NT_SUCCESS(s)) C();',
      ['F A B C', 'F B'],
    ],
    [
      'test and comparison of one status',
      'NTSTATUS s = F(); if (s == STATUS_SUCCESS) A(); if (NT_SUCCESS(s)) B();',
      ['F', 'F A B', 'F B'],
    ],
    [
      'comparison the other way round',
      'NTSTATUS s = F(); if (STATUS_SUCCESS != s) { A(); return s; } B(); return s;',
      ['F A', 'F B [zero]'],
    ],
    ['a sign test', 'NTSTATUS s = F(); if (s < 0) return s; A(); return 0;', ['F A [zero]', 'F [fails]']],
    [
      'assignment in a test',
      'NTSTATUS s; if ((s = F()) != STATUS_SUCCESS) { A(); } else { B(); } return s;',
      ['F A', 'F B [zero]'],
    ],
    ['comma', 'NTSTATUS s; if (A(), (s = F()), s == 0) B();', ['A F', 'A F B']],
    [
      'short circuits',
      'if (A() && B()) C(); if (D() || E()) F();',
      [
        'A B C D E',
        'A B C D E F',
        'A B C D F',
        'A B D E',
        'A B D E F',
        'A B D F',
        'A D E',
        'A D E F',
        'A D F',
      ],
    ],
    ['conditional expression', 'return p->x ? A() : B();', ['A', 'B']],
    ['a truth kept in a variable', 'BOOLEAN ok = NT_SUCCESS(F()); if (!ok) A(); else B();', ['F A', 'F B']],
    [
      'a flag for cleanup',
      'BOOLEAN linked = FALSE; if (p->x) { A(); linked = TRUE; } B(); if (linked) C();',
      ['A B C', 'B'],
    ],
    [
      'bits of a flag word',
      'ULONG flags = 0; flags |= 2; if (flags & 2) A(); if (flags & 4) B(); flags &= ~2; if ((flags & 2) != 0) C();',
      ['A'],
    ],
    [
      'bits by name',
      'p->Flags = 0; p->Flags |= fREGISTERED | fLOCKED; if (p->Flags & fREGISTERED) A(); if ((p->Flags & fLINKED) == fLINKED) B();',
      ['A'],
    ],
    ['zeroed memory', 'CONTEXT_T c = {0}; if (c.Flag) A(); if (!c.Other) B();', ['B']],
    [
      'a copy of a handle',
      'PVOID h = p->Handle; if (h == NULL) return 0; if (p->Handle) A();',
      ['A', '[zero]'],
    ],
    ['an alias', 'PCTX c = &g; c->Ready = TRUE; if (g.Ready) A(); else B();', ['A'], 'CTX g;'],
    [
      'a walk along a list',
      'PNODE n = g.First; while (n) { if (n->Flag) { A(); } n = n->Next; } B();',
      ['A A A A A A A', 'A A A A A A B', 'A A A A A B', 'A A A A B', 'A A A B', 'A A B', 'A B', 'B'],
      'LISTS g;',
    ],
    [
      'finally after a leave',
      '__try { A(); if (p->x) __leave; B(); } __finally { C(); } D();',
      ['A B C D', 'A C D'],
    ],
    [
      'finally before a return',
      'NTSTATUS s = STATUS_SUCCESS; __try { A(); if (p->x) return s; B(); } __finally { s = STATUS_UNSUCCESSFUL; C(); } return s;',
      ['A B C [fails]', 'A C [zero]'],
    ],
    ['a call that does not return', 'if (p->x) KeBugCheck(1); A();', ['A']],
    [
      'undecided branches of one condition',
      '#if FANCY\n A();\n#else\n B();\n#endif\n C();\n#if FANCY\n D();\n#endif\n',
      ['A C D', 'B C'],
    ],
    [
      'ifdef and if defined',
      '#ifdef X\n A();\n#endif\n#if !defined(X)\n B();\n#elif Y\n C();\n#endif\n',
      ['A', 'A C', 'B'],
    ],
    [
      'a macro that jumps',
      'NTSTATUS s = F(); CHECK(s, Exit); A(); Exit: B();',
      ['F A B', 'F B'],
      '#define CHECK(x, label) do { if (!NT_SUCCESS(x)) { goto label; } } while (0)',
    ],
    [
      'a macro that returns',
      'NTSTATUS s = F(); RETURN_IF_FAILED(s); A(); return s;',
      ['F A', 'F [fails]'],
      '#define RETURN_IF_FAILED(s) if (!NT_SUCCESS(s)) return s',
    ],
    [
      'a macro for a test',
      'NTSTATUS s = F(); if (NG(s)) A(); if (OK(s)) B();',
      ['F A', 'F B'],
      '#define OK(v) ((v) == STATUS_SUCCESS)\n#define NG(v) (!OK(v))',
    ],
    [
      'a macro around a call',
      'UNDO(p->Handle); A();',
      ['A', 'NdisDeregisterProtocolDriver A'],
      '#define UNDO(h) do { if (h) { NdisDeregisterProtocolDriver(h); (h) = NULL; } } while (0)',
    ],
  ];
  for (const [name, body, expected, more] of cases) {
    test(name, async () => assert.deepEqual(await ways(body, more), expected));
  }
});

test('a syntax error makes a function unknown, one inside a value does not', async () => {
  const graphOf = async (body: string) => {
    const { file } = await analyseText(
      {
        'driver.c': `#include <ndis.h>\nNTSTATUS DriverEntry(PDRIVER_OBJECT p, PUNICODE_STRING q)\n{\n${body}\n}\n`,
      },
      'driver.c',
    );
    return file.facts?.flows.get('DriverEntry')?.graph.isComplete;
  };
  assert.equal(await graphOf('if (p->x) A(); else else B();'), false);
  assert.equal(await graphOf('UNICODE_STRING s = INIT(PREFIX L"x" 3); A();'), true);
  // Which of the two is meant? The second is no way back to the first.
  assert.equal(await graphOf('if (p->x) goto Exit; A(); Exit: B(); Exit: C();'), false);
  assert.equal(await graphOf('if (p->x) goto Exit; A(); Exit: B();'), true);
});
