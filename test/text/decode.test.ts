import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeText, encodeText } from '../../server/src/text/decode.ts';

const bytes = (...values: number[]) => new Uint8Array(values);
const utf16 = (text: string, bigEndian = false) =>
  new Uint8Array(
    Array.from(text).flatMap((c) =>
      bigEndian
        ? [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 255]
        : [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8],
    ),
  );

describe('encodings', () => {
  const cases: readonly [string, Uint8Array, string, string][] = [
    ['plain UTF-8', new TextEncoder().encode('int ä;'), 'utf-8', 'int ä;'],
    ['UTF-8 with mark', bytes(0xef, 0xbb, 0xbf, 0x69), 'utf-8-bom', 'i'],
    [
      'UTF-16 little endian with mark',
      new Uint8Array([0xff, 0xfe, ...utf16('int a;')]),
      'utf-16le',
      'int a;',
    ],
    [
      'UTF-16 big endian with mark',
      new Uint8Array([0xfe, 0xff, ...utf16('int a;', true)]),
      'utf-16be',
      'int a;',
    ],
    ['UTF-16 without mark', utf16('#include <ndis.h>\nint a;\n'), 'utf-16le', '#include <ndis.h>\nint a;\n'],
    ['Windows-1252', bytes(0x2f, 0x2f, 0x20, 0xe4, 0x80, 0x0a), 'windows-1252', '// ä€\n'],
  ];
  for (const [name, input, encoding, text] of cases) {
    test(`${name} is read, and written back byte by byte`, () => {
      const decoded = decodeText(input);
      assert.equal(decoded.encoding, encoding);
      assert.equal(decoded.text, text);
      // A file without a mark stays without one only where the encoding can be told again.
      if (!name.includes('without'))
        assert.deepEqual([...encodeText(decoded.text, decoded.encoding)], [...input]);
    });
  }

  test('a character that Windows-1252 lacks is an error, not a question mark', () => {
    assert.throws(() => encodeText('→', 'windows-1252'), /windows-1252/i);
  });
});
