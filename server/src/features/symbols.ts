import type { TextRange } from '../text/range.ts';
import type { DriverView } from './code-lens.ts';
import { registrationsOf, titleOf } from './seeing/registrations.ts';

/** A registration or a part of one, in an outline. */
export interface RegistrationSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'registration' | 'handler' | 'value';
  /** Everything that belongs to it. */
  readonly range: TextRange;
  /** What to select; lies in `range`. */
  readonly selection: TextRange;
  readonly children: readonly RegistrationSymbol[];
}

/**
 * The registrations of a file with the members that they set. C tools list functions and variables: none of these is
 * repeated.
 */
export function registrationSymbols({ facts, driver, catalog }: DriverView): RegistrationSymbol[] {
  return registrationsOf(driver, catalog)
    .all.filter(({ file }) => file === facts)
    .map((one) => {
      const { call, tables } = one;
      const children = tables.flatMap(({ table, structure }) =>
        table.writes
          .filter(({ inHelper, form }) => !inHelper && form !== 'copied')
          .map((write): RegistrationSymbol => {
            const isHandler = structure.members.some(
              ({ name, role }) => name === write.slot && role !== undefined,
            );
            const range = around(write.target, write.range);
            return {
              name: write.slot,
              detail: write.text.replace(/\s+/g, ' '),
              kind: isHandler ? 'handler' : 'value',
              range,
              selection: write.target,
              children: [],
            };
          }),
      );
      const range = children.reduce((all, child) => around(all, child.range), call.range);
      return {
        name: titleOf(one, catalog),
        detail: call.name,
        kind: 'registration',
        range,
        selection: call.nameRange,
        children: children.toSorted((a, b) => a.range.start - b.range.start),
      };
    });
}

const around = (a: TextRange, b: TextRange): TextRange => ({
  start: Math.min(a.start, b.start),
  end: Math.max(a.end, b.end),
});
