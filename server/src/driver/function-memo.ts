import type { FunctionGraph } from '../flow/graph.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import type { TextRange } from '../text/range.ts';
import { changedNames, mentions, type Names } from './changed-names.ts';
import type { FunctionEffects } from './effects.ts';
import type { CallFact, FunctionFact } from './facts.ts';

export interface FunctionReading {
  readonly effects: FunctionEffects;
  readonly graph: FunctionGraph;
  /** Names of the catalogue in its code. */
  readonly names: readonly string[];
  /**
   * All that it says, when that is calls: no table, no slot, no member. Undefined when it says more, or as long as nobody
   * has looked.
   */
  onlyCalls?: OnlyCalls;
}

export interface OnlyCalls {
  /** Everything that it calls. */
  readonly callees: ReadonlySet<string>;
  /** Calls that the catalogue knows or asks about, where they were when the function was read. */
  readonly calls: readonly CallFact[];
}

/** A function as it is now. */
export interface Known {
  readonly reading: FunctionReading;
  readonly effects: FunctionEffects;
  /** How far it has moved since it was read. */
  readonly by: number;
}

/** A function that was read just now. */
export const asRead = (reading: FunctionReading): Known => ({ reading, effects: reading.effects, by: 0 });

interface Kept {
  /** Where the function was when it was read. */
  readonly start: number;
  readonly reading: FunctionReading;
  /** What the parser saw of it last. */
  masked: string;
  /** The `#if`s around it, and how many are before it: its own are named by their number. */
  readonly conditionals: string;
  /** The file had syntax errors when it was read: these may let the parser take sound code for something else. */
  readonly isDoubtful: boolean;
}

/** How the kept readings of one version stand to the next. */
type Validity = 'all' | 'none' | ((text: string) => boolean);

/**
 * What was read of the functions of one file, so that an edit costs the function it is in. A function is read again when
 * its text changed, what the preprocessor leaves of it, or what a name in it stands for.
 */
export class FunctionMemo {
  #outside = '';
  #headers: readonly unknown[] = [];
  #names: Names | undefined;
  #conditions = '';
  #valid: Validity = 'none';
  #kept = new Map<string, Kept>();
  #next = new Map<string, Kept>();

  /** Starts a new reading of the file. What is not asked for until the next one is forgotten. */
  start(
    source: SourceFile,
    functions: readonly FunctionFact[],
    headers: readonly unknown[],
    names: Names,
  ): void {
    const outside = outsideOf(source, functions);
    const conditions = conditionsOf(source);
    this.#valid = this.#validity(outside, conditions, headers, names);
    this.#kept = this.#valid === 'none' ? new Map() : this.#next;
    this.#next = new Map();
    this.#outside = outside;
    this.#conditions = conditions;
    this.#headers = headers;
    this.#names = names;
  }

  #validity(outside: string, conditions: string, headers: readonly unknown[], names: Names): Validity {
    if (!this.#names || conditions !== this.#conditions) return 'none';
    const isSame =
      outside === this.#outside &&
      headers.length === this.#headers.length &&
      headers.every((header, index) => header === this.#headers[index]);
    if (isSame) return 'all';
    const mentionsChanged = mentions(changedNames(this.#names, names, false));
    return (text) => !mentionsChanged(text);
  }

  /**
   * The reading of a function, the earlier one or a new one, and what it does where the function is now. One that is broken
   * is read each time: what the parser makes of it depends on all that is around.
   */
  of(source: SourceFile, fact: FunctionFact, isBroken: boolean, read: () => FunctionReading): Known {
    const { start, end } = fact.range;
    const text = source.text.slice(start, end);
    const kept = (isBroken ? undefined : this.#earlier(source, fact, text)) ?? {
      start,
      reading: read(),
      masked: source.masked.slice(start, end),
      conditionals: conditionalsAround(source, start),
      isDoubtful: source.root.hasError,
    };
    this.#next.set(text, kept);
    const { effects } = kept.reading;
    if (effects.fact === fact) return { reading: kept.reading, effects, by: 0 };
    const by = start - kept.start;
    return { reading: kept.reading, effects: new MovedEffects(effects, fact, by), by };
  }

  #earlier(source: SourceFile, { range }: FunctionFact, text: string): Kept | undefined {
    const kept = this.#kept.get(text);
    const { hasError } = source.root;
    if (!kept || (kept.isDoubtful && !hasError)) return undefined;
    if (this.#valid === 'all') return kept;
    const masked = source.masked.slice(range.start, range.end);
    const isSame =
      typeof this.#valid === 'function' &&
      !hasError &&
      this.#valid(text) &&
      kept.masked === masked &&
      kept.conditionals === conditionalsAround(source, range.start);
    if (!isSame) return undefined;
    kept.masked = masked;
    // What its file makes of it may depend on more than names.
    delete kept.reading.onlyCalls;
    return kept;
  }
}

/** Every `#if` of a file with what the build makes of it. */
function conditionsOf({ directives, branches, language }: SourceFile): string {
  const groups = directives.conditionals.map(({ branches: list, parent }, group) => [
    parent,
    list.map(({ kind, condition }, branch) => [kind, condition, branches.stateOf({ group, branch })]),
  ]);
  return groups.length === 0 ? language : `${language} ${JSON.stringify(groups)}`;
}

function conditionalsAround({ directives, branches }: SourceFile, start: number): string {
  const { conditionals } = directives;
  if (conditionals.length === 0) return '';
  const before = conditionals.filter(({ range }) => range.start < start).length;
  return `${before} ${JSON.stringify(branches.branchPathAt(start))}`;
}

/** What a function does, at another place of its file; most of it is never asked for. */
class MovedEffects implements FunctionEffects {
  readonly fact: FunctionFact;
  readonly #base: FunctionEffects;
  readonly #by: number;
  #moved: Pick<FunctionEffects, 'steps' | 'variables'> | undefined;

  constructor(base: FunctionEffects, fact: FunctionFact, by: number) {
    this.#base = base;
    this.fact = fact;
    this.#by = by;
  }

  get parameters(): FunctionEffects['parameters'] {
    return this.#base.parameters;
  }

  get aliases(): FunctionEffects['aliases'] {
    return this.#base.aliases;
  }

  get steps(): FunctionEffects['steps'] {
    return this.#by === 0 ? this.#base.steps : this.#move().steps;
  }

  get variables(): FunctionEffects['variables'] {
    return this.#by === 0 ? this.#base.variables : this.#move().variables;
  }

  #move(): Pick<FunctionEffects, 'steps' | 'variables'> {
    if (this.#moved) return this.#moved;
    const steps = moved(this.#base.steps, this.#by);
    // A variable is the same object in both.
    const declared = new Map(
      this.#base.steps.flatMap((step, index) => {
        const now = steps[index];
        return step.kind === 'declare' && now?.kind === 'declare' ? [[step.variable, now.variable]] : [];
      }),
    );
    const variables = new Map(
      [...this.#base.variables].map(([name, variable]) => [
        name,
        declared.get(variable) ?? moved(variable, this.#by),
      ]),
    );
    return (this.#moved = { steps, variables });
  }
}

/** The text without its functions, but with the directives inside them. */
function outsideOf(source: SourceFile, functions: readonly FunctionFact[]): string {
  const { text, directives } = source;
  const parts = without(
    text,
    functions.map(({ range }) => range),
  );
  for (const { range } of directives.lines) parts.push(text.slice(range.start, range.end));
  return [source.language, ...parts].join('\0');
}

/** What is left of a text without some ranges of it. */
export function without(text: string, ranges: readonly TextRange[]): string[] {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue;
    parts.push(text.slice(at, start));
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}

/** The same plain data with every offset moved. Parts without offsets stay the same objects. */
export function moved<T>(value: T, by: number): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return movedArray(value, by) as T;
  if (value instanceof Map) {
    return new Map([...(value as Map<unknown, unknown>)].map(([key, item]) => [key, moved(item, by)])) as T;
  }
  if (value instanceof Set) return value;
  const owner = value as Record<string, unknown>;
  let result: Record<string, unknown> | undefined;
  for (const key in owner) {
    const item = owner[key];
    const now =
      typeof item === 'number' || typeof item === 'string'
        ? movedField(key, item, owner, by)
        : moved(item, by);
    if (now !== item) (result ??= { ...owner })[key] = now;
  }
  return (result ?? value) as T;
}

function movedArray(list: readonly unknown[], by: number): readonly unknown[] {
  let result: unknown[] | undefined;
  for (let at = 0; at < list.length; at++) {
    const item = list[at];
    const now = moved(item, by);
    if (now !== item) (result ??= [...list])[at] = now;
  }
  return result ?? list;
}

/** Offsets are called `start`, `end` and `at`; a conditional of C is named `@offset`, and a `case` by its offset. */
function movedField(key: string, item: number | string, owner: Record<string, unknown>, by: number): unknown {
  if (typeof item === 'number') {
    if (key === 'start' || key === 'end' || key === 'at') return item + by;
    if (key === 'arm' && item > 1 && String(owner['of']).startsWith('@')) return item + by;
    return item;
  }
  return key === 'of' && /^@\d+$/.test(item) ? `@${Number(item.slice(1)) + by}` : item;
}
