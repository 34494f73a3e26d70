/** Layers without structure are called what the file calls them, where it says anything. */
import { describe, expect, it } from 'vitest';
import { clusterNetwork } from '../../../src/cluster/index.js';
import { emitProgram } from '../../../src/emit/index.js';
import { inferProgram } from '../../../src/infer/index.js';
import { plainNetwork } from '../../../src/ir/network.js';
import { createRandom } from '../../../src/numeric/random.js';
import { parse } from '../../../src/parse/index.js';
import { writeOnnx } from '../../helpers/onnx-writer.js';
import type { TensorSpec } from '../../helpers/onnx-writer.js';

/** The module of 6-12-9-3 neurons whose weights and nodes have these names. */
async function codeOf(names: readonly (readonly [weights: string, node: string])[]) {
  const random = createRandom(3);
  const sizes = [6, 12, 9, 3];
  const initializers: TensorSpec[] = [];
  const nodes = names.flatMap(([weights, name], layer) => {
    const [inputs, outputs] = [sizes[layer], sizes[layer + 1]];
    const numbers = (count: number): Float32Array =>
      Float32Array.from({ length: count }, () => random.normal());
    const bias = `b${layer}`;
    initializers.push(
      { name: weights, dims: [outputs, inputs], data: numbers(outputs * inputs), type: 'float' },
      { name: bias, dims: [outputs], data: numbers(outputs), type: 'float' },
    );
    const [from, sums] = [layer === 0 ? 'x' : `h${layer}`, layer === 2 ? 'y' : `z${layer + 1}`];
    const gemm = {
      op: 'Gemm',
      name,
      inputs: [from, weights, bias],
      outputs: [sums],
      attributes: { transB: 1 },
    };
    return layer === 2
      ? [gemm]
      : [gemm, { op: 'Relu', inputs: [sums], outputs: [`h${layer + 1}`] }];
  });
  const bytes = writeOnnx({
    inputs: [{ name: 'x', shape: ['batch', 6], type: 'float' }],
    outputs: [{ name: 'y', shape: ['batch', 3], type: 'float' }],
    nodes,
    initializers,
    opset: 17,
  });
  const network = plainNetwork(await parse({ 'm.onnx': bytes }));
  const program = inferProgram(clusterNetwork(network));
  const { code, weights = '' } = await emitProgram(program, {
    verdict: 'sampled',
    tolerance: 1e-6,
  });
  return { code, tables: [...weights.matchAll(/export const (\w+)/g)].map(([, name]) => name) };
}

describe('names of layers', () => {
  it('are those of their weights', async () => {
    const { code, tables } = await codeOf([
      ['fc1.weight', '/fc1/Gemm'],
      ['body.2.weight', '/body/body.2/Gemm'],
      ['head.weight', '/head/Gemm'],
    ]);
    expect(code).toContain('const fc1 = dense(x, fc1Weights, fc1Biases);');
    expect(code).toContain('const body2 = dense(fc1, body2Weights, body2Biases);');
    expect(code).toContain('return dense(body2, headWeights, headBiases)');
    expect(tables).toEqual(['fc1Weights', 'fc1Biases', 'body2Weights', 'body2Biases', 'headWeights', 'headBiases']); // prettier-ignore
  });

  it('are those of their nodes where exporters renamed the weights', async () => {
    const { code } = await codeOf([
      ['onnx::MatMul_12', '/fc1/Gemm'],
      ['13', '/fc2/Gemm'],
      ['14', '/fc3/Gemm'],
    ]);
    expect(code).toContain('const fc2 = dense(fc1, fc2Weights, fc2Biases);');
  });

  it('are their places where no name says anything', async () => {
    const { code } = await codeOf([
      ['onnx::MatMul_12', 'Gemm_3'],
      ['0.weight', '/0/Gemm'],
      ['val_3', 'node_linear_1'],
    ]);
    expect(code).toContain('const hidden2 = dense(hidden1, hidden2Weights, hidden2Biases);');
    expect(code).toContain('return dense(hidden2, outputWeights, outputBiases)');
  });

  it('never collide: with each other, with the module, with words of the language', async () => {
    const { code, tables } = await codeOf([
      ['dense.weight', ''],
      ['scores.weight', ''],
      ['dense/weight', ''],
    ]);
    expect(new Set(tables).size).toBe(6);
    expect(code).not.toMatch(/const (dense|scores) =/);
  });
});
