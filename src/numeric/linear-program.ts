/**
 * Small dense linear programs: the largest Σ c·x over a box cut by half-spaces, for up to some dozens of
 * variables and some hundreds of half-spaces.
 *
 * The dual simplex method (Lemke 1954) in dictionary form: the corner of the box that is best without the
 * half-spaces is dual feasible, so that there is no first phase. Every pivot puts the most violated
 * constraint in force; after a while the lowest one (Bland 1977), which ends always. Variables are scaled
 * to the unit box and half-spaces to a largest coefficient of 1, so that tolerances are relative.
 *
 * What is claimed does not rest on the tableau: its multipliers give a bound that is computed from the
 * given numbers alone (Neumaier and Shcherbina 2004), and decides whether nothing is feasible. They are
 * handed out, so that who must not trust this file either can compute a bound from them (`dual-bound.ts`).
 */

/** Σ coefficients · x ≤ bound. */
export interface HalfSpace {
  readonly coefficients: Float64Array;
  readonly bound: number;
}

export interface Box {
  readonly low: Float64Array;
  /** At least `low`, cell by cell; both finite. */
  readonly high: Float64Array;
}

export type Optimum = {
  /** Numbers of the tableau that were computed: the work. */
  readonly work: number;
} & (
  | {
      readonly kind: 'optimal';
      /** Within the box; violates no half-space by more than the tolerance. */
      readonly point: Float64Array;
      /** Σ c · point. */
      readonly value: number;
      /** No feasible point has more, up to the rounding of one sum. */
      readonly bound: number;
      /** One for each half-space, not negative: how much it holds the objective back. */
      readonly multipliers: Float64Array;
    }
  /** No point of the box is in all half-spaces: their combination by the multipliers says so. */
  | { readonly kind: 'infeasible'; readonly multipliers: Float64Array }
  /** The numbers are too ill-conditioned, or the pivots ran out: nothing is known. */
  | { readonly kind: 'unfinished' }
);

/** How far, in units of the box, a half-space may be violated: far above rounding, far below a width that matters. */
const FEASIBILITY = 1e-10;
/** Smaller pivots would blow rounding up. */
const LEAST_PIVOT = 1e-9;
/** Pivots for each variable and half-space before the lowest row is taken, and before it ends unfinished. */
const PATIENCE = 4;
const LAST_PIVOT = 40;

/** The scaled problem: maximise `gain` · u over the unit box with `rows` · u ≤ `bounds`. */
interface Scaled {
  readonly size: number;
  readonly count: number;
  readonly gain: Float64Array;
  /** Row-major, `count` × `size`. */
  readonly rows: Float64Array;
  readonly bounds: Float64Array;
  /** For each row the half-space that it is, and what that was divided by. */
  readonly sources: Int32Array;
  readonly divisors: Float64Array;
}

/**
 * The largest Σ objective · x over the box and the half-spaces.
 *
 * @param objective one coefficient for each variable, finite.
 */
export function maximise(
  objective: Float64Array,
  box: Box,
  halfSpaces: readonly HalfSpace[],
): Optimum {
  const scaled = scale(objective, box, halfSpaces);
  if (typeof scaled === 'number') {
    const multipliers = new Float64Array(halfSpaces.length);
    multipliers[scaled] = 1;
    return { kind: 'infeasible', multipliers, work: 0 };
  }
  const dictionary = new Dictionary(scaled);
  const limit = LAST_PIVOT * (scaled.size + scaled.count + 1);
  for (let pivots = 0; pivots < limit; pivots++) {
    const work = (pivots + 1) * dictionary.size;
    const row = dictionary.violatedRow(pivots > PATIENCE * (scaled.size + scaled.count));
    if (row < 0) {
      const multipliers = unscaled(scaled, dictionary.gainMultipliers(), halfSpaces.length);
      return { ...optimum(objective, box, scaled, dictionary), multipliers, work };
    }
    const column = dictionary.enteringColumn(row);
    if (column < 0) {
      const own = dictionary.rowMultipliers(row);
      if (slackBound(scaled, own) >= 0) return { kind: 'unfinished', work };
      const multipliers = unscaled(scaled, own, halfSpaces.length);
      return { kind: 'infeasible', multipliers, work };
    }
    dictionary.pivot(row, column);
  }
  return { kind: 'unfinished', work: limit * dictionary.size };
}

/** The position of a half-space instead where that has no coefficients and cannot hold. */
function scale(
  objective: Float64Array,
  { low, high }: Box,
  halfSpaces: readonly HalfSpace[],
): Scaled | number {
  const size = objective.length;
  const gain = objective.map((coefficient, k) => coefficient * (high[k] - low[k]));
  const rows = new Float64Array(halfSpaces.length * size);
  const bounds = new Float64Array(halfSpaces.length);
  const divisors = new Float64Array(halfSpaces.length);
  const sources = new Int32Array(halfSpaces.length);
  let count = 0;
  for (const [source, { coefficients, bound }] of halfSpaces.entries()) {
    let largest = 0;
    let rest = bound;
    for (let k = 0; k < size; k++) {
      const coefficient = coefficients[k] * (high[k] - low[k]);
      rows[count * size + k] = coefficient;
      largest = Math.max(largest, Math.abs(coefficient));
      rest -= coefficients[k] * low[k];
    }
    if (largest === 0) {
      if (rest < 0) return source;
      continue;
    }
    for (let k = 0; k < size; k++) rows[count * size + k] /= largest;
    bounds[count] = rest / largest;
    sources[count] = source;
    divisors[count++] = largest;
  }
  return { size, count, gain, rows, bounds, sources, divisors };
}

/** Multipliers of rows as multipliers of the half-spaces that they are. */
function unscaled(
  { count, sources, divisors }: Scaled,
  multipliers: Float64Array,
  halfSpaces: number,
): Float64Array {
  const given = new Float64Array(halfSpaces);
  for (let row = 0; row < count; row++) given[sources[row]] = multipliers[row] / divisors[row];
  return given;
}

function optimum(
  objective: Float64Array,
  { low, high }: Box,
  scaled: Scaled,
  dictionary: Dictionary,
): Omit<Extract<Optimum, { kind: 'optimal' }>, 'multipliers'> {
  const point = dictionary.corner();
  let [value, offset] = [0, 0];
  for (let k = 0; k < point.length; k++) {
    offset += objective[k] * low[k];
    point[k] = Math.min(high[k], low[k] + point[k] * (high[k] - low[k]));
    value += objective[k] * point[k];
  }
  const bound = offset + slackBound(scaled, dictionary.gainMultipliers(), scaled.gain);
  return { kind: 'optimal', point, value, bound: Math.max(bound, value), work: 0 };
}

/**
 * The most that gain · u can be where Σ multiplier · (row · u) ≤ Σ multiplier · bound, over the unit box.
 * With no gain, a negative answer says that the half-spaces contradict each other.
 */
function slackBound(
  { size, count, rows, bounds }: Scaled,
  multipliers: Float64Array,
  gain?: Float64Array,
): number {
  let most = 0;
  for (let i = 0; i < count; i++) most += multipliers[i] * bounds[i];
  for (let k = 0; k < size; k++) {
    let rest = gain?.[k] ?? 0;
    for (let i = 0; i < count; i++) rest -= multipliers[i] * rows[i * size + k];
    if (rest > 0) most += rest;
  }
  return most;
}

/**
 * Slacks in terms of other slacks: basic = d − Σ T · nonbasic, gain = g − Σ r · nonbasic with r ≥ 0. Slacks
 * are counted: 0 .. size − 1 the side of the box that each variable starts at, then the opposite sides,
 * then the half-spaces.
 */
class Dictionary {
  readonly #scaled: Scaled;
  readonly #rows: number;
  readonly #width: number;
  /** Rows of T with d behind; the last row is r with g behind. */
  readonly #cells: Float64Array;
  readonly #basic: Int32Array;
  readonly #nonbasic: Int32Array;

  constructor(scaled: Scaled) {
    const { size, count, gain, rows, bounds } = scaled;
    this.#scaled = scaled;
    this.#rows = size + count;
    this.#width = size + 1;
    this.#cells = new Float64Array((this.#rows + 1) * this.#width);
    this.#nonbasic = Int32Array.from({ length: size }, (_, k) => k);
    this.#basic = Int32Array.from({ length: this.#rows }, (_, k) => size + k);
    const cells = this.#cells;
    for (let k = 0; k < size; k++) {
      cells[k * this.#width + k] = 1;
      cells[k * this.#width + size] = 1;
      cells[this.#rows * this.#width + k] = Math.abs(gain[k]);
    }
    for (let i = 0; i < count; i++) {
      const at = (size + i) * this.#width;
      let rest = bounds[i];
      for (let k = 0; k < size; k++) {
        const coefficient = rows[i * size + k];
        cells[at + k] = gain[k] > 0 ? -coefficient : coefficient;
        if (gain[k] > 0) rest -= coefficient;
      }
      cells[at + size] = rest;
    }
  }

  /** Numbers in it. */
  get size(): number {
    return this.#cells.length;
  }

  /** The row that is violated most, or of the lowest slack; −1 where none is. */
  violatedRow(isLowest: boolean): number {
    let best = -1;
    let worst = -FEASIBILITY;
    for (let row = 0; row < this.#rows; row++) {
      const slack = this.#cells[row * this.#width + this.#width - 1];
      if (slack >= -FEASIBILITY) continue;
      const isBetter = isLowest ? best < 0 || this.#basic[row] < this.#basic[best] : slack < worst;
      if (!isBetter) continue;
      best = row;
      worst = slack;
    }
    return best;
  }

  /** The column of least ratio, which keeps r ≥ 0, the lowest slack of equal ones; −1 where none can help. */
  enteringColumn(row: number): number {
    const at = row * this.#width;
    const gains = this.#rows * this.#width;
    let best = -1;
    let least = Infinity;
    for (let k = 0; k < this.#width - 1; k++) {
      const cell = this.#cells[at + k];
      if (cell > -LEAST_PIVOT) continue;
      const ratio = this.#cells[gains + k] / -cell;
      if (ratio < least || (ratio === least && this.#nonbasic[k] < this.#nonbasic[best])) {
        best = k;
        least = ratio;
      }
    }
    return best;
  }

  pivot(row: number, column: number): void {
    const cells = this.#cells;
    const width = this.#width;
    const at = row * width;
    const inverse = 1 / cells[at + column];
    for (let k = 0; k < width; k++) cells[at + k] *= inverse;
    cells[at + column] = inverse;
    for (let other = 0; other <= this.#rows; other++) {
      if (other === row) continue;
      const to = other * width;
      const factor = cells[to + column];
      if (factor === 0) continue;
      for (let k = 0; k < width; k++) cells[to + k] -= factor * cells[at + k];
      cells[to + column] = -factor * inverse;
    }
    // Rounding must not make a multiplier negative.
    for (let k = 0; k < width - 1; k++) {
      const gain = this.#rows * width + k;
      if (cells[gain] < 0) cells[gain] = 0;
    }
    const left = this.#basic[row];
    this.#basic[row] = this.#nonbasic[column];
    this.#nonbasic[column] = left;
  }

  /** The present corner, in the unit box. */
  corner(): Float64Array {
    const { size, gain } = this.#scaled;
    const slacks = new Float64Array(size);
    for (let row = 0; row < this.#rows; row++) {
      const value = this.#cells[row * this.#width + size];
      if (this.#basic[row] < size) slacks[this.#basic[row]] = Math.min(1, Math.max(0, value));
    }
    return slacks.map((slack, k) => (gain[k] > 0 ? 1 - slack : slack));
  }

  /** How much each half-space holds the gain back. */
  gainMultipliers(): Float64Array {
    return this.#multipliers(this.#rows);
  }

  /** How the half-spaces contradict each other, where a violated row has no column that helps. */
  rowMultipliers(row: number): Float64Array {
    const multipliers = this.#multipliers(row);
    const own = this.#basic[row] - 2 * this.#scaled.size;
    if (own >= 0) multipliers[own] += 1;
    return multipliers;
  }

  #multipliers(row: number): Float64Array {
    const { size, count } = this.#scaled;
    const multipliers = new Float64Array(count);
    for (let k = 0; k < size; k++) {
      const halfSpace = this.#nonbasic[k] - 2 * size;
      if (halfSpace >= 0) multipliers[halfSpace] = Math.max(0, this.#cells[row * this.#width + k]);
    }
    return multipliers;
  }
}
