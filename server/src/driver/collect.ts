import type { Catalog } from '../catalog/catalog.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import { readSuppressions } from '../syntax/suppressions.ts';
import { initializerList, rangeOf } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parser.ts';
import { type Expr, type Key, shortName } from '../flow/graph.ts';
import type { TextRange } from '../text/range.ts';
import { type FileScope, readFileScope } from './declarations.ts';
import { branchFinder, effectsOf, type FunctionEffects, type InitialValue, readInitial } from './effects.ts';
import { modelsOf, namesIn } from './evidence.ts';
import { type HeaderFacts, type HeaderSum, sumOf } from './header-facts.ts';
import { noteInitialiser, noteMember } from './member-uses.ts';
import { tablesOf } from './passed-tables.ts';
import {
  conditionalArms,
  conditionalFinder,
  definesOf,
  macroNamesOf,
  macrosOf,
  untouchable,
} from './preprocessor-facts.ts';
import {
  asRead,
  type FunctionMemo,
  type FunctionReading,
  type Known,
  moved,
  without,
} from './function-memo.ts';
import { GraphReader } from './graphs.ts';
import { functionMacrosOf } from './macros.ts';
import { entryPointsOf, objectWritesIn } from './objects.ts';
import { placementsOf } from './placements.ts';
import type {
  CallFact,
  FileFacts,
  FunctionFact,
  FunctionFlow,
  GlobalFact,
  MemberUse,
  ObjectWrite,
  RegistrationFact,
  TableFact,
} from './facts.ts';
import type { TableContext } from './tables.ts';
import { type Scope, valueOf } from './values.ts';
import { encodeName } from '../text/uri.ts';

/** Reads a project header. */
export function collectHeader(source: SourceFile, catalog: Catalog): HeaderFacts {
  const branchAt = conditionalFinder(source);
  const scope = readFileScope(source, catalog, branchAt);
  const { macros, constants } = macrosOf(source);
  const names = new Set(namesIn(source.masked, catalog));
  return {
    uri: source.uri,
    includes: source.directives.includes.map(({ path, quoted }) => ({ path, quoted })),
    functions: scope.functions,
    variables: scope.variables,
    types: scope.types,
    macros,
    functionMacros: functionMacrosOf(source),
    constants,
    models: modelsOf(source, names, catalog),
    names,
  };
}

/**
 * Collects the facts of one file in one synchronous go. The source must stay open meanwhile; nothing of its
 * tree is kept. A memo of the file's earlier versions saves reading functions that are the same.
 */
export function collectFacts(
  source: SourceFile,
  headers: readonly HeaderFacts[],
  catalog: Catalog,
  memo?: FunctionMemo,
): FileFacts {
  const conditionals = conditionalArms(source);
  const conditionalAt = branchFinder(conditionals);
  const fileScope = readFileScope(source, catalog, conditionalAt);
  const sum = sumOf(headers);
  const globals = new Map(sum.variables);
  const types = new Map(sum.types);
  const macros = new Map(sum.macros);
  for (const [name, members] of fileScope.types) types.set(name, members);
  for (const [name, body] of macrosOf(source).macros) macros.set(name, body);
  for (const variable of fileScope.variables) {
    // `extern T x;` in a header and `T x;` here are one variable, and here it is defined.
    if (variable.storage !== 'unknown' || !globals.has(variable.name)) globals.set(variable.name, variable);
  }

  const scopeOf = (isVariable: (name: string) => boolean): Scope => ({
    macros,
    idioms: catalog.idioms,
    isVariable,
  });
  const functions = indexFunctions([...fileScope.functions, ...sum.functions]);
  const functionMacros = new Map(sum.functionMacros);
  for (const [name, macro] of functionMacrosOf(source)) functionMacros.set(name, macro);
  const graphs = new GraphReader({ source, catalog, globals, functions, macros: functionMacros, scopeOf });
  const effects = new Map<string, FunctionEffects>();
  const known = new Map<string, Known>();
  const bodies = fileScope.bodies.map(({ fact }) => fact.range);
  const names = new Set(without(source.masked, bodies).flatMap((part) => namesIn(part, catalog)));
  const flows = new Map<string, FunctionFlow>();
  memo?.start(
    source,
    fileScope.bodies.map(({ fact }) => fact),
    headers,
    { macros, functionMacros, globals, functions },
  );
  for (const { fact, body } of fileScope.bodies) {
    const read = (): FunctionReading => {
      const fn = effectsOf({
        source,
        fact,
        body,
        idioms: catalog.idioms,
        scopeOf,
        globals,
        conditionalBranches: () => conditionals,
      });
      const masked = source.masked.slice(fact.range.start, fact.range.end);
      return { effects: fn, graph: graphs.graphOf(fn, body), names: namesIn(masked, catalog) };
    };
    const one = memo ? memo.of(source, fact, body.parent?.hasError ?? true, read) : asRead(read());
    for (const name of one.reading.names) names.add(name);
    effects.set(fact.name, one.effects);
    known.set(fact.name, one);
    flows.set(fact.name, { fact, graph: one.reading.graph });
  }
  const fileValues = scopeOf((name) => globals.has(name));
  const globalInitials = new Map<string, InitialValue>();
  for (const [name, { node }] of fileScope.initialisers) {
    globalInitials.set(
      name,
      readInitial(
        node,
        (item) => ({
          value: valueOf(item, fileValues),
          text: source.text.slice(item.startIndex, item.endIndex),
          range: rangeOf(item),
        }),
        (candidate) => !globals.has(candidate),
        conditionalAt,
      ),
    );
  }

  const context: TableContext = { catalog, effects, globals, globalInitials, types, text: source.text };
  const calls: CallFact[] = [];
  const registrations: RegistrationFact[] = [];
  const tables: TableFact[] = [];
  const memberUses: MemberUse[] = [];
  const called = new Set<string>();
  const objectWrites: ObjectWrite[] = [];
  const saidMore = () => registrations.length + tables.length + memberUses.length + objectWrites.length;
  for (const { reading, effects: fn, by } of known.values()) {
    const { onlyCalls } = reading;
    if (onlyCalls) {
      for (const callee of onlyCalls.callees) called.add(callee);
      calls.push(...moved(onlyCalls.calls, by));
      continue;
    }
    const [before, callsBefore] = [saidMore(), calls.length];
    const callees = new Set<string>();
    for (const step of fn.steps) {
      if (step.kind === 'assign' && step.place) noteMember(step, fn, context, memberUses);
      if (step.kind === 'declare') noteInitialiser(step.variable.type, step.initial, context, memberUses);
      if (step.kind !== 'call') continue;
      const { call } = step;
      callees.add(call.name);
      const entry = catalog.calls.get(call.name);
      if (!entry) {
        if (
          catalog.watchedCalls.has(call.name) ||
          catalog.replaced.has(call.name) ||
          isRaising(call.name, catalog)
        ) {
          calls.push(call);
        }
        continue;
      }
      calls.push(call);
      const found = tablesOf(call, entry, fn, context);
      tables.push(...found.values());
      if (entry.registration || found.size > 0) registrations.push({ call, tables: found });
    }
    objectWrites.push(...objectWritesIn(fn, context));
    for (const callee of callees) called.add(callee);
    if (memo && saidMore() === before)
      reading.onlyCalls = { callees, calls: moved(calls.slice(callsBefore), -by) };
  }
  for (const [name, initial] of globalInitials) {
    noteInitialiser(globals.get(name)?.type, initial, context, memberUses);
  }
  const models = modelsOf(source, names, catalog);
  for (const model of sum.models) models.add(model);
  for (const model of catalog.models.values()) {
    if (model.evidence.calls?.some((name) => called.has(name))) models.add(model.name);
  }
  calls.sort((a, b) => a.range.start - b.range.start);
  registrations.sort((a, b) => a.call.range.start - b.call.range.start);

  const droppedAndAssumed = untouchable(source);
  return {
    uri: source.uri,
    language: source.language,
    functions,
    registrations,
    calls,
    tables,
    objectWrites,
    entryPoints: entryPointsOf(effects, context),
    defines: definesOf(source),
    placements: placementsOf(source, functions, catalog),
    memberUses,
    models,
    names,
    headerNames: sum.names,
    macroNames: macroNamesOf(source.directives, sum, catalog),
    suppressions: readSuppressions(source.directives.comments, source.lines, source.text).map((item) => ({
      rules: item.rules,
      scope: item.scope,
      line: item.appliesToLine,
      range: commentAround(source, item.range),
      ruleRanges: item.ruleRanges,
    })),
    flows,
    globals: globalsOf(source, fileScope, fileValues),
    headers: headers.map(({ uri }) => uri),
    ownMembers: ownMembersOf(types, sum),
    analysed: true,
    includesRead: includesRead(source, sum, catalog),
    declarationsAt: declarationsAt(source, fileScope.lastPrototype),
    untouchable: droppedAndAssumed,
  };
}

/** The file's own variables with what they hold at the start: what has no initialiser is zero. */
function globalsOf(source: SourceFile, scope: FileScope, values: Scope): Map<Key, GlobalFact> {
  const found = new Map<Key, GlobalFact>();
  for (const { name, type, storage, nameRange } of scope.variables) {
    if (storage === 'unknown') continue; // extern
    const initialiser = scope.initialisers.get(name)?.node;
    const key = storage === 'static' ? `${shortName(source.uri)}::${name}` : `::${name}`;
    found.set(key, { name, type, nameRange, initial: initialiser ? startValue(initialiser, values) : ZERO });
  }
  return found;
}

const ZERO: Expr = { kind: 'number', value: 0 };

/** A number or constant; `{0}` and `{}` are zero, other lists are not told. */
function startValue(node: SyntaxNode, values: Scope): Expr | undefined {
  if (initializerList(node)) return /^\{0?,?\}$/.test(node.text.replace(/\s+/g, '')) ? ZERO : undefined;
  const value = valueOf(node, values);
  if (value.kind === 'null') return ZERO;
  if (value.kind === 'number') return { kind: 'number', value: value.number };
  return value.kind === 'name' ? { kind: 'name', name: value.name } : undefined;
}

const isRaising = (name: string, catalog: Catalog): boolean =>
  catalog.idioms.raising.some((pair) => pair.raise === name || pair.lower === name);

/** Functions by name, in the order of the list. */
export function indexFunctions(list: readonly FunctionFact[]): Map<string, FunctionFact[]> {
  const index = new Map<string, FunctionFact[]>();
  for (const fact of list) {
    const known = index.get(fact.name);
    if (known) known.push(fact);
    else index.set(fact.name, [fact]);
  }
  return index;
}

/** Members of the structures that the file or its headers define. */
function ownMembersOf(types: ReadonlyMap<string, ReadonlyMap<string, string>>, sum: HeaderSum): Set<string> {
  const members = new Set(sum.members);
  for (const [name, own] of types) {
    if (sum.types.get(name) !== own) for (const member of own.keys()) members.add(member);
  }
  return members;
}

/** The whole comment around a suppression, so that removing it leaves no slashes behind. */
const commentAround = (source: SourceFile, inner: TextRange): TextRange =>
  source.directives.comments.find(
    (comment) => comment.range.start <= inner.start && inner.end <= comment.range.end,
  )?.range ?? inner;

/** True when no include of the file, or of a header read for it, may hide declarations of the driver. */
function includesRead(source: SourceFile, { includes, fileNames }: HeaderSum, catalog: Catalog): boolean {
  const isHarmless = (path: string) => {
    const name = path.toLowerCase().replace(/^.*[\\/]/, '');
    // `.tmh` files are generated for tracing and hold macros only.
    return (
      fileNames.has(encodeName(name).toLowerCase()) ||
      catalog.idioms.systemHeaders.includes(name) ||
      name.endsWith('.tmh')
    );
  };
  return [...source.directives.includes, ...includes].every((include) => isHarmless(include.path));
}

/** Behind the last prototype before the first function, else behind the last unconditional include. */
function declarationsAt(source: SourceFile, lastPrototype: number | undefined): number {
  if (lastPrototype !== undefined) return lastPrototype;
  const { directives, branches } = source;
  const include = directives.includes.findLast(
    (item) => branches.liveAt(item.range.start) && branches.branchPathAt(item.range.start).length === 0,
  );
  return include ? include.range.end : 0;
}
