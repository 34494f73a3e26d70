/**
 * The set of categories that splits a node best. In the order of their mean targets the best set is a
 * prefix (Breiman et al. 1984, theorem 4.5); of many classes this is tried by the share of each class.
 */
import type { Axis } from './axes.js';
import type { ScanTask } from './scan.js';
import type { Measure } from './statistics.js';

interface Category {
  readonly value: number;
  readonly rows: number;
  readonly weight: number;
  /** Σ weight · target, centred at the node's mean; or the weight of each class. */
  readonly sums: Float64Array;
}

/**
 * @param bar a gain must exceed it.
 * @returns the values of the smaller side of the best split, ascending.
 */
export function scanCategories(
  task: ScanTask,
  axis: Axis,
  measure: Measure,
  bar: number,
): { readonly values: readonly number[]; readonly gain: number } | undefined {
  const categories = categoriesOf(task, measure);
  const { weight: total, impurity } = task.statistics;
  const base = measure.kind === 'means' ? 0 : total - impurity;
  const size = categories[0].sums.length;
  let best: { readonly values: readonly number[]; readonly gain: number } | undefined;
  let score = base + bar;
  for (let key = 0; key < size; key++) {
    const ordered = [...categories].sort(
      (left, right) => left.sums[key] / left.weight - right.sums[key] / right.weight,
    );
    const below = new Float64Array(size);
    let [weight, rows] = [0, 0];
    for (let cut = 1; cut < ordered.length; cut++) {
      const moved = ordered[cut - 1];
      weight += moved.weight;
      rows += moved.rows;
      let found = 0;
      for (let k = 0; k < size; k++) {
        below[k] += moved.sums[k];
        const whole = measure.kind === 'means' ? 0 : task.statistics.counts[k];
        found += below[k] ** 2 / weight + (whole - below[k]) ** 2 / (total - weight);
      }
      const others = task.end - task.start - rows;
      if (!(found > score) || rows < task.minSupport || others < task.minSupport) continue;
      score = found;
      best = { values: writtenSet(ordered, cut, axis), gain: found - base };
    }
  }
  return best;
}

/** The shorter side; of a group never the one in which none of its features is 1. */
function writtenSet(ordered: readonly Category[], cut: number, axis: Axis): readonly number[] {
  const values = ordered.map(({ value }) => value);
  const [first, second] = [values.slice(0, cut), values.slice(cut)];
  const none = axis.isGroup ? axis.features.length : NaN;
  const isFirst = second.includes(none) || (!first.includes(none) && first.length <= second.length);
  return (isFirst ? first : second).sort((left, right) => left - right);
}

function categoriesOf(
  { store, column, order, start, end, statistics }: ScanTask,
  measure: Measure,
) {
  const categories: { value: number; rows: number; weight: number; sums: Float64Array }[] = [];
  const size = measure.kind === 'means' ? 1 : measure.classes;
  let value = NaN;
  for (let place = start; place < end; place++) {
    const row = order[place];
    if (column[row] !== value) {
      value = column[row];
      categories.push({ value, rows: 0, weight: 0, sums: new Float64Array(size) });
    }
    const category = categories[categories.length - 1];
    const weight = store.weights[row];
    category.rows++;
    category.weight += weight;
    if (measure.kind === 'means') {
      category.sums[0] += weight * (store.labels[row] - statistics.mean);
    } else category.sums[store.labels[row]] += weight;
  }
  return categories;
}
