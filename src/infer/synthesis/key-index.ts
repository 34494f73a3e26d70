/**
 * A map from hashes (see `hashWords`) to small numbers, in two typed arrays: a search asks it for every
 * candidate, and a `Map` would box each of these numbers.
 */

const FIRST_CAPACITY = 256;
/** Slots for each key: with fewer, neighbours get in each other's way. */
const SLOTS_PER_KEY = 2;
/** 2^32 divided by the golden ratio: spreads neighbouring keys over all slots. */
const SPREAD = 0x9e3779b1;

export class KeyIndex {
  /** −1: empty; hashes are not negative. */
  private keys = new Float64Array(FIRST_CAPACITY).fill(-1);
  private values = new Int32Array(FIRST_CAPACITY);
  private size = 0;

  /** The number of a key; −1 when it has none. */
  get(key: number): number {
    const slot = this.slotOf(key);
    return this.keys[slot] === key ? this.values[slot] : -1;
  }

  /** Gives a key its number. */
  set(key: number, value: number): void {
    const slot = this.slotOf(key);
    this.values[slot] = value;
    if (this.keys[slot] === key) return;
    this.keys[slot] = key;
    this.size++;
    if (SLOTS_PER_KEY * this.size > this.keys.length) this.grow();
  }

  /** Where a key stands, or would stand. */
  private slotOf(key: number): number {
    const { keys } = this;
    const mask = keys.length - 1;
    let slot = Math.imul(key | 0, SPREAD) >>> 8;
    for (slot &= mask; keys[slot] !== -1 && keys[slot] !== key; slot = (slot + 1) & mask);
    return slot;
  }

  private grow(): void {
    const { keys, values } = this;
    this.keys = new Float64Array(2 * keys.length).fill(-1);
    this.values = new Int32Array(2 * keys.length);
    for (let k = 0; k < keys.length; k++) {
      if (keys[k] === -1) continue;
      const slot = this.slotOf(keys[k]);
      this.keys[slot] = keys[k];
      this.values[slot] = values[k];
    }
  }
}
