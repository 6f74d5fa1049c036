/**
 * What a command of `driverentry` is. Each is one file in `commands/`, listed in `commands/index.ts`; parsing, help
 * and usage errors follow from its table of options.
 */

/** The command line is wrong; the message says what and how to do it right. */
export class UsageError extends Error {}

/** Exit codes of the contract. */
export const EXIT = { ok: 0, findings: 1, usageOrIo: 2 } as const;

interface OptionBase {
  /** One line or a few; lower case, no full stop. */
  readonly help: string;
  /** One letter, for `-q`. */
  readonly short?: string;
  /** Heading of the help under which it stands; without one, under "Options". */
  readonly group?: string;
}

export interface Flag extends OptionBase {
  readonly kind: 'flag';
}

export interface Value extends OptionBase {
  readonly kind: 'value';
  /** How the help names the value: `FILE`. */
  readonly value: string;
}

export interface Values extends OptionBase {
  readonly kind: 'values';
  readonly value: string;
}

export interface Choice<T extends string = string> extends OptionBase {
  readonly kind: 'choice';
  readonly values: readonly T[];
  readonly default: T;
}

export type Option = Flag | Value | Values | Choice;
export type Options = Readonly<Record<string, Option>>;

/** What the arguments say for a table of options. */
export type Parsed<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Choice<infer T>
    ? T
    : O[K] extends Flag
      ? boolean
      : O[K] extends Values
        ? readonly string[]
        : string | undefined;
};

type More = Pick<OptionBase, 'short' | 'group'>;

/** An option that is there or not. */
export const flag = (help: string, more: More = {}): Flag => ({ kind: 'flag', help, ...more });

/** An option with a value; the last one counts. */
export const value = (name: string, help: string, more: More = {}): Value => ({
  kind: 'value',
  value: name,
  help,
  ...more,
});

/** An option with a value that may be given more than once. */
export const values = (name: string, help: string, more: More = {}): Values => ({
  kind: 'values',
  value: name,
  help,
  ...more,
});

/** An option with one of a few values, the first of which is the default unless `more` names one. */
export function choice<const T extends readonly [string, ...string[]]>(
  allowed: T,
  help: string,
  more: More & { readonly default?: T[number] } = {},
): Choice<T[number]> {
  return { kind: 'choice', values: allowed, help, ...more, default: more.default ?? allowed[0] };
}

/** What a command needs of the process around it. */
export interface CommandHost {
  /** Where the catalogue and the wasm files are. */
  readonly folder: string;
  readonly version: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readStdin: () => Uint8Array;
  /** To standard output. */
  readonly write: (text: string) => void;
  /** One message to standard error. */
  readonly complain: (text: string) => void;
  readonly save: (path: string, bytes: Uint8Array) => void;
  /** Shows text without a line break; undefined when nobody watches. */
  readonly progress: ((text: string) => void) | undefined;
  readonly colour: boolean;
  readonly toUri: (path: string) => string;
  readonly toPath: (uri: string) => string;
  /** As printed: relative to the working folder, with forward slashes. */
  readonly relative: (path: string) => string;
}

export interface CommandDefinition<O extends Options = Options> {
  readonly name: string;
  /** What follows name and options: `[PATH...]`. Empty when nothing may follow. */
  readonly operands: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly options: O;
  /** What else its help says, such as examples; lines as printed. */
  readonly notes?: string;
  /** Resolves to the exit code; undefined when the process goes on. Throws UsageError. */
  readonly run: (
    options: Parsed<O>,
    operands: readonly string[],
    host: CommandHost,
  ) => Promise<number | undefined> | number;
}

/** A command whose `run` does not show the type of its options, so that commands of all kinds fit into one list. */
export type Command = Omit<CommandDefinition, 'run'> & {
  readonly run: (
    options: never,
    operands: readonly string[],
    host: CommandHost,
  ) => Promise<number | undefined> | number;
};

/** Checks a definition, and infers what `run` gets from its options. */
export const defineCommand = <O extends Options>(definition: CommandDefinition<O>): CommandDefinition<O> =>
  definition;
