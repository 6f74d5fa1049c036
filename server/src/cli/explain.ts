import { resolve } from 'node:path';
import { loadCatalog } from '../host/node-host.ts';
import {
  type Analyzer,
  type DriverPlace,
  type DriverStatus,
  hexadecimal,
  LineIndex,
  markdownToText,
  type PlaceLinks,
  statusDocument,
} from '../index.ts';
import { type CommandHost, EXIT } from './command.ts';
import { findFiles } from './check/files.ts';
import { openAnalyzer } from './open-analyzer.ts';

export interface ExplainStatusOptions {
  readonly names: readonly string[];
  readonly format: 'text' | 'markdown' | 'json';
  /** Files and folders of the driver to look for causes in. */
  readonly in: readonly string[];
  readonly defines: readonly string[];
  readonly configuration: string;
}

/** Tells why calls of the drivers below the paths may have returned the codes. Resolves to the exit code. */
export async function explainInDriver(options: ExplainStatusOptions, host: CommandHost): Promise<number> {
  const { names, format, defines, configuration } = options;
  const catalog = loadCatalog(host.folder);
  const found = findFiles(options.in, host.cwd);
  const analyzer = await openAnalyzer(catalog, found, { defines, configuration }, host);
  const problems = [...found.problems];
  const uris = found.files.map(host.toUri);
  for (const project of found.projects) {
    const reading = await analyzer.project(host.toUri(project));
    if (!reading?.settings) problems.push(`${host.relative(project)}: cannot be read as a project`);
    uris.push(...(reading?.settings?.sources ?? []));
  }
  if (uris.length === 0 && problems.length === 0) {
    problems.push(`${options.in.join(', ')}: no C or C++ files there`);
  }
  const answers: { name: string; reports: readonly DriverStatus[] }[] = [];
  for (const name of names) {
    const reports = await analyzer.explainStatus(name, uris);
    if (reports) answers.push({ name, reports: worthTelling(reports) });
    else
      problems.push(
        `"${name}" is no status code; with --in, write one as 0xC0010005, -1073676283, 3221291013 or by name`,
      );
  }
  const places = placesOf(analyzer, host);
  if (format === 'json') {
    writeJson(
      host,
      answers.flatMap(({ name, reports }) => reports.map((report) => toJson(name, report, places))),
    );
  } else {
    const links: PlaceLinks = {
      label: places.label,
      href: (place) =>
        format === 'text' ? undefined : `${encodeURI(places.file(place.uri))}#L${places.line(place)}`,
      withPages: format === 'markdown',
    };
    const texts = answers.flatMap(({ reports }) =>
      reports.map(({ driver, report }) => {
        const markdown = statusDocument(report, driver, catalog, links);
        return format === 'markdown' ? markdown : markdownToText(markdown);
      }),
    );
    if (texts.length > 0) host.write(`${texts.join('\n\n')}\n`);
  }
  for (const problem of new Set(problems)) host.complain(problem);
  analyzer.dispose();
  return problems.length > 0 ? EXIT.usageOrIo : EXIT.ok;
}

/** Drivers that have to do with the code; the first of all when none has. */
function worthTelling(reports: readonly DriverStatus[]): readonly DriverStatus[] {
  const concerned = reports.filter(({ report }) => report.calls.length > 0 || report.own.length > 0);
  return concerned.length > 0 ? concerned : reports.slice(0, 1);
}

interface PlaceWords {
  readonly file: (uri: string) => string;
  /** One-based. */
  readonly line: (place: DriverPlace) => number;
  readonly label: (place: DriverPlace) => string;
  readonly range: (place: DriverPlace) => { start: object; end: object };
}

function placesOf(analyzer: Analyzer, host: CommandHost): PlaceWords {
  const known = new Map<string, LineIndex>();
  const lines = (uri: string): LineIndex => {
    const index = known.get(uri) ?? new LineIndex(analyzer.textOf(uri) ?? '');
    known.set(uri, index);
    return index;
  };
  const file = (uri: string): string => host.relative(resolve(host.toPath(uri)));
  return {
    file,
    line: ({ uri, range }) => lines(uri).positionAt(range.start).line + 1,
    label({ uri, range }) {
      const { line, character } = lines(uri).positionAt(range.start);
      return `${file(uri)}:${line + 1}:${character + 1}`;
    },
    range: ({ uri, range }) => ({
      start: lines(uri).positionAt(range.start),
      end: lines(uri).positionAt(range.end),
    }),
  };
}

/** Lines and characters are zero-based, as in the output of `check`. */
function toJson(asked: string, { driver, report }: DriverStatus, places: PlaceWords): object {
  const { status } = report;
  const placed = (place: DriverPlace) => ({ file: places.file(place.uri), range: places.range(place) });
  return {
    asked,
    driver,
    files: report.files,
    isWhole: report.isWhole,
    status: {
      names: status.names,
      value: hexadecimal(status.value),
      signed: status.value | 0,
      ...(status.entry ? { meaning: status.entry.meaning } : {}),
    },
    calls: report.calls.map((call) => ({
      call: call.call,
      meaning: call.code.meaning,
      ...(call.code.cause === undefined ? {} : { usualCause: call.code.cause }),
      places: call.places.map((place) => ({ ...placed(place), inFunction: place.inFunction })),
      causes: call.causes.map(({ finding, isSuppressed }) => ({
        ...placed(finding),
        severity: finding.severity,
        rule: finding.rule,
        message: finding.message,
        ...(finding.help === undefined ? {} : { help: finding.help }),
        isSuppressed,
        url: finding.url,
      })),
      handlers: call.handlers.map((handler) => ({
        ...placed(handler),
        name: handler.name,
        member: handler.member,
      })),
      checked: call.checked.map(({ id }) => id),
      off: call.off.map(({ id }) => id),
      unseen: call.unseen,
    })),
    own: report.own.map((place) => ({ ...placed(place), inFunction: place.inFunction })),
    otherCalls: report.elsewhere.map(({ call, code }) => ({
      call,
      meaning: code.meaning,
      ...(code.cause === undefined ? {} : { usualCause: code.cause }),
    })),
  };
}

const writeJson = (host: CommandHost, value: unknown): void =>
  host.write(`${JSON.stringify(value, null, 2)}\n`);
