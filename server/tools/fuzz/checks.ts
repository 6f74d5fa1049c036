import type { Diagnosis, Finding, Fix } from '../../src/index.ts';
import { applyEdits, safeFixes } from '../../src/index.ts';
import type { MemoryWorkspace } from '../../../test/support/analyse.ts';
import type { TextRange } from '../../src/text/range.ts';
import { Failure, placeOf } from './failure.ts';
import type { Random } from './random.ts';

/** What was done, to be printed in the end. */
export interface Counts {
  sessions: number;
  edits: number;
  analyses: number;
  fixes: number;
}

export interface CheckTools {
  readonly counts: Counts;
  /** Milliseconds of the processor that one analysis may take. */
  readonly limit: number;
  /** Number of ERROR and MISSING nodes of a file as the analyzer parses it. */
  readonly brokenNodes: (name: string, text: string) => number;
}

/** Milliseconds by which the time of the processor may be told too long; to ask for it each time costs too much. */
const CLOCK_STEP = 50;
let lastAsked = { used: process.cpuUsage(), at: performance.now() };

/** The clock on the wall, from which on processorTime counts. */
function startClock(): number {
  const now = performance.now();
  if (now - lastAsked.at > CLOCK_STEP) lastAsked = { used: process.cpuUsage(), at: now };
  return now;
}

/** Milliseconds of the processor since startClock: a busy machine is no defect. */
function processorTime(): number {
  const { user, system } = process.cpuUsage(lastAsked.used);
  return (user + system) / 1000;
}

const uriOf = (name: string) => `file:///w/${name.split('/').map(encodeURIComponent).join('/')}`;

/** Diagnoses one file. Throws Failure when that throws, logs an error or takes too long. */
export async function diagnose(
  { analyzer, errors }: MemoryWorkspace,
  name: string,
  { counts, limit }: CheckTools,
): Promise<Diagnosis | undefined> {
  counts.analyses++;
  const started = startClock();
  let diagnosis: Diagnosis | undefined;
  try {
    diagnosis = await analyzer.diagnose(uriOf(name));
  } catch (error) {
    throw new Failure('exception', placeOf(error), `${name}: ${String((error as Error)?.stack ?? error)}`);
  }
  const took = performance.now() - started < limit ? 0 : processorTime();
  if (took > limit) throw new Failure('hang', '', `${name}: the analysis took ${Math.round(took)} ms`);
  const [logged] = errors;
  if (logged !== undefined) throw new Failure('logged-error', placeOf(logged), `${name}: ${logged}`);
  return diagnosis;
}

/** Throws Failure when a range of a finding is not in the text that it speaks of. */
export function checkRanges({ analyzer }: MemoryWorkspace, { findings, file }: Diagnosis): void {
  for (const finding of findings) {
    const isInside = ({ start, end }: TextRange, uri: string | undefined) => {
      const text = uri === undefined || uri === finding.uri ? file.text : analyzer.textOf(uri);
      return text !== undefined && start >= 0 && start <= end && end <= text.length;
    };
    const say = (what: string, range: TextRange, uri?: string) => {
      if (isInside(range, uri)) return;
      const place = `${String(range.start)}-${String(range.end)}`;
      throw new Failure(
        'range',
        `${finding.rule} ${what}`,
        `${finding.rule}: the range ${place} of ${what} lies outside of ${uri ?? finding.uri}`,
      );
    };
    say('the finding', finding.range);
    for (const { range, uri } of finding.related) say('a related place', range, uri);
  }
}

/** Everything of a finding that a reader sees. */
export const describeFinding = ({ rule, severity, range, message, help, related }: Finding): string =>
  `${severity} ${rule} ${range.start}-${range.end}: ${message} (${help ?? ''})${related
    .map((place) => ` / ${place.uri ?? ''} ${place.range.start}-${place.range.end} ${place.message}`)
    .join('')}`;

/** Throws Failure when two analyzers disagree about a file. */
export function compare(name: string, own: Diagnosis | undefined, fresh: Diagnosis | undefined): void {
  const lists = [own, fresh].map((diagnosis) =>
    diagnosis === undefined
      ? ['(not there)']
      : [`skipped: ${diagnosis.skipped ?? 'no'}`, ...diagnosis.findings.map(describeFinding)],
  );
  const [mine = [], theirs = []] = lists;
  const only = (list: readonly string[], other: readonly string[]) =>
    list.filter((item) => !other.includes(item));
  const [old, missing] = [only(mine, theirs), only(theirs, mine)];
  if (old.length === 0 && missing.length === 0 && mine.length === theirs.length) return;
  const rule = /^\w+ ([a-z-]+) /.exec(old[0] ?? missing[0] ?? '')?.[1] ?? '';
  throw new Failure(
    'not-incremental',
    rule,
    [
      `${name}: incremental and fresh analysis differ`,
      ...old.map((one) => `- ${one}`),
      ...missing.map((one) => `+ ${one}`),
    ].join('\n'),
  );
}

/** Files by address that the edits of fixes of one file touch, with their new texts. */
function afterFixes(
  { analyzer }: MemoryWorkspace,
  uri: string,
  fixes: readonly Fix[],
  subject: string,
): Map<string, string> {
  const texts = new Map<string, string>();
  const edits = fixes.flatMap((fix) => fix.edits);
  for (const target of new Set(edits.map((edit) => edit.uri ?? uri))) {
    const text = analyzer.textOf(target);
    const own = edits.filter((edit) => (edit.uri ?? uri) === target);
    const wrong = own.find(
      ({ range }) => range.start < 0 || range.start > range.end || range.end > (text?.length ?? -1),
    );
    if (text === undefined || wrong) {
      throw new Failure('range', `${subject} fix`, `${subject}: an edit lies outside of ${target}`);
    }
    try {
      texts.set(target, applyEdits(text, own));
    } catch (error) {
      throw new Failure('fix-edits', subject, `${subject}: ${String(error)} in ${target}`);
    }
  }
  return texts;
}

const fileOf = (uri: string) => decodeURIComponent(uri.slice('file:///w/'.length));
const sameAs = ({ rule, message }: Finding) => {
  const plain = message.replace(/\bline \d+/g, 'line');
  return (other: Finding) => other.rule === rule && other.message.replace(/\bline \d+/g, 'line') === plain;
};

/**
 * Applies each fix of a file by itself, at most `most` of them, and takes it back. The workspace must be one that is
 * thrown away afterwards.
 */
export async function checkFixes(
  workspace: MemoryWorkspace,
  name: string,
  tools: CheckTools,
  random: Random,
  most: number,
): Promise<void> {
  const { analyzer } = workspace;
  const uri = uriOf(name);
  const before = await diagnose(workspace, name, tools);
  const offers = (before?.findings ?? []).flatMap((finding) => {
    try {
      return finding.fixes().map((fix) => ({ finding, fix }));
    } catch (error) {
      const text = String((error as Error)?.stack ?? error);
      throw new Failure('exception', `fixes of ${finding.rule}: ${placeOf(error)}`, text);
    }
  });
  while (offers.length > most) offers.splice(random.below(offers.length), 1);
  for (const { finding, fix } of offers) {
    if (redefines(before?.file.text ?? '', fix)) continue;
    // It mends one of several places, and says so.
    if (/\(\d+ of \d+ places\)$/.test(fix.title)) continue;
    tools.counts.fixes++;
    const texts = afterFixes(workspace, uri, [fix], finding.rule);
    let wasBroken = tools.brokenNodes(uri, before?.file.text ?? '') > 0;
    const originals = new Map([...texts.keys()].map((target) => [target, analyzer.textOf(target) ?? '']));
    for (const [target, text] of texts) {
      const was = originals.get(target) ?? '';
      const [then, now] = [tools.brokenNodes(target, was), tools.brokenNodes(target, text)];
      // A text that is broken already is read up to somewhere, and after an edit up to somewhere else.
      wasBroken ||= then > 0;
      if (then === 0 && now > 0) {
        throw new Failure(
          'fix-breaks-syntax',
          finding.rule,
          `${name}: "${fix.title}" makes ${now} syntax errors in ${fileOf(target)}`,
        );
      }
      analyzer.apply({ kind: 'text', uri: target, text, version: 1000 });
    }
    const after = await diagnose(workspace, name, tools);
    const count = (list: readonly Finding[] | undefined) => list?.filter(sameAs(finding)).length ?? 0;
    if (!wasBroken && count(after?.findings) >= count(before?.findings)) {
      throw new Failure(
        'fix-keeps-finding',
        `${finding.rule} ${fix.title.replaceAll(/'[^']*'/g, "''")}`,
        `${name}: "${fix.title}" does not remove ${describeFinding(finding)}`,
      );
    }
    for (const [target, text] of originals)
      analyzer.apply({ kind: 'text', uri: target, text, version: 1001 });
  }
}

/** True when a name that the fix writes is a macro of the text: then it means what the author made of it. */
const redefines = (text: string, fix: Fix): boolean =>
  [...text.matchAll(/#\s*define\s+(\w+)/g)].some(([, name = '']) =>
    fix.edits.some(({ newText }) => new RegExp(`\\b${name}\\b`).test(newText)),
  );

/** Rounds in which safe fixes must come to an end; the command line gives up after as many. */
const FIX_ROUNDS = 10;

/** Applies the safe fixes of a file until none is left. Throws Failure when they do not end. */
export async function checkSafeFixes(
  workspace: MemoryWorkspace,
  name: string,
  tools: CheckTools,
): Promise<void> {
  let rules: string[] = [];
  for (let round = 0; round <= FIX_ROUNDS; round++) {
    const diagnosis = await diagnose(workspace, name, tools);
    const fixes = safeFixes(diagnosis?.findings ?? []);
    if (fixes.length === 0 || fixes.some((fix) => redefines(diagnosis?.file.text ?? '', fix))) return;
    rules = fixes.map(({ title }) => title);
    tools.counts.fixes += fixes.length;
    for (const [uri, text] of afterFixes(workspace, uriOf(name), fixes, 'safe fixes')) {
      workspace.analyzer.apply({ kind: 'text', uri, text, version: 2000 + round });
    }
  }
  throw new Failure(
    'fixes-do-not-end',
    rules[0]?.replaceAll(/'[^']*'/g, "''") ?? '',
    `${name}: after ${FIX_ROUNDS} rounds there is still ${rules.map((title) => `"${title}"`).join(', ')}`,
  );
}

export { uriOf };
