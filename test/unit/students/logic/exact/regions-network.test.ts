import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../../../src/ir/model-interface.js';
import {
  forwardPass,
  inputBox,
  reluLayersOf,
  sumMagnitudes,
} from '../../../../../src/students/logic/exact/regions-network.js';
import { chainNetwork } from '../../../../helpers/networks.js';
import type { LayerSpec } from '../../../../helpers/networks.js';
import type { Network } from '../../../../../src/ir/network.js';

const HIDDEN: LayerSpec = { rows: [[1, -1], [0, 2]], bias: [0.5, 0], activation: 'relu' }; // prettier-ignore

function network(last: LayerSpec, decision: Decision, hidden = HIDDEN): Network {
  return chainNetwork({
    name: 'small',
    input: { name: 'x', shape: [2], domain: { kind: 'interval', min: -1, max: 3 } },
    layers: [hidden, last],
    decision,
  });
}

const SUM: LayerSpec = { rows: [[1, 1]], bias: [-1], activation: 'identity' };

describe('reluLayersOf', () => {
  it('is the same function', () => {
    const chain = reluLayersOf(network(SUM, { kind: 'none' }));
    if (chain === undefined) throw new Error('no chain');
    expect(chain.inputs).toBe(2);
    expect([...forwardPass(chain, [2, 1])]).toEqual([1.5 + 2 - 1]);
    expect([...forwardPass(chain, [-1, -1])]).toEqual([0.5 + 0 - 1]);
  });

  it('knows leaky units and absolute values', () => {
    const bent = (activation: LayerSpec['activation']): Float64Array | undefined => {
      const chain = reluLayersOf(network(SUM, { kind: 'none' }, { ...HIDDEN, activation }));
      return chain && forwardPass(chain, [-1, 1]);
    };
    expect(bent('abs')).toEqual(Float64Array.of(1.5 + 2 - 1));
    expect(bent('leaky-relu')).toEqual(Float64Array.of(-0.015 + 2 - 1));
    expect(bent('tanh')).toBeUndefined();
  });

  it('decides beneath a last activation that only rises', () => {
    const sigmoid: LayerSpec = { ...SUM, activation: 'sigmoid' };
    const half = reluLayersOf(network(sigmoid, { kind: 'threshold', threshold: 0.5 }));
    expect(half?.decision).toEqual({ kind: 'threshold', threshold: 0 });
    const most = reluLayersOf(network(sigmoid, { kind: 'threshold', threshold: 0.9 }));
    expect(most?.decision).toEqual({ kind: 'threshold', threshold: Math.log(9) });
    expect(reluLayersOf(network(sigmoid, { kind: 'none' }))).toBeUndefined();
    expect(reluLayersOf(network(sigmoid, { kind: 'threshold', threshold: 1 }))).toBeUndefined();
    const softmax: LayerSpec = { rows: [[1, 0], [0, 1]], bias: [0, 0], activation: 'softmax' }; // prettier-ignore
    expect(reluLayersOf(network(softmax, { kind: 'argmax' }))?.layers).toHaveLength(2);
    expect(reluLayersOf(network(softmax, { kind: 'sign' }))).toBeUndefined();
  });

  it('is nothing where layers skip one', () => {
    const plain = network(SUM, { kind: 'none' });
    const layers = plain.layers.map((layer, index) =>
      index === 1 ? { ...layer, sources: [{ kind: 'input', index: 0 } as const] } : layer,
    );
    expect(reluLayersOf({ ...plain, layers })).toBeUndefined();
    expect(reluLayersOf({ ...plain, results: [{ kind: 'layer', index: 0 }] })).toBeUndefined();
  });
});

describe('inputBox', () => {
  it('is there where every cell is an interval', () => {
    const plain = network(SUM, { kind: 'none' });
    expect(inputBox(plain)).toEqual({ low: Float64Array.of(-1, -1), high: Float64Array.of(3, 3) });
    const [input] = plain.inputs;
    expect(
      inputBox({ ...plain, inputs: [{ ...input, domain: { kind: 'real' } }] }),
    ).toBeUndefined();
  });
});

describe('sumMagnitudes', () => {
  it('adds what the parts of a sum can be', () => {
    const chain = reluLayersOf(network(SUM, { kind: 'none' }));
    if (chain === undefined) throw new Error('no chain');
    const box = { low: Float64Array.of(-1, -1), high: Float64Array.of(3, 3) };
    expect(sumMagnitudes(chain, box).map((sizes) => [...sizes])).toEqual([[6.5, 6], [13.5]]);
  });
});
