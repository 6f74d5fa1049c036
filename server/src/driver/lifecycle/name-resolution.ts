import type { FileFacts, FunctionIndex } from '../facts.ts';
import type { DriverFunction, FunctionId } from './functions.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a name stands for that is no function of the driver's: one of the system, or one whose body is not in sight. */
export const SYSTEM = 'system';
export const OPAQUE = 'opaque';

/** A function of the driver by its id, or one of the above, which no id is. */
export type Resolved = FunctionId;

interface Candidate {
  readonly id: FunctionId;
  readonly uri: string;
  readonly isStatic: boolean;
}

/**
 * What the names that a driver's code calls stand for. It is the same for every state of a driver that defines and
 * declares the same functions, so most edits leave it as it is.
 */
export class NameResolution {
  /** Those that it was last found to hold for. */
  #files: readonly FileFacts[];
  readonly #vocabulary: Vocabulary;
  readonly #candidates = new Map<string, Candidate[]>();
  readonly #resolved = new Map<string, Map<string, Resolved>>();

  private constructor(
    files: readonly FileFacts[],
    functions: Iterable<DriverFunction>,
    vocabulary: Vocabulary,
  ) {
    this.#files = files;
    this.#vocabulary = vocabulary;
    for (const { id, file, flow } of functions) {
      const { name, isStatic } = flow.fact;
      const known = this.#candidates.get(name) ?? [];
      known.push({ id, uri: file.uri, isStatic });
      this.#candidates.set(name, known);
    }
  }

  /** The earlier one, when it holds for these files, too. */
  static of(
    files: readonly FileFacts[],
    functions: Iterable<DriverFunction>,
    vocabulary: Vocabulary,
    earlier: NameResolution | undefined,
  ): NameResolution {
    const isSame =
      earlier !== undefined &&
      earlier.#vocabulary === vocabulary &&
      earlier.#files.length === files.length &&
      earlier.#files.every((before, index) => declaresTheSame(before, files[index] as FileFacts));
    if (!isSame) return new NameResolution(files, functions, vocabulary);
    earlier.#files = files;
    return earlier;
  }

  /** The function that a call by name reaches from a file. */
  resolve(name: string, from: FileFacts): Resolved {
    let known = this.#resolved.get(from.uri);
    if (!known) this.#resolved.set(from.uri, (known = new Map()));
    let found = known.get(name);
    if (found === undefined) known.set(name, (found = this.#resolve(name, from)));
    return found;
  }

  #resolve(name: string, from: FileFacts): Resolved {
    const candidates = this.#candidates.get(name);
    if (candidates) {
      const own = candidates.find(({ uri }) => uri === from.uri);
      if (own) return own.id;
      // One in a header that the file includes is its own, too.
      const included = candidates.find(({ uri }) =>
        from.functions.get(name)?.some((item) => item.hasBody && item.uri === uri),
      );
      if (included) return included.id;
      const visible = candidates.filter(({ isStatic }) => !isStatic);
      const [only] = visible;
      if (only && visible.length === 1) return only.id;
      if (visible.length > 1) return OPAQUE;
    }
    const { catalog, isKernel } = this.#vocabulary;
    if (catalog.calls.has(name) || catalog.idioms.readOnly.includes(name)) return SYSTEM;
    // Declared by the project without a body that we see: a library, or a file out of reach.
    if (from.functions.get(name)?.some((item) => item.kind !== 'definition')) return OPAQUE;
    if (isKernel(name) || from.includesRead) return SYSTEM;
    return /^[A-Z][A-Z0-9_]*$/.test(name) ? SYSTEM : OPAQUE;
  }
}

/** Nothing that a name may stand for is different in two versions of a file. */
function declaresTheSame(a: FileFacts, b: FileFacts): boolean {
  if (a === b) return true;
  if (a.uri !== b.uri || a.includesRead !== b.includesRead || a.flows.size !== b.flows.size) return false;
  // In the same order, too, so that what is put together from them is.
  const others = b.flows.entries();
  for (const [name, { fact }] of a.flows) {
    const [other, flow] = others.next().value ?? [];
    if (other !== name || flow?.fact.isStatic !== fact.isStatic) return false;
  }
  return sameDeclarations(a.functions, b.functions);
}

function sameDeclarations(a: FunctionIndex, b: FunctionIndex): boolean {
  if (a.size !== b.size) return false;
  for (const [name, items] of a) {
    const others = b.get(name);
    if (others === items) continue;
    const isSame =
      others?.length === items.length &&
      items.every((item, index) => {
        const other = others[index];
        return item.kind === other?.kind && item.hasBody === other.hasBody && item.uri === other.uri;
      });
    if (!isSame) return false;
  }
  return true;
}
