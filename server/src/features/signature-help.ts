import { type Catalog, pageUrl } from '../catalog/catalog.ts';
import type { Parameter } from '../catalog/entry.ts';
import { callAround } from './calls.ts';
import { Cursor } from './cursor.ts';
import { blocks, code, prose, sentence } from './pages/build.ts';
import { salOf } from './pages/prototype.ts';

/** The call that is being written, as an editor shows it. */
export interface SignatureHelp {
  /** The whole prototype on one line. */
  readonly label: string;
  readonly markdown: string;
  readonly parameters: readonly {
    /** Where the parameter stands in the label. */
    readonly start: number;
    readonly end: number;
    readonly markdown: string;
  }[];
  /** The parameter whose argument the cursor stands in; behind the last one when there are too many. */
  readonly active: number;
}

/** What the call around an offset takes. Undefined when the catalogue does not know it. */
export function signatureAt(text: string, offset: number, catalog: Catalog): SignatureHelp | undefined {
  const cursor = Cursor.read(text, offset, true);
  const call = cursor && callAround(cursor, catalog);
  if (!call) return undefined;
  const { entry } = call;
  let label = `${entry.returns.type} ${entry.name}(`;
  const parameters = entry.parameters.map((parameter, index) => {
    if (index > 0) label += ', ';
    const start = label.length;
    label += declarator(parameter);
    return { start, end: label.length, markdown: parameterText(parameter, catalog) };
  });
  label += ')';
  return {
    label,
    markdown: blocks(prose(entry.summary, catalog), `[Documentation](${pageUrl(entry.page)})`),
    parameters,
    active: call.argument,
  };
}

function declarator(parameter: Parameter): string {
  const { name, type, sal } = parameter;
  return `${sal ?? salOf(parameter)} ${type}${type.endsWith('*') ? '' : ' '}${name}`;
}

const DIRECTION = { in: 'in', out: 'out', inout: 'in and out' } as const;

function parameterText({ name, direction, optional, meaning }: Parameter, catalog: Catalog): string {
  const [nothing] = catalog.idioms.null;
  const how = optional
    ? `${DIRECTION[direction]}, optional: may be ${code(nothing ?? '0')}`
    : DIRECTION[direction];
  return `${code(name)} (${how}). ${prose(sentence(meaning), catalog)}`;
}
