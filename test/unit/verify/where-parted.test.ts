/**
 * Where a network and a module part: the bias of one neuron is changed after its module was compiled, and
 * the report has to lead to it. What it says is checked by plain sums.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/compile.js';
import type { Network } from '../../../src/ir/network.js';
import { createRandom } from '../../../src/numeric/random.js';
import { verify } from '../../../src/verify/index.js';
import { chainNetwork, maxsatNetwork, orientationNetwork } from '../../helpers/networks.js';

/** The network with another bias of one neuron: half of what it was, or 1. */
function withMoved(network: Network, index: number, neuron: number): Network {
  const layer = network.layers[index];
  const bias = layer.bias.map((value, k) => (k === neuron ? (value === 0 ? 1 : value / 2) : value));
  return { ...network, layers: network.layers.with(index, { ...layer, bias }) };
}

/** The last layer's pre-activations where some neurons of a hidden layer have another value. */
function answerWith(network: Network, input: readonly number[], index: number, neurons: readonly number[], value: number): number[] {
  let source = [...input];
  network.layers.forEach(({ weights, bias, activation }, at) => {
    source = Array.from(bias, (start, neuron) => {
      let sum = start;
      for (let k = weights.rowStart[neuron]; k < weights.rowStart[neuron + 1]; k++) sum += weights.values[k] * source[weights.columns[k]];
      if (activation.kind === 'sign') return Math.sign(Math.abs(sum) < 1e-6 ? 0 : sum);
      return activation.kind === 'relu' ? Math.max(0, sum) : sum;
    });
    if (at === index) for (const neuron of neurons) source[neuron] = value;
  });
  return source;
} // prettier-ignore

describe('one neuron with another bias', () => {
  const network = orientationNetwork(5);
  it.each([
    [0, 3],
    [0, 24],
    [1, 0],
    [1, 7],
  ])('orientation: layer %i, neuron %i is found', async (layer, neuron) => {
    const { code } = await compile(network);
    const changed = withMoved(network, layer, neuron);
    const verdict = await verify(changed, code, { ignoreVerdictString: true, explain: true });
    expect(verdict.status).toBe('refuted');
    const { parting, inputs, actual } = verdict.counterexample ?? {};
    if (parting === undefined || typeof actual !== 'object' || inputs === undefined) throw new Error('no parting');
    expect(parting).toMatchObject({ kind: 'hidden', layer, neuron, together: 1, others: 0 });
    const answer = answerWith(changed, inputs[0], layer, [neuron], parting.needed);
    answer.forEach((score, k) => {
      expect(score).toBeCloseTo(actual[k], 6);
    });
  }); // prettier-ignore

  it.each([1, 2, 3])('maxsat, seed %i: the answer follows from what is said', async (seed) => {
    const random = createRandom(seed);
    const maxsat = maxsatNetwork(5, 6);
    const { code } = await compile(maxsat);
    const changed = withMoved(maxsat, 1, random.below(maxsat.layers[1].size));
    const { counterexample } = await verify(changed, code, { ignoreVerdictString: true, explain: true }); // prettier-ignore
    const { parting, actual, inputs } = counterexample ?? {};
    if (parting === undefined || typeof actual !== 'object' || inputs === undefined) throw new Error('no parting'); // prettier-ignore
    const answer = answerWith(changed, inputs[0], parting.layer, [parting.neuron], parting.needed);
    const total = answer.reduce((sum, logit) => sum + Math.exp(logit), 0);
    answer.forEach((logit, k) => {
      expect(Math.exp(logit) / total).toBeCloseTo(actual[k], 5);
    });
  });
});

describe('rectified units', () => {
  it('are told by the value that the answer needs', async () => {
    const network = chainNetwork({
      name: 'rectified',
      input: { name: 'x', shape: [2], domain: { kind: 'interval', min: -1, max: 1 } },
      layers: [
        { rows: [[1, 0.7], [0.3, -1], [1, 1]], bias: [0.1, 0.2, -0.3], activation: 'relu' },
        { rows: [[1, 2, -1]], bias: [0], activation: 'identity' },
      ],
      decision: { kind: 'none' },
    }); // prettier-ignore
    const { code } = await compile(network);
    const [first, second] = network.layers;
    const changed = {
      ...network,
      layers: [{ ...first, bias: Float64Array.from([0.1, 0.25, -0.3]) }, second],
    };
    const { counterexample } = await verify(changed, code, { ignoreVerdictString: true, explain: true }); // prettier-ignore
    const { parting, actual, inputs } = counterexample ?? {};
    if (parting === undefined || typeof actual !== 'object' || inputs === undefined) throw new Error('no parting'); // prettier-ignore
    expect(parting.layer).toBe(0);
    const [answer] = answerWith(changed, inputs[0], 0, [parting.neuron], parting.needed);
    expect(answer).toBeCloseTo(actual[0], 5);
  });
});

describe('what is no neuron', () => {
  it('a wrong weight of the last layer is told as the outputs', async () => {
    const network = orientationNetwork(5);
    const { code } = await compile(network);
    const wrong = code.replace('0.20565', '0.2056');
    expect(wrong).not.toBe(code);
    const { counterexample } = await verify(network, wrong, { explain: true });
    expect(counterexample?.parting).toMatchObject({ kind: 'outputs', layer: 2 });
  });

  it('a threshold that is wrong in a whole loop is told for all its neurons together', async () => {
    const network = orientationNetwork(5);
    const { code } = await compile(network);
    const at = code.indexOf('- 20)');
    expect(at).toBeGreaterThan(0);
    const wrong = `${code.slice(0, at)}+ 20)${code.slice(at + 5)}`;
    const { counterexample } = await verify(network, wrong, { explain: true });
    expect(counterexample?.parting).toMatchObject({ kind: 'hidden', layer: 1, together: 5 });
  });

  it('says nothing unless asked', async () => {
    const network = orientationNetwork(5);
    const { code } = await compile(network);
    const { counterexample } = await verify(network, code.replace('0.20565', '0.2056'));
    expect(counterexample?.parting).toBeUndefined();
  });
});
