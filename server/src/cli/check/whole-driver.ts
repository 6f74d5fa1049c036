import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Analyzer } from '../../index.ts';
import type { CommandHost } from '../command.ts';
import { findFiles } from './files.ts';

const HEADER = /\.(?:h|hpp|hxx|hh)$/i;
const INCLUDE = /^[ \t]*#[ \t]*include[ \t]*["<]([^"<>\n]+)[">]/gm;

/**
 * All files of the drivers that some files belong to: what one file undoes, or fails to, is reported where it was
 * registered. A header belongs to the drivers of the files that include it, directly or through others.
 */
export async function filesOfDrivers(
  analyzer: Analyzer,
  files: readonly string[],
  roots: readonly string[],
  host: CommandHost,
): Promise<string[]> {
  const headers = files.filter((file) => HEADER.test(file));
  const sources = [...files, ...(headers.length > 0 ? includersOf(headers, roots, host) : [])];
  const all = new Set(files);
  for (const source of sources) {
    const { files: own } = await analyzer.driverOf(host.toUri(source));
    for (const uri of own) all.add(host.toPath(uri));
    all.add(source);
  }
  return [...all];
}

/** Files below the roots that include one of the headers, directly or through others. */
function includersOf(headers: readonly string[], roots: readonly string[], host: CommandHost): string[] {
  /** By the header, where the include says which one, else by its name: include folders may lead to any of that name. */
  const includers = new Map<string, Set<string>>();
  const exists = new Map<string, boolean>();
  for (const file of findFiles(roots, host.cwd).files) {
    let text: string;
    try {
      text = readFileSync(file, 'latin1');
    } catch {
      continue; // whoever needs the file says that it cannot be read
    }
    for (const [, included = ''] of text.matchAll(INCLUDE)) {
      const path = resolve(dirname(file), included.replaceAll('\\', '/'));
      if (!exists.has(path)) exists.set(path, existsSync(path));
      const key = (exists.get(path) ? path : basename(path)).toLowerCase();
      includers.set(key, (includers.get(key) ?? new Set()).add(file));
    }
  }
  const found = new Set<string>();
  const pending = [...headers];
  for (let header = pending.pop(); header !== undefined; header = pending.pop()) {
    for (const key of [header.toLowerCase(), basename(header).toLowerCase()]) {
      for (const file of includers.get(key) ?? []) {
        if (found.has(file)) continue;
        found.add(file);
        if (HEADER.test(file)) pending.push(file);
      }
    }
  }
  return [...found];
}
