import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A fixture is a C file that a driver author can read. Findings are marked below the line they are on:
 *
 *     return NdisMRegisterMiniportDriver(driver, path, NULL, &chars, &handle);
 *     //                                                     ^^^^^^ error missing-required-handler: 'PauseHandler'
 *
 * Severity and rule id are exact, the text behind the colon is a part of the message (or of its help), and
 * every finding must be marked. `^|` marks an empty range; a mark that cannot reach column 0 or 1 starts with
 * `//<` for column 0. The marks are removed before the text is analysed.
 *
 * `//- name.h define=NDIS630=1 rule=size-not-versioned=hint` starts a file of its own (the first is
 * `driver.c`) and may carry settings. `// example: caption` as first line makes the fixture an example of
 * the rule's page. `name.fixed.c` is the text after the first fix of every finding of the folder's rule.
 */
export interface Fixture {
  readonly name: string;
  readonly path: string;
  readonly files: Readonly<Record<string, string>>;
  readonly main: string;
  readonly marks: readonly Mark[];
  readonly settings: {
    readonly defines: readonly string[];
    readonly rules: Readonly<Record<string, string>>;
  };
  readonly caption: string | undefined;
  readonly fixed: string | undefined;
}

export interface Mark {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly severity: string;
  readonly rule: string;
  readonly message: string;
}

const MARK = /^(\s*)\/\/(<?\s*)(\^+\|?)\s*(error|warning|information|hint) ([a-z0-9-]+)(?::\s*(.*))?$/;

/** All fixtures of a folder, sorted by name. */
export function readFixtures(folder: string): Fixture[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory()
        ? readFixtures(join(folder, entry.name))
        : /(?<!\.fixed)\.(?:c|cpp)$/.test(entry.name)
          ? [readFixture(join(folder, entry.name))]
          : [],
    )
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Reads one fixture. Throws when a mark has no line above it. */
export function readFixture(path: string): Fixture {
  const fixedPath = path.replace(/\.(c|cpp)$/, '.fixed.$1');
  const fixture = parseFixture(readFileSync(path, 'utf8'), path);
  return { ...fixture, fixed: existsSync(fixedPath) ? readFileSync(fixedPath, 'utf8') : undefined };
}

export function parseFixture(source: string, path: string): Fixture {
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  const lines = source.split(eol);
  const caption = /^\/\/ example: (.*)$/.exec(lines[0] ?? '')?.[1];
  if (caption !== undefined) lines.shift();
  const files: Record<string, string[]> = {};
  const marks: Mark[] = [];
  const defines: string[] = [];
  const rules: Record<string, string> = {};
  let current = path.endsWith('.cpp') ? 'driver.cpp' : 'driver.c';
  let main: string | undefined;
  lines.forEach((line, index) => {
    const header = /^\/\/- (\S+)(.*)$/.exec(line);
    if (header?.[1]) {
      current = header[1];
      for (const [, key, value = ''] of (header[2] ?? '').matchAll(/(define|rule)=(\S+)/g)) {
        if (key === 'define') defines.push(value);
        else rules[value.split('=')[0] ?? ''] = value.split('=')[1] ?? '';
      }
      files[current] = [];
      if (/\.(?:c|cpp)$/.test(current)) main ??= current;
      return;
    }
    const content = (files[current] ??= []);
    const mark = MARK.exec(line);
    if (mark?.[3] && mark[4] && mark[5]) {
      if (content.length === 0) throw new Error(`${path}:${index + 1}: a mark needs a line above it`);
      const lead = mark[2]?.startsWith('<') ? 0 : line.indexOf('^');
      const empty = mark[3].endsWith('|');
      marks.push({
        file: current,
        line: content.length - 1,
        start: lead,
        end: empty ? lead : lead + mark[3].length,
        severity: mark[4],
        rule: mark[5],
        message: mark[6] ?? '',
      });
      return;
    }
    content.push(line);
  });
  return {
    name: path.replace(/^.*[\\/]test[\\/]/, '').replaceAll('\\', '/'),
    path,
    files: Object.fromEntries(Object.entries(files).map(([name, content]) => [name, content.join(eol)])),
    main: main ?? current,
    marks,
    settings: { defines, rules },
    caption,
    fixed: undefined,
  };
}
