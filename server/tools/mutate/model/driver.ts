import type { Catalog } from '../../../src/catalog/catalog.ts';
import type { CallEntry, StructureEntry } from '../../../src/catalog/entry.ts';
import {
  addressTarget,
  callArguments,
  calleeName,
  childrenOf,
  descendants,
  enclosing,
  type FunctionDefinition,
  readDeclaration,
  readFunction,
  readRoleDeclaration,
  strip,
} from '../../../src/syntax/nodes.ts';
import type { SyntaxNode, SyntaxParser } from '../../../src/syntax/parser.ts';
import { openSource, type SourceFile } from '../../../src/syntax/source-file.ts';
import type { DriverText } from '../driver-text.ts';
import { memberWrites, objectWrites, type MemberWrite, type ObjectWrite } from './writes.ts';

/** One file with its tree. */
export interface Unit {
  readonly name: string;
  readonly text: string;
  readonly source: SourceFile;
}

export interface Variable {
  readonly name: string;
  /** Type name, without stars. */
  readonly type: string;
  readonly storage: 'automatic' | 'static' | 'global' | 'parameter';
  readonly isPointer: boolean;
  /** The declarator with its initialiser; undefined for parameters. */
  readonly declarator: SyntaxNode | undefined;
  readonly initializer: SyntaxNode | undefined;
  readonly declaration: SyntaxNode | undefined;
}

export interface DriverFunction extends FunctionDefinition {
  readonly unit: Unit;
  readonly variables: ReadonlyMap<string, Variable>;
  /** Functions of the driver that it calls, by name. */
  readonly callees: ReadonlySet<string>;
  /** Every identifier and member name of the body. */
  readonly words: ReadonlySet<string>;
}

/** A call that the catalogue knows. */
export interface CallSite {
  readonly entry: CallEntry;
  readonly node: SyntaxNode;
  readonly unit: Unit;
  readonly fn: DriverFunction;
  readonly arguments: readonly SyntaxNode[];
  /** The smallest statement around it. */
  readonly statement: SyntaxNode;
}

/**
 * What the operators know of a driver. It is read from the trees by this tool alone: what the analyzer
 * misunderstands must not decide what gets mutated.
 */
export class Driver {
  readonly name: string;
  readonly catalog: Catalog;
  readonly units: readonly Unit[];
  readonly functions = new Map<string, DriverFunction>();
  readonly globals = new Map<string, Variable>();
  /** Calls of catalogue functions, in text order. */
  readonly calls: readonly CallSite[];
  readonly memberWrites: readonly MemberWrite[];
  readonly objectWrites: readonly ObjectWrite[];
  /** Role types by function, from declarations and from the places that functions were assigned to. */
  readonly roles = new Map<string, Set<string>>();

  constructor(input: DriverText, catalog: Catalog, parser: SyntaxParser) {
    this.name = input.name;
    this.catalog = catalog;
    this.units = [...input.files].map(([name, text]) => ({
      name,
      text,
      source: open(name, text, catalog, parser),
    }));
    for (const unit of this.units) this.#readUnit(unit);
    for (const fn of this.functions.values()) {
      for (const callee of fn.words)
        if (!this.functions.has(callee)) (fn.callees as Set<string>).delete(callee);
    }
    this.calls = [...this.functions.values()].flatMap((fn) => this.#callsOf(fn));
    const functions = [...this.functions.values()];
    this.memberWrites = functions.flatMap((fn) => memberWrites(fn, this));
    this.objectWrites = functions.flatMap((fn) => objectWrites(fn, this));
    for (const { member, value } of this.memberWrites) this.#note(strip(value).text, member?.role);
    for (const { role, value } of this.objectWrites) this.#note(strip(value).text, role);
  }

  dispose(): void {
    for (const { source } of this.units) source.dispose();
  }

  /** Registration calls: those whose catalogue entry says what is registered. */
  get registrations(): readonly CallSite[] {
    return this.calls.filter(({ entry }) => entry.purpose === 'register' && entry.registration !== undefined);
  }

  get undos(): readonly CallSite[] {
    return this.calls.filter(({ entry }) => entry.purpose === 'undo');
  }

  /** Structures that some call of the driver takes as its table. */
  get registeredStructures(): ReadonlySet<StructureEntry> {
    const found = new Set<StructureEntry>();
    for (const call of this.calls) {
      for (const name of call.entry.parameters.flatMap(({ structures }) => structures ?? [])) {
        const structure = this.catalog.structures.get(name);
        if (structure && this.tablesOf(call).includes(structure)) found.add(structure);
      }
    }
    return found;
  }

  /** Structures that one call gets, by the declared types of its arguments; a union counts as all its parts. */
  tablesOf(call: CallSite): StructureEntry[] {
    return call.entry.parameters.flatMap(({ role, structures }, index) => {
      const argument = call.arguments[index];
      if (role !== 'table' || argument === undefined) return [];
      const inner = addressTarget(argument) ?? strip(argument);
      const root = inner.type === 'identifier' ? this.variable(inner.text, call.fn) : undefined;
      const declared = root && this.catalog.structures.get(root.type);
      if (!declared) return [];
      const parts = (structures ?? []).flatMap((name) => this.catalog.structures.get(name) ?? []);
      return declared.objectHeader === undefined && parts.includes(declared) && parts.length > 1
        ? parts
        : [declared];
    });
  }

  /**
   * Where the results of registrations arrive: at the calls themselves, and at calls of the driver's own
   * functions that return such a result.
   */
  get results(): readonly CallSite[] {
    return this.registrations.flatMap((call) => {
      if (call.statement.type !== 'return_statement') return [call];
      return [...this.functions.values()].flatMap((fn) =>
        [...descendants(fn.body, CALLS)].flatMap((node) => {
          const statement = statementOf(node);
          if (calleeName(node) !== call.fn.name || !statement) return [];
          return [{ ...call, node, unit: fn.unit, fn, arguments: callArguments(node), statement }];
        }),
      );
    });
  }

  variable(name: string, fn: DriverFunction | undefined): Variable | undefined {
    return fn?.variables.get(name) ?? this.globals.get(name);
  }

  /** Functions and all they call, by name. */
  closure(roots: Iterable<string>): Set<string> {
    const seen = new Set<string>();
    const todo = [...roots];
    for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
      const fn = this.functions.get(name);
      if (!fn || seen.has(name)) continue;
      seen.add(name);
      todo.push(...fn.callees);
    }
    return seen;
  }

  #note(fn: string, role: string | undefined): void {
    if (role === undefined || !this.functions.has(fn)) return;
    this.roles.set(fn, (this.roles.get(fn) ?? new Set()).add(role));
  }

  #readUnit(unit: Unit): void {
    for (const node of descendants(unit.source.root, new Set(['function_definition', 'declaration']))) {
      if (node.type === 'declaration') {
        if (enclosing(node, IN_FUNCTION) === undefined) this.#readGlobal(node);
        continue;
      }
      const definition = readFunction(node);
      if (!definition || this.functions.has(definition.name)) continue;
      const words = new Set<string>();
      for (const word of descendants(definition.body, WORDS)) words.add(word.text);
      const callees = new Set<string>();
      for (const call of descendants(definition.body, CALLS)) callees.add(calleeName(call) ?? '');
      this.functions.set(definition.name, {
        ...definition,
        unit,
        words,
        callees,
        variables: localsOf(definition),
      });
    }
  }

  #readGlobal(node: SyntaxNode): void {
    const role = readRoleDeclaration(node);
    // The functions may be defined in files that are not read yet.
    for (const { name } of role?.functions ?? []) {
      this.roles.set(name, (this.roles.get(name) ?? new Set()).add(role?.typeName ?? ''));
    }
    for (const variable of variablesOf(node, 'global')) {
      if (!this.globals.has(variable.name) || variable.initializer) this.globals.set(variable.name, variable);
    }
  }

  #callsOf(fn: DriverFunction): CallSite[] {
    return [...descendants(fn.body, CALLS)].flatMap((node) => {
      const entry = this.catalog.calls.get(calleeName(node) ?? '');
      const statement = statementOf(node);
      if (!entry || !statement) return [];
      return [{ entry, node, unit: fn.unit, fn, arguments: callArguments(node), statement }];
    });
  }
}

const CALLS = new Set(['call_expression']);
const WORDS = new Set(['identifier', 'field_identifier']);
const IN_FUNCTION = new Set(['function_definition', 'parameter_list', 'field_declaration_list']);

const open = (name: string, text: string, catalog: Catalog, parser: SyntaxParser): SourceFile =>
  openSource(parser, {
    uri: `file:///w/${name}`,
    text,
    language: /\.(?:cc|cpp|cxx|hpp)$/i.test(name) ? 'cpp' : 'c',
    defines: new Map(),
    words: catalog.words,
  });

/** The smallest statement around an expression. */
export function statementOf(node: SyntaxNode): SyntaxNode | undefined {
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.type === 'declaration' || at.type.endsWith('_statement')) return at;
  }
  return undefined;
}

function localsOf(definition: FunctionDefinition): Map<string, Variable> {
  const found = new Map<string, Variable>();
  for (const { name, typeText } of definition.parameters) {
    if (name === undefined) continue;
    found.set(name, {
      name,
      type: typeText.replace(/\b(?:const|volatile|struct)\b/g, '').replace(/[*\s[\]]+/g, ''),
      storage: 'parameter',
      isPointer: true,
      declarator: undefined,
      initializer: undefined,
      declaration: undefined,
    });
  }
  for (const node of descendants(definition.body, new Set(['declaration']))) {
    for (const variable of variablesOf(node, 'automatic')) found.set(variable.name, variable);
  }
  return found;
}

function variablesOf(node: SyntaxNode, storage: 'automatic' | 'global'): Variable[] {
  const declaration = readDeclaration(node);
  return declaration.declarators
    .filter(({ parameters }) => parameters === undefined)
    .map((declarator) => ({
      name: declarator.name,
      type: declaration.typeName ?? declaration.typeText,
      storage: declaration.isStatic ? 'static' : storage,
      isPointer: declarator.pointerDepth > 0,
      declarator: declarator.node,
      initializer: declarator.initializer,
      declaration: childrenOf(node).length > 0 ? node : undefined,
    }));
}
