import type { Catalog, NamedEntry } from '../../catalog/catalog.ts';
import type { CallFact } from '../../driver/facts.ts';
import { type Page } from './build.ts';
import { callPage } from './call.ts';
import { entryPointPage, modelPage, objectPage, replacedPage } from './driver.ts';
import { rolePage } from './role.ts';
import { structurePage } from './structure.ts';
import { constantPage, macroPage, statusPage } from './values.ts';

/** The page of one catalogue entry. */
export function entryPage(named: NamedEntry, catalog: Catalog, call?: CallFact): Page {
  switch (named.kind) {
    case 'call':
      return callPage(named.entry, catalog, call);
    case 'structure':
      return structurePage(named.entry, catalog);
    case 'role':
      return rolePage(named.entry, catalog);
    case 'constant':
      return constantPage(named.entry, catalog);
    case 'status':
      return statusPage(named.entry, catalog);
    case 'macro':
      return macroPage(named.entry, catalog);
    case 'entryPoint':
      return entryPointPage(named.entry, catalog);
    case 'replaced':
      return replacedPage(named.entry, catalog);
    case 'model':
      return modelPage(named.entry, catalog);
  }
}

/** Pages of everything that has this name. What an entry point's page says its role's page need not repeat. */
export function entryPages(name: string, catalog: Catalog, call?: CallFact): Page[] {
  const found = catalog.lookup(name);
  const entryPoint = found.find((item) => item.kind === 'entryPoint');
  const pages = found
    .filter((item) => !(entryPoint && item.kind === 'role' && item.entry.name === entryPoint.entry.role))
    .map((item) => entryPage(item, catalog, call));
  const object = catalog.objects.get(name);
  return object ? [...pages, objectPage(object, catalog)] : pages;
}
