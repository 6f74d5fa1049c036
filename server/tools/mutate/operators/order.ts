import { addressTarget, callArguments, calleeName, descendants, strip } from '../../../src/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/syntax/parser.ts';
import type { TextEdit } from '../../../src/text/edit.ts';
import type { CallSite, Driver, DriverFunction } from '../model/driver.ts';
import { statementOf } from '../model/driver.ts';
import { handlersOf, registrationsOf, runsInTeardown } from '../model/roles.ts';
import { resultVariable, statusTest } from '../model/status.ts';
import { after, before, isInList, mutant, type Operator, replaced, textOf, without } from '../mutant.ts';
import { tableWrites } from './tables.ts';

/** What handlers share; how a driver makes it ready and gives it back is told by the names of the functions. */
const OBJECT = '(?:Lock|List|Event|Mutex|Semaphore|Timer|Lookaside|Rundown|Pool|Resource|Queue|Table)';
const SETUP = new RegExp(`(?:Init(?:ialize)?|Allocate|Create)\\w*${OBJECT}`, 'i');
const RELEASE = new RegExp(`(?:Free|Delete|Destroy|Uninitialize)\\w*${OBJECT}`, 'i');

/** A call that sets up or releases an object, as a statement of its own. */
interface ObjectCall {
  readonly node: SyntaxNode;
  readonly statement: SyntaxNode;
  /** The variable or member it is about. */
  readonly object: string;
}

function objectCalls(fn: DriverFunction, names: RegExp): ObjectCall[] {
  return [...descendants(fn.body, new Set(['call_expression']))].flatMap((node) => {
    const statement = statementOf(node);
    const first = node.childForFieldName('arguments')?.namedChildren[0];
    if (!names.test(calleeName(node) ?? '') || !statement || !first) return [];
    if (statement.type !== 'expression_statement' || node.parent !== statement) return [];
    const target = addressTarget(first) ?? strip(first);
    const object = target.type === 'field_expression' ? target.childForFieldName('field')?.text : target.text;
    const isLocal = fn.variables.get(object ?? '')?.storage === 'automatic';
    return object === undefined || isLocal ? [] : [{ node, statement, object }];
  });
}

/** Some function that runs because of the registration uses the object. */
const isUsed = (object: string, call: CallSite, driver: Driver): boolean =>
  [...handlersOf(call, driver)].some((name) => driver.functions.get(name)?.words.has(object));

/** The statements of one list that hold two nodes. */
function siblings(a: SyntaxNode, b: SyntaxNode): [SyntaxNode, SyntaxNode] | undefined {
  for (let first: SyntaxNode | null = a; first?.parent; first = first.parent) {
    if (!isInList(first)) continue;
    for (let second: SyntaxNode | null = b; second?.parent; second = second.parent) {
      if (second.parent === first.parent) return second === first ? undefined : [first, second];
    }
  }
  return undefined;
}

/** Puts lines directly behind a call; what returns its result keeps it first. */
function behind(call: CallSite, lines: readonly string[]): TextEdit[] | undefined {
  const { statement, unit } = call;
  if (!isInList(statement)) return undefined;
  if (statement.type !== 'return_statement') return [after(unit, statement, lines)];
  const { type } = call.entry.returns;
  return [
    replaced(
      statement,
      ['{', `${type} kept = ${textOf(unit, call.node)};`, ...lines, 'return kept;', '}'].join('\n    '),
    ),
  ];
}

const moveInitialiserAfter: Operator = {
  name: 'move-initialiser-after',
  summary: 'What handlers use is made ready only after a registration that may already call them.',
  *mutants(driver) {
    for (const call of driver.registrations) {
      if (call.entry.registration?.earliestCallback !== 'insideCall') continue;
      for (const setup of objectCalls(call.fn, SETUP)) {
        if (setup.statement.parent !== call.statement.parent) continue;
        if (setup.node.endIndex > call.node.startIndex || !isUsed(setup.object, call, driver)) continue;
        const added = behind(call, [textOf(call.unit, setup.statement)]);
        if (!added) continue;
        yield mutant(call.unit, setup.node, `${setup.object} behind ${call.entry.name}`, [
          without(call.unit, setup.statement),
          ...added,
        ]);
      }
    }
  },
};

const moveAssignmentAfter: Operator = {
  name: 'move-assignment-after',
  summary: 'A member, or a slot of the driver object, is set after the call that reads it.',
  *mutants(driver) {
    const writes = tableWrites(driver).filter(({ form }) => form === 'assignment');
    for (const call of driver.registrations) {
      const structures = driver.tablesOf(call);
      const own = [
        ...writes.filter(({ structure }) => structures.includes(structure)),
        ...(call.entry.registration?.takesOverDriverObject ? driver.objectWrites : []),
      ];
      for (const { fn, slot, statement, unit } of own) {
        if (fn !== call.fn || statement?.parent !== call.statement.parent) continue;
        if (!statement || statement.endIndex > call.node.startIndex) continue;
        const added = behind(call, [textOf(unit, statement)]);
        if (added) yield mutant(unit, statement, slot, [without(unit, statement), ...added]);
      }
    }
  },
};

const freeBeforeUndo: Operator = {
  name: 'free-before-undo',
  summary: 'The unload routine frees what handlers use before it undoes the registration.',
  *mutants(driver) {
    for (const undo of driver.undos) {
      const [call] = registrationsOf(undo, driver);
      if (!runsInTeardown(undo, driver)) continue;
      if (call?.entry.registration?.earliestCallback !== 'insideCall') continue;
      for (const release of objectCalls(undo.fn, RELEASE)) {
        if (release.node.startIndex < undo.node.endIndex || !isUsed(release.object, call, driver)) continue;
        const pair = siblings(undo.statement, release.statement);
        if (!pair) continue;
        yield mutant(undo.unit, release.node, `${release.object} before ${undo.entry.name}`, [
          before(undo.unit, pair[0], [textOf(undo.unit, pair[1])]),
          without(undo.unit, pair[1]),
        ]);
      }
    }
  },
};

const dropAssociate: Operator = {
  name: 'drop-associate',
  summary: 'Two registrations of one driver are never associated.',
  *mutants(driver) {
    for (const { entry, node, statement, unit } of driver.calls) {
      if (entry.purpose !== 'associate' || statement.type !== 'expression_statement') continue;
      yield mutant(unit, node, entry.name, [without(unit, statement)]);
    }
  },
};

const protocolBeforeMiniport: Operator = {
  name: 'protocol-before-miniport',
  summary: 'Of two registrations that are associated, the one that needs the other comes first.',
  *mutants(driver) {
    for (const associate of driver.calls.filter(({ entry }) => entry.purpose === 'associate')) {
      const ordered = associate.entry.parameters.flatMap(({ handleFrom }) =>
        driver.registrations.filter(
          ({ entry, fn }) => fn === associate.fn && handleFrom?.includes(entry.name),
        ),
      );
      const [first, second] = ordered;
      if (!first || !second || first.node.startIndex > second.node.startIndex) continue;
      const [test, last] = [first, second].map((call) => statusTest(call, driver.catalog));
      if (!test?.failure || !last?.failure || resultVariable(first) === undefined) continue;
      const list = first.statement.parent;
      if (![test.node, second.statement, last.node].every((node) => node.parent === list)) continue;
      // Failure paths follow, so that the order is the only mistake.
      const undoOf = (call: CallSite) =>
        driver.undos.filter(({ entry }) => entry.name === call.entry.registration?.undo?.call);
      const superfluous = undoOf(first).filter(({ node }) => contains(last.failure, node));
      const [missing] = undoOf(second);
      const opening = test.failure.startIndex + 1;
      if (!missing || test.failure.type !== 'compound_statement') continue;
      const { unit } = first;
      const moved = [
        unit.text.slice(first.statement.startIndex, opening),
        ` ${textOf(missing.unit, missing.statement)}`,
        unit.text.slice(opening, test.node.endIndex),
      ];
      yield mutant(unit, first.node, `${first.entry.name} behind ${second.entry.name}`, [
        { range: { start: first.statement.startIndex, end: test.node.endIndex }, newText: '' },
        ...superfluous.map(({ statement }) => without(unit, statement)),
        after(unit, last.node, [moved.join('')]),
      ]);
    }
  },
};

const contains = (outer: SyntaxNode | undefined, inner: SyntaxNode): boolean =>
  outer !== undefined && outer.startIndex <= inner.startIndex && inner.endIndex <= outer.endIndex;

/** The registration needs the handle of the other, or is associated with it as the second. */
const needs = (call: CallSite, other: CallSite, driver: Driver): boolean =>
  call.entry.parameters.some(({ handleFrom }) => handleFrom?.includes(other.entry.name)) ||
  driver.calls.some(({ entry: { parameters, purpose } }) => {
    if (purpose !== 'associate') return false;
    const at = (name: string) => parameters.findIndex(({ handleFrom }) => handleFrom?.includes(name));
    return at(other.entry.name) >= 0 && at(other.entry.name) < at(call.entry.name);
  });

const wrongUndoOrder: Operator = {
  name: 'wrong-undo-order',
  summary: 'A registration is undone before another that needs it.',
  *mutants(driver) {
    for (const undo of driver.undos) {
      const [call] = registrationsOf(undo, driver);
      for (const later of driver.undos) {
        const [other] = registrationsOf(later, driver);
        if (!call || !other || later.fn !== undo.fn || later.node.startIndex < undo.node.endIndex) continue;
        const pair = needs(call, other, driver) ? siblings(undo.statement, later.statement) : undefined;
        // Statements behind a label are reached from elsewhere, too.
        if (!pair || pair.some(({ type }) => type === 'labeled_statement')) continue;
        yield mutant(undo.unit, later.node, `${later.entry.name} before ${undo.entry.name}`, [
          before(undo.unit, pair[0], [textOf(undo.unit, pair[1])]),
          without(undo.unit, pair[1]),
        ]);
      }
    }
  },
};

const registerUnderLock: Operator = {
  name: 'register-under-lock',
  summary: 'A registration is made while a spin lock is held.',
  *mutants(driver) {
    const { raising } = driver.catalog.idioms;
    const held = [...driver.functions.values()].flatMap((fn) =>
      [...descendants(fn.body, new Set(['call_expression']))].flatMap((node) => {
        const idiom = raising.find(({ raise }) => raise === calleeName(node));
        const [lock, ...more] = callArguments(node);
        const target = lock && addressTarget(lock);
        if (!idiom || !target || more.length > 0 || !driver.globals.has(target.text)) return [];
        return [{ ...idiom, lock: lock.text, unit: fn.unit }];
      }),
    );
    for (const call of driver.registrations) {
      const idiom = held.find(({ unit }) => unit === call.unit);
      const { statement, unit } = call;
      if (!idiom || statement.type !== 'expression_statement' || !isInList(statement)) continue;
      yield mutant(unit, call.node, call.entry.name, [
        before(unit, statement, [`${idiom.raise}(${idiom.lock});`]),
        after(unit, statement, [`${idiom.lower}(${idiom.lock});`]),
      ]);
    }
  },
};

export const ORDER: readonly Operator[] = [
  moveInitialiserAfter,
  moveAssignmentAfter,
  freeBeforeUndo,
  wrongUndoOrder,
  registerUnderLock,
  dropAssociate,
  protocolBeforeMiniport,
];
