import type { StructureEntry, StructureOrder } from '../../catalog/entry.ts';
import type { TableFact } from '../../driver/facts.ts';
import type { DriverFunction } from '../../driver/lifecycle/functions.ts';
import { ANYTHING, CallOrder, type Visit } from '../../driver/lifecycle/order.ts';
import type { CallOp } from '../../flow/graph.ts';
import type { RuleContext } from '../rule.ts';
import { callFactOf, driverEvidence, functionsOfRole } from './calls.ts';

/** A structure that must be passed first, and everything that happens in a function that must do so. */
export interface OrderedPassing {
  readonly structure: StructureEntry;
  readonly order: StructureOrder;
  readonly root: DriverFunction;
  readonly visits: readonly Visit[];
  /** What the function leads to, in labels: structure names, names of calls, or anything. */
  readonly within: ReadonlySet<string>;
}

const passings = new WeakMap<RuleContext['driver'], readonly OrderedPassing[]>();

/** Structures with a place in an order, for every function of the driver whose ways count. */
export function orderedPassings(context: RuleContext): readonly OrderedPassing[] {
  let known = passings.get(context.driver);
  if (!known) passings.set(context.driver, (known = [...passingsOf(context)]));
  return known;
}

function* passingsOf(context: RuleContext): Generator<OrderedPassing> {
  const { catalog, driver } = context;
  const ordered = [...new Set(catalog.structures.values())].filter(({ order }) => order !== undefined);
  if (ordered.length === 0) return;
  const { models } = driverEvidence(context);
  const { table, bindings } = driver.lifecycle;
  const watched = new Set(ordered.flatMap(({ order }) => order?.beforeCalls ?? []));
  const order = new CallOrder(table, (fn, op) =>
    op.callee === undefined
      ? undefined
      : watched.has(op.callee)
        ? op.callee
        : passedStructure(context, fn, op),
  );
  for (const structure of ordered) {
    if (!structure.order) continue;
    const { in: roles, exceptModels = [], exceptRoles = [] } = structure.order;
    if (exceptModels.some((model) => models.has(model))) continue;
    if (functionsOfRole(bindings, (role) => exceptRoles.includes(role)).length > 0) continue;
    for (const root of functionsOfRole(bindings, (role) => roles.includes(role))) {
      const within = order.within(root);
      yield { structure, order: structure.order, root, visits: order.from(root), within };
    }
  }
}

/** Name of the structure that a service call gets; undefined for other calls. */
function passedStructure({ catalog }: RuleContext, fn: DriverFunction, op: CallOp): string | undefined {
  const entry = catalog.calls.get(op.callee ?? '');
  const index = entry?.parameters.findIndex(({ role }) => role === 'table') ?? -1;
  const structures = entry?.parameters[index]?.structures ?? [];
  if (!structures.some((name) => catalog.structures.get(name)?.order)) return undefined;
  const call = callFactOf(fn, op);
  const table = fn.file.registrations.find((item) => item.call === call)?.tables.get(index);
  if (table) return structureIn(catalog, table) ?? ANYTHING;
  const argument = call?.arguments[index];
  const isWhole = argument?.place?.path.length === 0;
  const type = isWhole ? argument.rootType : undefined;
  return type !== undefined && /^[A-Z]\w*$/.test(type) && !structures.includes(type) && !/^P[A-Z]/.test(type)
    ? type
    : ANYTHING;
}

/** The structure itself, or of a union the member that was written last. */
function structureIn(catalog: RuleContext['catalog'], table: TableFact): string | undefined {
  const structure = catalog.structures.get(table.structure);
  if (!structure) return undefined;
  const parts = structure.members.filter(({ type }) => isStructureName(type));
  if (parts.length === 0 || structure.order) return structure.name;
  if (!table.isFullyKnown) return undefined;
  const last = table.writes.findLast(({ slot }) => slot.includes('.'));
  if (!last) return undefined;
  const [member = ''] = last.slot.split('.');
  const part = parts.find(({ name }) => name === member);
  return part?.type;
}

const isStructureName = (type: string): boolean => /^[A-Z][A-Z0-9_]+_ATTRIBUTES$/.test(type);
