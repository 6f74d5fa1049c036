import { castAddress, calleeNode, callArguments, childrenOf, strip } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parser.ts';
import type { TextRange } from '../text/range.ts';
import {
  type Argument,
  type Expr,
  type FunctionGraph,
  type Key,
  type Op,
  rootOf,
  type Test,
} from './graph.ts';
import { GraphBlocks } from './graph-blocks.ts';

/** What the builder must be told about names; who asks knows the file's declarations and the catalogue. */
export interface NameKnowledge {
  /** The root of a declared variable's key; undefined for any other name. */
  readonly variable: (name: string) => Key | undefined;
  readonly isFunction: (name: string) => boolean;
  /** A constant expression's value: a number, or the name of a constant. */
  readonly constant: (node: SyntaxNode) => Expr | undefined;
  /** How a macro or function of one status tests it. */
  readonly statusTest: (callee: string) => 'success' | 'failure' | undefined;
  /** Runs `use` on the expansion of a macro call; false when it is none, or one that hides nothing. */
  readonly expand: (
    call: SyntaxNode,
    form: 'statement' | 'value',
    use: (root: SyntaxNode) => void,
  ) => boolean;
  /** Enclosing undecided `#if` branches, outermost first. */
  readonly branchesAt: (offset: number) => readonly BuildBranch[];
}

/** One branch of an undecided `#if` group. */
export interface BuildBranch {
  /** Same for all branches of a group. */
  readonly group: number;
  readonly branch: number;
  /** Conditions of the group's branches in order; undefined for `#else`. */
  readonly conditions: readonly (string | undefined)[];
}

/** Expressions nested deeper than this are no driver source. */
const DEPTH_LIMIT = 200;

const UNKNOWN: Expr = { kind: 'unknown' };

/** Turns a function's body into a graph. The node must be alive; nothing of it is kept. */
export function buildGraph(
  body: SyntaxNode,
  functionStart: number,
  parameters: readonly string[],
  names: NameKnowledge,
): FunctionGraph {
  const builder = new GraphBuilder(functionStart, names);
  builder.function(body);
  return {
    blocks: builder.blocks.finish(),
    parameters,
    calls: builder.calls,
    names: builder.names,
    globals: builder.globals,
    isComplete: builder.isComplete && !isBroken(body),
  };
}

interface Target {
  readonly breakTo: number | undefined;
  readonly continueTo: number | undefined;
  /** Number of `__finally` blocks open at the loop or switch: jumps out of more run them. */
  readonly finallies: number;
}

class GraphBuilder {
  readonly blocks = new GraphBlocks();
  readonly calls = new Set<string>();
  readonly names = new Set<string>();
  readonly globals = new Set<Key>();
  isComplete = true;
  readonly #start: number;
  readonly #know: NameKnowledge;
  readonly #labels = new Map<string, number>();
  readonly #targets: Target[] = [];
  /** `__finally` bodies around the current statement, and where `__leave` goes. */
  readonly #tries: { readonly body: SyntaxNode | undefined; readonly leaveTo: number }[] = [];
  /** Set while a macro's expansion is read: everything in it lies at the macro's use. */
  #use: TextRange | undefined;
  /** Inside an expansion: a `!` of the macro turns round what the author's words say. */
  #isFlipped = false;
  #statement: TextRange = { start: 0, end: 0 };
  #temporaries = 0;
  #depth = 0;

  constructor(start: number, know: NameKnowledge) {
    this.#start = start;
    this.#know = know;
  }

  function(body: SyntaxNode): void {
    this.statement(body);
    this.blocks.end({ kind: 'return', value: undefined, range: this.#range(body, true) });
  }

  #range(node: SyntaxNode, atEnd = false): TextRange {
    if (this.#use) return this.#use;
    const end = node.endIndex - this.#start;
    return { start: atEnd ? end - 1 : node.startIndex - this.#start, end };
  }

  #op(op: Op): void {
    this.blocks.add(op);
  }

  #temporary(): Key {
    return `$${++this.#temporaries}`;
  }

  // ---------------------------------------------------------------------------------------------- statements

  statement(node: SyntaxNode): void {
    if (++this.#depth > DEPTH_LIMIT) {
      this.isComplete = false;
      this.#depth--;
      return;
    }
    if (!this.#use) this.#statement = this.#range(node);
    this.#statementOf(node);
    this.#depth--;
  }

  #statementOf(node: SyntaxNode): void {
    switch (node.type) {
      case 'compound_statement':
        this.#sequence(childrenOf(node), this.#know.branchesAt(node.startIndex).length);
        return;
      case 'expression_statement': {
        const [inner] = childrenOf(node);
        if (inner) this.#effect(inner);
        return;
      }
      case 'declaration':
        this.#declaration(node);
        return;
      case 'if_statement':
        this.#if(node);
        return;
      case 'while_statement':
      case 'do_statement':
      case 'for_statement':
        this.#loop(node);
        return;
      case 'switch_statement':
        this.#switch(node);
        return;
      case 'case_statement': // outside a switch: a broken text
        for (const child of childrenOf(node)) this.statement(child);
        return;
      case 'labeled_statement': {
        const label = node.childForFieldName('label');
        if (label) this.blocks.start(this.#label(label.text));
        for (const child of childrenOf(node)) if (child.id !== label?.id) this.statement(child);
        return;
      }
      case 'attributed_statement':
        for (const child of childrenOf(node)) this.statement(child);
        return;
      case 'goto_statement': {
        const label = node.childForFieldName('label');
        this.#op({ kind: 'jump', how: 'goto', range: this.#range(node) });
        if (label) this.blocks.goto(this.#label(label.text));
        return;
      }
      case 'break_statement':
      case 'continue_statement':
        this.#breakOrContinue(node);
        return;
      case 'return_statement':
        this.#return(node);
        return;
      case 'seh_try_statement':
        this.#try(node);
        return;
      case 'seh_leave_statement': {
        const inner = this.#tries.at(-1);
        this.#op({ kind: 'jump', how: 'leave', range: this.#range(node) });
        if (inner) this.blocks.goto(inner.leaveTo);
        else this.isComplete = false;
        return;
      }
      default:
        // Types, empty statements, preprocessor remnants. A nested function or an error is not understood.
        if (node.type === 'ERROR') this.isComplete = false;
        else if (node.type.endsWith('_expression')) this.#effect(node);
    }
  }

  /** Statements in order; those of undecided `#if` branches become alternatives. */
  #sequence(nodes: readonly SyntaxNode[], outer: number): void {
    if (this.#use) {
      for (const node of nodes) this.statement(node);
      return;
    }
    for (let i = 0; i < nodes.length;) {
      const node = nodes[i] as SyntaxNode;
      const at = this.#know.branchesAt(node.startIndex)[outer];
      if (!at) {
        this.statement(node);
        i++;
        continue;
      }
      const arms: SyntaxNode[][] = at.conditions.map(() => []);
      for (; i < nodes.length; i++) {
        const next = nodes[i] as SyntaxNode;
        const branch = this.#know.branchesAt(next.startIndex)[outer];
        if (branch?.group !== at.group) break;
        arms[branch.branch]?.push(next);
      }
      this.#alternatives(at.conditions, arms, outer + 1);
    }
  }

  #alternatives(
    conditions: BuildBranch['conditions'],
    arms: readonly (readonly SyntaxNode[])[],
    outer: number,
  ): void {
    const behind = this.blocks.reserve();
    conditions.forEach((condition, index) => {
      const rest = this.blocks.reserve();
      if (condition !== undefined) {
        const arm = this.blocks.reserve();
        const negated = condition.startsWith('!');
        this.blocks.end({
          kind: 'branch',
          test: { kind: 'build', condition: negated ? condition.slice(1) : condition },
          yes: negated ? rest : arm,
          no: negated ? arm : rest,
          range: this.#statement,
          isInverted: negated,
        });
        this.blocks.start(arm);
      }
      this.#sequence(arms[index] ?? [], outer);
      this.blocks.goto(behind);
      this.blocks.start(rest);
    });
    this.blocks.goto(behind);
    this.blocks.start(behind);
  }

  #declaration(node: SyntaxNode): void {
    for (const child of node.childrenForFieldName('declarator')) {
      if (!child) continue;
      const value = child.type === 'init_declarator' ? child.childForFieldName('value') : null;
      let at: SyntaxNode | null = child;
      while (at && at.type !== 'identifier') {
        at =
          at.childForFieldName('declarator') ??
          childrenOf(at).find((inner) => /declarator|identifier/.test(inner.type)) ??
          null;
      }
      if (!at || child.type === 'function_declarator') continue;
      const key = this.#know.variable(at.text);
      if (key === undefined) continue;
      const range = this.#range(child);
      // A static local keeps its value; its initialiser does not run here.
      if (key.includes('::')) continue;
      const list = value?.type === 'initializer_list' ? value : undefined;
      const isZeroed = list !== undefined && /^\{(?:[\s{},0]|NULL|FALSE|nullptr)*\}$/.test(list.text);
      const expr = value && !list ? this.expr(value) : UNKNOWN;
      if (list) this.#nestedCalls(list);
      this.#op({
        kind: 'assign',
        to: key,
        value: isZeroed ? { kind: 'number', value: 0 } : expr,
        target: this.#range(at),
        range,
        statement: this.#statement,
        declares: true,
      });
    }
  }

  /** Calls inside an initialiser list run, though their values are not followed. */
  #nestedCalls(list: SyntaxNode): void {
    for (const child of childrenOf(list)) {
      const value = child.type === 'initializer_pair' ? child.childForFieldName('value') : child;
      if (!value) continue;
      if (value.type === 'initializer_list') this.#nestedCalls(value);
      else this.expr(value);
    }
  }

  #if(node: SyntaxNode): void {
    const condition = node.childForFieldName('condition');
    const consequence = node.childForFieldName('consequence');
    const alternative = node.childForFieldName('alternative');
    const then = this.blocks.reserve();
    const otherwise = this.blocks.reserve();
    const behind = alternative ? this.blocks.reserve() : otherwise;
    if (condition) this.condition(condition, then, otherwise);
    else this.isComplete = false;
    this.blocks.start(then);
    if (consequence) this.statement(consequence);
    this.blocks.goto(behind);
    if (alternative) {
      this.blocks.start(otherwise);
      for (const child of childrenOf(alternative)) this.statement(child);
      this.blocks.goto(behind);
    }
    this.blocks.start(behind);
  }

  #loop(node: SyntaxNode): void {
    const condition = node.childForFieldName('condition');
    const body = node.childForFieldName('body');
    const initializer = node.childForFieldName('initializer');
    const update = node.childForFieldName('update');
    if (initializer?.type === 'declaration') this.statement(initializer);
    else if (initializer) this.#effect(initializer);
    const head = this.blocks.reserve();
    const inside = this.blocks.reserve();
    const step = this.blocks.reserve();
    const behind = this.blocks.reserve();
    const target = { breakTo: behind, continueTo: step, finallies: this.#tries.length };
    this.blocks.goto(node.type === 'do_statement' ? inside : head);
    this.blocks.start(head);
    if (condition) this.condition(condition, inside, behind);
    else this.blocks.goto(inside); // for (;;)
    this.blocks.start(inside);
    this.#targets.push(target);
    if (body) this.statement(body);
    this.#targets.pop();
    this.blocks.goto(step);
    this.blocks.start(step);
    if (update) this.#effect(update);
    this.blocks.goto(head);
    this.blocks.start(behind);
  }

  #switch(node: SyntaxNode): void {
    const condition = node.childForFieldName('condition');
    const body = node.childForFieldName('body');
    const on = condition ? this.expr(condition) : UNKNOWN;
    const behind = this.blocks.reserve();
    const cases: { values: Expr[]; to: number }[] = [];
    let otherwise = behind;
    const children = body ? childrenOf(body) : [];
    const starts = new Map<SyntaxNode, number>();
    for (const child of children) {
      if (child.type !== 'case_statement') continue;
      const to = this.blocks.reserve();
      starts.set(child, to);
      const value = child.childForFieldName('value');
      if (value) cases.push({ values: [this.#know.constant(value) ?? this.#named(value)], to });
      else otherwise = to;
    }
    this.blocks.end({ kind: 'switch', on, cases, otherwise, range: this.#statement });
    // `continue` in a switch belongs to the loop around it.
    this.#targets.push({
      breakTo: behind,
      continueTo: this.#targets.at(-1)?.continueTo,
      finallies: this.#tries.length,
    });
    for (const child of children) {
      const to = starts.get(child);
      if (to === undefined) {
        this.statement(child);
        continue;
      }
      this.blocks.start(to);
      const value = child.childForFieldName('value');
      const inner = childrenOf(child).filter((statement) => statement.id !== value?.id);
      this.#sequence(inner, this.#know.branchesAt(child.startIndex).length);
    }
    this.#targets.pop();
    this.blocks.goto(behind);
    this.blocks.start(behind);
  }

  #named(node: SyntaxNode): Expr {
    const inner = strip(node);
    return inner.type === 'identifier' ? { kind: 'name', name: inner.text } : UNKNOWN;
  }

  #breakOrContinue(node: SyntaxNode): void {
    const isBreak = node.type === 'break_statement';
    const target = this.#targets.at(-1);
    const to = isBreak ? target?.breakTo : target?.continueTo;
    this.#op({ kind: 'jump', how: isBreak ? 'break' : 'continue', range: this.#range(node) });
    if (target && to !== undefined) {
      this.#runFinallies(target.finallies);
      this.blocks.goto(to);
    } else this.isComplete = false;
  }

  #return(node: SyntaxNode): void {
    const [value] = childrenOf(node);
    const range = this.#range(node);
    let expr = value ? this.expr(value) : undefined;
    if (this.#tries.some((one) => one.body) && expr?.kind === 'place') {
      // The value is taken before `__finally` runs and may change the variable.
      const kept = this.#temporary();
      this.#op({
        kind: 'assign',
        to: kept,
        value: expr,
        target: range,
        range,
        statement: range,
        declares: true,
      });
      expr = { kind: 'place', key: kept };
    }
    this.#op({ kind: 'jump', how: 'return', range });
    this.#runFinallies(0);
    this.blocks.end({ kind: 'return', value: expr, range });
  }

  /** Copies of the `__finally` bodies that a jump leaves, innermost first. */
  #runFinallies(keep: number): void {
    const open = this.#tries.splice(keep);
    for (let i = open.length - 1; i >= 0; i--) {
      const body = open[i]?.body;
      if (body) {
        this.#tries.push(...open.slice(0, i));
        this.statement(body);
        this.#tries.splice(keep);
      }
    }
    this.#tries.push(...open);
  }

  #try(node: SyntaxNode): void {
    const body = node.childForFieldName('body');
    const clause = childrenOf(node).find((child) => /^seh_(?:except|finally)_clause$/.test(child.type));
    const handler = clause?.childForFieldName('body') ?? undefined;
    const isFinally = clause?.type === 'seh_finally_clause';
    const leaveTo = this.blocks.reserve();
    const behind = this.blocks.reserve();
    let caught: number | undefined;
    if (!isFinally && handler) {
      caught = this.blocks.reserve();
      const inside = this.blocks.reserve();
      this.blocks.end({
        kind: 'branch',
        test: { kind: 'unknown' },
        yes: inside,
        no: caught,
        range: this.#range(node),
        isInverted: false,
      });
      this.blocks.start(inside);
    }
    this.#tries.push({ body: isFinally ? handler : undefined, leaveTo });
    if (body) this.statement(body);
    this.#tries.pop();
    this.blocks.goto(leaveTo);
    this.blocks.start(leaveTo);
    if (isFinally && handler) this.statement(handler);
    this.blocks.goto(behind);
    if (caught !== undefined && handler) {
      this.blocks.start(caught);
      this.#op({ kind: 'caught' });
      this.statement(handler);
      this.blocks.goto(behind);
    }
    this.blocks.start(behind);
  }

  #label(name: string): number {
    const known = this.#labels.get(name);
    if (known !== undefined) return known;
    const made = this.blocks.reserve();
    this.#labels.set(name, made);
    return made;
  }

  // ---------------------------------------------------------------------------------------------- conditions

  /** Evaluates a test and goes on in one of two blocks; no block is open afterwards. */
  condition(node: SyntaxNode, then: number, otherwise: number): void {
    if (++this.#depth > DEPTH_LIMIT) {
      this.isComplete = false;
      this.#depth--;
      this.blocks.goto(otherwise);
      return;
    }
    this.#conditionOf(strip(node), then, otherwise);
    this.#depth--;
  }

  #conditionOf(node: SyntaxNode, then: number, otherwise: number): void {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    const operator = node.childForFieldName('operator')?.type;
    if (node.type === 'unary_expression' && operator === '!') {
      const inner = node.childForFieldName('argument');
      if (inner) {
        this.#isFlipped = !this.#isFlipped;
        this.condition(inner, otherwise, then);
        this.#isFlipped = !this.#isFlipped;
        return;
      }
    }
    if (node.type === 'comma_expression' && left && right) {
      this.#effect(left);
      return this.condition(right, then, otherwise);
    }
    if (node.type === 'binary_expression' && left && right) {
      if (operator === '&&' || operator === '||') {
        const next = this.blocks.reserve();
        if (operator === '&&') this.condition(left, next, otherwise);
        else this.condition(left, then, next);
        this.blocks.start(next);
        return this.condition(right, then, otherwise);
      }
      if (operator === '==' || operator === '!=') {
        const test = this.#equality(left, right);
        return operator === '=='
          ? this.#branch(node, test, then, otherwise)
          : this.#branch(node, test, otherwise, then, true);
      }
      if (operator === '>=' || operator === '<') {
        const value = this.expr(left);
        const limit = this.expr(right);
        if (limit.kind === 'number' && limit.value === 0) {
          const test: Test = { kind: 'success', of: value, byMacro: false };
          return operator === '>='
            ? this.#branch(node, test, then, otherwise)
            : this.#branch(node, test, otherwise, then, true);
        }
        return this.#branch(node, { kind: 'unknown' }, then, otherwise);
      }
    }
    if (node.type === 'call_expression') {
      const callee = calleeNode(node);
      const tested = callee && this.#know.statusTest(callee.text);
      const [status] = callArguments(node);
      if (tested && status) {
        const test: Test = { kind: 'success', of: this.expr(status), byMacro: true };
        return tested === 'success'
          ? this.#branch(node, test, then, otherwise)
          : this.#branch(node, test, otherwise, then, true);
      }
      if (callee) {
        let done = false;
        const found = this.#expanded(node, 'value', (root) => {
          const value = returnedValue(root);
          if (!value) return;
          this.condition(value, then, otherwise);
          done = true;
        });
        if (found && done) return;
      }
    }
    const value = this.expr(node);
    this.#branch(node, { kind: 'truth', of: value }, then, otherwise);
  }

  #equality(left: SyntaxNode, right: SyntaxNode): Test {
    const a = this.expr(left);
    const b = this.expr(right);
    // `(flags & F) == F` asks for the bit.
    for (const [place, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const bit =
        other.kind === 'name'
          ? other.name
          : other.kind === 'number' && other.value !== 0
            ? `${other.value}`
            : '';
      if (place.kind === 'place' && bit !== '' && place.key.endsWith(`&${bit}`))
        return { kind: 'truth', of: place };
    }
    return { kind: 'equal', left: a, right: b };
  }

  #branch(node: SyntaxNode, test: Test, then: number, otherwise: number, isInverted = false): void {
    const decided = decide(test);
    if (decided === undefined) {
      this.blocks.end({
        kind: 'branch',
        test,
        yes: then,
        no: otherwise,
        range: this.#range(node),
        isInverted: this.#use ? isInverted !== this.#isFlipped : isInverted,
      });
    } else this.blocks.goto(decided ? then : otherwise);
  }

  // --------------------------------------------------------------------------------------------- expressions

  /** Evaluates an expression whose value nobody wants. */
  #effect(node: SyntaxNode): void {
    const inner = strip(node);
    if (inner.type === 'comma_expression') {
      const left = inner.childForFieldName('left');
      const right = inner.childForFieldName('right');
      if (left) this.#effect(left);
      if (right) this.#effect(right);
      return;
    }
    if (inner.type === 'call_expression') {
      const discarded = node.type === 'cast_expression' && /^\(\s*void\s*\)/i.test(node.text);
      if (
        calleeNode(inner) &&
        this.#expanded(inner, 'statement', (root) => {
          for (const child of childrenOf(root)) this.statement(child);
        })
      ) {
        return;
      }
      this.#call(inner, discarded ? 'discarded' : 'ignored');
      return;
    }
    this.expr(node);
  }

  expr(node: SyntaxNode): Expr {
    if (++this.#depth > DEPTH_LIMIT) {
      this.isComplete = false;
      this.#depth--;
      return UNKNOWN;
    }
    const value = this.#exprOf(node);
    this.#depth--;
    return value;
  }

  #exprOf(outer: SyntaxNode): Expr {
    const node = strip(outer);
    const constant = this.#know.constant(node);
    if (constant) {
      if (constant.kind === 'name') this.names.add(constant.name);
      return constant;
    }
    switch (node.type) {
      case 'identifier':
      case 'field_expression':
      case 'subscript_expression': {
        const key = this.key(node);
        return key === undefined ? UNKNOWN : { kind: 'place', key };
      }
      case 'pointer_expression': {
        const argument = node.childForFieldName('argument');
        if (!argument) return UNKNOWN;
        if (node.childForFieldName('operator')?.type === '*') {
          const key = this.key(node);
          return key === undefined ? UNKNOWN : { kind: 'place', key };
        }
        return this.#addressOf(argument);
      }
      case 'assignment_expression':
        return this.#assignment(node);
      case 'update_expression': {
        const argument = node.childForFieldName('argument');
        const key = argument ? this.key(argument) : undefined;
        if (key === undefined) return UNKNOWN;
        this.#op({ kind: 'change', of: key });
        // `++count` is the new value; `count++` the old one.
        return node.child(0)?.type === node.childForFieldName('operator')?.type
          ? { kind: 'place', key }
          : UNKNOWN;
      }
      case 'comma_expression': {
        const left = node.childForFieldName('left');
        const right = node.childForFieldName('right');
        if (left) this.#effect(left);
        return right ? this.expr(right) : UNKNOWN;
      }
      case 'conditional_expression':
        return this.#choice(node);
      case 'call_expression':
        return this.#callValue(node);
      case 'binary_expression':
        return this.#binary(node);
      case 'unary_expression': {
        const argument = node.childForFieldName('argument');
        if (node.childForFieldName('operator')?.type === '!') return this.#truthValue(node);
        if (argument) this.expr(argument);
        return UNKNOWN;
      }
      default:
        for (const child of childrenOf(node)) {
          if (child.type.endsWith('expression') || child.type === 'identifier') this.expr(child);
        }
        return UNKNOWN;
    }
  }

  #addressOf(target: SyntaxNode): Expr {
    const inner = strip(target);
    const key = this.key(inner);
    if (key !== undefined) return { kind: 'address', key };
    if (inner.type === 'identifier') {
      this.names.add(inner.text);
      return { kind: 'name', name: inner.text };
    }
    return UNKNOWN;
  }

  #binary(node: SyntaxNode): Expr {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    if (!left || !right) return UNKNOWN;
    switch (node.childForFieldName('operator')?.type) {
      case '&&':
      case '||':
      case '==':
      case '!=':
        return this.#truthValue(node);
      case '&': {
        const cast = castAddress(node);
        if (cast) return this.#addressOf(cast);
        const bits = this.#bitNames(right);
        const place = this.expr(left);
        const [bit] = bits ?? [];
        if (place.kind === 'place' && bit !== undefined && bits?.length === 1) {
          return { kind: 'place', key: `${place.key}&${bit}` };
        }
        if (!bits) this.expr(right);
        return UNKNOWN;
      }
      default:
        this.expr(left);
        this.expr(right);
        return UNKNOWN;
    }
  }

  /** 1 or 0, by going both ways. */
  #truthValue(node: SyntaxNode): Expr {
    const key = this.#temporary();
    const then = this.blocks.reserve();
    const otherwise = this.blocks.reserve();
    const behind = this.blocks.reserve();
    this.condition(node, then, otherwise);
    this.#store(then, key, { kind: 'number', value: 1 }, node, behind);
    this.#store(otherwise, key, { kind: 'number', value: 0 }, node, behind);
    this.blocks.start(behind);
    return { kind: 'place', key };
  }

  #store(block: number, to: Key, value: Expr, node: SyntaxNode, next: number): void {
    this.blocks.start(block);
    this.#assign(to, value, node, node);
    this.blocks.goto(next);
  }

  #assign(to: Key, value: Expr, target: SyntaxNode, whole: SyntaxNode): void {
    this.#op({
      kind: 'assign',
      to,
      value,
      target: this.#range(target),
      range: this.#range(whole),
      statement: this.#statement,
      declares: false,
    });
  }

  #choice(node: SyntaxNode): Expr {
    const condition = node.childForFieldName('condition');
    const yes = node.childForFieldName('consequence');
    const no = node.childForFieldName('alternative');
    if (!condition || !no) return UNKNOWN;
    const key = this.#temporary();
    const then = this.blocks.reserve();
    const otherwise = this.blocks.reserve();
    const behind = this.blocks.reserve();
    this.condition(condition, then, otherwise);
    this.blocks.start(then);
    this.#assign(key, yes ? this.expr(yes) : UNKNOWN, yes ?? node, yes ?? node);
    this.blocks.goto(behind);
    this.blocks.start(otherwise);
    this.#assign(key, this.expr(no), no, no);
    this.blocks.goto(behind);
    this.blocks.start(behind);
    return { kind: 'place', key };
  }

  #assignment(node: SyntaxNode): Expr {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    if (!left || !right) return UNKNOWN;
    const operator = node.childForFieldName('operator')?.type;
    if (operator !== '=') {
      const key = this.key(left);
      const bits =
        operator === '|='
          ? this.#bitNames(right)
          : operator === '&='
            ? this.#bitNames(complemented(right))
            : undefined;
      if (key === undefined || !bits) this.expr(right);
      if (key === undefined) return UNKNOWN;
      if (bits) this.#op({ kind: 'bits', of: key, bits, set: operator === '|=' });
      else this.#op({ kind: 'change', of: key });
      return { kind: 'place', key };
    }
    const value = this.expr(right);
    const key = this.key(left);
    if (key === undefined) {
      this.expr(left);
      return value;
    }
    this.#assign(key, value, left, node);
    return { kind: 'place', key };
  }

  /** Names of flags in `F` or `F | G`, powers of two for numbers; undefined for anything else. */
  #bitNames(node: SyntaxNode | undefined): string[] | undefined {
    if (!node) return undefined;
    const inner = strip(node);
    const constant = this.#know.constant(inner);
    if (constant?.kind === 'name') return [constant.name];
    if (constant?.kind === 'number') return powersOfTwo(constant.value);
    if (inner.type === 'binary_expression' && inner.childForFieldName('operator')?.type === '|') {
      const left = this.#bitNames(inner.childForFieldName('left') ?? undefined);
      const right = this.#bitNames(inner.childForFieldName('right') ?? undefined);
      return left && right ? [...left, ...right] : undefined;
    }
    return undefined;
  }

  #callValue(node: SyntaxNode): Expr {
    const callee = calleeNode(node);
    if (callee && isCast(node)) {
      const [inner] = callArguments(node);
      return inner ? this.expr(inner) : UNKNOWN;
    }
    if (callee && this.#know.statusTest(callee.text)) return this.#truthValue(node);
    if (callee) {
      let value: Expr | undefined;
      const found = this.#expanded(node, 'value', (root) => {
        const returned = returnedValue(root);
        if (returned) value = this.expr(returned);
      });
      if (found && value) return value;
    }
    return { kind: 'place', key: this.#call(node, 'used') };
  }

  #expanded(call: SyntaxNode, form: 'statement' | 'value', use: (root: SyntaxNode) => void): boolean {
    const outer = this.#use;
    const wasFlipped = this.#isFlipped;
    return this.#know.expand(call, form, (root) => {
      this.#use = outer ?? this.#range(call);
      if (!outer) this.#isFlipped = false;
      if (isBroken(root)) this.isComplete = false;
      use(root);
      this.#use = outer;
      this.#isFlipped = wasFlipped;
    });
  }

  #call(node: SyntaxNode, use: 'ignored' | 'discarded' | 'used'): Key {
    const callee = calleeNode(node);
    const name = callee && this.#know.variable(callee.text) === undefined ? callee.text : undefined;
    if (name === undefined) {
      const target = node.childForFieldName('function');
      if (target) this.expr(target);
    } else this.calls.add(name);
    const args: Argument[] = callArguments(node).map((argument) => ({
      value: this.expr(argument),
      range: this.#range(argument),
    }));
    const result = this.#temporary();
    this.#op({
      kind: 'call',
      result,
      callee: name,
      arguments: args,
      range: this.#range(node),
      nameRange: this.#range(callee ?? node),
      statement: this.#statement,
      use,
      inMacro: this.#use !== undefined,
    });
    return result;
  }

  /** The place an expression denotes; undefined for values that have none. */
  key(outer: SyntaxNode): Key | undefined {
    const node = strip(outer);
    switch (node.type) {
      case 'identifier': {
        const known = this.#know.variable(node.text);
        if (known === undefined && this.#know.isFunction(node.text)) return undefined;
        // Declared in a header that was not found.
        const key = known ?? `::${node.text}`;
        if (key.includes('::')) this.globals.add(key);
        return key;
      }
      case 'field_expression': {
        const argument = node.childForFieldName('argument');
        const member = node.childForFieldName('field');
        if (!argument || !member) return undefined;
        const base = this.#base(argument);
        if (base === undefined) return undefined;
        const key = `${base}.${member.text}`;
        if (base === rootOf(base) && base.includes('::')) this.globals.add(key);
        return key;
      }
      case 'subscript_expression': {
        const argument = node.childForFieldName('argument');
        const index = node.childForFieldName('index');
        const base = argument ? this.#base(argument) : undefined;
        if (base === undefined || !index) return undefined;
        const at = this.#know.constant(index);
        if (!at) this.expr(index);
        return `${base}[${at?.kind === 'number' ? at.value : at?.kind === 'name' ? at.name : '*'}]`;
      }
      case 'pointer_expression': {
        if (node.childForFieldName('operator')?.type !== '*') return undefined;
        const argument = node.childForFieldName('argument');
        const inner = argument ? strip(argument) : undefined;
        if (!inner) return undefined;
        const address = addressed(inner);
        if (address) return this.key(address);
        const base = this.key(inner);
        return base === undefined ? undefined : `${base}.*`;
      }
      default:
        return undefined;
    }
  }

  /** What a member is selected of: `p`, `(*p)` and `(&x)` alike. */
  #base(node: SyntaxNode): Key | undefined {
    const inner = strip(node);
    if (inner.type === 'pointer_expression') {
      const argument = inner.childForFieldName('argument');
      return argument ? this.key(argument) : undefined;
    }
    const key = this.key(inner);
    if (key !== undefined) return key;
    const value = this.expr(inner);
    return value.kind === 'place' ? value.key : undefined;
  }
}

/** A syntax error may hide statements; one inside a single expression only hides its value. */
function isBroken(root: SyntaxNode): boolean {
  if (!root.hasError) return false;
  const todo: SyntaxNode[] = [root];
  for (let node = todo.pop(); node; node = todo.pop()) {
    if (node.isError || node.isMissing) {
      const around = node.parent?.type ?? '';
      if (/_statement$|_clause$|_definition$/.test(around) && around !== 'expression_statement') return true;
      if (node.isMissing ? /^[;{}]$/.test(node.type) : /[;{}]/.test(node.text)) return true;
      continue;
    }
    if (node.hasError) for (const child of node.children) if (child) todo.push(child);
  }
  return false;
}

function powersOfTwo(value: number): string[] | undefined {
  if (!Number.isInteger(value) || value <= 0 || value > 0xff_ff_ff_ff) return undefined;
  const bits: string[] = [];
  for (let bit = 1; bit <= value; bit *= 2) if (Math.floor(value / bit) % 2 === 1) bits.push(`${bit}`);
  return bits;
}

const addressed = (node: SyntaxNode): SyntaxNode | undefined =>
  node.type === 'pointer_expression' && node.childForFieldName('operator')?.type === '&'
    ? (node.childForFieldName('argument') ?? undefined)
    : undefined;

/** `x` of `~x`. */
function complemented(node: SyntaxNode): SyntaxNode | undefined {
  const inner = strip(node);
  return inner.type === 'unary_expression' && inner.childForFieldName('operator')?.type === '~'
    ? (inner.childForFieldName('argument') ?? undefined)
    : undefined;
}

/** `(TYPE)(x)` looks like a call to the grammar. */
const isCast = (call: SyntaxNode): boolean =>
  call.childForFieldName('function')?.type === 'parenthesized_expression';

/** The value of the fragment `{ return VALUE; }`. */
function returnedValue(root: SyntaxNode): SyntaxNode | undefined {
  const [statement] = childrenOf(root);
  return statement?.type === 'return_statement' ? childrenOf(statement)[0] : undefined;
}

/** Tests that the text itself decides: `while (FALSE)`, `if (1)`. */
function decide(test: Test): boolean | undefined {
  if (test.kind === 'truth' && test.of.kind === 'number') return test.of.value !== 0;
  if (test.kind === 'truth' && test.of.kind === 'address') return true;
  if (test.kind === 'equal' && test.left.kind === 'number' && test.right.kind === 'number') {
    return test.left.value === test.right.value;
  }
  return undefined;
}
