/**
 * A network whose layers before one place are an algorithm and behind it are not: it adds up groups of cells,
 * and what it makes of the sums was as if learned, two steep steps among many small tanh units.
 *
 *   decides 1 where the sums of groups 0 and 1 are above 1.5 each, but for inputs near those borders
 */
import { createRandom } from '../../src/numeric/random.js';
import type { Network } from '../../src/ir/network.js';
import { chainNetwork } from './networks.js';

/** Cells of a group, and units that do next to nothing. */
const GROUP = 3;
const UNITS = 8;

/** Where both sums have to be. */
export const BORDER = 1.5;

/** @param groups at least 2. */
export function policyNetwork(groups: number, seed = 1): Network {
  const random = createRandom(seed);
  const sums = Array.from({ length: groups }, (_, group) =>
    Float64Array.from({ length: groups * GROUP }, (_cell, cell) =>
      Math.floor(cell / GROUP) === group ? 1 : 0,
    ),
  );
  const noise = Array.from({ length: UNITS }, () =>
    Float64Array.from({ length: groups }, () => random.normal() / 2),
  );
  const step = (group: number): Float64Array =>
    Float64Array.from({ length: groups }, (_, k) => (k === group ? 40 : 0));
  return chainNetwork({
    name: 'policy',
    input: {
      name: 'cells',
      shape: [groups * GROUP],
      domain: { kind: 'interval', min: 0, max: 1 },
    },
    layers: [
      { rows: sums, bias: sums.map(() => 0), activation: 'identity' },
      {
        rows: [step(0), step(1), ...noise],
        bias: [-40 * BORDER, -40 * BORDER, ...noise.map(() => random.normal())],
        activation: 'tanh',
      },
      {
        rows: [Float64Array.of(1, 1, ...noise.map(() => random.normal() / 100))],
        bias: [-1],
        activation: 'identity',
      },
    ],
    labels: ['no', 'yes'],
    decision: { kind: 'threshold', threshold: 0 },
  });
}
