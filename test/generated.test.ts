import assert from 'node:assert/strict';
import { test } from 'node:test';
import { staleFiles } from '../server/tools/generate.ts';

test('generated files are what "npm run generate" writes', () => {
  assert.deepEqual(staleFiles(), []);
});
