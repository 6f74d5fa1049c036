import { descendants, readRoleDeclaration } from '../../../src/syntax/nodes.ts';
import type { TextEdit } from '../../../src/text/edit.ts';
import { linesAfter } from '../../../src/text/layout.ts';
import type { Driver, DriverFunction } from '../model/driver.ts';
import { mutant, type Operator, replaced } from '../mutant.ts';
import { tableWrites } from './tables.ts';

/** Functions that a table of the driver names as handlers. */
function handlers(driver: Driver): DriverFunction[] {
  const names = new Set(
    tableWrites(driver)
      .filter(({ member }) => member?.role !== undefined)
      .map(({ value }) => value.text),
  );
  return [...driver.functions.values()].filter(({ name }) => names.has(name));
}

const dropParameter: Operator = {
  name: 'drop-parameter',
  summary: 'A handler is defined without its last parameter, as older versions had it.',
  *mutants(driver) {
    for (const fn of handlers(driver)) {
      const [last, previous] = fn.parameters.toReversed();
      if (!last || !previous) continue;
      const edit: TextEdit = {
        range: { start: previous.node.endIndex, end: last.node.endIndex },
        newText: '',
      };
      yield mutant(fn.unit, fn.nameNode, fn.name, [edit]);
    }
  },
};

const initSection: Operator = {
  name: 'init-section',
  summary: 'A handler is placed in the section that is thrown away.',
  *mutants(driver) {
    const [section] = driver.catalog.idioms.sections.discardable;
    for (const fn of handlers(driver)) {
      const { text, source } = fn.unit;
      const pragma = source.directives.pragmas.findLast((one) => one.text.startsWith('alloc_text'));
      if (!pragma || section === undefined) continue;
      // A function in two sections is another mistake.
      if (source.directives.pragmas.some((one) => new RegExp(`\\b${fn.name}\\b`).test(one.text))) continue;
      yield mutant(fn.unit, fn.nameNode, fn.name, [
        linesAfter(text, pragma.range, [`#pragma alloc_text(${section}, ${fn.name})`]),
      ]);
    }
  },
};

const defineHeaderMacro: Operator = {
  name: 'define-header-macro',
  summary: 'The driver defines a version macro that the system headers own.',
  *mutants(driver) {
    const versions = [...driver.registeredStructures].flatMap(({ version }) => version ?? []);
    for (const name of driver.catalog.entryPoints.keys()) {
      const fn = driver.functions.get(name);
      const include = fn?.unit.source.directives.includes[0];
      if (!fn || !include) continue;
      for (const { majorMacro } of versions) {
        yield mutant(fn.unit, fn.nameNode, majorMacro, [
          {
            range: { start: include.range.start, end: include.range.start },
            newText: `#define ${majorMacro} 6\n`,
          },
        ]);
      }
    }
  },
};

const wrongEntryPoint: Operator = {
  name: 'wrong-entry-point',
  summary: 'The entry point takes a parameter of another type.',
  *mutants(driver) {
    for (const { function: name, driverObject } of driver.catalog.entryPoints.values()) {
      const fn = driver.functions.get(name);
      const type = fn?.parameters[driverObject]?.node.childForFieldName('type');
      if (fn && type) yield mutant(fn.unit, fn.nameNode, type.text, [replaced(type, 'PVOID')]);
    }
  },
};

const plainPrototype: Operator = {
  name: 'plain-prototype',
  summary: 'A handler is declared with a plain prototype instead of its role type.',
  *mutants(driver) {
    const names = new Set(handlers(driver).map(({ name }) => name));
    for (const unit of driver.units) {
      for (const node of descendants(unit.source.root, new Set(['declaration']))) {
        const declaration = readRoleDeclaration(node);
        const role = driver.catalog.roles.get(declaration?.typeName ?? '');
        const [only, ...more] = declaration?.functions ?? [];
        if (!role || !only || more.length > 0 || !names.has(only.name)) continue;
        const list = role.parameters.map(({ name, type }) => `${type} ${name}`).join(', ');
        yield mutant(unit, node, only.name, [replaced(node, `${role.returns} ${only.name}(${list});`)]);
      }
    }
  },
};

export const FUNCTIONS: readonly Operator[] = [
  dropParameter,
  plainPrototype,
  wrongEntryPoint,
  initSection,
  defineHeaderMacro,
];
