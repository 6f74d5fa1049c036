import type { Catalog } from '../catalog/catalog.ts';
import type { Severity } from '../catalog/entry.ts';
import type { DriverFacts } from '../driver/driver-facts.ts';
import type { FileFacts } from '../driver/facts.ts';
import type { InfFacts } from '../driver/inf-facts.ts';
import type { LineIndex } from '../text/line-index.ts';
import type { TextEdit } from '../text/edit.ts';
import type { TextRange } from '../text/range.ts';

export type { Severity } from '../catalog/entry.ts';

/** A finding as a rule reports it; `features/diagnostics.ts` adds severity settings and suppressions. */
export interface Report {
  readonly at: TextRange;
  /** Lower case, concrete, names the function, member or path. */
  readonly message: string;
  /** What Windows will do. */
  readonly help?: string;
  /** Differs from the rule's own severity. */
  readonly severity?: Severity;
  /** Walks the reader along the path, in order. */
  readonly related?: readonly RelatedPlace[];
  /** Documentation that states the fact; the catalogue's page path. */
  readonly page?: string;
  /** The call that will not do what the author wants; asked when a call failed and nobody knows why. */
  readonly about?: ReportSubject;
  /** Greys the range out. */
  readonly unnecessary?: boolean;
  /** Edits are made only when somebody asks. */
  readonly fixes?: () => readonly Fix[];
}

/** What a finding is about, for those who ask why a call failed. */
export interface ReportSubject {
  readonly call: string;
  /** Members of its table, as paths; none when it is about the call or the whole table. */
  readonly members?: readonly string[];
}

/** A place that helps to understand a finding. */
export interface RelatedPlace {
  /** File of the place; the finding's own when absent. */
  readonly uri?: string;
  readonly range: TextRange;
  readonly message: string;
}

/** An edit in some file of the driver. */
export interface FileEdit extends TextEdit {
  /** The finding's own file when absent. */
  readonly uri?: string;
}

export interface Fix {
  readonly title: string;
  /** `safe` may run on save or with `--fix`; a suggestion never does. */
  readonly safety: 'safe' | 'suggestion';
  readonly edits: readonly FileEdit[];
}

/** What a rule may look at. Everything is plain data. */
export interface RuleContext {
  /** The file that is looked at. A rule reports what lies in it. */
  readonly facts: FileFacts;
  /** The driver that the file belongs to. */
  readonly driver: DriverFacts;
  readonly catalog: Catalog;
  readonly text: string;
  readonly lines: LineIndex;
  /** Text of another file of the driver, for edits there. */
  readonly textOf: (uri: string) => string | undefined;
}

/** The same for an INF file: a rule reports what lies in it. */
export interface InfRuleContext {
  readonly inf: InfFacts;
  /** A driver that the file may install. */
  readonly driver: DriverFacts;
  readonly catalog: Catalog;
  readonly text: string;
  readonly textOf: (uri: string) => string | undefined;
}

export interface Rule {
  /** Public, never renamed once released. */
  readonly id: string;
  readonly severity: Severity;
  /** `preview` rules and those that are `off` report only when the settings name them. */
  readonly stage: 'stable' | 'preview';
  readonly defaultOff?: boolean;
  /** One line for lists. */
  readonly summary: string;
  /** Markdown for the rule's page: what Windows does, and why. */
  readonly why: string;
  /** Markdown: when it stays silent on purpose. */
  readonly silent: string;
  /** Documentation page paths. */
  readonly pages: readonly string[];
  /** Yields what is wrong. Never throws for input. */
  readonly check: (context: RuleContext) => Iterable<Report>;
  /** What is wrong in an INF file of the driver. */
  readonly checkInf?: (context: InfRuleContext) => Iterable<Report>;
}

export const defineRule = (rule: Rule): Rule => rule;
