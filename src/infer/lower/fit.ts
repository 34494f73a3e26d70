/**
 * Where a value's index points stand in an output: one index expression for each axis of the output,
 * affine in the value's iterators, or a list along its one axis.
 */
import type { IndexExpression } from '../../ir/cluster.js';
import { sizeOf } from '../../ir/model-interface.js';
import { evaluateIndex } from '../positions.js';
import type { Value } from '../values.js';
import { pointOfRank } from '../values.js';

/**
 * Index expressions that place every index point of `value` (that is no hole) at its cell of an
 * output of this shape; `undefined` when not all points have a cell or nothing fits.
 */
export function fitPositions(
  value: Value,
  cells: ReadonlyMap<number, number>,
  shape: readonly number[],
): readonly IndexExpression[] | undefined {
  const extents = value.axes.map((axis) => axis.extent);
  const total = sizeOf(extents);
  const points: { point: readonly number[]; cell: readonly number[] }[] = [];
  for (let rank = 0; rank < total; rank++) {
    if (value.holes.has(rank)) continue;
    const cell = cells.get(rank);
    if (cell === undefined) return undefined;
    points.push({ point: pointOfRank(rank, extents), cell: pointOfRank(cell, shape) });
  }
  const fits: IndexExpression[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    const wanted = points.map(({ point, cell }) => ({ point, position: cell[axis] }));
    const fit = affineFit(wanted, extents.length) ?? listFit(wanted, extents);
    if (fit === undefined) return undefined;
    fits.push(fit);
  }
  return fits;
}

type Wanted = readonly { readonly point: readonly number[]; readonly position: number }[];

/** Differences of neighbouring points give the coefficients; all points decide. */
function affineFit(wanted: Wanted, axes: number): IndexExpression | undefined {
  const coefficients = new Array<number>(axes).fill(0);
  const at = new Map(wanted.map(({ point, position }) => [point.join(), position]));
  for (let axis = 0; axis < axes; axis++) {
    for (const { point, position } of wanted) {
      const next = at.get(point.map((value, other) => value + (other === axis ? 1 : 0)).join());
      if (next === undefined) continue;
      coefficients[axis] = next - position;
      break;
    }
  }
  const zero: IndexExpression = { kind: 'affine', constant: 0, coefficients };
  const constant = wanted[0].position - evaluateIndex(zero, wanted[0].point);
  const fit: IndexExpression = { kind: 'affine', constant, coefficients };
  const holds = wanted.every(({ point, position }) => evaluateIndex(fit, point) === position);
  return holds ? fit : undefined;
}

/** Positions that follow no formula, along the one axis that they depend on. */
function listFit(wanted: Wanted, extents: readonly number[]): IndexExpression | undefined {
  for (let axis = 0; axis < extents.length; axis++) {
    const values = new Array<number>(extents[axis]).fill(0);
    for (const { point, position } of wanted) values[point[axis]] = position;
    if (wanted.every(({ point, position }) => values[point[axis]] === position)) {
      return { kind: 'lookup', axis, values };
    }
  }
  return undefined;
}
