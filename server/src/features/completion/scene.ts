import type { Catalog } from '../../catalog/catalog.ts';
import type { DriverFacts } from '../../driver/driver-facts.ts';
import type { FileFacts } from '../../driver/facts.ts';
import type { Evidence } from '../../driver/table-state.ts';
import type { RuleContext } from '../../rules/rule.ts';
import { LineIndex } from '../../text/line-index.ts';
import type { Cursor } from '../cursor.ts';
import { imaginedCall, type Spot, spotIn } from './imagined.ts';
import { imaginedText } from './imagined-text.ts';
import type { HalfStatement } from './statement.ts';

/** What completion looks at. */
export interface Scene {
  readonly cursor: Cursor;
  readonly catalog: Catalog;
  /** The file as it was analysed last: a few keys behind what the author sees, and good for names. */
  readonly facts: FileFacts;
  /** Its text from then. */
  readonly lastText: string;
  /** Its driver, from then. */
  readonly driver: DriverFacts;
  /** Facts of a text that the file does not have; undefined when they cannot be collected. */
  readonly collect: (text: string) => FileFacts | undefined;
  readonly textOf: (uri: string) => string | undefined;
  /** The character that made the editor ask; undefined when the author asked, or types a word. */
  readonly trigger?: string;
}

/** What is known at a half-written statement. */
export interface Place extends Spot {
  readonly evidence: Evidence;
}

/** The place of a half-written statement, with the tables that the code reaches by these expressions. */
export function placeAt(
  scene: Scene,
  statement: HalfStatement,
  tables: readonly string[],
): Place | undefined {
  const facts = scene.collect(imaginedText(scene.cursor, statement, imaginedCall(tables), tables));
  const spot = facts && spotIn(facts);
  return spot && { ...spot, evidence: evidenceOf(scene, scene.facts) };
}

/** What rules look at, with the file as it was last. */
export function contextOf({ cursor, catalog, facts, driver, textOf }: Scene): RuleContext {
  return { facts, driver, catalog, text: cursor.text, lines: new LineIndex(cursor.text), textOf };
}

/**
 * True when the file still begins as it did when it was looked at last, and the cursor stands behind the place for
 * declarations: then edits at that place go where they should.
 */
export const canDeclare = ({ cursor, facts, lastText }: Scene): boolean =>
  facts.declarationsAt < cursor.word.start &&
  lastText.slice(0, facts.declarationsAt) === cursor.text.slice(0, facts.declarationsAt);

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
