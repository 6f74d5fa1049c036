import type { DriverFacts } from '../../driver/driver-facts.ts';
import type { DriverFunction } from '../../driver/lifecycle/functions.ts';
import { LineIndex } from '../../text/line-index.ts';
import type { TextRange } from '../../text/range.ts';
import { folderOf, nameOf } from '../../text/uri.ts';
import type { MapPlace } from './model.ts';

/** Places of one driver, by line and column. */
export class Places {
  readonly textOf: (uri: string) => string | undefined;
  readonly #lines = new Map<string, LineIndex>();
  readonly #labels = new Map<string, string>();

  constructor(driver: DriverFacts, textOf: (uri: string) => string | undefined) {
    this.textOf = textOf;
    const names = [...driver.files.keys()].map(nameOf);
    for (const uri of driver.files.keys()) {
      const name = nameOf(uri);
      const isAlone = names.filter((other) => other === name).length === 1;
      this.#labels.set(uri, isAlone ? name : `${nameOf(folderOf(uri))}/${name}`);
    }
  }

  lines(uri: string): LineIndex {
    let known = this.#lines.get(uri);
    if (!known) this.#lines.set(uri, (known = new LineIndex(this.textOf(uri) ?? '')));
    return known;
  }

  at(uri: string, range: TextRange): MapPlace {
    const lines = this.lines(uri);
    return {
      uri,
      file: this.#labels.get(uri) ?? nameOf(uri),
      range: { start: lines.positionAt(range.start), end: lines.positionAt(range.end) },
    };
  }

  /** A range of a function's graph. */
  within(fn: DriverFunction, range: TextRange): MapPlace {
    const { start } = fn.flow.fact.range;
    return this.at(fn.file.uri, { start: start + range.start, end: start + range.end });
  }

  text(fn: DriverFunction, range: TextRange): string {
    const { start } = fn.flow.fact.range;
    return (this.textOf(fn.file.uri) ?? '').slice(start + range.start, start + range.end).trim();
  }
}

const before = (a: MapPlace['range']['start'], b: MapPlace['range']['start']): boolean =>
  a.line < b.line || (a.line === b.line && a.character <= b.character);

/** True when the inner place lies in the outer one. */
export const covers = (outer: MapPlace, inner: MapPlace): boolean =>
  outer.uri === inner.uri &&
  before(outer.range.start, inner.range.start) &&
  before(inner.range.end, outer.range.end);

/** Lines, then columns: which of two places is the smaller one. */
export const sizeOf = ({ range: { start, end } }: MapPlace): number =>
  (end.line - start.line) * 10_000 + (end.character - start.character);

export const samePlace = (a: MapPlace, b: MapPlace): boolean =>
  a.uri === b.uri &&
  a.range.start.line === b.range.start.line &&
  a.range.start.character === b.range.start.character;

/** `mux.c:178` */
export const placeText = ({ file, range }: MapPlace): string => `${file}:${range.start.line + 1}`;
