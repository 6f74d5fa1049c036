import type { Catalog } from '../../catalog/catalog.ts';
import type { InfEquality, MemberEntry, StructureEntry } from '../../catalog/entry.ts';
import type { DriverFacts } from '../../driver/driver-facts.ts';
import type { FileFacts, SlotWrite } from '../../driver/facts.ts';
import type { InfFacts, InfSetting } from '../../driver/inf-facts.ts';
import { onlyValue } from '../../driver/table-state.ts';
import type { TextRange } from '../../text/range.ts';
import type { FileEdit } from '../rule.ts';
import { registeredTables } from './tables.ts';

/** A string of the code that an INF file must repeat. */
export interface NamedInCode {
  readonly structure: StructureEntry;
  readonly member: MemberEntry;
  readonly equality: InfEquality;
  readonly file: FileFacts;
  readonly write: SlotWrite;
  readonly text: string;
}

/** Code and INF files say different things. */
export interface InfMismatch {
  readonly code: NamedInCode;
  /** What the INF files say instead. */
  readonly text: string;
  /** Every place that says so; several files only when they agree. */
  readonly places: readonly { readonly inf: InfFacts; readonly setting: InfSetting }[];
}

const known = new WeakMap<DriverFacts, readonly InfMismatch[]>();

/**
 * All differences between what a driver registers and what its INF files say. None where something is unsure: a
 * string that cannot be told or is not the only one, an INF file that contradicts itself, several that differ.
 */
export function infMismatches(driver: DriverFacts, catalog: Catalog): readonly InfMismatch[] {
  let found = known.get(driver);
  if (!found) {
    found = driver.infs.length === 0 ? [] : [...findMismatches(driver, catalog)];
    known.set(driver, found);
  }
  return found;
}

function* findMismatches(driver: DriverFacts, catalog: Catalog): Generator<InfMismatch> {
  for (const code of namesInCode(driver, catalog)) {
    const told = toldByInfs(code.equality, driver);
    if (!told || same(told.text, code.text)) continue;
    yield { code, ...told };
  }
}

/** Strings that a driver registers, for members that an INF file repeats; each with its only value. */
export function namesInCode(driver: DriverFacts, catalog: Catalog): NamedInCode[] {
  const byMember = new Map<MemberEntry, (NamedInCode | undefined)[]>();
  for (const file of driver.files.values()) {
    for (const { table, structure } of registeredTables({ facts: file, driver, catalog })) {
      for (const member of structure.members) {
        if (!member.inf) continue;
        const write = onlyValue(table, member.name);
        const name: NamedInCode | undefined =
          write?.value.kind === 'string'
            ? { structure, member, equality: member.inf, file, write, text: write.value.text }
            : undefined;
        byMember.set(member, [...(byMember.get(member) ?? []), name]);
      }
    }
  }
  return [...byMember.values()].flatMap((names) => {
    const [first] = names;
    return first && names.every((name) => name && same(name.text, first.text)) ? [first] : [];
  });
}

/** What the INF files of a driver say about a name; undefined when that is not one thing. */
export function toldByInfs(
  equality: InfEquality,
  driver: DriverFacts,
): Pick<InfMismatch, 'text' | 'places'> | undefined {
  const places: { inf: InfFacts; setting: InfSetting }[] = [];
  for (const inf of driver.infs) {
    if (!mayInstall(inf, equality, driver)) continue;
    for (const name of equality.equals) {
      for (const setting of inf.settings.get(name.toLowerCase()) ?? []) places.push({ inf, setting });
    }
  }
  const text = places[0]?.setting.text;
  // An empty value is one that is being typed.
  if (!text || places.some(({ setting }) => !same(setting.text ?? '', text))) return undefined;
  return { text, places };
}

/** True when the file is about such a driver, and its service starts what the project builds. */
function mayInstall(inf: InfFacts, { classes }: InfEquality, driver: DriverFacts): boolean {
  const { setupClass, binaries } = inf;
  if (setupClass !== undefined && !classes.some((name) => same(name, setupClass))) return false;
  const target = driver.build?.targetName;
  return (
    target === undefined ||
    binaries.length === 0 ||
    binaries.some((binary) => binary === undefined || same(binary.replace(/\.sys$/i, ''), target))
  );
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Edits that make the INF files say another text wherever they say this one; undefined when one cannot be made. */
export function infEdits(
  { code, text, places }: InfMismatch,
  newText: string,
  own: string | undefined,
): FileEdit[] | undefined {
  if (/["%;,\\]/.test(newText)) return undefined;
  const edits = new Map<string, FileEdit>();
  for (const inf of new Set(places.map((place) => place.inf))) {
    for (const name of [...code.equality.equals, ...(code.equality.repeatedIn ?? [])]) {
      for (const setting of inf.settings.get(name.toLowerCase()) ?? []) {
        if (!same(setting.text ?? '', text)) continue;
        if (!setting.literal) return undefined;
        const { range } = setting.literal;
        edits.set(`${inf.uri} ${range.start}`, {
          ...(inf.uri === own ? {} : { uri: inf.uri }),
          range,
          newText,
        });
      }
    }
  }
  return [...edits.values()];
}

/** The characters of the literal that a member gets its text from, when there is one that can be found. */
export function literalOf(
  { file, write, text }: NamedInCode,
  textOf: (uri: string) => string | undefined,
): { readonly uri: string; readonly range: TextRange } | undefined {
  const at = write.origin ?? write.range;
  const direct = literalIn(file.uri, at, text, textOf);
  if (direct) return direct;
  // A macro: its definition, when there is exactly one that holds the text.
  const words = new Set(
    textOf(file.uri)
      ?.slice(at.start, at.end)
      .match(/[A-Za-z_]\w*/g),
  );
  const found = [file.uri, ...file.headers].flatMap((uri) =>
    [...(textOf(uri)?.matchAll(/^[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)[^\r\n]*/gm) ?? [])].flatMap(
      ({ 0: line, 1: name = '', index }) => {
        const range = { start: index, end: index + line.length };
        return words.has(name) ? (literalIn(uri, range, text, textOf) ?? []) : [];
      },
    ),
  );
  return found.length === 1 ? found[0] : undefined;
}

function literalIn(
  uri: string,
  { start, end }: TextRange,
  text: string,
  textOf: (uri: string) => string | undefined,
): { uri: string; range: TextRange } | undefined {
  const written = textOf(uri)?.slice(start, end) ?? '';
  const literals = [...written.matchAll(/"((?:[^"\\]|\\[^]?)*)"?/g)];
  const [literal] = literals;
  if (literals.length !== 1 || literal?.[1] !== text) return undefined;
  const from = start + literal.index + 1;
  return { uri, range: { start: from, end: from + text.length } };
}
