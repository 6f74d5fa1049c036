import type { CallEntry } from '../catalog/entry.ts';
import { resolve, type FunctionEffects, variableOf } from './effects.ts';
import type { ArgumentFact, CallFact, TableFact } from './facts.ts';
import { isObject, structureAt, tableAt, type TableContext, type TableRequest } from './tables.ts';
import { armTable } from './unions.ts';

/** Tables a call hands over, by argument index. */
export function tablesOf(
  call: CallFact,
  entry: CallEntry,
  fn: FunctionEffects,
  context: TableContext,
): Map<number, TableFact> {
  const found = new Map<number, TableFact>();
  entry.parameters.forEach((parameter, index) => {
    if (parameter.role !== 'table') return;
    const argument = call.arguments[index];
    if (!argument?.place) return;
    const { place } = argument;
    const declared = structureAt(place, fn, context);
    const isVisible =
      fn.variables.has(place.root) ||
      context.globals.has(place.root) ||
      fn.parameters.some(({ name }) => name === place.root);
    const named = declared && parameter.structures?.includes(declared.name) ? declared : undefined;
    // With one possible structure the type of a place out of sight is not in doubt.
    const only =
      parameter.structures?.length === 1 && !declared && (!isVisible || place.path.length > 0)
        ? context.catalog.structures.get(parameter.structures[0] ?? '')
        : undefined;
    const structure = named ?? only;
    if (!structure) return;
    const variable = variableOf(place.root, fn, context.globals);
    const { display, accessor } = spelling(
      argument,
      place.path.length === 0 && variable !== undefined && isObject(variable),
    );
    const at = { fn, atCall: call, at: argument.range, display };
    found.set(
      index,
      armPassed({ ...at, place, structure, accessor }, context) ??
        inUse(tableAt({ ...at, place, structure, accessor }, context), context),
    );
  });
  return found;
}

/** A union as the structure that it holds at the call, when that can be told. */
function inUse(table: TableFact, { catalog }: TableContext): TableFact {
  const structure = catalog.structures.get(table.structure);
  return (structure?.isUnion && armTable(table, structure, catalog)) || table;
}

/** The arm of a union whose own address is passed. */
function armPassed(request: TableRequest, context: TableContext): TableFact | undefined {
  const { root, path } = resolve(request.place, request.fn.aliases);
  const arm = path.at(-1);
  const place = { root, path: path.slice(0, -1) };
  const union = arm === undefined ? undefined : structureAt(place, request.fn, context);
  if (!union?.isUnion) return undefined;
  const table = tableAt({ ...request, place, structure: union }, context);
  const part = armTable(table, union, context.catalog, arm);
  return part && { ...part, accessor: request.accessor };
}

/**
 * How the author writes the table and reaches its members, from the argument's text. An object that is passed without
 * its `&` is one all the same.
 */
function spelling(argument: ArgumentFact, isStructure: boolean): { display: string; accessor: string } {
  const text = argument.text
    .trim()
    .replace(/^\(\s*(?:struct\s+)?[A-Z]\w*[\s*]*\)\s*/, '')
    .replace(/^\((.*)\)$/s, '$1')
    .trim();
  if (text.startsWith('&')) {
    const display = text
      .slice(1)
      .trim()
      .replace(/^\((.*)\)$/s, '$1');
    return { display, accessor: `${display}.` };
  }
  return { display: text, accessor: isStructure ? `${text}.` : `${text}->` };
}
