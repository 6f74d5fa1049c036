import type { Operator } from '../mutant.ts';
import { CALLS } from './calls.ts';
import { FUNCTIONS } from './functions.ts';
import { HEADER } from './header.ts';
import { ORDER } from './order.ts';
import { STATUS } from './status.ts';
import { TABLES } from './tables.ts';
import { UNDO } from './undo.ts';
import { VALUES } from './values.ts';

/** Every mistake the tool can make, by subject. */
export const OPERATORS: readonly Operator[] = [
  ...TABLES,
  ...VALUES,
  ...HEADER,
  ...UNDO,
  ...STATUS,
  ...ORDER,
  ...CALLS,
  ...FUNCTIONS,
];
