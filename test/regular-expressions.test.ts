import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { transformSync } from 'esbuild';
import { testCatalog } from './support/catalog.ts';

/**
 * Every text that the server reads may be made by somebody who wants it to hang, and every text somebody types may be
 * half finished. So no regular expression may need more than linear time; an automaton proves it for each.
 */

interface Expression {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

interface Tools {
  readonly parse: (code: string) => Node;
  readonly check: (source: string, flags: string) => { status: string; complexity?: { summary: string } };
}

/** What cannot be proven, each with the reason why it may stay. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  // Texts that this repository brings.
  '^(\\s*)(?:[-*+]|(\\d+)[.)]) +(.*)$': 'reads lines of our own pages, never a text of the user',
  '(``.+?``|`[^`]*`|\\]\\(\\S+?\\))': 'reads paragraphs of our own pages, never a text of the user',
  '^.*?Ndis\\w*Register\\w*Driver\\(.*?&': 'reads our own example, never a text of the user',
  '^```[^]*?^```$': 'reads our own pages, never a text of the user',
  '(?<!\\\\)\\$\\{(\\d+)(?:([:|])((?:\\\\.|[^\\\\}])*))?\\}':
    'reads our own snippets, never a text of the user',
  '(?<!\\\\)\\$\\d+': 'reads our own snippets, never a text of the user',
  // Bounded in length.
  '^[ \\t]*(?:(?:const|static|struct|volatile|register)\\s+)*[A-Za-z_]\\w*(?:\\s*\\*+\\s*|\\s+)\\w+(?:\\[\\w*\\])*(?:\\s*=[^;{}]*)?(?:,[^;(){}]*)?;[ \\t]*(?:\\/\\/.*|\\/\\*.*\\*\\/[ \\t]*)?$':
    'reads lines of at most DECLARATION_LIMIT characters',
  '^(?:[A-Za-z_][\\w \\t*]{0,200}[ \\t*])?([A-Za-z_]\\w*)[ \\t]*\\(':
    'starts at line starts only, and what it takes back has at most 200 characters; the automaton of a counted repetition is too large to be searched',
  '<Import\\s[^>]{0,500}?\\bProject\\s*=\\s*"([^"]*)"':
    'looks at most 500 characters ahead from each tag; see above',
  '<(?:ClCompile|ClInclude)\\s[^>]{0,500}?\\bInclude\\s*=\\s*"([^"]*)"':
    'looks at most 500 characters ahead from each tag; see above',
  // With look-around, which is not supported, and small enough to be read.
  '(?<=[;{}]\\s*)(\\w+)\\s+name\\s*(?:=\\s*\\w+\\s*)?;':
    'looks back over the blanks in front of a word, which no other word shares',
  '(?<![\\w.>])name\\s*=(?!=)\\s*(\\w+)\\s*;': 'each name is looked at once, with the blanks behind it',
  '(?<![\\w.>])name\\s*=(?!=)': 'each name is looked at once, with the blanks behind it',
  '(?<![\\w.>])(\\w+)\\s*=\\s*name\\s*\\(': 'each word is looked at once, with the blanks behind it',
  // Beyond the checker, and small enough to be read.
  '^[a-z][a-z0-9+.-]+:(?:\\/\\/[^/]*(?=\\/)|(?=\\/(?!\\/)))':
    'anchored, one character class after the other with no choice between them; look-ahead is not supported',
  '\\\\[^]|\\/\\/(?:\\\\\\r?\\n|[^\\r\\n])*|\\/\\*(?:[^*]|\\*+[^*/])*(?:\\*+\\/)?|"(?:\\\\.|[^"\\\\\\r\\n])*"|\'(?:\\\\.|[^\'\\\\\\r\\n])*\'|^[ \\t]*#(?:\\\\\\r?\\n|[^\\r\\n])*':
    'each alternative starts with a character of its own; comments and directives cannot fail, and escapes are taken whole, so that a quote without an end is tried once a line; too large to be searched',
  '\\b(?:_IRQL_\\w+|_Function_class_|__drv_\\w+|_Dispatch_type_|__declspec)\\s*\\(':
    'words in front of a bracket: a word and the blanks behind it are looked at once; too large to be searched',
};

/** Expressions that are made while the program runs, by the code that makes them. */
const MADE: Readonly<Record<string, string | ((catalog: ReturnType<typeof testCatalog>) => string[])>> = {
  'idioms.statuses.failure': ({ idioms }) => [idioms.statuses.failure],
  'idioms.statusConversions': 'patterns of the catalogue for names of at most NAME_LIMIT characters',
  'idioms.kernelFunctions': ({ idioms }) => [idioms.kernelFunctions],
  'catalog.idioms.kernelFunctions': ({ idioms }) => [idioms.kernelFunctions],
  'patterns.join("|")': 'patterns of the catalogue for names of at most NAME_LIMIT characters',
  'writes(variable)': 'the expression that writes() makes, which is found there',
  // Both are given to count(), which makes the expression.
  pattern: () => ['[!=]=\\s*name\\b|\\bname\\s*[!=]=', '\\bname\\s*\\('],
  functions: 'patterns of the scaffolds for names of functions that they write themselves',
  'context.catalog.idioms.sharedState': ({ idioms }) => [idioms.sharedState],
};

const root = process.cwd();
const require = createRequire(join(root, 'package.json'));

/** Undefined where the packages are not installed yet; in continuous integration they are. */
function loadTools(): Tools | undefined {
  try {
    const acorn = require('acorn') as {
      parse: (code: string, options: { ecmaVersion: string; sourceType: string }) => Node;
    };
    const recheck = require('recheck') as {
      checkSync: (source: string, flags: string, options: object) => ReturnType<Tools['check']>;
    };
    return {
      parse: (code) => acorn.parse(code, { ecmaVersion: 'latest', sourceType: 'module' }),
      check: (source, flags) =>
        recheck.checkSync(source, flags.replace(/[dg]/g, ''), { checker: 'automaton', timeout: 60_000 }),
    };
  } catch (error) {
    if (process.env['CI']) throw error;
    return undefined;
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === 'object' && typeof child.type === 'string') {
        yield* nodesOf(child as Node);
      }
    }
  }
}

const isRegExp = ({ type, callee }: Node): boolean =>
  (type === 'NewExpression' || type === 'CallExpression') && (callee as Node).name === 'RegExp';

/** All expressions of a file: literals, and what is made of strings, with `name` for what is filled in. */
function expressionsOf(file: string, { parse }: Tools, made: string[]): Expression[] {
  const { code } = transformSync(readFileSync(join(root, file), 'utf8'), { loader: 'ts', target: 'esnext' });
  return [...nodesOf(parse(code))].flatMap((node) => {
    if (node.type === 'Literal' && node['regex'] !== undefined) {
      const { pattern, flags } = node['regex'] as { pattern: string; flags: string };
      return [{ file, source: pattern, flags }];
    }
    if (!isRegExp(node)) return [];
    const [first, second] = node['arguments'] as readonly (Node & { start: number; end: number })[];
    if (!first) return [];
    const flags = second?.type === 'Literal' ? String(second['value']) : '';
    if (first.type === 'Literal') return [{ file, source: String(first['value']), flags }];
    if (first.type === 'TemplateLiteral') {
      const parts = first['quasis'] as readonly { value: { cooked: string } }[];
      return [{ file, source: parts.map(({ value }) => value.cooked).join('name'), flags }];
    }
    made.push(`${file}: ${code.slice(first.start, first.end)}`);
    return [];
  });
}

const tools = loadTools();

describe(
  'regular expressions',
  { skip: tools === undefined && 'recheck and acorn are not installed' },
  () => {
    const made: string[] = [];
    const all = tools
      ? ['server/src', 'client/src'].flatMap(filesBelow).flatMap((file) => expressionsOf(file, tools, made))
      : [];
    const catalog = testCatalog();

    test('all of them are found', () => {
      const text = readFileSync(join(root, 'server/src/text/uri.ts'), 'utf8');
      assert.ok(text.includes('const BEFORE_PATH = /'));
      assert.ok(
        all.some(({ source, file }) => file.endsWith('/uri.ts') && source.startsWith('^[a-z][a-z0-9+.-]+:')),
      );
      assert.ok(all.length > 400, String(all.length));
    });

    test('what is made while the program runs is known', () => {
      const unknown = made.filter((one) => !((one.split(': ')[1] ?? '') in MADE));
      assert.deepEqual(unknown, [], 'say in MADE what these are made of');
    });

    test('each needs linear time', () => {
      const fromCatalog = Object.values(MADE).flatMap((of) =>
        typeof of === 'string' ? [] : of(catalog).map((source) => ({ file: 'catalogue', source, flags: '' })),
      );
      const seen = new Set<string>();
      const slow: string[] = [];
      for (const { file, source, flags } of [...all, ...fromCatalog]) {
        const key = `/${source}/${flags}`;
        if (seen.has(key) || source in EXCEPTIONS) continue;
        seen.add(key);
        const answer = tools?.check(source, flags);
        if (answer?.status !== 'safe')
          slow.push(`${file}: ${key} is ${answer?.complexity?.summary ?? 'not proven'}`);
      }
      assert.deepEqual(slow, []);
    });

    test('the proof sees what is slow', () => {
      for (const source of ['(a+)+$', '\\s*\\*$', '\\[.*\\]$', '"(?:[^"\\\\]|\\\\.)*"']) {
        assert.equal(tools?.check(source, '').status, 'vulnerable', source);
      }
    });

    test('no exception outlives its expression', () => {
      const sources = new Set(all.map(({ source }) => source));
      assert.deepEqual(
        Object.keys(EXCEPTIONS).filter((source) => !sources.has(source)),
        [],
      );
    });
  },
);
