import { type Catalog, pageUrl } from '../../catalog/catalog.ts';
import type {
  EntryPointEntry,
  ModelEntry,
  ObjectEntry,
  ReplacedEntry,
  StructureEntry,
} from '../../catalog/entry.ts';
import {
  blocks,
  bullets,
  code,
  codes,
  fact,
  footer,
  heading,
  irqlText,
  listed,
  type Page,
  prose,
  section,
  sentence,
  table,
} from './build.ts';
import { rolePrototype } from './prototype.ts';
import { roleNamed, roleParameters } from './role.ts';
import { textBefore, lastWord } from '../../text/ends.ts';

/** The function that the system calls first. */
export function entryPointPage(entry: EntryPointEntry, catalog: Catalog): Page {
  const role = roleNamed(entry.role, catalog);
  return {
    title: entry.function,
    kind: 'entry point',
    url: pageUrl(entry.page),
    markdown: blocks(
      heading(entry.function, 'entry point of the driver'),
      prose(entry.summary, catalog),
      bullets([
        fact('Runs at', role && irqlText(role.irql, catalog)),
        fact('Other signatures', listed((entry.otherSignatures ?? []).map(code))),
      ]),
      role && rolePrototype(role, entry.function),
      role && roleParameters(role, catalog),
      section(
        'Notes',
        (entry.notes ?? []).map((note) => prose(note, catalog)),
      ),
      footer(entry.page, role && `role ${code(role.name)}`, role?.since),
    ),
  };
}

/** An object of the system with slots to fill. */
export const objectPage = (object: ObjectEntry, catalog: Catalog): Page => ({
  title: object.name,
  kind: 'object',
  url: pageUrl(object.page),
  markdown: blocks(
    heading(object.name, 'object of the system'),
    prose(object.summary, catalog),
    table(
      ['Slot', 'Role', 'Meaning'],
      object.slots.map((slot) => [code(slot.name), code(slot.role), prose(slot.meaning, catalog)]),
    ),
    footer(object.page),
  ),
});

/** Last word of a slot: `AddDevice` of `DriverExtension->AddDevice`, `MajorFunction` of `MajorFunction[]`. */
export const slotWord = (slot: string): string => lastWord(textBefore(slot, '[')) || slot;

export const slotsNamed = (
  name: string,
  catalog: Catalog,
): { readonly object: ObjectEntry; readonly slot: ObjectEntry['slots'][number] }[] =>
  [...new Set(catalog.objects.values())].flatMap((object) =>
    object.slots
      .filter((slot) => slot.name === name || slotWord(slot.name) === name)
      .map((slot) => ({ object, slot })),
  );

/** One slot of an object. `here` says what the driver under the cursor stores in it. */
export function slotPage(
  object: ObjectEntry,
  slot: ObjectEntry['slots'][number],
  catalog: Catalog,
  here: readonly string[] = [],
): Page {
  const role = roleNamed(slot.role, catalog);
  const word = slotWord(slot.name);
  const registrations = [...catalog.calls.values()].filter((call) => call.registration);
  const needs = registrations.flatMap((call) =>
    (call.registration?.objectSlots ?? [])
      .filter((need) => slotWord(need.slot) === word)
      .map(
        (need) =>
          `**Needed:** ${code(need.slot)} before ${code(call.name)}: ${prose(sentence(need.because), catalog)}`,
      ),
  );
  const takeOver = registrations
    .filter((call) => call.registration?.takesOverDriverObject)
    .map((call) => call.name);
  return {
    title: `${object.name}->${slot.name}`,
    kind: 'slot',
    url: pageUrl(slot.page),
    markdown: blocks(
      heading(word, `slot of ${code(object.name)}`),
      prose(slot.meaning, catalog),
      bullets([
        ...here,
        ...needs,
        fact(
          'Replaced',
          takeOver.length > 0 ? `by entry points of the class driver in ${codes(takeOver)}.` : '',
        ),
        fact('Runs at', role && irqlText(role.irql, catalog)),
      ]),
      role && rolePrototype(role, slot.stem ?? role.title),
      footer(slot.page, role && `role ${code(role.name)}`),
    ),
  };
}

/** A driver model, how it is recognised, and what it changes. */
export function modelPage(model: ModelEntry, catalog: Catalog): Page {
  const { calls = [], structures = [], macros = [], headers = [] } = model.evidence;
  return {
    title: model.title,
    kind: 'model',
    url: pageUrl(model.page),
    markdown: blocks(
      heading(model.title, 'driver model'),
      prose(model.summary, catalog),
      bullets([fact('Recognised by', codes([...calls, ...structures, ...macros, ...headers]))]),
      ...[...new Set(catalog.structures.values())].map((structure) => modelChanges(model, structure)),
      footer(model.page),
    ),
  };
}

/** What a model changes about the members of a structure. */
function modelChanges({ name }: ModelEntry, structure: StructureEntry): string | undefined {
  const isIt = (condition: object): boolean => 'model' in condition && condition.model === name;
  const named = (test: (member: StructureEntry['members'][number]) => boolean | undefined) =>
    codes(structure.members.filter(test).map((member) => member.name));
  const list = bullets([
    fact(
      'Required',
      named((member) => member.requiredWhen?.some(isIt)),
    ),
    fact(
      'Not needed',
      named((member) => member.excusedWhen?.some(isIt)),
    ),
    fact(
      'Leave unset',
      named((member) => member.forbiddenWhen?.some((rule) => isIt(rule.when))),
    ),
  ]);
  return list && `In ${code(structure.name)}:\n\n${list}`;
}

/** A function of an older version. */
export const replacedPage = (entry: ReplacedEntry, catalog: Catalog): Page => ({
  title: entry.name,
  kind: 'replaced function',
  url: pageUrl(entry.page),
  markdown: blocks(
    heading(entry.name, `function of ${entry.version}`),
    `Gone from current versions. Use ${catalog.calls.has(entry.by) ? code(entry.by) : prose(entry.by, catalog)} instead.`,
    footer(entry.page),
  ),
});
