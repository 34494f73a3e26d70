/**
 * The activations of real-valued layers, applied in place. `sign` and `step` need the tie rule and
 * stand in `teacher.ts`.
 */
import type { Activation } from '../ir/network.js';

/**
 * Replaces pre-activations by activations. Softmax runs over the whole array, its maximum subtracted
 * first so that no exponential overflows.
 *
 * @throws TypeError for `sign` and `step`, which a value alone does not decide.
 */
export function applyActivation(activation: Activation, values: Float64Array): void {
  switch (activation.kind) {
    case 'identity':
      return;
    case 'relu':
      replaceEach(values, (z) => (z > 0 ? z : 0));
      return;
    case 'leaky-relu': {
      const { slope } = activation;
      replaceEach(values, (z) => (z > 0 ? z : slope * z));
      return;
    }
    case 'abs':
      replaceEach(values, Math.abs);
      return;
    case 'clamp': {
      const { low, high } = activation;
      replaceEach(values, (z) => Math.min(Math.max(z, low), high));
      return;
    }
    case 'tanh':
      replaceEach(values, Math.tanh);
      return;
    case 'sigmoid':
      replaceEach(values, (z) => 1 / (1 + Math.exp(-z)));
      return;
    case 'softmax':
      softmax(values);
      return;
    case 'max':
    case 'min':
      // The teacher compared the parts already.
      return;
    case 'sign':
    case 'step':
      throw new TypeError(`${activation.kind} needs the tie rule`);
  }
}

function replaceEach(values: Float64Array, activate: (z: number) => number): void {
  for (let index = 0; index < values.length; index++) values[index] = activate(values[index]);
}

function softmax(values: Float64Array): void {
  let largest = -Infinity;
  for (const value of values) if (value > largest) largest = value;
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    values[index] = Math.exp(values[index] - largest);
    total += values[index];
  }
  for (let index = 0; index < values.length; index++) values[index] /= total;
}
