/**
 * Symmetric functions of bits, held as a ladder of thresholds on their number: at least k, exactly k,
 * parity, majority, any table over the count.
 */
import type { LayerSpec } from '../networks.js';
import { indices, neuron, zooNetwork } from '../zoo-tools.js';
import { readTruths } from './specimen.js';
import type { Gate, Reader, Specimen } from './specimen.js';

/** The network of `table[count]`, the table 0/1 for counts from 0 to its length − 1. */
export function countTable(
  name: string,
  table: readonly number[],
  hidden: Gate = 'step',
  output: Reader = 'step',
): Specimen {
  const width = table.length - 1;
  const changes = indices(width + 1).filter((k) => k > 0 && table[k] !== table[k - 1]);
  const kinds = changes.length === 0 ? [width + 1] : changes;
  const ladder: LayerSpec = {
    rows: kinds.map(() => new Float64Array(width).fill(1)),
    bias: kinds.map((k) => 0.5 - k),
    activation: hidden,
  };
  const coefficients = kinds.map((k) => (k > width ? 0 : table[k] - table[k - 1]));
  const constant = table[0] - (output === 'identity' ? 0 : 0.5);
  return {
    name: `${name}, ${width} bits`,
    network: zooNetwork({
      name,
      input: 'bits',
      shape: [width],
      layers: [ladder, readTruths([{ coefficients, constant }], hidden, output)],
    }),
    reference: (bits) => {
      const value = table[Array.from(bits).filter((bit) => bit === 1).length];
      return [output === 'sign' ? 2 * value - 1 : value];
    },
  };
}

/** Whether an odd number of bits is on. */
export function parity(width: number, hidden: Gate = 'step'): Specimen {
  return countTable('parity', indices(width + 1).map((count) => count % 2), hidden); // prettier-ignore
}

/** Whether exactly k bits are on. */
export function exactly(k: number, width: number, hidden: Gate = 'step'): Specimen {
  return countTable(`exactly ${k}`, indices(width + 1).map((count) => (count === k ? 1 : 0)), hidden); // prettier-ignore
}

/** Whether at least k bits are on, by one neuron. */
export function atLeast(k: number, width: number): Specimen {
  return {
    name: `at least ${k} of ${width}`,
    network: zooNetwork({
      name: 'at least',
      input: 'bits',
      shape: [width],
      layers: [neuron('step', width, () => 1, 0.5 - k)],
    }),
    reference: (bits) => [Array.from(bits).filter((bit) => bit === 1).length >= k ? 1 : 0],
  };
}

/** −1, 0 or 1: whether fewer, as many or more bits are on than off. */
export function majority(width: number): Specimen {
  return {
    name: `majority of ${width}`,
    network: zooNetwork({
      name: 'majority',
      input: 'bits',
      shape: [width],
      layers: [neuron('sign', width, () => 2, -width)],
    }),
    reference: (bits) => {
      const on = Array.from(bits).filter((bit) => bit === 1).length;
      return [Math.sign(on - (width - on))];
    },
  };
}
