/** Counts distinct numbers (within a tolerance) as long as there are few of them. */

/** Beyond this many values a linear look-up is too slow, and the count of no use. */
const MAX_COUNTED = 64;

export class ValueCounter {
  private readonly seen: number[] = [];
  private readonly limit: number;

  constructor(
    private readonly tolerance: number,
    limit: number,
  ) {
    this.limit = Math.min(limit, MAX_COUNTED);
  }

  /** Adds a value; false when it is one too many. */
  add(value: number): boolean {
    for (const known of this.seen) {
      if (Math.abs(known - value) <= this.tolerance) return true;
    }
    if (this.seen.length >= this.limit) return false;
    this.seen.push(value);
    return true;
  }

  get count(): number {
    return this.seen.length;
  }
}
