/**
 * Numbers in binary, and weights that follow a formula along an axis: comparison by powers of two,
 * linear ramps. Bits stand with the least significant first (`lsb`) or last (`msb`).
 */
import { indices, layerOver, neuron, points, zooNetwork } from '../zoo-tools.js';
import type { Flat, Specimen } from './specimen.js';

export type BitOrder = 'lsb' | 'msb';

/** The place value's exponent of the bit at a position. */
export function exponentAt(position: number, bits: number, order: BitOrder): number {
  return order === 'lsb' ? position : bits - 1 - position;
}

/** The number that `bits` cells from `start` on stand for. */
export function valueOf(cells: Flat, start: number, bits: number, order: BitOrder): number {
  let value = 0;
  for (let k = 0; k < bits; k++) {
    const position = order === 'msb' ? k : bits - 1 - k;
    value = 2 * value + cells[start + position];
  }
  return value;
}

/** −1, 0 or 1: how the first of two binary numbers compares with the second. */
export function compareNumbers(bits: number, order: BitOrder): Specimen {
  return {
    name: `comparison of ${bits} bits, ${order}`,
    network: zooNetwork({
      name: 'comparison',
      input: 'numbers',
      shape: [2, bits],
      axes: ['number', 'bit'],
      layers: [
        layerOver('sign', points([2, bits]), [0],
          ([number, bit]) => (1 - 2 * number) * 2 ** exponentAt(bit, bits, order), 0),
      ],
    }), // prettier-ignore
    reference: (cells) => [
      Math.sign(valueOf(cells, 0, bits, order) - valueOf(cells, bits, bits, order)),
    ],
  };
}

/** Which side of a beam sinks: positions are the lever arms. */
export function balance(width: number): Specimen {
  return {
    name: `balance of ${width}`,
    network: zooNetwork({
      name: 'balance',
      input: 'weights',
      shape: [width],
      layers: [neuron('sign', width, (k) => 2 * k - (width - 1), 0)],
    }),
    reference: (cells) => {
      let left = 0;
      let right = 0;
      for (let k = 0; k < width; k++) {
        const arm = k - (width - 1) / 2;
        if (arm > 0) right += arm * cells[k];
        else left -= arm * cells[k];
      }
      return [Math.sign(right - left)];
    },
  };
}

/** For each of some limits whether Σ (position + 1) · bit reaches it. */
export function ramp(width: number, limits: readonly number[]): Specimen {
  return {
    name: `ramp of ${width} against ${limits.join()}`,
    network: zooNetwork({
      name: 'ramp',
      input: 'bits',
      shape: [width],
      layers: [layerOver('step', points([width]), limits, ([k]) => k + 1, (limit) => 0.5 - limit)],
    }), // prettier-ignore
    reference: (bits) => {
      const total = indices(width).reduce((sum, k) => sum + (k + 1) * bits[k], 0);
      return limits.map((limit) => (total >= limit ? 1 : 0));
    },
  };
}
