import { loadCatalog } from '../../host/node-host.ts';
import { explain, RULES } from '../../index.ts';
import { choice, defineCommand, EXIT, UsageError, value, values } from '../command.ts';
import { explainInDriver } from '../explain.ts';

/** `driverentry explain`: the hover of a name, without an editor. */
export const explainCommand = defineCommand({
  name: 'explain',
  operands: 'NAME...',
  summary: 'what an API, structure, member, role, flag, status code or rule means',
  options: {
    format: choice(['text', 'markdown', 'json'], 'how it is written'),
    in: values(
      'PATH',
      'a driver: file, folder or .vcxproj; looks there for what made a call return the status code',
    ),
    define: values('NAME[=VALUE]', 'a macro of the build; with --in', { short: 'D' }),
    configuration: value('"Release|x64"', 'configuration and platform that projects are read for; with --in'),
  },
  notes: `
Examples:
  driverentry explain PauseHandler MiniportPause
  driverentry explain handle-not-kept
  driverentry explain 0xC0010005 -1073676283
  driverentry explain NDIS_STATUS_BAD_CHARACTERISTICS --in driver
`,
  run({ format, in: paths, define, configuration }, names, host) {
    if (names.length === 0) throw new UsageError('explain needs a name: driverentry explain 0xC0010005');
    if (paths.length > 0) {
      return explainInDriver(
        { names, format, in: paths, defines: define, configuration: configuration ?? '' },
        host,
      );
    }
    if (define.length > 0 || configuration !== undefined)
      throw new UsageError('--define and --configuration say how to read the driver that --in names');
    const catalog = loadCatalog(host.folder);
    const results = names.map((name) => ({ name, found: explain(name, catalog, RULES) }));
    if (format === 'json') {
      const list = results.map(({ name, found }) => ({
        name,
        explanations: found.map(({ title, kind, markdown, url }) => ({ title, kind, markdown, url })),
      }));
      host.write(`${JSON.stringify(list, null, 2)}\n`);
    } else {
      const texts = results.flatMap(({ found }) =>
        found.map((item) => (format === 'markdown' ? item.markdown : item.text)),
      );
      if (texts.length > 0) host.write(`${texts.join('\n\n')}\n`);
    }
    const unknown = results.filter(({ found }) => found.length === 0);
    for (const { name } of unknown) {
      host.complain(
        `nothing is known of "${name}"; names are case-sensitive, and codes are written 0xC0010005 or -1073676283`,
      );
    }
    return unknown.length > 0 ? EXIT.usageOrIo : EXIT.ok;
  },
});
