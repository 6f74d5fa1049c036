import { versionMacros } from '../../catalog/build-macros.ts';
import type { FileFacts } from '../../driver/facts.ts';
import type { RuleContext } from '../rule.ts';

/**
 * The build asks for a version older than all of the version table and for no newer one: by macros of the project, or by
 * those that the sources and headers of the driver name.
 */
export function isOlderBuild({ facts, driver, catalog }: RuleContext): boolean {
  const all = versionMacros(catalog);
  const isOld = (name: string) => catalog.macros.get(name)?.olderVersionOf !== undefined;
  const ofBuild = [...(driver.build?.defines.keys() ?? [])].filter((name) => all.has(name));
  if (ofBuild.length > 0) return ofBuild.every(isOld);
  const inFile = ({ macroNames }: FileFacts) => [...macroNames].filter((name) => all.has(name));
  // What the file itself and its headers say counts before what its neighbours do.
  const own = inFile(facts);
  const named = own.length > 0 ? own : [...driver.files.values()].flatMap(inFile);
  return named.length > 0 && named.every(isOld);
}
