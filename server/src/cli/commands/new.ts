import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { loadCatalog } from '../../host/node-host.ts';
import { driverKinds, LAYOUTS, nameProblem, newDriver, NewDriverError } from '../../index.ts';
import { choice, defineCommand, EXIT, flag, UsageError, value } from '../command.ts';

/** `driverentry new`: the files of a new driver. */
export const newCommand = defineCommand({
  name: 'new',
  operands: 'KIND [DIR]',
  summary: 'a new driver: sources, project and INF file that match',
  options: {
    name: value('NAME', 'of project, service and functions; otherwise the name of the folder'),
    ndis: value('VERSION', 'NDIS version, such as 6.30; otherwise the one that every supported Windows has'),
    layout: choice(LAYOUTS, 'one file of source, or several'),
    force: flag('overwrite files that are there'),
  },
  notes: [
    'KIND is ndis-miniport, ndis-protocol, ndis-filter, ndis-intermediate or hid-minidriver. DIR is made',
    'when it is not there; without it the files go into the current folder.',
    '',
    '  driverentry new ndis-filter MyFilter --ndis 6.30 --layout split',
  ].join('\n'),
  run({ name, ndis, layout, force }, [kind, folder = '.', ...more], host) {
    const catalog = loadCatalog(host.folder);
    if (kind === undefined) {
      const kinds = driverKinds(catalog).map((one) => one.name);
      throw new UsageError(`new needs the kind of driver: ${kinds.join(', ')}`);
    }
    if (more[0] !== undefined) throw new UsageError(`new takes a kind and a folder, and no "${more[0]}"`);
    const target = resolve(host.cwd, folder);
    const fallback = driverKinds(catalog).find((one) => one.name === kind)?.defaultName ?? '';
    const own = nameProblem(basename(target)) === undefined ? basename(target) : fallback;
    const made = (() => {
      try {
        return newDriver(
          { kind, name: name ?? own, layout, ...(ndis === undefined ? {} : { version: ndis }) },
          catalog,
          () => crypto.randomUUID(),
        );
      } catch (error) {
        throw error instanceof NewDriverError ? new UsageError(error.message) : error;
      }
    })();
    const files = made.files.map((file) => ({ ...file, path: join(target, file.name) }));
    const there = force ? [] : files.filter(({ path }) => existsSync(path));
    if (there.length > 0) {
      for (const { path } of there)
        host.complain(`${host.relative(path)}: it is there already; --force overwrites it`);
      return EXIT.usageOrIo;
    }
    for (const { path, text } of files) {
      try {
        mkdirSync(dirname(path), { recursive: true });
        host.save(path, new TextEncoder().encode(text));
      } catch (error) {
        host.complain(`${host.relative(path)}: cannot be written: ${(error as Error).message}`);
        return EXIT.usageOrIo;
      }
      host.write(`${host.relative(path)}\n`);
    }
    return EXIT.ok;
  },
});
