/** Rules that decide: proved where they decide as the network does, and never where one strip is wrong. */
import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/ir/decision.js';
import type { Decision } from '../../../../src/ir/model-interface.js';
import type { Network } from '../../../../src/ir/network.js';
import { createRandom } from '../../../../src/numeric/random.js';
import { buildRegionTree } from '../../../../src/students/logic/exact/regions.js';
import { forwardPass } from '../../../../src/students/logic/exact/regions-network.js';
import type { ReluLayers } from '../../../../src/students/logic/exact/regions-network.js';
import { leafOf } from '../../../../src/students/logic/tree.js';
import type { Tree } from '../../../../src/students/logic/tree.js';
import { proveDecisions } from '../../../../src/verify/checker/prove-decisions.js';
import { readText } from '../../../../src/verify/checker/read-text.js';
import { randomReluLayers } from '../../../helpers/random-relu.js';
import { mistaken, probesOf, regionModule, reluNetwork } from '../../../helpers/region-modules.js';

function treeOf(layers: ReluLayers): Tree {
  const box = {
    low: new Float64Array(layers.inputs).fill(-1),
    high: new Float64Array(layers.inputs).fill(1),
  };
  const { tree } = buildRegionTree(layers, box);
  if (tree === undefined) throw new Error('no tree');
  return tree;
}

const prove = async (network: Network, code: string) => proveDecisions(network, await readText(code), {}); // prettier-ignore

/** How much better the network's own decision is than the tree's, at its worst. */
function worstLead(layers: ReluLayers, tree: Tree, count: number): number {
  const { decision } = layers;
  let worst = 0;
  for (const point of probesOf(tree, layers.inputs, count, createRandom(3))) {
    const scores = forwardPass(layers, point);
    const { prediction } = leafOf(tree, (feature) => point[feature]);
    if (prediction.kind !== 'class') throw new Error('no class');
    const chosen = decision.kind === 'sign' ? prediction.index - 1 : prediction.index;
    const own = decide(decision, scores);
    if (own !== chosen) worst = Math.max(worst, leadOf(decision, scores, chosen));
  }
  return worst;
}

function leadOf(decision: Decision, scores: Float64Array, chosen: number): number {
  if (decision.kind === 'argmax') return Math.max(...scores) - scores[chosen];
  if (decision.kind === 'argmin') return scores[chosen] - Math.min(...scores);
  return Math.abs(scores[0] - (decision.kind === 'threshold' ? decision.threshold : 0));
}

const CASES: readonly (readonly [sizes: readonly number[], decision: Decision])[] = [
  [[2, 5, 3], { kind: 'argmax' }],
  [[2, 5, 4], { kind: 'argmin' }],
  [[3, 5, 1], { kind: 'threshold', threshold: 0.25 }],
  [[2, 4, 4, 1], { kind: 'sign' }],
];

describe.each(CASES.map(([sizes, decision]) => [decision.kind, sizes, decision] as const))('rules for an %s', (_, sizes, decision) => {
  const layersOf = (seed: number): ReluLayers => randomReluLayers(sizes, seed, decision);

  it('are proved where they are the regions of the network', async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const layers = layersOf(seed);
      const tree = treeOf(layers);
      const proved = await prove(reluNetwork('regions', layers), regionModule(tree, layers));
      expect(proved?.apart, `seed ${seed}`).toBeLessThan(1e-9);
      expect(worstLead(layers, tree, 1000)).toBeLessThanOrEqual(proved?.apart ?? 0);
    }
  });

  it('are not proved with a mistake', async () => {
    let wrong = 0;
    for (let seed = 1; seed <= 6; seed++) {
      const layers = layersOf(seed);
      const tree = treeOf(layers);
      if (tree.kind === 'leaf') continue;
      const network = reluNetwork('regions', layers);
      for (const kind of ['offset', 'threshold', 'border', 'sliver', 'swapped', 'strip'] as const) {
        for (let trial = 0; trial < 3; trial++) {
          const changed = mistaken(tree, kind, createRandom(100 * seed + trial));
          const proved = await prove(network, regionModule(changed, layers));
          const lead = worstLead(layers, changed, 200);
          if (lead > 1e-6) wrong++;
          if (proved !== undefined) expect(lead, `${kind}, seed ${seed}`).toBeLessThanOrEqual(proved.apart);
        }
      }
    }
    expect(wrong).toBeGreaterThan(8);
  });
}); // prettier-ignore

describe('a last activation that only rises', () => {
  it.each([
    ['softmax', { kind: 'argmax' }],
    ['tanh', { kind: 'argmin' }],
    ['sigmoid', { kind: 'argmax' }],
    ['sigmoid', { kind: 'threshold', threshold: 0.7 }],
    ['tanh', { kind: 'sign' }],
  ] as const)('does not hinder: %s, %j', async (activation, decision) => {
    const sizes = [2, 4, decision.kind === 'argmax' || decision.kind === 'argmin' ? 3 : 1];
    const level = decision.kind === 'threshold' ? Math.log(0.7 / 0.3) : 0;
    const below = decision.kind === 'threshold' ? { ...decision, threshold: level } : decision;
    const seeds = Array.from({ length: 9 }, (_, seed) => randomReluLayers(sizes, seed, below));
    const layers = seeds.find((one) => treeOf(one).kind === 'split') ?? seeds[0];
    const plain = reluNetwork('regions', layers);
    const [bent, last] = plain.layers;
    const network: Network = { ...plain, layers: [bent, { ...last, activation: { kind: activation } }], decision }; // prettier-ignore
    expect(await prove(network, regionModule(treeOf(layers), layers))).toBeDefined();
    const moved = last.bias.map((value, k) => (k === 0 ? value + 1e-3 : value));
    const other: Network = { ...network, layers: [bent, { ...network.layers[1], bias: moved }] };
    expect(await prove(other, regionModule(treeOf(layers), layers))).toBeUndefined();
  });
});

describe('what is not followed', () => {
  const layers = randomReluLayers([2, 4, 2], 1, { kind: 'argmax' });
  const network = reluNetwork('regions', layers);

  it('is a network without a decision, or with inputs without bounds', async () => {
    const code = regionModule(treeOf(layers), layers);
    expect(await prove(network, code)).toBeDefined();
    expect(await prove({ ...network, decision: { kind: 'none' } }, code)).toBeUndefined();
    const [input] = network.inputs;
    const unbounded = { ...network, inputs: [{ ...input, domain: { kind: 'real' } as const }] };
    expect(await prove(unbounded, code)).toBeUndefined();
  });

  it('is a text that answers with no class, or that throws', async () => {
    const code = regionModule(treeOf(layers), layers);
    const checked = 'x.length);\n  }\n';
    expect(code.split(checked)).toHaveLength(2);
    for (const strip of ['return 7;', "return 'other';", "throw new RangeError('no');", 'return x[0];']) {
      const wrong = code.replace(checked, `${checked}  if (x[0] > 0.3 && x[0] < 0.3000001) {\n    ${strip}\n  }\n`);
      expect(await prove(network, wrong), strip).toBeUndefined();
    }
  }); // prettier-ignore

  it('ends when it is told to stop', async () => {
    const module = await readText(regionModule(treeOf(layers), layers));
    expect(proveDecisions(network, module, { shouldStop: () => true })).toBeUndefined();
  });
});
