/* oxlint-disable no-underscore-dangle -- these are the runtime's own names */

/** What we use of the parser's runtime by its own names. */
interface Heap {
  readonly HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(address: number): void;
}

/** Where the runtime's stack ends: a variable of WebAssembly. */
export interface StackPointer {
  value: number;
}

/** What the runtime is started with. */
export interface RuntimeImports {
  readonly env: { readonly __stack_pointer: StackPointer };
}

export const stackOf = ({ env }: RuntimeImports): StackPointer => env.__stack_pointer;

/** More than any gap between blocks, so that it comes from the free end of the memory. */
const PROBE = 256 * 1024;
const HEADER = 64;

/**
 * The memory of the parser's runtime, in which all parsers and trees of a program live. A trap, or a stack that is full,
 * leaves it half written and its stack where it was, and what is parsed then may be wrong. So it is put back to what it
 * was before anything was parsed, and whatever was made since must not be touched: it belongs to a generation that is gone.
 */
export class RuntimeMemory {
  #generation = 0;
  readonly #heap: Heap;
  readonly #stack: StackPointer;
  #bytes = new Uint8Array();
  readonly #stackAt: number;

  constructor(heap: Heap, stack: StackPointer) {
    this.#heap = heap;
    this.#stack = stack;
    this.#stackAt = stack.value;
  }

  /** Remembers the memory as it is: with the languages that are loaded, and no text parsed yet. */
  remember(): void {
    const end = this.#heap._malloc(PROBE);
    this.#heap._free(end);
    this.#bytes = this.#heap.HEAPU8.slice(0, end + HEADER);
  }

  /** Trees and parsers of an earlier generation are gone. */
  get generation(): number {
    return this.#generation;
  }

  restore(): void {
    const { HEAPU8 } = this.#heap;
    HEAPU8.set(this.#bytes);
    HEAPU8.fill(0, this.#bytes.length);
    this.#stack.value = this.#stackAt;
    this.#generation++;
  }
}
