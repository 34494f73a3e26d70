/**
 * What index expressions, accesses and region terms mean, by enumeration: the cells that a term of a
 * cluster reads at one index point, with their weights. Every phase and the pictures of `inspect` read
 * regions through these functions, so that a new form of access is defined in one place.
 */
import type { AxisAccess, Bias, Factor, Follow, IndexExpression, RegionTerm } from './cluster.js';

/** The remainder in 0 .. modulus − 1. */
export function positiveModulo(value: number, modulus: number): number {
  return ((value % modulus) + modulus) % modulus;
}

/** The position that an index expression gives at an index point. */
export function evaluateIndex(index: IndexExpression, point: ArrayLike<number>): number {
  if (index.kind === 'lookup') return index.values[point[index.axis]];
  let value = index.constant;
  for (let axis = 0; axis < index.coefficients.length; axis++) {
    value += index.coefficients[axis] * (point[axis] ?? 0);
  }
  return index.modulus === undefined ? value : positiveModulo(value, index.modulus);
}

/**
 * The positions that an access takes at an index point, within the source's extent; `earlier` holds
 * the positions on the source axes before this one, for followers.
 */
export function positionsOf(
  access: AxisAccess,
  point: ArrayLike<number>,
  extent: number,
  earlier: ArrayLike<number> = [],
): readonly number[] {
  switch (access.kind) {
    case 'all':
      return Array.from({ length: extent }, (_, position) => position);
    case 'at': {
      const position = followed(evaluateIndex(access.index, point), access.follow, earlier);
      return position >= 0 && position < extent ? [position] : [];
    }
    case 'list':
      return access.indices.filter((position) => position >= 0 && position < extent);
    case 'range':
      return rangePositions(access, point, extent, earlier);
  }
}

function rangePositions(
  access: Extract<AxisAccess, { readonly kind: 'range' }>,
  point: ArrayLike<number>,
  extent: number,
  earlier: ArrayLike<number>,
): readonly number[] {
  const { follow, modulus, step } = access;
  const from = followed(evaluateIndex(access.from, point), follow, earlier);
  const to = followed(evaluateIndex(access.to, point), follow, earlier);
  const positions: number[] = [];
  for (let at = from; at < to; at += step) {
    const position = modulus === undefined ? at : positiveModulo(at, modulus);
    if (position >= 0 && position < extent) positions.push(position);
  }
  return positions;
}

function followed(value: number, follow: Follow | undefined, earlier: ArrayLike<number>): number {
  return follow === undefined ? value : value + follow.slope * earlier[follow.axis];
}

/** The product of the factors at a cell's coordinates. */
export function factorAt(
  factors: readonly Factor[] | undefined,
  coordinates: ArrayLike<number>,
): number {
  let product = 1;
  for (const factor of factors ?? []) {
    const argument = factor.slope * coordinates[factor.axis] + factor.offset;
    product *= factor.kind === 'power' ? factor.base ** argument : argument;
  }
  return product;
}

/**
 * Calls `visit` with the flat (row-major) cell and the weight of every cell that accesses with factors
 * take from a source of this shape at an index point. Holes of the source are visited like cells.
 */
export function visitAccesses(
  accesses: readonly AxisAccess[],
  shape: readonly number[],
  point: ArrayLike<number>,
  visit: (cell: number, weight: number) => void,
  factors?: readonly Factor[],
): void {
  const coordinates = new Array<number>(shape.length).fill(0);
  const walk = (axis: number, cell: number): void => {
    if (axis === shape.length) {
      visit(cell, factorAt(factors, coordinates));
      return;
    }
    for (const position of positionsOf(accesses[axis], point, shape[axis], coordinates)) {
      coordinates[axis] = position;
      walk(axis + 1, cell * shape[axis] + position);
    }
  };
  walk(0, 0);
}

/** The same for a whole term: weights are coefficient × factors. */
export function visitTerm(
  term: RegionTerm,
  shape: readonly number[],
  point: ArrayLike<number>,
  visit: (cell: number, weight: number) => void,
): void {
  visitAccesses(
    term.region.accesses,
    shape,
    point,
    (cell, weight) => {
      visit(cell, term.coefficient * weight);
    },
    term.factors,
  );
}

/** The bias of the member at an index point, given by its row-major rank and its coordinates. */
export function evaluateBias(bias: Bias, rank: number, point: ArrayLike<number>): number {
  switch (bias.kind) {
    case 'constant':
      return bias.value;
    case 'index':
      return evaluateIndex(bias.value, point);
    case 'power':
      return (
        bias.constant + bias.scale * bias.base ** (bias.slope * point[bias.axis] + bias.offset)
      );
    case 'table':
      return bias.values[rank];
  }
}
