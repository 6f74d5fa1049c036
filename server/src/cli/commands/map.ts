import { UsageError, choice, defineCommand, flag, value, values } from '../command.ts';
import { runMap } from '../map.ts';

/** `driverentry map`: what drivers register, and what becomes of it. */
export const map = defineCommand({
  name: 'map',
  operands: '[PATH...]',
  summary: 'what drivers register: calls, handlers, what undoes them, and what is left on which way out',
  options: {
    format: choice(['text', 'json', 'mermaid', 'svg'], 'how the map is drawn'),
    driver: value('NAME', 'only this driver, when there are several'),
    out: value('FILE', 'write to a file instead of standard output', { short: 'o' }),
    ascii: flag('text with nothing but ASCII characters, and states as words'),
    define: values('NAME[=VALUE]', 'a macro of the build', { short: 'D' }),
    configuration: value('"Release|x64"', 'configuration and platform that projects are read for'),
  },
  notes: `
Text and json tell of every driver in the paths; svg and mermaid draw one.

Exit code: 0 done, 2 wrong usage or a file that cannot be read.

Examples:
  driverentry map
  driverentry map driver/driver.vcxproj --configuration "Release|ARM64"
  driverentry map src --driver mux --format svg --out mux.svg
`,
  run(options, paths, host) {
    if (options.ascii && options.format !== 'text')
      throw new UsageError(`--ascii is for --format text; ${options.format} does not need it`);
    return runMap(
      {
        paths: paths.length > 0 ? paths : ['.'],
        format: options.format,
        driver: options.driver,
        out: options.out,
        ascii: options.ascii,
        defines: options.define,
        configuration: options.configuration ?? '',
      },
      host,
    );
  },
});
