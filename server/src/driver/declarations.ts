import type { Catalog } from '../catalog/catalog.ts';
import type { Idioms } from '../catalog/entry.ts';
import {
  calleeName,
  callArguments,
  childrenOf,
  type Declaration,
  type FunctionHead,
  rangeOf,
  readDeclaration,
  readFunction,
  readPrototypes,
  readRoleDeclaration,
} from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parser.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import type { TextRange } from '../text/range.ts';
import type { BranchPath, FunctionFact, Storage } from './facts.ts';
import { BLANKS, withoutEnd } from '../text/ends.ts';

/** A variable with what can be said of its type and first value. */
export interface VariableDeclaration {
  readonly name: string;
  /** Type without pointer stars: `NDIS_MINIPORT_DRIVER_CHARACTERISTICS`. */
  readonly type: string;
  readonly isPointer: boolean;
  readonly isArray: boolean;
  readonly isConst: boolean;
  readonly storage: Storage;
  readonly nameRange: TextRange;
  /** Whole declaration statement. */
  readonly range: TextRange;
}

/** What the file scope of one file declares. Nodes are only in `bodies`, for the same synchronous go. */
export interface FileScope {
  readonly functions: readonly FunctionFact[];
  readonly variables: readonly VariableDeclaration[];
  readonly initialisers: ReadonlyMap<
    string,
    { readonly node: SyntaxNode; readonly variable: VariableDeclaration }
  >;
  /** Members of the project's own structures, by tag and typedef: member to type text. */
  readonly types: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly bodies: readonly {
    readonly fact: FunctionFact;
    readonly head: FunctionHead;
    readonly body: SyntaxNode;
  }[];
  /** End of the last prototype before the first function, if there is one. */
  readonly lastPrototype: number | undefined;
}

/** Containers whose children stand at file scope as well. */
const TRANSPARENT = new Set([
  'translation_unit',
  'linkage_specification',
  'declaration_list',
  'preproc_if',
  'preproc_ifdef',
  'preproc_else',
  'preproc_elif',
  'ERROR',
]);

/** What annotations in front of it belong to. */
const DECLARING: ReadonlySet<string> = new Set(['function_definition', 'declaration']);

/** Reads the file scope: functions, prototypes, role declarations, variables, structure types. */
export function readFileScope(
  source: SourceFile,
  catalog: Catalog,
  branchAt: (offset: number) => BranchPath,
): FileScope {
  const functions: FunctionFact[] = [];
  const variables: VariableDeclaration[] = [];
  const initialisers = new Map<string, { node: SyntaxNode; variable: VariableDeclaration }>();
  const types = new Map<string, Map<string, string>>();
  const bodies: { fact: FunctionFact; head: FunctionHead; body: SyntaxNode }[] = [];
  let lastPrototype: number | undefined;
  let previousEnd = 0;
  const cRegions = source.language === 'c' ? undefined : cLinkageRegions(source.text);

  const todo: SyntaxNode[] = [source.root];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (TRANSPARENT.has(node.type)) {
      const children = childrenOf(node);
      for (let i = children.length - 1; i >= 0; i--) todo.push(children[i] as SyntaxNode);
      continue;
    }
    const common: Common = {
      uri: source.uri,
      range: rangeOf(node),
      branch: branchAt(node.startIndex),
      annotations: DECLARING.has(node.type)
        ? annotationsIn(source.text.slice(Math.max(previousEnd, node.startIndex - 2000), node.startIndex))
        : [],
      cLinkage:
        !cRegions || cRegions.some((span) => span.start <= node.startIndex && node.startIndex < span.end),
    };
    previousEnd = node.endIndex;
    if (node.type === 'function_definition') {
      const definition = readFunction(node);
      if (!definition) continue;
      const fact = functionFact(common, definition, rangeOf(definition.body));
      functions.push(fact);
      bodies.push({ fact, head: definition, body: definition.body });
      continue;
    }
    if (node.type === 'type_definition') readTypes(node, types);
    const declared = node.type === 'expression_statement' && childrenOf(node)[0];
    const byMacro = declared && readMacroVariable(declared, catalog.idioms, 'static');
    if (byMacro) {
      variables.push(byMacro.variable);
      initialisers.set(byMacro.variable.name, { node: byMacro.text, variable: byMacro.variable });
    }
    if (node.type !== 'declaration') {
      if (node.type === 'struct_specifier' || node.type === 'union_specifier') readMembers(node, [], types);
      continue;
    }
    const declaration = readDeclaration(node);
    if (declaration.typeNode) readTypes(node, types);
    const heads = readPrototypes(node);
    for (const head of heads) {
      functions.push(functionFact(common, head));
    }
    const roleNames = new Set<string>();
    const roles = readRoleDeclaration(node);
    if (roles && (catalog.roles.has(roles.typeName) || catalog.rolesByPointer.has(roles.typeName))) {
      for (const { name, nameNode } of roles.functions) {
        roleNames.add(name);
        functions.push({
          ...common,
          name,
          nameRange: rangeOf(nameNode),
          kind: 'role',
          role: roles.typeName,
          roleRange: rangeOf(roles.typeNode),
          isStatic: declaration.isStatic,
          hasBody: false,
        });
      }
    }
    if ((heads.length > 0 || roleNames.size > 0) && bodies.length === 0) lastPrototype = node.endIndex;
    for (const { variable, initialiser } of readVariables(
      node,
      declaration,
      declaration.isStatic ? 'static' : 'global',
    )) {
      // `static PDRIVER_DISPATCH Saved;` is a variable, unless a function of that name is defined, too.
      const isRole =
        roleNames.has(variable.name) && (!declaration.isStatic || catalog.roles.has(variable.type));
      if (isRole || heads.some((head) => head.name === variable.name)) continue;
      variables.push(variable);
      if (initialiser) initialisers.set(variable.name, { node: initialiser, variable });
    }
  }
  return { functions, variables, initialisers, types, bodies, lastPrototype };
}

/** Variables of one declaration, with their initialiser nodes. */
export function readVariables(
  node: SyntaxNode,
  declaration: Declaration,
  storage: Storage,
): { variable: VariableDeclaration; initialiser: SyntaxNode | undefined }[] {
  return declaration.declarators
    .filter((declarator) => declarator.parameters === undefined || declarator.isFunctionPointer)
    .map((declarator) => ({
      variable: {
        name: declarator.name,
        type: bareType(declaration.typeText),
        isPointer: declarator.pointerDepth > 0,
        isArray: declarator.arrayDepth > 0,
        isConst: declaration.isConst,
        storage: declaration.isExtern ? 'unknown' : storage,
        nameRange: rangeOf(declarator.nameNode),
        range: rangeOf(node),
      },
      initialiser: declarator.initializer,
    }));
}

/** A counted string that a macro declares: its variable and its text. Undefined for every other call. */
export function readMacroVariable(
  call: SyntaxNode,
  { stringDeclarations }: Idioms,
  storage: Storage,
): { variable: VariableDeclaration; text: SyntaxNode } | undefined {
  const name = calleeName(call);
  const macro = stringDeclarations.find((item) => item.name === name);
  if (!macro) return undefined;
  const given = callArguments(call);
  const variable = given[macro.variable];
  const text = given[macro.text];
  if (variable?.type !== 'identifier' || !text) return undefined;
  return {
    variable: {
      name: variable.text,
      type: macro.type,
      isPointer: false,
      isArray: false,
      isConst: true,
      storage,
      nameRange: rangeOf(variable),
      range: rangeOf(call.parent ?? call),
    },
    text,
  };
}

/** A type's own name: qualifiers, `struct` and stars removed. */
export const bareType = (type: string): string =>
  withoutEnd(
    type.replace(/\b(?:const|volatile|struct|union|enum|CONST)\b/g, '').replace(/\s+/g, ' '),
    `*&${BLANKS}`,
  ).trim();

/** What every function at one place of the file scope has in common. */
type Common = Pick<FunctionFact, 'uri' | 'range' | 'branch' | 'annotations' | 'cLinkage'>;

/** A definition, or without a body a prototype. Written out, as there are thousands and to spread objects takes long. */
const functionFact = (common: Common, head: FunctionHead, body?: TextRange): FunctionFact => ({
  uri: common.uri,
  range: common.range,
  branch: common.branch,
  annotations: common.annotations,
  cLinkage: common.cLinkage,
  name: head.name,
  nameRange: rangeOf(head.nameNode),
  returns: head.returnType,
  returnsRange: { start: head.node.startIndex, end: head.nameNode.startIndex },
  parameters: head.parameters.map((parameter) => ({
    type: parameter.typeText,
    name: parameter.name,
    range: rangeOf(parameter.node),
  })),
  parametersRange: rangeOf(head.parameterList),
  isStatic: head.isStatic,
  kind: body ? 'definition' : 'prototype',
  hasBody: body !== undefined,
  ...(body ? { body } : {}),
});

const ANNOTATION_WORDS = ['_IRQL_', '_Function_class_', '__drv_', '_Dispatch_type_', '__declspec'];

/** Annotations that name an IRQL, a function class or a section, as written. */
function annotationsIn(text: string): string[] {
  // Most have none.
  if (!text.includes('(') || !ANNOTATION_WORDS.some((word) => text.includes(word))) return [];
  const found: string[] = [];
  let done = 0;
  for (const match of text.matchAll(
    /\b(?:_IRQL_\w+|_Function_class_|__drv_\w+|_Dispatch_type_|__declspec)\s*\(/g,
  )) {
    if (match.index < done) continue;
    let depth = 1;
    let end = match.index + match[0].length;
    for (; end < text.length && depth > 0; end++) {
      if (text[end] === '(') depth++;
      else if (text[end] === ')') depth--;
    }
    done = end;
    if (depth === 0) found.push(text.slice(match.index, end).replace(/\s+/g, ' '));
  }
  return found;
}

/** Regions of a C++ file with C linkage: `extern "C" { }`, and single declarations behind it. */
function cLinkageRegions(text: string): TextRange[] {
  const regions: TextRange[] = [];
  for (const match of text.matchAll(/\bextern\s*"C"|\bEXTERN_C\b|\bEXTERN_C_START\b/g)) {
    const start = match.index;
    const behind = match.index + match[0].length;
    if (match[0].endsWith('"') && text.slice(behind).trimStart().startsWith('{')) {
      let depth = 0;
      let end = text.length;
      const braces = /[{}]/g;
      braces.lastIndex = start;
      for (let brace = braces.exec(text); brace; brace = braces.exec(text)) {
        depth += brace[0] === '{' ? 1 : -1;
        if (depth === 0) {
          end = brace.index;
          break;
        }
      }
      regions.push({ start, end });
    } else if (match[0] === 'EXTERN_C_START') {
      const end = text.indexOf('EXTERN_C_END', start);
      regions.push({ start, end: end < 0 ? text.length : end });
    } else {
      const end = /[;{]/.exec(text.slice(start))?.index ?? 0;
      regions.push({ start, end: start + end });
    }
  }
  return regions;
}

/** Structure bodies of a typedef or declaration, under their tag and every typedef name. */
function readTypes(node: SyntaxNode, types: Map<string, Map<string, string>>): void {
  const declaration = readDeclaration(node);
  const { typeNode } = declaration;
  if (!typeNode || !['struct_specifier', 'union_specifier'].includes(typeNode.type)) return;
  const names = declaration.isTypedef ? declaration.declarators.map((declarator) => declarator.name) : [];
  readMembers(typeNode, names, types);
}

function readMembers(
  node: SyntaxNode,
  names: readonly string[],
  types: Map<string, Map<string, string>>,
): void {
  const body = node.childForFieldName('body');
  if (!body) return;
  const tag = node.childForFieldName('name')?.text;
  const members = new Map<string, string>();
  for (const child of childrenOf(body)) {
    if (child.type !== 'field_declaration') continue;
    const member = readDeclaration(child);
    for (const declarator of member.declarators) members.set(declarator.name, bareType(member.typeText));
  }
  for (const name of [tag, ...names]) if (name !== undefined) types.set(name, members);
}
