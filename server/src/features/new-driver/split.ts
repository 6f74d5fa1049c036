/** A file of a new driver. */
export interface SourceFile {
  readonly name: string;
  readonly lines: readonly string[];
}

/** Which functions a file gets: those whose name, without the driver's, the pattern finds; the first file wins. */
export interface Part {
  readonly file: string;
  readonly functions: string;
}

/** The parts that a scaffold consists of, in its order. */
interface Pieces {
  /** Comment about the build. */
  readonly note: readonly string[];
  readonly includes: readonly string[];
  /** Role declarations, with their linkage. */
  readonly declarations: readonly string[];
  /** Functions with the section they are placed in. */
  readonly placements: ReadonlyMap<string, string>;
  readonly types: readonly string[];
  readonly variables: readonly string[];
  readonly functions: readonly { readonly name: string; readonly lines: readonly string[] }[];
}

export const HEADER = 'precomp.h';
export const MAIN = 'driver.c';

/** The driver in several files: what they share in a header, the way in and out in one, the rest by `parts`. */
export function splitSource(text: string, name: string, title: string, parts: readonly Part[]): SourceFile[] {
  const pieces = takeApart(text);
  const fileOf = (fn: string): string => {
    const own = fn.startsWith(name) ? fn.slice(name.length) : '';
    if (own === '' || /^\w*Unload$/.test(own)) return MAIN;
    // What is no handler uses the variables of the file with the entry point.
    if (!pieces.declarations.some((line) => line.endsWith(` ${fn};`))) return MAIN;
    return parts.find(({ functions }) => new RegExp(functions).test(own))?.file ?? MAIN;
  };
  const helpers = pieces.functions.filter(
    ({ name: fn }) => fn.startsWith(name) && !pieces.declarations.some((line) => line.endsWith(` ${fn};`)),
  );
  const header = joined([
    [`// What the files of ${name} share.`, ...pieces.note],
    ['#pragma once'],
    pieces.includes,
    pieces.types,
    pieces.declarations,
    helpers.map(({ lines }) => `${lines.find((line) => line.includes('(')) ?? ''};`),
  ]);
  const source = (file: string, first: string): SourceFile => {
    const functions = pieces.functions.filter((fn) => fileOf(fn.name) === file);
    const placed = functions.flatMap((fn) => {
      const section = pieces.placements.get(fn.name);
      return section === undefined ? [] : [`#pragma alloc_text(${section}, ${fn.name})`];
    });
    return {
      name: file,
      lines: joined([
        [first],
        [`#include "${HEADER}"`],
        placed.length === 0 ? [] : ['#ifdef ALLOC_PRAGMA', ...placed, '#endif'],
        file === MAIN ? pieces.variables : [],
        ...functions.map(({ lines }) => lines),
      ]),
    };
  };
  return [
    source(MAIN, `// ${title}: how it is loaded and unloaded.`),
    ...parts.map(({ file }) => source(file, `// ${title}: what the system calls.`)),
    { name: HEADER, lines: header },
  ];
}

const joined = (blocks: readonly (readonly string[])[]): string[] =>
  blocks.filter((block) => block.length > 0).flatMap((block, i) => (i === 0 ? block : ['', ...block]));

/** Scaffolds have one form, which the generator gives them and a test holds them to. */
function takeApart(text: string): Pieces {
  const blocks = text.trim().split(/\n\n(?=\S)/);
  const note: string[] = [];
  const includes: string[] = [];
  const declarations: string[] = [];
  const placements = new Map<string, string>();
  const types: string[] = [];
  const variables: string[] = [];
  const functions: { name: string; lines: string[] }[] = [];
  let inDeclarations = false;
  let open: string[] | undefined;
  for (const block of blocks) {
    const lines = block.split('\n');
    if (open) {
      open.push('', ...lines);
      if (lines.at(-1) === '}') open = undefined;
    } else if (lines.some((line) => line.startsWith('#include'))) {
      note.push(...lines.filter((line) => line.startsWith('//')));
      includes.push(...lines.filter((line) => line.startsWith('#include')));
    } else if (lines[0] === '#ifdef __cplusplus') {
      inDeclarations = !inDeclarations;
      declarations.push(...(declarations.length > 0 ? [''] : []), ...lines);
    } else if (inDeclarations) declarations.push('', ...lines);
    else if (lines[0] === '#ifdef ALLOC_PRAGMA') {
      for (const line of lines) {
        const match = /alloc_text\((\w+), (\w+)\)/.exec(line);
        if (match?.[1] !== undefined && match[2] !== undefined) placements.set(match[2], match[1]);
      }
    } else if (lines[0]?.startsWith('typedef')) types.push(...lines);
    else if (lines.every((line) => line.startsWith('static '))) variables.push(...lines);
    else {
      const name = lines
        .map((line) => /^[A-Z][\w ]* (\w+)\(/.exec(line)?.[1])
        .find((found) => found !== undefined);
      functions.push({ name: name ?? '', lines });
      if (lines.at(-1) !== '}') open = lines;
    }
  }
  return { note, includes, declarations, placements, types, variables, functions };
}
