/** ONNX models of one recurrent node, with seeded float32 weights, in every form that the operators have. */
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import type { ExportedModel } from './onnx-models.js';
import { writeOnnx } from './onnx-writer.js';
import type { AttributeSpec, ModelSpec, NodeSpec, TensorSpec } from './onnx-writer.js';

export type RecurrentOperator = 'RNN' | 'LSTM' | 'GRU';
export type RecurrentResult = 'Y' | 'Y_h' | 'Y_c';

export interface RecurrentSpec {
  readonly op: RecurrentOperator;
  readonly steps?: number;
  readonly features?: number;
  readonly hidden?: number;
  /** Default 1. */
  readonly batch?: number;
  readonly layout?: 0 | 1;
  readonly direction?: 'forward' | 'reverse' | 'bidirectional';
  /** The results that the graph gives; default `Y_h`. */
  readonly results?: readonly RecurrentResult[];
  /** Optional arguments; biases alone unless given. */
  readonly given?: readonly ('biases' | 'lengths' | 'first' | 'peepholes')[];
  readonly attributes?: Readonly<Record<string, AttributeSpec>>;
  readonly opset?: number;
  readonly seed?: number;
}

/** Blocks of weights, one for each gate. */
const GATES: Readonly<Record<RecurrentOperator, number>> = { RNN: 1, LSTM: 4, GRU: 3 };

/** Seeded float32 numbers within ±scale. */
export function numbers(random: Random, name: string, dims: readonly number[], scale = 0.7): TensorSpec {
  const size = dims.reduce((product, extent) => product * extent, 1);
  const data = Float32Array.from({ length: size }, () => (2 * random.unit() - 1) * scale);
  return { name, dims, data, type: 'float' };
} // prettier-ignore

/** The model of one node over the input `x`. */
export function recurrentModel(spec: RecurrentSpec): ModelSpec {
  const { op, steps = 4, features = 3, hidden = 4, batch = 1, layout = 0, opset = 17 } = spec;
  const { direction = 'forward', results = ['Y_h'], given = ['biases'], seed = 1 } = spec;
  const random = createRandom(seed);
  const directions = direction === 'bidirectional' ? 2 : 1;
  const gates = GATES[op];
  const stateShape = layout === 1 ? [batch, directions, hidden] : [directions, batch, hidden];
  const initializers: TensorSpec[] = [
    numbers(random, 'W', [directions, gates * hidden, features]),
    numbers(random, 'R', [directions, gates * hidden, hidden]),
  ];
  const optional = (name: string, isGiven: boolean, tensor: () => TensorSpec): string => {
    if (!isGiven) return '';
    initializers.push(tensor());
    return name;
  };
  const lengths: TensorSpec = {
    name: 'lengths',
    dims: [batch],
    data: new Array<number>(batch).fill(steps),
    type: 'int32',
  };
  const inputs = [
    'x',
    'W',
    'R',
    optional('B', given.includes('biases'), () =>
      numbers(random, 'B', [directions, 2 * gates * hidden]),
    ),
    optional('lengths', given.includes('lengths'), () => lengths),
    optional('h0', given.includes('first'), () => numbers(random, 'h0', stateShape)),
    optional('c0', given.includes('first') && op === 'LSTM', () =>
      numbers(random, 'c0', stateShape),
    ),
    optional('P', given.includes('peepholes'), () =>
      numbers(random, 'P', [directions, 3 * hidden]),
    ),
  ];
  while (inputs.at(-1) === '') inputs.pop();
  const all: readonly RecurrentResult[] = op === 'LSTM' ? ['Y', 'Y_h', 'Y_c'] : ['Y', 'Y_h'];
  const node: NodeSpec = {
    op,
    name: `/encoder/${op}`,
    inputs,
    outputs: all.map((name) => (results.includes(name) ? name : '')),
    attributes: {
      hidden_size: hidden,
      ...(direction === 'forward' ? {} : { direction: { text: direction } }),
      ...(layout === 0 ? {} : { layout }),
      ...spec.attributes,
    },
  };
  const everyShape =
    layout === 1 ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden];
  return {
    inputs: [
      {
        name: 'x',
        shape: layout === 1 ? [batch, steps, features] : [steps, batch, features],
        type: 'float',
      },
    ],
    outputs: results.map((name) => ({
      name,
      shape: name === 'Y' ? everyShape : stateShape,
      type: 'float',
    })),
    nodes: [node],
    initializers,
    opset,
  };
}

/** The bytes of `recurrentModel`. */
export function writeRecurrent(spec: RecurrentSpec): Uint8Array {
  return writeOnnx(recurrentModel(spec));
}

export interface TorchSpec {
  readonly op: RecurrentOperator;
  readonly steps: number;
  readonly features: number;
  readonly hidden: number;
  /** Recurrent layers, one behind the other. */
  readonly layers: number;
  readonly bidirectional?: boolean;
  /** Outputs of the dense layer on the last step. */
  readonly outputs: number;
  readonly seed: number;
}

/**
 * What torch exports of nn.RNN, LSTM or GRU with batch_first = True and a Linear on the last step: the batch
 * turned behind the steps, zeros of its size as first states, directions folded into the features.
 */
export function torchRecurrent(name: string, spec: TorchSpec): ExportedModel {
  const { op, steps, features, hidden, layers, outputs, seed } = spec;
  const random = createRandom(seed);
  const directions = spec.bidirectional === true ? 2 : 1;
  const ints = (label: string, ...data: number[]): TensorSpec => ({ name: label, dims: [data.length], data: data.map(BigInt), type: 'int64' }); // prettier-ignore
  const nodes: NodeSpec[] = [];
  const node = (op_: string, label: string, inputs: readonly string[], attributes: NodeSpec['attributes'] = {}): string => {
    nodes.push({ op: op_, name: label, inputs, outputs: [`${label}_output_0`], attributes });
    return `${label}_output_0`;
  }; // prettier-ignore
  const initializers: TensorSpec[] = [
    { name: 'zero', dims: [], data: [0n], type: 'int64' },
    { name: 'last', dims: [], data: [-1n], type: 'int64' },
    ints('axes0', 0),
    ints('axes1', 1),
    ints('directions', directions),
    ints('hidden', hidden),
    ints('flat', 0, 0, -1),
  ];
  const prefix = `/${op.toLowerCase()}`;
  const shape = node('Shape', `${prefix}/Shape`, ['input']);
  const batch = node('Gather', `${prefix}/Gather`, [shape, 'zero'], { axis: 0 });
  const extent = node('Unsqueeze', `${prefix}/Unsqueeze`, [batch, 'axes0']);
  const extents = node('Concat', `${prefix}/Concat`, ['directions', extent, 'hidden'], { axis: 0 });
  const zeros = node('ConstantOfShape', `${prefix}/ConstantOfShape`, [extents], {
    value: { tensor: { name: 'value', dims: [1], data: [0], type: 'float' } },
  });
  let value = node('Transpose', `${prefix}/Transpose`, ['input'], { perm: [1, 0, 2] });
  let width = features;
  const gates = GATES[op];
  const scale = 1 / Math.sqrt(hidden);
  for (let layer = 0; layer < layers; layer++) {
    const own = (part: string): string => `onnx::${op}_${part}_${layer}`;
    initializers.push(
      numbers(random, own('W'), [directions, gates * hidden, width], scale),
      numbers(random, own('R'), [directions, gates * hidden, hidden], scale),
      numbers(random, own('B'), [directions, 2 * gates * hidden], scale),
    );
    const suffix = layer === 0 ? '' : `_${layer}`;
    const states = op === 'LSTM' ? [zeros, zeros] : [zeros];
    const every = node(op, `${prefix}/${op}${suffix}`, [value, own('W'), own('R'), own('B'), '', ...states], {
      hidden_size: hidden,
      ...(directions === 2 ? { direction: { text: 'bidirectional' } } : {}),
      ...(op === 'GRU' ? { linear_before_reset: 1 } : {}),
    }); // prettier-ignore
    if (directions === 1) value = node('Squeeze', `${prefix}/Squeeze${suffix}`, [every, 'axes1']);
    else {
      const turned = node('Transpose', `${prefix}/Fold${suffix}`, [every], { perm: [0, 2, 1, 3] });
      value = node('Reshape', `${prefix}/Reshape${suffix}`, [turned, 'flat']);
    }
    width = directions * hidden;
  }
  value = node('Transpose', `${prefix}/Transpose_1`, [value], { perm: [1, 0, 2] });
  value = node('Gather', '/Gather', [value, 'last'], { axis: 1 });
  initializers.push(
    numbers(random, 'fc.weight', [outputs, width], scale),
    numbers(random, 'fc.bias', [outputs], scale),
  );
  nodes.push({
    op: 'Gemm',
    name: '/fc/Gemm',
    inputs: [value, 'fc.weight', 'fc.bias'],
    outputs: ['output'],
    attributes: { alpha: { float: 1 }, beta: { float: 1 }, transB: 1 },
  });
  const bytes = writeOnnx({
    inputs: [{ name: 'input', shape: ['batch', steps, features], type: 'float' }],
    outputs: [{ name: 'output', shape: ['batch', outputs], type: 'float' }],
    nodes,
    initializers,
    opset: 17,
  });
  return { name, bytes, input: { name: 'input', shape: [steps, features] } };
}

/** One RNN with Relu over bits and a Linear on its last state, all weights given. */
function handMadeRnn(
  name: string,
  steps: number,
  weights: {
    readonly input: readonly number[];
    readonly state: readonly (readonly number[])[];
    readonly bias: readonly number[];
    readonly output: readonly number[];
  },
): ExportedModel {
  const { input, state, bias, output } = weights;
  const hidden = input.length;
  const tensor = (label: string, dims: readonly number[], data: readonly number[]): TensorSpec => ({ name: label, dims, data, type: 'float' }); // prettier-ignore
  const bytes = writeOnnx({
    inputs: [{ name: 'bits', shape: ['batch', steps, 1], type: 'float' }],
    outputs: [{ name: 'output', shape: ['batch', 1], type: 'float' }],
    nodes: [
      { op: 'Transpose', inputs: ['bits'], outputs: ['turned'], attributes: { perm: [1, 0, 2] } },
      {
        op: 'RNN',
        inputs: ['turned', 'W', 'R', 'B'],
        outputs: ['', 'last'],
        attributes: { hidden_size: hidden, activations: { texts: ['Relu'] } },
      },
      { op: 'Squeeze', inputs: ['last', 'axes'], outputs: ['state'] },
      { op: 'Gemm', inputs: ['state', 'V'], outputs: ['output'], attributes: { transB: 1 } },
    ],
    initializers: [
      tensor('W', [1, hidden, 1], input),
      tensor('R', [1, hidden, hidden], state.flat()),
      tensor('B', [1, 2 * hidden], [...bias, ...bias.map(() => 0)]),
      tensor('V', [1, hidden], output),
      { name: 'axes', dims: [1], data: [0n], type: 'int64' },
    ],
    opset: 17,
  });
  return { name, bytes, input: { name: 'bits', shape: [steps, 1] } };
}

/** Whether an odd number of bits is set: r(s) and r(s − 1) of s = bit + parity, and parity = r(s) − 2·r(s − 1). */
export function parityRnn(steps: number): ExportedModel {
  return handMadeRnn('parity', steps, {
    input: [1, 1],
    state: [
      [1, -2],
      [1, -2],
    ],
    bias: [0, -1],
    output: [1, -2],
  });
}

/** How many bits are set. */
export function countingRnn(steps: number): ExportedModel {
  return handMadeRnn('counting', steps, { input: [1], state: [[1]], bias: [0], output: [1] });
}
