/** Small dense symmetric systems, for the active set of the maximum-margin solver. */

/** Pivots below this share of the largest diagonal entry are rounding: the row depends on others. */
const NO_PIVOT = 1e-14;

/** Rounds of iterative refinement: the second already brings the residual down to rounding. */
const REFINEMENTS = 2;

/**
 * x with `matrix`·x = `right`, `matrix` symmetric and positive definite up to rounding: Cholesky
 * decomposition, then iterative refinement. Unknowns whose row depends on earlier rows are set to 0.
 */
export function solveSymmetric(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = matrix.length;
  const largest = Math.max(...matrix.map((row, k) => row[k]));
  const lower = matrix.map((row) => row.slice());
  const dependent = new Uint8Array(size);
  for (let column = 0; column < size; column++) {
    let pivot = matrix[column][column];
    for (let k = 0; k < column; k++) pivot -= lower[column][k] ** 2;
    dependent[column] = pivot > NO_PIVOT * largest ? 0 : 1;
    const root = dependent[column] === 1 ? Infinity : Math.sqrt(pivot);
    lower[column][column] = root;
    for (let row = column + 1; row < size; row++) {
      let value = matrix[row][column];
      for (let k = 0; k < column; k++) value -= lower[row][k] * lower[column][k];
      lower[row][column] = value / root;
    }
  }
  const solution = new Float64Array(size);
  for (let round = 0; round <= REFINEMENTS; round++) {
    const residual = right.map((value, row) =>
      matrix[row].reduce((rest, entry, k) => rest - entry * solution[k], value),
    );
    const correction = substitute(lower, residual);
    correction.forEach((value, k) => (solution[k] += dependent[k] === 1 ? 0 : value));
  }
  return solution;
}

/** Forward and back substitution with a Cholesky factor. */
function substitute(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = lower.length;
  const x = right.slice();
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < row; k++) x[row] -= lower[row][k] * x[k];
    x[row] /= lower[row][row];
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) x[row] -= lower[k][row] * x[k];
    x[row] /= lower[row][row];
  }
  return x;
}
