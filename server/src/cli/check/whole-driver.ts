import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Analyzer } from '../../index.ts';
import type { CommandHost } from '../command.ts';
import { findFiles } from './files.ts';

const HEADER = /\.(?:h|hpp|hxx|hh)$/i;
const INCLUDE = /^[ \t]*#[ \t]*include[ \t]*["<](?:[^">\n]*[\\/])?([^">\\/\n]+)[">]/gm;

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

/** Files below the roots that include a header of that name, whatever folder they write before it. */
function includersOf(headers: readonly string[], roots: readonly string[], host: CommandHost): string[] {
  const includers = new Map<string, string[]>();
  for (const file of findFiles(roots, host.cwd).files) {
    let text: string;
    try {
      text = readFileSync(file, 'latin1');
    } catch {
      continue; // whoever needs the file says that it cannot be read
    }
    for (const [, name = ''] of text.matchAll(INCLUDE)) {
      const key = name.toLowerCase();
      includers.set(key, [...(includers.get(key) ?? []), file]);
    }
  }
  const found = new Set<string>();
  const pending = [...headers];
  for (let header = pending.pop(); header !== undefined; header = pending.pop()) {
    for (const file of includers.get(basename(header).toLowerCase()) ?? []) {
      if (found.has(file)) continue;
      found.add(file);
      if (HEADER.test(file)) pending.push(file);
    }
  }
  return [...found];
}
