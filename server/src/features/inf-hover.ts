import type { Catalog } from '../catalog/catalog.ts';
import type { InfSettingEntry, MemberEntry, StructureEntry } from '../catalog/entry.ts';
import type { DriverFacts } from '../driver/driver-facts.ts';
import type { InfFacts, InfSetting } from '../driver/inf-facts.ts';
import { type NamedInCode, namesInCode } from '../rules/support/inf.ts';
import { LineIndex } from '../text/line-index.ts';
import { nameOf } from '../text/uri.ts';
import type { AnalysedInf } from '../workspace/workspace.ts';
import type { Hover } from './hover.ts';
import { blocks, bullets, code, footer, heading, prose, sentence, table } from './pages/build.ts';

/**
 * Explains the setting of an INF file that the offset is on: what it means, what it must equal, and what the
 * driver registers.
 */
export function hoverInInf(
  { file, inf, drivers }: AnalysedInf,
  offset: number,
  catalog: Catalog,
  textOf: (uri: string) => string | undefined,
): Hover | undefined {
  for (const list of inf.settings.values()) {
    for (const setting of list) {
      const { nameRange, range } = setting;
      const part = [nameRange, range].find(({ start, end }) => start <= offset && offset <= end);
      const entry = part && entryOf(setting, inf, catalog);
      if (!part || !entry) continue;
      const markdown = blocks(
        heading(setting.name, aboutPlace(setting)),
        prose(sentence(entry.summary), catalog),
        bullets([
          ...equalities(setting, inf, catalog).map(
            ({ structure, member }) =>
              `**Must equal** ${code(member.name)} of ${code(structure.name)}, whatever the case.`,
          ),
          ...drivers.flatMap((driver) => inThisDriver(setting, driver, catalog, textOf)),
        ]),
        valuesOf(entry, setting),
        footer(entry.page),
      );
      return { range: part, lines: file.lines, markdown };
    }
  }
  return undefined;
}

const aboutPlace = ({ name }: InfSetting): string =>
  name.includes('\\') ? 'registry value of the component' : 'INF directive';

function entryOf(
  { name }: InfSetting,
  { setupClass }: InfFacts,
  catalog: Catalog,
): InfSettingEntry | undefined {
  const entry = catalog.infSettings.get(name.toLowerCase());
  const isMeant =
    !entry?.classes ||
    setupClass === undefined ||
    entry.classes.some((item) => item.toLowerCase() === setupClass.toLowerCase());
  return isMeant ? entry : undefined;
}

/** Members that the setting must equal in a driver of the file's class. */
function equalities(
  { name }: InfSetting,
  { setupClass }: InfFacts,
  catalog: Catalog,
): { structure: StructureEntry; member: MemberEntry }[] {
  const is = (list: readonly string[] | undefined, what: string | undefined) =>
    list?.some((item) => item.toLowerCase() === what?.toLowerCase()) ?? false;
  return [...new Set(catalog.structures.values())].flatMap((structure) =>
    structure.members.flatMap((member) =>
      member.inf &&
      (is(member.inf.equals, name) || is(member.inf.repeatedIn, name)) &&
      is(member.inf.classes, setupClass)
        ? [{ structure, member }]
        : [],
    ),
  );
}

/** What the driver says for the setting, and where. */
function inThisDriver(
  { name, text }: InfSetting,
  driver: DriverFacts,
  catalog: Catalog,
  textOf: (uri: string) => string | undefined,
): string[] {
  return namesInCode(driver, catalog).flatMap((found: NamedInCode) => {
    const { equality, member, write, file } = found;
    const names = [...equality.equals, ...(equality.repeatedIn ?? [])];
    if (!names.some((item) => item.toLowerCase() === name.toLowerCase())) return [];
    const source = textOf(file.uri);
    const line =
      source === undefined
        ? ''
        : `:${new LineIndex(source).positionAt((write.origin ?? write.range).start).line + 1}`;
    const differs = text !== undefined && text.toLowerCase() !== found.text.toLowerCase();
    return [
      `**This driver** registers ${code(member.name)} ${code(`"${found.text}"`)} (${nameOf(file.uri)}${line})${differs ? ', **which is not the same**' : ''}.`,
    ];
  });
}

function valuesOf({ values, closed }: InfSettingEntry, { text }: InfSetting): string | undefined {
  if (!values) return undefined;
  const own = new Set(
    (text ?? '')
      .toLowerCase()
      .split(',')
      .map((item) => item.trim()),
  );
  const isOwn = (value: string): boolean =>
    own.has(value.toLowerCase()) ||
    [...own].some((item) => /^(?:0x[\da-f]+|\d+)$/.test(item) && Number(item) === Number(value));
  const rows = values.map(({ value, meaning }) => [
    isOwn(value) ? `**${code(value)}**` : code(value),
    isOwn(value) ? `**${meaning}**` : meaning,
  ]);
  return table([closed ? 'Value' : 'Documented value', 'Meaning'], rows);
}
