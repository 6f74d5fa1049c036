import type { CallEntry } from '../../../src/catalog/entry.ts';
import { childrenOf, strip } from '../../../src/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/syntax/parser.ts';
import type { CallSite, Driver } from '../model/driver.ts';
import { registrationsOf, undoPlace } from '../model/roles.ts';
import { after, before, isInList, mutant, type Operator, replaced, textOf, without } from '../mutant.ts';
import { handleNames } from './handles.ts';

/** Undo calls that stand as statements of their own. */
const undoStatements = (driver: Driver): CallSite[] =>
  driver.undos.filter(({ statement }) => statement.type === 'expression_statement');

const where = ({ entry, fn }: CallSite): string => `${entry.name} in ${fn.name}`;

const dropUndoOnPath: Operator = {
  name: 'drop-undo-on-path',
  summary: 'A path that fails after the registration does not undo it.',
  *mutants(driver) {
    for (const undo of undoStatements(driver)) {
      if (undoPlace(undo, driver) !== 'setup') continue;
      yield mutant(undo.unit, undo.node, where(undo), [without(undo.unit, undo.statement)]);
    }
  },
};

const dropUndoInUnload: Operator = {
  name: 'drop-undo-in-unload',
  summary: 'The unload routine or halt handler does not undo the registration.',
  *mutants(driver) {
    for (const undo of undoStatements(driver)) {
      if (undoPlace(undo, driver) !== 'teardown') continue;
      yield mutant(undo.unit, undo.node, where(undo), [without(undo.unit, undo.statement)]);
    }
  },
};

const wrongHandle: Operator = {
  name: 'wrong-handle',
  summary: 'An undo or associate call gets another handle of the driver.',
  *mutants(driver) {
    for (const call of driver.calls) {
      if (call.entry.purpose !== 'undo' && call.entry.purpose !== 'associate') continue;
      for (const [index, parameter] of call.entry.parameters.entries()) {
        const argument = call.arguments[index];
        if (parameter.role !== 'handle' || argument === undefined) continue;
        const node = strip(argument);
        const field = node.type === 'field_expression' ? node.childForFieldName('field') : node;
        if (!field) continue;
        const parameters = [...call.fn.variables.values()].filter(
          ({ storage, type }) => storage === 'parameter' && type === parameter.type,
        );
        const names = handleNames(driver, call, node.type === 'field_expression');
        const others =
          node.type === 'field_expression' ? names : [...names, ...parameters.map(({ name }) => name)];
        const other = others.find((name) => name !== field.text);
        if (other === undefined) continue;
        yield mutant(call.unit, node, `${other} for ${field.text} in ${call.entry.name}`, [
          replaced(field, other),
        ]);
      }
    }
  },
};

const wrongUndo: Operator = {
  name: 'wrong-undo',
  summary: 'The undo call of another family.',
  *mutants(driver) {
    for (const undo of undoStatements(driver)) {
      const shape = shapeOf(undo.entry);
      const other = [...driver.catalog.calls.values()].find(
        (entry) => entry.purpose === 'undo' && entry !== undo.entry && shapeOf(entry) === shape,
      );
      const callee = undo.node.childForFieldName('function');
      if (other && callee) {
        yield mutant(undo.unit, undo.node, `${other.name} for ${undo.entry.name} in ${undo.fn.name}`, [
          replaced(callee, other.name),
        ]);
      }
    }
  },
};

const shapeOf = ({ returns, parameters }: CallEntry): string =>
  [returns.type, ...parameters.map(({ type }) => type)].join(' ');

const doubleUndo: Operator = {
  name: 'double-undo',
  summary: 'The unload routine undoes the registration twice.',
  *mutants(driver) {
    for (const undo of undoStatements(driver)) {
      if (undoPlace(undo, driver) !== 'teardown' || !isInList(undo.statement)) continue;
      yield mutant(undo.unit, undo.node, where(undo), [
        after(undo.unit, undo.statement, [textOf(undo.unit, undo.statement)]),
      ]);
    }
  },
};

/** Handlers in which authors take things back, though not what the driver registered. */
const TEMPTING = /_(?:DETACH|UNBIND|HALT|PAUSE|CLOSE|REMOVE)/;

const undoInHandler: Operator = {
  name: 'undo-in-handler',
  summary: 'A handler undoes what may only be undone elsewhere.',
  *mutants(driver) {
    const seen = new Set<string>();
    for (const undo of undoStatements(driver)) {
      const allowed = undo.entry.context?.roles;
      if (!allowed || registrationsOf(undo, driver).length === 0) continue;
      // A handle in a context is not at hand in another function.
      if (!undo.arguments.every((argument) => driver.globals.has(strip(argument).text))) continue;
      for (const fn of driver.functions.values()) {
        const roles = [...(driver.roles.get(fn.name) ?? [])];
        if (!roles.some((role) => TEMPTING.test(role)) || roles.some((role) => allowed.includes(role)))
          continue;
        if (!isVisible(undo, fn.unit, driver)) continue;
        const first = firstStatement(fn.body);
        const key = `${fn.name} ${undo.entry.name}`;
        if (!first || seen.has(key)) continue;
        seen.add(key);
        yield mutant(fn.unit, first, `${undo.entry.name} in ${fn.name}`, [
          before(fn.unit, first, [textOf(undo.unit, undo.statement)]),
        ]);
      }
    }
  },
};

/** A static variable of another file cannot be named. */
const isVisible = (undo: CallSite, unit: CallSite['unit'], driver: Driver): boolean =>
  undo.unit === unit ||
  undo.arguments.every((argument) => driver.globals.get(strip(argument).text)?.storage !== 'static');

const firstStatement = (body: SyntaxNode): SyntaxNode | undefined =>
  childrenOf(body).find(({ type }) => type !== 'declaration');

export const UNDO: readonly Operator[] = [
  dropUndoOnPath,
  dropUndoInUnload,
  wrongHandle,
  wrongUndo,
  undoInHandler,
  doubleUndo,
];
