import type { Catalog } from '../../catalog/catalog.ts';
import type { DriverFacts } from '../../driver/driver-facts.ts';
import type { FileFacts } from '../../driver/facts.ts';
import type { Evidence } from '../../driver/table-state.ts';
import type { FileEdit, RuleContext } from '../../rules/rule.ts';
import { LineIndex } from '../../text/line-index.ts';
import type { Cursor } from '../cursor.ts';
import { imaginedText, type Spot, spotIn } from './imagined.ts';
import type { HalfStatement } from './statement.ts';

/** What completion looks at. */
export interface Scene {
  readonly cursor: Cursor;
  readonly catalog: Catalog;
  /** The file as it was analysed last: a few keys behind what the author sees, and good for names. */
  readonly facts: FileFacts;
  /** Its driver, from then. */
  readonly driver: DriverFacts;
  /** Facts of a text that the file does not have; undefined when they cannot be collected. */
  readonly collect: (text: string) => FileFacts | undefined;
  readonly textOf: (uri: string) => string | undefined;
  /** The character that made the editor ask; undefined when the author asked, or types a word. */
  readonly trigger?: string;
}

/** The place of a half-written statement, with the text that was read for it. */
export interface Place extends Spot {
  readonly context: RuleContext;
  readonly evidence: Evidence;
  /** Moves edits of the text that was read into the text that the author sees. */
  readonly moved: (edits: readonly FileEdit[]) => FileEdit[];
}

/** What is known at a half-written statement, of tables that the code reaches by these expressions. */
export function placeAt(
  scene: Scene,
  statement: HalfStatement,
  tables: readonly string[],
): Place | undefined {
  const { cursor, catalog, driver, textOf } = scene;
  const text = imaginedText(cursor.text, statement, tables);
  const facts = scene.collect(text);
  const spot = facts && spotIn(facts);
  if (!facts || !spot) return undefined;
  const by = cursor.text.length - text.length;
  const move = (offset: number) => (offset <= statement.start ? offset : offset + by);
  return {
    ...spot,
    context: { facts, driver, catalog, text, lines: new LineIndex(text), textOf },
    evidence: evidenceOf(scene, facts),
    moved: (edits) =>
      edits.map((edit) => ({ ...edit, range: { start: move(edit.range.start), end: move(edit.range.end) } })),
  };
}

/** The same for a place in no statement: the file as it was last. */
export function lastContext({ cursor, catalog, facts, driver, textOf }: Scene): RuleContext {
  return { facts, driver, catalog, text: cursor.text, lines: new LineIndex(cursor.text), textOf };
}

/** Files of the driver, this one with the given facts. */
export const filesOf = ({ driver }: Pick<Scene, 'driver'>, own: FileFacts): FileFacts[] => [
  own,
  ...[...driver.files.values()].filter(({ uri }) => uri !== own.uri),
];

/** Models and calls of the driver. */
export function evidenceOf(scene: Pick<Scene, 'driver'>, own: FileFacts): Evidence {
  const files = filesOf(scene, own);
  return {
    models: new Set(files.flatMap(({ models }) => [...models])),
    calls: files.flatMap(({ calls }) => calls),
  };
}
