/** Random ONNX graphs: the compiled module answers what onnxruntime does. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import { parse } from '../../src/parse/index.js';
import { createRunner, loadModule } from '../../src/verify/run-module.js';
import { writeOnnx } from '../helpers/onnx-writer.js';
import type { NodeSpec, TensorSpec } from '../helpers/onnx-writer.js';
import { createOracle } from '../helpers/oracle.js';
import { randomGraph } from '../helpers/random-onnx.js';

const INPUTS = 40;
/** Where results jump, rounding may fall on the other side at so many inputs. */
const MOST_JUMPS = 2;

interface Model {
  readonly bytes: Uint8Array;
  /** Extents of the input behind the batch. */
  readonly shape: readonly number[];
}

/** Compiles a model of one input and one output, and compares its answers; how many differ. */
async function differing({ bytes, shape }: Model, random: Random, label: string): Promise<number> {
  const network = await parse({ 'model.onnx': bytes });
  const { code, weights, verdict } = await compile(network);
  const legal = ['proved', 'exhaustive', 'sampled'];
  expect(legal, `${label}: ${verdict.reason}`).toContain(verdict.status);
  const run = createRunner(await loadModule(code, weights), network);
  const size = shape.reduce((product, extent) => product * extent, 1);
  const data = Float32Array.from({ length: INPUTS * size }, () => random.normal());
  const oracle = await createOracle(bytes);
  const [expected] = await oracle([{ name: 'input', shape: [INPUTS, ...shape], data }]);
  const width = expected.length / INPUTS;
  return Array.from({ length: INPUTS }, (_, row) => {
    const [scores] = run([data.subarray(row * size, (row + 1) * size)]).scores;
    const wanted = expected.subarray(row * width, (row + 1) * width);
    return scores.length !== width || scores.some((score, k) => !isNear(score, wanted[k]));
  }).filter(Boolean).length;
}

/** The tolerance of the node cases, and some of float32's own for sums that nearly cancel. */
function isNear(score: number, wanted: number): boolean {
  return Math.abs(score - wanted) <= 1e-3 * Math.abs(wanted) + 1e-4;
}

describe('random ONNX graphs', () => {
  it.each([0, 10, 20, 30, 40])('seeds from %i: 10 graphs', async (first) => {
    for (let seed = first; seed < first + 10; seed++) {
      const random = createRandom(seed);
      const graph = randomGraph(random);
      const label = `seed ${seed}: ${graph.operators}`;
      const count = await differing(graph, random, label);
      expect(count, label).toBeLessThanOrEqual(graph.jumps ? MOST_JUMPS : 0);
    }
  }, 240_000); // prettier-ignore
});

describe('graphs that were once read wrongly', () => {
  const weights = (name: string, dims: readonly number[]): TensorSpec => {
    const length = dims.reduce((product, extent) => product * extent, 1);
    return {
      name,
      dims,
      data: Array.from({ length }, (_, k) => (k % 7) / 4 - 0.75),
      type: 'float',
    };
  };
  const model = (
    shape: readonly number[],
    outputs: readonly number[],
    nodes: readonly NodeSpec[],
    initializers: readonly TensorSpec[],
  ): Model => ({
    shape,
    bytes: writeOnnx({
      inputs: [{ name: 'input', shape: ['batch', ...shape], type: 'float' }],
      outputs: [{ name: 'output', shape: ['batch', ...outputs], type: 'float' }],
      nodes,
      initializers,
      opset: 17,
    }),
  });

  it('a dense layer on a view of a transposed tensor', async () => {
    const shapeOf = (data: readonly number[]): TensorSpec => ({ name: 'flat', dims: [data.length], data, type: 'int64', encoding: 'typed' }); // prettier-ignore
    const nodes: NodeSpec[] = [
      { op: 'Softplus', inputs: ['input'], outputs: ['a'] },
      { op: 'Transpose', inputs: ['a'], outputs: ['b'], attributes: { perm: [0, 2, 1, 3] } },
      { op: 'Reshape', inputs: ['b', 'flat'], outputs: ['c'] },
      // Two readers: the view is stored.
      { op: 'Gemm', inputs: ['c', 'w', 'v'], outputs: ['d'], attributes: { transB: 1 } },
      { op: 'ReduceMax', inputs: ['c'], outputs: ['e'], attributes: { axes: [1] } },
      { op: 'Add', inputs: ['d', 'e'], outputs: ['output'] },
    ];
    const graph = model([2, 2, 3], [2], nodes, [shapeOf([0, 12]), weights('w', [2, 12]), weights('v', [2])]); // prettier-ignore
    expect(await differing(graph, createRandom(1), 'transposed')).toBe(0);
  });

  it('stages of one cell behind a layer of one neuron', async () => {
    const nodes: NodeSpec[] = [
      { op: 'Gemm', inputs: ['input', 'w', 'v'], outputs: ['a'], attributes: { transB: 1 } },
      { op: 'Softplus', inputs: ['a'], outputs: ['b'] },
      { op: 'Concat', inputs: ['b', 'b'], outputs: ['output'], attributes: { axis: 1 } },
    ];
    const graph = model([3], [2], nodes, [weights('w', [1, 3]), weights('v', [1])]);
    expect(await differing(graph, createRandom(2), 'one cell')).toBe(0);
  });
});
