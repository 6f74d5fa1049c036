import type { MemberEntry } from '../catalog/entry.ts';
import { onlyValue, slotState } from '../driver/table-state.ts';
import { defineRule, type Fix, type Report, type RuleContext } from './rule.ts';
import { type Assignment, setMembers } from './support/edits.ts';
import { entryArguments } from './support/entry.ts';
import { neededRevision, registeredVersion, revisionOf } from './support/header.ts';
import { isExcused, quoteList, type RegisteredTable, registeredTables } from './support/tables.ts';

export default defineRule({
  id: 'header-field-missing',
  severity: 'error',
  stage: 'stable',
  summary:
    'A field of the object header, the version the driver registers for, or a member that the call is about is never set.',
  why: 'The header tells the system which structure, revision and size it was handed; the version tells which rules apply. Zero is none of the values it accepts, so the call fails, usually with `NDIS_STATUS_BAD_CHARACTERISTICS` or `NDIS_STATUS_BAD_VERSION`. A minor version of zero is legal (6.0) and only hinted at. Names and limits that every driver sets, though no page says what happens without them, are reported as warnings.',
  silent:
    'The header is copied as a whole, a live `#if` branch sets the field, or the table is filled by code that cannot be seen.',
  pages: [
    'ddi/objectheader/ns-objectheader-ndis_object_header',
    'network/overview-of-ndis-support-for-header-versions',
  ],
  *check(context) {
    for (const registered of registeredTables(context)) yield* checkTable(context, registered);
  },
});

function* checkTable(context: RuleContext, registered: RegisteredTable): Generator<Report> {
  const { table, structure, call } = registered;
  const isMissing = (slot: string) => ['unset', 'null'].includes(slotState(table, slot));
  const { objectHeader: header, version } = structure;
  if (header) {
    const slots = ['Type', 'Revision', 'Size'].map((field) => `${header.member}.${field}`).filter(isMissing);
    if (slots.length > 0) {
      yield {
        at: table.at,
        message: `${quoteList(slots.map((slot) => `${table.accessor}${slot}`))} ${slots.length > 1 ? 'are' : 'is'} never set before '${call.name}'`,
        help: `the system cannot tell which revision of ${structure.name} it gets and refuses it`,
        related: declared(registered),
        page: structure.page,
        about: { call: call.name, members: slots },
        fixes: () => addMembers(context, registered, headerValues(context, registered, slots)),
      };
    }
  }
  for (const member of structure.members) {
    if (member.role !== undefined || member.need !== 'required' || slotState(table, member.name) !== 'unset')
      continue;
    if (member.name.includes('.') || member.name === version?.major || member.name === version?.minor)
      continue;
    yield {
      at: table.at,
      message: `'${table.accessor}${member.name}' is never set before '${call.name}'`,
      help: member.ifMissing ?? 'the system refuses the table without it',
      related: declared(registered),
      page: structure.page,
      about: { call: call.name, members: [member.name] },
      fixes: () => addMembers(context, registered, plainValue(context, registered, member)),
    };
  }
  yield* usualMembers(context, registered);
  if (!version) return;
  if (isMissing(version.major)) {
    const both = isMissing(version.minor) ? [version.major, version.minor] : [version.major];
    yield {
      at: table.at,
      message: `'${table.accessor}${version.major}' is never set before '${call.name}'`,
      help: 'the system refuses a driver that registers for version 0',
      related: declared(registered),
      page: structure.page,
      about: { call: call.name, members: both },
      fixes: () => addMembers(context, registered, versionValues(registered, both)),
    };
  } else if (slotState(table, version.minor) === 'unset') {
    const major = onlyValue(table, version.major)?.value;
    yield {
      at: table.at,
      severity: 'hint',
      message: `'${table.accessor}${version.minor}' is never set; zero registers for ${major?.kind === 'number' ? major.number : 6}.0`,
      page: structure.page,
      about: { call: call.name, members: [version.minor] },
      fixes: () => addMembers(context, registered, versionValues(registered, [version.minor])),
    };
  }
}

/** What every driver sets although no page demands it: names above all. Handlers have a rule of their own. */
function* usualMembers(context: RuleContext, registered: RegisteredTable): Generator<Report> {
  const { table, structure, call } = registered;
  const members = structure.members.filter(
    (member) =>
      member.need === 'soft' &&
      member.role === undefined &&
      slotState(table, member.name) === 'unset' &&
      !isExcused(context, registered, member),
  );
  if (members.length === 0) return;
  const [reason] = members.flatMap(({ ifMissing }) => ifMissing ?? []);
  yield {
    at: table.at,
    severity: 'warning',
    message: `${quoteList(members.map(({ name }) => `${table.accessor}${name}`))} ${members.length > 1 ? 'are' : 'is'} never set before '${call.name}'`,
    help: reason ?? 'no page says what the system does without it',
    related: declared(registered),
    page: structure.page,
    about: { call: call.name, members: members.map(({ name }) => name) },
  };
}

/** The one constant that fits, or the entry point's own argument of that type. */
function plainValue(context: RuleContext, { call }: RegisteredTable, member: MemberEntry): Assignment[] {
  if (member.value?.kind === 'constant') return [{ slot: member.name, value: member.value.name }];
  const own = entryArguments(context, call.inFunction);
  const parameter = own?.entry.definition.parameters?.find(({ type }) => type === member.type)?.name;
  return parameter === undefined ? [] : [{ slot: member.name, value: parameter }];
}

const declared = ({ table }: RegisteredTable) =>
  table.declaration
    ? [{ range: table.declaration.nameRange, message: `'${table.display}' is declared here` }]
    : [];

/** Constants from the catalogue that fit the fields which are set already. */
function headerValues(
  context: RuleContext,
  { table, structure }: RegisteredTable,
  slots: readonly string[],
): Assignment[] {
  const header = structure.objectHeader;
  if (!header) return [];
  const version = registeredVersion(context, table, structure);
  const written = onlyValue(table, `${header.member}.Revision`);
  const revision =
    (written && revisionOf(structure, written.value)) ??
    neededRevision(context, structure, version) ??
    // The version is the build's: the second revision fits nearly all of them, the first only the oldest.
    header.revisions[1] ??
    header.revisions[0];
  if (!revision) return [];
  const values: Readonly<Record<string, string>> = {
    Type: header.type,
    Revision: revision.constant,
    Size: revision.size,
  };
  return slots.map((slot) => ({ slot, value: values[slot.slice(header.member.length + 1)] ?? '0' }));
}

function versionValues({ structure: { version } }: RegisteredTable, slots: readonly string[]): Assignment[] {
  if (!version) return [];
  return slots.map((slot) => ({
    slot,
    value: slot === version.major ? version.majorMacro : version.minorMacro,
  }));
}

function addMembers(
  context: RuleContext,
  { table }: RegisteredTable,
  assignments: readonly Assignment[],
): Fix[] {
  const edits = setMembers(context, table, assignments);
  const names = assignments.map(({ slot }) => slot);
  if (edits.length === 0 || names.length === 0) return [];
  return [{ title: `Add ${quoteList(names)}`, safety: 'safe', edits }];
}
