/** Neurons that fit no pattern: still exact, listed, and their weights counted. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { denseLayer, denseRows } from '../../src/ir/builders.js';
import { sizeOf } from '../../src/ir/model-interface.js';
import type { Network } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';
import { verify } from '../../src/verify/index.js';
import { agreementOf } from '../helpers/agreement.js';
import { fractionsInScores } from '../helpers/emitted-text.js';
import { BINARY, chainNetwork, maxsatNetwork, orientationNetwork } from '../helpers/networks.js';

/** So many real numbers may stand in expressions: a few biases and factors, no layer of weights. */
const FEW_FRACTIONS = 10;

/** `network` with neurons of random ternary weights in its first layer, which the second reads. */
function withRandomNeurons(network: Network, count: number, seed: number): Network {
  const random = createRandom(seed);
  const [first, second, ...rest] = network.layers;
  const width = sizeOf(network.inputs[0].shape);
  const ternary = (): number => random.below(3) - 1;
  const added = Array.from({ length: count }, () => Float64Array.from({ length: width }, ternary));
  const readers = denseRows(second.weights, first.size).map((row) => {
    const scale = row.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    return [...row, ...added.map(() => scale * ternary())];
  });
  return {
    ...network,
    layers: [
      denseLayer({
        ...first,
        rows: [...denseRows(first.weights, width), ...added],
        bias: [...first.bias, ...added.map(() => 0.5)],
        shape: [first.size + count],
      }),
      denseLayer({ ...second, rows: readers }),
      ...rest,
    ],
  };
}

describe.each([
  ['orientation', orientationNetwork(5)],
  ['maxsat', maxsatNetwork(5, 6)],
] as const)('%s with three neurons that follow no pattern', (_, network) => {
  it('is exact and says which neurons it does not explain', async () => {
    const odd = withRandomNeurons(network, 3, 7);
    const compiled = await compile(odd);
    expect(['proved', 'exhaustive', 'sampled']).toContain(compiled.verdict.status);
    expect(await agreementOf(odd, compiled, 2000)).toMatchObject({ mismatches: 0 });
    const first = network.layers[0].size;
    const listed = compiled.report.unexplainedNeurons.filter(({ layer }) => layer === 0);
    expect(listed.map(({ index }) => index).sort((a, b) => a - b)).toEqual(
      [first, first + 1, first + 2],
    );
    expect(compiled.report.code.weightsInData).toBeGreaterThanOrEqual(3 * 20);
  });
}); // prettier-ignore

/** Random real weights, layer by layer. */
function dense(
  widths: readonly number[],
  activations: readonly ('relu' | 'sign' | 'tanh' | 'identity' | 'softmax')[],
  binary: boolean,
): Network {
  const random = createRandom(11);
  const real = (): number => 2 * random.unit() - 1;
  const row = (width: number) => Float64Array.from({ length: width }, real);
  return chainNetwork({
    name: 'dense',
    input: {
      name: 'cells',
      shape: [widths[0]],
      domain: binary ? BINARY : { kind: 'interval', min: -1, max: 1 },
    },
    layers: activations.map((activation, layer) => ({
      rows: Array.from({ length: widths[layer + 1] }, () => row(widths[layer])),
      bias: row(widths[layer + 1]),
      activation,
    })),
  });
}

describe('dense networks', () => {
  it.each([
    ['4-16-3 relu', dense([4, 16, 3], ['relu', 'identity'], false)],
    ['8-12-12-3 tanh, relu, softmax', dense([8, 12, 12, 3], ['tanh', 'relu', 'softmax'], false)],
    ['6-5-2 sign, binary', dense([6, 5, 2], ['sign', 'identity'], true)],
    ['10-9-9-4 sign, binary', dense([10, 9, 9, 4], ['sign', 'sign', 'identity'], true)],
  ] as const)('%s: weights stand in tables, and every one is counted', async (_, network) => {
    const compiled = await compile(network);
    expect(['proved', 'exhaustive', 'sampled']).toContain(compiled.verdict.status);
    expect(await agreementOf(network, compiled, 1024)).toMatchObject({ mismatches: 0 });
    const neurons = network.layers.reduce((sum, { size }) => sum + size, 0);
    expect(compiled.report.unexplainedNeurons).toHaveLength(neurons);
    const weights = network.layers.reduce((sum, layer) => sum + layer.weights.values.length, 0);
    expect(compiled.report.code.weightsInData).toBeGreaterThanOrEqual(weights);
    expect(fractionsInScores(compiled.code).length).toBeLessThanOrEqual(FEW_FRACTIONS);
  });
});

describe('a network with a large layer', () => {
  const network = dense([9, 10, 3], ['relu', 'identity'], true);

  it('is computed by one function for all layers, which the checker reads', async () => {
    const compiled = await compile(network);
    expect(compiled.code).toContain('dense(cells, hidden1Weights, hidden1Biases)');
    expect(['proved', 'exhaustive']).toContain(compiled.verdict.status);
  });

  it.each([
    ['p[j + 1] * x', 'p[j + 1] * w'],
    ['d = d + s[j] * w', 'd = d + r[j] * w'],
    ['i < rows ? columns : 0', 'i < rows ? columns : 1'],
    ['j < cells.length; j++) sums', 'j < columns; j++) sums'],
    ['cells[j] = input[j]', 'cells[j] = input[0]'],
    ['(sums.length % 4)', '(sums.length % 2)'],
  ])('is refuted where %s becomes %s', async (right, wrong) => {
    const { code, weights } = await compile(network);
    const mutant = code.replace(right, wrong);
    expect(mutant).not.toBe(code);
    const options = weights === undefined ? {} : { weights };
    const verdict = await verify(network, mutant, { ...options, ignoreVerdictString: true });
    expect(verdict.status).toBe('refuted');
  });
});
