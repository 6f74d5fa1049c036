import type { OperatorResult } from './run.ts';

/** One line per operator: how many mutants there are and how many of them the analyzer finds. */
export function table(results: readonly OperatorResult[]): string {
  const rows = results.map(({ operator, mutants }) => {
    const found = mutants.filter(({ rules }) => rules.length > 0).length;
    const rules = [...new Set(mutants.flatMap((mutant) => mutant.rules))].toSorted();
    return mutants.length === 0
      ? [operator.name, 'no mutants', '', '', '']
      : [
          operator.name,
          String(mutants.length),
          String(found),
          percent(found, mutants.length),
          rules.join(', '),
        ];
  });
  const all = results.flatMap(({ mutants }) => mutants);
  const found = all.filter(({ rules }) => rules.length > 0).length;
  const lines = [
    ['operator', 'mutants', 'found', '', 'by'],
    ...rows,
    ['all', String(all.length), String(found), percent(found, all.length), ''],
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column === 0 || column > 3 || cell === 'no mutants'
            ? cell.padEnd(width)
            : cell.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '' : `${Math.floor((100 * part) / whole)}%`;

/** Mutants that no rule reports, by operator, one line each. */
export function survivors(results: readonly OperatorResult[]): string {
  return results
    .flatMap(({ operator, mutants }) => {
      const left = mutants.filter(({ rules }) => rules.length === 0);
      if (left.length === 0) return [];
      return [
        operator.name,
        ...left.map(
          ({ driver, file, line, what, failure }) =>
            `  ${driver}/${file}:${line}: ${what}${failure === undefined ? '' : ` (${failure})`}`,
        ),
      ];
    })
    .join('\n');
}

/** The results as JSON, without the texts. */
export function json(results: readonly OperatorResult[]): string {
  const data = results.map(({ operator, mutants }) => ({
    operator: operator.name,
    summary: operator.summary,
    mutants: mutants.length,
    found: mutants.filter(({ rules }) => rules.length > 0).length,
    results: mutants.map(({ driver, file, line, what, rules, failure }) => ({
      driver,
      file,
      line,
      what,
      rules,
      ...(failure === undefined ? {} : { failure }),
    })),
  }));
  return `${JSON.stringify(data, null, 2)}\n`;
}
