import type { Command } from '../command.ts';
import { check } from './check.ts';
import { explainCommand } from './explain.ts';
import { lsp } from './lsp.ts';
import { map } from './map.ts';
import { newCommand } from './new.ts';
import { rules } from './rules.ts';

/** The commands of `driverentry`, in the order of its help. */
export const COMMANDS: readonly Command[] = [check, explainCommand, map, newCommand, rules, lsp];
