import type { SyntaxNode } from '../../src/syntax/parser.ts';
import { rangeOf } from '../../src/syntax/nodes.ts';
import type { TextEdit } from '../../src/text/edit.ts';
import { linesAfter, linesBefore, removeStatement } from '../../src/text/layout.ts';
import type { Driver, Unit } from './model/driver.ts';

/** One mistake: edits of one file of a driver. */
export interface Mutant {
  readonly unit: Unit;
  readonly edits: readonly TextEdit[];
  /** Where to look, as an offset of the text before the edits. */
  readonly at: number;
  /** What was done, in a few words: `PauseHandler`. */
  readonly what: string;
}

/** A mistake that authors make, and how to make it in a correct driver. */
export interface Operator {
  readonly name: string;
  readonly summary: string;
  readonly mutants: (driver: Driver) => Iterable<Mutant>;
}

/** A mutant of edits around one node. */
export const mutant = (unit: Unit, node: SyntaxNode, what: string, edits: readonly TextEdit[]): Mutant => ({
  unit,
  edits,
  at: node.startIndex,
  what,
});

/** A statement may be taken out of its list; elsewhere (`if (x) statement;`) something must stay. */
const LISTS = new Set(['compound_statement', 'case_statement', 'translation_unit', 'declaration_list']);

/** Takes a statement away, with its line; leaves `;` where a statement must stand. */
export function without(unit: Unit, statement: SyntaxNode): TextEdit {
  const { parent } = statement;
  if (parent !== null && LISTS.has(parent.type)) return removeStatement(unit.text, rangeOf(statement));
  return { range: rangeOf(statement), newText: ';' };
}

/** Puts something in the place of a node; `return(x)` becomes `return y`. */
export function replaced(node: SyntaxNode, newText: string): TextEdit {
  const siblings = node.parent?.children ?? [];
  const before = siblings[siblings.indexOf(node) - 1];
  const joins = before?.endIndex === node.startIndex && /\w$/.test(before.text) && /^\w/.test(newText);
  return { range: rangeOf(node), newText: joins ? ` ${newText}` : newText };
}

export const after = (unit: Unit, statement: SyntaxNode, lines: readonly string[]): TextEdit =>
  linesAfter(unit.text, rangeOf(statement), lines);

export const before = (unit: Unit, statement: SyntaxNode, lines: readonly string[]): TextEdit =>
  linesBefore(unit.text, rangeOf(statement), lines);

/** True when statements may stand behind and before this one. */
export const isInList = (statement: SyntaxNode): boolean =>
  statement.parent !== null && LISTS.has(statement.parent.type);

/** Lines of a statement as they stand, without the indentation of the first. */
export const textOf = (unit: Unit, node: SyntaxNode): string =>
  unit.text.slice(node.startIndex, node.endIndex);
