/**
 * `--precision float32`: modules answer to the last bit what a float32 evaluation of the network does in
 * the stated order, and within a few units in the last place what onnxruntime does in its own.
 */
import { describe, expect, it } from 'vitest';
import { measureFidelity } from '../../src/cli/measure.js';
import { compile } from '../../src/compile.js';
import type { Compiled } from '../../src/compile.js';
import { isExactInFloat32 } from '../../src/ir/float32.js';
import { sizeOf } from '../../src/ir/model-interface.js';
import type { StagedNetwork } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';
import { scanCsv } from '../../src/parse/csv/scan.js';
import { parse } from '../../src/parse/index.js';
import { verify } from '../../src/verify/index.js';
import { createRunner, loadModule } from '../../src/verify/run-module.js';
import { createFloat32Teacher } from '../../src/verify/teacher-float32.js';
import { compilerMessages } from '../helpers/emitted-text.js';
import { sklearnMlp, smallCnn, torchMlp } from '../helpers/onnx-models.js';
import { createOracle } from '../helpers/oracle.js';
import { maxsatNetwork } from '../helpers/networks.js';
import { torchRecurrent } from '../helpers/recurrent-models.js';
import { writeOnnx } from '../helpers/onnx-writer.js';

const INPUTS = 300;

/** Units in the last place of the largest score that another order of summation may differ by. */
const ULPS = 16;

async function compiledOf(bytes: Uint8Array): Promise<[StagedNetwork, Compiled]> {
  const network = await parse({ 'model.onnx': bytes });
  return [network, await compile(network, { precision: 'float32' })];
}

function randomInputs({ inputs: [{ shape }] }: StagedNetwork): readonly Float32Array[] {
  const random = createRandom(5);
  return Array.from({ length: INPUTS }, () =>
    Float32Array.from({ length: sizeOf(shape) }, () => 2 * random.unit() - 1),
  );
}

const MODELS = [
  ['a perceptron with relu', torchMlp('m', [8, 24, 5], 'Relu', 7)],
  ['one with tanh, its tables inline', torchMlp('m', [3, 5, 2], 'Tanh', 3)],
  ['one with softmax', sklearnMlp('m', [6, 16, 4], 2)],
  ['a convolutional network', smallCnn('m', 6, 3)],
  [
    'a recurrent network',
    torchRecurrent('m', {
      op: 'LSTM',
      steps: 4,
      features: 3,
      hidden: 5,
      layers: 1,
      outputs: 2,
      seed: 6,
    }),
  ],
] as const;

describe.each(MODELS)('%s', (_, { bytes }) => {
  it('is equal to the last bit to its own order, and near to onnxruntime', async () => {
    const [network, compiled] = await compiledOf(bytes);
    expect(compiled.verdict).toMatchObject({ status: 'sampled', maxError: 0 });
    expect(compiled.verdict.reason).toContain('rounded to float32');
    const messages = compilerMessages(compiled.code);
    expect(messages.filter((message) => !message.includes('.weights.js'))).toEqual([]);
    expect(compiled.code).toContain('// options: precision float32');
    const run = createRunner(await loadModule(compiled.code, compiled.weights), network);
    const teacher = createFloat32Teacher(network);
    const oracle = await createOracle(bytes);
    const [{ name, shape }] = network.inputs;
    for (const data of randomInputs(network)) {
      const scores = run([data]).scores[0];
      expect(scores).toEqual([...teacher.forward([data])[0]]);
      expect(scores).toEqual(scores.map(Math.fround));
      const [others] = await oracle([{ name, shape: [1, ...shape], data }]);
      const unit = 2 ** -23 * Math.max(...others.map(Math.abs));
      scores.forEach((score, k) => {
        expect(Math.abs(score - others[k])).toBeLessThanOrEqual(ULPS * unit);
      });
    }
  }, 60_000);
});

describe('a network whose structure adds in another order', () => {
  it('keeps its own order, layer by layer', async () => {
    const shared = { fc: [0.1, 0.3], out: [0.7, 0.7] };
    const rows = (weights: readonly number[], width: number) =>
      Float32Array.from(weights.flatMap((weight) => new Array<number>(width).fill(weight)));
    const bytes = writeOnnx({
      inputs: [{ name: 'cells', shape: [1, 3, 4], type: 'float' }],
      outputs: [{ name: 'scores', shape: [1, 2], type: 'float' }],
      nodes: [
        { op: 'Flatten', inputs: ['cells'], outputs: ['flat'], attributes: { axis: 1 } },
        { op: 'Gemm', inputs: ['flat', 'w', 'b'], outputs: ['z'], attributes: { transB: 1 } },
        { op: 'LeakyRelu', inputs: ['z'], outputs: ['h'], attributes: { alpha: { float: 0.01 } } },
        { op: 'Gemm', inputs: ['h', 'v', 'b'], outputs: ['u'], attributes: { transB: 1 } },
        { op: 'Sigmoid', inputs: ['u'], outputs: ['scores'] },
      ],
      initializers: [
        { name: 'w', dims: [2, 12], data: rows(shared.fc, 12), type: 'float' },
        { name: 'v', dims: [2, 2], data: rows(shared.out, 2), type: 'float' },
        { name: 'b', dims: [2], data: Float32Array.from([0.2, -0.5]), type: 'float' },
      ],
      opset: 17,
    });
    const [network, compiled] = await compiledOf(bytes);
    expect(compiled.verdict).toMatchObject({ status: 'sampled', maxError: 0 });
    expect(compiled.code).toContain('Math.fround(0.01)');
    // The report tells no structure that the text does not follow.
    expect(compiled.report.clusters).toEqual([]);
    expect(compiled.report.unexplainedNeurons).toHaveLength(4);
    const run = createRunner(await loadModule(compiled.code, compiled.weights), network);
    const teacher = createFloat32Teacher(network);
    for (const data of randomInputs(network)) {
      expect(run([data]).scores[0]).toEqual([...teacher.forward([data])[0]]);
    }
  });
});

describe('evaluate', () => {
  it('measures a module in float32 against the network in float32', async () => {
    const [network, compiled] = await compiledOf(torchMlp('m', [8, 24, 5], 'Relu', 7).bytes);
    const module = await loadModule(compiled.code, compiled.weights);
    const rows = randomInputs(network).map((cells) => cells.join());
    const table = scanCsv(new TextEncoder().encode(rows.join('\n')), 'data.csv');
    expect(measureFidelity(module, network, table, 'data.csv')).toMatchObject({
      equal: INPUTS,
      of: INPUTS,
      maxError: 0,
    });
  });
});

describe('the checker', () => {
  it.each([
    ['Math.fround(sum + Math.fround(', '(sum + Math.fround('],
    ['Math.fround(Math.tanh(sum))', 'Math.tanh(sum)'],
    ['Math.fround(input[j])', 'input[j]'],
    ['let sum = hidden1Biases[i]', 'let sum = Math.fround(hidden1Biases[i] + 1e-7)'],
  ])('refutes a text with %s made %s', async (from, to) => {
    const [network, { code }] = await compiledOf(torchMlp('m', [3, 5, 2], 'Tanh', 3).bytes);
    expect(code).toContain(from);
    const verdict = await verify(network, code.replaceAll(from, to));
    expect(verdict.status).toBe('refuted');
  });

  it('refutes a module in float64 that claims to be in float32, and an unknown precision', async () => {
    const { bytes } = torchMlp('m', [3, 5, 2], 'Tanh', 3);
    const network = await parse({ 'model.onnx': bytes });
    const { code } = await compile(network);
    const claim = (word: string) => code.replace('verdict:', `precision: '${word}', verdict:`);
    const options = { ignoreVerdictString: true };
    expect((await verify(network, claim('float32'), options)).status).toBe('refuted');
    expect((await verify(network, claim('float8'), options)).counterexample?.actual).toContain(
      "the unknown precision 'float8'",
    );
  });

  it('says exhaustive where it ran every input', async () => {
    const { bytes } = torchMlp('m', [3, 5, 2], 'Relu', 3);
    const manifest = JSON.stringify({ name: 'm', input: { domain: [0, 1] } });
    const files = { 'm.onnx': bytes, 'm.json': new TextEncoder().encode(manifest) };
    const network = await parse(files);
    const { verdict } = await compile(network, { precision: 'float32' });
    expect(verdict).toMatchObject({ status: 'exhaustive', checked: 8, maxError: 0 });
  });
});

describe('networks of integers', () => {
  /** Counts cells, and says whether they are more than two. */
  const bytes = writeOnnx({
    inputs: [{ name: 'cells', shape: [1, 5], type: 'float' }],
    outputs: [{ name: 'more', shape: [1, 1], type: 'float' }],
    nodes: [
      { op: 'Gemm', inputs: ['cells', 'w', 'b'], outputs: ['z'], attributes: { transB: 1 } },
      { op: 'Sign', inputs: ['z'], outputs: ['more'] },
    ],
    initializers: [
      { name: 'w', dims: [1, 5], data: Float32Array.from([1, 1, 1, 1, 1]), type: 'float' },
      { name: 'b', dims: [1], data: Float32Array.from([-2]), type: 'float' },
    ],
    opset: 17,
  });

  it('are proved as ever, since nothing is ever rounded', async () => {
    const manifest = JSON.stringify({ name: 'm', input: { domain: [0, 1] } });
    const files = { 'm.onnx': bytes, 'm.json': new TextEncoder().encode(manifest) };
    const network = await parse(files);
    expect(isExactInFloat32(network)).toBe(true);
    const { code, verdict } = await compile(network, { precision: 'float32' });
    expect(verdict.status).toBe('proved');
    expect(code).toContain('// options: precision float32, exact in integers');
    expect(code).not.toContain('fround');
  });

  it('are rounded where their sums outgrow float32', async () => {
    const large = writeOnnx({
      inputs: [{ name: 'cells', shape: [1, 3], type: 'float' }],
      outputs: [{ name: 'sum', shape: [1, 1], type: 'float' }],
      nodes: [
        { op: 'Gemm', inputs: ['cells', 'w', 'b'], outputs: ['sum'], attributes: { transB: 1 } },
      ],
      initializers: [
        { name: 'w', dims: [1, 3], data: Float32Array.from([16777216, 1, 3]), type: 'float' },
        { name: 'b', dims: [1], data: Float32Array.from([0]), type: 'float' },
      ],
      opset: 17,
    });
    const manifest = JSON.stringify({ name: 'm', input: { domain: [0, 1] } });
    const files = { 'm.onnx': large, 'm.json': new TextEncoder().encode(manifest) };
    const network = await parse(files);
    const { code, verdict } = await compile(network, { precision: 'float32' });
    expect(verdict).toMatchObject({ status: 'exhaustive', maxError: 0 });
    const { scores } = await loadModule(code);
    expect([scores([[1, 1, 0]]), scores([[1, 1, 1]])].flat(2)).toEqual([16777216, 16777220]);
  });

  it('are refused where signs are of sums that rounding moves', async () => {
    await expect(compile(maxsatNetwork(10, 50), { precision: 'float32' })).rejects.toMatchObject({
      code: 'NETWORK_NOT_FLOAT32',
    });
  });
});
