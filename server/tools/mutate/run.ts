import { memoryAnalyzer } from '../../../test/support/analyse.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { UNUSED_SUPPRESSION } from '../../src/features/diagnostics.ts';
import type { SyntaxParser } from '../../src/syntax/parser.ts';
import type { DriverText } from './driver-text.ts';
import { Driver } from './model/driver.ts';
import { applyMutant, isWellFormed } from './apply.ts';
import type { Mutant, Operator } from './mutant.ts';

/** A finding as the tool counts it: lines that the mutation moved do not make another one of it. */
export interface Count {
  readonly key: string;
  readonly rule: string;
  readonly text: string;
}

export interface MutantResult {
  readonly driver: string;
  readonly file: string;
  readonly line: number;
  readonly what: string;
  /** Rules that report something that the unmutated driver does not have. */
  readonly rules: readonly string[];
  /** The text with the mistake, for who wants to look at it. */
  readonly text: string;
  /** The analyzer broke on it. */
  readonly failure?: string;
}

export interface OperatorResult {
  readonly operator: Operator;
  readonly mutants: readonly MutantResult[];
}

/** All findings of a driver's files, in every file that can be analysed. Rejects when the analyzer breaks. */
export async function findingsOf({ files, projects = new Map() }: DriverText): Promise<Count[]> {
  const analyzer = await memoryAnalyzer(Object.fromEntries([...projects, ...files]));
  try {
    const counts: Count[] = [];
    for (const name of files.keys()) {
      const diagnosis = await analyzer.diagnose(`file:///w/${name}`);
      for (const { rule, message, severity } of diagnosis?.findings ?? []) {
        if (rule === UNUSED_SUPPRESSION) continue;
        counts.push({
          key: `${rule} ${message.replace(/\bline \d+/g, 'line')}`,
          rule,
          text: `${name}: ${severity} ${rule}: ${message}`,
        });
      }
    }
    return counts;
  } finally {
    analyzer.dispose();
  }
}

/** Rules of the findings that `before` does not have; one that is there twice now is none. */
function newRules(now: readonly Count[], before: readonly Count[]): string[] {
  const known = new Set(before.map(({ key }) => key));
  return [...new Set(now.filter(({ key }) => !known.has(key)).map(({ rule }) => rule))].toSorted();
}

/** The mutants of one driver that are worth analysing: they parse, and each text is there once. */
export function* validMutants(
  operator: Operator,
  driver: Driver,
  parser: SyntaxParser,
): Generator<{ mutant: Mutant; text: string }> {
  const seen = new Set<string>();
  for (const mutant of operator.mutants(driver)) {
    const text = applyMutant(mutant);
    if (text === undefined || text === mutant.unit.text || seen.has(`${mutant.unit.name}\n${text}`)) continue;
    seen.add(`${mutant.unit.name}\n${text}`);
    if (isWellFormed(mutant, text, driver.catalog, parser)) yield { mutant, text };
  }
}

/** Applies the operators to one driver and analyses every mutant. `tell` is called before each. */
export async function mutateDriver(
  input: DriverText,
  before: readonly Count[],
  operators: readonly Operator[],
  tools: { readonly catalog: Catalog; readonly parser: SyntaxParser },
  tell: (operator: Operator) => void,
): Promise<OperatorResult[]> {
  const driver = new Driver(input, tools.catalog, tools.parser);
  try {
    const results: OperatorResult[] = [];
    for (const operator of operators) {
      const mutants: MutantResult[] = [];
      for (const { mutant, text } of validMutants(operator, driver, tools.parser)) {
        tell(operator);
        const { unit, at, what } = mutant;
        const place = {
          driver: input.name,
          file: unit.name,
          line: unit.source.lines.positionAt(at).line + 1,
          what,
          text,
        };
        try {
          const now = await findingsOf({ ...input, files: new Map([...input.files, [unit.name, text]]) });
          mutants.push({ ...place, rules: newRules(now, before) });
        } catch (error) {
          mutants.push({ ...place, rules: [], failure: String(error) });
        }
      }
      results.push({ operator, mutants });
    }
    return results;
  } finally {
    driver.dispose();
  }
}
