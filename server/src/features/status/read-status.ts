import type { Catalog } from '../../catalog/catalog.ts';
import type { StatusEntry } from '../../catalog/entry.ts';
import { withoutEnd, withoutEnds } from '../../text/ends.ts';

/** A status code that somebody asks about. */
export interface AskedStatus {
  /** As asked, without blanks. */
  readonly asked: string;
  /** 32 bits, unsigned. */
  readonly value: number;
  /** What the catalogue says; undefined when it does not know the code. */
  readonly entry: StatusEntry | undefined;
  /** Every name of the value, the asked one first. */
  readonly names: readonly string[];
}

/**
 * Reads a status code as people find it in logs and debuggers: `0xC0010005`, `C0010005h`, `-1073676283`, `3221291013`, or
 * its name in any case. Undefined when it is neither a number of 32 bits nor a known name.
 */
export function readStatus(text: string, catalog: Catalog): AskedStatus | undefined {
  const asked = withoutEnds(text.trim(), '([{<\'"`', ')]}>\'"`,;.:');
  const value = numberOf(asked);
  const all = [...new Set(catalog.statuses.values())];
  if (value !== undefined) {
    const same = all.filter((entry) => valueOf(entry) === value);
    return { asked, value, entry: same[0], names: namesOf(same) };
  }
  const lower = asked.toLowerCase();
  const entry = catalog.statuses.get(asked) ?? all.find(({ name }) => name.toLowerCase() === lower);
  if (!entry) return undefined;
  const named = valueOf(entry);
  const same = [entry, ...all.filter((other) => other !== entry && valueOf(other) === named)];
  return { asked, value: named, entry, names: namesOf(same) };
}

const namesOf = (entries: readonly StatusEntry[]): string[] => [
  ...new Set(entries.flatMap(({ name, sameAs }) => [name, ...(sameAs ?? [])])),
];

const valueOf = ({ value }: StatusEntry): number => Number(value) >>> 0;

function numberOf(text: string): number | undefined {
  const cast = text.replace(/^\(?(?:NTSTATUS|NDIS_STATUS)\)?\s*\(?|\)$/gi, '');
  const bare = /^(?:-|0x|\d)/i.test(cast) ? withoutEnd(cast, 'uUlL') : cast;
  const [, hex] = /^0x([0-9a-f]{1,8})$/i.exec(bare) ?? /^([0-9a-f]{8})h?$/i.exec(bare) ?? [];
  if (hex !== undefined && !/^\d{8}$/.test(bare)) return Number.parseInt(hex, 16);
  if (!/^-?\d{1,10}$/.test(bare)) return undefined;
  const number = Number(bare);
  return number >= -(2 ** 31) && number < 2 ** 32 ? number >>> 0 : undefined;
}

/** `0xC0010005` */
export const hexadecimal = (value: number): string =>
  `0x${value.toString(16).toUpperCase().padStart(8, '0')}`;

/** What the two highest bits say: how `NT_SUCCESS` and its like take it. */
export const severityOf = (value: number): string =>
  ['success', 'information', 'warning', 'failure'][value >>> 30] ?? '';
