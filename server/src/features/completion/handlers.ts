import type { RoleEntry } from '../../catalog/entry.ts';
import type { FileFacts, FunctionFact, TableFact } from '../../driver/facts.ts';
import type { RuleContext } from '../../rules/rule.ts';
import { handlerPrefix } from '../../rules/support/edits.ts';
import { handlerFor, roleDeclaration } from '../../rules/support/handler-edits.ts';
import { declaredRoles } from '../../rules/support/handlers.ts';
import { prototypeFault, sameRole, typeComparison } from '../../rules/support/types.ts';
import type { Completion } from './item.ts';
import type { Spot } from './imagined.ts';
import { canDeclare, contextOf, filesOf, type Scene } from './scene.ts';

/** Where a function is wanted. */
export interface HandlerSlot {
  readonly role: RoleEntry;
  /** The table around it, which tells how the driver names its functions. */
  readonly table?: TableFact | undefined;
  /** What a new name ends with, where one role has several slots. */
  readonly stem?: string | undefined;
}

type Item = Omit<Completion, 'range' | 'before' | 'after'> & { readonly text: string };

/**
 * Functions of the driver that fit a slot: those of its role that nobody uses yet, those with the role's parameters,
 * those that are used elsewhere, and, where the first kind is missing, a new one.
 */
export function handlerItems(scene: Scene, { role, table, stem }: HandlerSlot, place?: Spot): Item[] {
  const { cursor, catalog, facts } = scene;
  const context = contextOf(scene);
  const declares = canDeclare(scene);
  const used = usedFunctions(scene, place);
  const own = cursor.around?.name;
  const free: Item[] = [];
  const alike: Item[] = [];
  const taken: Item[] = [];
  for (const [name, declarations] of functionsOf(scene, facts)) {
    if (name === own || catalog.entryPoints.has(name)) continue;
    const roles = declaredRoles(context, declarations);
    const isOfRole = roles.some((one) => sameRole(one, role));
    if (!isOfRole && (roles.length > 0 || !declarations.some((fact) => hasPrototype(fact, role, scene))))
      continue;
    // Functions with these parameters there are many; one that is in use already must have the name, too.
    if (!isOfRole && used.has(name) && !isNamed(name, role)) continue;
    const isVisible = facts.functions.has(name);
    if (!isVisible && !declares) continue;
    const what = isOfRole ? role.name : 'same parameters';
    const item: Item = {
      label: name,
      text: name,
      filter: name,
      kind: 'function',
      detail: used.has(name) ? `${what} · used already` : what,
      note: used.has(name) ? 'used already' : what,
      subject: { kind: 'name', name },
      ...(isVisible ? {} : { edits: [roleDeclaration(context, role, name)] }),
    };
    (used.has(name) ? taken : isOfRole ? free : alike).push(item);
  }
  const byName = (a: Item, b: Item) => Number(isNamed(b.label, role)) - Number(isNamed(a.label, role));
  const fresh = free.length > 0 || !declares ? [] : newHandler({ role, table, stem }, context);
  return [...free.toSorted(byName), ...alike.toSorted(byName), ...fresh, ...taken];
}

const isNamed = (name: string, { stem }: RoleEntry): boolean =>
  name.toLowerCase().includes(stem.toLowerCase());

/** Functions that code in this file can name, or could with a declaration. */
function functionsOf(scene: Scene, own: FileFacts): Map<string, readonly FunctionFact[]> {
  const found = new Map<string, readonly FunctionFact[]>(own.functions);
  for (const file of filesOf(scene, own)) {
    if (file === own) continue;
    for (const [name, declarations] of file.functions) {
      if (found.has(name) || declarations.some((fact) => fact.isStatic || fact.returns === undefined))
        continue;
      if (declarations.some(({ kind, uri }) => kind === 'definition' && uri === file.uri))
        found.set(name, declarations);
    }
  }
  return found;
}

/** Functions that tables and slots of the driver hold. */
function usedFunctions(scene: Scene, place: Spot | undefined): Set<string> {
  const own = scene.cursor.around?.name;
  // What the function around the cursor stores is known better: the half-written statement is not in it.
  const isNews = (file: FileFacts, inFunction: string) =>
    !place || file !== scene.facts || inFunction !== own;
  const files = filesOf(scene, scene.facts);
  const tables = files.flatMap((file) => file.tables.filter(({ inFunction }) => isNews(file, inFunction)));
  const slots = files.flatMap((file) =>
    file.objectWrites.filter(({ inFunction }) => isNews(file, inFunction)),
  );
  const writes = [
    ...[...tables, ...(place?.facts.tables ?? [])].flatMap((table) => table.writes),
    ...slots,
    ...(place?.facts.objectWrites ?? []),
  ];
  return new Set(writes.flatMap(({ value }) => (value.kind === 'name' ? [value.name] : [])));
}

/**
 * Parameters and result have the types of the role; nothing is taken for granted. One parameter proves little: then the
 * name must say what it is, too.
 */
function hasPrototype(
  { name, parameters, returns }: FunctionFact,
  role: RoleEntry,
  { catalog }: Scene,
): boolean {
  const types = typeComparison(catalog);
  const wanted = role.parameters;
  return (
    parameters !== undefined &&
    returns !== undefined &&
    parameters.length === wanted.length &&
    (wanted.length > 1 || isNamed(name, role)) &&
    wanted.every(({ type }, index) => types.same(parameters[index]?.type ?? '', type) === true) &&
    prototypeFault({ name, parameters, returns }, role, catalog) === undefined
  );
}

/** A name as the driver gives its functions; taking it declares and defines the function. */
function newHandler({ role, table, stem }: HandlerSlot, context: RuleContext): Item[] {
  const handler = handlerFor(context, {
    role,
    prefix: handlerPrefix(context, table),
    ...(stem === undefined ? {} : { stem }),
    // A completion edits no other file.
    siblings: [],
  });
  if (!handler.isNew) return [];
  return [
    {
      label: handler.name,
      text: handler.name,
      filter: handler.name,
      kind: 'function',
      note: 'new',
      detail: `new ${role.name}, with declaration and body`,
      edits: handler.edits,
      subject: { kind: 'name', name: role.name },
    },
  ];
}
