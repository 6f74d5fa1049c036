import type { Directives } from './directives.ts';
import type { SyntaxTree } from './parser.ts';

/** The code is nested deeper than anybody writes; who walks its tree would be slow, or run out of stack. */
export class NestedTooDeeply extends Error {
  override readonly name = 'NestedTooDeeply';
}

/** Levels of a tree. An `else if` is two, an operator one. */
const TREE_LIMIT = 2000;
/** Levels of `#if`. */
const DIRECTIVE_LIMIT = 250;

/** Throws NestedTooDeeply when a text has too many levels of `#if`. */
export function checkDirectives({ conditionals }: Directives): void {
  const depths: number[] = [];
  for (const { parent } of conditionals) {
    // What is around a group comes before it.
    const depth = parent === undefined ? 1 : (depths[parent.group] ?? 0) + 1;
    if (depth > DIRECTIVE_LIMIT) throw new NestedTooDeeply();
    depths.push(depth);
  }
}

/** Throws NestedTooDeeply when a tree has too many levels. To be asked for texts that may be deep only. */
export function checkTree(tree: SyntaxTree): void {
  const cursor = tree.raw.walk();
  try {
    for (let depth = 0; ;) {
      if (cursor.gotoFirstChild()) {
        if (++depth > TREE_LIMIT) throw new NestedTooDeeply();
        continue;
      }
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return;
        depth--;
      }
    }
  } finally {
    cursor.delete();
  }
}

/**
 * Nearly every text shows by its characters that it cannot have that many levels: a level needs a bracket, a keyword or
 * an operator of its own, so a statement with few characters has few.
 */
export function mayBeDeep(masked: string): boolean {
  if (!isLongOrNested(masked)) return false;
  let braces = 0;
  let length = 0;
  for (let at = 0; at < masked.length; at++) {
    const code = masked.charCodeAt(at);
    if (code === OPEN) {
      if (++braces > SUSPICIOUS) return true;
      length = 0;
    } else if (code === CLOSE) {
      braces = Math.max(0, braces - 1);
      length = 0;
    } else if (code === SEMICOLON) length = 0;
    else if (code > SPACE && ++length > SUSPICIOUS * 4) return true;
  }
  const elses = masked.match(/\belse\b|\bfor\b/g);
  return elses !== null && elses.length > SUSPICIOUS;
}

/** A guess that costs little: what it denies is certain. */
function isLongOrNested(masked: string): boolean {
  if (masked.length <= SUSPICIOUS) return false;
  const LONGEST = SUSPICIOUS * 4;
  // Every stretch of that length has the end of a statement in it.
  for (let at = 0; at + LONGEST < masked.length;) {
    const end = masked.lastIndexOf(';', at + LONGEST);
    if (end <= at) return true;
    at = end;
  }
  const count = (text: string): number => {
    let times = 0;
    for (let at = masked.indexOf(text); at >= 0; at = masked.indexOf(text, at + 1)) times++;
    return times;
  };
  return count('{') > SUSPICIOUS || count('else') + count('for') > SUSPICIOUS;
}

const SUSPICIOUS = TREE_LIMIT / 4;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const SEMICOLON = 0x3b;
const SPACE = 0x20;
