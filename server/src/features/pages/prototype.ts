import type { CallEntry, Parameter, RoleEntry } from '../../catalog/entry.ts';
import { fence } from './build.ts';

interface CParameter {
  readonly sal: string;
  readonly type: string;
  readonly name: string;
}

/** Declaration of a function of the system. */
export const callPrototype = (call: CallEntry): string =>
  fence(
    prototype(
      call.returns.type,
      call.name,
      call.parameters.map((parameter) => ({ ...parameter, sal: parameter.sal ?? salOf(parameter) })),
    ),
  );

/** What the author writes for a function of a role: the role declaration, and the definition's head. */
export const rolePrototype = (role: RoleEntry, name: string): string =>
  fence(`${role.name} ${name};\n\n${prototype(role.returns, name, role.parameters)}`);

function prototype(returns: string, name: string, parameters: readonly CParameter[]): string {
  if (parameters.length === 0) return `${returns} ${name}(void);`;
  const list = parameters.map((item) =>
    `${item.sal} ${item.type}${item.type.endsWith('*') ? '' : ' '}${item.name}`.trim(),
  );
  const [only] = list;
  return list.length === 1
    ? `${returns} ${name}(${only});`
    : `${returns} ${name}(\n    ${list.join(',\n    ')}\n);`;
}

const SAL = { in: '_In_', out: '_Out_', inout: '_Inout_' } as const;

/** Annotation of a parameter, made from what is known of it where the header's is not. */
export const salOf = ({ direction, optional }: Parameter): string =>
  `${SAL[direction]}${optional ? 'opt_' : ''}`;
