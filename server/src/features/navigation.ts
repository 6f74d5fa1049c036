import type { DriverPlace } from '../driver/driver-facts.ts';
import type { ObjectWrite, SlotWrite } from '../driver/facts.ts';
import type { HandleUse } from '../driver/lifecycle/handles.ts';
import { type DriverFunction, idOf } from '../driver/lifecycle/functions.ts';
import { type TextRange, touches } from '../text/range.ts';
import type { DriverView } from './code-lens.ts';
import { wordAt, type Word, zoneAt } from './pages/words.ts';
import {
  callPlace,
  type Registration,
  registrationsOf,
  slotRole,
  storedPlace,
} from './seeing/registrations.ts';
import { registrationsBehind, undoPlace, undosOf } from './seeing/undos.ts';

/** Where a word leads. */
export interface Relation {
  /** The word. */
  readonly range: TextRange;
  readonly places: readonly DriverPlace[];
}

/**
 * Where a word leads that no C tool can know: from a member that is set to the function that it gets, and from an undo
 * or a handle to the registration. Undefined where there is no such relation.
 */
export function definitionAt(view: DriverView, offset: number): Relation | undefined {
  const word = codeWordAt(view, offset);
  if (!word) return undefined;
  const write = writeAt(view, word);
  if (write) return relation(word, functionsIn(write, view));
  const registrations = registrationsAt(view, word);
  // Who is at the call already needs no way to it.
  const elsewhere = registrations.filter(
    ({ file, call }) => file !== view.facts || !touches(call.range, word.range.start),
  );
  return relation(word, elsewhere.map(callPlace));
}

/**
 * What belongs to a handler, a registration or its handle: where it is stored, declared, registered and undone. Names in
 * the text have the ranges that C tools give them, so that an editor shows each once.
 */
export function referencesAt(
  view: DriverView,
  offset: number,
  withDeclaration: boolean,
): Relation | undefined {
  const word = codeWordAt(view, offset);
  if (!word) return undefined;
  const write = writeAt(view, word);
  const name = write?.value.kind === 'name' ? write.value.name : word.text;
  const handler =
    write || registrationsAt(view, word).length === 0 ? handlerPlaces(name, view, withDeclaration) : [];
  if (handler.length > 0) return relation(word, handler);
  return relation(
    word,
    registrationsAt(view, word).flatMap((one) => lifePlaces(one, view)),
  );
}

/** A word of code; nothing in comments and strings. */
function codeWordAt({ facts, textOf }: DriverView, offset: number): Word | undefined {
  const text = textOf(facts.uri);
  if (text === undefined || zoneAt(text, offset).kind !== 'code') return undefined;
  return wordAt(text, offset);
}

// ------------------------------------------------------------------------------------------------- members

/** The write whose member's name the word is: of a table, or of a slot of the driver object. */
function writeAt({ facts, catalog }: DriverView, word: Word): SlotWrite | ObjectWrite | undefined {
  const { start } = word.range;
  for (const { structure, writes } of facts.tables) {
    for (const write of writes) {
      if (write.form === 'positional' || write.form === 'copied' || !touches(write.target, start)) continue;
      const member = catalog.structures.get(structure)?.members.find(({ name }) => name === write.slot);
      if (member?.role !== undefined && write.slot === word.text) return write;
    }
  }
  return facts.objectWrites.find(
    ({ slot, target }) =>
      touches(target, start) &&
      slotRole(slot, catalog) !== undefined &&
      slot.split(/->|[[\]]/).includes(word.text),
  );
}

/** The function that a write stores: its definition, else its declarations. */
function functionsIn({ value }: SlotWrite | ObjectWrite, { facts, driver }: DriverView): DriverPlace[] {
  if (value.kind !== 'name') return [];
  const callee = driver.lifecycle.table.resolve(value.name, facts);
  if (callee.kind === 'own') return [definitionOf(callee.fn)];
  return (facts.functions.get(value.name) ?? []).map(({ uri, nameRange }) => ({ uri, range: nameRange }));
}

const definitionOf = ({ file, flow }: DriverFunction): DriverPlace => ({
  uri: file.uri,
  range: flow.fact.nameRange,
});

// ------------------------------------------------------------------------------------------------ handlers

/** Where a handler is stored, declared, registered and undone; nothing for other functions. */
function handlerPlaces(name: string, view: DriverView, withDeclaration: boolean): DriverPlace[] {
  const { facts, driver, catalog, textOf } = view;
  const callee = driver.lifecycle.table.resolve(name, facts);
  if (callee.kind !== 'own') return [];
  const stored = registrationsOf(driver, catalog).stored.get(callee.fn.id) ?? [];
  if (stored.length === 0) return [];
  const declared = [...driver.files.values()]
    .flatMap((file) => file.functions.get(name) ?? [])
    .filter(({ isStatic, uri }) => !isStatic || uri === callee.fn.file.uri)
    .map(({ uri, nameRange }): DriverPlace => ({ uri, range: nameRange }));
  const registrations = new Set(stored.flatMap((one) => one.registrations));
  return [
    ...stored.map((one) => storedPlace(one, textOf)),
    ...(withDeclaration ? [definitionOf(callee.fn), ...declared] : []),
    ...[...registrations].flatMap((one) => lifePlaces(one, view)),
  ];
}

// ------------------------------------------------------------------------------------------- registrations

/** A registration call and the calls that undo it. */
const lifePlaces = (one: Registration, { driver, catalog }: DriverView): DriverPlace[] => [
  callPlace(one),
  ...undosOf(one, driver, catalog).map((undo) => undoPlace(undo, driver)),
];

/** The registrations that a word speaks of: by its call, by the handle it keeps, or by a call that gets the handle. */
function registrationsAt(view: DriverView, word: Word): readonly Registration[] {
  const { facts, driver, catalog } = view;
  const { all } = registrationsOf(driver, catalog);
  const { start } = word.range;
  const own = all.find(
    ({ file, call, entry }) =>
      file === facts &&
      (touches(call.nameRange, start) ||
        call.arguments.some(
          ({ range }, index) => entry.parameters[index]?.role === 'handleOut' && isLastIn(range, word, view),
        )),
  );
  if (own) return [own];
  const fn = functionAround(view, start);
  const use = fn && driver.handles.uses.find((one) => one.at.fn === fn.id && names(one, fn, word, view));
  if (use) return registrationsBehind(use, driver, catalog);
  if (!fn) return [];
  return all.filter((one) =>
    undosOf(one, driver, catalog).some(
      (undo) => undo.fn === fn && touches(undoPlace(undo, driver).range, start),
    ),
  );
}

/** The word is the name of the call, or the handle that it gets. */
function names(use: HandleUse, fn: DriverFunction, word: Word, view: DriverView): boolean {
  const { driver, catalog } = view;
  const argument = driver.placeOf(use.argumentAt);
  if (isLastIn(argument.range, word, view)) return true;
  const isUndo = registrationsOf(driver, catalog).all.some(
    ({ entry }) => entry.registration?.undo?.call === use.call,
  );
  return isUndo && fn.id === use.at.fn && touches(driver.placeOf(use.nameAt).range, word.range.start);
}

/** The last name of an expression: of `adapter->Handle` it is the handle, of `&Handle`, too. */
function isLastIn(range: TextRange, word: Word, { facts, textOf }: DriverView): boolean {
  if (word.range.start < range.start || word.range.end > range.end) return false;
  const rest = textOf(facts.uri)?.slice(word.range.end, range.end) ?? '';
  return /^[\s)]*$/.test(rest);
}

function functionAround({ facts, driver }: DriverView, offset: number): DriverFunction | undefined {
  for (const [name, { fact }] of facts.flows) {
    if (fact.uri === facts.uri && touches(fact.range, offset))
      return driver.lifecycle.table.functions.get(idOf(facts.uri, name));
  }
  return undefined;
}

// -------------------------------------------------------------------------------------------------- places

/** Each place once. */
function relation({ range }: Word, places: readonly DriverPlace[]): Relation | undefined {
  const unique = new Map(places.map((place) => [`${place.uri} ${place.range.start}`, place]));
  return unique.size > 0 ? { range, places: [...unique.values()] } : undefined;
}
