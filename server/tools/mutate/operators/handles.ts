import { addressTarget } from '../../../src/syntax/nodes.ts';
import type { CallSite, Driver, Unit } from '../model/driver.ts';

/**
 * Names of the variables or members that registrations of the driver write handles to, those of the call's
 * own file first to be seen.
 */
export function handleNames(driver: Driver, call: CallSite, members: boolean): string[] {
  const names = driver.registrations.flatMap((registration) =>
    registration.entry.parameters.flatMap(({ role }, index) => {
      const argument = registration.arguments[index];
      const target = role === 'handleOut' && argument ? addressTarget(argument) : undefined;
      if (!target) return [];
      if (members)
        return target.type === 'field_expression' ? [target.childForFieldName('field')?.text ?? ''] : [];
      const variable = target.type === 'identifier' ? driver.globals.get(target.text) : undefined;
      const isSeen =
        variable !== undefined &&
        (registration.unit === call.unit ||
          (variable.storage !== 'static' && declares(target.text, call.unit, driver)));
      return isSeen ? [target.text] : [];
    }),
  );
  return [...new Set(names)].filter((name) => name !== '');
}

/** Whether the name is declared where the unit can see it: in itself or in a header. */
const declares = (name: string, unit: Unit, driver: Driver): boolean =>
  driver.units.some(
    (one) => (one === unit || /\.h(h|pp|xx)?$/i.test(one.name)) && new RegExp(`\\b${name}\\b`).test(one.text),
  );
