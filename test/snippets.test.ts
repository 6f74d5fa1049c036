import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { CallEntry } from '../server/src/catalog/entry.ts';
import { isExcused } from '../server/tools/snippets/calls.ts';
import { descendants } from '../server/src/syntax/nodes.ts';
import { openSource } from '../server/src/syntax/source-file.ts';
import { analyseText, testParser } from './support/analyse.ts';
import { testCatalog } from './support/catalog.ts';
import { expandSnippet } from './support/snippet.ts';

interface Snippet {
  readonly prefix: string;
  readonly body: readonly string[];
}

const FOLDER = join(process.cwd(), 'snippets');
const snippets = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.code-snippets'))
  .flatMap((name) =>
    Object.values(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Record<string, Snippet>),
  );

/** A call snippet stands in a function of the author's, with a static for the handle. */
const wrap = (code: string, call: CallEntry): string => `#include <${call.header}>

static NDIS_HANDLE ${call.parameters.find(({ role }) => role === 'handleOut')?.name ?? 'UnusedHandle'};

NTSTATUS RegisterIt(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
${code}
    return STATUS_SUCCESS;
}
`;

describe('snippets', () => {
  test('there is a scaffold for each kind of driver', () => {
    const prefixes = new Set(snippets.map((snippet) => snippet.prefix));
    for (const kind of [
      'ndis-miniport',
      'ndis-protocol',
      'ndis-filter',
      'ndis-intermediate',
      'hid-minidriver',
    ]) {
      assert.ok(prefixes.has(kind), `${kind} is missing`);
    }
  });

  for (const snippet of snippets) {
    test(`${snippet.prefix} parses and has no findings, in every choice`, async () => {
      const catalog = testCatalog();
      const call = catalog.calls.get(snippet.prefix);
      const variants = expandSnippet(snippet.body.join('\n'));
      assert.ok(variants.length > 0);
      for (const variant of variants) {
        const text = call ? wrap(variant, call) : variant;
        assert.doesNotMatch(text, /\$\{|\$\d|undefined/, 'unexpanded');
        const source = openSource(await testParser(), {
          uri: 'file:///w/driver.c',
          text,
          language: 'c',
          defines: new Map(),
          words: catalog.words,
        });
        const broken = [...descendants(source.root, new Set(['ERROR']))].map((node) => node.text);
        const { hasError } = source.root;
        source.dispose();
        assert.deepEqual(broken, []);
        assert.equal(hasError, false);
        const { findings, failures, file } = await analyseText({ 'driver.c': text }, 'driver.c');
        assert.deepEqual(failures, []);
        assert.deepEqual(
          findings.map((finding) => `${finding.severity} ${finding.rule}: ${finding.message}`),
          [],
          text,
        );
        // A call snippet stands in a function of the author's; only whole files speak of linkage.
        if (!call) {
          const cpp = await analyseText({ 'driver.cpp': text }, 'driver.cpp');
          assert.deepEqual(
            cpp.findings.map((finding) => `${finding.severity} ${finding.rule}: ${finding.message}`),
            [],
            text,
          );
        }
        assert.ok(file.facts);
        demanded(
          text,
          file.facts.registrations.map((registration) => registration.call.name),
        );
      }
    });
  }
});

/** What the documents demand of each registration: required members set, and an undo somewhere. */
function demanded(text: string, registered: readonly string[]): void {
  const catalog = testCatalog();
  assert.notEqual(registered.length, 0, 'nothing is registered');
  for (const name of registered) {
    const entry = catalog.calls.get(name);
    const undo = entry?.registration?.undo?.call;
    if (undo) assert.ok(text.includes(undo), `${undo} is missing`);
    const structure = catalog.structures.get(
      entry?.parameters.find(({ role }) => role === 'table')?.structures?.[0] ?? '',
    );
    for (const member of structure?.members ?? []) {
      if (!entry || member.need !== 'required' || !member.role || isExcused(catalog, entry, member)) continue;
      assert.match(text, new RegExp(`\\.${member.name}\\s*=`));
    }
  }
}
