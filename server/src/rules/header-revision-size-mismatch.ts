import type { ConstantEntry } from '../catalog/entry.ts';
import type { SlotWrite } from '../driver/facts.ts';
import { reachingWrites, sameBranch } from '../driver/table-state.ts';
import { defineRule, type Fix, type Report, type RuleContext } from './rule.ts';
import {
  type HeaderRevision,
  neededRevision,
  registeredVersion,
  revisionOf,
  sizeRevisionOf,
} from './support/header.ts';
import { isSharedWithOther, type RegisteredTable, registeredTables } from './support/tables.ts';

export default defineRule({
  id: 'header-revision-size-mismatch',
  severity: 'error',
  stage: 'stable',
  summary: 'Header size or header revision belongs to another revision or to another structure.',
  why: 'The system accepts a table whose size is at least that of its revision. A smaller size, or the constant of another structure, makes it refuse the table or read past its end. The revision constant of another structure may happen to be the right number; it stops being so with the next revision.',
  silent:
    'The size is `sizeof` of the variable, of its type or of a union that it lies in, which is legal with every revision, or revision and size are set in different `#if` branches.',
  pages: ['network/overview-of-ndis-support-for-header-versions'],
  *check(context) {
    for (const registered of registeredTables(context)) {
      const header = registered.structure.objectHeader;
      if (!header) continue;
      for (const write of reachingWrites(registered.table, `${header.member}.Revision`)) {
        yield* foreignRevision(context, registered, write);
      }
      for (const write of reachingWrites(registered.table, `${header.member}.Size`)) {
        yield* wrongSize(context, registered, write);
      }
    }
  },
});

/** A revision constant that belongs to another structure. */
function* foreignRevision(
  context: RuleContext,
  registered: RegisteredTable,
  write: SlotWrite,
): Generator<Report> {
  const { table, call, structure } = registered;
  const foreign = foreignConstant(context, registered, write);
  if (foreign?.kind !== 'revision') return;
  const number = Number(foreign.value);
  const version = neededRevision(context, structure, registeredVersion(context, table, structure));
  const same = structure.objectHeader?.revisions.find(({ revision }) => revision === number);
  const fits = same !== undefined && (version === undefined || version === same);
  yield {
    at: write.range,
    severity: fits ? 'warning' : 'error',
    message: `'${foreign.name}' is a revision of '${foreign.of}', the table is '${structure.name}'`,
    help: fits
      ? 'it works because both constants are the same number today, and says the wrong thing'
      : `its number, ${number}, is not the one that this table needs, and the system refuses it`,
    page: structure.page,
    about: { call: call.name, members: [write.slot] },
    fixes: () => use(context, registered, write, (version ?? same ?? sizedAs(registered, write))?.constant),
  };
}

/** The revision that the size beside it is for. */
function sizedAs({ table, structure }: RegisteredTable, revision: SlotWrite): HeaderRevision | undefined {
  const size = reachingWrites(table, `${structure.objectHeader?.member}.Size`).find((write) =>
    sameBranch(write.branch, revision.branch),
  );
  return (size && sizeRevisionOf(structure, size.value)) ?? structure.objectHeader?.revisions[0];
}

function* wrongSize(context: RuleContext, registered: RegisteredTable, size: SlotWrite): Generator<Report> {
  const { table, call, structure } = registered;
  const about = { call: call.name, members: [size.slot] };
  const header = structure.objectHeader;
  if (!header) return;
  if (size.value.kind === 'sizeof') {
    const measured = otherStructure(context, registered, size.value.of);
    if (measured === undefined) return;
    yield {
      at: size.range,
      severity: 'warning',
      message: `'sizeof(${size.value.of})' is the size of '${measured}', the table is '${structure.name}'`,
      help: 'the system refuses the table if that is less, and otherwise reads past its end if it trusts the size',
      page: structure.page,
      about,
      fixes: () => use(context, registered, size, `sizeof(${structure.name})`),
    };
    return;
  }
  const foreign = foreignConstant(context, registered, size);
  const revision = reachingWrites(table, `${header.member}.Revision`).find((write) =>
    sameBranch(write.branch, size.branch),
  );
  const wanted = revision && revisionOf(structure, revision.value);
  const right = (wanted ?? header.revisions[0])?.size;
  if (foreign?.kind === 'size') {
    yield {
      at: size.range,
      message: `'${foreign.name}' is the size of '${foreign.of}', the table is '${structure.name}'`,
      help: 'the system refuses the table or reads past its end',
      page: structure.page,
      about,
      fixes: () => use(context, registered, size, right),
    };
    return;
  }
  const found = sizeRevisionOf(structure, size.value);
  if (!found || !wanted || found.revision === wanted.revision) return;
  const tooSmall = found.revision < wanted.revision;
  yield {
    at: size.range,
    severity: tooSmall ? 'error' : 'hint',
    message: `header size is for revision ${found.revision} but revision says ${wanted.revision}`,
    help: tooSmall
      ? 'the system refuses a table that is smaller than its revision'
      : 'a larger size is legal; the pair of one revision is easier to keep true',
    related: [{ range: revision.range, message: 'the revision is set here' }],
    page: structure.page,
    about,
    fixes: () => use(context, registered, size, right),
  };
}

/** The catalogue's structure that `sizeof` measures, when it is none that the table is, or lies in. */
function otherStructure(
  { catalog, facts }: RuleContext,
  { table, structure }: RegisteredTable,
  measured: string,
): string | undefined {
  if (measured === table.display) return undefined;
  const variable = facts.tables.find(
    (other) => other.display === measured && other.inFunction === table.inFunction,
  );
  const found = catalog.structures.get(variable?.structure ?? measured.replace(/^struct /, ''));
  if (!found || found === structure || found.pointers.includes(measured)) return undefined;
  if (found.isUnion && found.members.some(({ type }) => type === structure.name)) return undefined;
  return found.name;
}

/** The catalogue's constant that was written, when it belongs to another structure than the table's. */
function foreignConstant(
  { catalog }: RuleContext,
  { structure }: RegisteredTable,
  { value }: SlotWrite,
): ConstantEntry | undefined {
  if (value.kind !== 'name') return undefined;
  const { name } = value;
  if (structure.objectHeader?.revisions.some(({ constant, size }) => constant === name || size === name))
    return undefined;
  const constant = catalog.constants.get(name);
  return constant?.of === undefined || constant.of === structure.name ? undefined : constant;
}

const use = (
  context: RuleContext,
  registered: RegisteredTable,
  write: SlotWrite,
  constant: string | undefined,
): Fix[] =>
  constant === undefined || isSharedWithOther(context, registered, write)
    ? []
    : [{ title: `Use ${constant}`, safety: 'safe', edits: [{ range: write.range, newText: constant }] }];
