import type { Define } from '../syntax/directives.ts';
import { callArguments, calleeNode, childrenOf } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parser.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import { BLANKS, withoutEnds } from '../text/ends.ts';

/** A macro with parameters. */
export interface FunctionMacro {
  readonly parameters: readonly string[];
  readonly body: string;
}

/** By name; undefined when several branches define different bodies. */
export type FunctionMacros = ReadonlyMap<string, FunctionMacro | undefined>;

/** Longer bodies are generated tables, not idioms. */
const BODY_LIMIT = 2000;
/** Macros inside macros. */
const EXPANSION_DEPTH = 6;

/** The macros with parameters that a file defines in live branches. */
export function functionMacrosOf(source: SourceFile): FunctionMacros {
  const macros = new Map<string, FunctionMacro | undefined>();
  for (const define of source.directives.defines) {
    if (!define.parameters || !source.branches.liveAt(define.range.start)) continue;
    const known = macros.get(define.name);
    if (macros.has(define.name) && !sameMacro(known, define)) macros.set(define.name, undefined);
    else macros.set(define.name, { parameters: define.parameters, body: define.body });
  }
  return macros;
}

const sameMacro = (known: FunctionMacro | undefined, define: Define): boolean =>
  known?.body === define.body && known.parameters.join() === define.parameters?.join();

/** Expands macro calls of one file on request of the graph builder. */
export class MacroExpander {
  readonly #source: SourceFile;
  readonly #macros: FunctionMacros;
  readonly #interesting: (name: string) => boolean;
  readonly #hiding = new Map<string, boolean>();
  #depth = 0;

  /** `isInteresting` names functions whose calls must not stay hidden in a macro. */
  constructor(source: SourceFile, macros: FunctionMacros, isInteresting: (name: string) => boolean) {
    this.#source = source;
    this.#macros = macros;
    this.#interesting = isInteresting;
  }

  /**
   * Parses the expansion of a macro call and hands over the compound statement it stands in. False when the callee is
   * no macro of the project, has several meanings, or hides nothing that a flow analysis wants to see.
   */
  expand(call: SyntaxNode, form: 'statement' | 'value', use: (root: SyntaxNode) => void): boolean {
    const name = calleeNode(call)?.text;
    const macro = name === undefined ? undefined : this.#macros.get(name);
    if (name === undefined || !macro || this.#depth >= EXPANSION_DEPTH || macro.body.length > BODY_LIMIT)
      return false;
    if (macro.body.trim() === '') {
      if (form === 'value') return false;
    } else if (form === 'statement' ? !this.#hides(name) : !isExpression(macro.body)) return false;
    const text = substitute(
      macro,
      callArguments(call).map((argument) => argument.text),
    );
    if (text === undefined) return false;
    this.#depth++;
    const root = this.#source.fragment(
      form === 'statement' ? `void f(void) { ${text}; }` : `int f(void) { return ${text}; }`,
    );
    const body = childrenOf(root)[0]?.childForFieldName('body');
    if (body) use(body);
    this.#depth--;
    return true;
  }

  /** True when the macro jumps, assigns or calls something that matters, itself or through another macro. */
  #hides(name: string, depth = 0): boolean {
    const known = this.#hiding.get(name);
    if (known !== undefined) return known;
    const macro = this.#macros.get(name);
    if (!macro || depth > EXPANSION_DEPTH) return false;
    this.#hiding.set(name, false);
    const hides =
      /\b(?:return|goto|break|continue|__leave)\b|\+\+|--|(?<![=!<>])=(?!=)/.test(macro.body) ||
      [...macro.body.matchAll(/\b([A-Za-z_]\w*)\s*\(/g)].some(
        ([, callee = '']) => this.#interesting(callee) || this.#hides(callee, depth + 1),
      );
    this.#hiding.set(name, hides);
    return hides;
  }
}

/** No statement, no block: it may stand where a value is wanted. */
const isExpression = (body: string): boolean => !/[;{}]|\b(?:if|do|while|for|return|goto)\b/.test(body);

/** The body with the arguments in it; undefined when the numbers differ. `#` and `##` are resolved as text. */
function substitute(macro: FunctionMacro, args: readonly string[]): string | undefined {
  const { parameters, body } = macro;
  const variadic = parameters.at(-1) === '...' || (parameters.at(-1)?.endsWith('...') ?? false);
  const fixed = variadic ? parameters.length - 1 : parameters.length;
  if (variadic ? args.length < fixed : args.length !== fixed && !(fixed === 1 && args.length === 0))
    return undefined;
  const values = new Map<string, string>();
  for (let i = 0; i < fixed; i++) values.set(parameters[i] ?? '', args[i] ?? '');
  if (variadic) {
    const name = parameters.at(-1)?.replace(/\.\.\.$/, '') ?? '';
    values.set(name === '' ? '__VA_ARGS__' : name, args.slice(fixed).join(', '));
  }
  return body
    .replace(/"(?:[^"\\\n]|\\.)*"?|#\s*([A-Za-z_]\w*)|[A-Za-z_]\w*/g, (word, stringized?: string) => {
      if (word.startsWith('"')) return word;
      if (stringized !== undefined) return values.has(stringized) ? '""' : word;
      return values.get(word) ?? word;
    })
    .split('##')
    .map((part, at, parts) => withoutEnds(part, at > 0 ? BLANKS : '', at < parts.length - 1 ? BLANKS : ''))
    .join('');
}
