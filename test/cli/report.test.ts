import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outcome } from '../../server/src/cli/check/outcome.ts';
import { type FileReport, toJson, toText } from '../../server/src/cli/check/report.ts';
import { toSarif } from '../../server/src/cli/check/report-sarif.ts';
import { type Finding, LineIndex } from '../../server/src/index.ts';

const OWN = 'one\ntwo\n';
const OTHER = 'first\nsecond\nthird\n';

const finding: Finding = {
  uri: 'file:///w/own.c',
  rule: 'handle-not-kept',
  severity: 'warning',
  range: { start: 4, end: 7 },
  message: 'said once',
  related: [
    { range: { start: 0, end: 3 }, message: 'here' },
    { uri: 'file:///w/other.c', range: { start: 6, end: 12 }, message: 'there' },
    { uri: 'file:///w/unread.c', range: { start: 0, end: 1 }, message: 'nowhere' },
  ],
  url: 'https://example.invalid/',
  fixes: () => [
    {
      title: 'Do it',
      safety: 'safe',
      edits: [
        { range: { start: 4, end: 7 }, newText: '2' },
        { uri: 'file:///w/other.c', range: { start: 13, end: 18 }, newText: '' },
        { uri: 'file:///w/own.c', range: { start: 0, end: 0 }, newText: '0' },
      ],
    },
  ],
};

const report: FileReport = {
  path: 'own.c',
  text: OWN,
  lines: new LineIndex(OWN),
  findings: [finding],
  functionAt: () => 'Start',
  elsewhere: (uri) => {
    if (uri === 'file:///w/own.c') return { path: 'own.c', lines: new LineIndex(OWN) };
    return uri === 'file:///w/other.c' ? { path: 'other.c', lines: new LineIndex(OTHER) } : undefined;
  },
};

const outcome: Outcome = { reports: [report], files: 1, remarks: [], exitCode: 1, baseline: undefined };

test('places in other files carry their own name and lines', () => {
  const [only] = toJson([report]);
  assert.deepEqual(
    only?.related?.map(({ file, range, message }) => [file, range.start.line, message]),
    [
      ['own.c', 0, 'here'],
      ['other.c', 1, 'there'],
    ],
    'a place in a file that was not read is left out',
  );
  assert.deepEqual(
    only?.fixes?.[0]?.edits.map(({ file, range }) => [file, range.start.line]),
    [
      ['own.c', 1],
      ['other.c', 2],
      ['own.c', 0],
    ],
  );
  const text = toText([report], false);
  assert.match(text, /^own\.c:2:1: warning: said once/);
  assert.match(text, /^ {2}other\.c:2:1: note: there$/m);
});

test('SARIF has one change per file', () => {
  const log = toSarif(outcome, { version: '1.0.0', configuration: '' }) as {
    runs: {
      results: {
        relatedLocations: { physicalLocation: { artifactLocation: { uri: string } } }[];
        fixes: { artifactChanges: { artifactLocation: { uri: string }; replacements: unknown[] }[] }[];
      }[];
    }[];
  };
  const result = log.runs[0]?.results[0];
  assert.deepEqual(
    result?.relatedLocations.map((item) => item.physicalLocation.artifactLocation.uri),
    ['own.c', 'other.c'],
  );
  assert.deepEqual(
    result?.fixes[0]?.artifactChanges.map((change) => [
      change.artifactLocation.uri,
      change.replacements.length,
    ]),
    [
      ['own.c', 2],
      ['other.c', 1],
    ],
  );
});
