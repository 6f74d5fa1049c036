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
  let page: Page;
  switch (named.kind) {
    case 'call':
      page = callPage(named.entry, catalog, call);
      break;
    case 'structure':
      page = structurePage(named.entry, catalog);
      break;
    case 'role':
      page = rolePage(named.entry, catalog);
      break;
    case 'constant':
      page = constantPage(named.entry, catalog);
      break;
    case 'status':
      page = statusPage(named.entry, catalog);
      break;
    case 'macro':
      page = macroPage(named.entry, catalog);
      break;
    case 'entryPoint':
      page = entryPointPage(named.entry, catalog);
      break;
    case 'replaced':
      page = replacedPage(named.entry, catalog);
      break;
    case 'model':
      page = modelPage(named.entry, catalog);
      break;
  }
  return page;
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
