/** A hash table from pairs of small integers to consecutive numbers: open addressing over typed arrays. */

/** Part of the slots that may be taken before the table grows. */
const LOAD = 0.6;

export class PairTable {
  /** Number of pairs. */
  size = 0;
  private capacity = 256;
  private firsts = new Int32Array(this.capacity);
  private seconds = new Int32Array(this.capacity);
  /** Number of the pair in a slot, plus one; 0 where the slot is free. */
  private numbers = new Int32Array(this.capacity);

  /** The number of a pair: 0, 1, 2 … in the order in which pairs are asked for first. */
  numberOf(first: number, second: number): number {
    const slot = this.slotOf(first, second);
    if (this.numbers[slot] !== 0) return this.numbers[slot] - 1;
    this.firsts[slot] = first;
    this.seconds[slot] = second;
    this.numbers[slot] = ++this.size;
    if (this.size > LOAD * this.capacity) this.grow();
    return this.size - 1;
  }

  private slotOf(first: number, second: number): number {
    const mask = this.capacity - 1;
    let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
    hash ^= hash >>> 15;
    let slot = hash & mask;
    while (this.numbers[slot] !== 0 && (this.firsts[slot] !== first || this.seconds[slot] !== second)) {
      slot = (slot + 1) & mask;
    } // prettier-ignore
    return slot;
  }

  private grow(): void {
    const { firsts, seconds, numbers, capacity } = this;
    this.capacity = 2 * capacity;
    this.firsts = new Int32Array(this.capacity);
    this.seconds = new Int32Array(this.capacity);
    this.numbers = new Int32Array(this.capacity);
    for (let old = 0; old < capacity; old++) {
      if (numbers[old] === 0) continue;
      const slot = this.slotOf(firsts[old], seconds[old]);
      this.firsts[slot] = firsts[old];
      this.seconds[slot] = seconds[old];
      this.numbers[slot] = numbers[old];
    }
  }
}
