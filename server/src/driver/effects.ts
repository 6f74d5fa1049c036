import type { Idioms } from '../catalog/entry.ts';
import {
  calleeNode,
  callArguments,
  descendants,
  designatedMember,
  flatInitializer,
  initializerList,
  rangeOf,
  readDeclaration,
  strip,
} from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parser.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import type { TextRange } from '../text/range.ts';
import { readMacroVariable, readVariables, type VariableDeclaration } from './declarations.ts';
import type {
  ArgumentFact,
  Branch,
  BranchPath,
  CallFact,
  FunctionFact,
  Place,
  ResultUse,
  Storage,
  ValueFact,
} from './facts.ts';
import { placeOf, type Scope, valueOf } from './values.ts';
import { BLANKS, withoutEnd } from '../text/ends.ts';

/** One leaf of an initialiser, position or member name resolved by whoever knows the structure. */
export interface InitialItem extends ValueFact {
  /** `Header.Type`; undefined for positional items. */
  readonly member: string | undefined;
  /** Positions from the outermost brace in, for positional items. */
  readonly positions: readonly number[];
  readonly statement: TextRange;
  readonly branch: BranchPath;
}

export interface InitialValue {
  readonly range: TextRange;
  /** Undefined when it is an expression, not a list in braces. */
  readonly items: readonly InitialItem[] | undefined;
  /** The expression's value. */
  readonly value?: ValueFact;
  /** The expression's place, when it copies one or points to one. */
  readonly place?: Place;
  readonly addressOf: boolean;
  /** Function whose result it is. */
  readonly callee?: string;
}

/** What one function does, in order of execution: plain data from one walk over its body. */
export type Step =
  | {
      readonly kind: 'declare';
      readonly variable: VariableDeclaration;
      readonly initial: InitialValue | undefined;
      readonly statement: TextRange;
      readonly branch: BranchPath;
      readonly at: number;
    }
  | {
      readonly kind: 'assign';
      readonly place: Place | undefined;
      /** Target as written, and its last name. */
      readonly targetText: string;
      readonly target: TextRange;
      readonly value: ValueFact;
      readonly valuePlace?: Place;
      readonly valueAddressOf: boolean;
      readonly valueCallee?: string;
      readonly compound: boolean;
      readonly statement: TextRange;
      readonly branch: BranchPath;
      readonly at: number;
    }
  | {
      readonly kind: 'call';
      readonly call: CallFact;
      /** By argument: the expression hands out an address (`&x`, a pointer, an array). */
      readonly addresses: readonly boolean[];
      readonly branch: BranchPath;
      readonly at: number;
    };

export interface FunctionEffects {
  readonly fact: FunctionFact;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly variables: ReadonlyMap<string, VariableDeclaration>;
  readonly steps: readonly Step[];
  /** Local pointers that stand for one place from their only assignment on. */
  readonly aliases: ReadonlyMap<string, Place>;
}

const STEP_NODES = new Set(['declaration', 'assignment_expression', 'call_expression']);
const ARM_NODES = new Set([
  'if_statement',
  'case_statement',
  'while_statement',
  'for_statement',
  'conditional_expression',
  'seh_except_clause',
]);
const STATEMENTS = new Set([
  'expression_statement',
  'declaration',
  'return_statement',
  'if_statement',
  'while_statement',
  'do_statement',
  'for_statement',
  'switch_statement',
]);

export interface EffectsInput {
  readonly source: SourceFile;
  readonly fact: FunctionFact;
  readonly body: SyntaxNode;
  readonly idioms: Idioms;
  readonly scopeOf: (isVariable: (name: string) => boolean) => Scope;
  /** Variables at file scope and of the headers. */
  readonly globals: ReadonlyMap<string, VariableDeclaration>;
  readonly conditionalBranches: (offset: number) => readonly Arm[];
}

/** A stretch of text that runs under one alternative. */
export interface Arm extends TextRange, Branch {}

/** Walks one function once. */
export function effectsOf(input: EffectsInput): FunctionEffects {
  const { source, fact, body, globals } = input;
  const parameters = (fact.parameters ?? []).flatMap(({ name, type }) =>
    name === undefined ? [] : [{ name, type }],
  );
  const variables = new Map<string, VariableDeclaration>();
  const nodes: SyntaxNode[] = [];
  const arms: Arm[] = [...input.conditionalBranches(body.startIndex)];
  // Noted on the way down: to ask a node for its parents costs a walk from the root for each of them.
  const statements = new Map<SyntaxNode, TextRange>();
  const around: TextRange[] = [];
  for (const node of descendants(body, ALL_NODES)) {
    while ((around.at(-1)?.end ?? node.endIndex) < node.endIndex) around.pop();
    if (STATEMENTS.has(node.type)) around.push(rangeOf(node));
    if (STEP_NODES.has(node.type)) {
      nodes.push(node);
      statements.set(node, around.at(-1) ?? rangeOf(node));
    }
    if (ARM_NODES.has(node.type)) arms.push(...armsOf(node));
    const byMacro =
      node.type === 'call_expression' && readMacroVariable(node, input.idioms, 'automatic')?.variable;
    if (byMacro) variables.set(byMacro.name, byMacro);
    if (node.type === 'declaration') {
      const declaration = readDeclaration(node);
      for (const { variable } of readVariables(
        node,
        declaration,
        declaration.isStatic ? 'static' : 'automatic',
      )) {
        variables.set(variable.name, variable);
      }
    }
  }
  const parameterNames = new Map(parameters.map(({ name }, index) => [name, index]));
  const isVariable = (name: string) => variables.has(name) || parameterNames.has(name) || globals.has(name);
  const scope = input.scopeOf(isVariable);
  const isConstant = (name: string) => !isVariable(name);
  const branchAt = branchFinder(arms);
  const text = (node: SyntaxNode) => source.text.slice(node.startIndex, node.endIndex);
  const valueFact = (node: SyntaxNode): ValueFact => ({
    value: valueOf(node, scope),
    text: text(node),
    range: rangeOf(node),
  });

  const storageOf = (root: string): { storage: Storage; type?: string; pointer: boolean } => {
    const index = parameterNames.get(root);
    const variable = variables.get(root) ?? (index === undefined ? globals.get(root) : undefined);
    if (variable)
      return {
        storage: variable.storage,
        type: variable.type,
        pointer: variable.isPointer || variable.isArray,
      };
    const parameter = index === undefined ? undefined : parameters[index];
    if (parameter)
      return { storage: 'parameter', type: withoutEnd(parameter.type, `*[]${BLANKS}`), pointer: true };
    return { storage: 'unknown', pointer: true };
  };
  const isPointerType = (type: string | undefined) =>
    type !== undefined && /^(?:P[A-Z]|LP[A-Z])/.test(type) && type !== 'PVOID';

  const steps: Step[] = [];
  for (const node of executionOrder(nodes)) {
    const branch = branchAt(node.startIndex);
    if (node.type === 'declaration') {
      const declaration = readDeclaration(node);
      for (const { variable, initialiser } of readVariables(
        node,
        declaration,
        declaration.isStatic ? 'static' : 'automatic',
      )) {
        steps.push({
          kind: 'declare',
          variable,
          initial: initialiser && readInitial(initialiser, valueFact, isConstant, branchAt),
          statement: rangeOf(node),
          branch,
          at: node.startIndex,
        });
      }
      continue;
    }
    const statement = statements.get(node) ?? rangeOf(node);
    if (node.type === 'assignment_expression') {
      const left = node.childForFieldName('left');
      const right = node.childForFieldName('right');
      if (!left || !right) continue;
      const use = placeOf(left, isConstant);
      const inner = strip(right);
      const callee = calleeNode(inner);
      const valueUse = placeOf(right, isConstant);
      const name = use?.node.childForFieldName('field') ?? undefined;
      steps.push({
        kind: 'assign',
        place: use?.place,
        targetText: text(left),
        target: name ? rangeOf(name) : rangeOf(left),
        value: valueFact(right),
        ...(valueUse ? { valuePlace: valueUse.place } : {}),
        valueAddressOf: valueUse?.addressOf ?? false,
        ...(callee ? { valueCallee: callee.text } : {}),
        compound: node.childForFieldName('operator')?.type !== '=',
        statement,
        branch,
        at: node.startIndex,
      });
      continue;
    }
    const callee = calleeNode(node);
    if (!callee) {
      continue;
    }
    const byMacro = readMacroVariable(node, input.idioms, 'automatic');
    if (byMacro) {
      steps.push({
        kind: 'declare',
        variable: byMacro.variable,
        initial: readInitial(byMacro.text, valueFact, isConstant, branchAt),
        statement,
        branch,
        at: node.startIndex,
      });
      continue;
    }
    const args: ArgumentFact[] = [];
    const addresses: boolean[] = [];
    for (const argument of callArguments(node)) {
      const use = placeOf(argument, isConstant);
      const origin = use ? storageOf(use.place.root) : undefined;
      const bare = strip(argument);
      const parameter = bare.type === 'identifier' ? parameterNames.get(bare.text) : undefined;
      const usable =
        use && origin && (origin.storage !== 'unknown' || use.place.path.length > 0 || use.addressOf);
      args.push({
        ...valueFact(argument),
        ...(usable ? { place: use.place } : {}),
        storage: origin?.storage ?? 'unknown',
        ...(origin?.type === undefined ? {} : { rootType: origin.type }),
        ...(parameter === undefined || variables.has(bare.text) ? {} : { parameter }),
      });
      addresses.push(
        use !== undefined &&
          (use.addressOf ||
            (use.place.path.length === 0 && (origin?.pointer || isPointerType(origin?.type))) ||
            use.place.path.length > 0),
      );
    }
    steps.push({
      kind: 'call',
      call: {
        name: callee.text,
        range: rangeOf(node),
        nameRange: rangeOf(callee),
        arguments: args,
        inFunction: fact.name,
        statement,
        branch,
        ...resultOf(node, text),
      },
      addresses,
      branch,
      at: node.startIndex,
    });
  }
  return { fact, parameters, variables, steps, aliases: aliasesOf(steps, variables, parameterNames) };
}

const ALL_NODES = new Set([...STEP_NODES, ...ARM_NODES, ...STATEMENTS]);

/** Post-order without a walk: what ends first runs first; of two that end together the inner one. */
function executionOrder(nodes: readonly SyntaxNode[]): SyntaxNode[] {
  return nodes.toSorted((a, b) => a.endIndex - b.endIndex || b.startIndex - a.startIndex);
}

function armsOf(node: SyntaxNode): Arm[] {
  const of = `@${node.startIndex}`;
  const arm = (child: SyntaxNode | null, index: number): Arm[] =>
    child ? [{ start: child.startIndex, end: child.endIndex, of, arm: index }] : [];
  switch (node.type) {
    case 'if_statement':
    case 'conditional_expression':
      return [
        ...arm(node.childForFieldName('consequence'), 0),
        ...arm(node.childForFieldName('alternative'), 1),
      ];
    case 'while_statement':
    case 'for_statement': {
      const condition = node.childForFieldName('condition');
      const always = condition === null || /^\(?\s*(?:TRUE|true|1)\s*\)?$/.test(condition.text);
      return always ? [] : arm(node.childForFieldName('body'), 0);
    }
    case 'case_statement':
      return [
        {
          start: node.startIndex,
          end: node.endIndex,
          of: `@${node.parent?.startIndex ?? 0}`,
          arm: node.startIndex,
        },
      ];
    default:
      return arm(node, 0);
  }
}

/** Enclosing arms of an offset, outermost first. Queries may come in any order. */
export function branchFinder(arms: readonly Arm[]): (offset: number) => BranchPath {
  if (arms.length === 0) return () => NO_BRANCHES;
  const ordered = arms.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const bounds = [...new Set(ordered.flatMap(({ start, end }) => [start, end]))].toSorted((a, b) => a - b);
  /** The arms that hold from a bound to the next one. */
  const paths: BranchPath[] = [];
  let around: Arm[] = [];
  let next = 0;
  for (const bound of bounds) {
    around = around.filter(({ end }) => end > bound);
    for (let arm = ordered[next]; arm && arm.start <= bound; arm = ordered[++next])
      if (arm.end > bound) around.push(arm);
    paths.push(around.length === 0 ? NO_BRANCHES : around.map(({ of, arm }) => ({ of, arm })));
  }
  return (offset) => {
    let low = 0;
    let high = bounds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bounds[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return paths[low - 1] ?? NO_BRANCHES;
  };
}

const NO_BRANCHES: BranchPath = [];

function resultOf(
  call: SyntaxNode,
  text: (node: SyntaxNode) => string,
): { result: ResultUse; resultVariable?: string } {
  let child = call;
  let parent = call.parent;
  while (parent && ['parenthesized_expression', 'cast_expression'].includes(parent.type)) {
    if (parent.type === 'cast_expression' && /^\(\s*void\s*\)/i.test(parent.text))
      return { result: 'discarded' };
    child = parent;
    parent = parent.parent;
  }
  switch (parent?.type) {
    case 'expression_statement':
      return { result: 'ignored' };
    case 'comma_expression':
      return { result: parent.childForFieldName('right') === child ? 'used' : 'ignored' };
    case 'assignment_expression': {
      const left = parent.childForFieldName('left');
      return { result: 'assigned', ...(left ? { resultVariable: text(left) } : {}) };
    }
    case 'init_declarator': {
      const name = parent.childForFieldName('declarator');
      return { result: 'assigned', ...(name ? { resultVariable: text(name).replace(/^[*\s]+/, '') } : {}) };
    }
    case 'return_statement':
      return { result: 'returned' };
    default:
      return { result: 'used' };
  }
}

/** Reads a variable's first value. */
export function readInitial(
  node: SyntaxNode,
  valueFact: (node: SyntaxNode) => ValueFact,
  isConstant: (name: string) => boolean,
  branchAt: (offset: number) => BranchPath,
): InitialValue {
  const list = initializerList(node);
  if (!list) {
    const use = placeOf(node, isConstant);
    const callee = calleeNode(strip(node));
    return {
      range: rangeOf(node),
      items: undefined,
      value: valueFact(node),
      ...(use ? { place: use.place } : {}),
      addressOf: use?.addressOf ?? false,
      ...(callee ? { callee: callee.text } : {}),
    };
  }
  return {
    range: rangeOf(node),
    addressOf: false,
    items: flatInitializer(list).map((item) => ({
      ...valueFact(item.value),
      member: designatedMember(item),
      positions: item.path.flatMap((step) => (step.kind === 'position' ? [step.position] : [])),
      statement: rangeOf(item.node),
      branch: branchAt(item.node.startIndex),
    })),
  };
}

function aliasesOf(
  steps: readonly Step[],
  variables: ReadonlyMap<string, VariableDeclaration>,
  parameters: ReadonlyMap<string, number>,
): Map<string, Place> {
  const found = new Map<string, Place | undefined>();
  const note = (name: string, place: Place | undefined) => {
    // A second assignment makes the pointer ambiguous; initialising with NULL first does not count.
    found.set(name, found.has(name) ? undefined : place);
  };
  for (const step of steps) {
    if (step.kind === 'declare' && step.initial && step.variable.isPointer !== undefined) {
      const { initial, variable } = step;
      if (initial.items === undefined && initial.place) {
        const pointing = initial.addressOf || variable.isPointer || /^P[A-Z]/.test(variable.type);
        note(variable.name, pointing ? initial.place : undefined);
      } else if (initial.items === undefined && initial.callee !== undefined) note(variable.name, undefined);
    }
    if (step.kind === 'assign' && step.place?.path.length === 0) {
      const { root } = step.place;
      const variable = variables.get(root);
      if (step.value.value.kind === 'null') continue;
      const pointing = step.valueAddressOf || variable?.isPointer || /^P[A-Z]/.test(variable?.type ?? '');
      if (variable || parameters.has(root))
        note(root, pointing && !step.targetText.includes('*') ? step.valuePlace : undefined);
    }
  }
  const aliases = new Map<string, Place>();
  for (const [name, place] of found) {
    if (place && place.root !== name && variables.has(name)) aliases.set(name, place);
  }
  return aliases;
}

/** The variable that a name means in a function: its own, or one at file scope that no parameter hides. */
export function variableOf(
  name: string,
  fn: FunctionEffects,
  globals: ReadonlyMap<string, VariableDeclaration>,
): VariableDeclaration | undefined {
  const isParameter = fn.parameters.some((parameter) => parameter.name === name);
  return fn.variables.get(name) ?? (isParameter ? undefined : globals.get(name));
}

/** Follows aliases to the place that is really meant. */
export function resolve(place: Place, aliases: ReadonlyMap<string, Place>): Place {
  let at = place;
  for (let i = 0; i < 8; i++) {
    const target = aliases.get(at.root);
    if (!target) return at;
    at = { root: target.root, path: [...target.path, ...at.path] };
  }
  return at;
}
