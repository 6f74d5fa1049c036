import { runCheck } from '../check.ts';
import { choice, defineCommand, flag, UsageError, value, values } from '../command.ts';

const LEVELS = ['error', 'warning', 'information', 'hint', 'off'];

const OUTPUT = { group: 'Output' };
const BUILD = { group: 'The build' };
const INPUT = { group: 'Input and changes' };

/** `driverentry check`: findings of files, folders and projects. */
export const check = defineCommand({
  name: 'check',
  operands: '[PATH...]',
  summary: 'analyse files, folders or .vcxproj files; the working folder when none is given',
  options: {
    format: choice(['text', 'json', 'sarif', 'github'], 'how findings are written', OUTPUT),
    'fail-on': choice(
      ['error', 'warning', 'information', 'hint', 'never'],
      'exit with 1 when there is a finding of this severity or above',
      { ...OUTPUT, default: 'warning' },
    ),
    rule: values('ID=LEVEL', 'severity of a rule: error, warning, information, hint or off', OUTPUT),
    quiet: flag('findings only', { ...OUTPUT, short: 'q' }),
    stats: flag('counts and times on standard error', OUTPUT),
    define: values('NAME[=VALUE]', 'a macro of the build', { ...BUILD, short: 'D' }),
    configuration: value('"Release|x64"', 'configuration and platform that projects are read for', BUILD),
    fix: flag('apply the safe fixes', INPUT),
    stdin: flag('read one file from standard input', INPUT),
    'stdin-filename': value('FILE', 'where that file would be, so that headers beside it are found', INPUT),
  },
  notes: `
Exit code: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or a file that cannot be read.

Examples:
  driverentry check
  driverentry check driver/driver.vcxproj --configuration "Release|ARM64"
  driverentry check --rule size-not-versioned=hint --fail-on error src
`,
  run(options, paths, host) {
    const rules: Record<string, string> = {};
    for (const item of options.rule) {
      const [id, level, ...more] = item.split('=');
      if (!id || !level || more.length > 0 || !LEVELS.includes(level)) {
        throw new UsageError(`--rule takes ID=LEVEL with a level of ${LEVELS.join(', ')}; got "${item}"`);
      }
      rules[id] = level;
    }
    const { stdin, 'stdin-filename': stdinFilename } = options;
    if (stdin && stdinFilename === undefined) {
      throw new UsageError('--stdin needs --stdin-filename, so that headers beside the file are found');
    }
    if (stdin && paths.length > 0) throw new UsageError('--stdin takes no paths');
    if (stdin && options.fix) throw new UsageError('--fix cannot write to standard input');
    if (!stdin && stdinFilename !== undefined) {
      throw new UsageError('--stdin-filename needs --stdin; to check a file on disk, give its path alone');
    }
    return runCheck(
      {
        paths: paths.length > 0 ? paths : ['.'],
        format: options.format,
        defines: options.define,
        configuration: options.configuration ?? '',
        rules,
        failOn: options['fail-on'],
        fix: options.fix,
        stdin,
        stdinFilename,
        quiet: options.quiet,
        stats: options.stats,
      },
      host,
    );
  },
});
