import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { collectInf, type InfFacts } from '../../server/src/driver/inf-facts.ts';
import { INF_SIZE_LIMIT, type InfLine, readInf, resolveInf } from '../../server/src/project/inf.ts';
import { decodeText, encodeText } from '../../server/src/index.ts';

/** One line of text for each line of the file: `key = <value> <value>`. */
const show = ({ key, values }: InfLine): string =>
  [key ? `${key.text} =` : '', ...values.map(({ text }) => `<${text}>`)].filter(Boolean).join(' ');

const linesOf = (text: string): string[] =>
  readInf(text).sections.flatMap(({ name, lines }) => [`[${name}]`, ...lines.map(show)]);

const factsOf = (text: string): InfFacts => collectInf('file:///w/x.inf', readInf(text));
const textsOf = (text: string, name: string) =>
  (factsOf(text).settings.get(name.toLowerCase()) ?? []).map((setting) => setting.text);

describe('INF files', () => {
  test('are sections of lines with a key, or without', () => {
    assert.deepEqual(
      linesOf(
        '[Version]\r\nClass = Net\r\n\r\n[ Install.NTamd64 ]\r\nHKR, Ndi,Service,,"A b"\r\nCopyFiles=A,B\r\n',
      ),
      [
        '[Version]',
        'Class = <Net>',
        '[Install.NTamd64]',
        '<HKR> <Ndi> <Service> <> <A b>',
        'CopyFiles = <A> <B>',
      ],
    );
  });

  test('comments end at the line, but not in quotes', () => {
    assert.deepEqual(
      linesOf('[A] ; x\n; B = 1\nC = 1 ; 2, 3\nD = "a;b" ; "c"\nE = "never closed ; no comment\nF = 1'),
      ['[A]', 'C = <1>', 'D = <a;b>', 'E = <never closed ; no comment>', 'F = <1>'],
    );
  });

  test('quotes are taken off, and doubled ones are one', () => {
    assert.deepEqual(linesOf('[A]\nB = "say ""x"", please", c"d, e"f'), [
      '[A]',
      'B = <say "x", please> <cd, ef>',
    ]);
  });

  test('a backslash at the end continues the line, in a path it is a backslash', () => {
    assert.deepEqual(linesOf('[A]\nB = 1, \\\n  2, \\ ; why\n  3\nC = %13%\\x.sys\nD = \\'), [
      '[A]',
      'B = <1> <2> <3>',
      'C = <%13%\\x.sys>',
      'D = <>',
    ]);
  });

  test('the key ends at the first equals sign only', () => {
    assert.deepEqual(linesOf('[A]\nB = c=d, e=f\nHKR,, "G=H",, i=j'), [
      '[A]',
      'B = <c=d> <e=f>',
      '<HKR> <> <G=H> <> <i=j>',
    ]);
  });

  test('ranges are those of the text without quotes', () => {
    const text = '\ufeff[A]\r\n  Name =  "My Filter"  ; here\r\n';
    const [section] = readInf(text).sections;
    const [line] = section?.lines ?? [];
    const [value] = line?.values ?? [];
    const slice = (range: { start: number; end: number } | undefined) => text.slice(range?.start, range?.end);
    assert.equal(slice(section?.nameRange), 'A');
    assert.equal(slice(line?.key?.range), 'Name');
    assert.equal(slice(value?.range), 'My Filter');
    assert.equal(slice(line?.range), 'Name =  "My Filter"');
  });

  test('tokens are replaced, unless the language, the build or nothing decides them', () => {
    const file = readInf(
      '[Strings]\nName = Filter\nFull = "My %Name%"\nLoop = %Loop%\nOther = x\n[Strings.0407]\nName = FILTER\nOther = y',
    );
    const known = readInf('[Strings]\nName = Filter\nFull = "My %Name%"\nLoop = %Loop%');
    assert.equal(resolveInf('%full%', known), 'My Filter');
    assert.equal(resolveInf('100%%', known), '100%');
    assert.equal(resolveInf('%13%\\%Name%.sys', known), '%13%\\Filter.sys');
    assert.equal(resolveInf('%Loop%', known), undefined);
    assert.equal(resolveInf('%Unknown%', known), undefined);
    assert.equal(resolveInf('$ARCH$', known), undefined);
    assert.equal(resolveInf('%Other%', file), undefined);
  });

  test('directives and registry values are told by their names, whatever the case', () => {
    const text =
      '[Install]\nnetcfginstanceid = {A}\n[Ndi]\nhkr, NDI , "Service", 0, X\nHKLM, Ndi, Service,, Y\nHKR,,Service,,Z';
    assert.deepEqual(textsOf(text, 'NetCfgInstanceId'), ['{A}']);
    assert.deepEqual(textsOf(text, 'Ndi\\Service'), ['X']);
  });

  test('a service that starts a program is not the driver', () => {
    const text =
      '[I.Services]\nAddService = Drv,2,D\nAddService = Helper,,H\nAddService=,2\n[D]\nServiceBinary=%12%\\drv.sys\n[H]\nServiceBinary=%11%\\helper.exe';
    assert.deepEqual(textsOf(text, 'AddService'), ['Drv']);
    assert.deepEqual(factsOf(text).binaries, ['drv.sys']);
  });

  test('the text to edit is that behind the token, when there is one', () => {
    const text = '[Install.Services]\nAddService = %Svc%,,S\n[Strings]\nSvc = "Mine"\n';
    const [setting] = factsOf(text).settings.get('addservice') ?? [];
    assert.equal(setting?.text, 'Mine');
    const { start = 0, end = 0 } = setting?.literal?.range ?? {};
    assert.equal(text.slice(start, end), 'Mine');
    assert.equal(start, text.indexOf('Mine'));
  });

  test('what is too large is not read', () => {
    assert.deepEqual(readInf(`[A]\nB = 1\n${' '.repeat(INF_SIZE_LIMIT)}`).sections, []);
  });

  test('the bytes of every encoding give the same lines', () => {
    const text = '[Strings]\r\nName = "Müller"\r\n';
    for (const encoding of ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252'] as const) {
      assert.deepEqual(
        linesOf(decodeText(encodeText(text, encoding)).text),
        ['[Strings]', 'Name = <Müller>'],
        encoding,
      );
    }
  });

  test('garbage is read to its end, in linear time and without an exception', () => {
    const pieces = [
      '[',
      ']',
      '"',
      '""',
      '%',
      '\\',
      '\\\n',
      ';',
      ',',
      '=',
      '\n',
      '\r',
      ' ',
      '$',
      'HKR',
      'x',
      '\0',
      '\ud800',
    ];
    let seed = 7;
    const next = (limit: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % limit;
    for (let round = 0; round < 400; round++) {
      const text = Array.from({ length: next(80) }, () => pieces[next(pieces.length)]).join('');
      for (const { nameRange, lines } of readInf(text).sections) {
        for (const { start, end } of [
          nameRange,
          ...lines.flatMap(({ values, range }) => [range, ...values.map((v) => v.range)]),
        ]) {
          assert.ok(0 <= start && start <= end && end <= text.length, JSON.stringify(text));
        }
      }
      collectInf('file:///w/x.inf', readInf(text));
    }
    assert.equal(linesOf(`[A]\n${'"'.repeat(200_000)}`).length, 2);
    assert.equal(linesOf(`[A]\nB = ${'\\ '.repeat(100_000)}`).length, 2);
  });
});
