/**
 * Named readers over the tree for the C that drivers are written in. They return plain values, or nodes that
 * live as long as their tree. On a broken tree they return less, they never throw.
 */
import type { TextRange } from '../text/range.ts';
import { parseInteger } from './condition.ts';
import type { SyntaxNode } from './parser.ts';

// -------------------------------------------------------------------------------------------------- walking

/** Text range of a node. */
export function rangeOf(node: SyntaxNode): TextRange {
  return { start: node.startIndex, end: node.endIndex };
}

/** Named children without comments. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return node.namedChildren.filter((child) => child !== null && !child.isExtra);
}

/** All nodes of the given types below `root` (itself included), in text order, nested ones too. */
export function* descendants(root: SyntaxNode, types: ReadonlySet<string>): Generator<SyntaxNode> {
  const todo: SyntaxNode[] = [root];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (types.has(node.type)) yield node;
    const children = node.namedChildren;
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child) todo.push(child);
    }
  }
}

/** The nearest node around `node` of one of the types, `node` itself excluded. */
export function enclosing(node: SyntaxNode, types: ReadonlySet<string>): SyntaxNode | undefined {
  for (let at = node.parent; at !== null; at = at.parent) if (types.has(at.type)) return at;
  return undefined;
}

function field(node: SyntaxNode, name: string): SyntaxNode | undefined {
  return node.childForFieldName(name) ?? undefined;
}

// ---------------------------------------------------------------------------------------------- expressions

/** The expression inside parentheses and casts. */
export function strip(node: SyntaxNode): SyntaxNode {
  let at = node;
  for (;;) {
    let inner: SyntaxNode | undefined;
    if (at.type === 'parenthesized_expression') inner = childrenOf(at)[0];
    else if (at.type === 'cast_expression') inner = field(at, 'value');
    if (inner === undefined) return at;
    at = inner;
  }
}

/** `x` of `&x`, behind parentheses and casts. */
export function addressTarget(node: SyntaxNode): SyntaxNode | undefined {
  const inner = strip(node);
  if (inner.type !== 'pointer_expression' || field(inner, 'operator')?.type !== '&') return undefined;
  const target = field(inner, 'argument');
  return target === undefined ? undefined : strip(target);
}

/** `p` of `*p`, behind parentheses and casts. */
export function dereferenced(node: SyntaxNode): SyntaxNode | undefined {
  const inner = strip(node);
  if (inner.type !== 'pointer_expression' || field(inner, 'operator')?.type !== '*') return undefined;
  const target = field(inner, 'argument');
  return target === undefined ? undefined : strip(target);
}

/** True for `(TYPE)` in the spelling of drivers. */
export const isTypeLike = (text: string): boolean => /^\(\s*P?[A-Z][A-Z0-9_]*\s*\)$/.test(text);

/** `x` of `(TYPE)&x` in the shape the grammar gives it. */
export function castAddress(node: SyntaxNode): SyntaxNode | undefined {
  const inner = strip(node);
  if (inner.type !== 'binary_expression' || field(inner, 'operator')?.type !== '&') return undefined;
  const left = field(inner, 'left');
  const right = field(inner, 'right');
  return left && right && left.type === 'parenthesized_expression' && isTypeLike(left.text)
    ? right
    : undefined;
}

/** The function's name node of `Name(...)`; undefined for a call through a pointer expression. */
export function calleeNode(call: SyntaxNode): SyntaxNode | undefined {
  if (call.type !== 'call_expression') return undefined;
  const callee = field(call, 'function');
  if (callee === undefined) return undefined;
  const inner = strip(callee);
  return inner.type === 'identifier' ? inner : undefined;
}

/** Name of the function that is called by name. */
export function calleeName(call: SyntaxNode): string | undefined {
  return calleeNode(call)?.text;
}

/** Arguments of a call in order. */
export function callArguments(call: SyntaxNode): SyntaxNode[] {
  const list = field(call, 'arguments');
  return list === undefined ? [] : childrenOf(list).filter((child) => !child.isError);
}

/** A step from an object to a part of it. */
export type AccessStep =
  | { readonly kind: 'member'; readonly name: string; readonly node: SyntaxNode; readonly arrow: boolean }
  | { readonly kind: 'index'; readonly index: SyntaxNode };

/** `base` and what is selected of it: `Object->MajorFunction[IRP_MJ_CREATE]`, `chars.Header.Type`, `(*p).x`. */
export interface AccessPath {
  /** What the path starts from, stripped; most often an identifier. */
  readonly base: SyntaxNode;
  readonly steps: readonly AccessStep[];
}

/** Splits member and index accesses; an expression without any has no steps. */
export function accessPath(node: SyntaxNode): AccessPath {
  const steps: AccessStep[] = [];
  let at = strip(node);
  for (;;) {
    const argument = field(at, 'argument');
    if (argument !== undefined && at.type === 'field_expression') {
      const name = field(at, 'field');
      if (name === undefined) break;
      let arrow = field(at, 'operator')?.type === '->';
      let inner = strip(argument);
      const pointer = arrow ? undefined : dereferenced(inner);
      if (pointer !== undefined) {
        // `(*p).x` is `p->x`.
        arrow = true;
        inner = pointer;
      }
      const object = arrow && pointer === undefined ? addressTarget(inner) : undefined;
      if (object !== undefined) {
        // `(&x)->y` is `x.y`.
        arrow = false;
        inner = object;
      }
      steps.push({ kind: 'member', name: name.text, node: name, arrow });
      at = inner;
    } else if (argument !== undefined && at.type === 'subscript_expression') {
      const index = field(at, 'index');
      if (index === undefined) break;
      steps.push({ kind: 'index', index });
      at = strip(argument);
    } else break;
  }
  return { base: at, steps: steps.toReversed() };
}

// --------------------------------------------------------------------------------------------- initialisers

/** A member name, or the position in a list (constant or not yet known index expression). */
export type Designator =
  | { readonly kind: 'member'; readonly name: string; readonly node: SyntaxNode }
  | { readonly kind: 'index'; readonly index: SyntaxNode }
  | { readonly kind: 'position'; readonly position: number };

export interface InitializerItem {
  /** The item with its designators. */
  readonly node: SyntaxNode;
  /** From the outermost object to the value: `.Header.Type = x` and `.Header = { .Type = x }` give the same. */
  readonly path: readonly Designator[];
  readonly value: SyntaxNode;
}

/** The braces of `{...}` and `(T){...}`; undefined for other values. */
export function initializerList(value: SyntaxNode): SyntaxNode | undefined {
  if (value.type === 'initializer_list') return value;
  const inner = strip(value);
  if (inner.type === 'initializer_list') return inner;
  return inner.type === 'compound_literal_expression' ? field(inner, 'value') : undefined;
}

/** Items of one initialiser list, nested lists as values. A position counts the items before it. */
export function initializerItems(list: SyntaxNode): InitializerItem[] {
  const items: InitializerItem[] = [];
  let position = 0;
  for (const child of childrenOf(list)) {
    if (child.isError) continue;
    if (child.type !== 'initializer_pair') {
      items.push({ node: child, path: [{ kind: 'position', position }], value: child });
      position++;
      continue;
    }
    const value = field(child, 'value');
    if (value === undefined) continue;
    const path: Designator[] = [];
    for (const part of childrenOf(child)) {
      const inner = childrenOf(part)[0];
      if (part.type === 'field_designator' && inner !== undefined) {
        path.push({ kind: 'member', name: inner.text, node: inner });
      } else if (part.type === 'subscript_designator' && inner !== undefined) {
        path.push({ kind: 'index', index: inner });
      }
    }
    items.push({ node: child, path, value });
    position++;
  }
  return items;
}

/** Items with nested lists resolved: every value is a leaf. An empty nested list has no items. */
export function flatInitializer(list: SyntaxNode): InitializerItem[] {
  const result: InitializerItem[] = [];
  const todo = initializerItems(list).toReversed();
  for (let item = todo.pop(); item !== undefined; item = todo.pop()) {
    const nested = item.value.type === 'initializer_list' ? item.value : undefined;
    // Braces nested thousands deep are no table of a driver; their paths would grow without limit.
    if (nested === undefined || item.path.length > 32) {
      result.push(item);
      continue;
    }
    const { path } = item;
    for (const inner of initializerItems(nested).toReversed()) {
      todo.push({ ...inner, path: [...path, ...inner.path] });
    }
  }
  return result;
}

/** The members of a designated path joined by dots; undefined when a position or index stands in it. */
export function designatedMember(item: InitializerItem): string | undefined {
  const names: string[] = [];
  for (const step of item.path) {
    if (step.kind !== 'member') return undefined;
    names.push(step.name);
  }
  return names.length === 0 ? undefined : names.join('.');
}

// -------------------------------------------------------------------------------------------- declarations

export interface Declarator {
  /** The whole declarator, with its initialiser if it has one. */
  readonly node: SyntaxNode;
  readonly name: string;
  readonly nameNode: SyntaxNode;
  readonly pointerDepth: number;
  /** Number of `[]`. */
  readonly arrayDepth: number;
  /** The parameter list of a function, or of the function a pointer points to. */
  readonly parameters: SyntaxNode | undefined;
  /** True for `(*Name)(...)`. */
  readonly isFunctionPointer: boolean;
  readonly initializer: SyntaxNode | undefined;
}

/** Reads a declarator: `Name`, `*Name`, `Name[4]`, `Name(...)`, `(*Name)(...)`, each with or without `= value`. */
export function readDeclarator(node: SyntaxNode): Declarator | undefined {
  let at = node;
  let initializer: SyntaxNode | undefined;
  if (at.type === 'init_declarator') {
    initializer = field(at, 'value');
    const inner = field(at, 'declarator');
    if (inner === undefined) return undefined;
    at = inner;
  }
  let pointerDepth = 0;
  let arrayDepth = 0;
  let parameters: SyntaxNode | undefined;
  let isFunctionPointer = false;
  for (;;) {
    switch (at.type) {
      case 'identifier':
      case 'type_identifier':
      case 'field_identifier':
      case 'primitive_type':
        return {
          node,
          name: at.text,
          nameNode: at,
          pointerDepth,
          arrayDepth,
          parameters,
          isFunctionPointer,
          initializer,
        };
      case 'pointer_declarator':
        if (parameters === undefined) pointerDepth++;
        else isFunctionPointer = true;
        break;
      case 'array_declarator':
        arrayDepth++;
        break;
      case 'function_declarator':
        parameters = field(at, 'parameters');
        isFunctionPointer = false;
        break;
      default:
    }
    const inner: SyntaxNode | undefined =
      field(at, 'declarator') ?? childrenOf(at).find((child) => isDeclarator(child));
    if (inner === undefined) return undefined;
    at = inner;
  }
}

function isDeclarator(node: SyntaxNode): boolean {
  return node.type.endsWith('declarator') || node.type.endsWith('identifier');
}

export interface Declaration {
  readonly node: SyntaxNode;
  /** The type as written, blanks collapsed, without storage class: `const NDIS_STRING`, `struct _X`. */
  readonly typeText: string;
  /** Name of a type that is a plain identifier. */
  readonly typeName: string | undefined;
  readonly typeNode: SyntaxNode | undefined;
  readonly isStatic: boolean;
  readonly isExtern: boolean;
  readonly isTypedef: boolean;
  readonly isConst: boolean;
  readonly declarators: readonly Declarator[];
}

/** Reads a declaration, type definition, structure member or parameter. */
export function readDeclaration(node: SyntaxNode): Declaration {
  const storage = specifiers(node, 'storage_class_specifier');
  const typeNode = field(node, 'type');
  const declarators: Declarator[] = [];
  for (const child of node.childrenForFieldName('declarator')) {
    const declarator = child === null ? undefined : readDeclarator(child);
    if (declarator !== undefined) declarators.push(declarator);
  }
  return {
    node,
    typeText: typeText(node),
    typeName: typeNode?.type === 'type_identifier' ? typeNode.text : undefined,
    typeNode,
    isStatic: storage.includes('static'),
    isExtern: storage.includes('extern'),
    isTypedef: node.type === 'type_definition',
    isConst: specifiers(node, 'type_qualifier').includes('const'),
    declarators,
  };
}

function specifiers(node: SyntaxNode, type: string): string[] {
  return childrenOf(node)
    .filter((child) => child.type === type)
    .map((child) => child.text);
}

/** Qualifiers and type of a declaration, function definition or parameter. */
function typeText(node: SyntaxNode): string {
  const typeNode = field(node, 'type');
  const parts = [...specifiers(node, 'type_qualifier')];
  if (typeNode !== undefined) {
    // A structure with its members would be as long as its body: its head says enough.
    const body = field(typeNode, 'body');
    parts.push(
      body === undefined ? typeNode.text : typeNode.text.slice(0, body.startIndex - typeNode.startIndex),
    );
  }
  return collapse(parts.join(' '));
}

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

export interface Parameter {
  readonly node: SyntaxNode;
  /** Type with its asterisks and brackets: `PDRIVER_OBJECT`, `void *`. */
  readonly typeText: string;
  readonly name: string | undefined;
  readonly nameNode: SyntaxNode | undefined;
}

/** Parameters of a list; `(void)` and `(VOID)` have none. */
export function readParameters(list: SyntaxNode | undefined): Parameter[] {
  if (list === undefined) return [];
  const result: Parameter[] = [];
  for (const child of childrenOf(list)) {
    if (child.type === 'variadic_parameter') {
      result.push({ node: child, typeText: '...', name: undefined, nameNode: undefined });
      continue;
    }
    if (child.type === 'identifier') {
      // A definition of the old style: the types stand behind the list.
      result.push({ node: child, typeText: '', name: child.text, nameNode: child });
      continue;
    }
    if (child.type !== 'parameter_declaration') continue;
    const declaratorNode = field(child, 'declarator');
    const declarator = declaratorNode === undefined ? undefined : readDeclarator(declaratorNode);
    const stars = declarator?.pointerDepth ?? (declaratorNode === undefined ? 0 : countStars(declaratorNode));
    const brackets = declarator?.arrayDepth ?? 0;
    const base = typeText(child);
    const text = base + (stars > 0 ? ` ${'*'.repeat(stars)}` : '') + '[]'.repeat(brackets);
    if (declarator === undefined && stars === 0 && /^void$/i.test(base)) continue;
    result.push({ node: child, typeText: text, name: declarator?.name, nameNode: declarator?.nameNode });
  }
  return result;
}

function countStars(abstract: SyntaxNode): number {
  let stars = 0;
  for (let at: SyntaxNode | undefined = abstract; at !== undefined; at = field(at, 'declarator')) {
    if (at.type === 'abstract_pointer_declarator') stars++;
  }
  return stars;
}

export interface FunctionHead {
  readonly node: SyntaxNode;
  readonly name: string;
  readonly nameNode: SyntaxNode;
  readonly parameters: readonly Parameter[];
  /** The parameter list with its parentheses. */
  readonly parameterList: SyntaxNode;
  /** With asterisks: `NTSTATUS`, `struct x *`. */
  readonly returnType: string;
  readonly isStatic: boolean;
}

export interface FunctionDefinition extends FunctionHead {
  readonly body: SyntaxNode;
}

/** Reads a function definition. */
export function readFunction(node: SyntaxNode): FunctionDefinition | undefined {
  if (node.type !== 'function_definition') return undefined;
  const body = field(node, 'body');
  const declaratorNode = field(node, 'declarator');
  if (body === undefined || declaratorNode === undefined) return undefined;
  const head = functionHead(node, readDeclarator(declaratorNode));
  return head === undefined ? undefined : { ...head, body };
}

/** The function prototypes of a declaration. */
export function readPrototypes(node: SyntaxNode): FunctionHead[] {
  if (node.type !== 'declaration') return [];
  return readDeclaration(node).declarators.flatMap((declarator) => {
    const head = declarator.initializer === undefined ? functionHead(node, declarator) : undefined;
    return head === undefined ? [] : [head];
  });
}

function functionHead(node: SyntaxNode, declarator: Declarator | undefined): FunctionHead | undefined {
  if (declarator?.parameters === undefined || declarator.isFunctionPointer) return undefined;
  const stars = declarator.pointerDepth > 0 ? ` ${'*'.repeat(declarator.pointerDepth)}` : '';
  return {
    node,
    name: declarator.name,
    nameNode: declarator.nameNode,
    parameters: readParameters(declarator.parameters),
    parameterList: declarator.parameters,
    returnType: typeText(node) + stars,
    isStatic: specifiers(node, 'storage_class_specifier').includes('static'),
  };
}

export interface RoleDeclaration {
  readonly node: SyntaxNode;
  /** `MINIPORT_HALT` */
  readonly typeName: string;
  readonly typeNode: SyntaxNode;
  readonly functions: readonly { readonly name: string; readonly nameNode: SyntaxNode }[];
}

/**
 * `MINIPORT_HALT MPHalt;` and `DRIVER_DISPATCH Create, Close;`: a declaration of plain names without values
 * under a named type. Whether the type is a role the catalogue decides; variables look the same.
 */
export function readRoleDeclaration(node: SyntaxNode): RoleDeclaration | undefined {
  if (node.type !== 'declaration') return undefined;
  const { typeName, typeNode, declarators } = readDeclaration(node);
  if (typeName === undefined || typeNode === undefined) return undefined;
  const functions = declarators
    .filter((one) => one.node.type === 'identifier')
    .map(({ name, nameNode }) => ({ name, nameNode }));
  return functions.length === 0 ? undefined : { node, typeName, typeNode, functions };
}

// ------------------------------------------------------------------------------------------------- literals

export interface StringValue {
  readonly text: string;
  /** True for `L"..."`. */
  readonly wide: boolean;
  /** False when a macro stands between the pieces: `text` is only a part. */
  readonly complete: boolean;
}

/** Text of a string literal or of adjacent ones, escapes resolved. */
export function stringValue(node: SyntaxNode): StringValue | undefined {
  const inner = strip(node);
  if (inner.type !== 'string_literal' && inner.type !== 'concatenated_string') return undefined;
  const pieces = inner.type === 'string_literal' ? [inner] : childrenOf(inner);
  let text = '';
  let wide = false;
  let complete = true;
  for (const piece of pieces) {
    const match = /^(L|u8|u|U)?"([^]*?)"?$/.exec(piece.text);
    if (piece.type !== 'string_literal' || match === null) {
      complete = false;
      continue;
    }
    if (match[1] === 'L') wide = true;
    text += unescape(match[2] ?? '');
  }
  return { text, wide, complete };
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  f: '\f',
  a: '\u0007',
  b: '\b',
};

function unescape(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]+)|([0-7]{1,3})|(\r\n|[^]))/g,
    (_, hex?: string, octal?: string, one?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex.slice(-4), 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (one === undefined || /[\r\n]/.test(one)) return '';
      return SIMPLE_ESCAPES[one] ?? one;
    },
  );
}

/** Value of a number or character literal, with a sign, behind parentheses and casts. */
export function numberValue(node: SyntaxNode): bigint | undefined {
  const inner = strip(node);
  if (inner.type === 'unary_expression') {
    const operand = field(inner, 'argument');
    const operator = field(inner, 'operator')?.type;
    const value = operand === undefined ? undefined : literalValue(strip(operand));
    if (value === undefined) return undefined;
    if (operator === '-') return -value;
    return operator === '+' ? value : undefined;
  }
  return literalValue(inner);
}

function literalValue(node: SyntaxNode): bigint | undefined {
  if (node.type === 'number_literal') return parseInteger(node.text);
  if (node.type !== 'char_literal') return undefined;
  const content = unescape(/^(?:L|u8|u|U)?'([^]*?)'?$/.exec(node.text)?.[1] ?? '');
  if (content === '' || content.length > 8) return undefined;
  // `'abcd'`, as in pool tags: the first character is the most significant.
  let value = 0n;
  for (let i = 0; i < content.length; i++) value = (value << 8n) | BigInt(content.charCodeAt(i));
  return value;
}
