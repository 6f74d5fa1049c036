import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findFiles } from '../../src/cli/check/files.ts';
import { decodeText } from '../../src/text/decode.ts';
import { FlagReader } from '../../src/workspace/file-flags.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { builtInDrivers } from '../mutate/driver-text.ts';

/** A source file as it is on the disk. */
export interface Source {
  readonly path: string;
  readonly uri: string;
  readonly text: string;
  /** It names something of the catalogue. */
  readonly mentions: boolean;
}

/** What is measured. */
export interface Material {
  /** As given to the command line. */
  readonly paths: readonly string[];
  readonly roots: readonly string[];
  readonly files: readonly Source[];
}

/** The sources behind files and folders, found as the command line finds them. */
export function readMaterial(paths: readonly string[], catalog: Catalog): Material {
  const found = findFiles(paths, process.cwd());
  const [problem] = found.problems;
  if (problem !== undefined) throw new Error(problem);
  const flags = new FlagReader(catalog);
  const files = found.files.map((path): Source => {
    const uri = pathToFileURL(path).href;
    const { text } = decodeText(new Uint8Array(readFileSync(path)));
    return { path, uri, text, mentions: flags.of(uri, text).mentions };
  });
  if (files.length === 0) throw new Error(`${paths.join(' ')}: there are no source files`);
  return { paths, roots: found.roots, files };
}

/** The largest source file that says something to the rules, and a header beside it that it includes. */
export function mainFile(material: Material): { readonly file: Source; readonly header: Source | undefined } {
  const sources = material.files.filter(({ path }) => !/\.h\w*$/i.test(path));
  const [file] = (
    sources.some(({ mentions }) => mentions) ? sources.filter((one) => one.mentions) : sources
  ).toSorted((a, b) => b.text.length - a.text.length);
  if (file === undefined) throw new Error('there is no source file besides headers');
  return { file, header: headerOf(file) };
}

function headerOf({ path, text }: Source): Source | undefined {
  for (const [, name = ''] of text.matchAll(/^[ \t]*#[ \t]*include[ \t]*"([^"]+)"/gm)) {
    const header = join(dirname(path), name);
    if (!existsSync(header) || !statSync(header).isFile()) continue;
    const { text: content } = decodeText(new Uint8Array(readFileSync(header)));
    return { path: header, uri: pathToFileURL(header).href, text: content, mentions: false };
  }
  return undefined;
}

/** Writes drivers made of the scaffolds that we ship. */
export class Generator {
  readonly #entries: readonly string[];
  readonly #scaffolds: readonly string[];

  constructor(catalog: Catalog) {
    this.#entries = [...catalog.entryPoints.keys()];
    this.#scaffolds = builtInDrivers(process.cwd())
      .filter(({ name }) => name.startsWith('snippet '))
      .flatMap(({ files }) => [...files.values()]);
  }

  /**
   * A file of so many lines: one whole driver, and the functions of others under other names. Only the first has an
   * entry function: what grows is a driver, not the number of drivers.
   */
  text(lines: number, first = 0): string {
    let text = `#include "driver.h"\n${this.#scaffold(first)}`;
    for (let copy = 1; text.split('\n').length < lines; copy++) text += this.#part(first + copy, `P${copy}`);
    return text;
  }

  /** One folder for each driver, of two files and a header. */
  drivers(folder: string, count: number, lines = 0): void {
    for (let driver = 0; driver < count; driver++) {
      const own = join(folder, `driver${driver}`);
      write(own, 'driver.h', HEADER);
      write(own, 'driver.c', this.text(driver === 0 ? lines : 0, driver));
      write(own, 'part.c', `#include "driver.h"\n${this.#part(driver + 1, 'Q')}`);
    }
  }

  /** One driver of so many files. */
  driver(folder: string, files: number): void {
    write(folder, 'driver.h', HEADER);
    write(folder, 'driver.c', this.text(0));
    for (let file = 1; file < files; file++) {
      write(folder, `part${file}.c`, `#include "driver.h"\n${this.#part(file, `F${file}`)}`);
    }
  }

  #scaffold(index: number): string {
    return this.#scaffolds[index % this.#scaffolds.length] ?? '';
  }

  /** The functions of a scaffold but its entry function, with a suffix to all names that it gives. */
  #part(index: number, suffix: string): string {
    const whole = this.#scaffold(index);
    const text = this.#entries.reduce(
      (left, entry) =>
        left
          .replace(new RegExp(`^(?:_\\w+_\\r?\\n)?\\w+ ${entry}\\([^]*?^\\}\\r?\\n`, 'm'), '')
          .replace(new RegExp(`^.*\\b${entry}\\b.*\\r?\\n`, 'gm'), ''),
      whole,
    );
    const names = new Set(
      [...text.matchAll(/^(?:static )?\w+ \**(\w+)(?=[;([ ])/gm)].map(([, name = '']) => name),
    );
    return text.replace(/[A-Za-z_]\w*/g, (word) => (names.has(word) ? `${word}${suffix}` : word));
  }
}

const HEADER =
  '#pragma once\n#define DRIVER_TAG 1\ntypedef struct _DRIVER_STATE { int Count; } DRIVER_STATE;\n';

function write(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
}
