import type { StructureEntry } from '../../../src/catalog/entry.ts';
import { numberValue } from '../../../src/syntax/nodes.ts';
import type { Driver } from '../model/driver.ts';
import type { MemberWrite } from '../model/writes.ts';
import { mutant, type Mutant, type Operator, replaced } from '../mutant.ts';
import { tableWrites } from './tables.ts';

const headers = (driver: Driver): StructureEntry[] =>
  [...new Set(driver.catalog.structures.values())].filter(({ objectHeader }) => objectHeader !== undefined);

/** A structure of another kind, to take a constant from: the next one in the catalogue. */
function otherStructure(structure: StructureEntry, driver: Driver): StructureEntry | undefined {
  const all = headers(driver);
  const at = all.indexOf(structure);
  return (
    all.find((other, index) => index > at && other.objectHeader?.type !== structure.objectHeader?.type) ??
    all.find((other) => other !== structure)
  );
}

function* writesOf(driver: Driver, field: string): Generator<MemberWrite> {
  for (const write of tableWrites(driver)) {
    const { objectHeader } = write.structure;
    if (objectHeader && write.slot === `${objectHeader.member}.${field}`) yield write;
  }
}

const changed = (write: MemberWrite, newText: string): Mutant =>
  mutant(write.unit, write.value, `${write.value.text} to ${newText}`, [replaced(write.value, newText)]);

const wrongType: Operator = {
  name: 'wrong-type',
  summary: 'The header type is that of another structure.',
  *mutants(driver) {
    for (const write of writesOf(driver, 'Type')) {
      const other = otherStructure(write.structure, driver)?.objectHeader;
      if (other) yield changed(write, other.type);
    }
  },
};

const wrongRevision: Operator = {
  name: 'wrong-revision',
  summary: "The header revision is another revision's, or another structure's.",
  *mutants(driver) {
    for (const write of writesOf(driver, 'Revision')) {
      const revisions = write.structure.objectHeader?.revisions ?? [];
      const at = revisions.findIndex(({ constant }) => constant === write.value.text);
      // A constant of the same number would change nothing.
      const other = headers(driver)
        .filter((structure) => structure !== write.structure)
        .flatMap(({ objectHeader }) => objectHeader?.revisions ?? [])
        .find(({ revision }) => revision !== revisions[at]?.revision);
      for (const one of [revisions[at - 1], at < 0 ? undefined : revisions[at + 1], other]) {
        if (one) yield changed(write, one.constant);
      }
    }
  },
};

const wrongSize: Operator = {
  name: 'wrong-size',
  summary: "The header size is an older revision's, or another structure's.",
  *mutants(driver) {
    for (const write of writesOf(driver, 'Size')) {
      const revisions = write.structure.objectHeader?.revisions ?? [];
      const at = revisions.findIndex(({ size }) => size === write.value.text);
      const other = otherStructure(write.structure, driver)?.objectHeader?.revisions[0];
      for (const one of [revisions[at - 1], other]) if (one) yield changed(write, one.size);
    }
  },
};

const wrongVersion: Operator = {
  name: 'wrong-version',
  summary: 'The driver registers for a version that does not exist.',
  *mutants(driver) {
    for (const write of tableWrites(driver)) {
      const { version } = write.structure;
      if (write.slot === version?.major) yield changed(write, '5');
      if (write.slot !== version?.minor) continue;
      const legal = new Set(driver.catalog.versions.map(({ minor }) => BigInt(minor)));
      const now = numberValue(write.value);
      // 6.10 for 6.1 and 6.2 for 6.20: how people read "NDIS 6.1" and "NDIS 6.20" into the field.
      for (const wrong of now === undefined || now >= 10n ? [(now ?? 20n) / 10n, 10n] : [now * 10n, 10n]) {
        if (!legal.has(wrong)) yield changed(write, String(wrong));
      }
    }
  },
};

export const HEADER: readonly Operator[] = [wrongRevision, wrongSize, wrongVersion, wrongType];
