import type { CallEntry } from '../../catalog/entry.ts';
import type { Key } from '../../flow/graph.ts';
import type { Known } from '../../flow/values.ts';
import type { Held, Site } from './memory.ts';
import { STATUS_OF } from './origins.ts';
import type { Way } from './walk.ts';

export const withHeld = (state: Way, site: Site, held: Held): Way =>
  state.withMemory({ ...state.memory, held: new Map(state.memory.held).set(site, held) });

/** A table that is zeroed is filled for something else from now on. */
export function withoutTable(state: Way, table: Key): Way {
  let next = state;
  for (const [site, held] of state.memory.held)
    if (held.table === table) next = withHeld(next, site, { ...held, table: undefined });
  return next;
}

export function checked(state: Way, site: Site): Way {
  const held = state.memory.held.get(site);
  return held && !held.isChecked ? withHeld(state, site, { ...held, isChecked: true }) : state;
}

/** What the test of the status said cannot be told: neither can what became of the registration. */
export function lost(state: Way, site: Site): Way {
  const held = state.memory.held.get(site);
  return held ? withHeld(state, site, { ...held, state: 'lost' }) : state;
}

/** A status that is handed to a function is looked at there, unless the function only prints. */
export function passedOn(state: Way, args: readonly Known[]): Way {
  let next = state;
  for (const { origin } of args)
    if (origin?.startsWith(STATUS_OF)) next = checked(next, origin.slice(STATUS_OF.length));
  return next;
}

/** A registration takes the place of one that stands: it has the same handle, or it takes the driver object again. */
export function isAgain(known: Held, entry: CallEntry | undefined, handle: Key | undefined): boolean {
  if (known.state !== 'registered') return false;
  if (known.handle !== undefined) return known.handle === handle;
  return known.call === entry?.name && entry.registration?.takesOverDriverObject === true;
}
