/** RNN, LSTM and GRU in all their forms: what the importer makes of them gives onnxruntime's answers. */
import { describe, expect, it } from 'vitest';
import { Diagnostic } from '../../../../../src/diagnostics/diagnostic.js';
import { compile } from '../../../../../src/compile.js';
import { checkNetwork } from '../../../../../src/ir/network-check.js';
import { createRandom } from '../../../../../src/numeric/random.js';
import { parse } from '../../../../../src/parse/index.js';
import { createRunner, loadModule } from '../../../../../src/verify/run-module.js';
import { createTeacher } from '../../../../../src/verify/teacher.js';
import { createOracle } from '../../../../helpers/oracle.js';
import { recurrentModel, writeRecurrent } from '../../../../helpers/recurrent-models.js';
import type { RecurrentSpec } from '../../../../helpers/recurrent-models.js';
import { writeOnnx } from '../../../../helpers/onnx-writer.js';

const INPUTS = 200;
/** The runtime computes with float32, with approximations of tanh and the logistic function. */
const NEAR = 2e-6;

const ALL = ['Y', 'Y_h'] as const;
const LSTM_ALL = ['Y', 'Y_h', 'Y_c'] as const;
const acts = (...names: string[]) => ({ activations: { texts: names } });

const FORMS: readonly (readonly [string, RecurrentSpec])[] = [
  ['RNN', { op: 'RNN', results: ALL }],
  ['RNN without biases', { op: 'RNN', given: [], results: ['Y'] }],
  ['RNN of one unit over one feature', { op: 'RNN', hidden: 1, features: 1, results: ALL }],
  ['RNN of one step', { op: 'RNN', steps: 1, results: ALL }],
  ['RNN backwards', { op: 'RNN', direction: 'reverse', results: ALL, given: ['first'] }],
  ['RNN both ways', { op: 'RNN', direction: 'bidirectional', results: ALL }],
  ['RNN of three examples', { op: 'RNN', batch: 3, results: ALL, given: ['biases', 'first'] }],
  ['LSTM', { op: 'LSTM', results: LSTM_ALL }],
  ['LSTM of one unit', { op: 'LSTM', hidden: 1, results: LSTM_ALL, given: ['first'] }],
  ['LSTM with peepholes', { op: 'LSTM', results: LSTM_ALL, given: ['biases', 'first', 'peepholes'] }],
  ['LSTM both ways', { op: 'LSTM', direction: 'bidirectional', results: LSTM_ALL, given: ['peepholes'] }],
  ['LSTM with one gate for two', { op: 'LSTM', given: ['biases', 'peepholes'], attributes: { input_forget: 1 } }],
  ['LSTM with lengths', { op: 'LSTM', given: ['biases', 'lengths'], results: ['Y_c'] }],
  ['LSTM of three examples', { op: 'LSTM', batch: 3, given: ['biases', 'peepholes'], results: LSTM_ALL }],
  ['LSTM clipped', { op: 'LSTM', attributes: { clip: { float: 0.3 } }, results: ['Y', 'Y_c'] }],
  ['LSTM, opset 7', { op: 'LSTM', opset: 7, results: ['Y'] }],
  ['LSTM, opset 22', { op: 'LSTM', opset: 22, results: ['Y'] }],
  ['GRU', { op: 'GRU', results: ALL }],
  ['GRU, late reset', { op: 'GRU', attributes: { linear_before_reset: 1 }, results: ALL }],
  ['GRU, late reset, both ways', { op: 'GRU', attributes: { linear_before_reset: 1 }, direction: 'bidirectional', results: ALL, given: ['biases', 'first'] }],
  ['GRU of two examples', { op: 'GRU', batch: 2, results: ALL }],
  ['GRU, late reset, clipped, one unit', { op: 'GRU', hidden: 1, attributes: { linear_before_reset: 1, clip: { float: 0.2 } } }],
  ['RNN with Relu', { op: 'RNN', attributes: acts('Relu') }],
  ['RNN with two functions', { op: 'RNN', direction: 'bidirectional', attributes: acts('Relu', 'Tanh'), results: ALL }],
  ['RNN with LeakyRelu', { op: 'RNN', attributes: { ...acts('LeakyRelu'), activation_alpha: { floats: [0.2] } } }],
  ['RNN with Affine', { op: 'RNN', attributes: { ...acts('Affine'), activation_alpha: { floats: [0.5] }, activation_beta: { floats: [0.1] } } }],
  ['RNN with ScaledTanh', { op: 'RNN', attributes: { ...acts('ScaledTanh'), activation_alpha: { floats: [0.5] }, activation_beta: { floats: [1.5] } } }],
  ['RNN with ThresholdedRelu', { op: 'RNN', attributes: { ...acts('ThresholdedRelu'), activation_alpha: { floats: [0.1] } } }],
  ['RNN with Softplus', { op: 'RNN', attributes: acts('Softplus') }],
  ['LSTM with other functions', { op: 'LSTM', attributes: { ...acts('HardSigmoid', 'Softsign', 'Elu'), activation_alpha: { floats: [0.3, 1.1] }, activation_beta: { floats: [0.4] } } }],
  ['GRU with other functions', { op: 'GRU', attributes: { ...acts('hardsigmoid', 'leakyrelu') } }],
]; // prettier-ignore

describe('recurrent operators', () => {
  it.each(FORMS)('%s', async (_, spec) => {
    const bytes = writeRecurrent(spec);
    const network = await parse({ 'm.onnx': bytes });
    expect(checkNetwork(network)).toEqual([]);
    const teacher = createTeacher(network);
    const oracle = await createOracle(bytes);
    const { shape } = recurrentModel(spec).inputs[0];
    const size = shape.reduce<number>((product, extent) => product * Number(extent), 1);
    const random = createRandom(7);
    let farthest = 0;
    for (let k = 0; k < INPUTS; k++) {
      const data = Float32Array.from({ length: size }, () => random.normal());
      const expected = await oracle([{ name: 'x', shape: shape.map(Number), data }]);
      const actual = teacher.forward([data]);
      expect(actual.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
      expected.forEach((values, output) => {
        values.forEach((value, cell) => {
          const scale = Math.max(1, Math.abs(value));
          farthest = Math.max(farthest, Math.abs(actual[output][cell] - value) / scale);
        });
      });
    }
    expect(farthest).toBeLessThan(NEAR);
  });

  it('with the batch first give what they give with it behind the steps', async () => {
    // onnxruntime knows this layout for no recurrent operator.
    for (const op of ['RNN', 'LSTM', 'GRU'] as const) {
      const batch = 2;
      const spec: RecurrentSpec = {
        op,
        batch,
        steps: 3,
        direction: 'bidirectional',
        results: ['Y', 'Y_h'],
      };
      const [behind, first] = await Promise.all(
        ([0, 1] as const).map((layout) => parse({ 'm.onnx': writeRecurrent({ ...spec, layout }) })),
      );
      const cells = Float64Array.from({ length: 18 }, (_, k) => Math.sin(k));
      const turned = transposed(cells, 3, batch, 3);
      const [every, last] = createTeacher(behind).forward([cells]);
      const [everyFirst, lastFirst] = createTeacher(first).forward([turned]);
      // [steps, directions, batch, hidden] → [batch, steps, directions, hidden]
      expect(Array.from(everyFirst)).toEqual(Array.from(transposed(every, 3 * 2, batch, 4)));
      expect(Array.from(lastFirst)).toEqual(Array.from(transposed(last, 2, batch, 4)));
    }
  });

  it.each<[string, RecurrentSpec, readonly string[]]>([
    ['first states', { op: 'LSTM', results: LSTM_ALL, given: ['biases', 'first'] }, ['h0', 'c0']],
    ['first states both ways', { op: 'GRU', direction: 'bidirectional', results: ALL, given: ['first'] }, ['h0']],
    ['the first state of one unit', { op: 'RNN', hidden: 1, results: ALL, given: ['first'] }, ['h0']],
    ['weights', { op: 'LSTM', results: LSTM_ALL, given: ['biases', 'peepholes'] }, ['W', 'R', 'B', 'P']],
    ['weights of several examples', { op: 'GRU', batch: 2, results: ALL }, ['W', 'R', 'B']],
  ])('take %s from inputs of the graph', async (_, spec, names) => {
    const model = recurrentModel(spec);
    const tensors = model.initializers ?? [];
    const given = names.map((name) => tensors.filter((tensor) => tensor.name === name)[0]);
    const bytes = writeOnnx({
      ...model,
      inputs: [...model.inputs, ...given.map(({ name, dims }) => ({ name, shape: dims, type: 'float' as const }))],
      initializers: tensors.filter(({ name }) => !names.includes(name)),
    });
    const network = await parse({ 'm.onnx': bytes });
    expect(checkNetwork(network)).toEqual([]);
    const x = Float32Array.from({ length: network.inputs[0].shape.reduce((a, b) => a * b, 1) }, (__, k) => Math.cos(k));
    const cells = [x, ...given.map(({ data }) => Float32Array.from(data, Number))];
    const oracle = await createOracle(bytes);
    const expected = await oracle(
      network.inputs.map(({ name, shape }, index) => ({ name, shape, data: cells[index] })),
    );
    const actual = createTeacher(network).forward(cells);
    const { code, weights } = await compile(network, { shouldStop: () => true });
    const { scores } = createRunner(await loadModule(code, weights), network)(cells);
    expected.forEach((values, output) => {
      values.forEach((value, cell) => {
        expect(Math.abs(actual[output][cell] - value)).toBeLessThan(NEAR);
        expect(scores[output][cell]).toBeCloseTo(actual[output][cell], 12);
      });
    });
  }); // prettier-ignore

  it('lose a symbolic batch that stands first', async () => {
    const model = recurrentModel({ op: 'GRU', layout: 1, results: ['Y', 'Y_h'] });
    const inputs = [{ ...model.inputs[0], shape: ['N', 4, 3] }];
    const network = await parse({ 'm.onnx': writeOnnx({ ...model, inputs }) });
    expect(network.inputs[0].shape).toEqual([4, 3]);
    expect(network.outputs.map(({ shape }) => shape)).toEqual([
      [4, 1, 4],
      [1, 4],
    ]);
  });
});

/** The first two axes of rows × columns × width cells exchanged. */
function transposed(cells: Float64Array, rows: number, columns: number, width: number): Float64Array {
  return cells.map((_, cell) => {
    const [place, rest] = [Math.floor(cell / width), cell % width];
    const [column, row] = [Math.floor(place / rows), place % rows];
    return cells[(row * columns + column) * width + rest];
  });
} // prettier-ignore

describe('what recurrent operators cannot do is refused', () => {
  const refusals: readonly (readonly [string, RecurrentSpec, string])[] = [
    ['an unknown direction', { op: 'RNN', attributes: { direction: { text: 'sideways' } } }, 'direction'],
    ['an unknown function', { op: 'RNN', attributes: acts('Swish') }, 'Swish'],
    ['too few functions', { op: 'LSTM', attributes: acts('Sigmoid', 'Tanh') }, 'activations'],
    ['a function without its parameter', { op: 'RNN', attributes: acts('ScaledTanh') }, 'ScaledTanh without its alpha'],
    ['a parameter that nothing takes', { op: 'RNN', attributes: { activation_alpha: { floats: [0.5] } } }, 'activation_alpha'],
    ['another hidden size', { op: 'GRU', attributes: { hidden_size: 5 } }, 'hidden_size'],
    ['a layout before opset 14', { op: 'GRU', layout: 1, opset: 13 }, 'layout'],
    ['an unknown layout', { op: 'GRU', attributes: { layout: 2 } }, 'layout'],
    ['clipping at 0', { op: 'RNN', attributes: { clip: { float: 0 } } }, 'clip'],
    ['an unknown attribute', { op: 'RNN', attributes: { linear_before_reset: 1 } }, 'linear_before_reset'],
  ]; // prettier-ignore

  async function refusalOf(bytes: Uint8Array): Promise<Diagnostic> {
    try {
      await parse({ 'm.onnx': bytes });
    } catch (error) {
      if (error instanceof Diagnostic) return error;
      throw error;
    }
    throw new Error('accepted');
  }

  it.each(refusals)('%s', async (_, spec, phrase) => {
    const refusal = await refusalOf(writeRecurrent(spec));
    expect(refusal.message).toContain(phrase);
    expect(refusal.message).toContain(spec.op);
    expect(refusal.place).toMatchObject({ node: `/encoder/${spec.op}` });
  });

  it('sequences that end early, and those of any length', async () => {
    const model = recurrentModel({ op: 'GRU', given: ['lengths'] });
    const initializers = (model.initializers ?? []).map((tensor) =>
      tensor.name === 'lengths' ? { ...tensor, data: [3] } : tensor,
    );
    const short = await refusalOf(writeOnnx({ ...model, initializers }));
    expect(short.message).toContain('with sequences of 3 in a tensor of 4 steps');
    const inputs = [{ ...model.inputs[0], shape: ['T', 1, 3] }];
    const open = await refusalOf(writeOnnx({ ...model, inputs }));
    expect(open.message).toContain('with any number of steps');
  });

  it('weights of the wrong shape', async () => {
    const model = recurrentModel({ op: 'LSTM' });
    for (const name of ['W', 'R', 'B']) {
      const initializers = (model.initializers ?? []).map((tensor) =>
        tensor.name === name
          ? { ...tensor, dims: [1, ...tensor.dims.slice(1, -1), 2], data: Array.from({ length: tensor.dims.slice(1, -1).reduce((a, b) => a * b, 1) * 2 }, () => 1) }
          : tensor,
      ); // prettier-ignore
      const refusal = await refusalOf(writeOnnx({ ...model, initializers }));
      expect(refusal.code).toMatch(/^ONNX_(SHAPE_MISMATCH|UNSUPPORTED_ATTRIBUTE)$/);
    }
  });
});
