/** What dumps and reports call an activation: its kind, and the numbers that belong to it. */
import type { Activation } from './network.js';

/** `sign`, `leaky-relu 0.01`, `clamp 0..1`. */
export function activationWords(activation: Activation): string {
  switch (activation.kind) {
    case 'leaky-relu':
      return `leaky-relu ${activation.slope}`;
    case 'clamp':
      return `clamp ${activation.low}..${activation.high}`;
    default:
      return activation.kind;
  }
}

/** Whether neurons compare their weighted reads, where others add them up. */
export function isExtreme({ kind }: Activation): boolean {
  return kind === 'max' || kind === 'min';
}

/** The bias that takes no part in a neuron of this kind. */
export function neutralBias({ kind }: Activation): number {
  if (kind === 'max') return -Infinity;
  return kind === 'min' ? Infinity : 0;
}
