/**
 * Affine leaves: numbers predicted as offset + Σ coefficient · feature, by weighted least squares on the
 * leaf's rows. Features that matter next to nothing are left out again, the least first.
 */
import type { LogicProblem } from '../problem.js';
import type { Affine } from '../tree.js';
import type { RowStore } from './row-store.js';
import type { Rows } from './statistics.js';

/** Added to the diagonal of standardised features: equal features share their coefficient. */
const RIDGE = 1e-9;

/** A feature is left out where the squares grow by at most this share, or this share of the variance. */
const GROWTH = 0.02;
const VARIANCE_SHARE = 1e-9;

/** Rows for each coefficient at least. */
const ROWS_PER_TERM = 3;

/** Whether leaves are affine: of numbers, without monotone constraints, where the settings allow it. */
export function hasAffineLeaves({ classes, settings }: LogicProblem): boolean {
  const isFree = Object.keys(settings.monotone).length === 0;
  return classes === 0 && isFree && settings.allowsAffineLeaves;
}

/** Sums of a node's rows, of features and target standardised around their means. */
interface Moments {
  readonly means: Float64Array;
  readonly scales: Float64Array;
  /** Correlations times weight; the last row and column are the target's. */
  readonly products: readonly Float64Array[];
}

/** The fit with few terms. */
export function fitAffine(
  store: Pick<RowStore, 'columns' | 'target' | 'weights'>,
  features: number,
  rows: Rows,
): Affine {
  const moments = momentsOf(store, features, rows);
  const isKnown = rows.end - rows.start >= ROWS_PER_TERM;
  let kept = Array.from(moments.scales.subarray(0, features), (_, k) => k).filter(
    (k) => isKnown && moments.scales[k] > 0,
  );
  const most = Math.floor((rows.end - rows.start) / ROWS_PER_TERM);
  let best = solve(moments, kept);
  while (kept.length > 0) {
    const shorter = kept.map((_, k) => kept.toSpliced(k, 1));
    const fits = shorter.map((one) => solve(moments, one));
    const least = fits.reduce((a, b, k) => (b.loss < fits[a].loss ? k : a), 0);
    const variance = moments.products[features][features];
    const allowed = best.loss * (1 + GROWTH) + VARIANCE_SHARE * variance;
    if (fits[least].loss > allowed && kept.length <= most) break;
    kept = shorter[least];
    best = fits[least];
  }
  return toAffine(moments, kept, best.coefficients);
}

function momentsOf(
  { columns, target, weights }: Pick<RowStore, 'columns' | 'target' | 'weights'>,
  features: number,
  { order, start, end }: Rows,
): Moments {
  const all = [...columns.slice(0, features), target];
  const size = all.length;
  const means = new Float64Array(size);
  let weight = 0;
  for (let at = start; at < end; at++) {
    const row = order[at];
    weight += weights[row];
    for (let k = 0; k < size; k++) means[k] += weights[row] * all[k][row];
  }
  for (let k = 0; k < size; k++) means[k] /= weight;
  const products = all.map(() => new Float64Array(size));
  const centred = new Float64Array(size);
  for (let at = start; at < end; at++) {
    const row = order[at];
    for (let k = 0; k < size; k++) centred[k] = all[k][row] - means[k];
    for (let i = 0; i < size; i++) {
      const share = weights[row] * centred[i];
      for (let k = 0; k <= i; k++) products[i][k] += share * centred[k];
    }
  }
  const scales = means.map((mean, k) => {
    const scale = Math.sqrt(products[k][k] / weight);
    return scale > RIDGE * Math.abs(mean) ? scale : 0;
  });
  for (let i = 0; i < size; i++) {
    for (let k = 0; k <= i; k++) {
      const scaled = products[i][k] / (weight * (scales[i] || 1) * (scales[k] || 1));
      products[i][k] = products[k][i] = scaled;
    }
  }
  return { means, scales, products };
}

/** Coefficients of standardised features by elimination, and the squares left. */
function solve(
  { products }: Moments,
  kept: readonly number[],
): { readonly coefficients: readonly number[]; readonly loss: number } {
  const target = products.length - 1;
  const rows = kept.map((i) => [...kept.map((k) => products[i][k]), products[i][target]]);
  rows.forEach((row, i) => (row[i] += RIDGE));
  const size = kept.length;
  for (let pivot = 0; pivot < size; pivot++) {
    for (let i = pivot + 1; i < size; i++) {
      const factor = rows[i][pivot] / rows[pivot][pivot];
      for (let k = pivot; k <= size; k++) rows[i][k] -= factor * rows[pivot][k];
    }
  }
  const coefficients = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    const known = coefficients.reduce(
      (sum, value, k) => (k > i ? sum + value * rows[i][k] : sum),
      0,
    );
    coefficients[i] = (rows[i][size] - known) / rows[i][i];
  }
  const explained = kept.reduce((sum, i, k) => sum + coefficients[k] * products[i][target], 0);
  return { coefficients, loss: Math.max(0, products[target][target] - explained) };
}

function toAffine(
  { means, scales }: Moments,
  kept: readonly number[],
  coefficients: readonly number[],
): Affine {
  const target = means.length - 1;
  const terms = kept.map((feature, k) => ({
    feature,
    coefficient: (coefficients[k] * (scales[target] || 1)) / scales[feature],
  }));
  const offset = terms.reduce(
    (rest, { feature, coefficient }) => rest - coefficient * means[feature],
    means[target],
  );
  return { offset, terms };
}
