/** Diagnostics of networks that can be read but not (yet) compiled. */
import { entry } from '../entry.js';

export const NETWORK_DIAGNOSTICS = {
  NETWORK_HIDDEN_SOFTMAX: entry(
    () => 'another layer reads the result of this softmax, which is not supported',
    () => 'a softmax can only be the last layer; cut the model behind it, or leave the softmax out',
  ),
  NETWORK_NOT_FLOAT32: entry<{ layer: string }>(
    ({ layer }) =>
      `the layer ${layer} decides by the sign of a sum of float32 numbers, where the tie rule and rounding differ`,
    () => 'leave out --precision float32: signs are then decided exactly',
  ),
  NETWORK_TOO_LARGE: entry<{ weights: number; most: number }>(
    ({ weights, most }) =>
      `the network has ${weights} weights that are not 0, more than the ${most} that fit into memory`,
    () => 'prune the model, or cut it into smaller ones; weights that are 0 cost nothing',
  ),
} as const;
