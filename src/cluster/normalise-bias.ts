/**
 * Decides the bias of a sign or step neuron whose normal weights and sources are integers.
 *
 * The sum L is then an integer and only sign(L + b) matters, so b is known up to floor(b) + ½,
 * except where L + b lies within the tie bound for one L: there the state is a tie and b is that
 * integer. Noise blurs z by at most e; a bias that e leaves undecided is not snapped at all.
 */

/** Snapping must keep every other integer sum this far away from a tie. */
const MIN_MARGIN = 0.25;

/** A bias this close to an integer, relative, may help to find the scale; it decides nothing else. */
const BIAS_SLACK = 1e-6;

/** Relative: a row times a factor, and the scale got back from it, each round by 2 ** -53. */
const ROUNDING = 2 ** -51;

interface SnappedRow {
  /** Stored weight = scale × integer, up to noise. */
  readonly scale: number;
  readonly bias: number;
  /** |z| at or below this is 0, in the scale of the integers. */
  readonly tieBound: number;
}

/** What the bias rule needs to know of one neuron. */
interface StoredRow {
  readonly weights: Float64Array;
  /** Their normal form; 0 for residue. */
  readonly integers: Float64Array;
  /** Largest |x| of each source cell. */
  readonly magnitudes: Float64Array;
  readonly bias: number;
  /** |z| at or below this is 0, as stored. */
  readonly tieBound: number;
  /** All source values are multiples of this power of two; 0 where they are real. */
  readonly unit: number;
  readonly activation: 'sign' | 'step';
}

/**
 * Scale and bias of the normal form of one neuron; `undefined` if noise leaves open which sums tie.
 * Over real sources the bias stays what it is, divided by the scale, and the weights must be multiples
 * of the scale as they stand.
 */
export function snapBias(row: StoredRow): SnappedRow | undefined {
  const { weights, integers, magnitudes, unit, activation } = row;
  if (unit === 0) {
    // Between any two real numbers lies a third: noise on a weight moves the threshold for some input.
    const scale = commonScale(row, 0);
    if (!isProportional(weights, integers, scale)) return undefined;
    return { scale, bias: row.bias / scale, tieBound: row.tieBound / scale };
  }
  // In multiples of the unit, sources and their sum are integers.
  const scale = commonScale(row, row.bias / unit) * unit;
  const bias = row.bias / scale;
  const tie = row.tieBound / scale;
  let noise = 0;
  for (let k = 0; k < weights.length; k++) {
    const exact = (integers[k] * scale) / unit;
    if (weights[k] !== exact) noise += Math.abs(weights[k] - exact) * magnitudes[k];
  }
  noise /= scale;
  const nearest = Math.round(bias);
  const distance = Math.abs(bias - nearest);
  if (!(tie + noise <= MIN_MARGIN)) return undefined;
  const whole = (sum: number): SnappedRow => ({
    scale: scale / unit,
    bias: sum * unit,
    tieBound: 0,
  });
  // A step neuron answers 0 to a tie, as to every sum below it.
  if (distance + noise <= tie) return whole(activation === 'step' ? nearest - 0.5 : nearest);
  return distance - noise > tie ? whole(Math.floor(bias) + 0.5) : undefined;
}

/** Whether every weight is scale × integer, but for the rounding of one multiplication or two. */
function isProportional(weights: Float64Array, integers: Float64Array, scale: number): boolean {
  for (let k = 0; k < weights.length; k++) {
    const difference = Math.abs(weights[k] - integers[k] * scale);
    if (difference > ROUNDING * Math.abs(weights[k])) return false;
  }
  return true;
}

/**
 * The bias of a neuron whose weights all cancel but for noise: what decides its constant answer;
 * `undefined` if the noise does.
 */
export function constantBias(row: Omit<StoredRow, 'integers'>): number | undefined {
  const { weights, magnitudes, bias, tieBound } = row;
  let noise = 0;
  for (let k = 0; k < weights.length; k++) noise += Math.abs(weights[k]) * magnitudes[k];
  if (Math.abs(bias) - noise > tieBound) return Math.sign(bias);
  return Math.abs(bias) + noise <= tieBound ? 0 : undefined;
}

/**
 * The scale that spreads the noise evenly over weights and bias: Σ|w|·max|x| / Σ|q|·max|x|, the
 * bias included where it is an integer in that scale (then the noise of a tie stays within the
 * bound of the tie rule whenever the relative noise of each number does).
 */
function commonScale(
  { weights, integers, magnitudes, unit }: StoredRow,
  biasInUnits: number,
): number {
  let stored = 0;
  let normal = 0;
  for (let k = 0; k < weights.length; k++) {
    const reach = magnitudes[k] > 0 && magnitudes[k] < Infinity ? magnitudes[k] : 1;
    stored += integers[k] === 0 ? 0 : Math.abs(weights[k]) * reach;
    normal += Math.abs(integers[k]) * reach;
  }
  const scale = stored / normal;
  const bias = Math.abs(biasInUnits) / scale;
  const nearest = Math.round(bias);
  if (nearest === 0 || Math.abs(bias - nearest) > BIAS_SLACK * nearest) return scale;
  return (stored + Math.abs(biasInUnits) * unit) / (normal + nearest * unit);
}
