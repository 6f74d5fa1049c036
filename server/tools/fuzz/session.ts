import type { Catalog } from '../../src/catalog/catalog.ts';
import type { SyntaxParser } from '../../src/syntax/parser.ts';
import { type FuzzDriver, isSource } from './corpus.ts';
import { mutate, type Piece } from './mutations.ts';
import { createRandom } from './random.ts';

/** One thing that happens to a file, with what the file holds then. */
export interface Edit {
  /** `text`: in an open editor. `disk`: beside it; `undefined` deletes. `close`: the disk counts again. */
  readonly kind: 'text' | 'disk' | 'close';
  readonly name: string;
  readonly text?: string | undefined;
  /** Everything is checked behind this edit, else only the file and one more. */
  readonly isFull: boolean;
  /** Seed of what the checks choose; it stays with the edit when others are dropped. */
  readonly roll: number;
}

/** A driver and what happens to it, one after the other. Plain data: a failure is kept as this. */
export interface Session {
  readonly driver: string;
  readonly files: Readonly<Record<string, string>>;
  readonly settings: unknown;
  readonly edits: readonly Edit[];
}

export interface SessionTools {
  readonly corpus: readonly FuzzDriver[];
  readonly catalog: Catalog;
  readonly parser: SyntaxParser;
  /** Everything is checked behind every edit of which this is a divisor. */
  readonly fullEvery: number;
  /** Pieces of texts to take from, by text, once somebody asked for them. */
  readonly known?: Map<string, readonly Piece[]>;
  /** A text that grows beyond this is taken back: it would only make everything slow. */
  readonly mostCharacters: number;
}

/** Makes up a session. The same seed and corpus make the same one. */
export function makeSession(seed: number, count: number, tools: SessionTools): Session {
  const random = createRandom(seed);
  const driver = random.pick(tools.corpus);
  if (!driver) throw new Error('there is no driver to start from');
  const originals = new Map(Object.entries(driver.files).filter(([name]) => isSource(name)));
  const disk = new Map(originals);
  const open = new Map<string, string>();
  const edits: Edit[] = [];
  const others = [...Array.from({ length: 4 }, () => random.pick(tools.corpus)), driver].flatMap((one) =>
    Object.entries(one?.files ?? {}).flatMap(([name, text]) => (isSource(name) ? [text] : [])),
  );

  for (let index = 1; index <= count; index++) {
    const name = random.pick([...originals.keys()]) ?? '';
    const before = open.get(name) ?? disk.get(name) ?? '';
    const common = { name, isFull: index % tools.fullEvery === 0, roll: random.below(2 ** 31) };
    const kind = random.below(40);
    if (kind === 0 && open.has(name)) {
      open.delete(name);
      edits.push({ kind: 'close', ...common });
      continue;
    }
    if (kind === 1 && originals.size > 1) {
      disk.delete(name);
      edits.push({ kind: 'disk', ...common });
      continue;
    }
    // Now and then the author takes everything back.
    const changed = kind <= 3 ? (originals.get(name) ?? '') : mutate(before, { ...tools, random, others });
    const original = originals.get(name) ?? '';
    const isTooLong = changed.length > Math.max(tools.mostCharacters, original.length * 2);
    const text = isTooLong ? original : changed;
    const isOnDisk = kind >= 37;
    (isOnDisk ? disk : open).set(name, text);
    edits.push({ kind: isOnDisk ? 'disk' : 'text', text, ...common });
  }
  const settings = { defines: driver.defines, rules: { 'size-not-versioned': 'hint' } };
  return { driver: driver.name, files: driver.files, settings, edits };
}
