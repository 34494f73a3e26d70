/**
 * Splits on how many of some conditions hold (TREPAN; Craven and Shavlik 1996): from the best threshold of each
 * feature, in either direction, sets of conditions are searched with a beam, each step adding one.
 *
 *     at least 3 of (a > 5, b > 2, c < 4, d > 1, e < 6)
 */
import { roundedTo, shortestBetween } from '../round/short-number.js';
import type { Condition } from '../tree.js';
import type { Axis } from './axes.js';
import { middleOf } from './best-split.js';
import type { RichSplit } from './oblique-split.js';
import { bestThreshold, sampleOf } from './projection.js';
import type { Sample } from './projection.js';
import type { RowStore } from './row-store.js';
import type { Measure } from './statistics.js';

/** Rows on which sets are compared. */
const MOST_ROWS = 3000;

/** Sets that go on at each step, and conditions of a set. */
const BEAM = 6;
const MOST_LITERALS = 8;

/** How much more of the gain a further condition brings. */
const LEAST_GROWTH = 1.02;

/** Times that all thresholds are placed anew. */
const TURNS = 3;

/** Share of the gain that is kept when a threshold becomes shorter. */
const KEPT_SHORT = 0.995;

/** sign · feature > threshold. */
interface Literal {
  readonly feature: number;
  readonly sign: 1 | -1;
  readonly threshold: number;
}

interface Counted {
  readonly literals: readonly Literal[];
  readonly least: number;
  readonly gain: number;
}

/** `undefined` where counting at least two conditions does not split the rows. */
export function findMOfNSplit(
  store: RowStore,
  axes: readonly Axis[],
  rows: Uint32Array,
  measure: Measure,
  minSupport: number,
): RichSplit | undefined {
  const sample = sampleOf(store, measure, minSupport, rows, MOST_ROWS);
  const literals = axes
    .filter(({ isGroup, monotone }) => !isGroup && monotone === 0)
    .flatMap(({ features: [feature] }): Literal[] => {
      const found = bestThreshold(sample, valuesOf(sample, feature, 1));
      if (found === undefined) return [];
      const { threshold } = found;
      return [
        { feature, sign: 1, threshold },
        { feature, sign: -1, threshold: -threshold },
      ];
    });
  const found = search(sample, literals);
  if (found === undefined || found.literals.length < 2) return undefined;
  const whole = sampleOf(store, measure, minSupport, rows, Infinity);
  const {
    literals: told,
    least,
    gain,
  } = shorten(whole, place(whole, place(sample, turned(found))));
  return { condition: { kind: 'count', conditions: told.map(conditionOf), least }, gain };
}

/** x < 4 is −x > −4, which the printers turn around. */
function conditionOf({ feature, sign, threshold }: Literal): Condition {
  return sign > 0
    ? { kind: 'above', feature, threshold }
    : { kind: 'linear', terms: [{ feature, coefficient: -1 }], threshold };
}

function valuesOf({ store, rows }: Sample, feature: number, sign: number): Float64Array {
  const column = store.columns[feature];
  return Float64Array.from(rows, (row) => sign * column[row]);
}

function heldOf(sample: Sample, { feature, sign, threshold }: Literal): Uint8Array {
  const column = sample.store.columns[feature];
  return Uint8Array.from(sample.rows, (row) => (sign * column[row] > threshold ? 1 : 0));
}

function gainOf(sample: Sample, counts: Uint8Array, least: number): number {
  const isHeld = Float64Array.from(counts, (count) => (count >= least ? 1 : 0));
  return bestThreshold(sample, isHeld)?.gain ?? 0;
}

/** The set that gains most; a larger one only where it gains enough more. */
function search(sample: Sample, literals: readonly Literal[]): Counted | undefined {
  const held = literals.map((literal) => heldOf(sample, literal));
  interface State {
    readonly chosen: readonly number[];
    readonly counts: Uint8Array;
    readonly least: number;
    readonly gain: number;
  }
  const none: State = { chosen: [], counts: new Uint8Array(sample.rows.length), least: 0, gain: 0 };
  let beam: readonly State[] = [none];
  let best = none;
  for (let size = 1; size <= MOST_LITERALS; size++) {
    const known = new Map<string, State>();
    for (const { chosen, counts, least } of beam) {
      literals.forEach(({ feature }, k) => {
        if (chosen.some((one) => literals[one].feature === feature)) return;
        const all = [...chosen, k].sort((a, b) => a - b);
        const sums = counts.map((count, row) => count + held[k][row]);
        for (const wanted of [least, least + 1]) {
          const key = `${wanted} of ${all.join(' ')}`;
          if (wanted === 0 || known.has(key)) continue;
          known.set(key, { chosen: all, counts: sums, least: wanted, gain: gainOf(sample, sums, wanted) }); // prettier-ignore
        }
      });
    }
    beam = [...known.values()].sort((a, b) => b.gain - a.gain).slice(0, BEAM);
    if (beam.length === 0) break;
    const enough = best.gain * LEAST_GROWTH ** (size - best.chosen.length);
    if (beam[0].gain > enough) best = beam[0];
  }
  if (best.chosen.length === 0) return undefined;
  return { literals: best.chosen.map((k) => literals[k]), least: best.least, gain: best.gain };
}

/** At least 2 of 3 conditions hold where less than 2 of their opposites do: of both that with more a > 5. */
function turned(counted: Counted): Counted {
  const { literals, least, gain } = counted;
  if (literals.filter(({ sign }) => sign > 0).length * 2 >= literals.length) return counted;
  const opposites = literals.map(({ feature, sign, threshold }): Literal => ({
    feature,
    sign: sign > 0 ? -1 : 1,
    threshold: -threshold,
  }));
  return { literals: opposites, least: literals.length - least + 1, gain };
}

/** Each threshold in turn where the rows become purest, while the others stand still. */
function place(sample: Sample, start: Counted): Counted {
  let { literals, gain } = start;
  const { least } = start;
  for (let turn = 0; turn < TURNS; turn++) {
    const before = gain;
    for (const k of literals.keys()) {
      const found = bestThreshold(sample, decisiveOf(sample, literals, least, k));
      if (found === undefined || !Number.isFinite(found.threshold)) continue;
      const next = literals.with(k, { ...literals[k], threshold: found.threshold });
      const gained = gainOf(sample, countsOf(sample, next), least);
      if (gained > gain || turn === 0) [literals, gain] = [next, gained];
    }
    if (turn > 0 && !(gain > before)) break;
  }
  return { literals, least, gain };
}

/** The values of a literal where it decides; ±∞ where the others have decided. */
function decisiveOf(
  sample: Sample,
  literals: readonly Literal[],
  least: number,
  k: number,
): Float64Array {
  const others = countsOf(sample, literals.toSpliced(k, 1));
  const { feature, sign } = literals[k];
  return valuesOf(sample, feature, sign).map((value, at) => {
    if (others[at] >= least) return Infinity;
    return others[at] === least - 1 ? value : -Infinity;
  });
}

function countsOf(sample: Sample, literals: readonly Literal[]): Uint8Array {
  const counts = new Uint8Array(sample.rows.length);
  for (const literal of literals) {
    heldOf(sample, literal).forEach((one, row) => (counts[row] += one));
  }
  return counts;
}

/** Thresholds with few digits: in the gap that the rows leave, or where that keeps the gain. */
function shorten(sample: Sample, start: Counted): Counted {
  let { literals, gain } = start;
  const { least } = start;
  for (const k of literals.keys()) {
    const found = bestThreshold(sample, decisiveOf(sample, literals, least, k));
    const { threshold } = literals[k];
    const [low, high] = [found?.low ?? NaN, found?.high ?? NaN];
    const isOpen = Number.isFinite(low) && Number.isFinite(high);
    const exact = isOpen ? shortestBetween(low, high, middleOf(low, high)) : threshold;
    const numbers = [0, ...[1, 2, 3].flatMap((digits) => roundedTo(threshold, digits)), exact];
    for (const number of numbers) {
      const next = literals.with(k, { ...literals[k], threshold: number });
      const gained = gainOf(sample, countsOf(sample, next), least);
      if (gained < KEPT_SHORT * gain) continue;
      [literals, gain] = [next, gained];
      break;
    }
  }
  return { literals, least, gain };
}
