import type { Catalog } from '../catalog/catalog.ts';
import { buildGraph, type BuildBranch, type NameKnowledge } from '../flow/build-graph.ts';
import { type Expr, type FunctionGraph, shortName } from '../flow/graph.ts';
import type { SyntaxNode } from '../syntax/parser.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import type { VariableDeclaration } from './declarations.ts';
import type { FunctionEffects } from './effects.ts';
import type { FunctionIndex } from './facts.ts';
import { type FunctionMacros, MacroExpander } from './macros.ts';
import { type Scope, valueOf } from './values.ts';

export interface GraphContext {
  readonly source: SourceFile;
  readonly catalog: Catalog;
  readonly globals: ReadonlyMap<string, VariableDeclaration>;
  readonly functions: FunctionIndex;
  readonly macros: FunctionMacros;
  readonly scopeOf: (isVariable: (name: string) => boolean) => Scope;
}

/** Expressions that may be constants. */
const CONSTANT_NODES = new Set([
  'number_literal',
  'char_literal',
  'null',
  'true',
  'false',
  'identifier',
  'unary_expression',
]);

/** Builds the graphs of one file's functions. */
export class GraphReader {
  readonly #context: GraphContext;
  readonly #expander: MacroExpander;

  constructor(context: GraphContext) {
    const { catalog, functions, source, macros } = context;
    const { idioms } = catalog;
    const listed = new Set([
      ...[...idioms.initialisers, ...idioms.releases, ...idioms.zeroing].map(({ name }) => name),
      ...idioms.initialisingResults,
      ...idioms.noReturn,
    ]);
    this.#context = context;
    this.#expander = new MacroExpander(
      source,
      macros,
      (name) => catalog.calls.has(name) || listed.has(name) || functions.has(name),
    );
  }

  /** The node is only used during the call. */
  graphOf(fn: FunctionEffects, body: SyntaxNode): FunctionGraph {
    return buildGraph(
      body,
      fn.fact.range.start,
      fn.parameters.map(({ name }) => name),
      this.#knowledge(fn),
    );
  }

  #knowledge(fn: FunctionEffects): NameKnowledge {
    const { source, catalog, globals, functions, scopeOf } = this.#context;
    const { idioms } = catalog;
    const file = shortName(source.uri);
    const parameters = new Set(fn.parameters.map(({ name }) => name));
    // `static PDRIVER_DISPATCH Saved;` is a variable, though it looks like a declaration by role.
    const isFunction = (name: string): boolean =>
      functions.get(name)?.some(({ kind, role }) => kind !== 'role' || catalog.roles.has(role ?? '')) ??
      false;
    const variable = (name: string): string | undefined => {
      const local = fn.variables.get(name);
      if (local) return local.storage === 'static' ? `${file}::${fn.fact.name}:${name}` : name;
      if (parameters.has(name)) return name;
      const global = globals.get(name);
      if (!global || isFunction(name)) return undefined;
      return global.storage === 'static' ? `${file}::${name}` : `::${name}`;
    };
    const scope = scopeOf((name) => variable(name) !== undefined);
    const truth = new Set(idioms.true);
    const unseen = unseenVariables(fn);
    const constant = (node: SyntaxNode): Expr | undefined => {
      if (!CONSTANT_NODES.has(node.type)) return undefined;
      const value = valueOf(node, scope);
      if (value.kind === 'null') return { kind: 'number', value: 0 };
      if (value.kind === 'number') return { kind: 'number', value: value.number };
      if (value.kind !== 'name' || unseen.has(value.name)) return undefined;
      return truth.has(value.name) ? { kind: 'number', value: 1 } : { kind: 'name', name: value.name };
    };
    return {
      variable,
      isFunction: (name) => functions.has(name) || catalog.calls.has(name),
      constant,
      statusTest: (callee) =>
        idioms.successMacros.includes(callee)
          ? 'success'
          : idioms.failureMacros.includes(callee)
            ? 'failure'
            : undefined,
      expand: (call, form, use) => this.#expander.expand(call, form, use),
      branchesAt: (offset) => this.#branchesAt(offset),
    };
  }

  #branchesAt(offset: number): BuildBranch[] {
    const { branches, directives } = this.#context.source;
    return branches.branchPathAt(offset).map(({ group, branch }) => ({
      group,
      branch,
      conditions: (directives.conditionals[group]?.branches ?? []).map(({ kind, condition }) =>
        kind === 'else' ? undefined : conditionText(kind, condition),
      ),
    }));
  }
}

/** Names that nobody in sight declares, but whose address is passed: variables of a header that was not found. */
const unseenVariables = ({ steps }: FunctionEffects): ReadonlySet<string> =>
  new Set(
    steps.flatMap((step) =>
      step.kind === 'call'
        ? step.call.arguments.flatMap(({ place, storage }) =>
            place?.path.length === 0 && storage === 'unknown' ? [place.root] : [],
          )
        : [],
    ),
  );

/** One spelling for `#ifdef X`, `#if defined X` and `#if defined(X)`; a leading `!` negates all of it. */
function conditionText(kind: string, condition: string): string {
  const text = condition
    .replace(/\s+/g, ' ')
    .replace(/\bdefined (\w+)/g, 'defined($1)')
    .trim();
  if (kind.endsWith('ifdef')) return `defined(${text})`;
  if (kind.endsWith('ifndef')) return `!defined(${text})`;
  const plain = text.replace(/^\((.*)\)$/, (whole, inner: string) => (/[()]/.test(inner) ? whole : inner));
  return plain.startsWith('!') && !/^!(?:\w+|defined\(\w+\))$/.test(plain) ? `(${plain})` : plain;
}
