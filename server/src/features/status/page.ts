import { type Catalog, pageUrl } from '../../catalog/catalog.ts';
import type { DriverPlace } from '../../driver/driver-facts.ts';
import { blocks, bullets, code, codes, escape, listed, prose, sentence } from '../pages/build.ts';
import { hexadecimal, severityOf } from './read-status.ts';
import type { CallReport, CheckedRule, FunctionPlace, StatusReport } from './report.ts';

/** How places are written: where they lead to, and what is read. */
export interface PlaceLinks {
  /** `driver.c:58:76` */
  readonly label: (place: DriverPlace) => string;
  /** Undefined where nothing can be followed. */
  readonly href: (place: DriverPlace) => string | undefined;
  /** Names of rules and calls lead to their pages. */
  readonly withPages: boolean;
}

/** Places of the driver's own code that are listed before they are only counted. */
const MOST_OWN = 8;

/** The report as a Markdown document that reads from top to bottom: the answer first. */
export function statusDocument(
  report: StatusReport,
  driver: string,
  catalog: Catalog,
  links: PlaceLinks,
): string {
  const { status, calls } = report;
  const title = status.names[0] ?? hexadecimal(status.value);
  return blocks(
    `# ${escape(title)}`,
    [
      code(hexadecimal(status.value)),
      code(String(status.value | 0)),
      `severity ${severityOf(status.value)}`,
      status.names.length > 1 ? `also ${codes(status.names.slice(1))}` : undefined,
    ]
      .filter((part) => part !== undefined)
      .join(' · '),
    status.entry
      ? prose(status.entry.meaning, catalog)
      : 'The catalogue of registration calls does not know this code: none of them is documented to return it.',
    ...(status.entry?.notes ?? []).map((note) => prose(note, catalog)),
    `## In the driver ${escape(driver)}`,
    verdict(report, catalog),
    ...calls.map((call) => callSection(call, catalog, links)),
    ownSection(report, links),
    elsewhereSection(report, catalog),
    status.entry && `[Documentation](${pageUrl(status.entry.page)})`,
  );
}

/** One sentence that answers the question as far as it can be answered. */
function verdict({ status, calls, own, files, isWhole }: StatusReport, catalog: Catalog): string {
  const looked = `${files} file${files === 1 ? '' : 's'} looked at`;
  const whole = isWhole || files === 0 ? '' : '; files of the driver are missing or could not be read';
  const causes = calls.reduce((sum, call) => sum + call.causes.length, 0);
  if (files === 0) return 'No registration code was found here: nothing could be checked.';
  if (status.value === 0) return `This code is success: nothing failed (${looked}).`;
  if (causes > 0) {
    const names = calls.filter((call) => call.causes.length > 0).map(({ call }) => code(call));
    return `**${causes === 1 ? 'One finding leads' : `${causes} findings lead`} ${listed(names)} to this status** (${looked}${whole}).`;
  }
  if (calls.length > 0) {
    return `Nothing in the source explains it: ${listed(calls.map(({ call }) => code(call)))} can return it, and no cause that can be seen was found (${looked}${whole}).`;
  }
  if (own.length > 0) return `The driver's own code returns it (${looked}${whole}).`;
  const [macro] = catalog.idioms.successMacros;
  const passes =
    status.entry?.ntSuccess === true && macro !== undefined ? ` ${code(macro)} takes it for success.` : '';
  return `No call that is known to return it is made here, and the driver's own code does not name it (${looked}${whole}).${passes}`;
}

function callSection(report: CallReport, catalog: Catalog, links: PlaceLinks): string {
  const { call, url, code: returned, causes, handlers, checked, off, unseen } = report;
  return blocks(
    `### ${page(call, url, links)}`,
    `${prose(sentence(returned.meaning), catalog)}${returned.cause ? ` Usual cause: ${prose(returned.cause, catalog)}` : ''}`,
    `Called at ${listed(report.places.map((place) => functionPlace(place, links)))}.`,
    causes.length > 0 ? '**Causes found**' : undefined,
    causes
      .map(
        ({ finding, isSuppressed }, index) =>
          `${index + 1}. ${link(finding, links)}: ${escape(finding.message)}${finding.help ? `. ${escape(sentence(finding.help))}` : '.'} (${page(finding.rule, finding.url, links)}, ${finding.severity}${isSuppressed ? ', suppressed there' : ''})`,
      )
      .join('\n'),
    handlers.length > 0 ? '**Runs inside the call, and its failure becomes this status**' : undefined,
    bullets(
      handlers.map((handler) => `${code(handler.name)} (${code(handler.member)}), ${link(handler, links)}`),
    ),
    checked.length > 0 ? '**Checked, and nothing found**' : undefined,
    bullets(checked.map((rule) => ruleLine(rule, links))),
    off.length > 0 ? '**Not checked: switched off in the settings**' : undefined,
    bullets(off.map((rule) => ruleLine(rule, links))),
    unseen.length > 0 ? '**Cannot be seen in the source**' : undefined,
    bullets(unseen.map((text) => prose(text, catalog))),
  );
}

const ruleLine = ({ id, summary, url }: CheckedRule, links: PlaceLinks): string =>
  `${page(id, url, links)}: ${escape(summary)}`;

const page = (name: string, url: string, { withPages }: PlaceLinks): string =>
  withPages ? `[${escape(name)}](${url})` : escape(name);

function ownSection({ own }: StatusReport, links: PlaceLinks): string | undefined {
  if (own.length === 0) return undefined;
  const rest = own.length - MOST_OWN;
  return blocks(
    "### The driver's own code",
    'These lines set or return the status themselves, whatever Windows says:',
    bullets([
      ...own.slice(0, MOST_OWN).map((place) => functionPlace(place, links)),
      rest > 0 ? `and ${rest} more.` : undefined,
    ]),
  );
}

function elsewhereSection({ elsewhere, calls, status }: StatusReport, catalog: Catalog): string | undefined {
  if (elsewhere.length === 0 || status.value === 0) return undefined;
  return blocks(
    calls.length > 0 ? '### Other calls that return it' : '### Calls that return it',
    bullets(
      elsewhere.map(
        ({ call, code: returned }) =>
          `${code(call)}: ${prose(sentence(returned.meaning), catalog)}${returned.cause ? ` Usual cause: ${prose(returned.cause, catalog)}` : ''}`,
      ),
    ),
  );
}

const functionPlace = (place: FunctionPlace, links: PlaceLinks): string =>
  `${link(place, links)} in ${code(place.inFunction)}`;

function link(place: DriverPlace, { label, href }: PlaceLinks): string {
  const target = href(place);
  const text = label(place);
  return target === undefined ? text : `[${escape(text)}](${target})`;
}
