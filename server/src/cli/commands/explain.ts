import { loadCatalog } from '../../host/node-host.ts';
import { explain, RULES } from '../../index.ts';
import { choice, defineCommand, EXIT, UsageError } from '../command.ts';

/** `driverentry explain`: the hover of a name, without an editor. */
export const explainCommand = defineCommand({
  name: 'explain',
  operands: 'NAME...',
  summary: 'what an API, structure, member, role, flag, status code or rule means',
  options: { format: choice(['text', 'markdown', 'json'], 'how it is written') },
  notes: `
Examples:
  driverentry explain PauseHandler MiniportPause
  driverentry explain handle-not-kept
  driverentry explain 0xC0010005 -1073676283
`,
  run({ format }, names, host) {
    if (names.length === 0) throw new UsageError('explain needs a name: driverentry explain 0xC0010005');
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
