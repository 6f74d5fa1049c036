import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RestartBudget } from '../../client/src/restart-budget.ts';

test('a server that crashes again and again is given up', () => {
  const budget = new RestartBudget(3, 1000);
  assert.deepEqual(
    [0, 10, 20].map((now) => budget.allows(now)),
    [true, true, false],
  );
});

test('old crashes do not count', () => {
  const budget = new RestartBudget(3, 1000);
  assert.deepEqual(
    [0, 900, 1800, 2700].map((now) => budget.allows(now)),
    [true, true, true, true],
  );
});

test('a restart by hand starts with a clean record', () => {
  const budget = new RestartBudget(2, 1000);
  assert.ok(budget.allows(0));
  budget.reset();
  assert.ok(budget.allows(1));
  assert.ok(!budget.allows(2));
});
