import type { Block, Next, Op } from './graph.ts';

/** Blocks under construction. One block is open at a time, or none: what follows a jump is unreachable. */
export class GraphBlocks {
  readonly #blocks: { ops: Op[]; next: Next | undefined }[] = [{ ops: [], next: undefined }];
  #open = 0;

  /** A block to be started later. */
  reserve(): number {
    this.#blocks.push({ ops: [], next: undefined });
    return this.#blocks.length - 1;
  }

  /** Makes a reserved block the open one; the one that was open, unless it was ended, goes on in it. */
  start(block: number): void {
    this.goto(block);
    this.#open = block;
  }

  add(op: Op): void {
    this.#current()?.ops.push(op);
  }

  goto(to: number): void {
    if (this.#open !== to) this.end({ kind: 'goto', to });
  }

  /** Ends the open block. Ending one that is ended already changes nothing. */
  end(next: Next): void {
    const block = this.#current();
    if (block) block.next = next;
  }

  #current(): { ops: Op[]; next: Next | undefined } | undefined {
    const block = this.#blocks[this.#open];
    return block?.next === undefined ? block : undefined;
  }

  /** All blocks; those that nothing ended leave the function. */
  finish(): Block[] {
    return this.#blocks.map(({ ops, next }) => ({
      ops,
      next: next ?? { kind: 'return', value: undefined, range: { start: 0, end: 0 } },
    }));
  }
}
