/**
 * Texts that can be translated: those of the manifest stand in package.nls.json, those of the client in
 * l10n/bundle.l10n.json. What the settings say comes from their schema; everything else of the manifest is
 * written there by hand. Translations are files beside them: package.nls.de.json, l10n/bundle.l10n.de.json.
 */
import { SETTING_GROUPS, SETTINGS, type SettingSchema } from '../src/workspace/settings.ts';

export type Texts = Readonly<Record<string, string>>;

const SCHEMAS: readonly (readonly [string, SettingSchema])[] = Object.entries(SETTINGS);

const groupKey = (group: string): string => `settings.${group}`;
const settingKey = (name: string): string => `setting.${name}`;
const choiceKey = (name: string, choice: string): string => `setting.${name}.${choice}`;
const isGenerated = (key: string): boolean => /^settings?\./.test(key);

/** `contributes.configuration`: one block a group, with keys in place of texts. */
export function configurationBlocks(): object[] {
  return Object.keys(SETTING_GROUPS).map((group, order) => ({
    title: `%${groupKey(group)}%`,
    order,
    properties: Object.fromEntries(
      SCHEMAS.filter(([, setting]) => setting.group === group).map(([name, setting], place) => [
        `driverentry.${name}`,
        { order: place, ...withKeys(name, setting) },
      ]),
    ),
  }));
}

/** A setting's schema as the manifest wants it. */
function withKeys(name: string, { group: _group, choices, ...schema }: SettingSchema): object {
  const described = Object.keys(choices ?? {}).map((choice) => `%${choiceKey(name, choice)}%`);
  return {
    ...schema,
    markdownDescription: `%${settingKey(name)}%`,
    ...(described.length > 0 ? { markdownEnumDescriptions: described } : {}),
  };
}

/** package.nls.json: what was written by hand, and the texts of the settings as their schema has them. */
export function manifestTexts(current: Texts): Texts {
  return {
    ...Object.fromEntries(Object.entries(current).filter(([key]) => !isGenerated(key))),
    ...Object.fromEntries(Object.entries(SETTING_GROUPS).map(([group, title]) => [groupKey(group), title])),
    ...Object.fromEntries(
      SCHEMAS.flatMap(([name, { markdownDescription, choices = {} }]) => [
        [settingKey(name), markdownDescription],
        ...Object.entries(choices).map(([choice, text]) => [choiceKey(name, choice), text]),
      ]),
    ),
  };
}

/**
 * l10n/bundle.l10n.json: the texts that the client's sources hand to `l10n.t`, which looks them up by
 * themselves. Throws for a call whose first argument is no plain string, as its text could not be found.
 */
export function clientTexts(sources: ReadonlyMap<string, string>): Texts {
  const found = new Set<string>();
  for (const [path, source] of sources) {
    for (const { index } of source.matchAll(/\bl10n\.t\(/g)) {
      const call = source.slice(index);
      const literal = /^l10n\.t\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")\s*[,)]/.exec(call)?.[1];
      if (literal === undefined) {
        const line = source.slice(0, index).split('\n').length;
        throw new Error(`${path}:${line}: l10n.t takes a plain string first, with {0} where values go`);
      }
      found.add(unquoted(literal));
    }
  }
  return Object.fromEntries([...found].toSorted().map((text) => [text, text]));
}

/** The value of a string literal with simple escapes. */
const unquoted = (literal: string): string =>
  literal.slice(1, -1).replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
