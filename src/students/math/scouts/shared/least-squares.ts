/**
 * Small linear least squares, by Gram and Schmidt's method done twice (Björck, Numerical Methods for
 * Least Squares Problems, section 2.4): as accurate as Householder's, and the columns of Q are at hand.
 */

/** A column whose part off the others is smaller than this share of it depends on them. */
const DEPENDENT = 1e-13;

export interface LinearFit {
  /** One for each column; 0 for columns that depend on earlier ones. */
  readonly coefficients: Float64Array;
  /** Weighted sum of squared residuals. */
  readonly residue: number;
  /** Standard deviation of each coefficient, for residuals of unit variance; infinite if dependent. */
  readonly deviations: Float64Array;
}

/** Finds coefficients of least Σ w (y − Σ c x)²; `roots` are the square roots of the weights. */
export function fitLinear(
  columns: readonly Float64Array[],
  target: Float64Array,
  roots: Float64Array,
): LinearFit {
  const size = columns.length;
  const basis: Float64Array[] = [];
  const kept: number[] = [];
  const triangle: Float64Array[] = [];
  columns.forEach((column, index) => {
    const rest = column.map((value, i) => value * roots[i]);
    const before = norm(rest);
    const entries = new Float64Array(size);
    for (let pass = 0; pass < 2; pass++) subtractBasis(rest, basis, entries);
    const length = norm(rest);
    if (!(length > DEPENDENT * before)) return;
    entries[basis.length] = length;
    basis.push(rest.map((value) => value / length));
    triangle.push(entries);
    kept.push(index);
  });
  const residual = target.map((value, i) => value * roots[i]);
  const loads = new Float64Array(size);
  for (let pass = 0; pass < 2; pass++) subtractBasis(residual, basis, loads);
  const coefficients = new Float64Array(size);
  const solved = solveTriangle(triangle, loads);
  kept.forEach((index, k) => (coefficients[index] = solved[k]));
  const deviations = new Float64Array(size).fill(Infinity);
  inverseRowNorms(triangle).forEach((length, k) => (deviations[kept[k]] = length));
  return { coefficients, residue: dot(residual, residual), deviations };
}

/** Takes the parts along an orthonormal basis off a vector, and adds their sizes to `loads`. */
export function subtractBasis(
  vector: Float64Array,
  basis: readonly Float64Array[],
  loads?: Float64Array,
): void {
  basis.forEach((direction, k) => {
    const load = dot(vector, direction);
    if (loads !== undefined) loads[k] += load;
    for (let i = 0; i < vector.length; i++) vector[i] -= load * direction[i];
  });
}

/** Back substitution; `columns[k]` holds column k of the upper triangle. */
function solveTriangle(columns: readonly Float64Array[], loads: Float64Array): Float64Array {
  const solution = Float64Array.from(columns, (_, k) => loads[k]);
  for (let k = columns.length - 1; k >= 0; k--) {
    solution[k] /= columns[k][k];
    for (let row = 0; row < k; row++) solution[row] -= columns[k][row] * solution[k];
  }
  return solution;
}

/** The lengths of the rows of R⁻¹, whose squares are the diagonal of (XᵀWX)⁻¹. */
function inverseRowNorms(columns: readonly Float64Array[]): Float64Array {
  const squares = new Float64Array(columns.length);
  for (let k = 0; k < columns.length; k++) {
    const unit = new Float64Array(columns.length);
    unit[k] = 1;
    const column = solveTriangle(columns, unit);
    column.forEach((value, row) => (squares[row] += value * value));
  }
  return squares.map(Math.sqrt);
}

export function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

export function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += left[i] * right[i];
  return sum;
}
