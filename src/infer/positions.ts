/**
 * Algebra of index expressions and axis accesses: evaluation at an index point, composition (a
 * cluster read at positions that themselves depend on a reader's iterators), and which iterators a
 * position depends on. It assumes what the ClusterGraph level promises and knows no program text.
 */
import type { AxisAccess, IndexExpression } from '../ir/cluster.js';
import { evaluateIndex, positionsOf, positiveModulo } from '../ir/region-cells.js';

export { evaluateIndex, positionsOf };

/** constant + 0 · every iterator. */
export function constantIndex(constant: number, axes: number): IndexExpression {
  return { kind: 'affine', constant, coefficients: new Array<number>(axes).fill(0) };
}

/** The iterator of one of `axes` axes, plus an offset. */
export function iteratorIndex(axis: number, axes: number, offset = 0): IndexExpression {
  const coefficients = new Array<number>(axes).fill(0);
  coefficients[axis] = 1;
  return { kind: 'affine', constant: offset, coefficients };
}

/** The axes whose iterators an index expression depends on, ascending. */
export function axesOfIndex(index: IndexExpression): readonly number[] {
  if (index.kind === 'lookup') return [index.axis];
  return [...index.coefficients.keys()].filter((axis) => index.coefficients[axis] !== 0);
}

/** Bounds of an index expression's values over an index set of these extents. */
export function rangeOfIndex(
  index: IndexExpression,
  extents: readonly number[],
): readonly [low: number, high: number] {
  if (index.kind === 'lookup') return [Math.min(...index.values), Math.max(...index.values)];
  let [low, high] = [index.constant, index.constant];
  index.coefficients.forEach((coefficient, axis) => {
    const reach = coefficient === 0 ? 0 : coefficient * (extents[axis] - 1);
    low += Math.min(0, reach);
    high += Math.max(0, reach);
  });
  const { modulus } = index;
  if (modulus === undefined || (low >= 0 && high < modulus)) return [low, high];
  return [0, modulus - 1];
}

/** The value of an index expression without iterators; `undefined` for any other. */
export function fixedIndex(index: IndexExpression): number | undefined {
  return axesOfIndex(index).length === 0 ? evaluateIndex(index, []) : undefined;
}

/** The one axis whose plain iterator (no factor, offset or modulus) the expression is. */
export function plainIterator(index: IndexExpression): number | undefined {
  if (index.kind === 'lookup' || index.constant !== 0 || index.modulus !== undefined) {
    return undefined;
  }
  const axes = axesOfIndex(index);
  return axes.length === 1 && index.coefficients[axes[0]] === 1 ? axes[0] : undefined;
}

/** The axes that an access depends on, ascending. */
export function axesOfAccess(access: AxisAccess): readonly number[] {
  switch (access.kind) {
    case 'all':
    case 'list':
      return [];
    case 'at':
      return axesOfIndex(access.index);
    case 'range':
      return [...new Set([...axesOfIndex(access.from), ...axesOfIndex(access.to)])].sort(
        (a, b) => a - b,
      );
  }
}

/**
 * `outer`, an expression over the iterators of a cluster, where that cluster is read at `inner` (one
 * expression for each of its axes, over the reader's axes with these extents). `undefined` when the
 * composition depends on several iterators in a way that no index expression can say.
 */
export function composeIndex(
  outer: IndexExpression,
  inner: readonly IndexExpression[],
  extents: readonly number[],
): IndexExpression | undefined {
  const used = axesOfIndex(outer);
  if (used.length === 1 && isIdentityOf(outer, used[0])) return inner[used[0]];
  if (outer.kind === 'affine') {
    const combined = combineAffine(outer, inner, extents.length);
    if (combined !== undefined) return combined;
  }
  const axes = new Set(used.flatMap((axis) => axesOfIndex(inner[axis])));
  if (axes.size > 1) return undefined;
  const [axis = 0] = axes;
  if (extents.length === 0) {
    return constantIndex(
      evaluateIndex(
        outer,
        inner.map((index) => evaluateIndex(index, [])),
      ),
      0,
    );
  }
  const values = Array.from({ length: extents[axis] }, (_, rank) => {
    const point = extents.map((_extent, other) => (other === axis ? rank : 0));
    return evaluateIndex(
      outer,
      inner.map((index) => evaluateIndex(index, point)),
    );
  });
  return recogniseValues(values, axis, extents.length);
}

function isIdentityOf(index: IndexExpression, axis: number): boolean {
  return plainIterator(index) === axis;
}

/** Σ outer.coefficient · inner, where every inner expression used is affine without modulus. */
function combineAffine(
  outer: Extract<IndexExpression, { kind: 'affine' }>,
  inner: readonly IndexExpression[],
  axes: number,
): IndexExpression | undefined {
  let constant = outer.constant;
  const coefficients = new Array<number>(axes).fill(0);
  let modulus = outer.modulus;
  for (const axis of axesOfIndex(outer)) {
    const index = inner[axis];
    const factor = outer.coefficients[axis];
    if (index.kind === 'lookup') return undefined;
    if (index.modulus !== undefined) {
      // (x mod M) + c read modulo a divisor m of M is (x + c) mod m.
      if (!Number.isInteger(factor) || outer.modulus === undefined) return undefined;
      if (index.modulus % outer.modulus !== 0) return undefined;
      modulus = outer.modulus;
    }
    constant += factor * index.constant;
    index.coefficients.forEach((coefficient, other) => {
      coefficients[other] += factor * coefficient;
    });
  }
  return { kind: 'affine', constant, coefficients, ...(modulus === undefined ? {} : { modulus }) };
}

/** Listed positions along one axis, as an affine expression where they follow one. */
function recogniseValues(values: readonly number[], axis: number, axes: number): IndexExpression {
  const step = values.length > 1 ? values[1] - values[0] : 0;
  if (values.every((value, rank) => value === values[0] + step * rank)) {
    const coefficients = new Array<number>(axes).fill(0);
    coefficients[axis] = step;
    return { kind: 'affine', constant: values[0], coefficients };
  }
  // The first break of the steps is where they wrap around.
  const jump = values.findIndex((value, rank) => value !== values[0] + step * rank);
  const modulus = Math.abs(values[0] + step * jump - values[jump]);
  const wraps = (value: number, rank: number): boolean =>
    value === positiveModulo(values[0] + step * rank, modulus);
  if (modulus > 1 && values.every(wraps)) {
    const coefficients = new Array<number>(axes).fill(0);
    coefficients[axis] = step;
    return { kind: 'affine', constant: values[0], coefficients, modulus };
  }
  return { kind: 'lookup', axis, values };
}

/** `composeIndex` for a whole access. */
export function composeAccess(
  access: AxisAccess,
  inner: readonly IndexExpression[],
  extents: readonly number[],
): AxisAccess | undefined {
  switch (access.kind) {
    case 'all':
    case 'list':
      return access;
    case 'at': {
      const index = composeIndex(access.index, inner, extents);
      return index === undefined ? undefined : { ...access, index };
    }
    case 'range': {
      const wrapped =
        access.modulus === undefined ? undefined : composeWrapped(access, inner, extents);
      if (wrapped !== undefined) return wrapped;
      const from = composeIndex(access.from, inner, extents);
      const to = composeIndex(access.to, inner, extents);
      if (from === undefined || to === undefined) return undefined;
      return { ...access, from, to };
    }
  }
}

/** A run of fixed length that wraps around: only the remainder of its start matters. */
function composeWrapped(
  access: Extract<AxisAccess, { readonly kind: 'range' }>,
  inner: readonly IndexExpression[],
  extents: readonly number[],
): AxisAccess | undefined {
  const { from, to, modulus } = access;
  if (from.kind === 'lookup' || to.kind === 'lookup' || modulus === undefined) return undefined;
  if (from.modulus !== undefined || to.modulus !== undefined) return undefined;
  if (from.coefficients.some((value, axis) => value !== to.coefficients[axis])) return undefined;
  const start = composeIndex({ ...from, modulus }, inner, extents);
  if (start?.kind !== 'affine') return undefined;
  // Listed starts may follow a formula modulo another number, which cannot be left out here.
  if (start.modulus !== undefined && start.modulus !== modulus) return undefined;
  const { constant, coefficients } = start;
  const end = constant + to.constant - from.constant;
  return {
    ...access,
    from: { kind: 'affine', constant, coefficients },
    to: { kind: 'affine', constant: end, coefficients },
  };
}

/**
 * The access in its plainest form on an axis of this extent: a range over everything is `all`, a list
 * in steps is a range, one position is `at`. Iterators are left as they are.
 */
export function simplifyAccess(access: AxisAccess, extent: number, axes: number): AxisAccess {
  if (access.kind === 'at') return access;
  if (access.kind === 'range' && access.follow !== undefined) return access;
  if (axesOfAccess(access).length > 0) return lonePosition(access) ?? access;
  const positions = [...positionsOf(access, [], extent)].sort((a, b) => a - b);
  if (positions.length === 1) return { kind: 'at', index: constantIndex(positions[0], axes) };
  return accessOfPositions(positions, extent, axes);
}

/** A range that moves with iterators and holds one position is `at` that position. */
function lonePosition(access: AxisAccess): AxisAccess | undefined {
  if (access.kind !== 'range' || access.follow !== undefined) return undefined;
  const { from, to, modulus, step } = access;
  if (from.kind === 'lookup' || to.kind === 'lookup') return undefined;
  if (from.modulus !== undefined || to.modulus !== undefined) return undefined;
  const parallel = from.coefficients.every((value, axis) => value === to.coefficients[axis]);
  const length = to.constant - from.constant;
  if (!parallel || length < 1 || length > step) return undefined;
  return { kind: 'at', index: modulus === undefined ? from : { ...from, modulus } };
}

/** The plainest access that takes these positions (ascending, at least two or none). */
export function accessOfPositions(
  positions: readonly number[],
  extent: number,
  axes: number,
): AxisAccess {
  if (positions.length === 1) return { kind: 'at', index: constantIndex(positions[0], axes) };
  if (positions.length === extent) return { kind: 'all' };
  const step = positions[1] - positions[0];
  const even = positions.every((position, rank) => position === positions[0] + step * rank);
  if (!even || positions.length < 2) return { kind: 'list', indices: positions };
  return {
    kind: 'range',
    from: constantIndex(positions[0], axes),
    to: constantIndex(positions[positions.length - 1] + 1, axes),
    step,
  };
}
