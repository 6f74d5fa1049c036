import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parseXml, type XmlElement, XmlText } from '@rgrove/parse-xml';
import { widthOf } from '../../server/src/features/map/text-width.ts';
import {
  mapAsJson,
  mapAsMermaid,
  mapAsSvg,
  mapAsText,
  mapTree,
  type MapTreeItem,
  nodesOf,
  type RegistrationMap,
} from '../../server/src/index.ts';
import { memoryAnalyzer } from '../support/analyse.ts';

/**
 * Each `NAME.c` is a driver, the files beside it say how its map is drawn: `NAME.txt`, and where they exist
 * `NAME.ascii.txt`, `NAME.mmd`, `NAME.json`, `NAME.tree`. With UPDATE=1 the files that exist are written.
 */
const FOLDER = join(process.cwd(), 'test/features/map');
const EXAMPLES = ['good', 'faulty'].flatMap((kind) =>
  readdirSync(join(process.cwd(), 'examples', kind)).map((name) =>
    join(process.cwd(), 'examples', kind, name),
  ),
);

async function mapOf(files: Record<string, string>, first: string): Promise<RegistrationMap> {
  const analyzer = await memoryAnalyzer(files);
  const map = await analyzer.registrationMap(`file:///w/${first}`);
  analyzer.dispose();
  assert.ok(map, 'there is no map');
  return map;
}

const fixture = (name: string): Promise<RegistrationMap> =>
  mapOf({ 'driver.c': readFileSync(join(FOLDER, name), 'utf8') }, 'driver.c');

function example(folder: string): Promise<RegistrationMap> {
  const names = readdirSync(folder).filter((name) => /\.[ch]$/.test(name));
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  return mapOf(files, 'driver.c');
}

const outline = (items: readonly MapTreeItem[], indent = ''): string =>
  items
    .map(
      (item) =>
        `${indent}${item.label} | ${item.description} | ${item.icon}\n${outline(item.children, `${indent}  `)}`,
    )
    .join('');

const DRAWN: Readonly<Record<string, (map: RegistrationMap) => string>> = {
  txt: (map) => mapAsText(map, { ascii: false }),
  'ascii.txt': (map) => mapAsText(map, { ascii: true }),
  mmd: mapAsMermaid,
  json: (map) =>
    `${JSON.stringify(
      mapAsJson(map, (uri) => uri.replace('file:///w/', '')),
      null,
      2,
    )}\n`,
  tree: (map) => outline(mapTree(map)),
};

describe('the registration map', () => {
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.c'))) {
    for (const [ending, draw] of Object.entries(DRAWN)) {
      const path = join(FOLDER, name.replace(/c$/, ending));
      if (!existsSync(path)) continue;
      test(`${name} as ${ending}`, async () => {
        const drawn = draw(await fixture(name));
        if (process.env['UPDATE']) writeFileSync(path, drawn);
        const expected = readFileSync(path, 'utf8');
        // The formatter lays JSON out in its own way.
        if (ending === 'json') assert.deepEqual(JSON.parse(drawn), JSON.parse(expected));
        else assert.equal(drawn, expected);
      });
    }
  }

  test('ids are there once, and stay the same when the text above changes', async () => {
    for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.c'))) {
      const text = readFileSync(join(FOLDER, name), 'utf8');
      const ids = [...nodesOf((await fixture(name)).roots)].map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length, `${name} has an id twice`);
      const moved = await mapOf({ 'driver.c': `// a line\n\n${text}` }, 'driver.c');
      assert.deepEqual(
        [...nodesOf(moved.roots)].map(({ id }) => id),
        ids,
      );
    }
  });

  test('every edge joins two things of the map', async () => {
    for (const folder of EXAMPLES) {
      const map = await example(folder);
      const ids = new Set([
        ...[...nodesOf(map.roots)].map(({ id }) => id),
        ...map.roots.flatMap(({ undos }) => undos.map(({ id }) => id)),
      ]);
      for (const { kind, from, to } of map.edges)
        assert.ok(ids.has(from) && ids.has(to), `${folder}: ${kind} from ${from} to ${to}`);
    }
  });

  test('good examples lack nothing and leave nothing', async () => {
    for (const folder of EXAMPLES.filter((path) => path.includes('good'))) {
      const bad = [...nodesOf((await example(folder)).roots)].filter(
        ({ state }) => state === 'missing' || state === 'left',
      );
      assert.deepEqual(
        bad.map(({ id }) => id),
        [],
        folder,
      );
    }
  });

  test('a handler may be defined in a file that names nothing of the catalogue', async () => {
    const states = readFileSync(join(FOLDER, 'states.c'), 'utf8');
    const definition = '/* ImElsewhere(x) { */\nint ImElsewhere(a, b) /* why\n not */ {\n return 0;\n}\n';
    const handlerOf = async (files: Record<string, string>) => {
      const map = await mapOf({ 'driver.c': states, ...files }, 'driver.c');
      return [...nodesOf(map.roots)].find(
        (node) => node.kind === 'handler' && node.member === 'BindAdapterHandlerEx',
      );
    };
    const found = await handlerOf({ 'elsewhere.c': definition });
    assert.equal(found?.state, 'good');
    assert.deepEqual([found?.place?.file, found?.place?.range.start.line], ['elsewhere.c', 1]);
    for (const other of ['int ImElsewhere(int a);\n', '// ImElsewhere() {\n', 'int x = ImElsewhere(1);\n'])
      assert.equal((await handlerOf({ 'elsewhere.c': other }))?.state, 'unknown', other);
    const twice = await handlerOf({ 'a.c': definition, 'b.c': definition });
    assert.equal(twice?.state, 'unknown', 'which of two it is cannot be told');
  });

  test('a file that is of no driver has no map', async () => {
    const analyzer = await memoryAnalyzer({ 'plain.c': 'int f(void) { return 0; }\n' });
    const map = await analyzer.registrationMap('file:///w/plain.c');
    analyzer.dispose();
    assert.deepEqual(map?.roots ?? [], []);
  });
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const inside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x - 0.5 &&
  inner.y >= outer.y - 0.5 &&
  inner.x + inner.width <= outer.x + outer.width + 0.5 &&
  inner.y + inner.height <= outer.y + outer.height + 0.5;

const apart = (a: Box, b: Box): boolean =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) =>
    child.type === 'element' ? [child as XmlElement, ...elementsOf(child as XmlElement)] : [],
  );
}

const boxOf = ({ attributes }: XmlElement): Box => ({
  x: Number(attributes['x']),
  y: Number(attributes['y']),
  width: Number(attributes['width']),
  height: Number(attributes['height']),
});

function textBox(element: XmlElement): Box {
  const { attributes, children } = element;
  const size = Number(attributes['font-size']);
  const [face] = (attributes['class'] ?? '').split(' ');
  const value = children.map((child) => (child instanceof XmlText ? child.text : '')).join('');
  const width = widthOf(value, face as 'sans' | 'bold' | 'mono', size);
  const anchor = attributes['text-anchor'];
  const x = Number(attributes['x']) - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0);
  return { x, y: Number(attributes['y']) - size * 0.8, width, height: size };
}

describe('the picture of the map', () => {
  const pictures: [string, () => Promise<RegistrationMap>][] = [
    ...readdirSync(FOLDER)
      .filter((file) => file.endsWith('.c'))
      .map((name): [string, () => Promise<RegistrationMap>] => [name, () => fixture(name)]),
    ...EXAMPLES.map((folder): [string, () => Promise<RegistrationMap>] => [
      folder.split('/').slice(-2).join('/'),
      () => example(folder),
    ]),
  ];
  for (const [name, read] of pictures) {
    test(`${name}: everything is drawn, in its place`, async () => {
      const map = await read();
      for (const theme of ['file', 'editor'] as const) {
        const { root } = parseXml(mapAsSvg(map, { theme }));
        assert.ok(root);
        const all = elementsOf(root);
        const ids = all.flatMap(({ attributes }) => attributes['data-node'] ?? []);
        assert.deepEqual(
          ids.toSorted(),
          [...nodesOf(map.roots)].map(({ id }) => id).toSorted(),
          'a thing is missing, or there twice',
        );
        const has = (element: XmlElement, word: string): boolean =>
          (element.attributes['class'] ?? '').split(' ').includes(word);
        const cards = all.filter((one) => one.name === 'rect' && has(one, 'card')).map(boxOf);
        assert.ok(cards.length > 0);
        cards.forEach((card, index) => {
          for (const other of cards.slice(index + 1)) assert.ok(apart(card, other), 'two cards overlap');
        });
        const paper = boxOf(all.find((one) => has(one, 'paper')) ?? root);
        const texts = all.filter((one) => one.name === 'text').map(textBox);
        for (const box of texts) {
          assert.ok(inside(box, paper), `a text leaves the picture: ${JSON.stringify(box)}`);
          const around = cards.filter((card) => !apart(card, box));
          assert.ok(
            around.length <= 1 && around.every((card) => inside(box, card)),
            'a text leaves its card',
          );
        }
        texts.forEach((box, index) => {
          for (const other of texts.slice(index + 1)) assert.ok(apart(box, other), 'two texts overlap');
        });
      }
    });
  }

  test('a file of its own names itself to screen readers, and needs nothing from outside', async () => {
    const svg = mapAsSvg(await fixture('failure-paths.c'), { theme: 'file' });
    assert.match(svg, /role="img" aria-labelledby="map-title map-desc"/);
    assert.match(svg, /<title id="map-title">Registration map of /);
    assert.match(svg, /<desc id="map-desc">[^<]*stays registered/);
    assert.doesNotMatch(svg, /<script|href=|url\(|@import|--vscode/);
  });

  test('in the editor each thing is an item of a tree with a name', async () => {
    const map = await fixture('failure-paths.c');
    const { root } = parseXml(mapAsSvg(map, { theme: 'editor' }));
    assert.ok(root);
    assert.equal(root.attributes['role'], 'tree');
    const items = elementsOf(root).filter(({ attributes }) => attributes['role'] === 'treeitem');
    assert.equal(items.length, [...nodesOf(map.roots)].length);
    for (const { attributes } of items) {
      assert.ok(attributes['aria-label']);
      assert.match(attributes['aria-level'] ?? '', /^[123]$/);
      assert.equal(attributes['tabindex'], '-1');
    }
  });

  test('names that XML could misread are escaped', async () => {
    const map = await fixture('failure-paths.c');
    const odd = { ...map, driver: { ...map.driver, name: '<a & "b">\u0001' } };
    const { root } = parseXml(mapAsSvg(odd, { theme: 'file' }));
    assert.match(root?.text ?? '', /<a & "b">/);
  });
});
