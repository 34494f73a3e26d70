/** The loss below which a formula fits to rounding: what is left is the arithmetic's, not the formula's. */
import type { Engine } from '../engine/engine.js';

/** Share of the variance, and roundings of a target's own magnitude, as deviations. */
const SHARE = 1e-12;
const ROUNDINGS = 8;

export function roundingLoss({ problem, rows, shares, variance }: Engine): number {
  const { target } = problem.data;
  let square = 0;
  for (let i = 0; i < rows; i++) square += shares[i] * target[i] * target[i];
  const deviation = SHARE * Math.sqrt(variance) + ROUNDINGS * Number.EPSILON * Math.sqrt(square);
  switch (problem.settings.loss.kind) {
    case 'mae':
    case 'pinball':
      return deviation;
    case 'direction':
      return problem.settings.loss.tolerance ?? SHARE * SHARE;
    case 'relative':
    case 'log':
      return SHARE * SHARE;
    case 'mse':
    case 'huber':
    case 'custom':
      return deviation * deviation;
  }
}
