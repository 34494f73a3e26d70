/**
 * One-token mutants of modules with stages: bounds, indices, comparisons, minimum and maximum, constants.
 * Whatever computes something else is refuted, and what is proved computes the same.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import type { StagedNetwork } from '../../src/ir/network.js';
import { add, compare, conditional, multiply, num } from '../../src/ir/program-builders.js';
import { verify } from '../../src/verify/index.js';
import { largestDifference } from '../helpers/enumerate.js';
import {
  FUNCTIONS_OF_ONE,
  UNIT_INTERVAL,
  averageNetwork,
  cellNetwork,
  convolutionNetwork,
  layerNormNetwork,
  logSoftmaxNetwork,
  poolNetwork,
} from '../helpers/stages.js';
import { mutantsOf } from '../helpers/text-mutants.js';

const BINARY = { kind: 'values', values: [0, 1] } as const;
const TERNARY = { kind: 'values', values: [-1, 0, 1] } as const;

const NETWORKS: readonly (readonly [name: string, network: StagedNetwork])[] = [
  ['a product of tensors', cellNetwork('product', TERNARY, (x, z) => multiply(x, z), 2)],
  ['a choice by a comparison', cellNetwork('where', TERNARY, (x, z) => conditional(compare('>', x, z), add(x, num(2)), z), 2)],
  ['windows of a maximum', poolNetwork('max', BINARY, { extent: 4, size: 2, stride: 2, pad: 0 })],
  ['padded windows of a minimum', poolNetwork('min', UNIT_INTERVAL, { extent: 3, size: 3, stride: 2, pad: 1 })],
  ['means of windows', averageNetwork(UNIT_INTERVAL, 5, 3)],
  ['a convolution and a square', convolutionNetwork(BINARY, 3, 2)],
  ['log-softmax of rows', logSoftmaxNetwork(UNIT_INTERVAL, 2, 3)],
  ['layer norm', layerNormNetwork(BINARY, 2, 3)],
  ...['clip', 'hardSigmoid', 'softplus', 'sigmoid', 'round', 'elu'].map((name) => [name, cellNetwork(name, UNIT_INTERVAL, FUNCTIONS_OF_ONE[name])] as const),
]; // prettier-ignore

/** What the checker does not follow, it does not judge: a few mutants may stay undecided for these reasons. */
const UNFOLLOWED =
  /outside an array|that may be|may vanish|may overflow|depends on the input|rounded number/;

describe('one-token mutants of', () => {
  it.each(NETWORKS)('%s', async (_, network) => {
    const { code, verdict } = await compile(network);
    expect(verdict.status, verdict.reason).toBe('proved');
    const mutants = mutantsOf(code);
    expect(mutants.length).toBeGreaterThan(8);
    let [refuted, undecided] = [0, 0];
    for (const { what, code: broken } of mutants) {
      const one = await verify(network, broken, { ignoreVerdictString: true, sample: false });
      if (one.status === 'refuted') refuted++;
      else if (one.status === 'unknown' && UNFOLLOWED.test(one.reason ?? '')) undecided++;
      else expect(await largestDifference(network, broken), what).toBeLessThanOrEqual(1e-6);
    }
    expect(refuted).toBeGreaterThan(mutants.length / 2);
    expect(undecided).toBeLessThan(mutants.length / 4);
  });
});
