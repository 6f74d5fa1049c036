import type { RuleContext } from '../rule.ts';

/** True when any function of the file stores something in the slot, or fills the array it belongs to. */
export function isSlotSet({ facts }: RuleContext, slot: string): boolean {
  const fill = slot.replace(/\[.*\]$/, '[*]');
  return facts.objectWrites.some(
    (write) => (write.slot === slot || (fill !== slot && write.slot === fill)) && write.value.kind !== 'null',
  );
}
