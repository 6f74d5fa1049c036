import { valueRules } from '../../../src/catalog/catalog.ts';
import { descendants, strip } from '../../../src/syntax/nodes.ts';
import { mutant, type Operator, replaced } from '../mutant.ts';
import { tableWrites } from './tables.ts';

const wrongConstant: Operator = {
  name: 'wrong-constant',
  summary: 'A member that has one right value gets another, or the size of the wrong structure.',
  *mutants(driver) {
    for (const { member, unit, value } of tableWrites(driver)) {
      for (const rule of member ? valueRules(member) : []) {
        let wrong: string | undefined;
        if (rule.kind === 'constant') wrong = String(rule.value + 1);
        else if (rule.kind === 'notSizeof' && rule.types[0] !== undefined) wrong = `sizeof(${rule.types[0]})`;
        if (wrong !== undefined) {
          yield mutant(unit, value, `${wrong} for ${value.text}`, [replaced(value, wrong)]);
        }
      }
    }
  },
};

const brokenGuid: Operator = {
  name: 'broken-guid',
  summary: 'A name that must be a GUID in braces has none.',
  *mutants(driver) {
    for (const { fn, member, unit, value } of tableWrites(driver)) {
      if (!member || !valueRules(member).some(({ kind }) => kind === 'bracedGuid')) continue;
      const initializer = fn.variables.get(strip(value).text)?.initializer;
      const [literal] = initializer ? descendants(initializer, new Set(['string_literal'])) : [];
      if (!literal) continue;
      yield mutant(unit, literal, member.name, [replaced(literal, literal.text.replace(/[{}]/g, ''))]);
    }
  },
};

export const VALUES: readonly Operator[] = [wrongConstant, brokenGuid];
