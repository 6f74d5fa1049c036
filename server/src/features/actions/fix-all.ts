import type { Fix } from '../../rules/rule.ts';
import { lineEdits } from '../../text/diff.ts';
import { applyEdits, type TextEdit } from '../../text/edit.ts';
import type { Finding } from '../diagnostics.ts';
import { safeFixes } from '../safe-fixes.ts';

/** A fix may make room for another, but never for ever. */
const ROUNDS = 10;

/** A version of the file with its findings. */
export interface FixRound {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/**
 * Edits of one file that make all its safe fixes, those that follow from them, too. `next` analyses the file with another
 * text, apart from what the editor shows. Fixes that reach into other files are left to be made one by one.
 */
export async function fixAllEdits(
  uri: string,
  first: FixRound,
  next: (text: string) => Promise<FixRound | undefined>,
  rule?: string,
): Promise<TextEdit[]> {
  const isOwn = ({ edits }: Fix): boolean =>
    edits.every((edit) => edit.uri === undefined || edit.uri === uri);
  const chosen = ({ findings }: FixRound): Fix[] =>
    safeFixes(rule === undefined ? findings : findings.filter((finding) => finding.rule === rule), isOwn);
  const seen = new Set<string>();
  let round: FixRound | undefined = first;
  let { text } = first;
  for (let count = 0; round && count < ROUNDS; count++) {
    const fixes = chosen(round);
    // Fixes that take each other back end where they began.
    if (fixes.length === 0 || seen.has(text)) break;
    seen.add(text);
    text = applyEdits(
      text,
      fixes.flatMap(({ edits }) => edits),
    );
    round = await next(text);
  }
  return lineEdits(first.text, text);
}
