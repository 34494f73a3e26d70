/**
 * outer: weights on a box that are a product of formulas along several axes (a chess board), or a sum
 * of lines along several axes (a slope).     + − + / − + − / + − +     0 1 2 / 1 2 3 / 2 3 4
 */
import type { Factor } from '../../ir/cluster.js';
import type { PlacedRegion } from '../region.js';
import { tabulateFactor } from '../region-fill.js';
import type { Residual } from '../residual.js';
import { Hull } from './hull.js';
import type { Match, Pattern } from './match.js';
import { better, makeMatch } from './match.js';
import { MIN_LINE, MIN_POWERS, solveProgression } from './progression.js';

/** What the formulas of a sum may lose to rounding, relative; ample. */
const ROUNDING = 1e-9;

export const outer: Pattern = { name: 'outer', detect: detectOuter };

function detectOuter(residual: Residual): Match | undefined {
  const { shape, count } = residual;
  if (shape.length < 2 || count < MIN_POWERS * MIN_POWERS) return undefined;
  const hull = Hull.of(residual);
  const volume = hull.volume();
  // Lines may cross zero; more holes than that are no formula.
  if (2 * count < volume) return undefined;
  return better(proposeProduct(residual, hull, count === volume), proposeSum(residual, hull));
}

/** The weights along an axis through the hull's corner. */
function edge({ values, strides }: Residual, hull: Hull, axis: number): number[] {
  const corner = hull.low.reduce((position, at, own) => position + at * strides[own], 0);
  return Array.from({ length: hull.length(axis) }, (_, k) => values[corner + k * strides[axis]]);
}

function proposeProduct(residual: Residual, hull: Hull, isFull: boolean): Match | undefined {
  const { shape, tolerance, strides, values } = residual;
  const corner = hull.low.reduce((position, at, axis) => position + at * strides[axis], 0);
  const weight = values[corner];
  if (weight === 0 || !isFull) return undefined;
  let coefficient = weight;
  const factors: Factor[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    const along = edge(residual, hull, axis);
    if (along.every((value) => Math.abs(value - weight) <= tolerance)) continue;
    const found = solveProgression(along, hull.low[axis], axis, shape[axis], tolerance);
    if (found === undefined) return undefined;
    coefficient *= found.coefficient / weight;
    factors.push(found.factor);
  }
  if (factors.length < 2) return undefined;
  return proposeExact(residual, [{ coefficient, accesses: hull.accesses(shape), factors }]);
}

function proposeSum(residual: Residual, hull: Hull): Match | undefined {
  const { shape, tolerance } = residual;
  const edges = shape.map((_, axis) => edge(residual, hull, axis));
  if (!meetsSum(residual, hull, edges)) return undefined;
  const regions: PlacedRegion[] = [];
  const accesses = hull.accesses(shape);
  let [[constant]] = edges;
  for (let axis = 0; axis < shape.length; axis++) {
    const along = edges[axis];
    const slope = (along[along.length - 1] - along[0]) / Math.max(1, along.length - 1);
    if (Math.abs(slope) <= tolerance) continue;
    if (along.length < MIN_LINE) return undefined;
    const factor: Factor = { kind: 'linear', axis, slope: 1, offset: 0 };
    constant -= slope * hull.low[axis];
    regions.push({ coefficient: slope, accesses, factors: [factor] });
  }
  if (regions.length < 2) return undefined;
  if (Math.abs(constant) > tolerance) regions.push({ coefficient: constant, accesses });
  return proposeExact(residual, regions);
}

/** Whether the cell beside the corner along every axis is what the edges add up to: a quick look. */
function meetsSum(
  { values, strides, tolerance }: Residual,
  hull: Hull,
  edges: readonly (readonly number[])[],
): boolean {
  const [[corner]] = edges;
  let position = 0;
  let sum = corner;
  let size = Math.abs(corner);
  edges.forEach((along, axis) => {
    const step = along.length > 1 ? 1 : 0;
    position += (hull.low[axis] + step) * strides[axis];
    sum += along[step] - corner;
    size += Math.abs(along[step]) + Math.abs(along[along.length - 1]);
  });
  return Math.abs(sum - values[position]) <= 2 * edges.length * tolerance + ROUNDING * size;
}

/** The match of regions on one box that together are all that is left. */
function proposeExact(residual: Residual, regions: readonly PlacedRegion[]): Match | undefined {
  const { shape, coordinates, values, tolerance, size, count } = residual;
  const tables = regions.map(({ coefficient, factors }) => ({
    coefficient,
    factors: (factors ?? []).map((factor) => ({
      axis: factor.axis,
      table: tabulateFactor(factor, shape[factor.axis]),
    })),
  }));
  const [{ accesses }] = regions;
  const isInside = accesses.map((access, axis) => {
    const [from, to] =
      access.kind === 'range'
        ? [access.from, access.to]
        : access.kind === 'at'
          ? [access.index, access.index + 1]
          : [0, shape[axis]];
    return (at: number): boolean => at >= from && at < to;
  });
  for (let position = 0; position < size; position++) {
    if (!isInside.every((holds, axis) => holds(coordinates[axis][position]))) continue;
    let sum = 0;
    for (const { coefficient, factors } of tables) {
      sum += factors.reduce(
        (product, { axis, table }) => product * table[coordinates[axis][position]],
        coefficient,
      );
    }
    if (Math.abs(sum - values[position]) > tolerance) return undefined;
  }
  return makeMatch(residual, regions, count);
}
