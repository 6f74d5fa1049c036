import { type InfFile, type InfLine, type InfValue, resolveInf } from '../project/inf.ts';
import type { TextRange } from '../text/range.ts';

/** One thing that an INF file says: a directive (`NetCfgInstanceId = ...`), or a registry value. */
export interface InfSetting {
  /** `AddService`, `Ndi\Service`: as the file spells it. */
  readonly name: string;
  /** The first part of its value; undefined when it depends on the build or the language, or cannot be told. */
  readonly text: string | undefined;
  readonly nameRange: TextRange;
  /** Of the value as written, without quotes. */
  readonly range: TextRange;
  /** Where to edit the text, and how it is written there; undefined when there is no one place. */
  readonly literal: { readonly range: TextRange; readonly text: string } | undefined;
}

/** What an INF file says, as far as it may concern the driver's code. Plain data. */
export interface InfFacts {
  readonly uri: string;
  /** Class of the devices or components it installs. */
  readonly setupClass: string | undefined;
  /** Names of the drivers that its services start, without folder; undefined for one that cannot be told. */
  readonly binaries: readonly (string | undefined)[];
  /** By name in lower case, in the order of the file. */
  readonly settings: ReadonlyMap<string, readonly InfSetting[]>;
}

const ADD_SERVICE = 'addservice';
/** Root keys of a registry line whose subkey counts; the other ones name places outside of the driver. */
const OWN_ROOT = 'hkr';

/** Collects what a file says. Sections that nothing refers to count as well: when they differ, nothing is sure. */
export function collectInf(uri: string, file: InfFile): InfFacts {
  const settings = new Map<string, InfSetting[]>();
  const add = (setting: InfSetting): void => {
    const id = setting.name.toLowerCase();
    settings.set(id, [...(settings.get(id) ?? []), setting]);
  };
  const binaries: (string | undefined)[] = [];
  let setupClass: string | undefined;
  for (const section of file.sections) {
    for (const line of section.lines) {
      const setting = settingOf(line, file);
      if (!setting) continue;
      const id = setting.name.toLowerCase();
      if (section.name.toLowerCase() === 'version' && id === 'class') setupClass = setting.text;
      if (id === 'servicebinary') {
        const name = setting.text?.replace(/^.*[\\/]/, '');
        if (name === undefined || /\.sys$/i.test(name)) binaries.push(name);
      }
      if (id === ADD_SERVICE && (setting.text === '' || !isDriver(line, file))) continue;
      add(setting);
    }
  }
  return { uri, setupClass, binaries, settings };
}

/** `key = value`, or `HKR, subkey, name, flags, value`. */
function settingOf({ key, values }: InfLine, file: InfFile): InfSetting | undefined {
  if (key) {
    const [value] = values;
    return value && toSetting(key.text, key.range, value, file);
  }
  const [root, subkey, name, , value] = values;
  if (root?.text.toLowerCase() !== OWN_ROOT || !subkey || !name || !value) return undefined;
  const range = { start: subkey.range.start, end: name.range.end };
  return toSetting(`${subkey.text}\\${name.text}`, range, value, file);
}

function toSetting(name: string, nameRange: TextRange, value: InfValue, file: InfFile): InfSetting {
  const token = /^%([^%]+)%$/.exec(value.text)?.[1];
  const strings = token === undefined ? undefined : file.strings.get(token.toLowerCase());
  const [place] = strings ?? [value];
  const isPlain = place && (strings?.length ?? 1) === 1 && !/[%"]/.test(place.text);
  return {
    name,
    text: resolveInf(value.text, file),
    nameRange,
    range: value.range,
    literal: isPlain ? { range: place.range, text: place.text } : undefined,
  };
}

/** False when the service that the line adds is known to start something else than a driver. */
function isDriver({ values }: InfLine, file: InfFile): boolean {
  const name = values[2]?.text.toLowerCase();
  const binary = file.sections
    .filter((section) => section.name.toLowerCase() === name)
    .flatMap(({ lines }) => lines)
    .find(({ key }) => key?.text.toLowerCase() === 'servicebinary')?.values[0];
  const path = binary && resolveInf(binary.text, file);
  return path === undefined || /\.sys$/i.test(path);
}
