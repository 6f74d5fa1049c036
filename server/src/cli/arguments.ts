import { parseArgs } from 'node:util';
import { type Command, type Option, type Options, UsageError } from './command.ts';

/** What the arguments behind the program's name ask for. */
export type Request =
  | { readonly kind: 'version' }
  /** Of one command, or of the program. */
  | { readonly kind: 'help'; readonly command: Command | undefined }
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly options: Readonly<Record<string, boolean | string | readonly string[] | undefined>>;
      readonly operands: readonly string[];
    };

/** Reads the arguments behind the program's name. Throws UsageError. */
export function parseArguments(argv: readonly string[], commands: readonly Command[]): Request {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h') return { kind: 'help', command: undefined };
  if (name === '--version' || name === '-v') return { kind: 'version' };
  const find = (wanted: string): Command => {
    const command = commands.find((item) => item.name === wanted);
    if (command) return command;
    const names = commands.map((item) => item.name);
    throw new UsageError(
      `there is no command "${wanted}"; known are ${names.slice(0, -1).join(', ')} and ${names.at(-1)} (driverentry --help)`,
    );
  };
  if (name === 'help') return { kind: 'help', command: rest[0] === undefined ? undefined : find(rest[0]) };
  const command = find(name);
  const { options, operands, help } = read(rest, command);
  if (help) return { kind: 'help', command };
  const [surplus] = operands;
  if (command.operands === '' && surplus !== undefined) {
    throw new UsageError(`${command.name} takes no "${surplus}"`);
  }
  return { kind: 'run', command, options, operands };
}

const HELP: Options = { help: { kind: 'flag', short: 'h', help: 'this text' } };

function read(argv: readonly string[], command: Command) {
  const table: Options = { ...command.options, ...HELP };
  const { tokens } = parseArgs({
    // A negative status code (`explain -1073676283`) is a name, not an option.
    args: argv.map((item) => (/^-\d+$/.test(item) ? `\0${item}` : item)),
    options: Object.fromEntries(
      Object.entries(table).map(([name, option]) => [
        name,
        {
          type: option.kind === 'flag' ? ('boolean' as const) : ('string' as const),
          ...(option.short === undefined ? {} : { short: option.short }),
        },
      ]),
    ),
    allowPositionals: true,
    // The tokens are checked below, with messages that say what would be right.
    strict: false,
    tokens: true,
  });
  const options: Record<string, boolean | string | string[] | undefined> = {};
  for (const [name, option] of Object.entries(table)) options[name] = initial(option);
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value.replace('\0', ''));
    if (token.kind !== 'option') continue;
    const { name, rawName } = token;
    const option = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!option) {
      throw new UsageError(
        `${command.name} has no option ${rawName} (driverentry ${command.name} --help lists them)`,
      );
    }
    const given = token.value?.replace('\0', '');
    if (option.kind === 'flag') {
      if (given !== undefined) throw new UsageError(`${rawName} takes no value; got "${given}"`);
      options[name] = true;
      continue;
    }
    // `--format --quiet` is a forgotten value, and would be taken for one.
    if (given === undefined || (token.inlineValue === false && /^-\D/.test(given))) {
      throw new UsageError(`${rawName} needs a value: ${rawName} ${placeholder(option)}`);
    }
    if (option.kind === 'choice' && !option.values.includes(given)) {
      throw new UsageError(`${rawName} is one of ${option.values.join(', ')}; got "${given}"`);
    }
    const sofar = options[name];
    options[name] = Array.isArray(sofar) ? [...sofar, given] : given;
  }
  const { help, ...rest } = options;
  return { options: rest, operands, help: help === true };
}

function initial(option: Option): boolean | string | string[] | undefined {
  switch (option.kind) {
    case 'flag':
      return false;
    case 'values':
      return [];
    case 'choice':
      return option.default;
    case 'value':
      return undefined;
  }
}

/** How help and messages name an option's value. */
export function placeholder(option: Option): string {
  switch (option.kind) {
    case 'flag':
      return '';
    case 'choice':
      return option.values.join('|');
    default:
      return option.value;
  }
}
