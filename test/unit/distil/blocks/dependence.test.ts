/** Which of many cells an output depends on. */
import { expect, it } from 'vitest';
import { dependencesOf } from '../../../../src/distil/blocks/dependence.js';
import { createRandom } from '../../../../src/numeric/random.js';
import { chainNetwork } from '../../../helpers/networks.js';

it('finds the two of thirty cells that each output reads, and what share each has', () => {
  const row = (...weights: readonly (readonly [number, number])[]): number[] =>
    Array.from({ length: 30 }, (_, cell) => new Map(weights).get(cell) ?? 0);
  const network = chainNetwork({
    name: 'wide',
    input: { name: 'x', shape: [30], domain: { kind: 'interval', min: 0, max: 1 } },
    layers: [
      { rows: [row([3, 1], [17, 3]), row([5, 1], [17, -1]), row()], bias: [0, 0, 1], activation: 'identity' },
    ],
    decision: { kind: 'none' },
  }); // prettier-ignore
  const random = createRandom(1);
  const columns = Array.from({ length: 30 }, () => Float64Array.from({ length: 400 }, () => random.unit())); // prettier-ignore
  const [first, second, third] = dependencesOf(network, columns);
  expect(first.cells).toEqual([17, 3]);
  expect(first.effects[0]).toBeCloseTo(0.9, 1);
  expect([...second.cells].sort((a, b) => a - b)).toEqual([5, 17]);
  expect(third).toEqual({ cells: [], effects: [] });
});
