import { readFileSync } from 'node:fs';
import { type Analyzer, applyEdits, decodeText, encodeText, safeFixes } from '../../index.ts';
import type { CommandHost } from '../command.ts';

/** Rounds of `--fix` for one file: a fix may make room for another, but never for ever. */
const FIX_ROUNDS = 10;

/** Applies safe fixes until none is left, then writes each file once, in its own encoding. */
export async function applySafeFixes(
  analyzer: Analyzer,
  uris: readonly string[],
  host: CommandHost,
): Promise<{ fixed: number; problems: string[] }> {
  const changed = new Map<string, string>();
  /** Number of fixes by the file that they write to first. */
  const fixes = new Map<string, number>();
  for (const uri of uris) {
    for (let round = 0; round < FIX_ROUNDS; round++) {
      const diagnosis = await analyzer.diagnose(uri);
      const found = safeFixes(diagnosis?.findings ?? []);
      if (found.length === 0) break;
      const edits = found.flatMap((fix) => fix.edits);
      for (const target of new Set(edits.map((edit) => edit.uri ?? uri))) {
        const text = applyEdits(
          analyzer.textOf(target) ?? '',
          edits.filter((edit) => (edit.uri ?? uri) === target),
        );
        changed.set(target, text);
        analyzer.apply({ kind: 'text', uri: target, text, version: round + 1 });
      }
      for (const fix of found) {
        const target = fix.edits[0]?.uri ?? uri;
        fixes.set(target, (fixes.get(target) ?? 0) + 1);
      }
    }
  }
  const problems: string[] = [];
  for (const [uri, text] of changed) {
    const path = host.toPath(uri);
    try {
      const bytes = new Uint8Array(readFileSync(path));
      const { text: before, encoding, bom } = decodeText(bytes);
      if (!sameBytes(encodeText(before, encoding, bom), bytes)) {
        fixes.delete(uri);
        problems.push(
          `${host.relative(path)}: not fixed: its bytes are not valid ${encoding.toUpperCase()}; save it again as UTF-8 first`,
        );
      } else host.save(path, encodeText(text, encoding, bom));
    } catch (error) {
      fixes.delete(uri);
      problems.push(`${host.relative(path)}: cannot be written: ${(error as Error).message}`);
    }
    analyzer.apply({ kind: 'close', uri });
  }
  const fixed = [...fixes.values()].reduce((sum, count) => sum + count, 0);
  return { fixed, problems };
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
