/** Inputs without bounds: what is left unproved is rounding, and the reason says that and no more. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../src/compile.js';
import type { Domain } from '../../../../src/ir/model-interface.js';
import type { Network } from '../../../../src/ir/network.js';
import { createRandom } from '../../../../src/numeric/random.js';
import { verify } from '../../../../src/verify/index.js';
import { chainNetwork } from '../../../helpers/networks.js';

function mlp(domain: Domain): Network {
  const random = createRandom(4);
  const row = (width: number) => Float64Array.from({ length: width }, () => random.normal());
  // relu(−f) is told as relu(f) − f, whose products round without bound: f starts with a positive weight.
  const unit = () => row(3).map((weight, k) => (k === 0 ? Math.abs(weight) : weight));
  return chainNetwork({
    name: 'mlp',
    input: { name: 'x', shape: [3], domain },
    layers: [
      { rows: [unit(), unit(), unit(), unit()], bias: row(4), activation: 'relu' },
      { rows: [row(4), row(4)], bias: row(2), activation: 'identity' },
    ],
  });
}

describe('a network of relu units', () => {
  it('is proved where its inputs have bounds', async () => {
    const { verdict } = await compile(mlp({ kind: 'interval', min: -1, max: 1 }));
    expect(verdict).toMatchObject({ status: 'proved' });
  });

  it('is sampled where they have none, for the sake of rounding only', async () => {
    const { verdict } = await compile(mlp({ kind: 'real' }));
    expect(verdict.status).toBe('sampled');
    expect(verdict.reason).toMatch(
      /^(equal|at most \S+ apart) in real arithmetic, but rounding has no bound/,
    );
  });
});

describe('a text that looks for the largest of numbers without bounds', () => {
  const network = chainNetwork({
    name: 'largest',
    input: { name: 'x', shape: [3], domain: { kind: 'real' } },
    layers: [{ rows: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], bias: [0, 0, 0], activation: 'identity' }, { rows: [[1, 1, 1]], bias: [-Infinity], activation: 'max' }],
    decision: { kind: 'none' },
  }); // prettier-ignore
  const textOf = (first: string): string => `
export function scores(x: ArrayLike<number>): number[] {
  if (x.length !== 3) throw new RangeError('expected 3 numbers');
  ${first}
  let best = x[0];
  for (let k = 1; k < 3; k++) if (x[k] > best) best = x[k];
  return [best];
}
export function predict(x: ArrayLike<number>): number[] {
  return scores(x);
}
export const network = { name: 'largest', inputShape: [3], verdict: 'proved' } as const;
export default predict;
`;
  const status = async (first: string) => (await verify(network, textOf(first), { ignoreVerdictString: true })).status; // prettier-ignore

  it('is proved along its paths, but not where one of them gives no answer, or two', async () => {
    expect(await status('')).toBe('proved');
    expect(await status('if (x[0] === 0.123) return [];')).not.toBe('proved');
    expect(await status('if (x[0] === 0.123) return [0.123, 1];')).not.toBe('proved');
  });
});
