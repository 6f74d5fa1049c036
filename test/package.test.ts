import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problemsOf } from '../scripts/package-checks.mjs';

const WANTED = {
  expected: ['extension/package.json', 'extension/dist/server.js', 'extension/dist/cli.js'],
  folders: ['/home/somebody/driverentry'],
  version: '1.2.3',
};
const GOOD: Readonly<Record<string, string>> = {
  'extension/package.json': '{}',
  'extension/dist/server.js': 'start("1.2.3")',
  'extension/dist/cli.js': 'run("1.2.3")',
};
const check = (change: Readonly<Record<string, string | undefined>>): string[] =>
  problemsOf(
    new Map(
      Object.entries({ ...GOOD, ...change }).flatMap(([name, text]): [string, Buffer][] =>
        text === undefined ? [] : [[name, Buffer.from(text)]],
      ),
    ),
    WANTED,
  );

describe('what is checked of a packed extension', () => {
  test('a good one has no problem', () => {
    assert.deepEqual(check({}), []);
  });
  for (const [what, change, message] of [
    ['a file too few', { 'extension/package.json': undefined }, /missing in the package: extension\/package/],
    ['a file too many', { 'extension/.env': 'SECRET=1' }, /not expected in the package: extension\/\.env/],
    ['a source map', { 'extension/dist/cli.js.map': '{}' }, /a source map in the package/],
    [
      'the address of one',
      { 'extension/dist/cli.js': '"1.2.3"\n//# sourceMappingURL=cli.js.map' },
      /cli\.js names a source map/,
    ],
    [
      'a path of this machine',
      { 'extension/package.json': '{"at":"/home/somebody/driverentry/src"}' },
      /package\.json holds a path of this machine/,
    ],
    [
      'another version',
      { 'extension/dist/cli.js': '"1.2.2"' },
      /cli\.js does not hold the version .* 1\.2\.3/,
    ],
  ] as const) {
    test(what, () => {
      const problems = check(change);
      assert.ok(
        problems.some((problem) => message.test(problem)),
        problems.join('\n'),
      );
    });
  }
});
