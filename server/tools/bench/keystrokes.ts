import type { Analyzer, Diagnosis } from '../../src/index.ts';
import { openSource, type SourceFile } from '../../src/syntax/source-file.ts';
import { type Bench, serverAnalyzer } from './bench.ts';
import { mainFile, type Material, type Source } from './material.ts';
import { quantile, type Ratio, ratioOf } from './measure.ts';
import type { Row } from './rows.ts';

/** What an edit may take on top of the parse, and what one picture of a screen takes, in milliseconds. */
const ON_TOP_MS = 5;
const FRAME_MS = 16;

const KINDS = [
  'a character typed',
  'a character deleted',
  'a block pasted',
  'an undo',
  'a header',
  'a define',
] as const;
type Kind = (typeof KINDS)[number];

/** A new text of the file, or of the header that it includes. */
export interface Edit {
  readonly kind: Kind;
  readonly inHeader: boolean;
  readonly text: string;
}

/** What one edit took. */
interface Cost {
  readonly kind: Kind;
  readonly findings: number;
  readonly parse: number;
  readonly read: number;
  readonly followed: number;
}

const TYPED = ' Trace("x");';
const DELETED = 5;
const BLOCK = `
    if (Count > 1) {
        for (Count = 0; Count < 8; Count++) {
            Table[Count] = NULL;
        }
        Count = 0;
    }`;

/** What an author does in functions all over a file; afterwards everything is as it was. */
export function* edits(text: string, header: string | undefined, places: readonly number[]): Generator<Edit> {
  for (const [index, at] of places.entries()) {
    const put = (inserted: string) => text.slice(0, at) + inserted + text.slice(at);
    for (let end = 1; end <= TYPED.length; end++) {
      yield { kind: 'a character typed', inHeader: false, text: put(TYPED.slice(0, end)) };
    }
    for (let end = TYPED.length - 1; end >= TYPED.length - DELETED; end--) {
      yield { kind: 'a character deleted', inHeader: false, text: put(TYPED.slice(0, end)) };
    }
    yield { kind: 'an undo', inHeader: false, text };
    yield { kind: 'a block pasted', inHeader: false, text: put(BLOCK) };
    yield { kind: 'an undo', inHeader: false, text };
    if (index % 3 !== 0) continue;
    yield { kind: 'a define', inHeader: false, text: `#define BENCH_LEVEL 1\n${text}` };
    yield { kind: 'a define', inHeader: false, text: `#define BENCH_LEVEL 2\n${text}` };
    yield { kind: 'an undo', inHeader: false, text };
    if (header === undefined) continue;
    yield { kind: 'a header', inHeader: true, text: `${header}\n#define BENCH_LIMIT 1\n` };
    yield { kind: 'a header', inHeader: true, text: header };
  }
}

/** An editor with one file open, and the header beside it. */
export class Session {
  readonly analyzer: Analyzer;
  readonly functions: number;
  readonly #bench: Bench;
  readonly #file: Source;
  readonly #header: Source | undefined;
  readonly #places: readonly number[];
  readonly #sources = new Map<string, SourceFile>();
  #before: Diagnosis | undefined;
  #version = 1;

  private constructor(bench: Bench, material: Material, analyzer: Analyzer, first: Diagnosis | undefined) {
    const { file, header } = mainFile(material);
    this.analyzer = analyzer;
    this.#bench = bench;
    this.#file = file;
    this.#header = header;
    this.#before = first;
    const flows = [...(first?.file.facts?.flows.values() ?? [])];
    this.functions = flows.length;
    this.#places = flows.flatMap(({ fact }) => (fact.body ? [fact.body.start + 1] : []));
    if (this.#places.length === 0) throw new Error(`${file.path} defines no function that is looked at`);
  }

  static async open(bench: Bench, material: Material): Promise<Session> {
    const { file, header } = mainFile(material);
    const analyzer = serverAnalyzer(bench, material.roots);
    for (const { uri, text } of header ? [header, file] : [file]) {
      analyzer.apply({ kind: 'text', uri, text, version: 0 });
    }
    return new Session(bench, material, analyzer, await analyzer.diagnose(file.uri));
  }

  /** Functions of the driver that are known. */
  get functionsOfDriver(): number {
    return this.#before?.driver?.lifecycle.table.functions.size ?? this.functions;
  }

  /** Edits at so many places, spread over the file. */
  edits(count: number): Generator<Edit> {
    const places = Array.from(
      { length: count },
      (_, index) => this.#places[Math.floor((index * this.#places.length) / count)] ?? 0,
    );
    return edits(this.#file.text, this.#header?.text, places);
  }

  /** Makes one edit and waits for the findings. */
  async apply({ inHeader, text }: Edit): Promise<Diagnosis | undefined> {
    const uri = (inHeader ? this.#header : this.#file)?.uri ?? '';
    this.analyzer.apply({ kind: 'text', uri, text, version: this.#version++ });
    return this.analyzer.diagnose(this.#file.uri);
  }

  /** The same, and what it took. */
  async measure(edit: Edit): Promise<Cost> {
    const parse = this.#parseTime(edit);
    const started = performance.now();
    const after = await this.apply(edit);
    const findings = performance.now() - started;
    const earlier = this.#before?.file.facts?.flows;
    const read = [...(after?.file.facts?.flows ?? [])].filter(
      ([name, { graph }]) => earlier?.get(name)?.graph !== graph,
    ).length;
    this.#before = after;
    return { kind: edit.kind, findings, parse, read, followed: after?.driver?.lifecycle.memo?.followed ?? 0 };
  }

  /** The parser alone: from the tree before to the tree after the edit, both of masked text. */
  #parseTime({ inHeader, text }: Edit): number {
    const source = (inHeader ? this.#header : this.#file) ?? this.#file;
    const { parser, catalog } = this.#bench;
    const open = (content: string, previous?: SourceFile) =>
      openSource(
        parser,
        {
          uri: source.uri,
          text: content,
          language: /\.(?:cpp|cxx|cc|hpp)$/i.test(source.path) ? 'cpp' : 'c',
          defines: new Map(),
          words: catalog.words,
        },
        previous,
      );
    const before = this.#sources.get(source.uri) ?? open(source.text);
    const after = open(text, before);
    const started = performance.now();
    const tree = parser.parse(after.masked, before.tree);
    const time = performance.now() - started;
    tree.delete();
    before.dispose();
    this.#sources.set(source.uri, after);
    return time;
  }

  dispose(): void {
    for (const source of this.#sources.values()) source.dispose();
    this.analyzer.dispose();
  }
}

/** From one edit to the findings, against the parser alone. */
export async function keystrokeRows(bench: Bench): Promise<Row[]> {
  const session = await Session.open(bench, bench.material);
  const count = bench.quick ? 2 : 12;
  const rounds: Cost[][] = [];
  // The first edits find code that was never run before; an author meets it once.
  for (const edit of session.edits(1)) await session.measure(edit);
  for (let round = 0; round < (bench.quick ? 1 : 5); round++) {
    const costs: Cost[] = [];
    for (const edit of session.edits(count)) {
      costs.push(await session.measure(edit));
      bench.progress(`keystrokes: round ${round + 1}, ${costs.length} edits`);
    }
    rounds.push(costs);
  }
  const { functions, functionsOfDriver } = session;
  session.dispose();

  const each = (kinds: readonly Kind[], take: (cost: Cost) => number, share: number) =>
    rounds.map((costs) => quantile(costs.filter(({ kind }) => kinds.includes(kind)).map(take), share));
  const took = (kinds: readonly Kind[], share: number) => each(kinds, ({ findings }) => findings, share);
  const parsed = (kinds: readonly Kind[], share: number) => each(kinds, ({ parse }) => parse, share);
  const constant = (list: readonly number[], value: number): Ratio =>
    ratioOf(
      list,
      list.map(() => value),
    );
  const row = (name: string, against: string, ratio: Ratio, budget?: number): Row => ({
    section: 'keystrokes',
    name,
    against,
    ratio,
    ...(budget === undefined ? {} : { budget }),
  });
  const keys: readonly Kind[] = ['a character typed', 'a character deleted'];
  const present = KINDS.filter((kind) => rounds[0]?.some((cost) => cost.kind === kind));
  const { file } = mainFile(bench.material);
  const again = (take: (cost: Cost) => number, of: number): Ratio => {
    const list = each(keys, take, 0.5);
    return {
      ...ratioOf(
        list,
        list.map(() => of),
      ),
      unit: '',
    };
  };
  return [
    {
      ...row(
        'keystroke to findings, p50',
        `incremental parse + ${ON_TOP_MS} ms`,
        ratioOf(
          took(keys, 0.5),
          parsed(keys, 0.5).map((time) => time + ON_TOP_MS),
        ),
        1,
      ),
      note: `edits are made in a file of ${file.text.split('\n').length} lines, ${functions} functions, in a driver of ${functionsOfDriver} functions`,
    },
    row('keystroke to findings, p95', `one frame of ${FRAME_MS} ms`, constant(took(keys, 0.95), FRAME_MS), 1),
    row('any edit to findings, p50', 'incremental parse', ratioOf(took(KINDS, 0.5), parsed(KINDS, 0.5))),
    row('any edit to findings, p95', 'incremental parse', ratioOf(took(KINDS, 0.95), parsed(KINDS, 0.95))),
    row('any edit to findings, max', 'incremental parse', ratioOf(took(KINDS, 1), parsed(KINDS, 1))),
    ...present.map((kind) =>
      // The parser sees nothing of a directive in a header: its tree stays, and there is no time to compare with.
      kind === 'a header'
        ? row(`${kind}, p50`, `one frame of ${FRAME_MS} ms`, constant(took([kind], 0.5), FRAME_MS))
        : row(`${kind}, p50`, 'incremental parse', ratioOf(took([kind], 0.5), parsed([kind], 0.5))),
    ),
    row(
      'functions read again',
      'functions of the file',
      again(({ read }) => read, functions),
    ),
    row(
      'functions followed again',
      'functions of the driver',
      again(({ followed }) => followed, functionsOfDriver),
    ),
  ];
}
