import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Analyzer, Diagnosis, Finding } from '../server/src/index.ts';
import { builtInCorpus } from '../server/tools/fuzz/corpus.ts';
import type { FailureKind } from '../server/tools/fuzz/failure.ts';
import { minimise } from '../server/tools/fuzz/minimise.ts';
import { type OpenWorkspace, play, type PlayTools } from '../server/tools/fuzz/play.ts';
import { seedOf } from '../server/tools/fuzz/random.ts';
import { fuzz } from '../server/tools/fuzz/run.ts';
import { makeSession, type Session } from '../server/tools/fuzz/session.ts';
import { memoryWorkspace, testParser } from './support/analyse.ts';
import { testCatalog } from './support/catalog.ts';

const GOOD = readFileSync(join(process.cwd(), 'examples/good/ndis-miniport/driver.c'), 'utf8');
const FAULTY = GOOD.replace(/.*PauseHandler = .*\n/, '');

const toolsOf = async (more: Partial<PlayTools> = {}): Promise<PlayTools> => ({
  catalog: testCatalog(),
  parser: await testParser(),
  counts: { sessions: 0, edits: 0, analyses: 0, fixes: 0 },
  limit: 20_000,
  mostFixes: 3,
  ...more,
});

const sessionOf = (...texts: readonly string[]): Session => ({
  driver: 'test',
  files: { 'driver.c': GOOD },
  settings: {},
  edits: texts.map((text) => ({ kind: 'text', name: 'driver.c', text, isFull: true, roll: 1 })),
});

type Diagnose = Analyzer['diagnose'];

/** Workspaces whose analyzer answers as `change` wants it. */
const spoilt =
  (change: (diagnose: Diagnose, errors: string[]) => Diagnose): OpenWorkspace =>
  async (files, settings) => {
    const workspace = await memoryWorkspace(files, settings);
    const diagnose = change(workspace.analyzer.diagnose, workspace.errors as string[]);
    // A copy would lose the accessors.
    const analyzer = Object.create(workspace.analyzer, { diagnose: { value: diagnose } }) as Analyzer;
    return { ...workspace, analyzer };
  };

/** The findings are changed one by one. */
const withFindings = (change: (finding: Finding) => Finding): OpenWorkspace =>
  spoilt((diagnose) => async (uri) => {
    const diagnosis = await diagnose(uri);
    return diagnosis && { ...diagnosis, findings: diagnosis.findings.map(change) };
  });

const fixed = (finding: Finding, edits: readonly (readonly [number, number, string])[]): Finding => ({
  ...finding,
  fixes: () => [
    {
      title: 'Spoil',
      safety: 'safe',
      edits: edits.map(([start, end, newText]) => ({ range: { start, end }, newText })),
    },
  ],
});

/** Analyzers that are wrong in one way each, and what the fuzzer must say. */
const SPOILT: readonly (readonly [FailureKind, OpenWorkspace])[] = [
  [
    'exception',
    spoilt(
      (diagnose) => (uri) =>
        diagnose(uri).then((one) => (one?.findings.length ? Promise.reject(new Error('x')) : one)),
    ),
  ],
  [
    'logged-error',
    spoilt((diagnose, errors) => async (uri) => {
      const diagnosis = await diagnose(uri);
      if (diagnosis?.findings.length) errors.push('a rule failed');
      return diagnosis;
    }),
  ],
  ['range', withFindings((finding) => ({ ...finding, range: { start: 0, end: 1e6 } }))],
  [
    'range',
    withFindings((finding) => ({ ...finding, related: [{ range: { start: 5, end: 4 }, message: '' }] })),
  ],
  [
    'range',
    withFindings((finding) => ({
      ...finding,
      related: [{ uri: 'file:///w/gone.c', range: { start: 0, end: 1 }, message: '' }],
    })),
  ],
  ['range', withFindings((finding) => fixed(finding, [[0, 1e6, '']]))],
  [
    'not-incremental',
    // What was said of a file first is said for ever.
    spoilt((diagnose) => {
      const said = new Map<string, Diagnosis | undefined>();
      return async (uri) => {
        if (!said.has(uri)) said.set(uri, await diagnose(uri));
        return said.get(uri);
      };
    }),
  ],
  [
    'fix-edits',
    withFindings((finding) =>
      fixed(finding, [
        [0, 5, ''],
        [3, 8, ''],
      ]),
    ),
  ],
  ['fix-breaks-syntax', withFindings((finding) => fixed(finding, [[0, 0, '} (']]))],
  ['fix-keeps-finding', withFindings((finding) => fixed(finding, [[0, 0, '\n']]))],
];

describe('the fuzzer', () => {
  for (const [kind, open] of SPOILT) {
    test(`finds ${kind}`, async () => {
      const tools = await toolsOf({ open });
      const result = await play(sessionOf(GOOD, FAULTY), tools);
      assert.equal(result?.failure.kind, kind, result?.failure.message);
      assert.equal(result.edits, 2);
    });
  }

  test('finds an analysis that is slow', async () => {
    const result = await play(sessionOf(GOOD), await toolsOf({ limit: 0 }));
    assert.equal(result?.failure.kind, 'hang');
  });

  test('finds safe fixes that do not end', async () => {
    // Each fix removes what was found and brings the next.
    const open = spoilt((diagnose) => async (uri) => {
      const diagnosis = await diagnose(uri);
      const count = diagnosis?.file.text.match(/\n$/) ? diagnosis.file.text.length : 0;
      return (
        diagnosis && {
          ...diagnosis,
          findings: diagnosis.findings.map((finding) =>
            fixed({ ...finding, message: `'${'x'.repeat(count % 97)}'` }, [[0, 0, '\n']]),
          ),
        }
      );
    });
    const result = await play(sessionOf(FAULTY), await toolsOf({ open }));
    assert.equal(result?.failure.kind, 'fixes-do-not-end', result?.failure.message);
  });

  test('is content with an analyzer that is right', async () => {
    assert.equal(await play(sessionOf(FAULTY, GOOD), await toolsOf()), undefined);
  });

  test('makes a failure small', async () => {
    const open = spoilt((diagnose) => async (uri) => {
      const diagnosis = await diagnose(uri);
      if (diagnosis?.file.text.includes('goto Nowhere;')) throw new Error('planted');
      return diagnosis;
    });
    const tools = await toolsOf({ open });
    const bad = GOOD.replace('    status = ', '    goto Nowhere;\n    status = ');
    const stillFails = async (session: Session) => (await play(session, tools))?.failure.kind === 'exception';
    const small = await minimise(sessionOf(FAULTY, GOOD, bad), stillFails, () => false);
    assert.deepEqual(
      small.edits.map(({ text }) => text),
      ['    goto Nowhere;'],
    );
    assert.deepEqual(small.files, {});
  });

  test('makes the same session of the same seed, and another of another', async () => {
    const tools = {
      corpus: builtInCorpus(process.cwd(), testCatalog()),
      fullEvery: 4,
      mostCharacters: 400_000,
      ...(await toolsOf()),
    };
    const of = (seed: number) => makeSession(seedOf(seed, 3), 10, tools);
    assert.deepEqual(of(1), of(1));
    assert.notDeepEqual(of(1), of(2));
  });
});

test('a short run finds nothing', async () => {
  const catalog = testCatalog();
  const tools = await toolsOf();
  const found = await fuzz(
    {
      seed: 7,
      first: 0,
      editsPerSession: 12,
      minimiseFor: 5000,
      isOver: ({ edits }) => edits >= 96,
    },
    { ...tools, corpus: builtInCorpus(process.cwd(), catalog), fullEvery: 4, mostCharacters: 400_000 },
    () => {},
  );
  assert.deepEqual(
    found.map(({ failure, number }) => `session ${number}: ${failure.signature}\n${failure.message}`),
    [],
  );
  assert.ok(tools.counts.fixes > 0);
});
