import { addressTarget, childrenOf, strip } from '../../../src/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/syntax/parser.ts';
import type { TextEdit } from '../../../src/text/edit.ts';
import type { Driver } from '../model/driver.ts';
import { after, before, isInList, mutant, type Operator, replaced, textOf, without } from '../mutant.ts';
import { teardownFunctions } from '../model/roles.ts';
import { tableWrites, withoutWrite } from './tables.ts';

/** The entry point's two parameters count as one kind here: authors mix them up. */
const kindOf = (driver: Driver, type: string): string => {
  const bare = type.replace(/\s+/g, '');
  if (driver.catalog.objects.has(bare) || /UNICODE_STRING/.test(bare)) return 'entry parameter';
  return driver.catalog.idioms.sameTypes.find((group) => group.includes(bare))?.[0] ?? bare;
};

const swapArguments: Operator = {
  name: 'swap-arguments',
  summary: "Two arguments, or the driver object and the registry path, stand in each other's place.",
  *mutants(driver) {
    for (const call of driver.calls) {
      const { parameters } = call.entry;
      for (let first = 0; first < parameters.length; first++) {
        for (let second = first + 1; second < parameters.length; second++) {
          const [a, b] = [call.arguments[first], call.arguments[second]];
          const [typeA, typeB] = [parameters[first]?.type, parameters[second]?.type];
          if (!a || !b || typeA === undefined || typeB === undefined || a.text === b.text) continue;
          if (kindOf(driver, typeA) !== kindOf(driver, typeB)) continue;
          yield mutant(call.unit, call.node, `${a.text} and ${b.text} of ${call.entry.name}`, [
            replaced(a, textOf(call.unit, b)),
            replaced(b, textOf(call.unit, a)),
          ]);
        }
      }
    }
    const writes = tableWrites(driver).filter(
      ({ member }) => kindOf(driver, member?.type ?? '') === 'entry parameter',
    );
    for (const [index, a] of writes.entries()) {
      const b = writes[index + 1];
      if (!b || a.fn !== b.fn || a.fn.variables.get(a.value.text)?.storage !== 'parameter') continue;
      yield mutant(a.unit, a.value, `${a.slot} and ${b.slot}`, [
        replaced(a.value, textOf(b.unit, b.value)),
        replaced(b.value, textOf(a.unit, a.value)),
      ]);
    }
  },
};

const nullArgument: Operator = {
  name: 'null-argument',
  summary: 'A registration gets no driver object, no registry path, or no place for its handle.',
  *mutants(driver) {
    const [nothing = '0'] = driver.catalog.idioms.null;
    for (const call of driver.registrations) {
      for (const [index, { role, optional }] of call.entry.parameters.entries()) {
        const argument = call.arguments[index];
        if (!argument || optional || argument.text === nothing) continue;
        if (role !== 'driverObject' && role !== 'registryPath' && role !== 'handleOut') continue;
        yield mutant(call.unit, call.node, `${argument.text} of ${call.entry.name}`, [
          replaced(argument, nothing),
        ]);
      }
    }
  },
};

const localHandle: Operator = {
  name: 'local-handle',
  summary: 'The handle of a registration goes to a local variable.',
  *mutants(driver) {
    for (const call of driver.registrations) {
      for (const [index, { role, type }] of call.entry.parameters.entries()) {
        const argument = call.arguments[index];
        const target = role === 'handleOut' && argument ? addressTarget(argument) : undefined;
        if (!argument || !target || call.fn.variables.get(target.text)?.storage === 'automatic') continue;
        const first = childrenOf(call.fn.body)[0];
        if (!first) continue;
        yield mutant(call.unit, call.node, `${target.text} of ${call.entry.name}`, [
          before(call.unit, first, [`${type.replace(/^P/, '').replace(/\s*\*$/, '')} localHandle;`]),
          replaced(argument, '&localHandle'),
        ]);
      }
    }
  },
};

const registerTwice: Operator = {
  name: 'register-twice',
  summary: 'The same registration is made twice.',
  *mutants(driver) {
    for (const call of driver.registrations) {
      if (call.statement.type !== 'expression_statement' || !isInList(call.statement)) continue;
      // What gives out no handle may be made once for each of several structures.
      const { parameters, registration } = call.entry;
      if (!registration?.takesOverDriverObject && parameters.every(({ role }) => role !== 'handleOut'))
        continue;
      yield mutant(call.unit, call.node, call.entry.name, [
        after(call.unit, call.statement, [textOf(call.unit, call.statement)]),
      ]);
    }
  },
};

const keepRegistryPath: Operator = {
  name: 'keep-registry-path',
  summary: 'The entry point keeps the registry path without copying its text.',
  *mutants(driver) {
    for (const entry of driver.catalog.entryPoints.values()) {
      const fn = driver.functions.get(entry.function);
      const path = fn?.parameters[entry.registryPath];
      const include = fn?.unit.source.directives.includes.at(-1);
      const first = fn && childrenOf(fn.body).find(({ type }) => type !== 'declaration');
      if (!fn || path?.name === undefined || !include || !first) continue;
      if (!/UNICODE_STRING/.test(path.typeText)) continue;
      const pointer = path.typeText.replace(/\s+/g, '');
      const copied = [pointer.replace(/^P|\*$/g, ''), `*${path.name}`] as const;
      for (const [type, value] of [copied, [pointer, path.name] as const]) {
        const declared: TextEdit = {
          range: { start: include.range.end, end: include.range.end },
          newText: `\n\nstatic ${type} g_RegistryPath;\n`,
        };
        yield mutant(fn.unit, first, `${value} in ${fn.name}`, [
          declared,
          before(fn.unit, first, [`g_RegistryPath = ${value};`]),
        ]);
      }
    }
  },
};

const dropAttributes: Operator = {
  name: 'drop-attributes',
  summary: 'A call that hands over a table, such as the attributes of an adapter, is not made.',
  *mutants(driver) {
    for (const call of driver.calls) {
      const { parameters, purpose, returns } = call.entry;
      if (purpose !== 'service' || parameters.every(({ role }) => role !== 'table')) continue;
      if (returns.success === undefined) continue;
      yield mutant(call.unit, call.node, `${call.entry.name} in ${call.fn.name}`, [
        replaced(call.node, returns.success),
      ]);
    }
  },
};

const dropUnloadRoutine: Operator = {
  name: 'drop-unload-routine',
  summary: 'The driver does not say which function unloads it.',
  *mutants(driver) {
    const unload = teardownFunctions(driver);
    const isUnload = (name: string) =>
      unload.has(name) && [...(driver.roles.get(name) ?? [])].some((role) => /UNLOAD/.test(role));
    const named = new Set<SyntaxNode>();
    for (const write of driver.memberWrites) {
      const edit = isUnload(strip(write.value).text) ? withoutWrite(write) : undefined;
      if (!edit) continue;
      named.add(write.value);
      yield mutant(write.unit, write.value, write.slot, [edit]);
    }
    for (const { statement, unit, value, slot } of driver.objectWrites) {
      if (!statement || named.has(value) || !isUnload(strip(value).text)) continue;
      yield mutant(unit, statement, slot, [without(unit, statement)]);
    }
  },
};

const dropDispatchEntry: Operator = {
  name: 'drop-dispatch-entry',
  summary: 'An entry of the driver object that the class driver takes over is not set.',
  *mutants(driver) {
    const needed = new Set(
      driver.registrations
        .filter(({ entry }) => entry.registration?.takesOverDriverObject)
        .flatMap(({ entry }) => entry.registration?.objectSlots ?? [])
        .map(({ slot }) => slot),
    );
    for (const { slot, statement, unit } of driver.objectWrites) {
      if (statement && needed.has(slot)) yield mutant(unit, statement, slot, [without(unit, statement)]);
    }
  },
};

const legacyCall: Operator = {
  name: 'legacy-call',
  summary: 'The call of an older version, which is gone.',
  *mutants(driver) {
    for (const call of driver.calls) {
      const old = [...driver.catalog.replaced.values()].find(({ by }) => by === call.entry.name);
      const callee = call.node.childForFieldName('function');
      if (old && callee) yield mutant(call.unit, callee, old.name, [replaced(callee, old.name)]);
    }
  },
};

export const CALLS: readonly Operator[] = [
  swapArguments,
  nullArgument,
  localHandle,
  registerTwice,
  legacyCall,
  dropAttributes,
  keepRegistryPath,
  dropUnloadRoutine,
  dropDispatchEntry,
];
