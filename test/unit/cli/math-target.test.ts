import { describe, expect, it } from 'vitest';
import { readTarget } from '../../../src/cli/math-target.js';
import { chainNetwork } from '../../helpers/networks.js';

const NETWORK = chainNetwork({
  name: 'net',
  input: { name: 'x', shape: [2] },
  layers: [
    { rows: [[1, 0], [0, 1], [1, 1]], bias: [0, 0, 0], activation: 'relu' },
    { rows: [[1, 0, 0], [0, 1, 0]], bias: [0, 0], activation: 'identity' },
  ],
  labels: ['sit', 'stand[1]'],
}); // prettier-ignore

describe('readTarget', () => {
  it.each([
    ['sit', { kind: 'output', output: 0, cell: 0 }],
    ['stand[1]', { kind: 'output', output: 0, cell: 1 }],
    ['scores[1]', { kind: 'output', output: 0, cell: 1 }],
    ['net_1[2]', { kind: 'neuron', layer: 0, neuron: 2 }],
    ['net_2[0]', { kind: 'neuron', layer: 1, neuron: 0 }],
  ])('reads %s', (text, target) => {
    expect(readTarget(text, NETWORK)).toEqual(target);
  });

  it.each([
    ['sitt', 'no output, label or layer called "sitt"', 'did you mean "sit"?'],
    ['scores', '"scores" has 2 cells', 'say which one, as in --target "NAME[0]", counted from 0'],
    ['net_1[3]', '"net_1" has 3 cells', 'say which one, as in --target "NAME[0]", counted from 0'],
  ])('refuses %s', (text, message, hint) => {
    const read = (): unknown => readTarget(text, NETWORK);
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ hint }));
  });
});
