import type { Held, Spot, StoryStep } from '../../driver/lifecycle/memory.ts';
import type { TextRange } from '../../text/range.ts';
import { indentationAt, indentUnit, lineBreak, lineEnd, lineStart } from '../../text/layout.ts';
import type { FileEdit, RuleContext } from '../rule.ts';
import { entryOf } from './lifecycle.ts';
import {
  armsBehind,
  bareOwnerEnd,
  codeOnly,
  ifLines,
  insertBefore,
  insertFirst,
  statementAt,
} from './blocks.ts';
import { failureTest, returnedText, returnedVariable } from './statuses.ts';
import { textBefore, BLANKS, withoutEnds } from '../../text/ends.ts';

/** One way on which a function leaves. */
export interface Way {
  /** The statement that leaves. */
  readonly at: Spot;
  readonly story: readonly StoryStep[];
}

/** A function's text, and what of it is code, with offsets of its file. */
interface Source {
  readonly uri: string;
  readonly text: string;
  readonly code: string;
  /** Start of the function: spots are relative to it. */
  readonly start: number;
  readonly body: TextRange;
}

function sourceOf(context: RuleContext, spot: Spot): Source | undefined {
  const fn = context.driver.functionOf(spot);
  const text = fn && context.textOf(fn.file.uri);
  const body = fn?.flow.fact.body;
  if (!fn || !body || text === undefined) return undefined;
  return { uri: fn.file.uri, text, code: codeOnly(text), start: fn.flow.fact.range.start, body };
}

const bodyOf = ({ code, body }: Source): string => code.slice(body.start, body.end);

const absolute = ({ start }: Source, { range }: Spot): TextRange => ({
  start: start + range.start,
  end: start + range.end,
});

const inFile = (context: RuleContext, { uri }: Source, edits: readonly FileEdit[]): FileEdit[] =>
  edits.map((edit) => ({ ...(uri === context.facts.uri ? {} : { uri }), ...edit }));

const JUMP = /^(?:goto|return|break|continue|(?:__)?leave)\b/;

/** Edits for some of the ways, or for all. */
export interface WayEdits {
  readonly edits: readonly FileEdit[];
  readonly done: number;
}

/** An undo as a statement, and what tells that there is something to undo, if anything does. */
export interface Undo {
  readonly statement: string;
  readonly isStanding: string | undefined;
}

/**
 * Puts the undo before every statement that leaves. Where those that succeed leave there, too, it stands under a test,
 * and serves all ways that come by.
 */
export function beforeLeaving(
  context: RuleContext,
  held: Held,
  ways: readonly Way[],
  undo: Undo,
): WayEdits | undefined {
  const found = ways.map((way) => {
    const source = sourceOf(context, way.at);
    const one = source && oneBefore(context, source, held, way, undo);
    return source && one ? { ...one, way, edits: inFile(context, source, one.edits) } : undefined;
  });
  const shared = found.filter((one) => one?.isShared);
  const isServed = ({ at, story }: Way): boolean =>
    shared.some(
      (one) =>
        one !== undefined &&
        !isSame(one.way.at, at) &&
        behind(story, at).some((step) => isSame(step.at, one.way.at)),
    );
  const edits: FileEdit[] = [];
  let done = 0;
  found.forEach((one, index) => {
    const way = ways[index];
    if (way && isServed(way)) done++;
    else if (one) {
      done++;
      edits.push(...one.edits);
    }
  });
  return edits.length === 0 ? undefined : { edits, done };
}

const isSame = (a: Spot, b: Spot): boolean => a.fn === b.fn && a.range.start === b.range.start;

/** What happens on a way behind the statement that leaves. */
function behind(story: readonly StoryStep[], at: Spot): readonly StoryStep[] {
  const last = story.findLastIndex((step) => step.kind === 'jump' && isSame(step.at, at));
  return last < 0 ? [] : story.slice(last + 1);
}

function oneBefore(
  context: RuleContext,
  source: Source,
  held: Held,
  way: Way,
  { statement, isStanding }: Undo,
): { readonly edits: readonly FileEdit[]; readonly isShared: boolean } | undefined {
  const { text, code } = source;
  const range = absolute(source, way.at);
  const written = code.slice(range.start, range.end);
  if (!JUMP.test(written)) return undefined; // a macro jumps
  if (blockBefore(code, range.start).includes(statement.replace(/\(.*/, ''))) return undefined; // done in some builds
  const whole = { start: range.start, end: statementAt(code, range.start).end };
  const returned = returnedText(written);
  const variable = nameIn(returned) ?? returnedVariable(bodyOf(source));
  const isFailure = (name: string) => failureTest(context, code, name, entryOf(context, held));
  if (returned !== undefined && /\w\s*\(/.test(returned) && !isConversion(returned)) {
    // The call in it decides: its result has to be known first.
    const status = returnedVariable(bodyOf(source));
    if (status === undefined || bareOwnerEnd(code, whole.start) !== undefined) return undefined;
    const expression = returnedText(text.slice(range.start, range.end)) ?? '';
    const lines = [`${status} = ${expression};`, ...ifLines(text, isFailure(status), [statement])];
    return {
      edits: [...insertBefore(text, whole, lines), { range: whole, newText: `return ${status};` }],
      isShared: false,
    };
  }
  if (isOnlyOnFailure(source, way, range, variable, returned))
    return { edits: insertBefore(text, whole, [statement]), isShared: false };
  if (variable === undefined || isStanding === undefined) return undefined;
  const lines = ifLines(text, `${isFailure(variable)} && ${isStanding}`, [statement]);
  return { edits: insertBefore(text, whole, lines), isShared: true };
}

/** What stands before an offset in the block around it. */
function blockBefore(code: string, offset: number): string {
  let depth = 0;
  for (let i = offset - 1; i >= 0; i--) {
    if (code[i] === '}') depth++;
    else if (code[i] === '{' && --depth < 0) return code.slice(i, offset);
  }
  return '';
}

/** `status`, also in parentheses or behind a cast. */
const nameIn = (expression: string | undefined): string | undefined => nameOnly(expression ?? '');

function nameOnly(expression: string): string | undefined {
  const text = expression.trim();
  const bare = text.replace(/^\(\s*\w+\s*\)/, '') || text;
  const name = withoutEnds(bare, `(${BLANKS}`, `)${BLANKS}`);
  return /^[A-Za-z_]\w*$/.test(name) ? name : undefined;
}

/** A macro in capitals with a name or constant in it, such as one that makes one kind of status another. */
const isConversion = (expression: string): boolean =>
  /^[A-Z][A-Z0-9_]*\s*\(\s*\w+\s*\)$/.test(expression.trim());

/** True when nobody who succeeded comes to the statement. */
function isOnlyOnFailure(
  source: Source,
  way: Way,
  range: TextRange,
  variable: string | undefined,
  returned: string | undefined,
): boolean {
  if (returned !== undefined && /^[A-Z][A-Z0-9_]*$|^0x|^\(NTSTATUS\)\s*0x/.test(returned.trim())) return true;
  const { code } = source;
  const last = way.story.findLastIndex((step) => step.kind === 'jump' && isSame(step.at, way.at));
  const before = (last < 0 ? way.story : way.story.slice(0, last)).filter(({ at }) => at.fn === way.at.fn);
  for (const step of before.toReversed()) {
    const place = absolute(source, step.at);
    if (step.kind === 'stored') {
      const between = code.slice(place.end, range.start);
      if (isStraight(between) && !isBare(code, place.start)) return true;
    }
    if (step.kind !== 'test' || variable === undefined) continue;
    const arms = armsBehind(code, place);
    // The way leads through the arm that holds the statement.
    const arm = [arms?.onTrue, arms?.onFalse].find(
      (one) => one !== undefined && range.start >= one.start && range.start < one.end,
    );
    if (!arm) continue;
    if (!new RegExp(`\\b${variable}\\b`).test(code.slice(place.start, place.end))) continue;
    if (!new RegExp(`\\b${variable}\\s*=[^=]`).test(code.slice(arm.start, range.start))) return true;
  }
  return false;
}

/** Statements that run one after the other. */
function isStraight(code: string): boolean {
  let depth = 0;
  for (const c of code) {
    if (c === '{') depth++;
    else if (c === '}' && --depth < 0) return false;
  }
  const plain = code.split(';').map((part) => textBefore(part, '?'));
  return !plain.some((part) => /\w\s*:(?:[^:]|$)/.test(part));
}

const isBare = (code: string, start: number): boolean =>
  /(?:\)|\belse)\s*$/.test(code.slice(Math.max(0, start - 200), start));

/**
 * Extends the block in which all ways end that clean up after a failure: the body of a test of the status, or a label
 * that only failures reach.
 */
export function inCleanup(
  context: RuleContext,
  ways: readonly Way[],
  lines: (text: string) => readonly string[],
  isDone: (block: string) => boolean,
): FileEdit[] | undefined {
  const blocks = ways.map((way) => cleanupOf(context, way));
  const [first] = blocks;
  if (!first || blocks.some((block) => block?.at !== first.at)) return undefined;
  if (isDone(first.code)) return undefined;
  return inFile(context, first.source, [first.insert(lines(first.source.text))]);
}

interface Cleanup {
  readonly source: Source;
  readonly at: number;
  readonly code: string;
  readonly insert: (lines: readonly string[]) => FileEdit;
}

function cleanupOf(context: RuleContext, way: Way): Cleanup | undefined {
  const source = sourceOf(context, way.at);
  if (!source) return undefined;
  const { text, code, body } = source;
  const range = absolute(source, way.at);
  const variable = returnedVariable(bodyOf(source));
  for (const step of behind(way.story, way.at)) {
    if (step.kind !== 'test' || step.at.fn !== way.at.fn || variable === undefined) continue;
    const place = absolute(source, step.at);
    if (
      place.start < range.start ||
      !new RegExp(`\\b${variable}\\b`).test(code.slice(place.start, place.end))
    )
      continue;
    const arms = armsBehind(code, place);
    if (!arms?.isWhole) continue;
    const arm = (step.what === 'true') === arms.isNegated ? arms.onFalse : arms.onTrue;
    if (!arm || code[arm.start] !== '{') continue;
    return {
      source,
      at: arm.start,
      code: code.slice(arm.start, arm.end),
      insert: (lines) => insertFirst(text, arm, lines),
    };
  }
  const label = /^goto\s+(\w+)/.exec(code.slice(range.start, range.end))?.[1];
  if (label === undefined) return undefined;
  const found = behindReturn(bodyOf(source), label);
  if (found === undefined) return undefined;
  const at = body.start + found;
  const next = statementAt(code, at);
  const indent = indentationAt(text, next.start);
  const end = lineEnd(text, at);
  return {
    source,
    at,
    code: code.slice(at, body.end),
    insert: (lines) =>
      text.slice(at, end).trim() === ''
        ? {
            range: { start: lineStart(text, next.start), end: lineStart(text, next.start) },
            newText: lines.map((line) => indent + line + lineBreak(text)).join(''),
          }
        : {
            range: { start: at, end: at },
            newText: lines.map((line) => lineBreak(text) + indentUnit(text) + line).join(''),
          },
  };
}

/** Offset behind the colon of a label in front of which the function returns. */
function behindReturn(body: string, label: string): number | undefined {
  for (const match of body.matchAll(new RegExp(`\\b${label}\\s*:(?:[^:]|$)`, 'g'))) {
    const front = body.slice(0, match.index).trimEnd();
    if (!front.endsWith(';')) continue;
    const start = Math.max(...[';', '{', '}'].map((mark) => front.lastIndexOf(mark, front.length - 2)));
    if (/\breturn\b/.test(front.slice(start + 1))) return match.index + match[0].indexOf(':') + 1;
  }
  return undefined;
}
