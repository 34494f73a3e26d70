/**
 * Decides the bias of a sign or step neuron whose normal weights and sources are integers.
 *
 * The sum L is then an integer and only sign(L + b) matters, so b is known up to floor(b) + ½,
 * except where L + b lies within the tie bound for one L: there the state is a tie and b is that
 * integer. Noise blurs z by at most e; a bias that e leaves undecided is not snapped at all.
 */

/** Snapping must keep every other integer sum this far away from a tie. */
const MIN_MARGIN = 0.25;

export interface SnappedRow {
  /** Stored weight = scale × integer, up to noise. */
  readonly scale: number;
  readonly bias: number;
}

/**
 * Scale and bias of the normal form of one neuron; `undefined` if noise leaves open which sums tie.
 * `weights` are as stored, `integers` their normal form (0 for residue), `magnitudes` the largest
 * |x| of each source cell, `tieBound` that of the stored pre-activation.
 */
export function snapBias(
  weights: Float64Array,
  integers: Float64Array,
  magnitudes: Float64Array,
  storedBias: number,
  tieBound: number,
  activation: 'sign' | 'step',
): SnappedRow | undefined {
  const scale = commonScale(weights, integers, magnitudes, storedBias);
  const bias = storedBias / scale;
  let noise = 0;
  for (let k = 0; k < weights.length; k++) {
    if (weights[k] !== integers[k] * scale) {
      noise += Math.abs(weights[k] - integers[k] * scale) * magnitudes[k];
    }
  }
  noise /= scale;
  const tie = tieBound / scale;
  const nearest = Math.round(bias);
  const distance = Math.abs(bias - nearest);
  if (!(tie + noise <= MIN_MARGIN)) return undefined;
  if (distance + noise <= tie) {
    // A step neuron answers 0 to a tie, as to every sum below it.
    return { scale, bias: activation === 'step' ? nearest - 0.5 : nearest };
  }
  if (distance - noise > tie) return { scale, bias: Math.floor(bias) + 0.5 };
  return undefined;
}

/**
 * The scale that spreads the noise evenly over weights and bias: Σ|w|·max|x| / Σ|q|·max|x|, the
 * bias included where it is an integer in that scale (then the noise of a tie stays within the
 * bound of the tie rule whenever the relative noise of each number does).
 */
function commonScale(
  weights: Float64Array,
  integers: Float64Array,
  magnitudes: Float64Array,
  storedBias: number,
): number {
  let stored = 0;
  let normal = 0;
  for (let k = 0; k < weights.length; k++) {
    const reach = magnitudes[k] > 0 && magnitudes[k] < Infinity ? magnitudes[k] : 1;
    stored += integers[k] === 0 ? 0 : Math.abs(weights[k]) * reach;
    normal += Math.abs(integers[k]) * reach;
  }
  const scale = stored / normal;
  const bias = Math.abs(storedBias) / scale;
  const nearest = Math.round(bias);
  if (nearest === 0 || Math.abs(bias - nearest) > 1e-6 * nearest) return scale;
  return (stored + Math.abs(storedBias)) / (normal + nearest);
}
