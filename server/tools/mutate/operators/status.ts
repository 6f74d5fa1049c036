import { childrenOf, descendants, strip } from '../../../src/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/syntax/parser.ts';
import type { TextEdit } from '../../../src/text/edit.ts';
import type { CallSite, Driver } from '../model/driver.ts';
import { holderOf, isSuccess, statusTest, type StatusTest } from '../model/status.ts';
import { before, isInList, mutant, type Operator, replaced, textOf, without } from '../mutant.ts';

/** Leaves a function, a block or a loop. */
const EXITS = new Set(['return_statement', 'goto_statement', 'break_statement', 'seh_leave_statement']);

const tests = (driver: Driver): { call: CallSite; test: StatusTest }[] =>
  driver.results.flatMap((call) => {
    const test = statusTest(call, driver.catalog);
    return test ? [{ call, test }] : [];
  });

/** Without an exit or a way of success the result is returned all the same. */
const decides = ({ failure, success }: StatusTest): boolean =>
  success !== undefined || (failure !== undefined && !descendants(failure, EXITS).next().done);

/** Tests that decide where the function goes on. */
const decisive = (driver: Driver) => tests(driver).filter(({ test }) => decides(test));

const where = ({ entry, fn }: CallSite): string => `${entry.name} in ${fn.name}`;

const nodesOf = (root: SyntaxNode | undefined, type: string): SyntaxNode[] =>
  root ? [...descendants(root, new Set([type]))] : [];

const dropStatusTest: Operator = {
  name: 'drop-status-test',
  summary: 'The result of a registration is not tested: only the way of success is left.',
  *mutants(driver) {
    for (const { call, test } of decisive(driver)) {
      // With the call in the condition the call would go, too.
      if (test.variable === undefined || nodesOf(test.failure, 'labeled_statement').length > 0) continue;
      const edit: TextEdit = test.success
        ? replaced(test.node, textOf(call.unit, test.success))
        : without(call.unit, test.node);
      yield mutant(call.unit, test.node, where(call), [edit]);
    }
  },
};

const invertStatusTest: Operator = {
  name: 'invert-status-test',
  summary: 'The test of the result means the opposite.',
  *mutants(driver) {
    for (const { call, test } of decisive(driver)) {
      const inner = strip(test.condition);
      const operator = inner.childForFieldName('operator');
      const at = inner.startIndex;
      let edit: TextEdit;
      if (operator?.type === '!=') edit = replaced(operator, '==');
      else if (operator?.type === '==') edit = replaced(operator, '!=');
      else if (operator?.type === '!') edit = { range: { start: at, end: at + 1 }, newText: '' };
      else edit = { range: { start: at, end: at }, newText: '!' };
      yield mutant(call.unit, test.node, where(call), [edit]);
    }
  },
};

const dropStatusCapture: Operator = {
  name: 'drop-status-capture',
  summary: 'The result of a registration is not kept.',
  *mutants(driver) {
    for (const call of driver.results) {
      const holder = holderOf(call.node);
      if (holder?.type !== 'assignment_expression' || holder.parent?.type !== 'expression_statement')
        continue;
      yield mutant(call.unit, call.node, where(call), [replaced(holder, textOf(call.unit, call.node))]);
    }
  },
};

const successOnFailure: Operator = {
  name: 'success-on-failure',
  summary: 'A registration fails and the function reports success.',
  *mutants(driver) {
    for (const { call, test } of tests(driver)) {
      const { success } = call.entry.returns;
      if (success === undefined || !test.failure) continue;
      for (const exit of descendants(test.failure, EXITS)) {
        const value = childrenOf(exit)[0];
        if (exit.type === 'return_statement') {
          if (!value || isSuccess(value, driver.catalog)) continue;
          yield mutant(call.unit, exit, where(call), [replaced(value, success)]);
        } else if (test.variable !== undefined && isInList(exit) && returns(call, test.variable)) {
          const edit = before(call.unit, exit, [`${test.variable} = ${success};`]);
          yield mutant(call.unit, exit, where(call), [edit]);
        }
      }
    }
  },
};

const returns = (call: CallSite, variable: string): boolean =>
  nodesOf(call.fn.body, 'return_statement').some((node) => childrenOf(node)[0]?.text === variable);

/** A failure status that the call never returns. */
function strangeStatus(call: CallSite, driver: Driver): string | undefined {
  const documented = new Set((call.entry.returns.codes ?? []).map(({ status }) => status));
  return [...driver.catalog.statuses.values()].find(
    ({ name, ntSuccess }) => !ntSuccess && !documented.has(name) && name.startsWith('STATUS_'),
  )?.name;
}

const replaceStatus: Operator = {
  name: 'replace-status',
  summary: 'The failure of a registration is replaced by a constant.',
  *mutants(driver) {
    for (const { call, test } of tests(driver)) {
      const strange = strangeStatus(call, driver);
      for (const exit of nodesOf(test.failure, 'return_statement')) {
        const value = childrenOf(exit)[0];
        if (!value || !strange || value.text !== test.variable) continue;
        yield mutant(call.unit, exit, `${strange} for ${where(call)}`, [replaced(value, strange)]);
      }
    }
  },
};

const returnPending: Operator = {
  name: 'return-pending',
  summary: 'The entry point returns that it is not done yet.',
  *mutants(driver) {
    const pending = [...driver.catalog.statuses.values()]
      .filter(({ value }) => Number(value) === 0x103)
      .toSorted((a, b) => a.name.length - b.name.length)[0];
    for (const name of driver.catalog.entryPoints.keys()) {
      const fn = driver.functions.get(name);
      const values = nodesOf(fn?.body, 'return_statement').flatMap((node) => childrenOf(node)[0] ?? []);
      const value = values.find((one) => isSuccess(one, driver.catalog)) ?? values.at(-1);
      if (!fn || !value || !pending || nodesOf(value, 'call_expression').length > 0) continue;
      yield mutant(fn.unit, value, name, [replaced(value, pending.name)]);
    }
  },
};

const wrongSuccessMacro: Operator = {
  name: 'wrong-success-macro',
  summary: 'A result that needs an exact comparison is tested with the success macro.',
  *mutants(driver) {
    const [macro] = driver.catalog.idioms.successMacros;
    for (const call of driver.calls) {
      const test = call.entry.returns.test === 'exact' ? statusTest(call, driver.catalog) : undefined;
      if (!test?.variable || macro === undefined) continue;
      const text = `${test.says === 'failure' ? '!' : ''}${macro}(${test.variable})`;
      yield mutant(call.unit, test.node, where(call), [replaced(strip(test.condition), text)]);
    }
  },
};

interface Label {
  readonly name: string;
  readonly at: number;
}

const labelsOf = (call: CallSite): Label[] =>
  nodesOf(call.fn.body, 'labeled_statement').flatMap((node) => {
    const name = node.childForFieldName('label')?.text;
    return name === undefined ? [] : [{ name, at: node.startIndex }];
  });

/** Jumps to cleanup that undoes something, behind the registration that it undoes. */
function* cleanupJumps(driver: Driver): Generator<{ jump: SyntaxNode; undo: CallSite; labels: Label[] }> {
  const seen = new Set<SyntaxNode>();
  for (const undo of driver.undos) {
    const labels = labelsOf(undo);
    for (const jump of nodesOf(undo.fn.body, 'goto_statement')) {
      const label = labels.find(({ name }) => name === jump.childForFieldName('label')?.text);
      if (!label || label.at > undo.node.startIndex || jump.startIndex > label.at) continue;
      const earlier = driver.registrations.some((call) => {
        const own = statusTest(call, driver.catalog)?.failure;
        const isOwn = own && own.startIndex <= jump.startIndex && jump.endIndex <= own.endIndex;
        return (
          call.fn === undo.fn &&
          call.node.endIndex < jump.startIndex &&
          !isOwn &&
          call.entry.registration?.undo?.call === undo.entry.name
        );
      });
      if (!earlier || seen.has(jump)) continue;
      seen.add(jump);
      yield { jump, undo, labels };
    }
  }
}

const wrongLabel: Operator = {
  name: 'wrong-label',
  summary: 'A jump to the cleanup goes too far and misses an undo.',
  *mutants(driver) {
    for (const { jump, undo, labels } of cleanupJumps(driver)) {
      const further = labels.find(({ at }) => at > undo.node.startIndex);
      const name = jump.childForFieldName('label');
      if (!further || !name) continue;
      yield mutant(undo.unit, jump, `${further.name} for ${name.text}`, [replaced(name, further.name)]);
    }
  },
};

const returnPastCleanup: Operator = {
  name: 'return-past-cleanup',
  summary: 'A failure after the registration returns at once instead of jumping to the cleanup.',
  *mutants(driver) {
    for (const { jump, undo } of cleanupJumps(driver)) {
      const value = returnedVariable(undo.fn.body);
      if (value === undefined) continue;
      yield mutant(undo.unit, jump, textOf(undo.unit, jump), [replaced(jump, `return ${value};`)]);
    }
  },
};

const returnedVariable = (body: SyntaxNode): string | undefined =>
  nodesOf(body, 'return_statement')
    .map((node) => childrenOf(node)[0])
    .findLast((value) => value?.type === 'identifier' && /^[a-z]/.test(value.text))?.text;

export const STATUS: readonly Operator[] = [
  dropStatusTest,
  invertStatusTest,
  dropStatusCapture,
  successOnFailure,
  replaceStatus,
  returnPending,
  returnPastCleanup,
  wrongLabel,
  wrongSuccessMacro,
];
