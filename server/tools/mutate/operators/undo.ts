import type { CallEntry } from '../../../src/catalog/entry.ts';
import { calleeName, childrenOf, descendants, readDeclaration, strip } from '../../../src/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/syntax/parser.ts';
import { type CallSite, type Driver, type DriverFunction, statementOf } from '../model/driver.ts';
import { registrationsOf, runsInTeardown, teardownFunctions, undoPlace } from '../model/roles.ts';
import { after, before, isInList, mutant, type Operator, replaced, textOf, without } from '../mutant.ts';
import { statusTest } from '../model/status.ts';
import { handleNames } from './handles.ts';

/** Undo calls that stand as statements of their own. */
const undoStatements = (driver: Driver): CallSite[] =>
  driver.undos.filter(({ statement }) => statement.type === 'expression_statement');

/** A call of the driver's own function that undoes something, as a statement of its own. */
interface HelperCall {
  readonly fn: DriverFunction;
  readonly name: string;
  readonly statement: SyntaxNode;
}

function* helperCalls(driver: Driver): Generator<HelperCall> {
  const undoing = new Set(driver.undos.map(({ fn }) => fn.name));
  const helpers = [...driver.functions.keys()].filter(
    (name) =>
      !driver.catalog.entryPoints.has(name) && [...driver.closure([name])].some((one) => undoing.has(one)),
  );
  for (const fn of driver.functions.values()) {
    for (const node of descendants(fn.body, new Set(['call_expression']))) {
      const name = calleeName(node);
      const statement = statementOf(node);
      if (name === undefined || !helpers.includes(name) || node.parent !== statement) continue;
      if (statement?.type === 'expression_statement') yield { fn, name, statement };
    }
  }
}

/** Something was registered before, and it is not that registration's own failure. */
const leaks = ({ fn, statement }: HelperCall, driver: Driver): boolean =>
  driver.results.some((call) => {
    const own = statusTest(call, driver.catalog)?.failure;
    const isOwn = own && own.startIndex <= statement.startIndex && statement.endIndex <= own.endIndex;
    return call.fn === fn && call.node.endIndex < statement.startIndex && !isOwn;
  });

const where = ({ entry, fn }: CallSite): string => `${entry.name} in ${fn.name}`;

const dropUndoOnPath: Operator = {
  name: 'drop-undo-on-path',
  summary: 'A path that fails after the registration does not undo it.',
  *mutants(driver) {
    for (const undo of undoStatements(driver)) {
      if (undoPlace(undo, driver) !== 'setup') continue;
      yield mutant(undo.unit, undo.node, where(undo), [without(undo.unit, undo.statement)]);
    }
    const teardown = teardownFunctions(driver);
    for (const call of helperCalls(driver)) {
      if (teardown.has(call.fn.name) || !leaks(call, driver)) continue;
      yield mutant(call.fn.unit, call.statement, `${call.name} in ${call.fn.name}`, [
        without(call.fn.unit, call.statement),
      ]);
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
    const teardown = teardownFunctions(driver);
    for (const { fn, name, statement } of helperCalls(driver)) {
      if (!teardown.has(fn.name)) continue;
      yield mutant(fn.unit, statement, `${name} in ${fn.name}`, [without(fn.unit, statement)]);
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
        const others =
          node.type === 'field_expression'
            ? [...handleNames(driver, call, true), ...membersBeside(field.text, parameter.type, driver)]
            : [...handleNames(driver, call, false), ...parametersOf(call, parameter.type)];
        for (const other of new Set(others)) {
          if (other === field.text) continue;
          yield mutant(call.unit, node, `${other} for ${field.text} in ${call.entry.name}`, [
            replaced(field, other),
          ]);
        }
      }
    }
  },
};

const parametersOf = (call: CallSite, type: string): string[] =>
  [...call.fn.variables.values()]
    .filter((variable) => variable.storage === 'parameter' && variable.type === type)
    .map(({ name }) => name);

/** Members of the same type in the structure that has the member. */
function membersBeside(name: string, type: string, driver: Driver): string[] {
  const found: string[] = [];
  for (const { source } of driver.units) {
    for (const list of descendants(source.root, new Set(['field_declaration_list']))) {
      const fields = childrenOf(list)
        .map((field) => readDeclaration(field))
        .filter(({ typeName }) => typeName === type)
        .flatMap(({ declarators }) => declarators.map((declarator) => declarator.name));
      if (fields.includes(name)) found.push(...fields);
    }
  }
  return found;
}

const wrongUndo: Operator = {
  name: 'wrong-undo',
  summary: 'The undo call of another family.',
  *mutants(driver) {
    for (const undo of undoStatements(driver)) {
      const shape = shapeOf(undo.entry);
      const lifetime = lifetimeOf(undo.entry, driver);
      const candidates = [...driver.catalog.calls.values()].filter(
        (entry) => entry.purpose === 'undo' && entry !== undo.entry && shapeOf(entry) === shape,
      );
      // Families of the same life get mixed up first.
      const other = candidates.find((entry) => lifetimeOf(entry, driver) === lifetime) ?? candidates[0];
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

const lifetimeOf = (undo: CallEntry, driver: Driver): string | undefined =>
  [...driver.catalog.calls.values()].find(({ registration }) => registration?.undo?.call === undo.name)
    ?.registration?.lifetime;

const doubleUndo: Operator = {
  name: 'double-undo',
  summary: 'The unload routine undoes the registration twice.',
  *mutants(driver) {
    for (const undo of undoStatements(driver)) {
      if (!runsInTeardown(undo, driver) || !isInList(undo.statement)) continue;
      yield mutant(undo.unit, undo.node, where(undo), [
        after(undo.unit, undo.statement, [textOf(undo.unit, undo.statement)]),
      ]);
    }
  },
};

/** Handlers in which authors take things back, though not what the driver registered. */
const TEMPTING = /_(?:DETACH|UNBIND|HALT|PAUSE)/;

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
