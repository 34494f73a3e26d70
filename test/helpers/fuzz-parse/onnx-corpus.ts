/** Legal ONNX models that use every part of the format, small enough to be damaged by the thousand. */
import { rawTensor, writeOnnx } from '../onnx-writer.js';
import type { ModelSpec, TensorType } from '../onnx-writer.js';

type Contents = Readonly<Record<string, Uint8Array>>;

const CHAIN: ModelSpec = {
  inputs: [{ name: 'x', shape: ['N', 2], type: 'float' }],
  outputs: [{ name: 'y', shape: ['N', 2], type: 'float' }],
  initializers: [
    { name: 'W', dims: [3, 2], data: [1, 2, 0, -4, 0.1, 6], type: 'float' },
    { name: 'b', dims: [3], data: [0.5, 0, 1], type: 'float', encoding: 'typed' },
    { name: 'V', dims: [3, 2], data: [1, 2, 3, 4, 5, 6], encoding: 'typed' },
    { name: 'k', dims: [2], data: [3, -4], type: 'int32', encoding: 'typed' },
    { name: 'shape', dims: [2], data: [0, -1], type: 'int64', encoding: 'typed' },
  ],
  nodes: [
    { op: 'Gemm', inputs: ['x', 'W', 'b'], outputs: ['h'], name: 'one', attributes: { transB: 1, alpha: { float: 2 } } },
    { op: 'Sign', inputs: ['h'], outputs: ['s'] },
    { op: 'MatMul', inputs: ['s', 'V'], outputs: ['m'], name: 'two' },
    { op: 'Mul', inputs: ['m', 'k'], outputs: ['n'] },
    { op: 'Reshape', inputs: ['n', 'shape'], outputs: ['r'] },
    { op: 'Softmax', inputs: ['r'], outputs: ['y'], attributes: { axis: -1 } },
  ],
}; // prettier-ignore

/** A residual, a fixed image, constants of nodes, an old model whose initializers are inputs. */
const GRAPH: ModelSpec = {
  inputs: [{ name: 'x', shape: [3, 4], type: 'float' }, { name: 'c', shape: [1, 4], type: 'float' }],
  outputs: [{ name: 'y', shape: [12] }, { name: 'z', shape: [3, 4] }],
  irVersion: 3,
  opset: 9,
  initializers: [{ name: 'c', dims: [1, 4], data: [1, 2, 3, 4], type: 'float' }],
  nodes: [
    { op: 'Constant', inputs: [], outputs: ['k'], attributes: { value: { tensor: { name: 't', dims: [3, 1], data: [2, 4, 8] } } } },
    { op: 'Constant', inputs: [], outputs: ['half'], attributes: { value_float: { float: 0.5 } } },
    { op: 'Constant', inputs: [], outputs: ['two'], attributes: { value_ints: [2, 2, 2, 2] } },
    { op: 'Add', inputs: ['x', 'c'], outputs: ['a'] },
    { op: 'Relu', inputs: ['a'], outputs: ['r'] },
    { op: 'Mul', inputs: ['r', 'k'], outputs: ['m'] },
    { op: 'Sub', inputs: ['m', 'x'], outputs: ['d'] },
    { op: 'LeakyRelu', inputs: ['d'], outputs: ['l'], attributes: { alpha: { float: 0.1 } } },
    { op: 'Mul', inputs: ['half', 'two'], outputs: ['one'] },
    { op: 'Add', inputs: ['l', 'one'], outputs: ['z'] },
    { op: 'Flatten', inputs: ['z'], outputs: ['f'], attributes: { axis: 0 } },
    { op: 'Tanh', inputs: ['f'], outputs: ['t'] },
    { op: 'Identity', inputs: ['t'], outputs: ['y'] },
  ],
}; // prettier-ignore

const TYPES: readonly TensorType[] = ['float16', 'bfloat16', 'int8', 'int16', 'uint8', 'uint16', 'uint32', 'uint64', 'int64', 'bool']; // prettier-ignore

/** A sum of constants of every element type, raw and listed, and of a sparse one. */
const ENCODINGS: ModelSpec = {
  inputs: [{ name: 'v0', shape: ['N', 3] }],
  outputs: [{ name: `v${2 * TYPES.length + 1}`, shape: [] }],
  metadata: { classes: '["a", "b", "c"]' },
  functions: { local: 'Unused' },
  opsets: { local: 1 },
  initializers: TYPES.flatMap((type) => [
    { name: `raw ${type}`, dims: [3], data: [1, 0, 1], type },
    { name: `typed ${type}`, dims: [1, 3], data: [0, 1, 1], type, encoding: 'typed' as const },
  ]),
  sparseInitializers: [
    {
      values: { name: 'sparse', dims: [2], data: [5, 7] },
      indices: { name: 'at', dims: [2, 2], data: [0, 0, 0, 2], type: 'int64' },
      dims: [1, 3],
    },
  ],
  nodes: [...TYPES.flatMap((type) => [`raw ${type}`, `typed ${type}`]), 'sparse'].map(
    (name, k) => ({ op: 'Add', inputs: [`v${k}`, name], outputs: [`v${k + 1}`] }),
  ),
};

const EXTERNAL: ModelSpec = {
  inputs: [{ name: 'x', shape: ['N', 2] }],
  outputs: [{ name: 'y', shape: [] }],
  initializers: [
    { name: 'W', dims: [2, 2], data: [], type: 'float', encoding: { location: 'data/w.bin', offset: 4, length: 16 } },
    { name: 'b', dims: [2], data: [], encoding: { location: 'b.bin' } },
  ],
  nodes: [
    { op: 'Gemm', inputs: ['x', 'W', 'b'], outputs: ['g'] },
    { op: 'Sigmoid', inputs: ['g'], outputs: ['y'] },
  ],
}; // prettier-ignore

/** The models, each with its files. */
export const ONNX_CORPUS: readonly Contents[] = [
  { 'model.onnx': writeOnnx(CHAIN) },
  { 'model.onnx': writeOnnx(GRAPH) },
  { 'model.onnx': writeOnnx(ENCODINGS) },
  {
    'model.onnx': writeOnnx(EXTERNAL),
    'data/w.bin': rawTensor('float', [0, 1, 2, 3, 4]),
    'b.bin': rawTensor('double', [5, 6]),
  },
];
