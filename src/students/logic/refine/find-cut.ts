/** The cut of a grid that makes some rows purest: Gini's impurity, or squares around means. */
import { PARTS } from './grid.js';
import type { Grid } from './grid.js';

export interface Cut {
  readonly axis: number;
  readonly cut: number;
  /** By how much the impurity falls. */
  readonly gain: number;
}

/** A gain below this share of the rows' weight is rounding. */
const LEAST_SHARE = 1e-12;

/** @param isTried asked for every axis. */
export function findCut(
  grid: Grid,
  rows: Uint32Array,
  minSupport: number,
  isTried: () => boolean,
): Cut | undefined {
  const { parts, axes, thresholds, target, weights, classes } = grid;
  const width = axes.length;
  const size = Math.max(1, classes);
  const total = new Float64Array(size);
  let weight = 0;
  for (const row of rows) {
    weight += weights[row];
    if (classes > 0) total[target[row]] += weights[row];
    else total[0] += weights[row] * target[row];
  }
  const base = total.reduce((sum, one) => sum + one * one, 0) / weight;
  const sums = new Float64Array(PARTS * size);
  const heavy = new Float64Array(PARTS);
  const counts = new Uint32Array(PARTS);
  let best: Cut | undefined;
  let bar = LEAST_SHARE * weight;
  for (let axis = 0; axis < width; axis++) {
    if (!isTried()) continue;
    for (const array of [sums, heavy, counts]) array.fill(0);
    for (const row of rows) {
      const part = parts[row * width + axis];
      heavy[part] += weights[row];
      counts[part]++;
      if (classes > 0) sums[part * size + target[row]] += weights[row];
      else sums[part] += weights[row] * target[row];
    }
    const below = new Float64Array(size);
    let [lower, rowsBelow] = [0, 0];
    for (let cut = 0; cut < thresholds[axis].length; cut++) {
      lower += heavy[cut];
      rowsBelow += counts[cut];
      for (let k = 0; k < size; k++) below[k] += sums[cut * size + k];
      if (counts[cut] === 0 || rowsBelow < minSupport) continue;
      if (rows.length - rowsBelow < minSupport) break;
      let score = 0;
      for (let k = 0; k < size; k++) {
        score += below[k] ** 2 / lower + (total[k] - below[k]) ** 2 / (weight - lower);
      }
      if (!(score - base > bar)) continue;
      bar = score - base;
      best = { axis, cut, gain: bar };
    }
  }
  return best;
}
