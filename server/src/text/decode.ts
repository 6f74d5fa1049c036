/** How a file's bytes spell its text. */
export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
  /** True when the file starts with a byte order mark, which is not part of `text`. */
  readonly bom: boolean;
}

/** Windows-1252 in 0x80..0x9F; the five unassigned bytes map to the control characters of the same number. */
const HIGH_CONTROL =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Bytes looked at when a file without byte order mark may be UTF-16. */
const SAMPLE = 4096;
/** `String.fromCharCode` takes its characters as arguments, whose number is limited. */
const CHUNK = 8192;

/**
 * Decodes a source file: byte order mark, else UTF-16 by its pattern of zero bytes, else UTF-8 if the bytes
 * are valid, else Windows-1252, which every byte sequence is. Never throws.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    const text = decodeUtf8(bytes.subarray(3));
    if (text !== undefined) return { text, encoding: 'utf-8-bom', bom: true };
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return { text: decodeUtf16(bytes.subarray(2), true), encoding: 'utf-16le', bom: true };
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return { text: decodeUtf16(bytes.subarray(2), false), encoding: 'utf-16be', bom: true };
  }
  const guess = guessUtf16(bytes);
  if (guess !== undefined) {
    return { text: decodeUtf16(bytes, guess === 'utf-16le'), encoding: guess, bom: false };
  }
  const text = decodeUtf8(bytes);
  if (text !== undefined) return { text, encoding: 'utf-8', bom: false };
  return { text: decodeWindows1252(bytes), encoding: 'windows-1252', bom: false };
}

/**
 * Encodes a text as its file was. `bom` matters for UTF-16 only, where files with and without exist.
 * Throws when the text holds a character that Windows-1252 lacks: writing `?` would damage the file.
 */
export function encodeText(text: string, encoding: Encoding, bom = true): Uint8Array {
  switch (encoding) {
    case 'utf-8':
      return new TextEncoder().encode(text);
    case 'utf-8-bom':
      return new TextEncoder().encode('\ufeff' + text);
    case 'utf-16le':
    case 'utf-16be':
      return encodeUtf16(bom ? '\ufeff' + text : text, encoding === 'utf-16le');
    case 'windows-1252':
      return encodeWindows1252(text);
  }
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** By hand, because TextDecoder replaces lone surrogates and the file could not be written back unchanged. */
function decodeUtf16(bytes: Uint8Array, little: boolean): string {
  const length = bytes.length >> 1;
  const low = little ? 0 : 1;
  const parts: string[] = [];
  for (let start = 0; start < length; start += CHUNK) {
    const units: number[] = [];
    for (let i = start; i < Math.min(length, start + CHUNK); i++) {
      units.push((bytes[2 * i + low] ?? 0) | ((bytes[2 * i + 1 - low] ?? 0) << 8));
    }
    parts.push(String.fromCharCode(...units));
  }
  return parts.join('');
}

function encodeUtf16(text: string, little: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const low = little ? 0 : 1;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[2 * i + low] = unit & 0xff;
    bytes[2 * i + 1 - low] = unit >> 8;
  }
  return bytes;
}

/** Source text is mostly ASCII, so in UTF-16 nearly every second byte is zero, always on the same side. */
function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes.length < 4 || bytes.length % 2 !== 0) return undefined;
  const pairs = Math.min(bytes.length, SAMPLE) >> 1;
  let first = 0;
  let second = 0;
  for (let i = 0; i < pairs; i++) {
    if (bytes[2 * i] === 0) first++;
    if (bytes[2 * i + 1] === 0) second++;
  }
  if (second > pairs * 0.4 && first < pairs * 0.1) return 'utf-16le';
  if (first > pairs * 0.4 && second < pairs * 0.1) return 'utf-16be';
  return undefined;
}

function decodeWindows1252(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK) {
    const units: number[] = [];
    for (const byte of bytes.subarray(start, start + CHUNK)) {
      units.push(byte >= 0x80 && byte < 0xa0 ? HIGH_CONTROL.charCodeAt(byte - 0x80) : byte);
    }
    parts.push(String.fromCharCode(...units));
  }
  return parts.join('');
}

function encodeWindows1252(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80 || (unit >= 0xa0 && unit <= 0xff)) {
      bytes[i] = unit;
      continue;
    }
    const at = HIGH_CONTROL.indexOf(text.charAt(i));
    if (at < 0) {
      const code = unit.toString(16).toUpperCase().padStart(4, '0');
      throw new Error(
        `the file is Windows-1252, which has no character U+${code} (offset ${i}); save it as UTF-8 first`,
      );
    }
    bytes[i] = 0x80 + at;
  }
  return bytes;
}
