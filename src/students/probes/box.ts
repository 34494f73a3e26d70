/**
 * The box that probes are drawn from: one bounded cell for each feature. Unbounded features get a range
 * that the user names or that is assumed; what was assumed is remembered, since a formula found in a range
 * says nothing outside of it.
 */
import type { CellDomain } from '../../ir/model-interface.js';
import type { Random } from '../../numeric/random.js';

/** A domain with ends. */
export type BoundedDomain = Exclude<CellDomain, { readonly kind: 'real' }>;

export interface Box {
  readonly cells: readonly BoundedDomain[];
  /** Positions of the cells whose range the network does not declare. */
  readonly assumed: readonly number[];
}

/** The range of an unbounded feature where nobody names one. */
export const ASSUMED_RANGE: readonly [number, number] = [-5, 5];

export function boxOf(
  domains: readonly CellDomain[],
  range: readonly [number, number] = ASSUMED_RANGE,
): Box {
  const [min, max] = range;
  return {
    cells: domains.map((cell) => (cell.kind === 'real' ? { kind: 'interval', min, max } : cell)),
    assumed: domains.flatMap((cell, k) => (cell.kind === 'real' ? [k] : [])),
  };
}

/** The value at a place in [0, 1): a finite set is cut into equal parts. */
export function valueAt(cell: BoundedDomain, place: number): number {
  if (cell.kind === 'interval') return cell.min + (cell.max - cell.min) * place;
  return cell.values[Math.min(cell.values.length - 1, Math.floor(cell.values.length * place))];
}

/** Whether all values of all cells are finitely many, and how many points that makes; else ∞. */
export function pointsOf(cells: readonly BoundedDomain[]): number {
  return cells.reduce(
    (count, cell) =>
      count * (cell.kind === 'values' ? cell.values.length : cell.min === cell.max ? 1 : Infinity),
    1,
  );
}

/** All points of a finite box as columns, the last cell fastest. */
export function allPoints(cells: readonly BoundedDomain[]): readonly Float64Array[] {
  const count = pointsOf(cells);
  let block = count;
  return cells.map((cell) => {
    const values = cell.kind === 'values' ? cell.values : [cell.min];
    block /= values.length;
    return Float64Array.from(
      { length: count },
      (_, row) => values[Math.floor(row / block) % values.length],
    );
  });
}

/** Uniform points of the box. */
export function drawUniform(
  cells: readonly BoundedDomain[],
  count: number,
  random: Random,
): readonly Float64Array[] {
  const columns = cells.map(() => new Float64Array(count));
  for (let row = 0; row < count; row++) {
    cells.forEach((cell, k) => (columns[k][row] = valueAt(cell, random.unit())));
  }
  return columns;
}

/** Columns of several sets of points, one set behind the other. */
export function joinPoints(sets: readonly (readonly Float64Array[])[]): readonly Float64Array[] {
  const count = sets.reduce((sum, set) => sum + set[0].length, 0);
  return sets[0].map((_, k) => {
    const column = new Float64Array(count);
    let start = 0;
    for (const set of sets) {
      column.set(set[k], start);
      start += set[k].length;
    }
    return column;
  });
}
