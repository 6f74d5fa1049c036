import { valueRules } from '../../../src/catalog/catalog.ts';
import type { MemberEntry, StructureEntry } from '../../../src/catalog/entry.ts';
import {
  descendants,
  addressTarget,
  initializerItems,
  initializerList,
  numberValue,
  strip,
} from '../../../src/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/syntax/parser.ts';
import type { TextEdit } from '../../../src/text/edit.ts';
import type { Driver, DriverFunction } from '../model/driver.ts';
import { statementOf } from '../model/driver.ts';
import type { MemberWrite } from '../model/writes.ts';
import { after, type Mutant, mutant, type Operator, replaced, without, textOf } from '../mutant.ts';

/** Writes to the tables of the driver's calls. */
export const tableWrites = (driver: Driver): MemberWrite[] => {
  const structures = driver.registeredStructures;
  return driver.memberWrites.filter(({ structure }) => structures.has(structure));
};

/** Takes a write away: the statement, or the item of an initialiser with its comma. */
export function withoutWrite(write: MemberWrite): TextEdit | undefined {
  const { statement, unit } = write;
  if (statement === undefined) return undefined;
  if (write.form === 'assignment') return without(unit, statement);
  const behind = /^\s*,/.exec(unit.source.masked.slice(statement.endIndex));
  if (behind) {
    return {
      range: { start: statement.startIndex, end: statement.endIndex + behind[0].length },
      newText: '',
    };
  }
  const front = /,\s*$/.exec(unit.source.masked.slice(0, statement.startIndex));
  // An initialiser must not become empty in C.
  if (!front) return { range: { start: statement.startIndex, end: statement.endIndex }, newText: '0' };
  return { range: { start: statement.startIndex - front[0].length, end: statement.endIndex }, newText: '' };
}

const headerMembers = ({ objectHeader, version }: StructureEntry): Set<string> =>
  new Set([
    ...(objectHeader ? ['Type', 'Revision', 'Size'].map((name) => `${objectHeader.member}.${name}`) : []),
    ...(version ? [version.major] : []),
  ]);

/** A model that the driver belongs to, or a handler it has, makes the member unnecessary. */
function isExcused(member: MemberEntry, driver: Driver): boolean {
  const writes = tableWrites(driver);
  return (member.excusedWhen ?? []).some((condition) => {
    if ('set' in condition) return writes.some(({ slot }) => slot === condition.set);
    if ('calls' in condition) return condition.calls.some((name) => mentions(driver, name));
    if ('has' in condition) return flagsOf(condition.member, driver).includes(condition.has);
    if ('is' in condition) return flagsOf(condition.member, driver).includes(condition.is);
    const evidence = driver.catalog.models.get(condition.model)?.evidence;
    return [...(evidence?.calls ?? []), ...(evidence?.structures ?? [])].some((name) =>
      mentions(driver, name),
    );
  });
}

const mentions = (driver: Driver, name: string): boolean =>
  driver.units.some(({ source }) => new RegExp(`\\b${name}\\b`).test(source.masked));

/** Names in the values of a member. */
export const flagsOf = (member: string, driver: Driver): string[] =>
  driver.memberWrites
    .filter(({ slot }) => slot === member)
    .flatMap(({ value }) => value.text.match(/[A-Za-z_]\w*/g) ?? []);

/** Takes away the members that `isWanted`, unless they are the header's or this driver may leave them out. */
function* withoutMembers(driver: Driver, isWanted: (member: MemberEntry) => boolean): Generator<Mutant> {
  for (const write of tableWrites(driver)) {
    const { member, structure, unit } = write;
    if (!member || !isWanted(member) || headerMembers(structure).has(member.name)) continue;
    const edit = isExcused(member, driver) ? undefined : withoutWrite(write);
    if (edit) yield mutant(unit, write.value, write.slot, [edit]);
  }
}

const dropHandler: Operator = {
  name: 'drop-handler',
  summary: 'A required member of a registered table is not set.',
  mutants: (driver) =>
    withoutMembers(
      driver,
      ({ need, role }) => need === 'required' || (need === 'soft' && role !== undefined),
    ),
};

const dropUsualMember: Operator = {
  name: 'drop-usual-member',
  summary: 'A member is not set that every sample sets, though no page demands it: a name, a limit.',
  mutants: (driver) => withoutMembers(driver, ({ need, role }) => need === 'soft' && role === undefined),
};

const dropFlag: Operator = {
  name: 'drop-flag',
  summary: 'A flag is not set that says what kind of driver it is.',
  *mutants(driver) {
    for (const write of tableWrites(driver)) {
      const flags = write.member
        ? valueRules(write.member).flatMap((rule) => (rule.kind === 'neededFlag' ? [rule.flag] : []))
        : [];
      const edit = flags.includes(write.value.text) ? withoutWrite(write) : undefined;
      if (edit) yield mutant(write.unit, write.value, write.value.text, [edit]);
    }
  },
};

const oldMemberName: Operator = {
  name: 'old-member-name',
  summary: 'A member has the name of older versions, or a usual misspelling.',
  *mutants(driver) {
    for (const { member, target, unit } of tableWrites(driver)) {
      const [old] = member?.alsoKnownAs ?? [];
      if (target && old !== undefined) yield mutant(unit, target, old, [replaced(target, old)]);
    }
  },
};

const dropHeaderField: Operator = {
  name: 'drop-header-field',
  summary: 'Header type, revision, size or the major version is not set.',
  *mutants(driver) {
    for (const write of tableWrites(driver)) {
      if (!headerMembers(write.structure).has(write.slot)) continue;
      const edit = withoutWrite(write);
      if (edit) yield mutant(write.unit, write.value, `${write.structure.name} ${write.slot}`, [edit]);
    }
  },
};

/** Every member that the caller provides is written: then zeroing changes nothing. */
const isFilled = (structure: StructureEntry, variable: string, fn: DriverFunction, driver: Driver): boolean =>
  structure.members.every(
    ({ name, need }) =>
      need === 'output' ||
      driver.memberWrites.some(
        (write) => write.fn === fn && write.variable.name === variable && write.slot === name,
      ),
  );

interface Zeroing {
  readonly fn: DriverFunction;
  readonly node: SyntaxNode;
  readonly variable: string;
  /** The call's statement, or undefined for an initialiser. */
  readonly statement: SyntaxNode | undefined;
}

/** Where tables on the stack get zeroed, if that makes a difference. */
function* zeroings(driver: Driver): Generator<Zeroing> {
  const structures = driver.registeredStructures;
  const isTable = (name: string, fn: DriverFunction): boolean => {
    const variable = fn.variables.get(name);
    const structure = variable && driver.catalog.structures.get(variable.type);
    if (variable?.storage !== 'automatic' || variable.isPointer || !structure) return false;
    // A union of tables is one itself.
    const parts = structure.members.flatMap(({ type }) => driver.catalog.structures.get(type) ?? []);
    const isKnown = [structure, ...parts].some((one) => structures.has(one));
    return isKnown && !isFilled(structure, name, fn, driver);
  };
  for (const fn of driver.functions.values()) {
    for (const call of descendants(fn.body, new Set(['call_expression']))) {
      const callee = call.childForFieldName('function')?.text;
      const idiom = driver.catalog.idioms.zeroing.find(({ name }) => name === callee);
      const argument = call.childForFieldName('arguments')?.namedChildren[idiom?.pointer ?? 0];
      const target = argument ? (addressTarget(argument) ?? strip(argument)) : undefined;
      const statement = statementOf(call);
      if (!idiom || !target || statement?.type !== 'expression_statement') continue;
      if (isTable(target.text, fn)) yield { fn, node: call, variable: target.text, statement };
    }
    for (const { name, declarator, initializer } of fn.variables.values()) {
      const list = initializer && initializerList(initializer);
      if (!list || !declarator || !isTable(name, fn)) continue;
      const items = initializerItems(list);
      if (items.length > 1 || items.some(({ value }) => numberValue(value) !== 0n)) continue;
      yield { fn, node: declarator, variable: name, statement: undefined };
    }
  }
}

const dropZeroing: Operator = {
  name: 'drop-zeroing',
  summary: 'A table on the stack is not zeroed.',
  *mutants(driver) {
    for (const { fn, node, variable, statement } of zeroings(driver)) {
      const edit = statement ? without(fn.unit, statement) : replaced(node, variable);
      yield mutant(fn.unit, node, variable, [edit]);
    }
  },
};

const zeroLate: Operator = {
  name: 'zero-late',
  summary: 'A table is zeroed after its first members were set.',
  *mutants(driver) {
    for (const { fn, node, variable, statement } of zeroings(driver)) {
      const own = driver.memberWrites.filter((write) => write.fn === fn && write.variable.name === variable);
      const second = own.filter((write) => write.statement?.parent === statement?.parent)[1];
      if (!statement || !second?.statement || second.statement.startIndex < statement.endIndex) continue;
      yield mutant(fn.unit, node, variable, [
        without(fn.unit, statement),
        after(fn.unit, second.statement, [textOf(fn.unit, statement)]),
      ]);
    }
  },
};

const dropPartner: Operator = {
  name: 'drop-partner',
  summary: 'Of two members that need each other the second is not set.',
  *mutants(driver) {
    const writes = tableWrites(driver);
    for (const write of writes) {
      const needed = write.structure.pairs?.some(
        ({ if: condition, then }) =>
          then.includes(write.slot) &&
          (('set' in condition && writes.some(({ slot }) => slot === condition.set)) ||
            ('is' in condition && flagsOf(condition.member, driver).includes(condition.is)) ||
            ('has' in condition && flagsOf(condition.member, driver).includes(condition.has))),
      );
      const edit = needed ? withoutWrite(write) : undefined;
      if (edit) yield mutant(write.unit, write.value, write.slot, [edit]);
    }
  },
};

const swapHandlers: Operator = {
  name: 'swap-handlers',
  summary: 'Two handlers that are set one after the other are mixed up.',
  *mutants(driver) {
    const writes = tableWrites(driver).filter(({ member }) => member?.role !== undefined);
    for (const [index, write] of writes.entries()) {
      const next = writes[index + 1];
      if (!next || next.fn !== write.fn || next.structure !== write.structure) continue;
      if (write.member?.role === next.member?.role || write.value.text === next.value.text) continue;
      yield mutant(write.unit, write.value, `${write.slot} and ${next.slot}`, [
        replaced(write.value, next.value.text),
        replaced(next.value, write.value.text),
      ]);
    }
  },
};

const nonnullForbidden: Operator = {
  name: 'nonnull-forbidden',
  summary: 'A member is set that must stay null in this driver.',
  *mutants(driver) {
    const writes = tableWrites(driver);
    for (const structure of driver.registeredStructures) {
      const own = writes.filter((write) => write.structure === structure && write.form === 'assignment');
      const last = own.findLast(({ statement }) => statement !== undefined);
      if (!last?.statement) continue;
      for (const member of structure.members) {
        if (own.some(({ slot }) => slot === member.name)) continue;
        const forbidden = member.forbiddenWhen?.some(
          ({ when }) =>
            ('has' in when && flagsOf(when.member, driver).includes(when.has)) ||
            ('is' in when && flagsOf(when.member, driver).includes(when.is)),
        );
        const role = member.role === undefined ? undefined : driver.catalog.roles.get(member.role);
        if (forbidden && role) yield setHandler(last, last.statement, member, role.name);
        else if (member.need === 'reserved' && !/\[/.test(member.type)) {
          const cast = /^(?:P|LP)[A-Z]|\*/.test(member.type) ? `(${member.type})` : '';
          yield mutant(last.unit, last.value, member.name, [
            after(last.unit, last.statement, [`${last.accessor}${member.name} = ${cast}1;`]),
          ]);
        }
      }
    }
  },
};

function setHandler(last: MemberWrite, statement: SyntaxNode, member: MemberEntry, role: string): Mutant {
  const { unit, fn } = last;
  const include = unit.source.directives.includes.at(-1);
  const at = include ? include.range.end : fn.node.startIndex;
  return mutant(unit, last.value, member.name, [
    { range: { start: at, end: at }, newText: `\n${role} AddedHandler;\n` },
    after(unit, statement, [`${last.accessor}${member.name} = AddedHandler;`]),
  ]);
}

export const TABLES: readonly Operator[] = [
  dropHandler,
  dropUsualMember,
  dropFlag,
  dropHeaderField,
  dropZeroing,
  zeroLate,
  oldMemberName,
  dropPartner,
  swapHandlers,
  nonnullForbidden,
];
