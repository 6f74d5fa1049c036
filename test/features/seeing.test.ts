import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  codeLenses,
  definitionAt,
  type DriverView,
  inlayHints,
  LineIndex,
  referencesAt,
  registrationSymbols,
  type Relation,
} from '../../server/src/index.ts';
import { memoryAnalyzer } from '../support/analyse.ts';
import { parseSeeingFixture, type SeeingFixture } from '../support/seeing-fixture.ts';

const FOLDER = join(process.cwd(), 'test/features/seeing');
const uriOf = (name: string) => `file:///w/${name}`;

async function viewsOf(files: Readonly<Record<string, string>>): Promise<Map<string, DriverView>> {
  const analyzer = await memoryAnalyzer(files);
  const views = new Map<string, DriverView>();
  for (const name of Object.keys(files)) {
    const view = await analyzer.view(uriOf(name));
    if (view) views.set(name, view);
  }
  analyzer.dispose();
  return views;
}

/** The line of a place with the place in brackets. */
function shown(relation: Relation | undefined, files: Readonly<Record<string, string>>): string[] {
  return (relation?.places ?? [])
    .map(({ uri, range }) => {
      const name = uri.replace('file:///w/', '');
      const text = files[name] ?? '';
      const start = text.lastIndexOf('\n', range.start - 1) + 1;
      const end = text.indexOf('\n', range.end);
      const line = `${text.slice(start, range.start)}[${text.slice(range.start, range.end)}]${text.slice(range.end, end)}`;
      return `${name}: ${line.trim()}`;
    })
    .toSorted();
}

function hintLines(view: DriverView, text: string): Map<number, string> {
  const lines = new LineIndex(text);
  const found = new Map<number, string>();
  const hints = inlayHints(view, { start: 0, end: text.length }).toReversed();
  for (const { offset, label } of hints) {
    const { line, character } = lines.positionAt(offset);
    const before = found.get(line) ?? text.split('\n')[line] ?? '';
    found.set(line, `${before.slice(0, character)}«${label}»${before.slice(character)}`);
  }
  return new Map([...found].map(([line, content]) => [line, content.trim()]));
}

for (const name of readdirSync(FOLDER)) {
  describe(`what is seen over ${name}`, () => {
    const fixture: SeeingFixture = parseSeeingFixture(readFileSync(join(FOLDER, name), 'utf8'));
    const { files } = fixture;
    const views = viewsOf(files);

    test('lenses', async () => {
      const found = [...(await views)].flatMap(([file, view]) => {
        const lines = new LineIndex(files[file] ?? '');
        return codeLenses(view).map(({ range, title }) => ({
          file,
          line: lines.positionAt(range.start).line,
          text: title,
        }));
      });
      const sorted = (list: readonly object[]) => list.map((one) => JSON.stringify(one)).toSorted();
      assert.deepEqual(sorted(found), sorted(fixture.lenses));
    });

    test('hints', async () => {
      for (const [file, view] of await views) {
        const found = hintLines(view, files[file] ?? '');
        for (const { line, text } of fixture.hints.filter((one) => one.file === file))
          assert.equal(found.get(line), text);
      }
    });

    for (const { label, file, offset, definitions, references } of fixture.cursors) {
      test(`where ${label} leads`, async () => {
        const view = (await views).get(file);
        assert.ok(view);
        assert.deepEqual(shown(definitionAt(view, offset), files), definitions.toSorted());
        assert.deepEqual(shown(referencesAt(view, offset, true), files), references.toSorted());
      });
    }
  });
}

describe('symbols of registrations', () => {
  test('a registration has its members as children, and nothing that a C tool lists', async () => {
    const { files } = parseSeeingFixture(readFileSync(join(FOLDER, 'filter.c'), 'utf8'));
    const views = await viewsOf(files);
    const view = views.get('driver.c');
    const handlers = views.get('handlers.c');
    assert.ok(view && handlers);
    assert.deepEqual(registrationSymbols(handlers), []);
    const symbols = registrationSymbols(view);
    assert.deepEqual(
      symbols.map(({ name, detail }) => [name, detail]),
      [
        ['control device', 'NdisRegisterDeviceEx'],
        ['NDIS 6.30 filter', 'NdisFRegisterFilterDriver'],
      ],
    );
    assert.deepEqual(
      symbols[1]?.children.map(({ name, detail, kind }) => `${kind} ${name} = ${detail}`),
      [
        'value MajorNdisVersion = 6',
        'value MinorNdisVersion = 30',
        'handler AttachHandler = LwfAttach',
        'handler DetachHandler = (FILTER_DETACH *)LwfDetach',
        'handler PauseHandler = LwfPause',
        'handler RestartHandler = LwfPauseUnseen',
      ],
    );
    for (const symbol of symbols.flatMap((one) => [one, ...one.children])) {
      // VS Code refuses a whole answer in which this does not hold.
      assert.ok(symbol.range.start <= symbol.selection.start && symbol.selection.end <= symbol.range.end);
      assert.ok(symbol.name !== '');
    }
  });
});
