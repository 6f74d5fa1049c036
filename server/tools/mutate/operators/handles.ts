import { addressTarget } from '../../../src/syntax/nodes.ts';
import type { CallSite, Driver } from '../model/driver.ts';

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
        variable !== undefined && (registration.unit === call.unit || variable.storage !== 'static');
      return isSeen ? [target.text] : [];
    }),
  );
  return [...new Set(names)].filter((name) => name !== '');
}
