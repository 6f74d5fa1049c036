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

/** `{0}`, code and links to commands, which a translation must keep. */
const places = (text: string): string[] => (text.match(/\{\d+\}|\(command:[^)]+\)/g) ?? []).toSorted();

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

  test('texts link to commands that are there', () => {
    const { commands } = manifest.contributes as { commands: { command: string }[] };
    const known = new Set(commands.map(({ command }) => command));
    const linked = Object.values(english).flatMap((text) =>
      Array.from(text.matchAll(/\(command:(driverentry\.\w+)\)/g), ([, command]) => command ?? ''),
    );
    assert.deepEqual(
      linked.filter((command) => !known.has(command)),
      [],
    );
  });

  test('commands stand under the name of the product, and start with a capital letter', () => {
    const { commands } = manifest.contributes as {
      commands: { command: string; title: string; category?: string }[];
    };
    for (const { command, title, category } of commands) {
      assert.equal(category, 'DriverEntry', command);
      assert.match(english[keyOf(title) ?? ''] ?? '', /^[A-Z]/, command);
    }
  });

  test('every picture of the walkthrough is there, has a text in its place, and takes its colours from the theme', () => {
    const { walkthroughs } = manifest.contributes as {
      walkthroughs: {
        steps: { id: string; media: { svg: string; altText: string }; completionEvents: string[] }[];
      }[];
    };
    const used = walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg));
    for (const { id, media, completionEvents } of walkthroughs.flatMap(({ steps }) => steps)) {
      const picture = readFileSync(join(process.cwd(), media.svg), 'utf8');
      assert.ok((english[keyOf(media.altText) ?? ''] ?? '').length > 20, id);
      assert.ok(completionEvents.length > 0, id);
      // A colour stands only where the theme has none of that name.
      assert.deepEqual(picture.match(/(?<!, ?)#[0-9a-f]{3,6}\b/gi) ?? [], [], media.svg);
      assert.match(picture, /<title>[^<]+<\/title>/);
    }
    const files = readdirSync(join(process.cwd(), 'media'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.parentPath.endsWith('walkthrough'))
      .map((entry) => `media/walkthrough/${entry.name}`);
    assert.deepEqual(files.toSorted(), used.toSorted());
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
      test(`${path} translates everything`, () => {
        assert.ok(existsSync(join(process.cwd(), path)));
        const texts = read(base) as Texts;
        const translated = read(path) as Texts;
        const missing = Object.keys(texts).filter((key) => !(key in translated));
        assert.deepEqual(missing, [], `${path} lacks these keys`);
        for (const [key, text] of Object.entries(texts)) {
          assert.deepEqual(places(translated[key] ?? ''), places(text), key);
        }
      });
    }
  }
});
