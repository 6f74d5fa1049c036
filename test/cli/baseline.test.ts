import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type BaselineEntry,
  BaselineError,
  type Coverage,
  formatBaseline,
  matchBaseline,
  parseBaseline,
} from '../../server/src/cli/check/baseline.ts';
import { fingerprintOf, type Identity, identityOf } from '../../server/src/cli/check/identity.ts';
import type { FileReport } from '../../server/src/cli/check/report.ts';
import { type Finding, LineIndex } from '../../server/src/index.ts';

const ONE: Identity = {
  file: 'src/driver.c',
  function: 'DriverEntry',
  rule: 'handle-not-kept',
  line: 'status = Register(&table);',
  message: "the handle of 'Register' is not kept",
};
const entries = (...list: readonly (Partial<BaselineEntry> & { count?: number })[]): BaselineEntry[] =>
  list.map((item) => ({ ...ONE, count: 1, ...item }));
/** A run that looked at every file, all of which are there. */
const ALL: Coverage = { wasChecked: () => true, exists: () => true };

describe('what makes a finding the same', () => {
  const identify = (text: string, at: string, message = 'm') => {
    const start = text.indexOf(at);
    const lines = new LineIndex(text);
    const finding = { rule: 'r', message, range: { start, end: start + at.length } } as unknown as Finding;
    const report = { text, lines, functionAt: () => 'F' } as unknown as FileReport;
    return identityOf(finding, report, 'a.c');
  };

  test('neither its place, nor the layout and comments of its line', () => {
    const before = identify('a;\nstatus = Register( &table ); // old\n', 'Register');
    const after = identify('a;\r\nb;\r\n\tstatus  =  Register( &table ); /* new */\r\n', 'Register');
    assert.deepEqual(before, after);
    assert.equal(before.line, 'status = Register( &table );');
  });

  test('not the numbers of lines that its message names', () => {
    const message = (line: number) =>
      `'A' overwrites what 'B' (line ${line}) holds although the registration of line ${line} still stands`;
    assert.deepEqual(identify('x', 'x', message(3)), identify('x', 'x', message(99)));
    assert.equal(
      identify('x', 'x', "6.10 is no version of 'line 3'").message,
      "6.10 is no version of 'line 3'",
    );
  });

  test('equal findings have fingerprints of their own, in order', () => {
    const prints = [fingerprintOf(ONE, 0), fingerprintOf(ONE, 1), fingerprintOf({ ...ONE, line: '' }, 0)];
    assert.equal(new Set(prints).size, 3);
    assert.match(prints[0] ?? '', /^[0-9a-f]{32}$/);
    assert.equal(fingerprintOf({ ...ONE }, 0), prints[0]);
  });
});

describe('what a baseline hides', () => {
  const isOld = (entry: Partial<BaselineEntry>, finding: Partial<Identity>, coverage = ALL) =>
    matchBaseline(entries(entry), [{ ...ONE, ...finding }], coverage).isOld[0];

  test('the same finding, also when its line, or the name of its function, is another', () => {
    assert.equal(isOld({}, {}), true);
    assert.equal(isOld({}, { line: 'status = Register(&table, 1);' }), true);
    assert.equal(isOld({}, { function: 'DriverMain' }), true);
  });

  test('not one that differs in more, in what is wrong, or in its rule', () => {
    assert.equal(isOld({}, { line: 'x', function: 'DriverMain' }), false);
    assert.equal(isOld({}, { message: "the handle of 'Other' is not kept" }), false);
    assert.equal(isOld({}, { rule: 'wrong-handle' }), false);
  });

  test('one that was about more before, but not one that names something new', () => {
    const both = { message: "required handlers 'Halt', 'Pause' are not set in 'table' of version 6.30" };
    assert.equal(
      isOld(both, { message: "required handler 'Pause' is not set in 'table' of version 6.30" }),
      true,
    );
    assert.equal(
      isOld(both, { message: "required handler 'Reset' is not set in 'table' of version 6.30" }),
      false,
    );
    assert.equal(
      isOld(both, { message: "required handler 'Pause' is not set in 'table' of version 6.50" }),
      false,
    );
    assert.equal(isOld(both, { message: 'something else is wrong' }), false);
  });

  test('one of a file that was moved, but not of a copy', () => {
    const moved = { ...ALL, exists: (file: string) => file !== 'src/driver.c' };
    assert.equal(isOld({}, { file: 'lib/entry.c' }, moved), true);
    assert.equal(isOld({}, { file: 'lib/entry.c' }), false);
    assert.equal(isOld({}, { file: 'lib/entry.c', line: 'x' }, moved), false);
  });

  test('as many as it counts; the next one is new', () => {
    const { isOld: flags, gone } = matchBaseline(entries({ count: 2 }), [ONE, ONE, ONE], ALL);
    assert.deepEqual(flags, [true, true, false]);
    assert.deepEqual(gone, []);
  });

  test('the nearest entry first, so that none is used up by a finding of another line', () => {
    const other = { line: 'status = Again(&table);' };
    const { isOld: flags } = matchBaseline(
      entries({}, other),
      [{ ...ONE, line: 'edited' }, ONE, { ...ONE, ...other }],
      ALL,
    );
    assert.deepEqual(flags, [false, true, true]);
  });

  test('what it lists and nobody finds is gone when the file was checked or is not there, else unknown', () => {
    const list = entries({ count: 3 }, { file: 'b.c' }, { file: 'c.c' });
    const { gone, unknown } = matchBaseline(list, [ONE], {
      wasChecked: ({ file }) => file === 'src/driver.c',
      exists: (file) => file !== 'c.c',
    });
    assert.deepEqual(
      gone.map(({ file, count }) => [file, count]),
      [
        ['src/driver.c', 2],
        ['c.c', 1],
      ],
    );
    assert.deepEqual(
      unknown.map(({ file }) => file),
      ['b.c'],
    );
  });
});

describe('the file of a baseline', () => {
  test('is sorted, counts what is equal, and reads as it was written', () => {
    const later = { ...ONE, function: 'Unload' };
    const text = formatBaseline([later, ONE, ONE]);
    assert.equal(
      text,
      `{
  "version": 1,
  "findings": [
    {
      "file": "src/driver.c",
      "function": "DriverEntry",
      "rule": "handle-not-kept",
      "line": "status = Register(&table);",
      "message": "the handle of 'Register' is not kept",
      "count": 2
    },
    {
      "file": "src/driver.c",
      "function": "Unload",
      "rule": "handle-not-kept",
      "line": "status = Register(&table);",
      "message": "the handle of 'Register' is not kept"
    }
  ]
}
`,
    );
    assert.equal(formatBaseline([ONE, later, ONE]), text);
    assert.equal(formatBaseline(parseBaseline(text)), text);
    assert.deepEqual(parseBaseline(formatBaseline([])), []);
  });

  const broken: readonly [string, RegExp][] = [
    ['', /^it is no JSON/],
    [
      '{"version": 1, "findings": [\n<<<<<<< HEAD\n',
      /^it has conflict marks; keep the findings of both sides/,
    ],
    ['[]', /^it is no baseline: it has no list of findings$/],
    ['{"version": 2, "findings": []}', /^a newer DriverEntry wrote it \(version 2\); update DriverEntry$/],
    ['{"findings": []}', /^its version is not 1$/],
    ['{"version": 1, "findings": [7]}', /^finding 1 of it is no object$/],
    ['{"version": 1, "findings": [{"file": "a.c"}]}', /^finding 1 of it has no text "function"$/],
    [
      JSON.stringify({ version: 1, findings: [ONE, { ...ONE, count: 0 }] }),
      /^finding 2 of it has a "count" that is no positive whole number$/,
    ],
  ];
  for (const [text, message] of broken) {
    test(`${JSON.stringify(text.slice(0, 50))} is refused: ${message.source}`, () => {
      assert.throws(
        () => parseBaseline(text),
        (error) => error instanceof BaselineError && message.test(error.message),
      );
    });
  }
});
