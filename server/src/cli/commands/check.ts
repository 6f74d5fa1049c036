import { runCheck } from '../check/run.ts';
import { choice, defineCommand, flag, UsageError, value, values } from '../command.ts';

const LEVELS = ['error', 'warning', 'information', 'hint', 'off'];

const OUTPUT = { group: 'Output' };
const WHAT = { group: 'What is checked' };
const OLD = { group: 'Known findings' };
const BUILD = { group: 'The build' };

/** `driverentry check`: findings of files, folders and projects. */
export const check = defineCommand({
  name: 'check',
  operands: '[PATH...]',
  summary: 'analyse files, folders or .vcxproj files; the working folder when none is given',
  options: {
    'whole-driver': flag('check all files of the drivers that the given ones belong to', WHAT),
    exclude: values('GLOB', 'files that are not analysed, such as "**/third_party/**"', WHAT),
    rule: values('ID=LEVEL', 'severity of a rule: error, warning, information, hint or off', WHAT),
    fix: flag('apply the safe fixes', WHAT),
    stdin: flag('read one file from standard input', WHAT),
    'stdin-filename': value('FILE', 'where that file would be, so that headers beside it are found', WHAT),
    define: values('NAME[=VALUE]', 'a macro of the build', { ...BUILD, short: 'D' }),
    configuration: value('"Release|x64"', 'configuration and platform that projects are read for', BUILD),
    format: choice(['text', 'json', 'sarif', 'github', 'gitlab'], 'how findings are written', OUTPUT),
    'sarif-file': value('FILE', 'write SARIF to a file, too', OUTPUT),
    summary: value('FILE', 'add a page in Markdown to a file, such as "$GITHUB_STEP_SUMMARY"', OUTPUT),
    'fail-on': choice(
      ['error', 'warning', 'information', 'hint', 'never'],
      'exit with 1 when there is a finding of this severity or above',
      { ...OUTPUT, default: 'warning' },
    ),
    quiet: flag('findings and errors only', { ...OUTPUT, short: 'q' }),
    stats: flag('counts by rule, and times, on standard error', OUTPUT),
    baseline: value('FILE', 'hide the findings that the file lists', OLD),
    'write-baseline': value(
      'FILE',
      'list all findings in the file; with --baseline those that it hides, so that what is gone goes',
      OLD,
    ),
  },
  notes: `
Exit code: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or a file that cannot be read.

Examples:
  driverentry check
  driverentry check driver/driver.vcxproj --configuration "Release|ARM64"
  driverentry check --rule size-not-versioned=hint --fail-on error src
  driverentry check --baseline driverentry-baseline.json --format github
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
    if (stdin && options['write-baseline'] !== undefined) {
      throw new UsageError('--write-baseline lists what is in files, not what is in standard input');
    }
    for (const name of ['sarif-file', 'summary', 'baseline', 'write-baseline'] as const) {
      if (options[name] !== '') continue;
      const hint = name === 'summary' ? '; is GITHUB_STEP_SUMMARY set?' : '';
      throw new UsageError(`--${name} got an empty name of a file${hint}`);
    }
    return runCheck(
      {
        paths: paths.length > 0 ? paths : ['.'],
        wholeDriver: options['whole-driver'],
        exclude: options.exclude,
        sarifFile: options['sarif-file'],
        summary: options.summary,
        baseline: options.baseline,
        writeBaseline: options['write-baseline'],
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
