/**
 * The smallest λ for which A·c = λ·B·c, for small symmetric matrices, B positive definite: the sum of features
 * whose gradient is nearest to the directions. By Cholesky's factor of B and Jacobi's rotations (Golub and Van
 * Loan, Matrix Computations, sections 8.5 and 8.7).
 */

export interface SmallestPair {
  readonly value: number;
  /** One coefficient for each feature. */
  readonly vector: Float64Array;
}

const SWEEPS = 12;
/** Share of a diagonal cell of B below which its features depend on each other. */
const SINGULAR = 1e-9;

/**
 * @param a row-major, size × size. @param b likewise.
 * @returns `undefined` where B is singular to rounding.
 */
export function smallestPair(
  a: Float64Array,
  b: Float64Array,
  size: number,
): SmallestPair | undefined {
  const factor = cholesky(b, size);
  if (factor === undefined) return undefined;
  const c = reduce(a, factor, size);
  const vectors = new Float64Array(size * size);
  for (let k = 0; k < size; k++) vectors[k * size + k] = 1;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++)
      for (let q = 0; q < p; q++) off += rotate(c, vectors, p, q, size);
    if (off === 0) break;
  }
  let least = 0;
  for (let k = 1; k < size; k++) if (c[k * size + k] < c[least * size + least]) least = k;
  const vector = Float64Array.from({ length: size }, (_, k) => vectors[k * size + least]);
  solveTransposed(factor, vector, size);
  return { value: Math.max(0, c[least * size + least]), vector };
}

/**
 * The smallest λ alone, of two features, from the cells of A and B; 1 where B is singular to rounding: what
 * two features that depend on each other share is no news.
 */
export function smallestOfTwo(
  a11: number,
  a12: number,
  a22: number,
  b11: number,
  b12: number,
  b22: number,
): number {
  const quadratic = b11 * b22 - b12 * b12;
  if (!(quadratic > SINGULAR * b11 * b22)) return 1;
  const half = (a11 * b22 + a22 * b11) / 2 - a12 * b12;
  const rest = a11 * a22 - a12 * a12;
  const root = Math.sqrt(Math.max(0, half * half - quadratic * rest));
  // The smaller root in the form that does not cancel.
  return half + root > 0 ? Math.max(0, rest / (half + root)) : 0;
}

function cholesky(b: Float64Array, size: number): Float64Array | undefined {
  const factor = b.slice();
  for (let p = 0; p < size; p++) {
    for (let q = 0; q <= p; q++) {
      let rest = factor[p * size + q];
      for (let k = 0; k < q; k++) rest -= factor[p * size + k] * factor[q * size + k];
      if (p !== q) {
        factor[p * size + q] = rest / factor[q * size + q];
        continue;
      }
      if (!(rest > SINGULAR * b[p * size + p])) return undefined;
      factor[p * size + p] = Math.sqrt(rest);
    }
  }
  return factor;
}

/** L⁻¹ A L⁻ᵀ. */
function reduce(a: Float64Array, factor: Float64Array, size: number): Float64Array {
  const c = a.slice();
  for (let column = 0; column < size; column++) {
    for (let p = 0; p < size; p++) {
      let rest = c[p * size + column];
      for (let k = 0; k < p; k++) rest -= factor[p * size + k] * c[k * size + column];
      c[p * size + column] = rest / factor[p * size + p];
    }
  }
  for (let row = 0; row < size; row++) {
    for (let p = 0; p < size; p++) {
      let rest = c[row * size + p];
      for (let k = 0; k < p; k++) rest -= factor[p * size + k] * c[row * size + k];
      c[row * size + p] = rest / factor[p * size + p];
    }
  }
  return c;
}

/** One rotation that clears cells (p, q) and (q, p); what stood there, or 0 where nothing did. */
function rotate(
  c: Float64Array,
  vectors: Float64Array,
  p: number,
  q: number,
  size: number,
): number {
  const off = c[p * size + q];
  const [left, right] = [c[p * size + p], c[q * size + q]];
  if (Math.abs(off) <= 1e-17 * Math.sqrt(Math.abs(left * right))) return 0;
  const theta = (right - left) / (2 * off);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(t * t + 1);
  const sine = t * cosine;
  for (let k = 0; k < size; k++) {
    const [x, y] = [c[k * size + p], c[k * size + q]];
    c[k * size + p] = cosine * x - sine * y;
    c[k * size + q] = sine * x + cosine * y;
  }
  for (let k = 0; k < size; k++) {
    const [x, y] = [c[p * size + k], c[q * size + k]];
    c[p * size + k] = cosine * x - sine * y;
    c[q * size + k] = sine * x + cosine * y;
    const [v, w] = [vectors[k * size + p], vectors[k * size + q]];
    vectors[k * size + p] = cosine * v - sine * w;
    vectors[k * size + q] = sine * v + cosine * w;
  }
  return Math.abs(off);
}

/** Lᵀ x = v, in place. */
function solveTransposed(factor: Float64Array, v: Float64Array, size: number): void {
  for (let p = size - 1; p >= 0; p--) {
    for (let k = p + 1; k < size; k++) v[p] -= factor[k * size + p] * v[k];
    v[p] /= factor[p * size + p];
  }
}
