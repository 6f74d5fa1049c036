import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Node } from 'web-tree-sitter';
import type { SyntaxNode, SyntaxTree } from '../../server/src/syntax/parser.ts';
import { testParser } from '../support/analyse.ts';

const FIELDS = ['body', 'declarator', 'value', 'left', 'right', 'function', 'arguments', 'condition', 'type'];

const BROKEN = `
void f(int a) { if (a { g(; } return
int x[] = { 1, , 2 };
struct S { int a; ; char b
/* a comment */ void h(void) { // and another
  switch (x) { case 1: case 2 break; default: }
}
#define A(x) x
a = = b;
`;

const holdsError = (node: Node): boolean => node.isError || node.isMissing || node.children.some(holdsError);

/** All that anybody asks of a node, for it and for what is below it. */
function compare(own: SyntaxNode, theirs: Node): void {
  const at = `${theirs.type} at ${theirs.startIndex}`;
  assert.equal(own.type, theirs.type, at);
  assert.deepEqual([own.startIndex, own.endIndex], [theirs.startIndex, theirs.endIndex], at);
  assert.deepEqual(
    [own.isNamed, own.isExtra, own.isMissing, own.isError],
    [theirs.isNamed, theirs.isExtra, theirs.isMissing, theirs.isError],
    at,
  );
  // The parser calls some errors at the end of the text harmless; here every error counts.
  assert.equal(own.hasError, theirs.hasError || holdsError(theirs), at);
  const span = (node: SyntaxNode | Node | null) => node && `${node.type} ${node.startIndex} ${node.endIndex}`;
  assert.deepEqual(own.namedChildren.map(span), theirs.namedChildren.map(span), at);
  for (const name of FIELDS) {
    assert.equal(span(own.childForFieldName(name)), span(theirs.childForFieldName(name)), `${name} of ${at}`);
    assert.deepEqual(
      own.childrenForFieldName(name).map(span),
      theirs.childrenForFieldName(name).map(span),
      `${name} of ${at}`,
    );
  }
  assert.equal(own.children.length, theirs.childCount, at);
  theirs.children.forEach((child, index) => {
    const mine = own.child(index);
    assert.ok(mine && child);
    assert.equal(mine.parent, own);
    compare(mine, child);
  });
}

const same = (tree: SyntaxTree): void => compare(tree.root, tree.raw.rootNode);

describe('trees as plain objects', () => {
  test('are those of the parser', async () => {
    const parser = await testParser();
    const folder = join(process.cwd(), 'examples');
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (path.endsWith('.c')) parser.withTree(readFileSync(join(folder, path), 'utf8'), same);
    }
  });

  test('are those of the parser in broken code', async () => {
    const parser = await testParser();
    // Every cut breaks it elsewhere.
    for (let end = 1; end <= BROKEN.length; end += 3) parser.withTree(BROKEN.slice(0, end), same);
  });

  test('are those of the parser after an edit', async () => {
    const parser = await testParser();
    const before = parser.parse(BROKEN);
    assert.ok(before.root.hasError);
    const after = parser.parse(BROKEN.replace('a {', 'a) {'), before);
    same(after);
    same(before);
    before.delete();
    after.delete();
  });

  test('outlive the tree, but for bodies that nobody looked into', async () => {
    const parser = await testParser();
    const root = parser.withTree('int f(void) { return 1; }', (tree) => tree.root);
    const body = root.namedChildren[0]?.childForFieldName('body');
    assert.equal(body?.type, 'compound_statement');
    assert.throws(() => body?.children, /deleted/);
  });

  test('outlive their tree once bodies are read, also one in another', async () => {
    const parser = await testParser();
    const root = parser.withTree('void f(void) { int g(void) { return h(1); } }\n', (tree) => {
      tree.readBodies();
      return tree.root;
    });
    const types: string[] = [];
    const visit = (node: SyntaxNode): void => {
      types.push(node.type);
      node.children.forEach(visit);
    };
    visit(root);
    assert.equal(types.filter((type) => type === 'function_definition').length, 2);
    assert.ok(types.includes('call_expression'));
  });
});
