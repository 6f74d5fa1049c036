import { addDefines } from './build-settings.ts';

/** What the options of a compiler call say about macros and headers. Paths are as written. */
export interface CompilerOptions {
  readonly defines: ReadonlyMap<string, string>;
  readonly undefines: readonly string[];
  readonly includeFolders: readonly string[];
  readonly forcedIncludes: readonly string[];
}

/** Option, and whether its value stands in the same word, the next one, or either. Longer ones first. */
const OPTIONS: readonly (readonly [RegExp, 'define' | 'undefine' | 'folder' | 'header'])[] = [
  [/^-(?:isystem|iquote|idirafter|imsvc)$|^[-/](?:I|external:I)$/, 'folder'],
  [/^-include$|^[-/]FI$/, 'header'],
  [/^[-/]D$/, 'define'],
  [/^[-/]U$/, 'undefine'],
  [/^-(?:isystem|iquote|idirafter)=?(?=.)|^[-/](?:I|external:I|imsvc)(?=.)/, 'folder'],
  [/^--include=|^[-/]FI(?=.)/, 'header'],
  [/^[-/]D(?=.)/, 'define'],
  [/^[-/]U(?=.)/, 'undefine'],
];

/** Reads the options of cl, clang-cl, clang or gcc. Response files are not read. */
export function readCompilerOptions(words: readonly string[]): CompilerOptions {
  const defines = new Map<string, string>();
  const undefines: string[] = [];
  const includeFolders: string[] = [];
  const forcedIncludes: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    const found = OPTIONS.find(([pattern]) => pattern.test(word));
    if (!found) continue;
    const value = word.replace(found[0], '') || (words[++i] ?? '');
    if (value === '') continue;
    if (found[1] === 'define') addDefines(defines, [value]);
    else if (found[1] === 'undefine') {
      undefines.push(value);
      defines.delete(value);
    } else if (found[1] === 'folder') includeFolders.push(value);
    else forcedIncludes.push(value);
  }
  return { defines, undefines, includeFolders, forcedIncludes };
}

/**
 * Splits a command line. On Windows a backslash is a part of a path unless it stands before a quote; a POSIX
 * shell would take it for an escape. Which of the two it is, the caller knows best.
 */
export function splitCommand(command: string, style: 'windows' | 'posix'): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < command.length; at++) {
    const c = command[at] as string;
    const next = command[at + 1] ?? '';
    if (c === '\\' && (style === 'windows' ? next === '"' : next !== '' && quote !== "'")) {
      word = (word ?? '') + next;
      at++;
    } else if (quote !== '') {
      if (c === quote) quote = '';
      else word += c;
    } else if (c === '"' || (c === "'" && style === 'posix')) {
      quote = c;
      word ??= '';
    } else if (/\s/.test(c)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + c;
  }
  if (word !== undefined) words.push(word);
  return words;
}
