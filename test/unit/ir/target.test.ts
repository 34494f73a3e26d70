/** Targets: the network of one cell or neuron gives what the whole network gives there. */
import { describe, expect, it } from 'vitest';
import { checkNetwork } from '../../../src/ir/network-check.js';
import type { StagedNetwork } from '../../../src/ir/network.js';
import {
  declareTarget,
  describeTarget,
  hasTarget,
  networkOfTarget,
  resolveTarget,
} from '../../../src/ir/target.js';
import type { Target } from '../../../src/ir/target.js';
import { createRandom } from '../../../src/numeric/random.js';
import { forward } from '../../../src/verify/teacher.js';
import { chainNetwork } from '../../helpers/networks.js';
import { randomStages } from '../../helpers/random-stages.js';
import { counterNetwork } from '../../helpers/scans.js';

const KINDS = ['tanh', 'sign', 'relu', 'max'] as const;

function randomChain(seed: number, hidden: (typeof KINDS)[number]): StagedNetwork {
  const random = createRandom(seed);
  const rows = (count: number, width: number) =>
    Array.from({ length: count }, () => Array.from({ length: width }, () => random.normal()));
  const bias = (count: number) => rows(1, count)[0];
  return chainNetwork({
    name: 'chain',
    input: { name: 'x', shape: [3], domain: { kind: 'interval', min: -1, max: 1 } },
    layers: [
      { rows: rows(4, 3), bias: bias(4), activation: 'relu' },
      { rows: rows(5, 4), bias: bias(5), activation: hidden },
      { rows: rows(3, 5), bias: bias(3), activation: 'softmax' },
    ],
    labels: ['a', 'b', 'c'],
  });
}

/** Every layer of a network as outputs of its own. */
function withAllLayers(network: StagedNetwork): StagedNetwork {
  return {
    ...network,
    outputs: network.layers.map(({ name, shape }) => ({ name, shape })),
    results: network.layers.map((_, index) => ({ kind: 'layer', index })),
    decision: { kind: 'none' },
  };
}

function probesOf(network: StagedNetwork, seed: number): Float64Array[][] {
  const random = createRandom(seed);
  return Array.from({ length: 5 }, () =>
    network.inputs.map(({ shape }) =>
      Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.below(2)),
    ),
  );
}

const NETWORKS: readonly StagedNetwork[] = [
  ...KINDS.map((kind, seed) => randomChain(seed, kind)),
  counterNetwork(),
  ...[1, 2, 3, 4].map((seed) => randomStages(createRandom(seed))),
];

describe('the network of a target', () => {
  it.each(NETWORKS.map((network, k) => [k, network] as const))(
    'gives every neuron and output of network %i to the last bit',
    (_, network) => {
      const whole = withAllLayers(network);
      const targets: Target[] = [
        ...network.outputs.flatMap(
          ({ shape }, output) =>
          Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, cell): Target => ({ kind: 'output', output, cell })), // prettier-ignore
        ),
        ...network.layers.flatMap(({ size }, layer) =>
          Array.from({ length: size }, (_, neuron): Target => ({ kind: 'neuron', layer, neuron })),
        ),
      ];
      for (const target of targets) {
        const alone = networkOfTarget(network, target);
        expect(checkNetwork(alone)).toEqual([]);
        expect(alone.decision.kind).toBe('none');
        for (const probe of probesOf(network, 7)) {
          const expected =
            target.kind === 'output'
              ? forward(network, probe)[target.output][target.cell]
              : forward(whole, probe)[target.layer][target.neuron];
          expect([...forward(alone, probe)[0]]).toEqual([expected]);
        }
      }
    },
  );

  it('leaves out the layers that it does not depend on', () => {
    const alone = networkOfTarget(NETWORKS[0], { kind: 'neuron', layer: 1, neuron: 2 });
    expect(alone.layers.map(({ name, size }) => `${name} ${size}`)).toEqual(['chain_1 4', 'chain_2 1']); // prettier-ignore
    expect(alone.outputs).toEqual([{ name: 'neuron 2 of chain_2', shape: [1] }]);
    expect(alone.source).toBe(NETWORKS[0].source);
  });

  it('takes an input that is handed through', () => {
    const network: StagedNetwork = {
      ...NETWORKS[0],
      outputs: [{ name: 'same', shape: [3] }],
      results: [{ kind: 'input', index: 0 }],
    };
    const alone = networkOfTarget(network, { kind: 'output', output: 0, cell: 1 });
    expect(checkNetwork(alone)).toEqual([]);
    expect([...forward(alone, [[4, 5, 6]])[0]]).toEqual([5]);
  });

  it('refuses what is not there', () => {
    for (const [layer, neuron] of [
      [3, 0],
      [-1, 0],
      [0, 4],
      [0, 0.5],
      [0, -1],
    ]) {
      // prettier-ignore
      expect(hasTarget(NETWORKS[0], { kind: 'neuron', layer, neuron })).toBe(false);
    }
    expect(() => networkOfTarget(NETWORKS[0], { kind: 'output', output: 1, cell: 0 })).toThrow(
      new RangeError('the network has no {"kind":"output","output":1,"cell":0}'),
    );
  });
});

describe('a declared target', () => {
  const [network] = NETWORKS;

  it.each<[Target, unknown, string]>([
    [{ kind: 'output', output: 0, cell: 1 }, { output: 'scores', cell: 1 }, 'b of scores'],
    [{ kind: 'neuron', layer: 1, neuron: 4 }, { layer: 'chain_2', neuron: 4 }, 'neuron 4 of chain_2'],
  ])('says %j by names', (target, declared, words) => {
    expect(declareTarget(network, target)).toEqual(declared);
    expect(resolveTarget(network, declareTarget(network, target))).toEqual(target);
    expect(describeTarget(network, target)).toBe(words);
  }); // prettier-ignore

  it('says positions where names repeat', () => {
    const layers = network.layers.map((layer) => ({ ...layer, name: 'dense' }));
    const target: Target = { kind: 'neuron', layer: 1, neuron: 0 };
    const declared = declareTarget({ ...network, layers }, target);
    expect(declared).toEqual({ layer: 1, neuron: 0 });
    expect(resolveTarget({ ...network, layers }, declared)).toEqual(target);
  });

  it('means nothing in a network without it', () => {
    expect(resolveTarget(network, { layer: 'other', neuron: 0 })).toBeUndefined();
    expect(resolveTarget(network, { output: 'scores', cell: 3 })).toBeUndefined();
  });
});
