import { resolve } from 'node:path';
import { loadCatalog } from '../host/node-host.ts';
import { isEmptyMap, mapAsJson, mapAsMermaid, mapAsSvg, mapAsText, type RegistrationMap } from '../index.ts';
import { findFiles } from './check/files.ts';
import { filesOfProjects } from './check/sources.ts';
import { type CommandHost, EXIT, UsageError } from './command.ts';
import { openAnalyzer } from './open-analyzer.ts';

export interface MapOptions {
  readonly paths: readonly string[];
  readonly format: 'text' | 'json' | 'mermaid' | 'svg';
  readonly defines: readonly string[];
  readonly configuration: string;
  /** Only the driver of this name. */
  readonly driver: string | undefined;
  /** File to write to instead of standard output. */
  readonly out: string | undefined;
  readonly ascii: boolean;
}

interface FoundDriver {
  readonly name: string;
  /** Its first file, as printed: tells drivers of one name apart. */
  readonly path: string;
  readonly map: RegistrationMap;
}

/** Runs `driverentry map`. Resolves to the exit code. Throws UsageError and InstallationError. */
export async function runMap(options: MapOptions, host: CommandHost): Promise<number> {
  const badDefine = options.defines.find((define) => !/^[A-Za-z_]\w*(=.*)?$/.test(define));
  if (badDefine !== undefined) throw new UsageError(`--define takes NAME or NAME=VALUE; got "${badDefine}"`);
  const found = findFiles(options.paths, host.cwd);
  const { defines, configuration } = options;
  const analyzer = await openAnalyzer(
    loadCatalog(host.folder),
    found,
    { defines, configuration },
    host,
    (error) => error.message,
  );
  const named = await filesOfProjects(analyzer, found.projects, host);
  const problems = [...found.problems, ...named.problems];

  const seen = new Set<string>();
  const drivers: FoundDriver[] = [];
  // INF files tell nothing of what the code registers.
  const sources = [...found.files, ...named.files].filter((path) => !/\.in[fx]$/i.test(path));
  for (const path of [...new Set(sources)].toSorted()) {
    const uri = host.toUri(path);
    const { id, name } = await analyzer.driverOf(uri);
    if (seen.has(id)) continue;
    const map = await analyzer.registrationMap(uri);
    if (!map) continue;
    seen.add(id);
    if (!isEmptyMap(map)) drivers.push({ name, path: host.relative(path), map });
  }
  analyzer.dispose();
  for (const problem of new Set(problems)) host.complain(problem);

  const chosen =
    options.driver === undefined ? drivers : drivers.filter((one) => isNamed(one, options.driver));
  if (options.driver !== undefined && chosen.length === 0) {
    throw new UsageError(
      `--driver: there is no driver "${options.driver}"${drivers.length === 0 ? '' : `; there are ${listOf(drivers)}`}`,
    );
  }
  if (chosen.length === 0 && options.format !== 'json') {
    host.complain(`nothing in ${options.paths.join(', ')} registers anything that is known here`);
    return problems.length > 0 ? EXIT.usageOrIo : EXIT.ok;
  }
  const isPicture = options.format === 'svg' || options.format === 'mermaid';
  if (isPicture && chosen.length > 1) {
    throw new UsageError(
      `--format ${options.format} draws one driver, and there are ${chosen.length}: choose one with --driver: ${listOf(chosen)}`,
    );
  }
  const maps = chosen.map(({ map }) => map);
  const text = render(options, maps, host);
  if (options.out === undefined) host.write(text);
  else {
    try {
      host.save(resolve(host.cwd, options.out), new TextEncoder().encode(text));
    } catch (error) {
      throw new UsageError(`--out: ${options.out} cannot be written: ${(error as Error).message}`);
    }
  }
  return problems.length > 0 ? EXIT.usageOrIo : EXIT.ok;
}

function render(options: MapOptions, maps: readonly RegistrationMap[], host: CommandHost): string {
  const [first] = maps;
  switch (options.format) {
    case 'text':
      return maps.map((map) => mapAsText(map, { ascii: options.ascii })).join('\n');
    case 'json':
      return `${JSON.stringify(
        maps.map((map) => mapAsJson(map, (uri) => host.relative(host.toPath(uri)))),
        null,
        2,
      )}\n`;
    case 'mermaid':
      return first ? mapAsMermaid(first) : '';
    case 'svg':
      return first ? mapAsSvg(first, { theme: 'file' }) : '';
  }
}

/** By name, or by the path of its first file when several have the name. */
const isNamed = ({ name, path }: FoundDriver, wanted = ''): boolean => name === wanted || path === wanted;

/** Names to choose from; a path where a name is not enough. */
const listOf = (drivers: readonly FoundDriver[]): string =>
  drivers
    .map(({ name, path }) =>
      drivers.filter((other) => other.name === name).length > 1 ? `"${path}" (${name})` : `"${name}"`,
    )
    .join(', ');
