import { placeholder } from './arguments.ts';
import type { Command, Option } from './command.ts';

/** Columns that lines of help stay within. */
const WIDTH = 100;
/** Where the explanations of options begin; a longer option has its explanation on the next line. */
const COLUMN = 30;

/** The list of commands. */
export function programHelp(commands: readonly Command[]): string {
  const rows = commands.map((command): [string, string] => [
    `  driverentry ${[command.name, command.operands].filter(Boolean).join(' ')}`,
    command.summary,
  ]);
  rows.push(
    ['  driverentry COMMAND --help', 'options of a command'],
    ['  driverentry --version', 'the version'],
  );
  const column = Math.max(...rows.map(([left]) => left.length)) + 2;
  return `driverentry checks the registration code of Windows drivers.

${rows.map(([left, right]) => row(left, right, column)).join('')}
Exit code: 0 done, nothing found; 1 findings; 2 wrong usage, or a file that cannot be read.
`;
}

/** All about one command. */
export function commandHelp(command: Command): string {
  const groups = new Map<string, [string, Option][]>();
  for (const [name, option] of Object.entries(command.options)) {
    const group = option.group ?? 'Options';
    groups.set(group, [...(groups.get(group) ?? []), [name, option]]);
  }
  const usage = ['driverentry', command.name, ...(groups.size > 0 ? ['[OPTION...]'] : []), command.operands];
  return [
    `${usage.filter(Boolean).join(' ')}\n\n${wrap(command.summary, 0)}`,
    ...[...groups].map(
      ([title, options]) => `${title}:\n${options.map(([name, option]) => optionRow(name, option)).join('')}`,
    ),
    ...(command.notes === undefined ? [] : [`${command.notes.trim()}\n`]),
  ].join('\n');
}

function optionRow(name: string, option: Option): string {
  const short = option.short === undefined ? '' : `-${option.short}, `;
  const left = `  ${short}--${name} ${placeholder(option)}`.trimEnd();
  const more =
    option.kind === 'values'
      ? '; repeatable'
      : option.kind === 'choice'
        ? `; default: ${option.default}`
        : '';
  return row(left, `${option.help}${more}`, COLUMN);
}

/** Two columns; the right one starts on the next line when the left one is too long. */
function row(left: string, right: string, column: number): string {
  const text = wrap(right, column);
  return left.length + 2 <= column ? left + text.slice(left.length) : `${left}\n${text}`;
}

function wrap(text: string, indent: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map((line) => `${' '.repeat(indent)}${line}\n`).join('');
}
