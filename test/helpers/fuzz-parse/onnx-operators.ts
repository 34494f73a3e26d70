/**
 * One small legal model for each operator that can be imported, so that damage reaches the importers:
 * attributes that are wrong, arguments of the wrong shape or type, constants that are none.
 */
import type { AttributeSpec, ModelSpec, TensorSpec } from '../onnx-writer.js';

/** A node over the input `x` of a shape, further constants, and attributes. */
interface Sample {
  readonly op: string;
  readonly shape: readonly (number | string)[];
  readonly constants?: readonly Omit<TensorSpec, 'name'>[];
  readonly attributes?: Readonly<Record<string, AttributeSpec>>;
  /** Number of outputs; 1 unless given. */
  readonly outputs?: number;
  /** Position of `x` among the arguments; 0 unless given. */
  readonly position?: number;
  readonly opset?: number;
}

const VECTOR = ['N', 3];
const MATRIX = [3, 4];
const IMAGE = ['N', 2, 5, 4];

function floats(dims: readonly number[]): Omit<TensorSpec, 'name'> {
  const size = dims.reduce((product, extent) => product * extent, 1);
  const data = Float32Array.from({ length: size }, (_, k) => ((k * 7) % 11) / 4 - 1);
  return { dims, data, type: 'float' };
}

function integers(...data: readonly number[]): Omit<TensorSpec, 'name'> {
  return { dims: [data.length], data, type: 'int64' };
}

const UNARY = ['Abs', 'Neg', 'Sqrt', 'Exp', 'Log', 'Relu', 'Sigmoid', 'Tanh', 'Softplus', 'Softsign', 'Sign', 'Erf', 'Floor', 'Ceil', 'Round', 'Reciprocal', 'Not', 'Identity', 'HardSwish', 'Selu', 'Dropout', 'Size']; // prettier-ignore

const WITH_ALPHA = ['LeakyRelu', 'Elu', 'Celu', 'HardSigmoid', 'ThresholdedRelu'];

const BINARY = ['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'Equal', 'And', 'Or', 'Xor', 'PRelu', 'Min', 'Max', 'Sum', 'Mean']; // prettier-ignore

const REDUCTIONS = ['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceL1', 'ReduceL2', 'ReduceSumSquare', 'ReduceLogSum', 'ReduceLogSumExp']; // prettier-ignore

const WINDOWS = {
  kernel_shape: [3, 2],
  strides: [2, 1],
  pads: [1, 0, 1, 1],
  dilations: [1, 2],
};

const SAMPLES: readonly Sample[] = [
  ...UNARY.map((op): Sample => ({ op, shape: VECTOR })),
  ...WITH_ALPHA.map((op): Sample => ({ op, shape: MATRIX, attributes: { alpha: { float: 0.2 } } })),
  ...BINARY.map((op): Sample => ({ op, shape: MATRIX, constants: [floats([4])] })),
  ...REDUCTIONS.map((op): Sample => ({ op, shape: MATRIX, attributes: { axes: [1], keepdims: 0 }, opset: 12 })),
  { op: 'ReduceSum', shape: IMAGE, constants: [integers(2, 3)], attributes: { keepdims: 1, noop_with_empty_axes: 0 }, opset: 18 },
  { op: 'Gelu', shape: VECTOR, attributes: { approximate: { text: 'tanh' } }, opset: 20 },
  { op: 'Softmax', shape: MATRIX, attributes: { axis: 1 } },
  { op: 'LogSoftmax', shape: VECTOR, attributes: { axis: -1 } },
  { op: 'Clip', shape: VECTOR, constants: [{ dims: [], data: [0], type: 'float' }, { dims: [], data: [6], type: 'float' }] },
  { op: 'Where', shape: MATRIX, constants: [{ dims: [3, 1], data: [1, 0, 1], type: 'bool' }, floats([4])], position: 1 },
  { op: 'Gemm', shape: MATRIX, constants: [floats([3, 5]), floats([4, 5])], attributes: { transA: 1, alpha: { float: 0.5 } } },
  { op: 'MatMul', shape: [2, 3, 4], constants: [floats([2, 4, 5])] },
  { op: 'Conv', shape: IMAGE, constants: [floats([4, 1, 3, 2]), floats([4])], attributes: { ...WINDOWS, group: 2 } },
  { op: 'Conv', shape: [1, 3, 6], constants: [floats([2, 3, 3])], attributes: { auto_pad: { text: 'SAME_UPPER' } } },
  { op: 'MaxPool', shape: IMAGE, attributes: { ...WINDOWS, ceil_mode: 1 } },
  { op: 'AveragePool', shape: IMAGE, attributes: { kernel_shape: [3, 2], pads: [1, 0, 1, 1], count_include_pad: 1 } },
  { op: 'GlobalAveragePool', shape: IMAGE },
  { op: 'GlobalMaxPool', shape: IMAGE },
  { op: 'BatchNormalization', shape: IMAGE, constants: [floats([2]), floats([2]), floats([2]), { dims: [2], data: [1, 2], type: 'float' }], attributes: { epsilon: { float: 1e-3 } } },
  { op: 'InstanceNormalization', shape: IMAGE, constants: [floats([2]), floats([2])] },
  { op: 'LayerNormalization', shape: MATRIX, constants: [floats([4]), floats([4])], attributes: { axis: -1 }, opset: 17 },
  { op: 'LRN', shape: IMAGE, attributes: { size: 3 } },
  { op: 'Flatten', shape: [2, 3, 4], attributes: { axis: 2 } },
  { op: 'Reshape', shape: IMAGE, constants: [integers(0, -1, 4)] },
  { op: 'Transpose', shape: [2, 3, 4], attributes: { perm: [2, 0, 1] } },
  { op: 'Concat', shape: MATRIX, constants: [floats([3, 2])], attributes: { axis: 1 } },
  { op: 'Split', shape: MATRIX, constants: [integers(1, 3)], attributes: { axis: 1 }, outputs: 2 },
  { op: 'Slice', shape: MATRIX, constants: [integers(0, -1), { dims: [2], data: [2, 2n ** 63n - 1n], type: 'int64' }, integers(0, 1), integers(1, 1)] },
  { op: 'Gather', shape: MATRIX, constants: [{ dims: [2, 2], data: [0, 2, -1, 1], type: 'int64' }], attributes: { axis: 1 } },
  { op: 'Squeeze', shape: [1, 3, 1], constants: [integers(0, 2)] },
  { op: 'Unsqueeze', shape: VECTOR, constants: [integers(1, -1)] },
  { op: 'Expand', shape: [3, 1], constants: [integers(2, 1, 4)] },
  { op: 'Tile', shape: MATRIX, constants: [integers(2, 3)] },
  { op: 'Pad', shape: MATRIX, constants: [integers(1, 0, 0, 2), { dims: [], data: [1.5], type: 'float' }], attributes: { mode: { text: 'constant' } } },
  { op: 'Pad', shape: MATRIX, constants: [integers(1, 2, 1, 1)], attributes: { mode: { text: 'reflect' } } },
  { op: 'ArgMax', shape: MATRIX, attributes: { axis: 1, keepdims: 0, select_last_index: 0 } },
  { op: 'ArgMin', shape: VECTOR, attributes: { axis: -1 } },
  { op: 'Cast', shape: VECTOR, attributes: { to: 7 } },
  { op: 'Shape', shape: MATRIX, attributes: { start: 1, end: 2 } },
  { op: 'ConstantOfShape', shape: VECTOR, constants: [integers(1, 3)], attributes: { value: { tensor: { name: '', dims: [1], data: [5], type: 'float' } } }, position: 1 },
  { op: 'Range', shape: VECTOR, constants: [{ dims: [], data: [0], type: 'int64' }, { dims: [], data: [3], type: 'int64' }, { dims: [], data: [1], type: 'int64' }], position: 3 },
  { op: 'RNN', shape: [4, 1, 3], constants: [floats([1, 2, 3]), floats([1, 2, 2]), floats([1, 4])], attributes: { hidden_size: 2 } },
  { op: 'LSTM', shape: [4, 1, 3], constants: [floats([1, 8, 3]), floats([1, 8, 2]), floats([1, 16])], attributes: { hidden_size: 2 }, outputs: 3 },
  { op: 'GRU', shape: [4, 1, 3], constants: [floats([1, 6, 3]), floats([1, 6, 2])], attributes: { hidden_size: 2, linear_before_reset: 1 } },
]; // prettier-ignore

/** The operators' models; each result is added to `x` where it is a constant, so that it is needed. */
export const OPERATOR_MODELS: readonly ModelSpec[] = SAMPLES.map(modelOf);

function modelOf(sample: Sample): ModelSpec {
  const { op, shape, constants = [], attributes = {}, position = 0, opset = 15 } = sample;
  const names = constants.map((_, k) => `c${k}`);
  const isComputed = position <= constants.length && !['ConstantOfShape', 'Range', 'Shape', 'Size'].includes(op); // prettier-ignore
  const inputs = isComputed
    ? [...names.slice(0, position), 'x', ...names.slice(position)]
    : ['Shape', 'Size'].includes(op)
      ? ['x']
      : names;
  const outputs = Array.from({ length: sample.outputs ?? 1 }, (_, k) => `y${k}`);
  const node = { op, name: 'node', inputs, outputs, attributes };
  const add = { op: 'Add', inputs: ['x', 'y0'], outputs: ['z'] };
  return {
    inputs: [{ name: 'x', shape, type: ['Not', 'And', 'Or', 'Xor'].includes(op) ? 'bool' : 'float' }], // prettier-ignore
    outputs: isComputed ? outputs.map((name) => ({ name, shape: [] })) : [{ name: 'z', shape: [] }],
    nodes: isComputed ? [node] : [node, add],
    initializers: constants.map((constant, k) => ({ name: names[k], ...constant })),
    opset,
  };
}
