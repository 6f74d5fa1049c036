import type { Catalog } from '../../catalog/catalog.ts';
import type { Condition } from '../../catalog/entry.ts';
import { code, escape, listed } from './build.ts';

/** A condition in words, to stand behind "when". */
export function conditionText(condition: Condition, catalog: Catalog): string {
  if ('set' in condition) return `${code(condition.set)} is set`;
  if ('has' in condition) return `${code(condition.member)} has ${code(condition.has)}`;
  if ('is' in condition) return `${code(condition.member)} is ${code(condition.is)}`;
  if ('model' in condition) {
    return `the model is ${escape(catalog.models.get(condition.model)?.title ?? condition.model)}`;
  }
  return `the driver calls ${listed(condition.calls.map(code), 'or')}`;
}

/** Any of the conditions, to stand behind "when"; undefined when there are none. */
export const anyOf = (conditions: readonly Condition[] | undefined, catalog: Catalog): string | undefined =>
  conditions && conditions.length > 0
    ? listed(
        conditions.map((condition) => conditionText(condition, catalog)),
        'or',
      )
    : undefined;
