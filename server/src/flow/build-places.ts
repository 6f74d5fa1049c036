import { strip } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parser.ts';
import { evaluate } from './build-expressions.ts';
import { type Key, rootOf } from './graph.ts';
import type { GraphDraft } from './graph-draft.ts';

/** The place an expression denotes; undefined for values that have none. */
export function keyOf(draft: GraphDraft, outer: SyntaxNode): Key | undefined {
  const node = strip(outer);
  switch (node.type) {
    case 'identifier': {
      const known = draft.know.variable(node.text);
      if (known === undefined && draft.know.isFunction(node.text)) return undefined;
      // Declared in a header that was not found.
      const key = known ?? `::${node.text}`;
      if (key.includes('::')) draft.globals.add(key);
      return key;
    }
    case 'field_expression': {
      const argument = node.childForFieldName('argument');
      const member = node.childForFieldName('field');
      if (!argument || !member) return undefined;
      const base = baseOf(draft, argument);
      if (base === undefined) return undefined;
      const key = `${base}.${member.text}`;
      if (base === rootOf(base) && base.includes('::')) draft.globals.add(key);
      return key;
    }
    case 'subscript_expression': {
      const argument = node.childForFieldName('argument');
      const index = node.childForFieldName('index');
      const base = argument ? baseOf(draft, argument) : undefined;
      if (base === undefined || !index) return undefined;
      const at = draft.know.constant(index);
      if (!at) evaluate(draft, index);
      return `${base}[${at?.kind === 'number' ? at.value : at?.kind === 'name' ? at.name : '*'}]`;
    }
    case 'pointer_expression': {
      if (node.childForFieldName('operator')?.type !== '*') return undefined;
      const argument = node.childForFieldName('argument');
      const inner = argument ? strip(argument) : undefined;
      if (!inner) return undefined;
      const address = addressed(inner);
      if (address) return keyOf(draft, address);
      const base = keyOf(draft, inner);
      return base === undefined ? undefined : `${base}.*`;
    }
    default:
      return undefined;
  }
}

const PLACES: ReadonlySet<string> = new Set(['identifier', 'field_expression', 'subscript_expression']);

/** What a member is selected of: `p`, `(*p)` and `(&x)` alike. */
function baseOf(draft: GraphDraft, node: SyntaxNode): Key | undefined {
  const inner = strip(node);
  if (inner.type === 'pointer_expression') {
    const argument = inner.childForFieldName('argument');
    return argument ? keyOf(draft, argument) : undefined;
  }
  const key = keyOf(draft, inner);
  // For these, to evaluate is to ask for the key again: in `f.a.b.c` that would be twice as often for each member.
  if (key !== undefined || PLACES.has(inner.type)) return key;
  const value = evaluate(draft, inner);
  return value.kind === 'place' ? value.key : undefined;
}

const addressed = (node: SyntaxNode): SyntaxNode | undefined =>
  node.type === 'pointer_expression' && node.childForFieldName('operator')?.type === '&'
    ? (node.childForFieldName('argument') ?? undefined)
    : undefined;
