import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The example that protocol and editor tests share: a miniport whose DriverEntry forgets a required handler. */
export const FAULTY = {
  folder: 'examples/faulty/ndis-miniport',
  file: 'driver.c',
  source: 'driverentry',
  rule: 'missing-required-handler',
  missing: 'PauseHandler',
  register: 'NdisMRegisterMiniportDriver',
  /** Part of the quick fix's title. */
  fix: 'Add',
} as const;

/** The example's path, address and text. */
export function readFaulty(): { path: string; uri: string; text: string } {
  const path = join(process.cwd(), FAULTY.folder, FAULTY.file);
  return { path, uri: pathToFileURL(path).href, text: readFileSync(path, 'utf8') };
}
