import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Analyzer, applyEdits } from '../../server/src/index.ts';
import { memoryAnalyzer } from '../support/analyse.ts';

/**
 * A fixture is a driver with a cursor, `$0`, and names the action to take there: `// action: TITLE`. `name.after.c` is
 * what the action makes of its files.
 */
const FOLDER = join(process.cwd(), 'test/features/actions');

interface Cursor {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly file: string;
  readonly offset: number;
}

function parse(source: string): Cursor {
  const [first = '', ...rest] = source.split(/^\/\/- (\S+)\n/m);
  const title = /^\/\/ action: (.*)$/m.exec(first)?.[1] ?? '';
  const files: Record<string, string> = {};
  let file = '';
  let offset = -1;
  for (let i = 0; i + 1 < rest.length; i += 2) {
    const [name = '', text = ''] = [rest[i], rest[i + 1]];
    const at = text.indexOf('$0');
    if (at >= 0) [file, offset] = [name, at];
    files[name] = text.replace('$0', '');
  }
  assert.notEqual(offset, -1, 'a fixture needs a cursor');
  return { title, files, file, offset };
}

const uriOf = (name: string) => `file:///w/${name}`;

async function titlesAt(analyzer: Analyzer, { file, offset }: Cursor) {
  const found = await analyzer.actions(uriOf(file), { start: offset, end: offset });
  return found?.actions ?? [];
}

const names = readdirSync(FOLDER).filter((name) => !name.includes('.after.'));

describe('code actions', () => {
  for (const name of names) {
    test(name, async () => {
      const cursor = parse(readFileSync(join(FOLDER, name), 'utf8'));
      const analyzer = await memoryAnalyzer(cursor.files);
      try {
        const actions = await titlesAt(analyzer, cursor);
        const action = actions.find(({ title }) => title === cursor.title);
        assert.ok(action, `only ${actions.map(({ title }) => title).join(' | ') || 'nothing'} is offered`);
        assert.ok(action.todo.kind === 'edit');
        const { edits } = action.todo;
        const after = Object.entries(cursor.files).map(([file, text]) => {
          const own = edits.filter(({ uri = uriOf(cursor.file) }) => uri === uriOf(file));
          return `//- ${file}\n${applyEdits(text, own)}`;
        });
        const path = join(FOLDER, name.replace('.c', '.after.c'));
        const expected = existsSync(path) ? readFileSync(path, 'utf8') : '';
        assert.equal(after.join(''), expected);
      } finally {
        analyzer.dispose();
      }
    });
  }
});

const PAUSE = /.*PauseHandler = .*\n/;
const miniport = () => readFileSync(join(process.cwd(), 'examples/good/ndis-miniport/driver.c'), 'utf8');

/** Actions of the first place with a text. */
async function offered(files: Readonly<Record<string, string>>, at: string) {
  const analyzer = await memoryAnalyzer(files);
  const offset = (files['driver.c'] ?? '').indexOf(at);
  assert.notEqual(offset, -1);
  const actions = await titlesAt(analyzer, { title: '', files, file: 'driver.c', offset });
  analyzer.dispose();
  return actions;
}

describe('what is offered', () => {
  test('comes in the order of use: fixes, the whole table, rewriting, silence, reading', async () => {
    const text = miniport()
      .replace(PAUSE, '')
      .replace(/.*RestartHandler = .*\n/, '');
    const actions = await offered({ 'driver.c': text }, '&chars, &');
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        'Add the 2 missing handlers',
        "Add 'MPPause' as 'PauseHandler'",
        "Add 'MPRestart' as 'RestartHandler'",
        'Ignore missing-required-handler here',
        'Ignore missing-required-handler in this file',
        'Open the page of missing-required-handler',
      ],
    );
    assert.deepEqual(
      actions.flatMap(({ title, isPreferred }) => (isPreferred ? [title] : [])),
      ['Add the 2 missing handlers'],
    );
  });

  test('is nothing on code that is right and is no table', async () => {
    assert.deepEqual(await offered({ 'driver.c': miniport() }, '#include <ndis.h>'), []);
  });

  test('is no handler for a name that something may declare', async () => {
    const text = miniport().replace('chars.PauseHandler = MPPause;', 'chars.PauseHandler = PauseTable[0];');
    assert.deepEqual(await offered({ 'driver.c': text }, 'PauseTable'), []);
    const other = miniport().replace('chars.PauseHandler = MPPause;', 'chars.PauseHandler = Unknown;');
    const titles = async (files: Readonly<Record<string, string>>) =>
      (await offered(files, 'Unknown')).map(({ title }) => title);
    assert.deepEqual(await titles({ 'driver.c': other }), ["Create 'Unknown' as MINIPORT_PAUSE"]);
    assert.deepEqual(await titles({ 'driver.c': `#include "unread.h"\n${other}` }), []);
    assert.deepEqual(await titles({ 'driver.c': `#define Unknown MPRestart\n${other}` }), []);
    assert.deepEqual(await titles({ 'driver.c': `extern PVOID Unknown;\n${other}` }), []);
    const elsewhere =
      '#include <ndis.h>\nNDIS_STATUS Unknown(NDIS_HANDLE a, PNDIS_MINIPORT_PAUSE_PARAMETERS b)\n{\n    return 0;\n}\n';
    assert.deepEqual(await titles({ 'driver.c': other, 'pause.c': elsewhere }), [
      "Declare 'Unknown' with MINIPORT_PAUSE",
    ]);
  });

  test('is no conversion where it may mean something else', async () => {
    const driver = (body: string) =>
      `#include <hidport.h>
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
${body}
    return HidRegisterMinidriver(&r);
}
`;
    const T = '    HID_MINIDRIVER_REGISTRATION r';
    const SET = '    r.Revision = HID_REVISION;\n    r.DriverObject = DriverObject;';
    const conversions = async (body: string, name = 'driver.c') => {
      const text = driver(body);
      const analyzer = await memoryAnalyzer({ [name]: text });
      const offset = text.indexOf('r;') >= 0 ? text.indexOf(' r;') + 1 : text.indexOf(' r =') + 1;
      const found = await analyzer.actions(uriOf(name), { start: offset, end: offset });
      analyzer.dispose();
      return (found?.actions ?? [])
        .filter(({ kind }) => kind === 'refactor.rewrite')
        .map(({ title }) => title);
    };
    const gather = ['Convert to designated initializer'];
    assert.deepEqual(await conversions(`${T};\n${SET}`), gather);
    assert.deepEqual(await conversions(`${T} = { 0 };\n${SET}`), gather);
    // C++ has no nested designators, and wants them in order.
    assert.deepEqual(await conversions(`${T};\n${SET}`, 'driver.cpp'), []);
    // Something between reads it, or may.
    assert.deepEqual(await conversions(`${T};\n    PVOID p = &r;\n${SET}`), []);
    assert.deepEqual(await conversions(`${T};\n    Prepare();\n${SET}`), []);
    // A value that is no constant may be another one earlier.
    assert.deepEqual(await conversions(`${T};\n    r.Revision = Next();\n    r.DriverObject = Next();`), []);
    assert.deepEqual(
      await conversions(
        `${T};\n    r.Revision = HID_REVISION;\n#if DBG\n    r.DevicesArePolled = TRUE;\n#endif`,
      ),
      [],
    );
    const back = ['Convert to assignments'];
    assert.deepEqual(
      await conversions(`${T} = { .Revision = HID_REVISION, .DriverObject = DriverObject };`),
      back,
    );
    assert.deepEqual(
      await conversions(`    static HID_MINIDRIVER_REGISTRATION r = { .Revision = HID_REVISION };`),
      [],
    );
    assert.deepEqual(
      await conversions(`    const HID_MINIDRIVER_REGISTRATION r = { .Revision = HID_REVISION };`),
      [],
    );
    assert.deepEqual(await conversions(`${T} = { .Revision = Next(), .DriverObject = DriverObject };`), []);
    assert.deepEqual(await conversions(`${T} = {\n#if DBG\n .Revision = HID_REVISION,\n#endif\n };`), []);
  });

  test('joins a rule to a suppression that is there', async () => {
    const text = miniport()
      .replace(PAUSE, '')
      .replace('NdisZeroMemory(&chars, sizeof(chars));', '')
      .replace(
        /( *)status = NdisMRegisterMiniportDriver/,
        '$1// driverentry-ignore structure-not-zeroed: known\n$&',
      );
    const actions = await offered({ 'driver.c': text }, '&chars, &');
    const ignore = actions.find(({ title }) => title === 'Ignore missing-required-handler here');
    assert.ok(ignore?.todo.kind === 'edit');
    assert.match(
      applyEdits(text, ignore.todo.edits),
      /driverentry-ignore structure-not-zeroed, missing-required-handler: known/,
    );
  });
});
