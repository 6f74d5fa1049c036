import { type CallOp, type FunctionGraph, isGlobal, type Key, pathOf, tailOf } from '../../flow/graph.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * What follows from a function's own graph alone. Graphs of functions that an edit did not touch stay the same objects,
 * and so does this.
 */
export interface Traits {
  /** Calls of the catalogue that it makes. */
  readonly called: readonly string[];
  /** It registers or undoes something itself. */
  readonly registers: boolean;
  /** It makes a call whose status wants an exact test. */
  readonly wantsExactTest: boolean;
  /** It sets up or releases something that outlives it. */
  readonly setsUp: boolean;
}

const kept = new WeakMap<FunctionGraph, { readonly vocabulary: Vocabulary; readonly traits: Traits }>();

/** What a function by itself is, in the terms of a catalogue. */
export function traitsOf(graph: FunctionGraph, vocabulary: Vocabulary): Traits {
  const found = kept.get(graph);
  if (found?.vocabulary === vocabulary) return found.traits;
  const { undoneBy, catalog } = vocabulary;
  const names = [...graph.calls];
  const traits = {
    called: names.filter((name) => catalog.calls.has(name)),
    registers: names.some(
      (name) => undoneBy.has(name) || catalog.calls.get(name)?.registration !== undefined,
    ),
    wantsExactTest: names.some((name) => catalog.calls.get(name)?.returns.test === 'exact'),
    setsUp: setsUp(graph, vocabulary),
  };
  kept.set(graph, { vocabulary, traits });
  return traits;
}

function setsUp(graph: FunctionGraph, { readies, releases }: Vocabulary): boolean {
  const names = [...graph.calls];
  if (!names.some((name) => readies(name) !== undefined || releases(name) !== undefined)) return false;
  const parameters = new Set(graph.parameters);
  return callsOf(graph).some((op) => {
    const index = op.callee === undefined ? undefined : (readies(op.callee) ?? releases(op.callee));
    const value = index === undefined ? undefined : op.arguments[index]?.value;
    if (value?.kind !== 'place' && value?.kind !== 'address') return false;
    return isGlobal(value.key) || (value.kind === 'place' && parameters.has(value.key));
  });
}

/** Places that a function's own code writes: by assignment, by bits, or by handing out an address. */
export function* writtenKeys(graph: FunctionGraph): Generator<Key> {
  for (const { ops } of graph.blocks) {
    for (const op of ops) {
      if (op.kind === 'assign') {
        if (!op.declares) yield op.to;
      } else if (op.kind === 'change' || op.kind === 'bits') yield op.of;
      else if (op.kind === 'call') {
        for (const { value } of op.arguments) if (value.kind === 'address') yield value.key;
      }
    }
  }
}

const callLists = new WeakMap<FunctionGraph, readonly CallOp[]>();
const writtenNames = new WeakMap<FunctionGraph, ReadonlySet<string>>();

/** Calls of a graph in block order. */
export function callsOf(graph: FunctionGraph): readonly CallOp[] {
  let known = callLists.get(graph);
  if (!known) {
    known = graph.blocks.flatMap(({ ops }) => ops.filter((op) => op.kind === 'call'));
    callLists.set(graph, known);
  }
  return known;
}

/** Names of the variables at file scope and of the members that a function's own code writes. */
export function writtenNamesOf(graph: FunctionGraph): ReadonlySet<string> {
  let known = writtenNames.get(graph);
  if (!known) {
    const keys = [...writtenKeys(graph)].filter((key) => isGlobal(key) || pathOf(key) !== '');
    writtenNames.set(graph, (known = new Set(keys.map(tailOf))));
  }
  return known;
}
