/**
 * Works on drafts with some of the rows: chooses all splits anew, grows leaves, removes leaves. Going down a
 * draft divides the rows in place, so that every node has its own as a part of them.
 */
import type { Random } from '../../../numeric/random.js';
import { leafDraft } from './draft.js';
import type { Draft } from './draft.js';
import { findCut } from './find-cut.js';
import type { Cut } from './find-cut.js';
import { PARTS } from './grid.js';
import type { Grid } from './grid.js';

/** A split that gains less of what its rows cost stays. */
const LEAST_SHARE = 1e-9;

/** Rounds end when one gains less than this share of the loss. */
const LEAST_GAIN = 5e-4;

interface PlacedLeaf {
  readonly leaf: Draft;
  readonly above: Draft | undefined;
  readonly depth: number;
  readonly start: number;
  readonly end: number;
}

export interface DraftLimits {
  readonly maxDepth: number;
  readonly minSupport: number;
}

export class Drafter {
  private readonly order: Uint32Array;
  private readonly spare: Uint32Array;
  /** What each row costs in the leaf that it ends in. */
  private readonly costs: Float64Array;
  private readonly differences: Float64Array;
  /** All 0 between uses. */
  private readonly sums = new Float64Array(PARTS);

  /** @param grid with the rows to work with alone. */
  constructor(
    readonly grid: Grid,
    private readonly limits: DraftLimits,
  ) {
    const count = grid.target.length;
    this.order = Uint32Array.from({ length: count }, (_, row) => row);
    this.spare = new Uint32Array(count);
    this.costs = new Float64Array(count);
    this.differences = new Float64Array(count);
  }

  /** The loss on the rows. */
  lossOf(draft: Draft): number {
    let loss = 0;
    for (let row = 0; row < this.costs.length; row++) loss += this.costAt(draft, row);
    return loss;
  }

  /** Whether no leaf has fewer rows than allowed. */
  hasSupport(draft: Draft): boolean {
    const { minSupport } = this.limits;
    return (
      minSupport <= 1 || this.place(draft).every(({ start, end }) => end - start >= minSupport)
    );
  }

  /** Rounds of alternating optimization, in place; returns the loss. */
  refine(root: Draft, rounds: number): number {
    let loss = Infinity;
    for (let round = 0; round < rounds; round++) {
      const found = this.sweep(root);
      const gain = loss - found;
      loss = found;
      if (gain < LEAST_GAIN * found) break;
    }
    return loss;
  }

  /**
   * One round (Carreira-Perpiñán and Tavallali 2018), from the leaves up: each leaf says what its rows say,
   * each split sends rows where they cost least, over all axes.
   */
  private sweep(root: Draft): number {
    const { costs } = this;
    this.sweepBelow(root, 0, costs.length);
    let loss = 0;
    for (const cost of costs) loss += cost;
    return loss;
  }

  private sweepBelow(draft: Draft, start: number, end: number): void {
    const { order, costs } = this;
    const { yes, no } = draft;
    if (start === end) return;
    if (yes === undefined || no === undefined) {
      draft.value = this.valueOf(draft.value, start, end);
      for (let at = start; at < end; at++) costs[order[at]] = this.costAt(draft, order[at]);
      return;
    }
    const middle = this.divide(draft, start, end);
    this.sweepBelow(no, start, middle);
    this.sweepBelow(yes, middle, end);
    this.improve(draft, start, middle, end);
  }

  /** Of each row it is known what it costs where it is; the other side is asked. */
  private improve(draft: Draft, start: number, middle: number, end: number): void {
    const { order, spare, differences, sums, costs } = this;
    const { parts, axes, thresholds } = this.grid;
    const { yes, no } = draft;
    if (yes === undefined || no === undefined) return;
    const width = axes.length;
    let [now, count, spread] = [0, 0, 0];
    for (let at = start; at < end; at++) {
      const row = order[at];
      const other = this.costAt(at < middle ? yes : no, row);
      const difference = at < middle ? costs[row] - other : other - costs[row];
      if (difference === 0) continue;
      spare[count] = row;
      differences[count++] = difference;
      spread += Math.abs(difference);
      if (at < middle) now += difference;
    }
    let bar = now - LEAST_SHARE * spread;
    let [axis, cut] = [-1, 0];
    for (let k = 0; k < width; k++) {
      const cuts = thresholds[k].length;
      let [low, high] = [cuts, 0];
      for (let i = 0; i < count; i++) {
        const part = parts[spare[i] * width + k];
        sums[part] += differences[i];
        if (part < low) low = part;
        if (part > high) high = part;
      }
      // Below all of these rows nothing changes from cut to cut, nor above them.
      if (low > 0 && 0 < bar) [bar, axis, cut] = [0, k, 0];
      let cost = 0;
      for (let place = low; place <= high; place++) {
        cost += sums[place];
        sums[place] = 0;
        if (cost < bar && place < cuts) [bar, axis, cut] = [cost, k, place];
      }
    }
    if (axis < 0) return;
    for (let i = 0; i < count; i++) {
      const row = spare[i];
      const was = parts[row * width + draft.axis] > draft.cut;
      const is = parts[row * width + axis] > cut;
      if (was !== is) costs[row] += is ? -differences[i] : differences[i];
    }
    draft.axis = axis;
    draft.cut = cut;
  }

  /** Splits leaves, those that gain most first, until there are so many; in place. */
  extend(root: Draft, leaves: number, random: Random, share: number): void {
    const open: (PlacedLeaf & { readonly split: Cut })[] = [];
    const add = (one: PlacedLeaf): void => {
      if (one.depth >= this.limits.maxDepth) return;
      const rows = this.order.subarray(one.start, one.end);
      const split = findCut(this.grid, rows, this.limits.minSupport, () => random.unit() < share);
      if (split !== undefined) open.push({ ...one, split });
    };
    const placed = this.place(root);
    placed.forEach(add);
    for (let size = placed.length; size < leaves && open.length > 0; size++) {
      const next = open.reduce((best, one) => (one.split.gain > best.split.gain ? one : best));
      open.splice(open.indexOf(next), 1);
      const { leaf, depth, start, end, split } = next;
      leaf.axis = split.axis;
      leaf.cut = split.cut;
      const middle = this.divide(leaf, start, end);
      leaf.yes = leafDraft(this.valueOf(leaf.value, middle, end));
      leaf.no = leafDraft(this.valueOf(leaf.value, start, middle));
      add({ leaf: leaf.yes, above: leaf, depth: depth + 1, start: middle, end });
      add({ leaf: leaf.no, above: leaf, depth: depth + 1, start, end: middle });
    }
  }

  /**
   * Removes leaves, that first whose rows cost least more under what stands beside it, until so many are left;
   * what costs nothing goes as well. In place.
   */
  shrink(root: Draft, leaves: number): void {
    for (;;) {
      const placed = this.place(root);
      let [least, cheapest] = [Infinity, placed[0]];
      for (const one of placed) {
        const cost = this.costOfRemoval(one);
        if (cost < least) [least, cheapest] = [cost, one];
      }
      const { leaf, above } = cheapest;
      if (above === undefined || (placed.length <= leaves && least > 0)) return;
      const kept = leaf === above.yes ? above.no : above.yes;
      if (kept !== undefined) Object.assign(above, kept);
    }
  }

  private costOfRemoval({ leaf, above, start, end }: PlacedLeaf): number {
    const beside = leaf === above?.yes ? above.no : above?.yes;
    if (beside === undefined) return Infinity;
    let cost = 0;
    for (let at = start; at < end; at++) {
      cost += this.costAt(beside, this.order[at]) - this.costAt(leaf, this.order[at]);
    }
    return cost;
  }

  private place(root: Draft): readonly PlacedLeaf[] {
    const placed: PlacedLeaf[] = [];
    const visit = (
      draft: Draft,
      above: Draft | undefined,
      depth: number,
      start: number,
      end: number,
    ): void => {
      // prettier-ignore
      const { yes, no } = draft;
      if (yes === undefined || no === undefined) {
        placed.push({ leaf: draft, above, depth, start, end });
        return;
      }
      const middle = this.divide(draft, start, end);
      visit(yes, draft, depth + 1, middle, end);
      visit(no, draft, depth + 1, start, middle);
    };
    visit(root, undefined, 0, 0, this.order.length);
    return placed;
  }

  /** Moves the rows of the yes side behind the others; returns where they start. */
  private divide({ axis, cut }: Draft, start: number, end: number): number {
    const { order, spare } = this;
    const { parts, axes } = this.grid;
    const width = axes.length;
    let [kept, moved] = [start, 0];
    for (let at = start; at < end; at++) {
      const row = order[at];
      const mark = parts[row * width + axis] > cut ? 1 : 0;
      order[kept] = row;
      spare[moved] = row;
      kept += 1 - mark;
      moved += mark;
    }
    order.set(spare.subarray(0, moved), kept);
    return kept;
  }

  private costAt(draft: Draft, row: number): number {
    const { parts, axes, target, weights, classes } = this.grid;
    const base = row * axes.length;
    let at = draft;
    while (at.yes !== undefined && at.no !== undefined) {
      at = parts[base + at.axis] > at.cut ? at.yes : at.no;
    }
    const error = at.value - target[row];
    if (classes > 0) return error === 0 ? 0 : weights[row];
    return weights[row] * error * error;
  }

  /** What the rows are told best by; the value given where it is as good. */
  private valueOf(now: number, start: number, end: number): number {
    const { target, weights, classes } = this.grid;
    const { order } = this;
    if (classes === 0) {
      let [weight, sum] = [0, 0];
      for (let at = start; at < end; at++) {
        weight += weights[order[at]];
        sum += weights[order[at]] * target[order[at]];
      }
      return weight > 0 ? sum / weight : now;
    }
    const counts = new Float64Array(classes);
    for (let at = start; at < end; at++) counts[target[order[at]]] += weights[order[at]];
    let best = now;
    for (let k = 0; k < classes; k++) if (counts[k] > counts[best]) best = k;
    return best;
  }
}
