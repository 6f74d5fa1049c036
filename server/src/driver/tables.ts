import type { Catalog } from '../catalog/catalog.ts';
import type { StructureEntry } from '../catalog/entry.ts';
import { bareType, type VariableDeclaration } from './declarations.ts';
import { type FunctionEffects, type InitialValue, resolve, type Step, variableOf } from './effects.ts';
import type { ArgumentFact, BranchPath, CallFact, Place, SlotWrite, Storage, TableFact } from './facts.ts';
import type { Key } from '../flow/graph.ts';
import type { TextRange } from '../text/range.ts';
import { isWithin } from './table-state.ts';
import { stringIn, stringMadeBy } from './strings.ts';
import { armOf } from './unions.ts';
import { BLANKS, withoutEnds } from '../text/ends.ts';

/** Functions of the same file that a table's address may be followed into. */
const HELPER_DEPTH = 4;

export interface TableContext {
  readonly catalog: Catalog;
  readonly effects: ReadonlyMap<string, FunctionEffects>;
  readonly globals: ReadonlyMap<string, VariableDeclaration>;
  readonly globalInitials: ReadonlyMap<string, InitialValue>;
  readonly types: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly text: string;
}

/** The catalogue structure that a place of a function holds, or points to; undefined for any other type. */
export function structureAt(
  place: Place,
  fn: FunctionEffects,
  context: TableContext,
): StructureEntry | undefined {
  const { catalog, types } = context;
  let type = typeOfRoot(place.root, fn, context);
  for (const member of place.path) {
    if (type === undefined) return undefined;
    if (member.startsWith('[')) continue;
    const known = catalog.structures.get(type);
    if (known) {
      const arm = armOf(known, member, catalog);
      if (!arm) return undefined; // a member of the table, not the table
      type = arm.name;
      continue;
    }
    type = (
      types.get(type) ??
      types.get(type.replace(/^P/, '')) ??
      types.get(`_${type.replace(/^P/, '')}`)
    )?.get(member);
  }
  return type === undefined ? undefined : catalog.structures.get(type);
}

/** Declared type of a variable or parameter, stars and qualifiers removed. */
export function typeOfRoot(root: string, fn: FunctionEffects, context: TableContext): string | undefined {
  const variable = variableOf(root, fn, context.globals);
  if (variable) return variable.type;
  const parameter = fn.parameters.find(({ name }) => name === root);
  return parameter ? bareType(parameter.type) : undefined;
}

interface State {
  zeroed: TableFact['zeroed'];
  writes: SlotWrite[];
  known: boolean;
  copyOf: TableFact['copyOf'];
}

export interface TableRequest {
  readonly fn: FunctionEffects;
  readonly place: Place;
  readonly structure: StructureEntry;
  readonly atCall: CallFact | undefined;
  readonly accessor: string;
  readonly display: string;
  readonly at: TableFact['at'];
}

/** What is known of a table when its call runs (or at the function's end): zeroing, members, and doubts. */
export function tableAt(request: TableRequest, context: TableContext): TableFact {
  const { fn, structure } = request;
  const place = resolve(request.place, fn.aliases);
  const variable = variableOf(place.root, fn, context.globals);
  const isLocal = fn.variables.has(place.root);
  const parameter = fn.parameters.some(({ name }) => name === place.root);
  const plainObject = place.path.length === 0 && variable !== undefined && !isPointer(variable);
  let storage: Storage = parameter ? 'parameter' : (variable?.storage ?? 'unknown');
  if (!plainObject && storage === 'automatic') storage = 'unknown';

  const state: State = {
    zeroed: undefined,
    writes: [],
    known: plainObject && storage === 'automatic',
    copyOf: undefined,
  };
  if (plainObject && (storage === 'static' || storage === 'global')) {
    state.zeroed = { how: 'static', range: variable.nameRange };
    state.known = storage === 'static';
    const initial = isLocal ? undefined : context.globalInitials.get(place.root);
    if (initial) applyInitial(state, initial, structure);
    // Other functions of the file may fill a static table; when they run is not known.
    if (!isLocal) {
      for (const other of context.effects.values()) {
        if (other !== fn) collectElsewhere(state, other, place, structure, context);
      }
    }
  }
  const until = request.atCall;
  const end = until ? until.range.end : Number.POSITIVE_INFINITY;
  const walk: Walk = {
    structure,
    context,
    inHelper: false,
    depth: 0,
    branch: until?.branch ?? [],
    origin: fn,
    allocated: () => (storage = 'automatic'),
  };
  for (const step of fn.steps) {
    if (step.kind === 'call' && until && step.call.range.start === until.range.start) break;
    if (stepEnd(step) > end) break;
    apply(state, step, place, fn, walk);
  }
  const declared = isLocal ? variable : undefined;
  const initial = declared && fn.steps.find((step) => step.kind === 'declare' && step.variable === declared);
  const initialiser = initial?.kind === 'declare' ? initial.initial?.range : undefined;
  return {
    structure: structure.name,
    accessor: request.accessor,
    display: request.display,
    inFunction: fn.fact.name,
    storage,
    at: request.at,
    atCall: request.atCall,
    ...(variable
      ? {
          declaration: {
            range: variable.range,
            nameRange: variable.nameRange,
            ...(initialiser ? { initialiser } : {}),
          },
        }
      : {}),
    ...(state.zeroed ? { zeroed: state.zeroed } : {}),
    writes: state.writes,
    isFullyKnown: state.known,
    ...(state.copyOf === undefined ? {} : { copyOf: state.copyOf }),
  };
}

const isPointer = (variable: VariableDeclaration): boolean =>
  variable.isPointer || /^(?:P|LP)[A-Z]/.test(variable.type);

/** A structure by itself, as opposed to a pointer or an array. */
export const isObject = (variable: VariableDeclaration): boolean => !isPointer(variable) && !variable.isArray;

const stepEnd = (step: Step): number => (step.kind === 'call' ? step.call.range.end : step.at);

interface Walk {
  readonly structure: StructureEntry;
  readonly context: TableContext;
  readonly inHelper: boolean;
  readonly depth: number;
  /** Alternatives under which the call runs. */
  readonly branch: BranchPath;
  /** Function whose call is analysed: recursion back into it is not followed. */
  readonly origin: FunctionEffects;
  /** The place turned out to be fresh memory that nobody zeroed. */
  readonly allocated: () => void;
}

/** How `inner` lies to `outer`: the same place, a part of it, or a whole that contains it. */
function relate(inner: Place, outer: Place): 'same' | 'part' | 'whole' | undefined {
  if (inner.root !== outer.root) return undefined;
  const shorter = Math.min(inner.path.length, outer.path.length);
  for (let i = 0; i < shorter; i++) if (inner.path[i] !== outer.path[i]) return undefined;
  if (inner.path.length === outer.path.length) return 'same';
  return inner.path.length > outer.path.length ? 'part' : 'whole';
}

/** Names of the members from the table on: `Header.Type`; array indexes fall away. */
const slotOf = (inner: Place, table: Place): string =>
  inner.path
    .slice(table.path.length)
    .filter((name) => !name.startsWith('['))
    .join('.');

function apply(state: State, step: Step, table: Place, fn: FunctionEffects, walk: Walk): void {
  if (step.kind === 'declare') {
    if (step.variable.name !== table.root || !step.initial) return;
    if (table.path.length === 0 && !isPointer(step.variable)) {
      applyInitial(state, step.initial, walk.structure);
      if (step.initial.place && !step.initial.addressOf)
        applyCopy(state, step.initial.place, step.initial.range, step, fn, walk);
    } else applyPointer(state, step.initial.callee, step.statement, walk);
    return;
  }
  if (step.kind === 'assign') {
    applyAssignment(state, step, table, fn, walk);
    return;
  }
  applyCall(state, step, table, fn, walk);
}

function applyInitial(state: State, initial: InitialValue, structure: StructureEntry): void {
  state.writes = [];
  if (!initial.items) {
    // A copy of another structure, or a macro: everything may be set.
    state.zeroed = { how: initial.place ? 'copy' : 'macro', range: initial.range };
    state.known = false;
    return;
  }
  state.zeroed = { how: 'initialiser', range: initial.range };
  state.known = true;
  const { items } = initial;
  const [only] = items;
  if (items.length === 1 && only && only.member === undefined && isZeroValue(only)) return;
  for (const item of items) {
    const slot = item.member ?? positionalSlot(item.positions, structure);
    if (slot === undefined) {
      state.known = false;
      continue;
    }
    state.writes.push({
      slot,
      value: item.value,
      text: item.text,
      range: item.range,
      target: item.range,
      statement: item.statement,
      form: item.member === undefined ? 'positional' : 'designated',
      accessor: '',
      inHelper: false,
      branch: item.branch,
    });
  }
}

const isZeroValue = ({ value }: { value: SlotWrite['value'] }): boolean =>
  value.kind === 'null' || (value.kind === 'number' && value.number === 0);

/** Member at a position; nested braces go through a member that is a structure by value (`Header`). */
function positionalSlot(positions: readonly number[], structure: StructureEntry): string | undefined {
  const outer: string[] = [];
  for (const { name } of structure.members) {
    const [first] = name.split('.');
    if (first !== undefined && outer.at(-1) !== first) outer.push(first);
  }
  const [at, inner] = positions;
  const name = at === undefined ? undefined : outer[at];
  if (name === undefined || inner === undefined) return name;
  const parts = structure.members.filter((member) => member.name.startsWith(`${name}.`));
  return parts.length > 0 ? parts[inner]?.name : name;
}

function applyPointer(
  state: State,
  callee: string | undefined,
  range: { start: number; end: number },
  walk: Walk,
): void {
  const { idioms } = walk.context.catalog;
  state.writes = [];
  state.known = false;
  state.zeroed = undefined;
  if (callee === undefined) return;
  if (idioms.zeroingAllocators.includes(callee)) {
    state.zeroed = { how: 'allocation', range };
    state.known = true;
  } else if (idioms.plainAllocators.includes(callee)) {
    state.known = true;
    walk.allocated();
  }
}

function applyAssignment(
  state: State,
  step: Extract<Step, { kind: 'assign' }>,
  table: Place,
  fn: FunctionEffects,
  walk: Walk,
): void {
  if (step.valuePlace && step.valueAddressOf) {
    const pointed = resolve(step.valuePlace, fn.aliases);
    const relation = relate(pointed, table);
    const isAlias = step.place?.path.length === 0 && fn.aliases.has(step.place.root);
    if ((relation === 'same' || relation === 'whole') && !isAlias) state.known = false; // others can reach it now
  }
  if (!step.place) return;
  const target = resolve(
    step.place,
    fn.aliases.has(step.place.root) && step.place.path.length === 0 ? new Map() : fn.aliases,
  );
  const relation = relate(target, table);
  if (relation === undefined) return;
  if (relation === 'part') {
    const text = step.valuePlace && !step.valueAddressOf && stringIn(step.valuePlace, fn, walk.context);
    state.writes.push({
      slot: slotOf(target, table),
      ...step.value,
      ...(text ? { value: text.value, origin: text.range } : {}),
      ...(step.compound && step.value.value.kind !== 'unknown'
        ? { value: compoundValue(state, slotOf(target, table), step.value.value) }
        : {}),
      target: step.target,
      statement: step.statement,
      form: 'assignment',
      accessor: accessorOf(step.targetText, inArm(slotOf(target, table), walk)),
      inHelper: walk.inHelper,
      branch: step.branch,
    });
    return;
  }
  if (table.path.length > 0 && relation === 'whole') {
    applyPointer(state, step.valueCallee, step.statement, walk);
    return;
  }
  if (step.value.value.kind === 'null' && isRootPointer(table, fn, walk.context)) return;
  if (isRootPointer(table, fn, walk.context)) {
    applyPointer(state, step.valueCallee, step.statement, walk);
    return;
  }
  applyCopy(state, step.valueAddressOf ? undefined : step.valuePlace, step.statement, step, fn, walk);
}

/** The whole table is a copy of something: its members are those of a variable that is never changed, or not known. */
function applyCopy(
  state: State,
  from: Place | undefined,
  range: TextRange,
  step: Step,
  fn: FunctionEffects,
  walk: Walk,
): void {
  state.writes = [];
  state.zeroed = { how: 'copy', range };
  state.known = false;
  state.copyOf = undefined;
  if (!from || walk.inHelper || !isWithin(step.branch, walk.branch)) return;
  const template = templateAt(from, fn, walk);
  if (!template) return;
  state.writes = template.writes;
  state.known = true;
  state.copyOf = template.shared;
}

/** The members of a variable with a visible initialiser that nothing in this file changes. */
function templateAt(
  source: Place,
  fn: FunctionEffects,
  { structure, context }: Walk,
): { readonly writes: SlotWrite[]; readonly shared: Key | undefined } | undefined {
  const { root, path } = resolve(source, fn.aliases);
  if (path.length > 0 || fn.parameters.some(({ name }) => name === root)) return undefined;
  const own = fn.variables.get(root);
  const variable = own ?? context.globals.get(root);
  if (!variable || isPointer(variable) || variable.isArray) return undefined;
  if (context.catalog.structures.get(variable.type) !== structure) return undefined;
  if (variable.storage !== 'static' && variable.storage !== 'global') return undefined;
  const among = own ? [fn] : [...context.effects.values()];
  if (!variable.isConst && among.some((one) => (own || !isHidden(root, one)) && changes(one, root, context)))
    return undefined;
  const declared = own && fn.steps.find((step) => step.kind === 'declare' && step.variable === own);
  const initial = declared?.kind === 'declare' ? declared.initial : context.globalInitials.get(root);
  const state: State = { zeroed: undefined, writes: [], known: true, copyOf: undefined };
  if (initial) applyInitial(state, initial, structure);
  if (!state.known) return undefined;
  return {
    writes: state.writes.map((write) => ({ ...write, form: 'copied' })),
    shared: variable.storage === 'global' && !variable.isConst ? `::${root}` : undefined,
  };
}

/** A local variable or parameter of the same name hides the one at file scope. */
const isHidden = (root: string, fn: FunctionEffects): boolean =>
  fn.variables.has(root) || fn.parameters.some(({ name }) => name === root);

/** The function writes the variable, or hands out its address to code that may. */
function changes(fn: FunctionEffects, root: string, { catalog }: TableContext): boolean {
  const { copying, readOnly } = catalog.idioms;
  const isMeant = (place: Place | undefined) =>
    place !== undefined && resolve(place, fn.aliases).root === root;
  return fn.steps.some((step) => {
    if (step.kind === 'declare') return step.initial?.addressOf === true && isMeant(step.initial.place);
    if (step.kind === 'assign')
      return isMeant(step.place) || (step.valueAddressOf && isMeant(step.valuePlace));
    const { name, arguments: given } = step.call;
    if (readOnly.includes(name) || catalog.calls.has(name)) return false;
    const from = copying.find((idiom) => idiom.name === name)?.from;
    return given.some(
      (argument, index) => index !== from && step.addresses[index] === true && isMeant(argument.place),
    );
  });
}

/** `Flags |= X` keeps what was there. */
function compoundValue(state: State, slot: string, added: SlotWrite['value']): SlotWrite['value'] {
  const before = state.writes.findLast((write) => write.slot === slot)?.value;
  const names = (value: SlotWrite['value'] | undefined): readonly string[] | undefined => {
    if (!value || value.kind === 'null' || (value.kind === 'number' && value.number === 0)) return [];
    if (value.kind === 'name') return [value.name];
    return value.kind === 'flags' ? value.names : undefined;
  };
  const [a, b] = [names(before), names(added)];
  return a && b ? { kind: 'flags', names: [...a, ...b] } : { kind: 'unknown' };
}

function isRootPointer(table: Place, fn: FunctionEffects, context: TableContext): boolean {
  const variable = variableOf(table.root, fn, context.globals);
  return variable ? isPointer(variable) : true;
}

/** The slot within the arm of a union: an arm is reached as its union is, or by a pointer of its own. */
const inArm = (slot: string, { structure, context }: Walk): string => {
  const dot = slot.indexOf('.');
  return dot > 0 && armOf(structure, slot.slice(0, dot), context.catalog) ? slot.slice(dot + 1) : slot;
};

/** `chars.` of `chars.Header.Type` for the slot `Header.Type`. */
function accessorOf(target: string, slot: string): string {
  const tail = slot.split('.').join('\\s*\\.\\s*');
  const whole = target.trimEnd();
  const member = whole.endsWith(']') ? whole.slice(0, whole.lastIndexOf('[')).trimEnd() : whole;
  const end = new RegExp(`${tail}$`).exec(member);
  return end ? member.slice(0, end.index) : target;
}

function applyCall(
  state: State,
  step: Extract<Step, { kind: 'call' }>,
  table: Place,
  fn: FunctionEffects,
  walk: Walk,
): void {
  const { call } = step;
  const { catalog, effects } = walk.context;
  const { idioms } = catalog;
  const related = call.arguments.flatMap((argument, index) => {
    if (!argument.place || !step.addresses[index]) return [];
    const relation = relate(resolve(argument.place, fn.aliases), table);
    return relation ? [{ index, argument, relation, place: resolve(argument.place, fn.aliases) }] : [];
  });
  if (related.length === 0) return;

  const zeroing = idioms.zeroing.find((idiom) => idiom.name === call.name);
  if (zeroing) {
    const hit = related.find(({ index }) => index === zeroing.pointer);
    const filler = zeroing.value === undefined ? undefined : call.arguments[zeroing.value];
    if (!hit || (filler && !isZeroValue(filler))) return;
    if (hit.relation === 'part' && !walk.structure.isUnion) {
      state.writes = state.writes.filter((write) => !write.slot.startsWith(slotOf(hit.place, table)));
      return;
    }
    const lost = state.writes.find((write) => !isZeroValue(write) && write.form === 'assignment');
    state.zeroed = {
      how: 'call',
      range: call.statement,
      ...(lost && hit.relation === 'same' && sameDepth(lost, step) ? { discards: lost.statement } : {}),
    };
    state.writes = [];
    state.known = true;
    return;
  }
  const copying = idioms.copying.find((idiom) => idiom.name === call.name);
  if (copying) {
    const hit = related.find(({ index }) => index === copying.to);
    if (!hit) return;
    if (hit.relation === 'part') {
      state.writes.push(unknownWrite(slotOf(hit.place, table), step, walk));
      return;
    }
    const source = call.arguments[copying.from];
    const isWhole =
      hit.relation === 'same' && isSizeOf(call.arguments[SIZE_OF_COPY], hit.argument, source, walk);
    applyCopy(state, isWhole ? source?.place : undefined, call.range, step, fn, walk);
    return;
  }
  if (idioms.readOnly.includes(call.name) || catalog.calls.has(call.name)) return;

  const helper = effects.get(call.name);
  for (const { index, relation, place } of related) {
    if (relation === 'part') {
      // `&chars.Name` went to a function: that member may hold anything now.
      const text = stringMadeBy(call, index, fn, walk.context);
      state.writes.push({
        ...unknownWrite(slotOf(place, table), step, walk),
        ...(text ? { value: text.value, origin: text.range } : {}),
      });
      continue;
    }
    const parameter = helper?.parameters[index];
    if (!helper || !parameter || walk.depth >= HELPER_DEPTH || helper === walk.origin) {
      state.known = false;
      continue;
    }
    const inner: Place = { root: parameter.name, path: table.path.slice(place.path.length) };
    for (const innerStep of helper.steps) {
      apply(state, innerStep, inner, helper, { ...walk, inHelper: true, depth: walk.depth + 1 });
    }
  }
}

/** Argument of a copying call that says how many bytes. */
const SIZE_OF_COPY = 2;

/** `sizeof` of the structure, or of either of the two variables. */
function isSizeOf(
  size: ArgumentFact | undefined,
  to: ArgumentFact,
  from: ArgumentFact | undefined,
  { structure, context }: Walk,
): boolean {
  if (size?.value.kind !== 'sizeof') return false;
  const { of } = size.value;
  if (context.catalog.structures.get(of.replace(/^struct /, '')) === structure)
    return !structure.pointers.includes(of);
  return [to, from].some(
    (one) => one !== undefined && withoutEnds(one.text, `&(${BLANKS}`, `)${BLANKS}`) === of,
  );
}

/** The lost write and the zeroing run under the same conditions. */
const sameDepth = (write: SlotWrite, step: Step): boolean =>
  write.branch.length === step.branch.length &&
  write.branch.every((branch, i) => branch.of === step.branch[i]?.of && branch.arm === step.branch[i]?.arm);

function unknownWrite(slot: string, step: Extract<Step, { kind: 'call' }>, walk: Walk): SlotWrite {
  return {
    slot,
    value: { kind: 'unknown' },
    text: '',
    range: step.call.range,
    target: step.call.range,
    statement: step.call.statement,
    form: 'assignment',
    accessor: '',
    inHelper: walk.inHelper,
    branch: step.branch,
  };
}

/** Writes of another function to a file-scope table: they count as set, under a condition of their own. */
function collectElsewhere(
  state: State,
  other: FunctionEffects,
  table: Place,
  structure: StructureEntry,
  context: TableContext,
): void {
  if (other.variables.has(table.root) || other.parameters.some(({ name }) => name === table.root)) return;
  const local: State = { zeroed: undefined, writes: [], known: true, copyOf: undefined };
  for (const step of other.steps) {
    if (step.kind === 'call' && other.fact.name === step.call.name) continue;
    apply(local, step, table, other, {
      structure,
      context,
      inHelper: true,
      depth: HELPER_DEPTH - 1,
      branch: [],
      origin: other,
      allocated: () => {},
    });
  }
  if (!local.known) state.known = false;
  for (const write of local.writes) {
    state.writes.push({ ...write, branch: [{ of: `function ${other.fact.name}`, arm: 0 }, ...write.branch] });
  }
}
