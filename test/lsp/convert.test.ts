import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Finding, LineIndex } from '../../server/src/index.ts';
import { toDiagnostic, toDocumentChanges } from '../../server/src/lsp/convert.ts';
import type { Places } from '../../server/src/lsp/documents.ts';

const OWN = new LineIndex('one\ntwo\n');
const OTHER = new LineIndex('first\nsecond\n');

/** `own.c` is open as version 7, `other.c` was read from the disk, nothing else is known. */
const places: Places = {
  clientUri: (uri) => uri.replace('/w/', '/W/'),
  version: (uri) => (uri.endsWith('own.c') ? 7 : null),
  lines: (uri) => (uri.endsWith('own.c') ? OWN : uri.endsWith('other.c') ? OTHER : undefined),
};

const finding: Finding = {
  uri: 'file:///w/own.c',
  rule: 'handle-not-kept',
  severity: 'warning',
  range: { start: 4, end: 7 },
  message: 'said once',
  related: [
    { uri: 'file:///w/other.c', range: { start: 6, end: 12 }, message: 'there' },
    { range: { start: 0, end: 3 }, message: 'here' },
    { uri: 'file:///w/unread.c', range: { start: 0, end: 1 }, message: 'nowhere' },
  ],
  url: 'https://example.invalid/',
  fixes: () => [],
};

test('places in other files have their own address and lines', () => {
  const { relatedInformation } = toDiagnostic(finding, OWN, places);
  assert.deepEqual(
    relatedInformation?.map(({ location, message }) => [location.uri, location.range.start.line, message]),
    [
      ['file:///W/other.c', 1, 'there'],
      ['file:///W/own.c', 0, 'here'],
    ],
  );
});

test('an action edits every file under its own version', () => {
  const edits = [
    { range: { start: 4, end: 7 }, newText: '2' },
    { uri: 'file:///w/other.c', range: { start: 6, end: 6 }, newText: 'x' },
    { uri: 'file:///w/own.c', range: { start: 0, end: 0 }, newText: '0' },
  ];
  const changes = toDocumentChanges(edits, finding.uri, OWN, places, false);
  assert.deepEqual(
    changes?.map((change) => [change.textDocument, change.edits.length]),
    [
      [{ uri: 'file:///W/own.c', version: 7 }, 2],
      [{ uri: 'file:///W/other.c', version: null }, 1],
    ],
  );
});

test('an action on a file that was not read is not offered', () => {
  const edits = [{ uri: 'file:///w/unread.c', range: { start: 0, end: 0 }, newText: 'x' }];
  assert.equal(toDocumentChanges(edits, finding.uri, OWN, places, false), undefined);
});

test('a placeholder is a snippet for clients that know them, and text for others', () => {
  const edits = [{ range: { start: 0, end: 0 }, newText: '// $1} why', placeholder: { start: 7, end: 10 } }];
  const [change] = toDocumentChanges(edits, finding.uri, OWN, places, true) ?? [];
  assert.deepEqual(change?.edits, [
    {
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      snippet: { kind: 'snippet', value: '// \\$1\\} ${1:why}' },
    },
  ]);
  const [plain] = toDocumentChanges(edits, finding.uri, OWN, places, false) ?? [];
  assert.deepEqual(
    plain?.edits.map((edit) => 'newText' in edit && edit.newText),
    ['// $1} why'],
  );
});
