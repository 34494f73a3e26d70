/** The zoo's piecewise-linear functions, hidden in rectified units. */
import type { Network } from '../../src/ir/network.js';
import { affine, largest, piecewiseNetwork, smallest } from './build/piecewise.js';
import { layerOver, neuron, points, zooNetwork } from './zoo-tools.js';

/** The largest of groups of the smallest of some sums, as a tree of rectified units. */
export function lattice(): Network {
  const [a, b, c, d, e] = [[1, 0.5, 0.25], [-0.5, 1, 0], [0.125, -1, 0.75], [-1, -0.25, 0.5], [0.5, 0.5, -0.5]].map((own) => affine(...own)); // prettier-ignore
  const groups = [smallest(a, b, c), smallest(b, d), smallest(c, d, e), smallest(a, e)];
  return piecewiseNetwork('lattice', [largest(...groups)], { inputs: 2 }); // prettier-ignore
}

/** A hat of the one and a clamp of the other input, as changes of slope. */
export function hatAndClamp(): Network {
  const units = [
    [2, 0, 1],
    [2, 0, 0],
    [2, 0, -1],
    [0, 4, 1],
    [0, 4, -1],
  ];
  return zooNetwork({
    name: 'hat and clamp', input: 'signal', shape: [2], domain: { kind: 'interval', min: -1, max: 1 },
    layers: [
      layerOver('relu', points([2]), units, ([c], unit) => unit[c], (unit) => unit[2]),
      neuron('identity', 5, (k) => [1, -2, 1, 0.5, -0.5][k], 0),
    ],
  }); // prettier-ignore
}
