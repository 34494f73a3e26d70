/**
 * Comparisons of all pairs: who is larger, by how many, which place that gives. Values stand in a
 * vector; a hidden neuron compares two of them.
 *
 *   some pairs  sign(x_i − x_j) for i < j, read with both signs
 *   all pairs   step(x_i − x_j) for i ≠ j: a strict comparison
 */
import type { Decision, Domain } from '../../../src/ir/model-interface.js';
import type { LayerSpec } from '../networks.js';
import { indices, layerOver, points, zooNetwork } from '../zoo-tools.js';
import type { Flat, Specimen } from './specimen.js';

export interface PairOptions {
  readonly values: number;
  readonly pairs: 'some' | 'all';
  readonly seek?: 'largest' | 'smallest';
  /**
   * `scores`: for `some` pairs won − lost, for `all` pairs won; `strict`: 1 where a value beats all
   * others; `best`: 1 where no other beats it (all pairs); `first`: 1 at the first of the best (all pairs).
   */
  readonly output: 'scores' | 'strict' | 'best' | 'first';
  /** Digits 0 to 3 unless given. */
  readonly domain?: Domain;
  readonly decision?: Decision;
}

const DIGITS: Domain = { kind: 'values', values: [0, 1, 2, 3] };

/** A network that ranks the values of a vector by comparing pairs. */
export function pairwise(options: PairOptions): Specimen {
  const { values: n, pairs, output, seek = 'largest', decision = { kind: 'none' } } = options;
  const direction = seek === 'largest' ? 1 : -1;
  const compared = points([n, n]).filter(([i, j]) => (pairs === 'some' ? i < j : i !== j));
  const hidden = layerOver(
    pairs === 'some' ? 'sign' : 'step',
    points([n]),
    compared,
    ([c], [i, j]) => direction * (c === i ? 1 : c === j ? -1 : 0),
    0,
  );
  const reader = pairs === 'some' ? readSome(n, compared, output) : readAll(n, compared, output);
  return {
    name: `${seek} of ${n}, ${pairs} pairs, ${output}`,
    network: zooNetwork({
      name: 'ranking',
      input: 'values',
      shape: [n],
      domain: options.domain ?? DIGITS,
      layers: [hidden, reader],
      decision,
    }),
    reference: (values) => indices(n).map((own) => place(values, own, options)),
  };
}

function place(values: Flat, own: number, { pairs, output, seek }: PairOptions): number {
  const direction = seek === 'smallest' ? -1 : 1;
  const lead = Array.from(values, (value) => Math.sign(direction * (values[own] - value)));
  const won = lead.filter((sign) => sign > 0).length;
  const lost = lead.filter((sign) => sign < 0).length;
  switch (output) {
    case 'scores':
      return pairs === 'some' ? won - lost : won;
    case 'strict':
      return won === values.length - 1 ? 1 : 0;
    case 'best':
      return lost === 0 ? 1 : 0;
    case 'first':
      return lost === 0 && lead.findIndex((sign) => sign === 0) === own ? 1 : 0;
  }
}

type Pairs = readonly (readonly number[])[];

function readSome(n: number, compared: Pairs, output: PairOptions['output']): LayerSpec {
  if (output === 'best' || output === 'first') throw new RangeError(`${output} needs all pairs`);
  const strict = output === 'strict';
  return layerOver(
    strict ? 'step' : 'identity',
    compared,
    indices(n),
    ([i, j], own) => (i === own ? 1 : j === own ? -1 : 0),
    strict ? 1.5 - n : 0,
  );
}

function readAll(n: number, compared: Pairs, output: PairOptions['output']): LayerSpec {
  switch (output) {
    case 'scores':
    case 'strict': {
      const bias = output === 'strict' ? 1.5 - n : 0;
      const kind = output === 'strict' ? 'step' : 'identity';
      return layerOver(kind, compared, indices(n), ([i], own) => (i === own ? 1 : 0), bias);
    }
    case 'best':
      return layerOver('step', compared, indices(n), ([, j], own) => (j === own ? -1 : 0), 0.5);
    case 'first':
      return layerOver(
        'step',
        compared,
        indices(n),
        ([i, j], own) => (i === own && j < own ? 1 : j === own && i > own ? -1 : 0),
        (own) => 0.5 - own,
      );
  }
}
