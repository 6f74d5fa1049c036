import type { CallEntry } from '../../catalog/entry.ts';
import type { Cursor } from '../cursor.ts';
import type { Completion } from './item.ts';
import type { Scene } from './scene.ts';

/** Where a status is compared: with what, and what was compared before. */
interface Comparison {
  readonly entry: CallEntry;
  /** Codes that other cases or comparisons deal with. */
  readonly handled: ReadonlySet<string>;
  /** What stands behind the code. */
  readonly after: string;
  /** Success is what one asks for here. */
  readonly wantsSuccess: boolean;
}

/** Return codes behind `case` and behind `status ==`, of the call that gave the status. Undefined elsewhere. */
export function statusItems(scene: Scene): Completion[] | undefined {
  const { cursor } = scene;
  const comparison = caseAt(scene) ?? comparisonAt(scene);
  if (!comparison) return undefined;
  const { entry, handled, after, wantsSuccess } = comparison;
  const { success, codes = [] } = entry.returns;
  const items = codes
    .filter(({ status }) => !handled.has(status))
    .map((code) => ({ ...code, isSuccess: code.status === success }))
    .toSorted((a, b) => (wantsSuccess ? 1 : -1) * (Number(b.isSuccess) - Number(a.isSuccess)));
  return items.map(({ status, meaning }, index) => ({
    label: status,
    detail: `${entry.name}: ${meaning}`,
    kind: 'status',
    range: cursor.word,
    filter: status,
    before: status + after,
    after: '',
    isBest: index === 0,
    subject: { kind: 'name', name: status },
  }));
}

/** `case |` in a switch over a status. */
function caseAt(scene: Scene): Comparison | undefined {
  const { cursor } = scene;
  const brace = cursor.open.at(-1) ?? -1;
  if (cursor.textOf(cursor.at - 1) !== 'case' || cursor.textOf(brace) !== '{') return undefined;
  const close = brace - 1;
  const open = cursor.partnerOf(close);
  if (open === undefined || cursor.textOf(open - 1) !== 'switch') return undefined;
  const entry =
    callIn(scene, open + 1, close) ?? callBehind(scene, textBetween(cursor, open + 1, close), open - 1);
  if (!entry) return undefined;
  const handled = new Set<string>();
  for (let i = brace + 1, depth = 1; i < cursor.size && depth > 0; i++) {
    const text = cursor.textOf(i);
    if (text === '{') depth++;
    else if (text === '}') depth--;
    else if (text === 'case' && depth === 1 && i !== cursor.at - 1) handled.add(cursor.textOf(i + 1));
  }
  const hasColon = /^\s*:/.test(cursor.text.slice(cursor.word.end, cursor.word.end + 10));
  return { entry, handled, after: hasColon ? '' : ':', wantsSuccess: false };
}

/** `status == |` and `NdisCall(...) != |`. */
function comparisonAt(scene: Scene): Comparison | undefined {
  const { cursor } = scene;
  const operator = cursor.at - 2;
  const isEqual = cursor.isAt(operator, '==');
  if (!isEqual && !cursor.isAt(operator, '!=')) return undefined;
  const open = cursor.textOf(operator - 1) === ')' ? cursor.partnerOf(operator - 1) : undefined;
  const operand = operandBefore(cursor, operator);
  const entry =
    open === undefined
      ? operand && callBehind(scene, operand.text, operand.first)
      : (scene.catalog.calls.get(cursor.textOf(open - 1)) ?? callIn(scene, open + 1, operator - 1));
  if (!entry) return undefined;
  return {
    entry,
    handled: operand ? comparedBefore(cursor, operand) : new Set(),
    after: '',
    wantsSuccess: !isEqual,
  };
}

interface Operand {
  /** Without white space. */
  readonly text: string;
  readonly first: number;
}

/** The variable or member that ends in front of a token. */
function operandBefore(cursor: Cursor, end: number): Operand | undefined {
  if (!cursor.isWord(end - 1)) return undefined;
  const first = cursor.chainBefore(end - 1)?.first ?? end - 1;
  return { text: textBetween(cursor, first, end), first };
}

function textBetween(cursor: Cursor, from: number, to: number): string {
  let text = '';
  for (let i = from; i < to; i++) text += cursor.textOf(i);
  return text;
}

/** The catalogue's call that an expression consists of or stores: `(Status = NdisCall(...))`. */
function callIn({ cursor, catalog }: Scene, from: number, to: number): CallEntry | undefined {
  for (let i = from; i < to; i++) {
    const entry = cursor.textOf(i + 1) === '(' ? catalog.calls.get(cursor.textOf(i)) : undefined;
    if (entry) return entry;
  }
  return undefined;
}

/** The call whose result the variable got last, in front of a token. */
function callBehind({ cursor, catalog }: Scene, variable: string, before: number): CallEntry | undefined {
  const from = cursor.around?.open ?? before;
  for (let i = before - 1; i > from; i--) {
    if (cursor.textOf(i) !== '=' || cursor.textOf(i + 1) === '=') continue;
    if ('=!<>'.includes(cursor.text.charAt(cursor.startOf(i) - 1))) continue;
    if (operandBefore(cursor, i)?.text !== variable) continue;
    let callee = i + 1;
    // `(NTSTATUS)NdisCall(...)`
    if (cursor.textOf(callee) === '(') callee = (closeOf(cursor, callee) ?? callee) + 1;
    return cursor.textOf(callee + 1) === '(' ? catalog.calls.get(cursor.textOf(callee)) : undefined;
  }
  return undefined;
}

function closeOf(cursor: Cursor, open: number): number | undefined {
  for (let i = open + 1; i < cursor.at; i++) if (cursor.partnerOf(i) === open) return i;
  return undefined;
}

/** Codes that the variable was compared with since it got its value. */
function comparedBefore(cursor: Cursor, { text, first }: Operand): Set<string> {
  const found = new Set<string>();
  for (let i = first - 1; i > (cursor.around?.open ?? first); i--) {
    const isAssignment = cursor.textOf(i) === '=' && cursor.textOf(i + 1) !== '=';
    if (isAssignment && !'=!<>'.includes(cursor.text.charAt(cursor.startOf(i) - 1))) {
      if (operandBefore(cursor, i)?.text === text) return found;
    } else if (
      (cursor.isAt(i, '==') || cursor.isAt(i, '!=')) &&
      operandBefore(cursor, i)?.text === text &&
      cursor.isWord(i + 2)
    ) {
      found.add(cursor.textOf(i + 2));
    }
  }
  return found;
}
