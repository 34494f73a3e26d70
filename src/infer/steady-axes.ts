/**
 * References whose cells keep their distances from one position wherever the reader stands, told from
 * their accesses alone: what does not move, single cells, and runs of fixed length that stay within
 * their source. Others may be as steady, but that takes a look at every index point.
 *
 *   cells[i - 1 .. i + 1]   →   base i − 1, offsets 0 1 2        column 3 .. 5   →   base 0, offsets 3 4
 */
import type { AxisAccess, IndexExpression } from '../ir/cluster.js';
import { axesOfAccess, constantIndex, positionsOf, rangeOfIndex } from './positions.js';

/** Along one axis of a source: a position, and the distances from it of all that is read. */
export interface SteadyAxis {
  readonly base: IndexExpression;
  readonly offsets: readonly number[];
}

/** One for each access; `undefined` when an access alone does not tell that it is steady. */
export function steadyAxes(
  accesses: readonly AxisAccess[],
  shape: readonly number[],
  extents: readonly number[],
): readonly SteadyAxis[] | undefined {
  const steady: SteadyAxis[] = [];
  for (const [axis, access] of accesses.entries()) {
    const found = steadyAxis(access, shape[axis], extents);
    if (found === undefined) return undefined;
    steady.push(found);
  }
  return steady;
}

function steadyAxis(
  access: AxisAccess,
  extent: number,
  extents: readonly number[],
): SteadyAxis | undefined {
  if (access.kind === 'at') {
    const [low, high] = rangeOfIndex(access.index, extents);
    if (access.follow !== undefined || low < 0 || high >= extent) return undefined;
    return { base: access.index, offsets: [0] };
  }
  if (access.kind === 'range') {
    if (access.follow !== undefined || access.modulus !== undefined) return undefined;
    const moving = axesOfAccess(access);
    if (moving.some((axis) => extents[axis] > 1)) return steadyRun(access, extent, extents);
    if (moving.length > 0) return undefined;
  }
  return { base: constantIndex(0, extents.length), offsets: positionsOf(access, [], extent) };
}

/** A run whose ends move alike and never reach a border. */
function steadyRun(
  { from, to, step }: Extract<AxisAccess, { kind: 'range' }>,
  extent: number,
  extents: readonly number[],
): SteadyAxis | undefined {
  if (from.kind === 'lookup' || to.kind === 'lookup') return undefined;
  if (from.modulus !== undefined || to.modulus !== undefined) return undefined;
  if (from.coefficients.some((slope, axis) => slope !== to.coefficients[axis])) return undefined;
  const length = to.constant - from.constant;
  const inside = rangeOfIndex(from, extents)[0] >= 0 && rangeOfIndex(to, extents)[1] <= extent;
  if (!inside || length < 0) return undefined;
  const count = Math.ceil(length / step);
  return { base: from, offsets: Array.from({ length: count }, (_, k) => k * step) };
}
