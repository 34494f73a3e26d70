/**
 * Exact region trees of random ReLU networks over [−1, 1]ⁿ: how many linear regions there are, how long
 * the tree takes, how far its predictions are from the forward pass on 1,000,000 points, and what the checker
 * says of the module's text, in which time.
 *
 *   npx tsx bench/regions.ts [points] [seeds]
 */
import { createRandom } from '../src/numeric/random.js';
import { buildRegionTree } from '../src/students/logic/exact/regions.js';
import { forwardPass } from '../src/students/logic/exact/regions-network.js';
import type { ReluLayers } from '../src/students/logic/exact/regions-network.js';
import { depthOf, leafOf } from '../src/students/logic/tree.js';
import type { Affine, Prediction, Tree } from '../src/students/logic/tree.js';
import { proveDecisions } from '../src/verify/checker/prove-decisions.js';
import { readText } from '../src/verify/checker/read-text.js';
import { verify } from '../src/verify/index.js';
import { randomReluLayers } from '../test/helpers/random-relu.js';
import { regionModule, reluNetwork } from '../test/helpers/region-modules.js';

const [points = 1_000_000, seeds = 3] = process.argv.slice(2).map(Number);

async function measure(
  name: string,
  sizes: readonly number[],
  seed: number,
  isDecision: boolean,
): Promise<void> {
  const network = randomReluLayers(sizes, seed, isDecision ? { kind: 'argmax' } : { kind: 'none' });
  const box = {
    low: new Float64Array(sizes[0]).fill(-1),
    high: new Float64Array(sizes[0]).fill(1),
  };
  const start = performance.now();
  const result = buildRegionTree(network, box);
  const built = performance.now() - start;
  const { tree, regions, leaves, programs, dropped } = result;
  if (tree === undefined) {
    report([name, seed, regions, 'stopped', programs, `${built.toFixed(0)} ms`]);
    return;
  }
  const random = createRandom(seed + 1000);
  const point = new Float64Array(sizes[0]);
  const valueAt = (feature: number): number => point[feature];
  let worst = 0;
  for (let k = 0; k < points; k++) {
    for (let i = 0; i < point.length; i++) point[i] = 2 * random.unit() - 1;
    worst = Math.max(worst, difference(leafOf(tree, valueAt).prediction, network, point));
  }
  const words = [`${leaves} leaves`, `depth ${depthOf(tree)}`, `${programs} programs`];
  report([
    name,
    `seed ${seed}`,
    `${regions} regions`,
    ...words,
    `${built.toFixed(0)} ms`,
    `dropped ${dropped}`,
    `worst ${worst.toExponential(1)}`,
    await proof(network, tree),
  ]);
}

/** The verdict on the module that tells the tree, and how long it takes. */
async function proof(layers: ReluLayers, tree: Tree): Promise<string> {
  const network = reluNetwork('regions', layers);
  const code = regionModule(tree, layers);
  const start = performance.now();
  let told: string;
  if (layers.decision.kind === 'none') {
    const { status, checked, maxError } = await verify(network, code);
    told = `${status} on ${checked} regions, maxError ${maxError.toExponential(1)}`;
  } else {
    const proved = proveDecisions(network, await readText(code), {});
    told = proved === undefined ? 'not proved' : `decisions proved on ${proved.regions} regions`;
  }
  return `${told}, ${(performance.now() - start).toFixed(0)} ms`;
}

/** Relative to 1 + |output|; of a decision, how much better the network's own class is. */
function difference(prediction: Prediction, network: ReluLayers, point: Float64Array): number {
  const outputs = forwardPass(network, point);
  if (prediction.kind === 'class') return Math.max(...outputs) - outputs[prediction.index];
  const errors = prediction.cells.map(
    (cell, k) => Math.abs(affineAt(cell, point) - outputs[k]) / (1 + Math.abs(outputs[k])),
  );
  return Math.max(...errors);
}

function affineAt({ offset, terms }: Affine, point: Float64Array): number {
  return terms.reduce(
    (sum, { feature, coefficient }) => sum + coefficient * point[feature],
    offset,
  );
}

function report(cells: readonly (string | number)[]): void {
  process.stdout.write(`${cells.join('  ')}\n`);
}

for (let seed = 1; seed <= seeds; seed++) {
  await measure('2-8-8-1', [2, 8, 8, 1], seed, false);
  await measure('4-16-2', [4, 16, 2], seed, false);
  await measure('4-16-2 argmax', [4, 16, 2], seed, true);
}
