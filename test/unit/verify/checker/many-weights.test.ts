/** A text with more weights than an unknown input can be followed through is run, not proved. */
import { expect, it } from 'vitest';
import { compile } from '../../../../src/compile.js';
import { createRandom } from '../../../../src/numeric/random.js';
import { verify } from '../../../../src/verify/index.js';
import { chainNetwork } from '../../../helpers/networks.js';

it('is not followed for unknown inputs', async () => {
  const random = createRandom(1);
  const rows = Array.from({ length: 40 }, () => Array.from({ length: 40 }, () => random.normal()));
  const network = chainNetwork({
    name: 'dense',
    input: { name: 'x', shape: [40], domain: { kind: 'interval', min: -1, max: 1 } },
    layers: [{ rows, bias: rows.map(() => 0), activation: 'identity' }],
    decision: { kind: 'none' },
  });
  const { code, weights = '', verdict } = await compile(network);
  expect(verdict.status).toBe('proved');
  const zeros = `export const more: readonly number[] = [${'0, '.repeat(2 ** 20)}];\n`;
  const judged = await verify(network, code, {
    weights: weights + zeros,
    ignoreVerdictString: true,
  });
  expect(judged.status).toBe('sampled');
  expect(judged.reason).toBe(`${2 ** 20 + 1600} weights are too many to follow for unknown inputs`);
}, 30_000);
