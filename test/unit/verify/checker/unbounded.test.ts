/** Inputs without bounds: what is left unproved is rounding, and the reason says that and no more. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../src/compile.js';
import type { Domain } from '../../../../src/ir/model-interface.js';
import type { Network } from '../../../../src/ir/network.js';
import { createRandom } from '../../../../src/numeric/random.js';
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
