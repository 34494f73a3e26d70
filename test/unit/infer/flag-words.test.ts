/** Thresholds on a region are called by what they ask of it. */
import { describe, expect, it } from 'vitest';
import { clusterNetwork } from '../../../src/cluster/index.js';
import { flagWord } from '../../../src/infer/flag-words.js';
import { liftGraph } from '../../../src/infer/lift.js';
import type { Domain } from '../../../src/ir/model-interface.js';
import { BINARY } from '../../helpers/networks.js';
import { indices, layerOver, points, zooNetwork } from '../../helpers/zoo-tools.js';

const TERNARY: Domain = { kind: 'values', values: [-1, 0, 1] };

/** The word for step(weight · Σ row + bias) on a 4 × 3 image. */
function wordFor(weight: number, bias: number, domain: Domain = BINARY): string | undefined {
  const cells = points([4, 3]);
  const network = zooNetwork({
    name: 'rows', input: 'image', shape: [4, 3], axes: ['row', 'column'], domain,
    layers: [layerOver('step', cells, indices(4), ([row], own) => (row === own ? weight : 0), bias)],
  }); // prettier-ignore
  const model = liftGraph(clusterNetwork(network));
  return flagWord(model, model.values[0]);
}

describe('flagWord', () => {
  it.each<[string, number, number]>([
    ['fullRow', 1, -2.5],
    ['highRow', 1, -1.5],
    ['nonemptyRow', 1, -0.5],
    ['emptyRow', -1, 0.5],
    ['lowRow', -1, 1.5],
    ['incompleteRow', -1, 2.5],
  ])('%s', (word, weight, bias) => {
    expect(wordFor(weight, bias)).toBe(word);
  });

  it('does not call numbers of both signs full or empty', () => {
    expect(wordFor(1, -2.5, TERNARY)).toBe('highRow');
    expect(wordFor(-1, -2.5, TERNARY)).toBe('lowRow');
    expect(wordFor(1, 2.5, TERNARY)).toBe('notLowRow');
    expect(wordFor(-1, 2.5, TERNARY)).toBe('notHighRow');
  });
});
