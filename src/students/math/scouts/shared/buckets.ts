/** Keeps the best few of each kind (a complexity, a number of terms), so that no kind crowds others out. */

export interface Buckets<T> {
  /** Smaller costs are better; of equal ones the earlier stays. Only finite costs are kept. */
  readonly offer: (kind: number | string, cost: number, item: T) => void;
  /** An offer of this kind is kept if it costs less. */
  readonly bound: (kind: number | string) => number;
  /** What is kept: kinds in the order in which they came, the best of each first. */
  readonly all: () => readonly T[];
}

/** Keeps `capacity` items of each kind. */
export function createBuckets<T>(capacity: number): Buckets<T> {
  const kinds = new Map<number | string, { cost: number; item: T }[]>();
  const bound = (kind: number | string): number => {
    const bucket = kinds.get(kind);
    return bucket === undefined || bucket.length < capacity
      ? Infinity
      : bucket[bucket.length - 1].cost;
  };
  return {
    bound,
    offer(kind, cost, item) {
      if (!(cost < bound(kind))) return;
      const bucket = kinds.get(kind) ?? [];
      kinds.set(kind, bucket);
      let at = bucket.length;
      while (at > 0 && cost < bucket[at - 1].cost) at--;
      bucket.splice(at, 0, { cost, item });
      if (bucket.length > capacity) bucket.pop();
    },
    all: () => [...kinds.values()].flatMap((bucket) => bucket.map(({ item }) => item)),
  };
}
