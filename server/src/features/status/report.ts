import { type Catalog, pageUrl } from '../../catalog/catalog.ts';
import type { CallEntry, CodeEvidence, ReturnCode } from '../../catalog/entry.ts';
import type { DriverFacts, DriverPlace } from '../../driver/driver-facts.ts';
import type { FileFacts, GlobalFact } from '../../driver/facts.ts';
import type { Rule } from '../../rules/rule.ts';
import type { TextRange } from '../../text/range.ts';
import { atLeast, type Finding, RULE_PAGES } from '../diagnostics.ts';
import type { AskedStatus } from './read-status.ts';

/** Why calls of one driver may have returned a status: everything that its source tells. */
export interface StatusReport {
  readonly status: AskedStatus;
  /** Calls of the driver that return it. */
  readonly calls: readonly CallReport[];
  /** Calls that return it and that the driver does not make. */
  readonly elsewhere: readonly { readonly call: string; readonly code: ReturnCode }[];
  /** Where the driver's own code says it. */
  readonly own: readonly FunctionPlace[];
  /** Files that were looked at. */
  readonly files: number;
  /** False when files of the driver are missing or could not be read. */
  readonly isWhole: boolean;
}

/** A place inside a function of the driver. */
export interface FunctionPlace extends DriverPlace {
  readonly inFunction: string;
}

/** One call that returns the status, and what in the driver leads to that. */
export interface CallReport {
  readonly call: string;
  /** The call's page in the documentation. */
  readonly url: string;
  readonly code: ReturnCode;
  readonly places: readonly FunctionPlace[];
  /** The gravest first. */
  readonly causes: readonly Cause[];
  /** Handlers that run inside the call and whose failure becomes the status. */
  readonly handlers: readonly HandlerPlace[];
  /** Rules that were asked and found nothing. */
  readonly checked: readonly CheckedRule[];
  /** Rules that could not be asked, because the settings switch them off. */
  readonly off: readonly CheckedRule[];
  /** What cannot be seen, one sentence each. */
  readonly unseen: readonly string[];
}

export interface Cause {
  readonly finding: Finding;
  /** The author has suppressed it. */
  readonly isSuppressed: boolean;
}

export interface HandlerPlace extends DriverPlace {
  readonly name: string;
  readonly member: string;
}

export interface CheckedRule {
  readonly id: string;
  readonly summary: string;
  readonly url: string;
}

/** What the report is made from. */
export interface StatusInput {
  readonly status: AskedStatus;
  readonly driver: DriverFacts | undefined;
  /** Of all files of the driver. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Finding[];
  readonly catalog: Catalog;
  readonly rules: readonly Rule[];
  /** True for rules that do not run. */
  readonly isOff: (rule: Rule) => boolean;
}

/** Looks for everything in a driver that makes one of its calls return a status. */
export function statusReport(input: StatusInput): StatusReport {
  const { status, driver, catalog } = input;
  const calls: CallReport[] = [];
  const elsewhere: { call: string; code: ReturnCode }[] = [];
  for (const entry of catalog.calls.values()) {
    const code = entry.returns.codes?.find((item) => status.names.includes(item.status));
    if (!code) continue;
    const places = callPlaces(driver, entry.name);
    if (places.length === 0) elsewhere.push({ call: entry.name, code });
    else calls.push(callReport(input, entry, code, places));
  }
  return {
    status,
    // What explains something comes first.
    calls: calls.toSorted((a, b) => Number(b.causes.length > 0) - Number(a.causes.length > 0)),
    elsewhere,
    own: status.value === 0 ? [] : ownPlaces(driver, status),
    files: driver?.files.size ?? 0,
    isWhole: driver?.isWhole ?? false,
  };
}

function callReport(
  input: StatusInput,
  entry: CallEntry,
  code: ReturnCode,
  places: readonly FunctionPlace[],
): CallReport {
  const { rules, isOff, driver } = input;
  const causes = causesOf(input, entry.name, code);
  const found = new Set(causes.map(({ finding }) => finding.rule));
  const asked = [...new Set((code.foundBy ?? []).map(({ rule }) => rule))].flatMap(
    (id) => rules.find((rule) => rule.id === id && !found.has(id)) ?? [],
  );
  const describe = ({ id, summary }: Rule) => ({ id, summary, url: `${RULE_PAGES}${id}.md` });
  return {
    call: entry.name,
    url: pageUrl(entry.page),
    code,
    places,
    causes,
    handlers: (code.through ?? []).flatMap((member) => handlersIn(driver, entry, member)),
    checked: asked.filter((rule) => !isOff(rule)).map(describe),
    off: asked.filter(isOff).map(describe),
    unseen: [...(code.unseen ?? []), ...doubts(driver, entry, code)],
  };
}

/** Findings that explain the code, without what is only pointed out. */
function causesOf({ findings, suppressed }: StatusInput, call: string, code: ReturnCode): Cause[] {
  const isCause = (finding: Finding): boolean =>
    atLeast(finding.severity, 'warning') &&
    (code.foundBy ?? []).some((evidence) => explains(evidence, finding, call));
  const severities = ['error', 'warning', 'information', 'hint'];
  return [
    ...findings.filter(isCause).map((finding) => ({ finding, isSuppressed: false })),
    ...suppressed.filter(isCause).map((finding) => ({ finding, isSuppressed: true })),
  ].toSorted(
    (a, b) =>
      severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity) ||
      (a.finding.uri < b.finding.uri ? -1 : a.finding.uri > b.finding.uri ? 1 : 0) ||
      a.finding.range.start - b.finding.range.start,
  );
}

function explains(evidence: CodeEvidence, { rule, about }: Finding, call: string): boolean {
  if (rule !== evidence.rule || about?.call !== (evidence.call ?? call)) return false;
  const { members } = evidence;
  return (
    members === undefined ||
    (about.members ?? []).some((name) =>
      members.some((wanted) => name === wanted || name.startsWith(`${wanted}.`)),
    )
  );
}

const filesOf = (driver: DriverFacts | undefined): FileFacts[] => [...(driver?.files.values() ?? [])];

const callPlaces = (driver: DriverFacts | undefined, name: string): FunctionPlace[] =>
  filesOf(driver).flatMap(({ uri, calls }) =>
    calls
      .filter((call) => call.name === name)
      .map(({ nameRange, inFunction }) => ({ uri, range: nameRange, inFunction })),
  );

/** Functions that a member of the call's tables holds. */
function handlersIn(driver: DriverFacts | undefined, { name }: CallEntry, member: string): HandlerPlace[] {
  const found = new Map<string, HandlerPlace>();
  for (const file of filesOf(driver)) {
    for (const { call, tables } of file.registrations) {
      if (call.name !== name) continue;
      for (const { slot, value } of [...tables.values()].flatMap(({ writes }) => writes)) {
        if (slot !== member || value.kind !== 'name') continue;
        const callee = driver?.lifecycle.table.resolve(value.name, file);
        if (callee?.kind !== 'own') continue;
        const { flow, file: home } = callee.fn;
        found.set(callee.fn.id, {
          uri: home.uri,
          range: flow.fact.nameRange,
          name: flow.fact.name,
          member,
        });
      }
    }
  }
  return [...found.values()];
}

/** Why nothing may have been found although it is there. */
function doubts(driver: DriverFacts | undefined, { name }: CallEntry, { foundBy }: ReturnCode): string[] {
  if (!driver || foundBy === undefined) return [];
  const open = filesOf(driver).flatMap(({ registrations }) =>
    registrations
      .filter(({ call }) => call.name === name)
      .flatMap(({ tables }) => [...tables.values()].filter(({ isFullyKnown }) => !isFullyKnown)),
  );
  const names = [...new Set(open.map(({ display }) => `\`${display}\``))];
  return names.length === 0
    ? []
    : [
        `${names.join(', ')} may be changed by code that cannot be seen, so that what is missing in it is not known.`,
      ];
}

/** Assignments and returns of the status by name or by number. */
function ownPlaces(driver: DriverFacts | undefined, { names, value: wanted }: AskedStatus): FunctionPlace[] {
  const isIt = (value: GlobalFact['initial']): boolean =>
    value?.kind === 'name'
      ? names.includes(value.name)
      : value?.kind === 'number' && value.value >>> 0 === wanted && wanted > 0xff_ff;
  const found: FunctionPlace[] = [];
  for (const { uri, flows } of filesOf(driver)) {
    for (const [inFunction, { fact, graph }] of flows) {
      const seen = new Set<number>();
      const add = (range: TextRange): void => {
        if (seen.has(range.start)) return;
        seen.add(range.start);
        const { start } = fact.range;
        found.push({ uri, range: { start: start + range.start, end: start + range.end }, inFunction });
      };
      for (const { ops, next } of graph.blocks) {
        for (const op of ops) if (op.kind === 'assign' && isIt(op.value)) add(op.range);
        if (next.kind === 'return' && isIt(next.value)) add(next.range);
      }
    }
  }
  return found.toSorted(
    (a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0) || a.range.start - b.range.start,
  );
}
