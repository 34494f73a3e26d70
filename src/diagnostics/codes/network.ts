/** Diagnostics of networks that can be read but not (yet) compiled. */
import { entry } from '../entry.js';

export const NETWORK_DIAGNOSTICS = {
  NETWORK_HIDDEN_SOFTMAX: entry(
    () => 'another layer reads the result of this softmax, which is not supported',
    () => 'a softmax can only be the last layer; cut the model behind it, or leave the softmax out',
  ),
} as const;
