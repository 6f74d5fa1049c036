import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { signatureAt } from '../../server/src/features/signature-help.ts';
import { testCatalog } from '../support/catalog.ts';

const CALL = 'NdisMRegisterMiniportDriver';
const NAMES = [
  'DriverObject',
  'RegistryPath',
  'MiniportDriverContext',
  'MiniportDriverCharacteristics',
  'NdisMiniportDriverHandle',
];

/** Name of the active parameter at `$0`; undefined when there is no help. */
function activeIn(source: string): string | undefined {
  const text = source.replaceAll('CALL', CALL);
  const offset = text.indexOf('$0');
  assert.ok(offset >= 0, source);
  const help = signatureAt(text.replace('$0', ''), offset, testCatalog());
  if (!help) return undefined;
  const active = help.parameters[help.active];
  return active ? help.label.slice(active.start, active.end).split(/[ *]/).at(-1) : 'too many';
}

describe('signature help', () => {
  test('shows the prototype with directions, and says what each parameter is for', () => {
    const help = signatureAt(`${CALL}(`, CALL.length + 1, testCatalog());
    assert.ok(help);
    assert.match(
      help.label,
      /^NDIS_STATUS NdisMRegisterMiniportDriver\(_In_ PDRIVER_OBJECT DriverObject, .*\)$/,
    );
    assert.deepEqual(
      help.parameters.map(({ start, end }) => help.label.slice(start, end).split(' ').at(-1)),
      NAMES,
    );
    assert.match(
      help.parameters[2]?.markdown ?? '',
      /^`MiniportDriverContext` \(in, optional: may be `NULL`\)\. /,
    );
    assert.match(help.parameters[4]?.markdown ?? '', /\(out\)/);
    assert.match(help.markdown, /Registers .*\[Documentation\]/s);
  });

  test('follows the arguments, whatever is half written', () => {
    const cases: Readonly<Record<string, string | undefined>> = {
      'status = CALL($0': NAMES[0],
      'status = CALL($0)': NAMES[0],
      'status = CALL( a$0, b': NAMES[0],
      'status = CALL(a,$0': NAMES[1],
      'status = CALL(a, b, $0\n    if (x) {\n    }': NAMES[2],
      'status = CALL(a, b, NULL, &chars, &h$0);': NAMES[4],
      'status = CALL(a, b, c, d, e, $0': 'too many',
      'CALL(f(1, 2, 3), $0': NAMES[1],
      'CALL(f(1, (2), g[3, 4]), (b, c), $0': NAMES[2],
      'CALL((PVOID)(a + ($0': NAMES[0],
      'CALL(a, (b ? c : ($0': NAMES[1],
      'CALL("a, b", \',\', /* c, */ $0': NAMES[2],
      'CALL("a, b\n, $0': NAMES[1],
      'CALL(a, // b,\n  $0': NAMES[1],
      'if (!NT_SUCCESS(status = CALL(a, $0': NAMES[1],
      'TRACE(CALL(a, $0)': NAMES[1],
      'return CALL(\n\ta\n\t,\n\t$0': NAMES[1],
      'CALL(a, #$0': NAMES[1],
      'first(a\nCALL(b, $0': NAMES[1],
      '#define REGISTER(x) CALL(x, $0': NAMES[1],
      '#define REGISTER(x) \\\n    CALL(x, \\\n        $0': NAMES[1],
    };
    for (const [source, expected] of Object.entries(cases)) assert.equal(activeIn(source), expected, source);
  });

  test('is silent where no call of the catalogue is written', () => {
    for (const source of [
      'CALL$0(',
      'CALL(a)$0',
      'CALL(a);$0',
      'CALL(a, b;\n$0',
      'CALL(f($0',
      'f(CALL(a), $0',
      'CALL { $0',
      '"CALL($0',
      '// CALL($0',
      '/* CALL($0 */',
      '#if CALL($0',
      '#define CALL($0',
      'other($0',
      '($0',
      '$0',
    ]) {
      assert.equal(activeIn(source), undefined, source);
    }
  });
});
