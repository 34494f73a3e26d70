/** What normalisation changed, one sentence per change. */
import type { Change } from '../ir/cluster.js';

/** A change as a sentence without its full stop; layers count from 1. */
export function changeText(change: Change): string {
  switch (change.kind) {
    case 'dead':
      return `${neurons(change.neurons.length)} that nothing reads left out`;
    case 'constant':
      return `${neurons(change.neurons.length)} of constant value folded into biases`;
    case 'duplicate':
      return `${neurons(change.neurons.length)} that equal or negate another one merged with it`;
    case 'rescaled': {
      const { layer, count, minFactor, maxFactor } = change;
      const factors = `by ${digits(minFactor)} to ${digits(maxFactor)}`;
      return `layer ${layer + 1}: ${neurons(count)} rescaled ${factors}`;
    }
    case 'snapped': {
      const { layer, count, maxRelativeChange } = change;
      return `layer ${layer + 1}: ${weights(count)} made equal to others, by at most ${digits(maxRelativeChange)} relative`;
    }
    case 'residue': {
      const { layer, count, maxRelativeSize } = change;
      return `layer ${layer + 1}: ${weights(count)} dropped as residue of noise, at most ${digits(maxRelativeSize)} of the row`;
    }
  }
}

function neurons(count: number): string {
  return `${count} ${count === 1 ? 'neuron' : 'neurons'}`;
}

function weights(count: number): string {
  return `${count} ${count === 1 ? 'weight' : 'weights'}`;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
