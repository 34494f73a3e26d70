/** Finds, among numbers of which some are taken away in time, the one nearest to a given number. */

/** Some of the numbers of an array; taking one away costs next to nothing. */
export class NearestNumbers {
  /** Indices by ascending number, equal ones by index. */
  private readonly sorted: Uint32Array;
  /** The place of each index in `sorted`; −1 for one that takes no part. */
  private readonly place: Int32Array;
  /** For each place one at or behind it, nearer to the next that is left; `sorted.length` for none. */
  private readonly behind: Int32Array;
  /** The same before it; places count from 1, and 0 stands for none. */
  private readonly before: Int32Array;

  constructor(
    private readonly numbers: Float64Array,
    takesPart: (index: number) => boolean,
  ) {
    this.sorted = Uint32Array.from([...numbers.keys()].filter(takesPart));
    this.sorted.sort((a, b) => numbers[a] - numbers[b] || a - b);
    const places = this.sorted.length;
    this.place = new Int32Array(numbers.length).fill(-1);
    for (let place = 0; place < places; place++) this.place[this.sorted[place]] = place;
    this.behind = Int32Array.from({ length: places + 1 }, (_, place) => place);
    this.before = this.behind.slice();
  }

  /** Takes the number with an index away; one that takes no part is not there anyway. */
  remove(index: number): void {
    const place = this.place[index];
    if (place < 0) return;
    this.behind[place] = place + 1;
    this.before[place + 1] = place;
  }

  /** The index of the number nearest to `value` that is left, the lowest at a tie. */
  nearest(value: number): number | undefined {
    const { numbers, sorted } = this;
    const from = this.firstAtLeast(value);
    const right = find(this.behind, from);
    const left = find(this.before, from);
    const above = right < sorted.length ? sorted[right] : undefined;
    const below = left > 0 ? this.firstEqual(sorted[left - 1]) : undefined;
    if (above === undefined || below === undefined) return above ?? below;
    const [up, down] = [numbers[above] - value, value - numbers[below]];
    if (up === down) return Math.min(above, below);
    return up < down ? above : below;
  }

  /** Of the numbers left that equal this one, the one with the lowest index. */
  private firstEqual(index: number): number {
    return this.sorted[find(this.behind, this.firstAtLeast(this.numbers[index]))];
  }

  /** The place of the first number that is at least `value`, taken away or not. */
  private firstAtLeast(value: number): number {
    let from = 0;
    let to = this.sorted.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.numbers[this.sorted[middle]] < value) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/** The end of a chain of places, which becomes short on the way. */
function find(next: Int32Array, place: number): number {
  let end = place;
  while (next[end] !== end) end = next[end];
  for (let at = place; at !== end;) {
    const following = next[at];
    next[at] = end;
    at = following;
  }
  return end;
}
