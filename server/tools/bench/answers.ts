import type { Catalog } from '../../src/catalog/catalog.ts';
import { type Analyzer, LineIndex } from '../../src/index.ts';
import { type Bench, serverAnalyzer } from './bench.ts';
import { mainFile } from './material.ts';
import { quantile, type Ratio, ratioOf } from './measure.ts';
import type { Row } from './rows.ts';

/** What one answer may take once the file is analysed, in milliseconds. */
const ANSWER_MS = 10;

/** A place in the file, with what somebody types there. */
interface Spot {
  readonly at: number;
  readonly typed: string;
}

type Ask = (analyzer: Analyzer, uri: string, spot: Spot, text: string) => unknown;

interface Kind {
  readonly name: string;
  readonly spots: readonly Spot[];
  readonly ask: Ask;
}

/**
 * What an editor asks for, in the largest file. Nothing of a question is known beforehand: the text is another one each
 * time, as it is when somebody types.
 */
export async function answerRows(bench: Bench): Promise<Row[]> {
  const { file } = mainFile(bench.material);
  const analyzer = serverAnalyzer(bench, bench.material.roots);
  analyzer.apply({ kind: 'text', uri: file.uri, text: file.text, version: 0 });
  const diagnosis = await analyzer.diagnose(file.uri);
  const facts = diagnosis?.file.facts;
  if (!facts) throw new Error(`${file.path} says nothing of registrations`);
  const bodies = [...facts.flows.values()].flatMap(({ fact }) => (fact.body ? [fact.body.end - 1] : []));
  const calls = facts.calls.map(({ nameRange }) => nameRange);
  const kinds: Kind[] = [
    { name: 'completion, a member', spots: memberSpots(bodies, bench.catalog), ask: complete('.') },
    {
      name: 'completion, a word in any function',
      spots: bodies.map((at) => ({ at, typed: '\n  c' })),
      ask: complete(),
    },
    {
      name: 'completion, nothing to say',
      spots: bodies.map((at) => ({ at, typed: '\n  PDEVICE_OBJECT Other;\n  Other->' })),
      ask: complete('>'),
    },
    {
      name: 'signature help',
      spots: calls.map(({ end }) => ({ at: end + 1, typed: '' })),
      ask: (core, uri, { at }) => core.signatureHelp(uri, at),
    },
    {
      name: 'hover',
      spots: calls.map(({ start }) => ({ at: start + 1, typed: '' })),
      ask: (core, uri, { at }) => core.hover(uri, at),
    },
    {
      name: 'code action',
      spots: calls.map(({ start }) => ({ at: start, typed: '' })),
      ask: (core, uri, { at }) => core.actions(uri, { start: at, end: at }),
    },
  ];
  const rows: Row[] = [];
  for (const kind of kinds) {
    if (kind.spots.length > 0) rows.push(...(await rowsOf(bench, analyzer, file.uri, file.text, kind)));
  }
  analyzer.dispose();
  const lines = new LineIndex(file.text).positionAt(file.text.length).line + 1;
  return rows.map((row) => ({
    ...row,
    note: `answers are asked of a file of ${lines} lines that is analysed`,
  }));
}

/** The author typed something, the editor asks at once; findings come later. */
const complete =
  (trigger?: string): Ask =>
  (analyzer, uri, { at, typed }, text) => {
    const written = text.slice(0, at) + typed + text.slice(at);
    analyzer.apply({ kind: 'text', uri, text: written, version: 1 });
    return analyzer.complete(uri, at + typed.length, trigger);
  };

/** A table in every function, of which nothing but the name is written yet. */
function memberSpots(bodies: readonly number[], { structures }: Catalog): Spot[] {
  const structure = [...structures.values()].find(({ objectHeader }) => objectHeader)?.name ?? '';
  return bodies.map((at) => ({ at, typed: `\n    ${structure} Table = {0};\n    Table.` }));
}

async function rowsOf(
  bench: Bench,
  analyzer: Analyzer,
  uri: string,
  text: string,
  kind: Kind,
): Promise<Row[]> {
  const most = bench.quick ? 3 : 20;
  const step = Math.max(1, Math.floor(kind.spots.length / most));
  const spots = kind.spots.filter((_, index) => index % step === 0).slice(0, most);
  const rounds: number[][] = [];
  for (let round = bench.quick ? 0 : -1; round < (bench.quick ? 1 : 5); round++) {
    const times: number[] = [];
    for (const spot of spots) {
      bench.progress(`answers: ${kind.name}`);
      // As it is after a pause: analysed, and nobody has asked for anything yet.
      analyzer.apply({ kind: 'text', uri, text, version: 0 });
      await analyzer.diagnose(uri);
      const started = performance.now();
      await kind.ask(analyzer, uri, spot, text);
      times.push(performance.now() - started);
    }
    if (round >= 0) rounds.push(times);
  }
  const against = (share: number): Ratio => {
    const own = rounds.map((times) => quantile(times, share));
    return ratioOf(
      own,
      own.map(() => ANSWER_MS),
    );
  };
  const row = (name: string, share: number): Row => ({
    section: 'answers',
    name: `${kind.name}, ${name}`,
    against: `${ANSWER_MS} ms`,
    ratio: against(share),
    budget: 1,
  });
  return [row('p50', 0.5), row('p95', 0.95)];
}
