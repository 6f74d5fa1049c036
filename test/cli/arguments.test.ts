import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseArguments } from '../../server/src/cli/arguments.ts';
import { choice, defineCommand, flag, UsageError, value, values } from '../../server/src/cli/command.ts';
import { COMMANDS } from '../../server/src/cli/commands/index.ts';
import { commandHelp, programHelp } from '../../server/src/cli/help.ts';

const build = defineCommand({
  name: 'build',
  operands: '[PATH...]',
  summary: 'makes things',
  options: {
    format: choice(['text', 'json'], 'how', { group: 'Output' }),
    level: choice(['low', 'high'], 'how much', { default: 'high' }),
    quiet: flag('less', { short: 'q' }),
    define: values('NAME', 'a macro', { short: 'D' }),
    out: value('FILE', 'where to'),
  },
  run: () => 0,
});
const bare = defineCommand({ name: 'bare', operands: '', summary: 'x', options: {}, run: () => 0 });

const read = (...argv: string[]) => {
  const request = parseArguments(argv, [build, bare]);
  assert.equal(request.kind, 'run');
  return request.kind === 'run' ? request : assert.fail();
};

test('options that are not given have their defaults', () => {
  assert.deepEqual(read('build').options, {
    format: 'text',
    level: 'high',
    quiet: false,
    define: [],
    out: undefined,
  });
});

test('options and operands in any order, with =, short, and repeated', () => {
  const { options, operands } = read(
    'build',
    'a.c',
    '-q',
    '--define=A=1',
    '-D',
    'B',
    '--out',
    'x',
    'b.c',
    '-DC=2',
  );
  assert.deepEqual(options, {
    format: 'text',
    level: 'high',
    quiet: true,
    define: ['A=1', 'B', 'C=2'],
    out: 'x',
  });
  assert.deepEqual(operands, ['a.c', 'b.c']);
});

test('the last of an option with one value counts', () => {
  assert.equal(read('build', '--format=json', '--format', 'text').options['format'], 'text');
});

test('what follows -- is an operand, and so is a negative number', () => {
  assert.deepEqual(read('build', '--', '--quiet').operands, ['--quiet']);
  assert.deepEqual(read('build', '-1073676283').operands, ['-1073676283']);
  assert.equal(read('build', '--out', '-5').options['out'], '-5');
});

const mistakes: readonly [string[], string][] = [
  [['make'], 'there is no command "make"; known are build and bare (driverentry --help)'],
  [['build', '--frob'], 'build has no option --frob (driverentry build --help lists them)'],
  [['build', '-x'], 'build has no option -x (driverentry build --help lists them)'],
  [['build', '--__proto__'], 'build has no option --__proto__ (driverentry build --help lists them)'],
  [['build', '--no-quiet'], 'build has no option --no-quiet (driverentry build --help lists them)'],
  [['build', '--quiet=yes'], '--quiet takes no value; got "yes"'],
  [['build', '--out'], '--out needs a value: --out FILE'],
  [['build', '--format', '--quiet'], '--format needs a value: --format text|json'],
  [['build', '--format', 'xml'], '--format is one of text, json; got "xml"'],
  [['bare', 'x'], 'bare takes no "x"'],
];
for (const [argv, message] of mistakes) {
  test(`${argv.join(' ')}: ${message}`, () => {
    assert.throws(() => parseArguments(argv, [build, bare]), new UsageError(message));
  });
}

test('help of the program and of a command is asked for in every usual way', () => {
  for (const argv of [[], ['help'], ['--help'], ['-h']]) {
    assert.deepEqual(parseArguments(argv, [build]), { kind: 'help', command: undefined });
  }
  for (const argv of [
    ['help', 'build'],
    ['build', '--help'],
    ['build', 'a.c', '-h'],
  ]) {
    assert.deepEqual(parseArguments(argv, [build]), { kind: 'help', command: build });
  }
  assert.equal(parseArguments(['--version'], [build]).kind, 'version');
});

test('help groups the options and names their values and defaults', () => {
  assert.equal(
    commandHelp(build),
    `driverentry build [OPTION...] [PATH...]

makes things

Output:
  --format text|json          how; default: text

Options:
  --level low|high            how much; default: high
  -q, --quiet                 less
  -D, --define NAME           a macro; repeatable
  --out FILE                  where to
`,
  );
});

test('help of every command names all its options, within 100 columns', () => {
  const program = programHelp(COMMANDS);
  for (const command of COMMANDS) {
    const help = commandHelp(command);
    for (const name of Object.keys(command.options)) assert.match(help, new RegExp(`--${name}\\b`));
    assert.ok(program.includes(`driverentry ${command.name}`));
    for (const line of `${help}${program}`.split('\n')) assert.ok(line.length <= 100, line);
  }
});
