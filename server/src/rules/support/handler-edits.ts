import type { RoleEntry } from '../../catalog/entry.ts';
import type { FunctionFact, TableFact } from '../../driver/facts.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { FileEdit, RuleContext } from '../rule.ts';
import {
  breakAt,
  type DeclarationSite,
  type HandlerHome,
  homeOf,
  ownDeclarations,
  type StubStyle,
} from './handler-home.ts';
import { styledStem } from './naming.ts';
import { prototypeFault } from './types.ts';

export interface HandlerEdits {
  /** Name of the function to store. */
  readonly name: string;
  /** Declares and defines it, where neither exists yet. */
  readonly edits: readonly FileEdit[];
  readonly isNew: boolean;
}

export interface WantedHandler {
  readonly role: RoleEntry;
  readonly prefix: string;
  /** Of the name, when the role does not say it: one role for several slots. */
  readonly stem?: string;
  /** Functions beside which a new one belongs. */
  readonly siblings: readonly string[];
}

/** Handlers that a table holds, in the order of its assignments. */
export function handlersOfTable({ catalog }: RuleContext, table: TableFact): string[] {
  const structure = catalog.structures.get(table.structure);
  return table.writes.flatMap(({ slot, value }) =>
    value.kind === 'name' &&
    structure?.members.some((member) => member.name === slot && member.role !== undefined)
      ? [value.name]
      : [],
  );
}

/**
 * A function for a role: the driver's own one if it has declared one that nobody uses yet, else a new one with
 * role-typed declaration and stub, named, placed and laid out as its siblings are.
 */
export function handlerFor(context: RuleContext, wanted: WantedHandler): HandlerEdits {
  const { facts, driver, catalog } = context;
  const { role, prefix, stem, siblings } = wanted;
  const used = usedNames(context);
  for (const [name, declarations] of facts.functions) {
    // With a stem the slot is one of many for this role: the name must say which.
    if (stem !== undefined && !name.toLowerCase().endsWith(stem.toLowerCase())) continue;
    if (!used.has(name) && declarations.some((item) => item.kind === 'role' && item.role === role.name)) {
      return { name, edits: missingDefinition(context, role, name, declarations, siblings), isNew: false };
    }
  }
  const name = freeName(context, `${prefix}${styledStem(stem ?? role.stem, role, siblings, catalog, facts)}`);
  if (facts.functions.has(name)) return { name, edits: [], isNew: false };
  const home = homeOf(context, siblings);
  const elsewhere = [...driver.files.values()].flatMap(({ flows }) => flows.get(name)?.fact ?? []);
  if (elsewhere.length > 0 && elsewhere.every((fact) => prototypeFault(fact, role, catalog) === undefined)) {
    // It is there, only not in sight.
    return { name, edits: declareHandler(context, role, name, siblings), isNew: false };
  }
  return { name, edits: newHandler(home, role, name, catalog.idioms.unreferenced, context), isNew: true };
}

/** Declares and defines a handler of a given name beside its siblings. */
export function createHandler(
  context: RuleContext,
  role: RoleEntry,
  name: string,
  siblings: readonly string[],
): FileEdit[] {
  const home = homeOf(
    context,
    siblings.filter((sibling) => sibling !== name),
  );
  return newHandler(home, role, name, context.catalog.idioms.unreferenced, context);
}

/** Declares a function with its role, where the file's other declarations stand. */
export function roleDeclaration(context: RuleContext, role: RoleEntry, name: string): TextEdit {
  const { range, newText } = declaration(ownDeclarations(context), role, name);
  return { range, newText };
}

/** Declares a function that another file defines. */
export function declareHandler(
  context: RuleContext,
  role: RoleEntry,
  name: string,
  siblings: readonly string[],
): FileEdit[] {
  const { declarations } = homeOf(context, siblings);
  return declarations.slice(0, 1).map((site) => ownOrOther(declaration(site, role, name), context));
}

/** Edits of the finding's own file go without address. */
const ownOrOther = ({ uri, ...edit }: FileEdit, { facts }: RuleContext): FileEdit =>
  uri === undefined || uri === facts.uri ? edit : { uri, ...edit };

const newHandler = (
  home: HandlerHome,
  role: RoleEntry,
  name: string,
  unreferenced: string,
  context: RuleContext,
): FileEdit[] =>
  [
    ...home.declarations.map((site) => declaration(site, role, name)),
    stub(home, role, name, unreferenced),
  ].map((edit) => ownOrOther(edit, context));

/** Names that some table or object of the driver holds. */
const usedNames = ({ driver, facts }: RuleContext): Set<string> =>
  new Set(
    [facts, ...driver.files.values()].flatMap(({ tables, objectWrites }) => [
      ...tables.flatMap((table) => table.writes.map((write) => write.text.replace(/^[&(\s]+/, ''))),
      ...objectWrites.map((write) => write.text.replace(/^&/, '')),
    ]),
  );

/** A role declaration without any definition: the stub is still missing. */
function missingDefinition(
  context: RuleContext,
  role: RoleEntry,
  name: string,
  declarations: readonly FunctionFact[],
  siblings: readonly string[],
): FileEdit[] {
  const { facts, driver, catalog } = context;
  const isHere = declarations.some((item) => item.uri === facts.uri && item.isStatic);
  const isDefined =
    declarations.some((item) => item.kind === 'definition') ||
    [...driver.files.values()].some(({ flows }) => flows.has(name));
  if (isDefined || (!isHere && !driver.isWhole)) return [];
  const home = homeOf(context, isHere ? [] : siblings);
  return [ownOrOther(stub(home, role, name, catalog.idioms.unreferenced), context)];
}

function freeName({ facts, driver }: RuleContext, wanted: string): string {
  const isFree = (name: string): boolean =>
    [facts, ...driver.files.values()].every(({ functions }) =>
      // A plain function of that name without a contrary role may be what the author meant; a role of its own is not.
      (functions.get(name) ?? []).every((item) => item.kind !== 'role'),
    );
  if (isFree(wanted)) return wanted;
  for (let i = 2; ; i++)
    if (![facts, ...driver.files.values()].some(({ functions }) => functions.has(`${wanted}${i}`)))
      return `${wanted}${i}`;
}

function declaration(site: DeclarationSite, role: RoleEntry, name: string): FileEdit {
  const eol = breakAt(site);
  const line = site.line(role.name, name);
  return {
    uri: site.uri,
    range: { start: site.at, end: site.at },
    newText: site.breaks === 'before' ? eol + line : line + eol,
  };
}

function stub(
  { definition, style }: HandlerHome,
  role: RoleEntry,
  name: string,
  unreferenced: string,
): FileEdit {
  const { text, at, uri } = definition;
  const eol = breakAt(definition);
  const isEnd = at === text.length;
  const lead = text === '' || (isEnd && text.slice(text.trimEnd().length).includes('\n')) ? eol : eol + eol;
  const source = stubLines(role, name, unreferenced, style).join(eol);
  return { uri, range: { start: at, end: at }, newText: lead + source + (isEnd ? eol : '') };
}

/** Annotations, prototype, unreferenced parameters and the role's body, as lines of C. */
export function stubLines(
  role: RoleEntry,
  name: string,
  unreferencedMacro: string,
  style: StubStyle,
): string[] {
  const { unit } = style;
  const body = role.stub.join('\n');
  const unreferenced = role.parameters
    .filter((parameter) => !new RegExp(`\\b${parameter.name}\\b`).test(body))
    .map((parameter) =>
      style.castsUnused
        ? `${unit}(void)${parameter.name};`
        : `${unit}${unreferencedMacro}(${parameter.name});`,
    );
  return [
    ...(style.usesDeclAnnotations ? ['_Use_decl_annotations_'] : []),
    ...headLines(role, name, style),
    ...(style.bracesBehind ? [] : ['{']),
    ...unreferenced,
    ...(unreferenced.length > 0 && role.stub.length > 0 ? [''] : []),
    ...role.stub.map((line) =>
      line === '' ? '' : unit + line.replace(/^ +/, (lead) => unit.repeat(Math.round(lead.length / 4))),
    ),
    '}',
  ];
}

function headLines(role: RoleEntry, name: string, style: StubStyle): string[] {
  const returns = `${style.isStatic ? 'static ' : ''}${role.returns}`;
  const start = style.splitsReturn ? `${name}(` : `${returns} ${name}(`;
  const parameters = role.parameters.map(
    ({ sal, type, name: parameter }) =>
      `${sal && style.annotatesParameters ? `${sal} ` : ''}${spaced(type)}${parameter}`,
  );
  const brace = style.bracesBehind ? ' {' : '';
  const first = style.splitsReturn ? [returns] : [];
  if (parameters.length === 0) return [...first, `${start}VOID)${brace}`];
  if (style.parameters === 'oneLine') return [...first, `${start}${parameters.join(', ')})${brace}`];
  const indent = style.parameters === 'aligned' ? ' '.repeat(start.length) : style.parameterIndent;
  const own = style.closingIndent;
  const rows = parameters.map((parameter, index) => {
    const isLast = index === parameters.length - 1;
    return indent + parameter + (isLast ? (own === undefined ? `)${brace}` : '') : ',');
  });
  if (style.parameters === 'aligned')
    return [...first, start + (rows[0] ?? '').trimStart(), ...rows.slice(1)];
  return [...first, start, ...rows, ...(own === undefined ? [] : [`${own})${brace}`])];
}

const spaced = (type: string): string => (type.endsWith('*') ? type : `${type} `);
