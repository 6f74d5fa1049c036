import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compactMarkdown, explain, RULES } from '../../server/src/index.ts';
import { testCatalog } from '../support/catalog.ts';

const pagesOf = (name: string): string[] =>
  explain(name, testCatalog(), RULES).map(({ markdown }) => markdown);

test('a compact page keeps the heading, what it is for and the documentation', () => {
  for (const name of ['NdisMRegisterMiniportDriver', 'PauseHandler', 'MINIPORT_PAUSE', 'DRIVER_OBJECT']) {
    for (const page of pagesOf(name)) {
      const compact = compactMarkdown(page);
      assert.equal(compact.split('\n')[0], page.split('\n')[0]);
      assert.match(compact, /\[Documentation\]\(https:/);
      assert.doesNotMatch(compact, /```|^\|/m);
      assert.ok(compact.length < page.length, name);
      assert.ok(compact.split('\n').length <= 16, `${name} has ${compact.split('\n').length} lines`);
    }
  }
});

test('what a table has set is counted, what it lacks is listed', () => {
  const page = [
    '**chars** — `STRUCTURE`',
    '',
    'As it reaches `Call`, line 7:',
    '',
    '- ✓ `A` = a',
    '- ✓ `B` = b',
    '- ✗ `C`: required but not set',
    '',
    '[Documentation](https://x)',
    '',
    '---',
    '',
    '**other**',
    '',
    '**Notes**',
    '',
    '- one',
    '- two',
  ].join('\n');
  assert.equal(
    compactMarkdown(page),
    [
      '**chars** — `STRUCTURE`',
      '',
      'As it reaches `Call`, line 7:',
      '',
      '- ✓ 2 members set',
      '- ✗ `C`: required but not set',
      '',
      '[Documentation](https://x)',
      '',
      '---',
      '',
      '**other**',
    ].join('\n'),
  );
});
