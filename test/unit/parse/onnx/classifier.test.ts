/** Tails of classifiers as scikit-learn's exporter writes them: labels are decisions, not tensors. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../src/compile.js';
import { createRandom } from '../../../../src/numeric/random.js';
import { parse } from '../../../../src/parse/index.js';
import { createRunner, loadModule } from '../../../../src/verify/run-module.js';
import { writeOnnx } from '../../../helpers/onnx-writer.js';
import type { NodeSpec, TensorSpec, ValueSpec } from '../../../helpers/onnx-writer.js';
import { createOracle } from '../../../helpers/oracle.js';

const ML = 'ai.onnx.ml';
const FEATURES = 4;

interface Tail {
  /** Texts or numbers of the classes. */
  readonly classes: readonly (string | number)[];
  readonly zip: boolean;
  readonly scaled?: boolean;
  readonly axis?: number;
}

/** MLPClassifier: a scaler, one hidden layer, two or more classes, label and probabilities. */
function exported({ classes, zip, scaled = false, axis = 1 }: Tail): Uint8Array {
  const random = createRandom(classes.length);
  const tensor = (name: string, dims: readonly number[]): TensorSpec => {
    const length = dims.reduce((product, extent) => product * extent, 1);
    return {
      name,
      dims,
      data: Float32Array.from({ length }, () => random.normal()),
      type: 'float',
    };
  };
  const binary = classes.length === 2;
  const outputs = binary ? 1 : classes.length;
  const texts = typeof classes[0] === 'string';
  const table: TensorSpec = {
    name: 'classes',
    dims: [classes.length],
    data: classes,
    type: texts ? 'string' : 'int64',
    encoding: 'typed',
  };
  const scaler: NodeSpec = {
    op: 'Scaler',
    domain: ML,
    inputs: ['X'],
    outputs: ['scaled'],
    attributes: { offset: { floats: [1, 0, -1, 0.5] }, scale: { floats: [0.5, 1, 2, 1] } },
  };
  const nodes: NodeSpec[] = [
    ...(scaled ? [scaler] : []),
    { op: 'MatMul', inputs: [scaled ? 'scaled' : 'X', 'w0'], outputs: ['m0'] },
    { op: 'Add', inputs: ['m0', 'b0'], outputs: ['a0'] },
    { op: 'Relu', inputs: ['a0'], outputs: ['h'] },
    { op: 'MatMul', inputs: ['h', 'w1'], outputs: ['m1'] },
    { op: 'Add', inputs: ['m1', 'b1'], outputs: ['a1'] },
    ...(binary
      ? [
          { op: 'Sigmoid', inputs: ['a1'], outputs: ['second'] },
          { op: 'Sub', inputs: ['one', 'second'], outputs: ['first'] },
          { op: 'Concat', inputs: ['first', 'second'], outputs: ['p'], attributes: { axis: 1 } },
        ]
      : [{ op: 'Softmax', inputs: ['a1'], outputs: ['p'], attributes: { axis: 1 } }]),
    { op: 'ArgMax', inputs: ['p'], outputs: ['index'], attributes: { axis, keepdims: 0 } },
    { op: 'ArrayFeatureExtractor', domain: ML, inputs: ['classes', 'index'], outputs: ['found'] },
    { op: 'Reshape', inputs: ['found', 'flat'], outputs: ['output_label'] },
    zip
      ? {
          op: 'ZipMap',
          domain: ML,
          inputs: ['p'],
          outputs: ['output_probability'],
          attributes: texts ? { classlabels_strings: { texts: classes.map(String) } } : { classlabels_int64s: classes.map(Number) },
        }
      : { op: 'Identity', inputs: ['p'], outputs: ['output_probability'] },
  ]; // prettier-ignore
  const results: ValueSpec[] = [
    { name: 'output_label', shape: ['batch'], type: texts ? 'string' : 'int64' },
    { name: 'output_probability', shape: ['batch', classes.length], type: 'float' },
  ];
  return writeOnnx({
    inputs: [{ name: 'X', shape: ['batch', FEATURES], type: 'float' }],
    outputs: results,
    nodes,
    initializers: [
      tensor('w0', [FEATURES, 6]),
      tensor('b0', [6]),
      tensor('w1', [6, outputs]),
      tensor('b1', [outputs]),
      table,
      { name: 'one', dims: [1], data: [1], type: 'float' },
      { name: 'flat', dims: [1], data: [-1], type: 'int64', encoding: 'typed' },
    ],
    opset: 17,
    opsets: { [ML]: 1 },
  });
}

describe('a classifier exported by scikit-learn', () => {
  it.each([
    [{ classes: ['no', 'yes'], zip: true }],
    [{ classes: ['setosa', 'versicolor', 'virginica'], zip: true, scaled: true }],
    [{ classes: ['setosa', 'versicolor', 'virginica'], zip: false, axis: -1 }],
    [{ classes: [3, 5, 7], zip: true }],
  ] as const)('%j: the classes are the labels of the decision', async (tail) => {
    const network = await parse({ 'model.onnx': exported(tail) });
    expect(network.decision).toEqual({ kind: 'argmax' });
    expect(network.outputs).toMatchObject([
      { name: 'output_probability', shape: [tail.classes.length], labels: tail.classes.map(String) },
    ]);
    const { code, verdict } = await compile(network);
    expect(verdict.status).not.toBe('refuted');
    expect(code).toContain(`'${tail.classes[0]}'`);
  }); // prettier-ignore

  it.each([[{ classes: [0, 1], zip: false }], [{ classes: [0, 1, 2, 3], zip: false, scaled: true }]])(
    '%j: gives the labels and probabilities of onnxruntime',
    async (tail) => {
      const bytes = exported(tail);
      const network = await parse({ 'model.onnx': bytes });
      expect(network.outputs[0]).not.toHaveProperty('labels');
      const { code, weights } = await compile(network);
      const run = createRunner(await loadModule(code, weights), network);
      const oracle = await createOracle(bytes);
      const random = createRandom(9);
      const count = 500;
      const data = Float32Array.from({ length: count * FEATURES }, () => random.normal());
      const [labels, probabilities] = await oracle([{ name: 'X', shape: [count, FEATURES], data }]);
      for (let row = 0; row < count; row++) {
        const answer = run([data.subarray(row * FEATURES, (row + 1) * FEATURES)]);
        expect(answer.decision).toBe(labels[row]);
        answer.scores[0].forEach((score, k) => {
          expect(score).toBeCloseTo(probabilities[row * tail.classes.length + k], 5);
        });
      }
    },
  ); // prettier-ignore

  it('keeps the decision and the labels that the manifest names', async () => {
    const bytes = exported({ classes: ['no', 'yes'], zip: true });
    const manifest = { output: { labels: ['out', 'in'], decision: 'none' } };
    const files = { 'model.onnx': bytes, 'model.json': JSON.stringify(manifest) };
    const network = await parse(files);
    expect(network.decision).toEqual({ kind: 'none' });
    expect(network.outputs[0].labels).toEqual(['out', 'in']);
  });
});
