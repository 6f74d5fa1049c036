/**
 * DriverEntry as a library: text in, findings, hovers and fixes out. It knows no editor, no protocol and no
 * disk; hand it a catalogue, a parser and a way to read files.
 */
import type { Catalog } from './catalog/catalog.ts';
import type { DriverFacts } from './driver/driver-facts.ts';
import type { FileFacts } from './driver/facts.ts';
import type { DriverView } from './features/code-lens.ts';
import { completionsAt } from './features/completion/completion.ts';
import { documentationOf } from './features/completion/documentation.ts';
import { imaginingCatalog } from './features/completion/imagined.ts';
import type { Completion, Subject } from './features/completion/item.ts';
import { Cursor } from './features/cursor.ts';
import { findings, type Finding, type RuleFailure } from './features/diagnostics.ts';
import { hoverAt, type Hover } from './features/hover.ts';
import { findingsInInf } from './features/inf-diagnostics.ts';
import { hoverInInf } from './features/inf-hover.ts';
import { registrationMap } from './features/map/build.ts';
import type { RegistrationMap } from './features/map/model.ts';
import { signatureAt, type SignatureHelp } from './features/signature-help.ts';
import type { Action } from './features/actions/action.ts';
import { fixAllEdits } from './features/actions/fix-all.ts';
import { actionsAt } from './features/actions/list.ts';
import { readStatus } from './features/status/read-status.ts';
import { statusReport, type StatusReport } from './features/status/report.ts';
import { RULES } from './rules/index.ts';
import type { Rule } from './rules/rule.ts';
import type { ProjectProblem, ProjectReading } from './project/build-settings.ts';
import { isInf } from './project/inf.ts';
import { LineIndex } from './text/line-index.ts';
import type { TextEdit } from './text/edit.ts';
import type { TextRange } from './text/range.ts';
import type { DiskEvent } from './workspace/file-store.ts';
import { type AnalysedFile, Workspace, type WorkspaceOptions } from './workspace/workspace.ts';
import { excludes, readSettings, type Settings } from './workspace/settings.ts';

export { buildCatalog, pageUrl, type Catalog, type CatalogBundle } from './catalog/catalog.ts';
export type { Severity } from './catalog/entry.ts';
export { type CodeLens, codeLenses, type DriverView } from './features/code-lens.ts';
export { type InlayHint, inlayHints } from './features/inlay-hints.ts';
export { definitionAt, referencesAt, type Relation } from './features/navigation.ts';
export { type RegistrationSymbol, registrationSymbols } from './features/symbols.ts';
export { TRIGGERS as COMPLETION_TRIGGERS } from './features/completion/completion.ts';
export type { Completion, CompletionKind, Subject } from './features/completion/item.ts';
export { atLeast, RULE_PAGES, UNUSED_SUPPRESSION, type Finding } from './features/diagnostics.ts';
export type { RuleFailure } from './features/diagnostics.ts';
export { explain, type Explanation } from './features/explain.ts';
export type { Hover } from './features/hover.ts';
export { mapAsJson } from './features/map/json.ts';
export { mapAsMermaid } from './features/map/mermaid.ts';
export { childrenOf, isEmptyMap, nodesOf, registrationsOf } from './features/map/model.ts';
export type { MapNode, MapPlace, RegistrationMap } from './features/map/model.ts';
export { mapAsSvg, type SvgOptions } from './features/map/svg.ts';
export { mapAsText } from './features/map/text.ts';
export { mapTree, type MapTreeItem } from './features/map/tree.ts';
export { compactMarkdown } from './features/compact.ts';
export { newDriver, type NewDriver, type NewFile } from './features/new-driver/index.ts';
export {
  type DriverKind,
  driverKinds,
  type Layout,
  LAYOUTS,
  nameProblem,
  NewDriverError,
  type NewDriverOptions,
} from './features/new-driver/options.ts';
export { markdownToText } from './features/markdown.ts';
export type { SignatureHelp } from './features/signature-help.ts';
export { type PlaceLinks, statusDocument } from './features/status/page.ts';
export { hexadecimal, readStatus } from './features/status/read-status.ts';
export type { StatusReport } from './features/status/report.ts';
export type { DriverPlace } from './driver/driver-facts.ts';
export type { Action, ActionEdit } from './features/actions/action.ts';
export { safeFixes } from './features/safe-fixes.ts';
export { RULES } from './rules/index.ts';
export type { Fix, Rule } from './rules/rule.ts';
export { createParser, type SyntaxParser } from './syntax/parser.ts';
export { decodeText, encodeText } from './text/decode.ts';
export { applyEdits, type TextEdit } from './text/edit.ts';
export { isInf } from './project/inf.ts';
export { LineIndex, type Position } from './text/line-index.ts';
export type { BuildSettings, ProjectProblem, ProjectReading } from './project/build-settings.ts';
export type { TextRange } from './text/range.ts';
export { canonicalUri, folderOf, nameOf } from './text/uri.ts';
export { type DiskEvent, SIZE_LIMIT_BYTES } from './workspace/file-store.ts';
export type { FileSystem, Logger } from './workspace/file-system.ts';
export { readSettings, SETTINGS, SEVERITIES, type Settings } from './workspace/settings.ts';
export type { AnalysedFile } from './workspace/workspace.ts';

export interface Diagnosis {
  readonly uri: string;
  readonly version: number | undefined;
  readonly file: AnalysedFile;
  readonly findings: readonly Finding[];
  /** What comments in the file hide. */
  readonly suppressed: readonly Finding[];
  /** The model that the rules looked at; undefined when the file says nothing. */
  readonly driver?: DriverFacts;
  /** Rules that threw; the others ran. */
  readonly failures: readonly RuleFailure[];
  /** Why the file was not analysed, when it was not. */
  readonly skipped?: string;
}

/** What an editor shows about the driver of a file. */
export interface DriverSummary {
  /** Tells drivers apart. */
  readonly id: string;
  readonly name: string;
  /** Who says which files belong to it: a project file, the folder of an entry function, or nobody. */
  readonly kind: 'project' | 'folder' | 'file';
  /** The project file; undefined without one. */
  readonly projectUri: string | undefined;
  /** Sources that the project names and that are not there. */
  readonly missing: readonly string[];
  /** `Release|x64`; undefined without a project that has configurations. */
  readonly configuration: string | undefined;
  /** Those that the project offers. */
  readonly configurations: readonly string[];
  /** Its sources, headers and INF files; headers that are only included are not among them. */
  readonly files: readonly string[];
}

/** A report on a status code for one driver. */
export interface DriverStatus {
  /** The driver's name, for people. */
  readonly driver: string;
  readonly report: StatusReport;
}

export type Change =
  /** The editor's text of a file, from opening it until `close`. */
  | {
      readonly kind: 'text';
      readonly uri: string;
      readonly text: string;
      readonly version: number | undefined;
    }
  | { readonly kind: 'close'; readonly uri: string }
  /** A file or folder was created, changed or deleted on disk; without an event, any of these. */
  | { readonly kind: 'disk'; readonly uri: string; readonly event?: DiskEvent }
  /** The folders that are open: projects are looked for in them, and nothing outside is read. */
  | {
      readonly kind: 'folders';
      readonly uris: readonly string[];
      /** Projects that win when several name a file. */
      readonly preferred?: readonly string[];
    }
  /** Raw settings without prefix; problems go to the logger. */
  | { readonly kind: 'settings'; readonly settings: unknown };

export interface Analyzer {
  readonly catalog: Catalog;
  readonly openUris: readonly string[];
  readonly apply: (change: Change) => void;
  /** Undefined when the file cannot be read. Rejects with the signal's reason when aborted. */
  readonly diagnose: (uri: string, signal?: AbortSignal) => Promise<Diagnosis | undefined>;
  /**
   * A file with the driver that it belongs to, without findings; undefined when the file cannot be read, says nothing or
   * is excluded.
   */
  readonly view: (uri: string, signal?: AbortSignal) => Promise<DriverView | undefined>;
  readonly settings: Settings;
  readonly hover: (uri: string, offset: number, signal?: AbortSignal) => Promise<Hover | undefined>;
  /** What the driver of a file registers; undefined when the file is of no driver that is known. */
  readonly registrationMap: (uri: string, signal?: AbortSignal) => Promise<RegistrationMap | undefined>;
  /**
   * What fits at an offset, the best first. `trigger` is the character that made the editor ask; without one the author
   * asked, or types a word.
   */
  readonly complete: (
    uri: string,
    offset: number,
    trigger?: string,
    signal?: AbortSignal,
  ) => Promise<readonly Completion[]>;
  /** What there is to read about a completion, as Markdown. */
  readonly documentationOf: (uri: string, subject: Subject) => Promise<string | undefined>;
  /** The call that is written at an offset. */
  readonly signatureHelp: (uri: string, offset: number) => SignatureHelp | undefined;
  /** What can be done at a place, with the findings that it was made from. Undefined when the file cannot be read. */
  readonly actions: (
    uri: string,
    span: TextRange,
    signal?: AbortSignal,
  ) => Promise<{ readonly diagnosis: Diagnosis; readonly actions: readonly Action[] } | undefined>;
  /** Edits of a file that make all its safe fixes, or those of one rule, until none is left. */
  readonly fixAll: (uri: string, rule?: string, signal?: AbortSignal) => Promise<readonly TextEdit[]>;
  /**
   * Why calls of a driver may have returned a status, one report a driver of the files. Undefined when the text is no
   * status code.
   */
  readonly explainStatus: (
    text: string,
    uris: readonly string[],
    signal?: AbortSignal,
  ) => Promise<readonly DriverStatus[] | undefined>;
  /** True when the settings exclude the file. */
  readonly isExcluded: (uri: string) => boolean;
  /** The driver that a file is looked at in. */
  readonly driverOf: (uri: string) => Promise<DriverSummary>;
  /** What a project file says; undefined when it is not there. */
  readonly project: (uri: string) => Promise<ProjectReading | undefined>;
  /** What cannot be used of the project files read so far. */
  readonly projectProblems: readonly ProjectProblem[];
  /** Text of a file that was read: the editor's, else the disk's. */
  readonly textOf: (uri: string) => string | undefined;
  readonly dispose: () => void;
}

const NOTHING = { findings: [], suppressed: [], failures: [] };

interface Said {
  readonly driver: DriverFacts;
  readonly settings: Settings;
  readonly result: ReturnType<typeof findings>;
}

/** Makes an analyzer over a set of files. It keeps no global state: several may live side by side. */
export function createAnalyzer(options: WorkspaceOptions): Analyzer {
  const { catalog, logger } = options;
  const workspace = new Workspace(options);
  const ruleIds = new Set([...RULES.map((rule) => rule.id), 'unused-suppression']);
  const isExcluded = (uri: string) => excludes(workspace.settings, uri);

  /** Rule and file of what was logged: every version of a text would say it again. */
  const logged = new Set<string>();
  const logFailures = (uri: string, failures: readonly RuleFailure[]): void => {
    for (const { rule, error } of failures) {
      if (logged.has(`${rule} ${uri}`)) continue;
      logged.add(`${rule} ${uri}`);
      logger.error(`rule ${rule} failed on ${uri}; the other rules ran`, error);
    }
  };

  const diagnoseInf = async (uri: string, signal?: AbortSignal): Promise<Diagnosis | undefined> => {
    const analysed = await workspace.analyseInf(uri, signal);
    if (!analysed) return undefined;
    const { file } = analysed;
    const base = { uri, version: file.version, file };
    if (isExcluded(uri)) return { ...base, ...NOTHING };
    const result = findingsInInf({
      ...analysed,
      catalog,
      settings: workspace.settings,
      rules: RULES,
      textOf: (other) => workspace.textOf(other),
    });
    logFailures(uri, result.failures);
    const [driver] = analysed.drivers;
    return { ...base, suppressed: [], ...result, ...(driver ? { driver } : {}) };
  };

  /** What the rules said last, as long as what they look at is the same: requests ask for it again and again. */
  const said = new WeakMap<FileFacts, Said>();
  const findingsOf = (facts: FileFacts, driver: DriverFacts, text: string, lines: LineIndex) => {
    const { settings } = workspace;
    const known = said.get(facts);
    if (known?.driver === driver && known.settings === settings) return known.result;
    const textOf = (other: string) => workspace.textOf(other);
    const result = findings({ facts, driver, catalog, textOf, text, lines, settings, rules: RULES });
    said.set(facts, { driver, settings, result });
    return result;
  };

  /** The last folders and settings, for a copy. */
  const applied = new Map<Change['kind'], Change>();
  const copy = (): Analyzer => {
    const analyzer = createAnalyzer({ ...options, logger: { ...logger, error: () => {} } });
    for (const change of applied.values()) analyzer.apply(change);
    for (const open of workspace.openUris) {
      analyzer.apply({ kind: 'text', uri: open, text: workspace.textOf(open) ?? '', version: undefined });
    }
    return analyzer;
  };

  const isOff = (rule: Rule): boolean =>
    (workspace.settings.rules.get(rule.id) ??
      (rule.defaultOff || rule.stage === 'preview' ? 'off' : undefined)) === 'off';

  const diagnose = async (uri: string, signal?: AbortSignal): Promise<Diagnosis | undefined> => {
    if (isInf(uri)) return diagnoseInf(uri, signal);
    const analysed = await workspace.analyseInDriver(uri, signal);
    if (!analysed) return undefined;
    const { file, driver } = analysed;
    const base = { uri, version: file.version, file };
    if (file.skipped !== undefined) return { ...base, ...NOTHING, skipped: file.skipped };
    if (!file.facts || !driver || isExcluded(uri)) return { ...base, ...NOTHING };
    const result = findingsOf(file.facts, driver, file.text, file.lines);
    logFailures(uri, result.failures);
    return { ...base, ...result, driver };
  };

  const explainStatus: Analyzer['explainStatus'] = async (text, uris, signal) => {
    const status = readStatus(text, catalog);
    if (!status) return undefined;
    const reports = new Map<string, DriverStatus>();
    for (const uri of uris) {
      const { id, name } = await workspace.driverOf(uri);
      if (reports.has(id)) continue;
      const driver = (await workspace.analyseInDriver(uri, signal))?.driver;
      const found: Finding[] = [];
      const suppressed: Finding[] = [];
      for (const file of driver?.files.keys() ?? []) {
        const diagnosis = await diagnose(file, signal);
        found.push(...(diagnosis?.findings ?? []));
        suppressed.push(...(diagnosis?.suppressed ?? []));
      }
      const report = statusReport({
        status,
        driver,
        findings: found,
        suppressed,
        catalog,
        rules: RULES,
        isOff,
      });
      reports.set(id, { driver: name, report });
    }
    return [...reports.values()];
  };

  return {
    catalog,
    get openUris() {
      return workspace.openUris;
    },
    apply(change) {
      if (change.kind === 'folders' || change.kind === 'settings') applied.set(change.kind, change);
      if (change.kind === 'text') workspace.setText(change.uri, change.text, change.version);
      else if (change.kind === 'close') workspace.close(change.uri);
      else if (change.kind === 'disk') workspace.forget(change.uri, change.event);
      else if (change.kind === 'folders') workspace.setFolders(change.uris, change.preferred);
      else {
        const { settings, problems } = readSettings(change.settings, ruleIds);
        workspace.setSettings(settings);
        for (const problem of problems) logger.error(problem);
      }
    },
    diagnose,
    async view(uri, signal) {
      if (isExcluded(uri) || isInf(uri)) return undefined;
      const analysed = await workspace.analyseInDriver(uri, signal);
      const { facts } = analysed?.file ?? {};
      if (!analysed?.driver || !facts) return undefined;
      const lines = new Map<string, LineIndex | undefined>([[uri, analysed.file.lines]]);
      const linesOf = (other: string): LineIndex | undefined => {
        if (!lines.has(other)) {
          const text = workspace.textOf(other);
          lines.set(other, text === undefined ? undefined : new LineIndex(text));
        }
        return lines.get(other);
      };
      return { facts, driver: analysed.driver, catalog, textOf: (other) => workspace.textOf(other), linesOf };
    },
    get settings() {
      return workspace.settings;
    },
    async hover(uri, offset, signal) {
      if (isInf(uri)) {
        const analysed = await workspace.analyseInf(uri, signal);
        return analysed && hoverInInf(analysed, offset, catalog, (other) => workspace.textOf(other));
      }
      const file = await workspace.analyse(uri, signal);
      return file ? hoverAt(file, offset, catalog, RULES) : undefined;
    },
    async actions(uri, span, signal) {
      const diagnosis = await diagnose(uri, signal);
      if (!diagnosis) return undefined;
      const { file, driver, findings: found } = diagnosis;
      const { text, lines, facts } = file;
      const context =
        facts && driver
          ? { facts, driver, catalog, text, lines, textOf: (other: string) => workspace.textOf(other), span }
          : undefined;
      return { diagnosis, actions: actionsAt(found, span, text, context) };
    },
    async fixAll(uri, rule, signal) {
      const first = await diagnose(uri, signal);
      if (!first) return [];
      const { text } = first.file;
      // What follows from a fix is found by an analyzer of its own: nobody may see texts that are not the editor's.
      let aside: Analyzer | undefined;
      const next = async (changed: string) => {
        aside ??= copy();
        aside.apply({ kind: 'text', uri, text: changed, version: undefined });
        const diagnosis = await aside.diagnose(uri, signal);
        return diagnosis && { text: changed, findings: diagnosis.findings };
      };
      try {
        return await fixAllEdits(uri, { text, findings: first.findings }, next, rule);
      } finally {
        aside?.dispose();
      }
    },
    async registrationMap(uri, signal) {
      const analysed = await workspace.analyseInDriver(uri, signal);
      const { driver } = analysed ?? {};
      if (!driver || isExcluded(uri)) return undefined;
      const { name, build, files } = await workspace.driverOf(uri);
      const textOf = (other: string) => workspace.textOf(other);
      return registrationMap({
        files,
        driver,
        catalog,
        name,
        configuration: build?.configuration,
        textOf,
        findings: [...driver.files.values()].flatMap((facts) => {
          const text = textOf(facts.uri);
          if (text === undefined || isExcluded(facts.uri)) return [];
          return findingsOf(facts, driver, text, new LineIndex(text)).findings;
        }),
      });
    },
    async complete(uri, offset, trigger, signal) {
      const text = workspace.textOf(uri);
      if (text === undefined || isInf(uri) || isExcluded(uri)) return [];
      const cursor = Cursor.read(text, offset);
      if (!cursor) return [];
      const seen = await workspace.lastSeen(uri, signal);
      signal?.throwIfAborted();
      if (!seen) return [];
      const { file, facts, driver, imagine } = seen;
      return completionsAt({
        cursor,
        catalog,
        facts,
        lastText: file.text,
        driver,
        collect: (imagined) => imagine(imagined, imaginingCatalog(catalog)),
        textOf: (other) => workspace.textOf(other),
        ...(trigger === undefined ? {} : { trigger }),
      });
    },
    async documentationOf(uri, subject) {
      return documentationOf(subject, (await workspace.lastSeen(uri))?.file, catalog);
    },
    signatureHelp(uri, offset) {
      const text = workspace.textOf(uri);
      return text === undefined || isInf(uri) || isExcluded(uri)
        ? undefined
        : signatureAt(text, offset, catalog);
    },
    explainStatus,
    isExcluded,
    async driverOf(uri) {
      const { id, name, build, files, infs } = await workspace.driverOf(uri);
      const kind = id === uri ? 'file' : id.endsWith('/') ? 'folder' : 'project';
      return {
        id,
        name,
        files: [...files, ...infs],
        kind,
        projectUri: kind === 'project' ? build?.uri : undefined,
        missing: build?.missing ?? [],
        configuration: build?.configuration,
        configurations: build?.configurations ?? [],
      };
    },
    project: (uri) => workspace.project(uri),
    get projectProblems() {
      return workspace.projectProblems;
    },
    textOf: (uri) => workspace.textOf(uri),
    dispose: () => workspace.dispose(),
  };
}
