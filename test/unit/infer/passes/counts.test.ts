/** Means divide: a factor that is one over a count says so, where that stays within the tolerance. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../src/compile.js';
import type { Domain } from '../../../../src/ir/model-interface.js';
import { countOf } from '../../../../src/infer/passes/counts.js';
import { chainNetwork } from '../../../helpers/networks.js';

async function meanOf(cells: number, factor: number, domain: Domain) {
  const network = chainNetwork({
    name: 'mean',
    input: { name: 'cells', shape: [cells], domain },
    layers: [
      {
        rows: [new Float64Array(cells).fill(factor)],
        bias: [0],
        activation: 'identity',
      },
    ],
    decision: { kind: 'none' },
  });
  const { code, verdict } = await compile(network);
  const [, value] = /return \[(.+)\];/.exec(code) ?? [];
  return { value, verdict };
}

const UNIT: Domain = { kind: 'interval', min: 0, max: 1 };
const WIDE: Domain = { kind: 'interval', min: 0, max: 1e6 };

describe('means', () => {
  it.each([
    [24, 1 / 24, 'total / 24'],
    [7, 1 / 7, 'total / 7'],
    [16, 1 / 16, 'total / 16'],
    // In single precision, as many models are stored.
    [3, Math.fround(1 / 3), 'total / 3'],
  ])('of %i cells, factor %f', async (cells, factor, expected) => {
    const { value, verdict } = await meanOf(cells, factor, UNIT);
    expect(value).toBe(expected);
    expect(verdict.status).toBe('proved');
    expect(verdict.maxError).toBeLessThan(1e-6);
  });

  it('keep a factor that is further from one over a count than the tolerance allows', async () => {
    const { value, verdict } = await meanOf(3, Math.fround(1 / 3), WIDE);
    expect(value).toBe('0.3333333432674 * total');
    expect(verdict.maxError).toBeLessThan(1e-6);
  });

  it('keep what is short, and what is not one over anything', () => {
    expect([0.5, 0.2, 0.1, 0.3, 0.7, 1.5, 0.0417].map(countOf)).toEqual(
      new Array(7).fill(undefined),
    );
    expect([0.25, 0.125, 1 / 3, 1 / 24, 0.01].map(countOf)).toEqual([4, 8, 3, 24, undefined]);
  });
});
