/**
 * The part of the domain that a node stands for: an interval or some values of each feature, some categories
 * of each one-hot group. Points are drawn from it, so that whatever is asked satisfies the node's path.
 */
import { hullOf } from '../../../numeric/hull.js';
import type { Random } from '../../../numeric/random.js';
import { valueAt } from '../../probes/box.js';
import type { BoundedDomain } from '../../probes/box.js';
import type { LogicProblem } from '../problem.js';
import type { AxisChoice, Choice } from './best-split.js';
import type { RowStore } from './row-store.js';

export interface Region {
  /** One for each feature. */
  readonly cells: readonly BoundedDomain[];
  /** For each group, in their order, which of its features may be 1 (their number: none). */
  readonly groups: readonly {
    readonly features: readonly number[];
    readonly categories: readonly number[];
  }[];
}

/** The whole domain; of features without bounds what the rows span. */
export function wholeRegion({ data, domains, oneHot = [] }: LogicProblem, store: RowStore): Region {
  const cells = domains.map((domain, k): BoundedDomain => {
    if (domain.kind !== 'real') return domain;
    const [min, max] = hullOf(data.columns[k]);
    return { kind: 'interval', min, max };
  });
  const groups = oneHot.map(({ features }, k) => {
    const codes = new Set(store.columns[domains.length + k].subarray(0, store.count));
    return { features, categories: [...codes].sort((left, right) => left - right) };
  });
  return { cells, groups };
}

/** What is left of the region on one side of a split; `undefined`: nothing that could be drawn. */
export function narrowRegion(region: Region, choice: Choice, isYes: boolean): Region | undefined {
  // Which points satisfy a sum or a count is not known feature by feature: nothing more is asked below.
  if (choice.kind === 'rich') return undefined;
  const { axis } = choice;
  const keeps = (value: number): boolean =>
    isYes === (choice.kind === 'above' ? value > choice.threshold : choice.values.includes(value));
  if (axis.isGroup) {
    const groups = region.groups.map((group) =>
      group.features === axis.features
        ? { ...group, categories: group.categories.filter(keeps) }
        : group,
    );
    return groups.every(({ categories }) => categories.length > 0)
      ? { ...region, groups }
      : undefined;
  }
  const narrowed = narrowCell(region.cells[axis.features[0]], choice, keeps, isYes);
  if (narrowed === undefined) return undefined;
  return { ...region, cells: region.cells.with(axis.features[0], narrowed) };
}

function narrowCell(
  cell: BoundedDomain,
  choice: AxisChoice,
  keeps: (value: number) => boolean,
  isYes: boolean,
): BoundedDomain | undefined {
  if (cell.kind === 'values') {
    const values = cell.values.filter(keeps);
    return values.length > 0 ? { kind: 'values', values } : undefined;
  }
  if (choice.kind === 'among') return undefined;
  const { threshold } = choice;
  const min = isYes ? Math.max(cell.min, numberAbove(threshold)) : cell.min;
  const max = isYes ? cell.max : Math.min(cell.max, threshold);
  return min <= max ? { kind: 'interval', min, max } : undefined;
}

/** A number above, so little that no interval that matters is shorter. */
function numberAbove(value: number): number {
  return value + Math.abs(value) * Number.EPSILON + Number.MIN_VALUE;
}

/** Uniform points of the region, as columns. */
export function drawInRegion(
  { cells, groups }: Region,
  count: number,
  random: Random,
): readonly Float64Array[] {
  const columns = cells.map((cell) => {
    const column = new Float64Array(count);
    // Rounding at an end must not leave the interval.
    for (let row = 0; row < count; row++) column[row] = within(cell, valueAt(cell, random.unit()));
    return column;
  });
  for (const { features, categories } of groups) {
    features.forEach((feature) => columns[feature].fill(0));
    for (let row = 0; row < count; row++) {
      const code = categories[random.below(categories.length)];
      if (code < features.length) columns[features[code]][row] = 1;
    }
  }
  return columns;
}

function within(cell: BoundedDomain, value: number): number {
  return cell.kind === 'values' ? value : Math.min(cell.max, Math.max(cell.min, value));
}
