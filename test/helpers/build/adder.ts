/**
 * Binary addition: two rows of k bits in, k + 1 bits out.
 *
 *   look-ahead  carry_i = [Σ_{j≤i} 2^j (a_j + b_j) ≥ 2^(i+1)], the bits passed on beside;
 *               sum_i = a_i + b_i + carry_{i−1} − 2 carry_i
 *   thresholds  the same prefix sums against 1, 2 and 3 times 2^i: sum_i = [≥ 1] − [≥ 2] + [≥ 3]
 *   ripple      one layer for each carry, everything else passed on
 */
import type { LayerSpec } from '../networks.js';
import type { Point } from '../zoo-tools.js';
import { beside, indices, layerOver, points, zooNetwork } from '../zoo-tools.js';
import { exponentAt, valueOf } from './numbers.js';
import type { BitOrder } from './numbers.js';
import type { Specimen } from './specimen.js';

export interface AdderOptions {
  readonly bits: number;
  readonly order: BitOrder;
  readonly encoding: 'look-ahead' | 'thresholds' | 'ripple';
}

/** The network of a + b. */
export function adder(options: AdderOptions): Specimen {
  const { bits, order, encoding } = options;
  return {
    name: `adder of 2 × ${bits} bits, ${encoding}, ${order}`,
    network: zooNetwork({
      name: 'adder',
      input: 'numbers',
      shape: [2, bits],
      axes: ['number', 'bit'],
      layers: LAYERS[encoding](bits, order),
    }),
    reference: (cells) => {
      const sum = valueOf(cells, 0, bits, order) + valueOf(cells, bits, bits, order);
      return indices(bits + 1).map((k) => (sum >> exponentAt(k, bits + 1, order)) & 1);
    },
  };
}

type Build = (bits: number, order: BitOrder) => readonly LayerSpec[];

/** Σ_{j≤i} 2^j (a_j + b_j) in terms of cells: the weight of one cell in the sum up to place i. */
function prefixWeight([, bit]: Point, place: number, bits: number, order: BitOrder): number {
  const exponent = exponentAt(bit, bits, order);
  return exponent <= place ? 2 ** exponent : 0;
}

const lookAhead: Build = (bits, order) => {
  const cells = points([2, bits]);
  const carries = indices(bits).map((k) => exponentAt(k, bits, order));
  const hidden = beside(
    layerOver('step', cells, carries, (cell, place) => prefixWeight(cell, place, bits, order),
      (place) => 0.5 - 2 ** (place + 1)),
    layerOver('step', cells, cells, (cell, own) => Number(cell === own), -0.5),
  ); // prettier-ignore
  const kinds = [
    ...carries.map((place) => ({ kind: 'carry', place })),
    ...cells.map(([, bit]) => ({ kind: 'bit', place: exponentAt(bit, bits, order) })),
  ];
  return [hidden, sumLayer('identity', kinds, bits, order, 0)];
};

/** sum_i = a_i + b_i + carry_{i−1} − 2 carry_i over kept bits and carries. */
function sumLayer(
  activation: LayerSpec['activation'],
  kinds: readonly { readonly kind: string; readonly place: number }[],
  bits: number,
  order: BitOrder,
  bias: number,
): LayerSpec {
  return layerOver(
    activation,
    kinds.map((_, index) => [index]),
    indices(bits + 1).map((k) => exponentAt(k, bits + 1, order)),
    ([index], place) => {
      const { kind, place: own } = kinds[index];
      if (kind === 'bit') return own === place ? 1 : 0;
      return own === place ? -2 : own === place - 1 ? 1 : 0;
    },
    bias,
  );
}

const thresholds: Build = (bits, order) => {
  const cells = points([2, bits]);
  const members = points([bits, 3]).map(([k, level]) => [exponentAt(k, bits, order), level + 1]);
  const hidden = layerOver(
    'step',
    cells,
    members,
    (cell, [place]) => prefixWeight(cell, place, bits, order),
    ([place, level]) => 0.5 - level * 2 ** place,
  );
  const reader = layerOver(
    'step',
    members,
    indices(bits + 1).map((k) => exponentAt(k, bits + 1, order)),
    ([own, level], place) => {
      if (place === bits) return own === bits - 1 && level === 2 ? 1 : 0;
      return own !== place ? 0 : level === 2 ? -1 : 1;
    },
    -0.5,
  );
  return [hidden, reader];
};

const ripple: Build = (bits, order) => {
  /** What the neurons of the layer before stand for. */
  let kinds = points([2, bits]).map(([, bit]) => ({
    kind: 'bit',
    place: exponentAt(bit, bits, order),
  }));
  const layers: LayerSpec[] = [];
  for (let place = 0; place < bits; place++) {
    const next = [...kinds, { kind: 'carry', place }];
    const before = kinds;
    layers.push(
      layerOver(
        'step',
        before.map((_, index) => [index]),
        indices(next.length),
        ([index], own) => {
          if (own < before.length) return index === own ? 1 : 0;
          const { kind, place: at } = before[index];
          return at === (kind === 'bit' ? place : place - 1) ? 1 : 0;
        },
        (own) => (own < before.length ? -0.5 : -1.5),
      ),
    );
    kinds = next;
  }
  return [...layers, sumLayer('step', kinds, bits, order, -0.5)];
};

const LAYERS: Readonly<Record<AdderOptions['encoding'], Build>> = {
  'look-ahead': lookAhead,
  thresholds,
  ripple,
};
