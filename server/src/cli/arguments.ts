import { parseArgs } from 'node:util';
import type { Severity } from '../index.ts';

export type Format = 'text' | 'json' | 'sarif' | 'github';
export type FailOn = Severity | 'never';

export interface CheckOptions {
  readonly command: 'check';
  readonly paths: readonly string[];
  readonly format: Format;
  readonly defines: readonly string[];
  readonly configuration: string;
  readonly rules: Readonly<Record<string, string>>;
  readonly failOn: FailOn;
  readonly fix: boolean;
  readonly stdin: boolean;
  readonly stdinFilename: string | undefined;
  readonly quiet: boolean;
  readonly stats: boolean;
}

export type Command =
  | CheckOptions
  | {
      readonly command: 'explain';
      readonly names: readonly string[];
      readonly format: 'text' | 'markdown' | 'json';
    }
  | { readonly command: 'rules'; readonly format: 'text' | 'json' }
  | { readonly command: 'lsp' }
  | { readonly command: 'help'; readonly text: string }
  | { readonly command: 'version' };

/** The command line is wrong; the message says what and how to do it right. */
export class UsageError extends Error {}

const FORMATS = ['text', 'json', 'sarif', 'github'] as const;
const FAIL_ON = ['error', 'warning', 'information', 'hint', 'never'] as const;
const LEVELS = ['error', 'warning', 'information', 'hint', 'off'] as const;

export const HELP = `driverentry checks the registration code of Windows drivers.

  driverentry check [PATH...]     analyse files, folders or .vcxproj files (default: .)
      --format text|json|sarif|github
      --define NAME[=VALUE]       a macro of the build; repeatable
      --configuration "Release|x64"
      --rule ID=LEVEL             error, warning, information, hint or off; repeatable
      --fail-on LEVEL             error, warning (default), information, hint or never
      --fix                       apply the safe fixes
      --stdin --stdin-filename F  read one file from standard input
      --quiet                     findings only      --stats   counts and times
  driverentry explain NAME...     what an API, structure, member, role, flag or status code means
      --format text|markdown|json
  driverentry rules               all rules          --format text|json
  driverentry lsp                 language server on standard input and output
  driverentry --version, --help

Exit code: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or a file that cannot be read.
`;

/** Reads the arguments behind the program's name. Throws UsageError. */
export function parseCommand(argv: readonly string[]): Command {
  const [name, ...rest] = argv;
  switch (name) {
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      return { command: 'help', text: HELP };
    case '--version':
    case '-v':
      return { command: 'version' };
    case 'check':
      return parseCheck(rest);
    case 'explain': {
      const { values, positionals } = read(rest, { format: { type: 'string' } });
      if (positionals.length === 0) {
        throw new UsageError('explain needs a name: driverentry explain 0xC0010005');
      }
      const format = oneOf('--format', values['format'] ?? 'text', ['text', 'markdown', 'json'] as const);
      return { command: 'explain', names: positionals, format };
    }
    case 'rules': {
      const { values, positionals } = read(rest, { format: { type: 'string' } });
      if (positionals.length > 0) throw new UsageError(`rules takes no "${positionals[0]}"`);
      return {
        command: 'rules',
        format: oneOf('--format', values['format'] ?? 'text', ['text', 'json'] as const),
      };
    }
    case 'lsp':
      return { command: 'lsp' };
    default:
      throw new UsageError(
        `there is no command "${name}"; known are check, explain, rules and lsp (driverentry --help)`,
      );
  }
}

function parseCheck(argv: readonly string[]): CheckOptions {
  const { values, positionals } = read(argv, {
    format: { type: 'string' },
    define: { type: 'string', multiple: true, short: 'D' },
    configuration: { type: 'string' },
    rule: { type: 'string', multiple: true },
    'fail-on': { type: 'string' },
    fix: { type: 'boolean' },
    stdin: { type: 'boolean' },
    'stdin-filename': { type: 'string' },
    quiet: { type: 'boolean', short: 'q' },
    stats: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  const rules: Record<string, string> = {};
  for (const item of (values['rule'] as string[] | undefined) ?? []) {
    const [id, level, ...more] = item.split('=');
    if (!id || !level || more.length > 0 || !(LEVELS as readonly string[]).includes(level)) {
      throw new UsageError(`--rule takes ID=LEVEL with a level of ${LEVELS.join(', ')}; got "${item}"`);
    }
    rules[id] = level;
  }
  const stdinFilename = values['stdin-filename'] as string | undefined;
  const stdin = values['stdin'] === true;
  if (stdin && stdinFilename === undefined) {
    throw new UsageError('--stdin needs --stdin-filename, so that headers beside the file are found');
  }
  if (stdin && positionals.length > 0) throw new UsageError('--stdin takes no paths');
  if (stdin && values['fix'] === true) throw new UsageError('--fix cannot write to standard input');
  return {
    command: 'check',
    paths: positionals.length > 0 ? positionals : ['.'],
    format: oneOf('--format', values['format'] ?? 'text', FORMATS),
    defines: (values['define'] as string[] | undefined) ?? [],
    configuration: (values['configuration'] as string | undefined) ?? '',
    rules,
    failOn: oneOf('--fail-on', values['fail-on'] ?? 'warning', FAIL_ON),
    fix: values['fix'] === true,
    stdin,
    stdinFilename,
    quiet: values['quiet'] === true,
    stats: values['stats'] === true,
  };
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

function read(argv: readonly string[], options: Options) {
  // A negative status code (`explain -1073676283`) is a name, not an option.
  const hidden = argv.map((item) => (/^-\d+$/.test(item) ? `\0${item}` : item));
  try {
    const { values, positionals } = parseArgs({
      args: hidden,
      options,
      allowPositionals: true,
      strict: true,
    });
    return { values, positionals: positionals.map((item) => item.replace('\0', '')) };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function oneOf<T extends string>(option: string, value: unknown, allowed: readonly T[]): T {
  if ((allowed as readonly unknown[]).includes(value)) return value as T;
  throw new UsageError(`${option} is one of ${allowed.join(', ')}; got "${String(value)}"`);
}
