import { RULES } from '../../index.ts';
import { choice, defineCommand, EXIT } from '../command.ts';

/** `driverentry rules`: what is checked. */
export const rules = defineCommand({
  name: 'rules',
  operands: '',
  summary: 'all rules, with severity and stage',
  options: { format: choice(['text', 'json'], 'how they are written') },
  run({ format }, _operands, host) {
    const list = RULES.map(({ id, severity, stage, defaultOff, summary }) => ({
      id,
      severity: defaultOff ? 'off' : severity,
      stage,
      summary,
    }));
    const line = (rule: (typeof list)[number]) =>
      `${rule.id.padEnd(34)} ${rule.severity.padEnd(12)} ${rule.stage.padEnd(8)} ${rule.summary}\n`;
    host.write(format === 'json' ? `${JSON.stringify(list, null, 2)}\n` : list.map(line).join(''));
    return EXIT.ok;
  },
});
