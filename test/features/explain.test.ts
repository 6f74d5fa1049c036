import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { explain, type Explanation, markdownToText, RULES } from '../../server/src/index.ts';
import { testCatalog } from '../support/catalog.ts';

const ask = (name: string): Explanation[] => explain(name, testCatalog(), RULES);
const titles = (name: string): string[] => ask(name).map((item) => item.title);

/** The longest page measured is 4,300 characters; more than this is no hover any more. */
const LONGEST = 6000;

describe('explain', () => {
  test('a function', () => {
    const [page, ...more] = ask('NdisMRegisterMiniportDriver');
    assert.equal(more.length, 0);
    assert.equal(page?.kind, 'function');
    assert.match(page?.url ?? '', /ddi\/ndis\/nf-ndis-ndismregisterminiportdriver$/);
    for (const part of [
      '**Runs at:** `PASSIVE_LEVEL`',
      '**Undo:** `NdisMDeregisterMiniportDriver`',
      '_In_opt_ NDIS_HANDLE MiniportDriverContext,',
      '| `NDIS_STATUS_BAD_CHARACTERISTICS` |',
      '**Before**',
      '**After**',
      '`ndis.h` · `ndis.lib`',
    ]) {
      assert.ok(page?.markdown.includes(part), part);
    }
  });

  test('an undo names what it undoes', () => {
    assert.match(ask('NdisMDeregisterInterruptEx')[0]?.text ?? '', /Undoes: NdisMRegisterInterruptEx/);
  });

  test('a structure by name, tag and pointer', () => {
    const name = 'NDIS_MINIPORT_DRIVER_CHARACTERISTICS';
    for (const spelled of [name, `_${name}`, `P${name}`, `struct _${name}`, `${name} *`]) {
      assert.deepEqual(titles(spelled), [name], spelled);
    }
    assert.match(ask(name)[0]?.markdown ?? '', /\| `PauseHandler` \| required \| `MINIPORT_PAUSE` \|/);
  });

  test('a member with its structure, bare, nested, by an old name, and a whole header', () => {
    const owner = 'NDIS_MINIPORT_DRIVER_CHARACTERISTICS';
    assert.deepEqual(titles(`${owner}.PauseHandler`), [`${owner}.PauseHandler`]);
    assert.deepEqual(titles(`P${owner}->PauseHandler`), [`${owner}.PauseHandler`]);
    assert.deepEqual(titles(`${owner}.Header.Type`), [`${owner}.Header.Type`]);
    assert.deepEqual(titles(`${owner}.Header`), [`${owner}.Header`]);
    assert.deepEqual(titles('CheckForHangHandlerEx'), [`${owner}.CheckForHangHandlerEx`]);
    assert.deepEqual(titles('CheckForHangHandler'), [`${owner}.CheckForHangHandlerEx`]);
    assert.ok(titles('PauseHandler').length > 1);
    assert.match(ask(`${owner}.ReturnNetBufferListsHandler`)[0]?.markdown ?? '', /\*\*Expected/);
    assert.match(ask(`${owner}.ResetHandlerEx`)[0]?.markdown ?? '', /`CheckForHangHandlerEx` is set/);
    assert.match(
      ask(`${owner}.DirectOidRequestHandler`)[0]?.text ?? '',
      /version 6\.1 .*revision 2:\s+NDIS_MINIPORT/s,
    );
  });

  test('a role by type, title and pointer', () => {
    for (const spelled of ['MINIPORT_PAUSE', 'MiniportPause', 'MINIPORT_PAUSE_HANDLER']) {
      assert.deepEqual(titles(spelled), ['MINIPORT_PAUSE'], spelled);
    }
    assert.match(ask('MINIPORT_PAUSE')[0]?.markdown ?? '', /\*\*Partners:\*\* `MiniportRestart`/);
  });

  test('a status by name and in every notation of its value', () => {
    for (const spelled of [
      'NDIS_STATUS_BAD_CHARACTERISTICS',
      '0xC0010005',
      '0xc0010005L',
      '-1073676283',
      '3221291013',
    ]) {
      assert.deepEqual(titles(spelled), ['NDIS_STATUS_BAD_CHARACTERISTICS'], spelled);
    }
    assert.deepEqual(titles('0xC000009A'), ['NDIS_STATUS_RESOURCES', 'STATUS_INSUFFICIENT_RESOURCES']);
    const { markdown = '' } = ask('0xC0010005')[0] ?? {};
    assert.match(markdown, /`NdisMRegisterMiniportDriver`: .* Likely cause: /);
    assert.match(markdown, /`NT_SUCCESS` takes it for a failure/);
  });

  test('constants, macros, versions, models, slots, entry point, replaced functions, rules', () => {
    const expected: readonly (readonly [string, string, RegExp])[] = [
      ['NDIS_INTERMEDIATE_DRIVER', 'flag', /— flag/],
      ['NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2', 'revision', /Goes with: NDIS_SIZEOF_/],
      ['NDIS630_MINIPORT', 'build macro', /6\.30 +2 +Windows 8/],
      ['6.30', 'version', /miniport +NDIS630_MINIPORT +2: NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2/],
      ['wdi', 'model', /Leave unset: SendNetBufferListsHandler/],
      ['DRIVER_OBJECT', 'object', /DriverExtension->AddDevice/],
      ['MajorFunction', 'slot', /Needed: MajorFunction\[IRP_MJ_PNP\] before HidRegisterMinidriver/],
      ['DriverEntry', 'entry point', /DRIVER_INITIALIZE DriverEntry;/],
      ['NdisMRegisterDevice', 'replaced function', /Use NdisRegisterDeviceEx instead/],
      ['missing-required-handler', 'rule', /driverentry-ignore missing-required-handler: reason/],
      ['unused-suppression', 'rule', /names a rule that reports nothing there/],
    ];
    for (const [name, kind, pattern] of expected) {
      const [page] = ask(name);
      assert.equal(page?.kind, kind, name);
      assert.match(page?.text ?? '', pattern, name);
    }
    assert.deepEqual(titles('NDIS 6.2'), ['Version 6.20']);
  });

  test('case counts only while it decides', () => {
    assert.deepEqual(titles('ndismregisterminiportdriver'), ['NdisMRegisterMiniportDriver']);
    assert.deepEqual(titles('ndis_miniport_driver_characteristics.pausehandler'), [
      'NDIS_MINIPORT_DRIVER_CHARACTERISTICS.PauseHandler',
    ]);
    assert.deepEqual(titles('miniportpause'), ['MINIPORT_PAUSE']);
    assert.deepEqual(titles('Missing-Required-Handler'), ['missing-required-handler']);
  });

  test('nothing for unknown names', () => {
    for (const name of [
      '',
      ' ',
      'Nothing',
      '0xC0FFEE00',
      '-1',
      '9.99',
      '.',
      'A.B',
      '->',
      'x'.repeat(10_000),
      '__proto__',
      'constructor',
    ]) {
      assert.deepEqual(ask(name), [], name.slice(0, 20));
    }
  });

  test('everything in the catalogue explains itself', () => {
    const catalog = testCatalog();
    const names = new Set([
      ...[
        catalog.calls,
        catalog.structures,
        catalog.members,
        catalog.roles,
        catalog.rolesByPointer,
        catalog.rolesByTitle,
        catalog.constants,
        catalog.statuses,
        catalog.macros,
        catalog.models,
        catalog.objects,
        catalog.entryPoints,
        catalog.replaced,
      ].flatMap((map: ReadonlyMap<string, unknown>) => [...map.keys()]),
      ...catalog.versions.map((version) => version.version),
      ...RULES.map((rule) => rule.id),
    ]);
    for (const name of names) {
      const pages = ask(name);
      assert.notEqual(pages.length, 0, name);
      for (const { title, markdown, text, url } of pages) {
        assert.match(url, /^https:\/\/\S+$/, title);
        assert.ok(markdown.length <= LONGEST, `${title}: ${markdown.length} characters`);
        assert.equal((markdown.match(/^```/gm)?.length ?? 0) % 2, 0, `${title}: fences`);
        assert.doesNotMatch(markdown, /undefined|NaN|\[object|\n{3}|\*\*\*\*/, title);
        assert.ok(text.length > 20 && !/^(?! {4}).*(?:\*\*|```)/m.test(text), title);
        for (const line of text.split('\n')) {
          // What is wider than a line is one long word, a declaration, or names side by side.
          assert.ok(line.length <= 100 || /^ {4}|^\s*\S+$|\S{40}/.test(line), `${title}: ${line}`);
        }
      }
    }
  });

  test('the same from call to call', () => {
    assert.deepEqual(ask('PauseHandler'), ask('PauseHandler'));
  });
});

describe('markdownToText', () => {
  test('code is indented and kept as it is', () => {
    assert.equal(markdownToText('```c\nint *a; // **b** _c_\n```'), '    int *a; // **b** _c_');
  });

  test('markup goes, escaped characters and names stay', () => {
    assert.equal(
      markdownToText('**bold** *soft* _soft_ `A_B*` NDIS_STATUS_X a\\*b \\_In\\_ 2 * 3'),
      'bold soft soft A_B* NDIS_STATUS_X a*b _In_ 2 * 3',
    );
  });

  test('links keep their address', () => {
    assert.equal(markdownToText('[Page `x`](https://a/ns-_x_y)'), 'Page x <https://a/ns-_x_y>');
    assert.equal(markdownToText('a[1] \\[b\\]'), 'a[1] [b]');
  });

  test('tables stand in columns', () => {
    assert.equal(
      markdownToText('| A | Longer |\n| --- | --- |\n| `x\\|y` | b |\n| z |  |'),
      ['A    Longer', '---  ------', 'x|y  b', 'z'].join('\n'),
    );
  });

  test('wide tables are wrapped to 100 columns', () => {
    const text = markdownToText(
      `| A | B | C |\n| --- | --- | --- |\n| one | ${'word '.repeat(30)} | ${'other '.repeat(30)} |`,
    );
    assert.ok(text.split('\n').every((line) => line.length <= 100));
    assert.ok(text.split('\n').length > 4);
  });

  test('paragraphs and lists are wrapped, with a hanging indent', () => {
    const lines = markdownToText(`- ${'word '.repeat(40)}\n- next`).split('\n');
    assert.ok(lines.every((line) => line.length <= 100));
    assert.match(lines[1] ?? '', /^ {2}word/);
    assert.equal(lines.at(-1), '- next');
    assert.equal(
      markdownToText('# Title\ntext\nmore\n\n\n\n1. item\n\n---\nend'),
      `Title\ntext more\n\n1. item\n\n${'-'.repeat(50)}\nend`,
    );
  });

  test('damaged markdown is no failure', () => {
    for (const text of ['```c\nopen', '| a', '|\n|---|', '[a](', '**', '`', '', '\r\n\r\n']) {
      assert.equal(typeof markdownToText(text), 'string');
    }
  });
});
