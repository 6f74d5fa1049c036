import type { Catalog } from '../../src/catalog/catalog.ts';
import type { SyntaxNode, SyntaxParser } from '../../src/syntax/parser.ts';
import { descendants } from '../../src/syntax/nodes.ts';
import type { Random } from './random.ts';
import { withTree } from './tree.ts';

export interface MutationTools {
  readonly random: Random;
  readonly catalog: Catalog;
  readonly parser: SyntaxParser;
  /** Texts of other files, to take pieces from. */
  readonly others: readonly string[];
  /** Pieces of the others, once somebody asked for them. */
  readonly known?: Map<string, readonly Piece[]>;
}

/** Changes a text in some way; what comes out need not be C. */
type Mutation = (text: string, tools: MutationTools) => string;

export interface Piece {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const STATEMENTS = new Set([
  'expression_statement',
  'declaration',
  'if_statement',
  'return_statement',
  'goto_statement',
  'labeled_statement',
  'for_statement',
  'while_statement',
  'do_statement',
  'switch_statement',
  'case_statement',
  'compound_statement',
]);
const FUNCTIONS = new Set(['function_definition']);
const EXPRESSIONS = new Set([
  'identifier',
  'field_expression',
  'call_expression',
  'argument_list',
  'binary_expression',
  'assignment_expression',
  'cast_expression',
  'pointer_expression',
  'number_literal',
  'parameter_declaration',
  'initializer_pair',
  'initializer_list',
  'parenthesized_expression',
]);

/** Large texts are not parsed for each edit: the edit is one of characters and lines then. */
const MOST_CHARACTERS = 200_000;

function piecesOf(text: string, types: ReadonlySet<string>, { catalog, parser }: MutationTools): Piece[] {
  if (text.length > MOST_CHARACTERS) return [];
  const find = (root: SyntaxNode): Piece[] =>
    [...descendants(root, types)].map(({ type, startIndex, endIndex }) => ({
      type,
      start: startIndex,
      end: endIndex,
    }));
  return withTree(parser, catalog, { text, language: 'c', defines: new Map() }, find) ?? [];
}

const ALL = new Set([...STATEMENTS, ...FUNCTIONS, ...EXPRESSIONS]);

/** The same for a text of another file, which stays as it is. */
function piecesOfOther(text: string, types: ReadonlySet<string>, tools: MutationTools): readonly Piece[] {
  const pieces = tools.known?.get(text) ?? piecesOf(text, ALL, tools);
  tools.known?.set(text, pieces);
  return pieces.filter(({ type }) => types.has(type));
}

const splice = (text: string, start: number, end: number, by: string) =>
  text.slice(0, start) + by + text.slice(end);

/** The start of a line, or now and then any place. */
function placeIn(text: string, random: Random): number {
  const at = random.below(text.length + 1);
  return random.once(8) ? at : text.lastIndexOf('\n', at) + 1;
}

const insert = (text: string, piece: string, random: Random): string => {
  const at = placeIn(text, random);
  return splice(text, at, at, piece);
};

const deletePiece =
  (types: ReadonlySet<string>): Mutation =>
  (text, tools) => {
    const piece = tools.random.pick(piecesOf(text, types, tools));
    return piece ? splice(text, piece.start, piece.end, '') : text;
  };

const duplicatePiece =
  (types: ReadonlySet<string>): Mutation =>
  (text, tools) => {
    const piece = tools.random.pick(piecesOf(text, types, tools));
    return piece ? splice(text, piece.end, piece.end, `\n${text.slice(piece.start, piece.end)}`) : text;
  };

const swapPieces =
  (types: ReadonlySet<string>): Mutation =>
  (text, tools) => {
    const pieces = piecesOf(text, types, tools);
    const one = tools.random.pick(pieces);
    const fit = pieces.filter(
      (other) => one !== undefined && (other.end <= one.start || one.end <= other.start),
    );
    const other = tools.random.pick(fit.filter(({ type }) => type === one?.type)) ?? tools.random.pick(fit);
    if (!one || !other) return text;
    const [first, second] = one.start < other.start ? [one, other] : [other, one];
    const cut = (piece: Piece) => text.slice(piece.start, piece.end);
    return (
      text.slice(0, first.start) +
      cut(second) +
      text.slice(first.end, second.start) +
      cut(first) +
      text.slice(second.end)
    );
  };

/** Puts a piece of another file in the place of one of the same kind, or behind it. */
const borrow =
  (types: ReadonlySet<string>): Mutation =>
  (text, tools) => {
    const from = tools.random.pick(tools.others);
    if (from === undefined) return text;
    const piece = tools.random.pick(piecesOfOther(from, types, tools));
    if (!piece) return text;
    const own = tools.random.pick(piecesOf(text, types, tools).filter(({ type }) => type === piece.type));
    const taken = from.slice(piece.start, piece.end);
    if (!own) return insert(text, `${taken}\n`, tools.random);
    return tools.random.once(2)
      ? splice(text, own.start, own.end, taken)
      : splice(text, own.end, own.end, `\n${taken}`);
  };

const TOKEN = /[A-Za-z_]\w*|\d\w*|"[^"\n]*"|'[^'\n]*'|[-+*/%&|^!=<>]=?|[^\s\w]/g;

const borrowToken: Mutation = (text, { random, others }) => {
  const from = random.pick(others) ?? text;
  const taken = random.pick(from.match(TOKEN) ?? []) ?? ';';
  const own = random.pick([...text.matchAll(TOKEN)]);
  if (!own) return text + taken;
  return splice(text, own.index, own.index + (random.once(3) ? 0 : own[0].length), taken);
};

const damage: Mutation = (text, { random }) => {
  const marks = [...text.matchAll(/[{}()[\]"';,#\\*&]/g)];
  const mark = random.pick(marks);
  if (!mark) return text;
  const by = random.pick([
    '',
    '',
    `${mark[0]}${mark[0]}`,
    ' ',
    '{',
    '}',
    '(',
    ')',
    '"',
    "'",
    '/*',
    '*/',
    '//',
  ]);
  return splice(text, mark.index, mark.index + mark[0].length, by ?? '');
};

const lines: Mutation = (text, { random, others }) => {
  const all = text.split('\n');
  const at = random.below(all.length);
  const kind = random.below(4);
  if (kind === 0) all.splice(at, 1 + random.below(4));
  else if (kind === 1) all.splice(at, 0, ...all.slice(at, at + 1 + random.below(4)));
  else if (kind === 2) all.splice(at, 0, random.pick((random.pick(others) ?? text).split('\n')) ?? '');
  else all.splice(random.below(all.length), 0, ...all.splice(at, 1 + random.below(6)));
  return all.join('\n');
};

const CONDITIONS = [
  '#if 0',
  '#if 1',
  '#if DBG',
  '#ifdef NDIS630_MINIPORT',
  '#ifndef X',
  '#if defined(A) && !defined(B)',
  '#if NDIS_SUPPORT_NDIS650',
  '#if (A > 3) || B',
  '#if',
  '#ifdef',
];

const directives: Mutation = (text, { random }) => {
  const all = text.split('\n');
  const at = random.below(all.length);
  const kind = random.below(5);
  if (kind === 0) {
    const marks = all.flatMap((line, index) => (/^\s*#\s*(?:if|el|end)/.test(line) ? [index] : []));
    const gone = random.pick(marks);
    if (gone !== undefined) all.splice(gone, 1);
  } else if (kind === 1) {
    all.splice(at, 0, random.pick([...CONDITIONS, '#else', '#elif X', '#endif', '#error x']) ?? '');
  } else {
    const length = 1 + random.below(kind === 2 ? 40 : 6);
    const inside = all.slice(at, at + length);
    const other = kind === 3 ? ['#else', ...inside] : kind === 4 ? ['#elif defined(Y)'] : [];
    all.splice(at, length, random.pick(CONDITIONS) ?? '#if 1', ...inside, ...other, '#endif');
  }
  return all.join('\n');
};

const defines: Mutation = (text, { random }) => {
  const own = [...text.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)(.*)$/gm)];
  const one = random.pick(own);
  const values = [
    '',
    ' 0',
    ' 1',
    ' 6',
    ' 0x7fffffff',
    ' (-1)',
    ' NULL',
    ' sizeof(int)',
    ' DbgPrint',
    ' {',
    ' }',
  ];
  if (one && !random.once(3)) {
    const from = one.index;
    const kind = random.below(3);
    if (kind === 0) return splice(text, from, from + one[0].length, '');
    const line =
      kind === 1
        ? `#undef ${one[1] ?? ''}`
        : `#define ${one[1] ?? ''}${random.pick([...values, one[1] ?? '']) ?? ''}`;
    return splice(text, from, from + one[0].length, line);
  }
  // A name of the text gets a value, and another meaning from here on.
  const word = random.pick(text.match(/\b[A-Za-z_]\w{2,}\b/g) ?? ['X']) ?? 'X';
  return insert(text, `#define ${word}${random.pick(values) ?? ''}\n`, random);
};

const MACROS = [
  '#define TRY(x) do { status = (x); if (status != 0) goto Exit; } while (0)\n',
  '#define CHECK(s) if (!NT_SUCCESS(s)) return (s)\n',
  '#define SET(t, m, v) (t).m = (v)\n',
  '#define SELF SELF + 1\n',
  '#define A1(x) A2(x)\n#define A2(x) A1(x)\n',
  '#define CAT(a, b) a##b\n#define STR(a) #a\n',
  '#define VA(...) Undo(__VA_ARGS__)\n',
  '#define OPEN {\n#define CLOSE }\n',
  '#define LONG(x) \\\n    { \\\n        x; \\\n    }\n',
];

const macros: Mutation = (text, tools) => {
  const { random } = tools;
  if (random.once(2)) return insert(text, random.pick(MACROS) ?? '', random);
  const piece = random.pick(piecesOf(text, STATEMENTS, tools));
  if (!piece) return text;
  const inner = text.slice(piece.start, piece.end).replace(/;\s*$/, '');
  const name = random.pick(['TRY', 'CHECK', 'VA', 'LONG', 'A1', 'UNKNOWN', 'ASSERT']) ?? 'TRY';
  return splice(text, piece.start, piece.end, `${name}(${inner});`);
};

const BLOCKS: readonly (readonly [string, string])[] = [
  ['__try {\n', '\n} __finally {\n    if (AbnormalTermination()) { return; }\n}\n'],
  ['__try {\n', '\n    __leave;\n} __except (EXCEPTION_EXECUTE_HANDLER) {\n    status = 1;\n}\n'],
  ['do {\n', '\n    if (status != 0) break;\n} while (FALSE);\n'],
  ['for (;;) {\n', '\n    continue;\n}\n'],
  ['while (status) {\n', '\n}\n'],
  ['switch (status) {\ncase 0:\n', '\n    break;\ndefault:\n    return status;\n}\n'],
  ['if (status == 0) {\n', '\n} else {\n    goto Exit;\n}\n'],
  ['if (a && (b || !c)) ', ' else return 0;\n'],
  ['{\n', '\n}\n'],
  ['Exit:\n', '\n    goto Exit;\n'],
  ['return ', ' ? 1 : 0;\n'],
  ['(void)(', ', 0);\n'],
];

const wrap: Mutation = (text, tools) => {
  const { random } = tools;
  const block = random.pick(BLOCKS);
  const piece = random.pick(piecesOf(text, STATEMENTS, tools));
  if (!block || !piece) return text;
  return splice(text, piece.start, piece.end, block[0] + text.slice(piece.start, piece.end) + block[1]);
};

const STRAY = [
  'goto Exit;\n',
  'Exit:\n',
  'Exit: ;\n',
  'return;\n',
  'return STATUS_PENDING;\n',
  'break;\n',
  'continue;\n',
  'case 1:\n',
  'default:\n',
  '__leave;\n',
  'status = -1;\n',
  'if (x)\n',
  'else\n',
  'do\n',
  '(*callback)(&chars, handle);\n',
  '// driverentry-ignore handle-not-kept: fuzz\n',
  '// driverentry-ignore handle-not-kept, no-such-rule, never-deregistered\n',
  '#include "driver.h"\n',
  '#pragma alloc_text(INIT, DriverEntry)\n',
  '#pragma code_seg("INIT")\n',
  'typedef struct _T { int a; union { int b; }; } T, *PT;\n',
  'int f(a, b) int a; char b; { return a; }\n',
];

const stray: Mutation = (text, { random }) => insert(text, random.pick(STRAY) ?? '', random);

const CPLUSPLUS = [
  'extern "C" {\n',
  'namespace n { class C : public B { public: C() : x(0) {} virtual ~C() = default; int x; };\n}\n',
  'template <typename T> T max(T a, T b) { return a < b ? b : a; }\n',
  'auto f = [&](int x) -> int { return x; };\n',
  'static_cast<PVOID>(handle);\n',
  'for (auto& x : list) { x = nullptr; }\n',
  'using X = int;\n',
  'int& r = status;\n',
  'if constexpr (true) { }\n',
  'auto s = R"x( { " )x";\n',
  'C::C() try : x(1) { } catch (...) { }\n',
  'operator new(1);\n',
  'enum class E : int { A, B };\n',
];

const cplusplus: Mutation = (text, { random }) => insert(text, random.pick(CPLUSPLUS) ?? '', random);

const nesting: Mutation = (text, { random }) => {
  const depth = random.pick([20, 60, 250, 1200]) ?? 20;
  const [open, close] = random.pick([
    ['{', '}'],
    ['(', ')'],
    ['if (x) {', '}'],
    ['x ? (', ') : 0'],
    ['do {', '} while (0);'],
    ['#if X\n', '\n#endif'],
    ['#ifdef Y\n', '\n#else\n#endif'],
    ['!', ''],
    ['f(', ')'],
    ['a.', 'b'],
    ['if (x) ; else ', ''],
    ['switch (x) { case 1: ', '}'],
    ['__try {', '} __finally { }'],
    ['x = x + ', 'x;'],
    ['if (a && b) return 1;\n', ''],
  ] as const) ?? ['{', '}'];
  const closes = random.once(3) ? random.below(depth) : depth;
  return insert(text, `\n${open.repeat(depth)} x ${close.repeat(closes)};\n`, random);
};

const bytes: Mutation = (text, { random }) => {
  switch (random.below(8)) {
    case 0: {
      return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n');
    }
    case 1: {
      return text.startsWith('\uFEFF') ? text.slice(1) : `\uFEFF${text}`;
    }
    case 2: {
      return text.replaceAll(/^(?: {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4));
    }
    case 3: {
      return text.trimEnd();
    }
    case 4: {
      const at = random.below(text.length);
      return splice(
        text,
        at,
        at,
        random.pick(['\r', '\f', '\v', '\u2028', '\u0085', '\\\n', '\\\r\n']) ?? '',
      );
    }
    default: {
      const at = random.below(text.length);
      const odd = [
        '\0',
        'ä',
        '漢字',
        '😀',
        '\uD83D',
        '\u202E',
        '\u00A0',
        '\uFFFF',
        '??/',
        '`',
        '@',
        '$',
        '\\u0041',
      ];
      return splice(text, at, at, random.pick(odd) ?? '');
    }
  }
};

const truncate: Mutation = (text, { random }) => {
  const at = random.below(text.length + 1);
  return random.once(2) ? text.slice(0, at) : text.slice(at);
};

/** What an author does more often stands here more often. */
const MUTATIONS: readonly (readonly [number, Mutation])[] = [
  [8, deletePiece(STATEMENTS)],
  [5, duplicatePiece(STATEMENTS)],
  [5, swapPieces(STATEMENTS)],
  [6, borrow(STATEMENTS)],
  [1, deletePiece(FUNCTIONS)],
  [2, duplicatePiece(FUNCTIONS)],
  [2, swapPieces(FUNCTIONS)],
  [3, borrow(FUNCTIONS)],
  [3, deletePiece(EXPRESSIONS)],
  [4, swapPieces(EXPRESSIONS)],
  [4, borrow(EXPRESSIONS)],
  [4, borrowToken],
  [4, damage],
  [4, lines],
  [5, directives],
  [3, defines],
  [3, macros],
  [5, wrap],
  [3, stray],
  [2, cplusplus],
  [1, nesting],
  [2, bytes],
  [1, truncate],
];
const WEIGHTED = MUTATIONS.flatMap(([weight, mutation]) => Array.from({ length: weight }, () => mutation));

/** One edit, or a few at once, as a paste or an undo makes them. */
export function mutate(text: string, tools: MutationTools): string {
  let result = text;
  for (let rest = tools.random.once(6) ? 3 : 1; rest > 0; rest--) {
    result = (tools.random.pick(WEIGHTED) ?? damage)(result, tools);
  }
  return result;
}
