/** What normalisation changed, one sentence per change. */
import type { Change, NetworkFigures } from '../ir/cluster.js';
import type { Neuron } from '../ir/network.js';
import { listed } from './numbers.js';

/** More neurons than this are counted, not listed. */
const MOST_PLACES = 8;

/** A change as a sentence without its full stop; layers count from 1. */
export function changeText(change: Change): string {
  switch (change.kind) {
    case 'always-off':
      return `${neurons(change.neurons.length)} that no input of the domain switches on left out${places(change.neurons)}`;
    case 'always-on':
      return `${neurons(change.neurons.length)} that no input of the domain switches off told as sums${places(change.neurons)}`;
    case 'simplified':
      return simplifiedText(change);
    case 'dead':
      return `${neurons(change.neurons.length)} that nothing reads left out${places(change.neurons)}`;
    case 'constant':
      return `${neurons(change.neurons.length)} of constant value folded into biases${places(change.neurons)}`;
    case 'duplicate':
      return `${neurons(change.neurons.length)} that equal or negate another one merged with it${places(change.neurons)}`;
    case 'rescaled': {
      const { layer, count, minFactor, maxFactor } = change;
      const [least, most] = [digits(minFactor), digits(maxFactor)];
      const factors = least === most ? `by ${least}` : `by ${least} to ${most}`;
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

function simplifiedText({
  before,
  after,
  mergedUnits,
  linearLayers,
  shapes,
  maxError,
}: Extract<Change, { kind: 'simplified' }>): string {
  const found = shapes.map(({ shape, count }) => `${count} ${SHAPE_WORDS[shape]}`);
  const units = mergedUnits === 1 ? 'unit' : 'units';
  const merged = mergedUnits > 0 ? `; ${mergedUnits} ${units} told by others of the same sum` : '';
  const layers = linearLayers === 1 ? 'linear layer' : 'linear layers';
  const linear = linearLayers > 0 ? `; ${linearLayers} ${layers} taken into the next` : '';
  const holding = found.length === 0 ? '' : `, with ${listed(found)}`;
  const error = maxError > 0 ? `, exact within ${Number.isFinite(maxError) ? digits(maxError) : 'rounding'}` : ''; // prettier-ignore
  return (
    `${figures(before)} told by ${figures(after)}${holding}${error}${merged}${linear}; ` +
    'clusters and what follows count layers and neurons of these'
  );
}

const SHAPE_WORDS = { abs: '|x|', clamp: 'clamp', max: 'max', min: 'min' } as const;

function figures({ layers, neurons: size, weights: count }: NetworkFigures): string {
  return `${neurons(size)} in ${layers} ${layers === 1 ? 'layer' : 'layers'} with ${weights(count)}`;
}

/** ` (layer 1: 2, 7; layer 2: 3)`, where there are few; layers and neurons count from 1. */
function places(all: readonly Neuron[]): string {
  if (all.length > MOST_PLACES) return '';
  const layers = [...new Set(all.map(({ layer }) => layer))].sort((a, b) => a - b);
  const texts = layers.map((layer) => {
    const here = all.filter((neuron) => neuron.layer === layer);
    return `layer ${layer + 1}: ${here.map(({ index }) => index + 1).join(', ')}`;
  });
  return ` (${texts.join('; ')})`;
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
