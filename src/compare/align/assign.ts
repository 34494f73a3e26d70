/**
 * Which item of one list is which of another one: terms of a sum, parts of a condition, statements of a
 * block. The cheapest pairs come first, in whatever order the items stand.
 */

/** Of two terms whose cost is more than this share of their size, one is gone and the other new. */
const MOST_UNLIKE = 0.6;

/** Of more pairs of terms than this those that read alike are paired first, and a rest of so many in its order. */
const MOST_PAIRS = 4096;

/** Items of two lists, paired where they are alike. */
export interface Pairs<Item> {
  readonly matched: readonly (readonly [Item, Item])[];
  readonly gone: readonly Item[];
  readonly fresh: readonly Item[];
}

/** Pairs items that read alike, each once, in their order. */
function pairEqual<Item>(
  old: readonly Item[],
  fresh: readonly Item[],
  keyOf: (item: Item) => string,
): Pairs<Item> {
  const waiting = new Map<string, Item[]>();
  for (const item of fresh) {
    const key = keyOf(item);
    waiting.set(key, [...(waiting.get(key) ?? []), item]);
  }
  const matched: [Item, Item][] = [];
  const without: Item[] = [];
  for (const item of old) {
    const partner = waiting.get(keyOf(item))?.shift();
    if (partner === undefined) without.push(item);
    else matched.push([item, partner]);
  }
  const left = new Set([...waiting.values()].flat());
  return { matched, gone: without, fresh: fresh.filter((item) => left.has(item)) };
}

/** Pairs items, cheapest pairs first, in whatever order they stand; what is too unlike has no partner. */
export function assign<Item>(
  old: readonly Item[],
  fresh: readonly Item[],
  costOf: (old: Item, fresh: Item) => number,
  sizeOf: (item: Item) => number,
  keyOf: (item: Item) => string,
): Pairs<Item> {
  if (old.length * fresh.length > MOST_PAIRS) {
    const equal = pairEqual(old, fresh, keyOf);
    const isLess = equal.matched.length > 0;
    if (isLess) {
      const rest = assign(equal.gone, equal.fresh, costOf, sizeOf, keyOf);
      const place = new Map(old.map((item, i) => [item, i]));
      const matched = [...equal.matched, ...rest.matched].sort(
        ([a], [b]) => (place.get(a) ?? 0) - (place.get(b) ?? 0),
      );
      return { ...rest, matched };
    }
  }
  const isMany = old.length * fresh.length > MOST_PAIRS;
  const candidates: { i: number; j: number; share: number }[] = [];
  for (let i = 0; i < old.length; i++) {
    const columns = isMany ? [i].filter((j) => j < fresh.length) : fresh.keys();
    for (const j of columns) {
      const share = costOf(old[i], fresh[j]) / (sizeOf(old[i]) + sizeOf(fresh[j]));
      if (share <= MOST_UNLIKE) candidates.push({ i, j, share });
    }
  }
  candidates.sort((a, b) => a.share - b.share || Math.abs(a.i - a.j) - Math.abs(b.i - b.j) || a.i - b.i); // prettier-ignore
  const partner = new Map<number, number>();
  const taken = new Set<number>();
  for (const { i, j } of candidates) {
    if (partner.has(i) || taken.has(j)) continue;
    partner.set(i, j);
    taken.add(j);
  }
  return {
    matched: [...partner].sort(([a], [b]) => a - b).map(([i, j]) => [old[i], fresh[j]] as const),
    gone: old.filter((_, i) => !partner.has(i)),
    fresh: fresh.filter((_, j) => !taken.has(j)),
  };
}
