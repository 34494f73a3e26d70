/**
 * Splits on a sum of features. The direction starts as that of least squares, which for two classes is
 * Fisher's, and each coefficient in turn is then placed where the rows become purest (OC1; Murthy, Kasif and
 * Salzberg 1994). Features that gain little are left out, and coefficients become short numbers.
 *
 *     2 * income - 3 * debt > 4
 */
import type { Condition } from '../tree.js';
import { roundedTo, shortestBetween } from '../round/short-number.js';
import { fitAffine } from './affine.js';
import type { Axis } from './axes.js';
import { middleOf } from './best-split.js';
import { bestThreshold, sampleOf } from './projection.js';
import type { Sample, Threshold } from './projection.js';
import type { RowStore } from './row-store.js';
import type { Measure } from './statistics.js';

/** Rows on which a direction is sought. */
const MOST_ROWS = 3000;

/** Times that all coefficients are placed. */
const TURNS = 4;

/** Classes that are told apart from all others to start with. */
const MOST_CLASSES = 4;

/** Share of the gain that is kept when a feature is left out, and when numbers become shorter. */
const KEPT_WITHOUT = 0.97;
const KEPT_SHORT = 0.985;

/** Coefficients are told by whole numbers up to this one where that keeps the gain; else by digits. */
const MOST_WHOLE = 12;
const DIGITS = [1, 2, 3, 6];

export interface RichSplit {
  readonly condition: Condition;
  readonly gain: number;
}

/** `undefined` where no sum of at least two features splits the rows. */
export function findObliqueSplit(
  store: RowStore,
  axes: readonly Axis[],
  rows: Uint32Array,
  measure: Measure,
  minSupport: number,
): RichSplit | undefined {
  const free = axes.filter(({ isGroup, monotone }) => !isGroup && monotone === 0);
  const sample = sampleOf(store, measure, minSupport, rows, MOST_ROWS);
  const columns = free.map(({ column }) => scaledColumn(store.columns[column], sample.rows));
  const values = columns.map((one) => one.values);
  const found = startsOf(sample, values)
    .map((start) => improve(sample, values, start))
    .reduce((a, b) => ((b?.gain ?? -1) > (a?.gain ?? -1) ? b : a));
  if (found === undefined) return undefined;
  const raw = found.direction.map((coefficient, k) => (columns[k].range > 0 ? coefficient / columns[k].range : 0)); // prettier-ignore
  const features = free.map(({ features: [feature] }) => feature);
  const short = shorten(sample, features, raw);
  if (short === undefined) return undefined;
  return placed(sampleOf(store, measure, minSupport, rows, Infinity), features, short);
}

/** From 0 to 1, so that all coefficients are alike. */
function scaledColumn(
  column: Float64Array,
  rows: Uint32Array,
): { readonly values: Float64Array; readonly range: number } {
  let [min, max] = [Infinity, -Infinity];
  for (const row of rows) {
    min = Math.min(min, column[row]);
    max = Math.max(max, column[row]);
  }
  const range = max - min;
  return { values: Float64Array.from(rows, (row) => (range > 0 ? (column[row] - min) / range : 0)), range }; // prettier-ignore
}

/** Least squares; of several classes for each, the commonest few, against all others. */
function startsOf(sample: Sample, columns: readonly Float64Array[]): readonly Float64Array[] {
  const { store, measure, rows, statistics } = sample;
  const weights = Float64Array.from(rows, (row) => store.weights[row]);
  const order = Uint32Array.from(rows, (_, k) => k);
  const fitTo = (target: Float64Array): Float64Array => {
    const data = { columns: [...columns], target, weights };
    const fit = fitAffine(data, columns.length, { order, start: 0, end: rows.length });
    const start = new Float64Array(columns.length);
    for (const { feature, coefficient } of fit.terms) start[feature] = coefficient;
    return start;
  };
  if (measure.kind === 'means') return [fitTo(Float64Array.from(rows, (row) => store.target[row]))];
  const classes = [...statistics.counts.keys()]
    .sort((a, b) => statistics.counts[b] - statistics.counts[a] || a - b)
    .slice(0, MOST_CLASSES);
  return classes.map((one) => fitTo(Float64Array.from(rows, (row) => Number(store.target[row] === one)))); // prettier-ignore
}

/** The direction with each coefficient placed, features left out; `undefined` where it is none. */
function improve(
  sample: Sample,
  columns: readonly Float64Array[],
  start: Float64Array,
): { readonly direction: Float64Array; readonly gain: number } | undefined {
  let direction = start;
  let best = thresholdOf(sample, columns, direction);
  if (best === undefined) return undefined;
  for (let turn = 0; turn < TURNS; turn++) {
    const before = best.gain;
    for (let k = 0; k < columns.length; k++) {
      const next = replaced(sample, columns, direction, best.threshold, k);
      const found = next && thresholdOf(sample, columns, next);
      if (next === undefined || found === undefined || !(found.gain > best.gain)) continue;
      direction = next;
      best = found;
    }
    if (!(best.gain > before)) break;
  }
  for (;;) {
    const used = [...direction.keys()].filter((k) => direction[k] !== 0);
    if (used.length < 2) return undefined;
    const shorter = used.map((k) => direction.with(k, 0));
    const found = shorter.map((one) => thresholdOf(sample, columns, one)?.gain ?? -Infinity);
    const most = found.indexOf(Math.max(...found));
    if (!(found[most] >= KEPT_WITHOUT * best.gain)) return { direction, gain: best.gain };
    direction = shorter[most];
  }
}

/** Another coefficient of a feature that splits the rows best while all others and the threshold stand still. */
function replaced(
  sample: Sample,
  columns: readonly Float64Array[],
  direction: Float64Array,
  threshold: number,
  k: number,
): Float64Array | undefined {
  const sums = sumsOf(columns, direction.with(k, 0));
  // The row is on the yes side from this coefficient on; where the feature is 0 it stays where it is.
  const needed = sums.map((sum, row) => {
    const x = columns[k][row];
    if (x > 0) return -(threshold - sum) / x;
    return sum > threshold ? Number.MAX_VALUE : -Number.MAX_VALUE;
  });
  const found = bestThreshold(sample, needed);
  if (found === undefined || Math.abs(found.threshold) > 1e12) return undefined;
  return direction.with(k, -found.threshold);
}

function thresholdOf(
  sample: Sample,
  columns: readonly Float64Array[],
  direction: Float64Array,
): Threshold | undefined {
  return bestThreshold(sample, sumsOf(columns, direction));
}

function sumsOf(columns: readonly Float64Array[], direction: Float64Array): Float64Array {
  return columns[0].map((_, row) => {
    let sum = 0;
    for (let k = 0; k < columns.length; k++) sum += direction[k] * columns[k][row];
    return sum;
  });
}

/** The direction in the features' own units, by short numbers. */
function shorten(
  sample: Sample,
  features: readonly number[],
  direction: Float64Array,
): Float64Array | undefined {
  const columns = features.map((feature) => {
    const column = sample.store.columns[feature];
    return Float64Array.from(sample.rows, (row) => column[row]);
  });
  const gain = thresholdOf(sample, columns, direction)?.gain ?? NaN;
  const sizes = direction.map(Math.abs);
  const [most, least] = [Math.max(...sizes), Math.min(...sizes.filter((size) => size > 0))];
  const whole = Array.from({ length: MOST_WHOLE }, (_, k) =>
    direction.map((one) => Math.round(((k + 1) * one) / most) + 0),
  );
  const digits = DIGITS.map((count) =>
    direction.map((one) => (one === 0 ? 0 : roundedTo(one / least, count)[0])),
  );
  return [...whole, ...digits].find((short) => {
    const keepsAll = short.every((one, k) => (one === 0) === (direction[k] === 0));
    return keepsAll && (thresholdOf(sample, columns, short)?.gain ?? -1) >= KEPT_SHORT * gain;
  });
}

/** The condition with the shortest threshold: in the gap that all rows leave, or where that keeps the gain. */
function placed(
  sample: Sample,
  features: readonly number[],
  direction: Float64Array,
): RichSplit | undefined {
  // Of both directions the one whose first coefficient has no sign.
  const sign = Math.sign(direction.find((one) => one !== 0) ?? 1);
  const used = features.flatMap((feature, k) =>
    direction[k] === 0 ? [] : [{ feature, coefficient: sign * direction[k] }],
  );
  const sums = Float64Array.from(
    sample.rows,
    (row) =>
    used.reduce((sum, { feature, coefficient }) => sum + coefficient * sample.store.columns[feature][row], 0), // prettier-ignore
  );
  const found = bestThreshold(sample, sums);
  if (found === undefined) return undefined;
  const { low, high, gain } = found;
  const middle = middleOf(low, high);
  const numbers = [0, ...[1, 2, 3].flatMap((digits) => roundedTo(middle, digits))];
  const short = numbers.find((number) => gainAt(sample, sums, number) >= KEPT_SHORT * gain);
  const threshold = short ?? shortestBetween(low, high, middle);
  return { condition: { kind: 'linear', terms: used, threshold }, gain: gainAt(sample, sums, threshold) }; // prettier-ignore
}

function gainAt(sample: Sample, sums: Float64Array, threshold: number): number {
  return (
    bestThreshold(
      sample,
      sums.map((sum) => (sum > threshold ? 1 : 0)),
    )?.gain ?? -Infinity
  );
}
