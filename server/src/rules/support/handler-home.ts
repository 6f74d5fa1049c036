import type { DriverFunction } from '../../driver/lifecycle/functions.ts';
import type { FunctionFact } from '../../driver/facts.ts';
import {
  indentationAt,
  indentUnit,
  isCommentOrNothing,
  lineBreak,
  lineEnd,
  lineStart,
} from '../../text/layout.ts';
import type { RuleContext } from '../rule.ts';

/** How the author lays out the definition of a handler. */
export interface StubStyle {
  /** One level of indentation. */
  readonly unit: string;
  /** Return type on a line of its own. */
  readonly splitsReturn: boolean;
  readonly isStatic: boolean;
  /** Says that the annotations stand at the declaration. */
  readonly usesDeclAnnotations: boolean;
  /** Parameters are annotated in the definition, too. */
  readonly annotatesParameters: boolean;
  readonly parameters: 'ownLines' | 'oneLine' | 'aligned';
  /** Indentation of parameters on lines of their own. */
  readonly parameterIndent: string;
  /** Indentation of the closing parenthesis when it has a line of its own. */
  readonly closingIndent: string | undefined;
  readonly bracesBehind: boolean;
  /** Unused parameters are cast to void, not named in the macro for that. */
  readonly castsUnused: boolean;
}

/** A place for new text in some file of the driver. */
export interface Site {
  readonly uri: string;
  readonly text: string;
  readonly at: number;
}

/** Where a declaration goes, and what a line there looks like. */
export interface DeclarationSite extends Site {
  readonly line: (role: string, name: string) => string;
  /** A new line in front of it, or behind it. */
  readonly breaks: 'before' | 'after';
}

/** Where the driver keeps its handlers of one kind, and how it writes them. */
export interface HandlerHome {
  readonly definition: Site;
  readonly declarations: readonly DeclarationSite[];
  readonly style: StubStyle;
}

interface Sibling {
  readonly name: string;
  readonly fn: DriverFunction;
}

/**
 * The home of a handler whose siblings are those functions: behind the last definition of them, in the file that has most,
 * with the role declaration beside theirs. Without siblings it is the file itself.
 */
export function homeOf(context: RuleContext, siblings: readonly string[]): HandlerHome {
  const { driver, facts } = context;
  const defined = siblings.flatMap((name): Sibling[] => {
    const callee = driver.lifecycle.table.resolve(name, facts);
    if (callee.kind !== 'own' || textOf(context, callee.fn.file.uri) === undefined) return [];
    // What a branch of the build may leave out is no place for what every build needs.
    return callee.fn.flow.fact.branch.length === 0 && isPlain(context, callee.fn)
      ? [{ name, fn: callee.fn }]
      : [];
  });
  const counts = new Map<string, number>();
  for (const { fn } of defined) counts.set(fn.file.uri, (counts.get(fn.file.uri) ?? 0) + 1);
  const [home] = [...counts].toSorted(
    ([a, x], [b, y]) => y - x || Number(b === facts.uri) - Number(a === facts.uri) || (a < b ? -1 : 1),
  );
  const there = defined.filter(({ fn }) => fn.file.uri === home?.[0]);
  const last = there.toSorted((a, b) => b.fn.flow.fact.range.end - a.fn.flow.fact.range.end)[0];
  if (!last) return ownHome(context, siblings);
  const { uri } = last.fn.file;
  const text = textOf(context, uri) ?? '';
  return {
    definition: { uri, text, at: endOfLine(text, last.fn.flow.fact.range.end) },
    declarations: declarationSites(context, there),
    style: styleOf(last.fn.flow.fact, text),
  };
}

/** Nothing of the definition comes from a macro or a branch that was assumed. */
const isPlain = (context: RuleContext, { file, flow }: DriverFunction): boolean => {
  const { body, range } = flow.fact;
  return (
    body !== undefined &&
    textOf(context, file.uri)?.[range.end - 1] === '}' &&
    file.untouchable.every((span) => range.end <= span.start || range.end >= span.end)
  );
};

const textOf = ({ facts, text, textOf: read }: RuleContext, uri: string): string | undefined =>
  uri === facts.uri ? text : read(uri);

/** The end of the file, and the place behind its prototypes. */
function ownHome(context: RuleContext, siblings: readonly string[]): HandlerHome {
  const { facts, text } = context;
  return {
    definition: { uri: facts.uri, text, at: text.length },
    declarations: [siteIn(context, facts.uri, siblings) ?? ownDeclarations(context)],
    style: defaultStyle(context),
  };
}

/** Behind the prototypes of the file itself. */
export function ownDeclarations({ facts, text }: RuleContext): DeclarationSite {
  const at = facts.declarationsAt;
  const isBehindLine = at > 0 && !/[\r\n]/.test(text[at - 1] ?? '\n');
  return {
    uri: facts.uri,
    text,
    at,
    line: (role, name) => `${role} ${name};`,
    breaks: isBehindLine ? 'before' : 'after',
  };
}

/** What new drivers look like, with the file's own indentation. */
const defaultStyle = ({ facts, text }: RuleContext): StubStyle => ({
  ...plainStyle(indentUnit(text)),
  splitsReturn: returnTypeOnOwnLine(facts.functions, facts.uri, text),
});

/** How definitions look where no author shows another way. */
export const plainStyle = (unit: string): StubStyle => ({
  unit,
  splitsReturn: false,
  isStatic: false,
  usesDeclAnnotations: true,
  annotatesParameters: true,
  parameters: 'ownLines',
  parameterIndent: unit,
  closingIndent: undefined,
  bracesBehind: false,
  castsUnused: false,
});

function returnTypeOnOwnLine(
  functions: RuleContext['facts']['functions'],
  uri: string,
  text: string,
): boolean {
  let split = 0;
  let joined = 0;
  for (const declarations of functions.values()) {
    for (const item of declarations) {
      if (item.uri !== uri || item.kind !== 'definition' || !item.returnsRange) continue;
      if (/[\r\n]/.test(text.slice(item.returnsRange.end, item.nameRange.start))) split++;
      else joined++;
    }
  }
  return split > joined;
}

// --------------------------------------------------------------------------------------------- declarations

/**
 * A header that declares the siblings is the place for all who include it; else the files that declare them: the one with
 * the table must see the name, and so must the one with the definition where its siblings are declared there.
 */
function declarationSites(context: RuleContext, siblings: readonly Sibling[]): DeclarationSite[] {
  const { facts } = context;
  const names = siblings.map(({ name }) => name);
  const home = siblings[0]?.fn.file;
  const counts = new Map<string, number>();
  for (const name of names) {
    for (const { uri, kind } of facts.functions.get(name) ?? []) {
      if (kind === 'role' && uri !== facts.uri && uri !== home?.uri)
        counts.set(uri, (counts.get(uri) ?? 0) + 1);
    }
  }
  for (const [uri] of [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))) {
    const site = siteIn(context, uri, names);
    if (site) return [site];
  }
  const own = siteIn(context, facts.uri, names) ?? ownDeclarations(context);
  const there = home && home !== facts ? siteIn(context, home.uri, names) : undefined;
  return there ? [own, there] : [own];
}

/** Behind the last role declaration of the siblings in a file. */
function siteIn(context: RuleContext, uri: string, names: readonly string[]): DeclarationSite | undefined {
  const { driver, facts } = context;
  const file = uri === facts.uri ? facts : driver.files.get(uri);
  const text = textOf(context, uri);
  if (!file || text === undefined) return undefined;
  const roles = names.flatMap((name) =>
    (file.functions.get(name) ?? []).filter(
      (item) => item.uri === uri && item.kind === 'role' && text[item.range.end - 1] === ';',
    ),
  );
  const least = Math.min(...roles.map(({ branch }) => branch.length));
  const last = roles
    .filter(({ branch }) => branch.length === least)
    .toSorted((a, b) => b.range.end - a.range.end)[0];
  if (!last?.roleRange) return undefined;
  return { uri, text, at: endOfLine(text, last.range.end), line: lineLike(text, last), breaks: 'before' };
}

/** A declaration as the one that is there: storage class in front of it, and names in a column where they are in one. */
function lineLike(text: string, { roleRange, nameRange, range }: FunctionFact): DeclarationSite['line'] {
  const start = lineStart(text, range.start);
  const before = text.slice(start, roleRange?.start ?? start);
  const lead = /^[\w\s"]*$/.test(before) ? before : indentationAt(text, range.start);
  const gap = text.slice(roleRange?.end ?? nameRange.start, nameRange.start);
  const isColumn = /^(?: {2,}|\t+)$/.test(gap);
  const width = nameRange.start - (roleRange?.start ?? 0);
  return (role, name) => {
    const between = !isColumn
      ? ' '
      : gap.includes('\t')
        ? '\t'
        : ' '.repeat(Math.max(1, width - role.length));
    return `${lead}${role}${between}${name};`;
  };
}

/** End of the line when only a comment follows. */
function endOfLine(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  return isCommentOrNothing(text.slice(offset, end)) ? end : offset;
}

// -------------------------------------------------------------------------------------------------- style

/** How a definition is laid out. */
function styleOf(fact: FunctionFact, text: string): StubStyle {
  const unit = indentUnit(text);
  const parameters = fact.parametersRange
    ? text.slice(fact.parametersRange.start, fact.parametersRange.end)
    : '()';
  const head = text.slice(fact.range.start, fact.body?.start ?? fact.range.end);
  const lead = leadOf(text, fact.range.start);
  const isMany = /[\r\n]/.test(parameters);
  const isOpen = /^\(\s*[\r\n]/.test(parameters);
  const closing = /[\r\n]([ \t]*)\)$/.exec(parameters)?.[1];
  const indent = /^\(\s*?[\r\n]+([ \t]*)/.exec(parameters)?.[1];
  const hasParameters = (fact.parameters?.length ?? 0) > 0;
  return {
    unit,
    splitsReturn:
      fact.returnsRange !== undefined &&
      /[\r\n]/.test(text.slice(fact.returnsRange.start, fact.nameRange.start)),
    isStatic: fact.isStatic,
    usesDeclAnnotations: /\b_Use_decl_annotations_\b/.test(lead + head),
    annotatesParameters:
      !hasParameters || /(?:^|[\s(,])_(?:In|Out|Inout)\w*_\b|\b(?:IN|OUT)\b/.test(parameters),
    parameters: !hasParameters || isOpen ? 'ownLines' : isMany ? 'aligned' : 'oneLine',
    parameterIndent: indent ?? unit,
    closingIndent: isOpen ? closing : undefined,
    bracesBehind: !/[\r\n][ \t]*$/.test(head),
    castsUnused: castsUnused(fact.body ? text.slice(fact.body.start, fact.body.end) : ''),
  };
}

/** A line is `(void)Parameter;`. */
const castsUnused = (body: string): boolean =>
  body.split('\n').some((line) => /^\(void\)\w+;$/i.test(line.replace(/\s/g, '')));

/** Annotations in front of a definition: on its line, and on lines of their own above. */
function leadOf(text: string, start: number): string {
  let from = lineStart(text, start);
  while (from > 0) {
    const above = lineStart(text, from - 1);
    const line = text.slice(above, from).trim();
    if (!/^_\w[\w\s(),]*$/.test(line) || !/[)_]$/.test(line)) break;
    from = above;
  }
  return text.slice(from, start);
}

/** The line break of a site's file. */
export const breakAt = ({ text }: Site): string => lineBreak(text);
