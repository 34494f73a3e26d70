/**
 * Exact affine fits: constant + Σ coefficient · feature on some states of a table. Solved by
 * elimination with the constant first, then features in order, so that few of them are used.
 */

/** Pivots below this share of the largest entry are rounding, not rank. */
const PIVOT_TOLERANCE = 1e-9;

/** Decimal digits kept of a computed coefficient: drops the last bits' rounding (2.0499999999999998). */
const CLEAN_DIGITS = 14;
/** Sizes between which rounding by a power of ten is exact enough; others are rounded as text. */
const MIN_SCALED = 1e-6;
const MAX_SCALED = 1e8;

/** A computed number without the noise of its last bits. */
export function cleanNumber(value: number): number {
  if (Number.isInteger(value)) return value + 0;
  const size = Math.abs(value);
  if (size < MIN_SCALED || size > MAX_SCALED) return Number(value.toPrecision(CLEAN_DIGITS));
  let scale = 10 ** (CLEAN_DIGITS - 1);
  for (let bound = 10; size >= bound; bound *= 10) scale /= 10;
  return Math.round(value * scale) / scale + 0;
}

export interface AffineFit {
  readonly constant: number;
  /** One for each column. */
  readonly coefficients: readonly number[];
}

interface BasisRow {
  readonly pivot: number;
  readonly row: Float64Array;
}

/** Subtracts the basis from a row, in place. */
function reduce(row: Float64Array, basis: readonly BasisRow[]): void {
  for (const { pivot, row: other } of basis) {
    const factor = row[pivot];
    if (factor === 0) continue;
    for (let index = 0; index < row.length; index++) row[index] -= factor * other[index];
    row[pivot] = 0;
  }
}

/** Position of the first entry that is not rounding; −1 when there is none. */
function firstPivot(row: Float64Array, size: number): number {
  for (let index = 0; index < size; index++) {
    if (Math.abs(row[index]) > PIVOT_TOLERANCE) return index;
  }
  return -1;
}

/** Adds a row to the basis and keeps it reduced: its last column solves it with free variables 0. */
function extend(basis: BasisRow[], reduced: Float64Array, pivot: number): void {
  const divisor = reduced[pivot];
  const row = reduced.map((value) => value / divisor);
  for (const earlier of basis) {
    const factor = earlier.row[pivot];
    if (factor === 0) continue;
    for (let index = 0; index < row.length; index++) earlier.row[index] -= factor * row[index];
  }
  basis.push({ pivot, row });
}

function agrees(
  fit: AffineFit,
  columns: readonly Float64Array[],
  target: Float64Array,
  states: ArrayLike<number>,
  tolerance: number,
): boolean {
  for (let k = 0; k < states.length; k++) {
    let value = fit.constant;
    for (let column = 0; column < columns.length; column++) {
      value += fit.coefficients[column] * columns[column][states[k]];
    }
    if (!(Math.abs(value - target[states[k]]) <= tolerance)) return false;
  }
  return true;
}

/**
 * An affine function of the columns that equals `target` (within the absolute `tolerance`) on the
 * given states; `undefined` when there is none. Where several do, later columns get 0.
 */
export function fitAffine(
  columns: readonly Float64Array[],
  target: Float64Array,
  states: ArrayLike<number>,
  tolerance: number,
): AffineFit | undefined {
  const size = columns.length + 1;
  const basis: BasisRow[] = [];
  const row = new Float64Array(size + 1);
  for (let k = 0; k < states.length && basis.length < size; k++) {
    const state = states[k];
    let scale = 1;
    row[0] = 1;
    for (let column = 0; column < columns.length; column++)
      row[column + 1] = columns[column][state];
    row[size] = target[state];
    for (const value of row) scale = Math.max(scale, Math.abs(value));
    reduce(row, basis);
    const pivot = firstPivot(row, size);
    if (pivot >= 0) extend(basis, row, pivot);
    else if (Math.abs(row[size]) > PIVOT_TOLERANCE * scale) return undefined;
  }
  const solution = new Float64Array(size);
  for (const { pivot, row } of basis) solution[pivot] = row[size];
  const raw = { constant: solution[0], coefficients: [...solution.subarray(1)] };
  const clean = {
    constant: cleanCoefficient(raw.constant),
    coefficients: raw.coefficients.map(cleanCoefficient),
  };
  if (agrees(clean, columns, target, states, tolerance)) return clean;
  return agrees(raw, columns, target, states, tolerance) ? raw : undefined;
}

/** Coefficients within rounding of an integer are that integer. */
function cleanCoefficient(value: number): number {
  const nearest = Math.round(value);
  if (Math.abs(value - nearest) <= PIVOT_TOLERANCE) return nearest + 0;
  return cleanNumber(value);
}
