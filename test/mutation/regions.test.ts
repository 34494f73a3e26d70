/**
 * Modules that tell a ReLU network region by region, with one mistake each: a number, a border, two branches,
 * a leaf, or a strip that is wrong and too thin to be hit by chance. None may be proved that differs.
 */
import { describe, expect, it } from 'vitest';
import type { Network } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';
import { buildRegionTree } from '../../src/students/logic/exact/regions.js';
import { forwardPass } from '../../src/students/logic/exact/regions-network.js';
import type { ReluLayers } from '../../src/students/logic/exact/regions-network.js';
import type { Tree } from '../../src/students/logic/tree.js';
import { verify } from '../../src/verify/index.js';
import { loadModule } from '../../src/verify/run-module.js';
import { randomReluLayers } from '../helpers/random-relu.js';
import { MISTAKES, mistaken, probesOf, regionModule, reluNetwork, valuesOf } from '../helpers/region-modules.js'; // prettier-ignore
import { mutantsOf } from '../helpers/text-mutants.js';

const OPTIONS = { ignoreVerdictString: true, sample: false };

const SHAPES = [
  [1, 4, 2, 1],
  [2, 3, 1],
  [2, 4, 3, 2],
  [3, 5, 1],
] as const;

interface Case {
  readonly layers: ReluLayers;
  readonly network: Network;
  readonly tree: Tree;
}

function caseOf(sizes: readonly number[], seed: number): Case {
  const layers = randomReluLayers(sizes, seed, { kind: 'none' });
  const box = { low: new Float64Array(sizes[0]).fill(-1), high: new Float64Array(sizes[0]).fill(1) };
  const { tree } = buildRegionTree(layers, box);
  if (tree === undefined || tree.kind === 'leaf') throw new Error('no regions');
  return { layers, network: reluNetwork('regions', layers), tree };
} // prettier-ignore

/** The largest difference of a tree on inputs of which most are near to its borders. */
function largestDifference({ layers }: Case, tree: Tree, count: number): number {
  let worst = 0;
  for (const point of probesOf(tree, layers.inputs, count, createRandom(3))) {
    const expected = forwardPass(layers, point);
    valuesOf(tree, point).forEach((value, k) => {
      worst = Math.max(worst, Math.abs(value - expected[k]));
    });
  }
  return worst;
}

describe.each(SHAPES.map((sizes) => [sizes.join('-'), sizes] as const))('a module of the regions of %s', (_, sizes) => {
  const seeds = [1, 2, 3];

  it('is proved, and as close as it says, on and beside borders too', async () => {
    for (const seed of seeds) {
      const own = caseOf(sizes, seed);
      const verdict = await verify(own.network, regionModule(own.tree, own.layers), OPTIONS);
      expect(verdict).toMatchObject({ status: 'proved' });
      expect(verdict.maxError).toBeLessThan(1e-9);
      expect(largestDifference(own, own.tree, 5000)).toBeLessThanOrEqual(verdict.maxError);
    }
  });

  it.each(MISTAKES)('is not proved with a wrong %s', async (kind) => {
    let wrong = 0;
    for (const seed of seeds) {
      const own = caseOf(sizes, seed);
      for (let trial = 0; trial < 5; trial++) {
        const tree = mistaken(own.tree, kind, createRandom(100 * seed + trial));
        const { status, maxError } = await verify(own.network, regionModule(tree, own.layers), OPTIONS);
        const difference = largestDifference(own, tree, 300);
        if (difference > 1e-6) {
          wrong++;
          expect(status, `seed ${seed}, trial ${trial}`).toBe('refuted');
        }
        // What is proved all the same has its mistake where no input comes to it, or told no other number.
        if (status === 'proved') expect(difference).toBeLessThanOrEqual(maxError);
      }
    }
    expect(wrong).toBeGreaterThan(kind === 'strip' ? 1 : 8);
  });
}); // prettier-ignore

describe('one-token mutants', () => {
  it('of a module of regions are refuted, or compute the same', async () => {
    const own = caseOf([2, 3, 1], 4);
    const mutants = mutantsOf(regionModule(own.tree, own.layers));
    let refuted = 0;
    for (const { code, what } of mutants) {
      const { status, maxError } = await verify(own.network, code, OPTIONS);
      if (status === 'refuted') refuted++;
      if (status !== 'proved') continue;
      const { scores } = await loadModule(code);
      for (const point of probesOf(own.tree, 2, 500, createRandom(5))) {
        const [expected] = forwardPass(own.layers, point);
        const [actual] = scores([...point]) as number[];
        expect(Math.abs(actual - expected), what).toBeLessThanOrEqual(maxError);
      }
    }
    expect(refuted).toBeGreaterThan(0.8 * mutants.length);
  });
});
