import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { clientTexts, type Texts } from '../server/tools/texts.ts';
import { SETTINGS, type SettingSchema } from '../server/src/workspace/settings.ts';

const read = (path: string): unknown => JSON.parse(readFileSync(join(process.cwd(), path), 'utf8'));
const manifest = read('package.json') as { contributes: Record<string, unknown> } & Record<string, unknown>;
const english = read('package.nls.json') as Texts;

/** Names of manifest properties that people read. `category` is the product's name, which is not translated. */
const SHOWN = new Set([
  'title',
  'shortTitle',
  'label',
  'description',
  'markdownDescription',
  'deprecationMessage',
  'markdownDeprecationMessage',
  'contextualTitle',
  'accessibilityHelpContent',
  'altText',
]);
/** The same, where the value is a list. */
const SHOWN_LISTS = new Set(['enumDescriptions', 'markdownEnumDescriptions', 'enumItemLabels']);

/** Every text of the manifest that people read, with where it stands. */
function* shownTexts(value: unknown, path: string): Generator<[path: string, text: string]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, child] of Object.entries(value)) {
    const at = `${path}.${name}`;
    if (typeof child === 'string' && (SHOWN.has(name) || isViewName(path, name))) yield [at, child];
    else if (Array.isArray(child) && SHOWN_LISTS.has(name)) {
      for (const [index, text] of child.entries()) yield [`${at}[${index}]`, String(text)];
    } else yield* shownTexts(child, at);
  }
}
const isViewName = (path: string, name: string) => name === 'name' && path.startsWith('contributes.views');

const keyOf = (text: string): string | undefined => /^%([^%]+)%$/.exec(text)?.[1];
const manifestKeys = (): Set<string> =>
  new Set(Array.from(JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g), ([, key]) => key ?? ''));

/** `{0}` and its like, which a translation must keep. */
const places = (text: string): string[] => (text.match(/\{\d+\}/g) ?? []).toSorted();

describe('texts that people read', () => {
  test('the manifest has keys in place of texts', () => {
    const texts = [
      ...shownTexts(manifest.contributes, 'contributes'),
      ['description', String(manifest['description'])] as const,
    ];
    assert.ok(texts.length > 10);
    const plain = texts.filter(([, text]) => keyOf(text) === undefined);
    assert.deepEqual(plain, [], 'write "%some.key%" and the text into package.nls.json');
  });

  test('each key of the manifest has a text, and each text is used', () => {
    assert.deepEqual([...manifestKeys()].toSorted(), Object.keys(english).toSorted());
  });

  test('each value of a setting to choose from is described', () => {
    for (const [name, setting] of Object.entries<SettingSchema>(SETTINGS)) {
      if (setting.choices) assert.deepEqual(Object.keys(setting.choices), setting.enum, name);
    }
  });

  test('what the client says goes through l10n.t', () => {
    const calls =
      /\b(show(?:Information|Warning|Error)Message|placeHolder:|prompt:|title:|detail =)\(?\s*['"`](?!DriverEntry: \$)/;
    const folder = join(process.cwd(), 'client/src');
    const plain = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) =>
        calls.test(readFileSync(join(folder, name), 'utf8')) ? [`client/src/${name}`] : [],
      );
    assert.deepEqual(plain, []);
  });

  test('the texts of l10n.t are found, whatever their quotes', () => {
    const source = `vscode.l10n.t('it\\'s {0}', a); l10n.t(\n  "say 'no'",\n)`;
    assert.deepEqual(Object.keys(clientTexts(new Map([['a.ts', source]]))), ["it's {0}", "say 'no'"]);
    assert.throws(() => clientTexts(new Map([['a.ts', '\nl10n.t(`${a}`)']])), /a\.ts:2: l10n\.t takes/);
  });

  const languages = readdirSync(process.cwd())
    .map((name) => /^package\.nls\.([\w-]+)\.json$/.exec(name)?.[1])
    .filter((language) => language !== undefined);
  for (const language of languages) {
    for (const [base, path] of [
      ['package.nls.json', `package.nls.${language}.json`],
      ['l10n/bundle.l10n.json', `l10n/bundle.l10n.${language}.json`],
    ] as const) {
      test(`${path} translates everything, and nothing else`, () => {
        assert.ok(existsSync(join(process.cwd(), path)));
        const texts = read(base) as Texts;
        const translated = read(path) as Texts;
        const missing = Object.keys(texts).filter((key) => !(key in translated));
        assert.deepEqual(missing, [], `${path} lacks these keys`);
        const unknown = Object.keys(translated).filter((key) => !(key in texts));
        assert.deepEqual(unknown, [], `${path} has keys that ${base} does not have`);
        for (const [key, text] of Object.entries(texts)) {
          assert.deepEqual(places(translated[key] ?? ''), places(text), key);
        }
      });
    }
  }
});
