import { valueRules } from '../catalog/catalog.ts';
import type { MemberEntry, ValueRule } from '../catalog/entry.ts';
import type { SlotWrite } from '../driver/facts.ts';
import { reachingWrites } from '../driver/table-state.ts';
import { removeStatement } from '../text/layout.ts';
import { defineRule, type Fix, type Report, type RuleContext } from './rule.ts';
import { registeredTables } from './support/tables.ts';

export default defineRule({
  id: 'member-value-invalid',
  severity: 'warning',
  stage: 'stable',
  summary: 'A member holds a value that its structure does not allow.',
  why: "Some members have one right value, some are reserved and must stay zero, some measure something else than their name suggests (`DeviceExtensionSize` is the size of the minidriver's own extension). The system refuses the table, or misbehaves later.",
  silent: 'The value is zero, a named flag, or cannot be told.',
  pages: [
    'ddi/hidport/ns-hidport-_hid_minidriver_registration',
    'ddi/ndis/ns-ndis-_ndis_device_object_attributes',
  ],
  *check(context) {
    for (const { table, call, structure } of registeredTables(context)) {
      for (const member of structure.members) {
        for (const rule of valueRules(member)) {
          for (const write of reachingWrites(table, member.name)) {
            if (write.slot !== member.name) continue;
            const report = checkValue(context, member, rule, write);
            const about = { call: call.name, members: [member.name] };
            if (report) yield { ...report, page: structure.page, about };
          }
        }
      }
    }
  },
});

function checkValue(
  context: RuleContext,
  member: MemberEntry,
  rule: ValueRule,
  write: SlotWrite,
): Report | undefined {
  const { value } = write;
  const isZero = value.kind === 'null' || (value.kind === 'number' && value.number === 0);
  switch (rule.kind) {
    case 'constant': {
      if (value.kind === 'number' && value.number === rule.value) {
        return {
          at: write.range,
          severity: 'hint',
          message: `'${member.name}' is written as ${write.text}; '${rule.name}' says what it is`,
          fixes: () => replace(write, rule.name),
        };
      }
      if (value.kind !== 'number' && value.kind !== 'null') return undefined;
      return {
        at: write.range,
        message: `'${member.name}' must be '${rule.name}'`,
        help: rule.because,
        fixes: () => replace(write, rule.name),
      };
    }
    case 'zero': {
      const certain = (value.kind === 'number' && !isZero) || (value.kind === 'name' && value.addressOf);
      if (!certain) return undefined;
      return {
        at: write.range,
        message: `'${member.name}' is reserved and must stay zero`,
        help: rule.because,
        fixes: () =>
          write.form === 'assignment' && !write.inHelper
            ? [
                {
                  title: 'Remove the assignment',
                  safety: 'suggestion',
                  edits: [removeStatement(context.text, write.statement)],
                },
              ]
            : [],
      };
    }
    case 'flags':
      if (value.kind !== 'number' || isZero) return undefined;
      return {
        at: write.range,
        message: `'${member.name}' is ${write.text}; it takes 0${rule.flags.length > 0 ? ` or ${rule.flags.map((flag) => `'${flag}'`).join(', ')}` : ''}`,
        help: rule.because,
        fixes: () => replace(write, '0'),
      };
    case 'notSizeof': {
      if (value.kind !== 'sizeof' || !rule.types.includes(value.of)) return undefined;
      return {
        at: write.range,
        message: `'${member.name}' must not be the size of '${value.of}'`,
        help: rule.because,
        fixes: () => replace(write, rule.suggestion),
      };
    }
    case 'bracedGuid':
    case 'exclusiveFlags':
    case 'neededFlag':
      return undefined; // rules of their own
  }
}

const replace = (write: SlotWrite, newText: string): Fix[] =>
  write.inHelper
    ? []
    : [{ title: `Use ${newText}`, safety: 'suggestion', edits: [{ range: write.range, newText }] }];
