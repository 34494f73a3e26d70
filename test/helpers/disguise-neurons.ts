/**
 * Neurons that a disguise adds to a hidden layer without changing what the network computes: copies,
 * opposites, constants, and neurons that nobody reads. Each returns whether it found a way.
 */
import type { Random } from '../../src/numeric/random.js';
import { forReaders } from './disguise-rows.js';
import type { Rows, RowsOfLayer } from './disguise-rows.js';

/** A copy of a neuron takes over part of what readers give the original. */
export function addDuplicate(rows: Rows, layer: number, twin: number, random: Random): void {
  const own = rows.layers[layer];
  own.parts.push(own.parts[twin].map((part) => [...part]));
  own.bias.push(own.bias[twin]);
  const share = 0.25 + 0.5 * random.unit();
  forReaders(rows, layer, (parts, source) => {
    const weight = parts[source][twin];
    parts[source].push(weight * share);
    parts[source][twin] = weight - weight * share;
  });
}

/**
 * The opposite of a gate takes over part of what readers give it, with the other sign. For `sign`
 * h' = −h, ties included. For `step` h' = 1 − h, so that readers' biases take the constant up; the
 * opposite of z > 0 is z ≤ 0, which is −z + ½ > 0 on whole numbers and −z > 0 on halves: other steps
 * have no opposite, and nothing is added.
 */
export function addComplement(rows: Rows, layer: number, twin: number, random: Random): boolean {
  const own = rows.layers[layer];
  const isStep = own.activation === 'step';
  if (!isStep && own.activation !== 'sign') return false;
  if (isStep && !readsIntegers(rows, own, twin)) return false;
  const shift = isStep && Number.isInteger(own.bias[twin]) ? 0.5 : 0;
  own.parts.push(own.parts[twin].map((part) => part.map((weight) => 0 - weight)));
  own.bias.push(shift - own.bias[twin]);
  const share = 0.25 + 0.5 * random.unit();
  forReaders(rows, layer, (parts, source, reader, neuron) => {
    const weight = parts[source][twin];
    const taken = weight * share;
    parts[source].push(weight === 0 ? 0 : -taken);
    parts[source][twin] = weight - taken;
    if (isStep) reader.bias[neuron] += taken;
  });
  return true;
}

/** A gate that always says the same, by its bias alone or by one that no input overcomes. */
export function addConstant(rows: Rows, layer: number, random: Random): boolean {
  const own = rows.layers[layer];
  if (own.activation !== 'step' && own.activation !== 'sign') return false;
  const up = random.below(2) === 0;
  const reaches = reachesOf(rows, own);
  const mute = random.below(2) === 0 || reaches.flat().some((reach) => !Number.isFinite(reach));
  const parts = reaches.map((part) => part.map(() => (mute ? 0 : random.below(3) - 1)));
  const reach = parts.flatMap((part, source) =>
    part.map((weight, cell) => (weight === 0 ? 0 : Math.abs(weight) * reaches[source][cell])),
  );
  const bias = 1 + reach.reduce((sum, value) => sum + value, 0);
  own.parts.push(parts);
  own.bias.push(up ? bias : -bias);
  const value = up ? 1 : own.activation === 'sign' ? -1 : 0;
  forReaders(rows, layer, (readerParts, source, reader, neuron) => {
    const weight = random.below(5) - 2;
    readerParts[source].push(weight);
    reader.bias[neuron] -= weight * value;
  });
  return true;
}

/** A neuron of random weights that nobody reads. */
export function addDead(rows: Rows, layer: number, random: Random): void {
  const own = rows.layers[layer];
  own.parts.push(own.parts[0].map((part) => part.map(() => random.below(3) - 1)));
  own.bias.push(random.below(3) - 1);
  forReaders(rows, layer, (parts, source) => {
    parts[source].push(0);
  });
}

/** Whether a neuron's pre-activation can only be a whole number, or only a half. */
function readsIntegers(rows: Rows, own: RowsOfLayer, neuron: number): boolean {
  if (!Number.isInteger(2 * own.bias[neuron])) return false;
  return own.sources.every((ref, source) => {
    if (!own.parts[neuron][source].every((weight) => Number.isInteger(weight))) return false;
    if (ref.kind === 'layer') return ['sign', 'step'].includes(rows.layers[ref.index].activation);
    return rows.inputs[ref.index].every(
      (domain) =>
        domain.kind === 'values' && domain.values.every((value) => Number.isInteger(value)),
    );
  });
}

/** max|x| of every cell that a layer reads; Infinity where it is not known at a glance. */
function reachesOf(rows: Rows, own: RowsOfLayer): number[][] {
  return own.sources.map((ref, source) =>
    own.parts[0][source].map((_, cell) => {
      if (ref.kind === 'layer') {
        return ['sign', 'step'].includes(rows.layers[ref.index].activation) ? 1 : Infinity;
      }
      const domain = rows.inputs[ref.index][cell];
      if (domain.kind === 'values') return Math.max(...domain.values.map(Math.abs));
      return domain.kind === 'real'
        ? Infinity
        : Math.max(Math.abs(domain.min), Math.abs(domain.max));
    }),
  );
}
