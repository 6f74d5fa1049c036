import type { Catalog } from '../catalog/catalog.ts';
import type { SourceFile } from '../syntax/source-file.ts';

/** Models for which macros, headers or structure names of this file speak; calls are added by the caller. */
export function modelsOf(source: SourceFile, words: ReadonlySet<string>, catalog: Catalog): Set<string> {
  const models = new Set<string>();
  const includes = new Set(
    source.directives.includes.map((include) => include.path.toLowerCase().replace(/^.*[\\/]/, '')),
  );
  const defines = new Set(source.directives.defines.map((define) => define.name));
  for (const { name, evidence } of catalog.models.values()) {
    const found =
      evidence.headers?.some((header) => includes.has(header.toLowerCase())) ||
      evidence.macros?.some((macro) => defines.has(macro)) ||
      evidence.structures?.some((structure) => words.has(structure));
    if (found) models.add(name);
  }
  return models;
}

/** Catalogue names in masked code: comments and dropped branches are left out. */
export function namesIn(masked: string, catalog: Catalog): string[] {
  return (masked.match(/[A-Za-z_]\w{5,}/g) ?? []).filter((word) => catalog.triggers.has(word));
}
