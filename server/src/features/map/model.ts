import type { Severity } from '../../catalog/entry.ts';
import type { Position } from '../../text/line-index.ts';

/**
 * The registrations of one driver as plain data: what the tree, the picture, the text and the JSON are made from. The
 * same facts give the same map, ids included.
 */
export interface RegistrationMap {
  readonly driver: MapDriver;
  /** Functions that the system calls and that register or undo, the entry point first. */
  readonly roots: readonly MapRoot[];
  readonly edges: readonly MapEdge[];
}

export interface MapDriver {
  /** For people: the project, or the folder. */
  readonly name: string;
  /** `Release|x64` */
  readonly configuration?: string;
  /** Titles of the models that it belongs to: `WDI Wi-Fi miniport`. */
  readonly models: readonly string[];
  /** False when files of it are missing or were not read: what is not in the map may be there. */
  readonly isWhole: boolean;
}

/** How a thing is:
 * `good`: there. `missing`: required, and not there. `left`: stays registered. `unset`: may be left out, and is.
 * `unknown`: cannot be told from what was read. `none`: there is nothing to be good or bad.
 */
export type MapState = 'good' | 'missing' | 'left' | 'unset' | 'unknown' | 'none';

/** A place in a file; lines and columns are zero-based, as in LSP. */
export interface MapPlace {
  readonly uri: string;
  /** Name of the file, with its folder when the driver has two of that name. */
  readonly file: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

/** A finding about the thing. */
export interface MapProblem {
  readonly severity: Severity;
  readonly rule: string;
  readonly message: string;
}

interface MapBase {
  /** Stays the same from one map of the driver to the next, as long as names do. */
  readonly id: string;
  readonly state: MapState;
  /** Where to go. */
  readonly place?: MapPlace;
  /** Code that belongs to it: with the cursor in there, this is what it is about. */
  readonly covers: readonly MapPlace[];
  readonly problems: readonly MapProblem[];
}

/** A function that the system calls. */
export interface MapRoot extends MapBase {
  readonly kind: 'root';
  /** The function. */
  readonly name: string;
  /** Slot or table member that holds it; the entry point has none. */
  readonly slot?: string;
  /** Role, readable: `MiniportInitializeEx`. */
  readonly role?: string;
  readonly irql?: string;
  /** `load`: the entry point. `unload`: undoes when the driver or device goes. `run`: any other. `unseen`: nothing in sight calls it. */
  readonly when: 'load' | 'run' | 'unload' | 'unseen';
  readonly slots?: MapSlots;
  readonly registrations: readonly MapRegistration[];
  /** Calls that join registrations. */
  readonly associations: readonly MapAssociation[];
  readonly undos: readonly MapUndo[];
  readonly ways: readonly MapWay[];
  /** It registers, but the ways through it could not be followed. */
  readonly isUnfollowed?: true;
}

/** The driver object, as far as the driver fills it. */
export interface MapSlots extends MapBase {
  readonly kind: 'slots';
  /** `DRIVER_OBJECT` */
  readonly name: string;
  readonly handlers: readonly MapHandler[];
}

export interface MapRegistration extends MapBase {
  readonly kind: 'registration';
  /** Counted through the driver, from 1. */
  readonly number: number;
  readonly call: string;
  /** `miniport driver` */
  readonly noun: string;
  /** `NDIS 6.30`; absent when the table has no version, or it cannot be told. */
  readonly version?: string;
  /** The table, as written, and its structure. */
  readonly table?: string;
  readonly structure?: string;
  /** Where the handle is kept, as written. */
  readonly handle?: string;
  /** Functions that lead to the call, when the root does not make it itself. */
  readonly through: readonly string[];
  /** Other functions of the system's that lead to it, too. */
  readonly alsoFrom: readonly string[];
  /** The call provably never runs. */
  readonly isDead?: true;
  readonly handlers: readonly MapHandler[];
  /** Handlers that may be left out, and are. */
  readonly unset: readonly string[];
  /** Handlers that code out of sight may set. */
  readonly untold: readonly string[];
  /** The call that undoes it; absent when there is none. */
  readonly undoCall?: string;
  /** How it is undone, when no call does it. */
  readonly undoText?: string;
  /** Ids of the undo calls. */
  readonly undoneBy: readonly string[];
  /** `good`: something undoes it. `left`: nothing does. `unknown`: that cannot be told. `none`: no call undoes it. */
  readonly undone: MapState;
}

/** A handler of a table, or a function in a slot of the driver object. */
export interface MapHandler extends MapBase {
  readonly kind: 'handler';
  /** `PauseHandler`, `MajorFunction[IRP_MJ_PNP]` */
  readonly member: string;
  /** The function, or the value as written. */
  readonly value?: string;
  /** Role, readable: `MiniportPause`. */
  readonly role?: string;
  readonly irql?: string;
  /** Says why the state is what it is, when it is not good. */
  readonly note?: string;
  /** Where it is stored. */
  readonly storedAt?: MapPlace;
}

export interface MapAssociation extends MapBase {
  readonly kind: 'association';
  readonly call: string;
  /** `miniport and protocol edges` */
  readonly noun: string;
  /** Numbers of the registrations that it joins, as far as known. */
  readonly registrations: readonly number[];
}

/** A call that undoes. */
export interface MapUndo extends MapBase {
  readonly kind: 'undo';
  readonly call: string;
  /** Numbers of the registrations that it undoes; several when the text leaves it open which one it is. */
  readonly registrations: readonly number[];
  /** Says what is not right with it. */
  readonly note?: string;
  /** The function that makes the call. */
  readonly inFunction: string;
  /** `unload`: where the registration is to be undone. `failure`: in the function that registers, before it returns. */
  readonly when: 'unload' | 'failure' | 'run' | 'unseen';
  /** A way out of the same root tells of it. */
  readonly isInWay?: true;
  /** Only ways on which the root fails do. */
  readonly isOnFailure?: true;
}

/** Ways out of a function on which the same happened to all registrations. */
export interface MapWay extends MapBase {
  readonly kind: 'way';
  readonly result: 'success' | 'failure' | 'unknown';
  readonly steps: readonly MapStep[];
  /** Where these ways leave; the first is the place of the node. */
  readonly places: readonly MapPlace[];
}

/** What has become of a registration on a way. */
export interface MapStep {
  readonly registration: number;
  readonly what: 'stands' | 'refused' | 'undone' | 'left' | 'unknown';
  /** Code out of sight may have undone it. */
  readonly isUnsure?: true;
  /** It is not made on all of the ways that are told together. */
  readonly isSometimes?: true;
  /** Where it is undone. */
  readonly at?: MapPlace;
}

export interface MapEdge {
  /** `registers`: root to registration. `hands-over`: registration to handler. `undone-by`: registration to undo. `calls`: handler to the root that it is. `joins`: association to registration. */
  readonly kind: 'registers' | 'hands-over' | 'undone-by' | 'calls' | 'joins';
  readonly from: string;
  readonly to: string;
}

export type MapNode = MapRoot | MapSlots | MapRegistration | MapHandler | MapAssociation | MapUndo | MapWay;

/** Parts of a node, in the order in which they are shown. */
export function childrenOf(node: MapNode): readonly MapNode[] {
  switch (node.kind) {
    case 'root':
      return [
        ...(node.slots ? [node.slots] : []),
        ...node.registrations,
        ...node.associations,
        ...node.undos.filter(({ isInWay }) => !isInWay),
        ...node.ways,
      ];
    case 'slots':
    case 'registration':
      return node.handlers;
    case 'handler':
    case 'association':
    case 'undo':
    case 'way':
      return [];
  }
}

/** Every node below, the given ones included, in the order in which they are shown. */
export function* nodesOf(nodes: readonly MapNode[]): Generator<MapNode> {
  for (const node of nodes) {
    yield node;
    yield* nodesOf(childrenOf(node));
  }
}

export const registrationsOf = (map: RegistrationMap): readonly MapRegistration[] =>
  map.roots.flatMap(({ registrations }) => registrations);

/** True when there is nothing to show but the entry point. */
export const isEmptyMap = (map: RegistrationMap): boolean =>
  map.roots.every(
    ({ slots, registrations, associations, undos }) =>
      !slots && registrations.length + associations.length + undos.length === 0,
  );
