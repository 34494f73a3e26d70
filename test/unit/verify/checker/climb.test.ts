/** Differences that hide behind a saturated softmax are found by climbing to where the classes are level. */
import { expect, it } from 'vitest';
import { compile } from '../../../../src/compile.js';
import { climb } from '../../../../src/verify/checker/climb.js';
import { verify } from '../../../../src/verify/index.js';
import { chainNetwork, maxsatNetwork } from '../../../helpers/networks.js';

const MODEL = chainNetwork({
  name: 'counts',
  input: { name: 'cells', shape: [12] },
  layers: [{ rows: [new Float64Array(12).fill(1)], bias: [0], activation: 'identity' }],
});

it('goes uphill, and only uphill', () => {
  const values = (cells: Float64Array): number => cells.reduce((sum, cell) => sum + cell, 0);
  let last = 0;
  for (const [cells] of climb(MODEL, [[new Float64Array(12)]], ([one]) => values(one))) {
    expect(values(cells)).toBeGreaterThan(last);
    last = values(cells);
  }
  expect(last).toBe(12);
});

it('stays where nothing is higher', () => {
  expect([...climb(MODEL, [[new Float64Array(12)]], () => 1)]).toEqual([]);
});

it.each([
  ['10 :', '11 :'],
  ['10 :', '10.01 :'],
])('refutes a weight of many logits, %s → %s', async (from, to) => {
  const network = maxsatNetwork(6, 17);
  const [first, second, last] = network.layers;
  // The single clause outweighs several others, so that scores are 0 or 1 nearly everywhere.
  const weights = { ...last.weights, values: last.weights.values.map((value) => (Math.abs(value) > 4 ? 3 * value : value)) };
  const heavy = { ...network, layers: [first, second, { ...last, weights }] };
  const { code } = await compile(heavy);
  const changed = code.replace(/=== 0 \? (\d+(\.\d+)?)/, (_, weight: string) => `=== 0 ? ${Number(weight) + Number(to.slice(0, -2)) - Number(from.slice(0, -2))}`);
  expect(changed).not.toBe(code);
  const verdict = await verify(heavy, changed);
  expect(verdict.status, verdict.reason).toBe('refuted');
  expect(verdict.counterexample?.inputs).toHaveLength(1);
}); // prettier-ignore
