/**
 * Exported models against onnxruntime: on 10,000 inputs the module's scores are within 1e-5 of the
 * runtime's, relative to the largest score, and decisions are equal wherever the two best scores are
 * farther apart than that.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { createRandom } from '../../src/numeric/random.js';
import { parse } from '../../src/parse/index.js';
import { createRunner, loadModule } from '../../src/verify/run-module.js';
import { sklearnMlp, smallCnn, torchMlp } from '../helpers/onnx-models.js';
import type { ExportedModel } from '../helpers/onnx-models.js';
import { createOracle } from '../helpers/oracle.js';

const INPUTS = 10_000;
const RELATIVE = 1e-5;

const MODELS: readonly ExportedModel[] = [
  torchMlp('torch 10-32-16-3, relu', [10, 32, 16, 3], 'Relu', 1),
  torchMlp('torch 6-20-4, tanh', [6, 20, 4], 'Tanh', 2),
  torchMlp('torch 6-20-4, sigmoid', [6, 20, 4], 'Sigmoid', 3),
  sklearnMlp('scikit-learn 30-100-2', [30, 100, 2], 4),
  torchMlp('cart pole 4-64-64-2', [4, 64, 64, 2], 'Tanh', 5),
  torchMlp('lunar lander 8-64-64-4', [8, 64, 64, 4], 'Relu', 6),
  torchMlp('collision avoidance 5-50-50-50-50-50-50-5', [5, 50, 50, 50, 50, 50, 50, 5], 'Relu', 7),
  torchMlp('binarised 12-24-3', [12, 24, 3], 'Sign', 8),
  smallCnn('convolutional, 12 × 12', 12, 9),
];

describe('exported models give the answers of onnxruntime', () => {
  it.each(MODELS.map((model) => [model.name, model] as const))('%s', async (_, model) => {
    const network = await parse({ 'model.onnx': model.bytes });
    const { code, weights, verdict } = await compile(network);
    expect(verdict.status).not.toBe('refuted');
    const run = createRunner(await loadModule(code, weights), network);
    const { inputs, expected } = await askOracle(model);
    let [farthest, differing, decided] = [0, 0, 0];
    const outputs = expected.length / INPUTS;
    for (let row = 0; row < INPUTS; row++) {
      const size = inputs.length / INPUTS;
      const [scores] = run([inputs.subarray(row * size, (row + 1) * size)]).scores;
      const wanted = expected.subarray(row * outputs, (row + 1) * outputs);
      const scale = Math.max(1, ...wanted.map(Math.abs));
      farthest = Math.max(
        farthest,
        ...scores.map((score, k) => Math.abs(score - wanted[k]) / scale),
      );
      const [best, second] = [...wanted].sort((a, b) => b - a);
      if (best - second <= 2 * RELATIVE * scale) continue;
      decided++;
      if (scores.indexOf(Math.max(...scores)) !== wanted.indexOf(best)) differing++;
    }
    expect(farthest).toBeLessThan(RELATIVE);
    expect(differing).toBe(0);
    // Ties are rare: nearly all decisions were compared.
    expect(decided).toBeGreaterThan(0.99 * INPUTS);
  });
});

/** Standard normal inputs, and what the runtime says to them. */
async function askOracle({ bytes, input }: ExportedModel): Promise<{
  readonly inputs: Float32Array;
  readonly expected: Float32Array;
}> {
  const random = createRandom(42);
  const size = input.shape.reduce((product, extent) => product * extent, 1);
  const inputs = Float32Array.from({ length: INPUTS * size }, () => random.normal());
  const oracle = await createOracle(bytes);
  const [expected] = await oracle([{ name: input.name, shape: [INPUTS, ...input.shape], data: inputs }]); // prettier-ignore
  return { inputs, expected };
}
