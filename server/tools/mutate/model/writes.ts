import type { MemberEntry, StructureEntry } from '../../../src/catalog/entry.ts';
import {
  accessPath,
  descendants,
  designatedMember,
  flatInitializer,
  initializerList,
} from '../../../src/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/syntax/parser.ts';
import type { Driver, DriverFunction, Unit, Variable } from './driver.ts';

/** A member of a catalogue structure gets a value. */
export interface MemberWrite {
  readonly unit: Unit;
  readonly fn: DriverFunction;
  readonly structure: StructureEntry;
  /** `PauseHandler`, `Header.Type`. */
  readonly slot: string;
  readonly member: MemberEntry | undefined;
  /** Variable that is, or points to, the structure. */
  readonly variable: Variable;
  /** The member's last name where it is written to; undefined in an initialiser. */
  readonly target: SyntaxNode | undefined;
  /** Left side up to the member: `chars.`; empty for an item of an initialiser. */
  readonly accessor: string;
  readonly value: SyntaxNode;
  /** The whole statement when it does nothing else, or the item of an initialiser. */
  readonly statement: SyntaxNode | undefined;
  readonly form: 'assignment' | 'item';
}

/** A slot of an object that the system hands over gets a value. */
export interface ObjectWrite {
  readonly unit: Unit;
  readonly fn: DriverFunction;
  /** `DriverUnload`, `MajorFunction[IRP_MJ_PNP]`. */
  readonly slot: string;
  readonly role: string | undefined;
  readonly value: SyntaxNode;
  readonly statement: SyntaxNode | undefined;
}

interface Assignment {
  readonly left: SyntaxNode;
  readonly right: SyntaxNode;
  readonly statement: SyntaxNode | undefined;
}

function assignmentsOf(fn: DriverFunction): Assignment[] {
  return [...descendants(fn.body, new Set(['assignment_expression']))].flatMap((node) => {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    if (!left || !right || node.childForFieldName('operator')?.type !== '=') return [];
    const { parent } = node;
    return [{ left, right, statement: parent?.type === 'expression_statement' ? parent : undefined }];
  });
}

export function memberWrites(fn: DriverFunction, driver: Driver): MemberWrite[] {
  const writes: MemberWrite[] = [];
  for (const { left, right, statement } of assignmentsOf(fn)) {
    const { base, steps } = accessPath(left);
    const variable = base.type === 'identifier' ? driver.variable(base.text, fn) : undefined;
    const [first] = steps;
    if (!variable || first?.kind !== 'member') continue;
    let structure = driver.catalog.structures.get(variable.type);
    const names: { readonly name: string; readonly node: SyntaxNode }[] = [];
    for (const step of steps) {
      if (step.kind !== 'member' || !structure) break;
      const inner: StructureEntry | undefined =
        names.length === 0
          ? driver.catalog.structures.get(
              structure.members.find(({ name }) => name === step.name)?.type ?? '',
            )
          : undefined;
      if (inner && structure.objectHeader === undefined) structure = inner;
      else names.push(step);
    }
    const [start] = names;
    if (!structure || !start) continue;
    const slot = names.map(({ name }) => name).join('.');
    writes.push({
      unit: fn.unit,
      fn,
      structure,
      slot,
      member: structure.members.find(({ name }) => name === slot),
      variable,
      target: names.at(-1)?.node,
      accessor: fn.unit.text.slice(left.startIndex, start.node.startIndex),
      value: right,
      statement,
      form: 'assignment',
    });
  }
  for (const variable of fn.variables.values()) writes.push(...initialWrites(variable, fn, driver));
  return writes;
}

function initialWrites(variable: Variable, fn: DriverFunction, driver: Driver): MemberWrite[] {
  const structure = driver.catalog.structures.get(variable.type);
  const list = variable.initializer && initializerList(variable.initializer);
  if (!structure || !list) return [];
  return flatInitializer(list).flatMap((item) => {
    const slot = designatedMember(item);
    if (slot === undefined) return [];
    return [
      {
        unit: fn.unit,
        fn,
        structure,
        slot,
        member: structure.members.find(({ name }) => name === slot),
        variable,
        target: undefined,
        accessor: '',
        value: item.value,
        statement: item.node,
        form: 'item' as const,
      },
    ];
  });
}

export function objectWrites(fn: DriverFunction, driver: Driver): ObjectWrite[] {
  return assignmentsOf(fn).flatMap(({ left, right, statement }) => {
    const { base, steps } = accessPath(left);
    const variable = base.type === 'identifier' ? driver.variable(base.text, fn) : undefined;
    const object = variable && driver.catalog.objects.get(variable.type);
    if (!object || steps.length === 0) return [];
    const slot = steps
      .map((step, index) =>
        step.kind === 'index' ? `[${step.index.text}]` : `${index > 0 ? '->' : ''}${step.name}`,
      )
      .join('');
    const known = object.slots.find(({ name }) => name === slot.replace(/\[.*\]/, '[]'));
    return [{ unit: fn.unit, fn, slot, role: known?.role, value: right, statement }];
  });
}
