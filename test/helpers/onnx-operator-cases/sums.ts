/** Cases of operators that sum, and look for extremes, over axes and windows. */
import { c, i64, none, x } from '../onnx-operator-case.js';
import type { OperatorCase } from '../onnx-operator-case.js';

const REDUCTIONS = ['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceL1', 'ReduceL2'];

const REDUCED = x([2, 3, 2]);

function reductions(op: string): readonly OperatorCase[] {
  const old = op === 'ReduceSum' ? 11 : 13;
  return [
    { op, opset: 7, args: [REDUCED], attributes: { axes: [1], keepdims: 0 } },
    { op, opset: old, args: [REDUCED], attributes: { axes: [-1, 0] } },
    { op, opset: old, args: [REDUCED], attributes: { keepdims: 0 } },
    { op, opset: old, args: [REDUCED] },
    { op, opset: 18, args: [REDUCED, i64(1)], attributes: { keepdims: 0 } },
    { op, opset: 18, args: [REDUCED, i64(-1, 0)] },
    { op, opset: 18, args: [REDUCED], attributes: { keepdims: 0 } },
    { op, opset: 18, args: [REDUCED], attributes: { noop_with_empty_axes: 1 } },
    { op, opset: 18, args: [REDUCED, c([0], [], 'int64')], attributes: { keepdims: 0 } },
  ];
}

const EXTREMES: readonly OperatorCase[] = ['ArgMax', 'ArgMin'].flatMap((op) => [
  ...[7, 11, 12, 13].map((opset): OperatorCase => ({ op, opset, args: [x([3, 4])], attributes: { axis: 1, keepdims: 0 } })),
  { op, opset: 13, args: [x([3, 4])] },
  { op, opset: 13, args: [x([3, 4])], attributes: { axis: -1 } },
  { op, opset: 12, args: [x([3, 4], 'float', [0, 1])], attributes: { axis: 1, select_last_index: 1 } },
]); // prettier-ignore

const SOFTMAXES: readonly OperatorCase[] = ['Softmax', 'LogSoftmax'].flatMap((op) => [
  { op, opset: 7, args: [x([2, 3, 2])] },
  { op, opset: 11, args: [x([2, 3, 2])], attributes: { axis: 2 } },
  { op, opset: 11, args: [x([2, 3, 2])], attributes: { axis: -2 } },
  { op, opset: 11, args: [x([2, 3])], attributes: { axis: 0 } },
  { op, opset: 13, args: [x([2, 3, 2])] },
  { op, opset: 13, args: [x([2, 3, 2])], attributes: { axis: 1 } },
  { op, opset: 13, args: [x([5])], attributes: { axis: 0 } },
]);

const PRODUCTS: readonly OperatorCase[] = [
  { op: 'Gemm', opset: 7, args: [x([2, 3]), c([3, 4]), c([4])] },
  { op: 'Gemm', opset: 9, args: [x([3, 2]), c([4, 3]), c([2, 1])], attributes: { transA: 1, transB: 1, alpha: { float: 0.5 }, beta: { float: 2 } } },
  { op: 'Gemm', opset: 11, args: [x([2, 3]), c([3, 4])] },
  { op: 'Gemm', opset: 13, args: [x([2, 3]), c([3, 4]), c([])], attributes: { beta: { float: -1 } } },
  { op: 'Gemm', opset: 13, args: [x([2, 3]), x([3, 2]), x([2, 2])], attributes: { alpha: { float: 0.25 } } },
  { op: 'Gemm', opset: 13, args: [c([2, 3]), x([3, 2])], attributes: { transB: 0 } },
  { op: 'MatMul', opset: 7, args: [x([2, 3]), c([3, 4])] },
  { op: 'MatMul', opset: 9, args: [c([2, 3]), x([3, 4])] },
  { op: 'MatMul', opset: 13, args: [x([2, 1, 2, 3]), c([4, 3, 2])] },
  { op: 'MatMul', opset: 13, args: [x([3]), c([3, 2])] },
  { op: 'MatMul', opset: 13, args: [c([2, 3]), x([3])] },
  { op: 'MatMul', opset: 13, args: [x([3]), c([3])] },
  { op: 'MatMul', opset: 13, args: [x([2, 3]), x([3, 2])] },
  { op: 'MatMul', opset: 13, args: [x([2, 2, 3]), x([2, 3, 1])] },
]; // prettier-ignore

const CONVOLUTIONS: readonly OperatorCase[] = [
  ...[7, 11, 22].map((opset): OperatorCase => ({ op: 'Conv', opset, args: [x([1, 2, 5, 4]), c([3, 2, 3, 2]), c([3])] })),
  { op: 'Conv', opset: 11, args: [x([1, 2, 6]), c([3, 2, 3])], attributes: { strides: [2], pads: [1, 1] } },
  { op: 'Conv', opset: 11, args: [x([2, 2, 6]), c([3, 2, 3]), c([3])], attributes: { dilations: [2] } },
  { op: 'Conv', opset: 11, args: [x([1, 4, 5, 5]), c([6, 2, 2, 3])], attributes: { group: 2, strides: [2, 1], pads: [0, 1, 1, 2], dilations: [2, 1], kernel_shape: [2, 3] } },
  { op: 'Conv', opset: 11, args: [x([1, 3, 5, 5]), c([3, 1, 3, 3])], attributes: { group: 3, auto_pad: { text: 'SAME_UPPER' }, strides: [2, 2] } },
  { op: 'Conv', opset: 11, args: [x([1, 1, 6, 6]), c([1, 1, 2, 2])], attributes: { auto_pad: { text: 'SAME_LOWER' } } },
  { op: 'Conv', opset: 11, args: [x([1, 1, 5, 5]), c([1, 1, 2, 2])], attributes: { auto_pad: { text: 'VALID' } } },
]; // prettier-ignore

const IMAGE = x([1, 2, 6, 5]);

const POOLS: readonly OperatorCase[] = ['MaxPool', 'AveragePool'].flatMap((op) => [
  ...[7, 8, 10, 11, 12, 19, 22].map((opset): OperatorCase => ({ op, opset, args: [IMAGE], attributes: { kernel_shape: [2, 2] } })),
  { op, opset: 11, args: [IMAGE], attributes: { kernel_shape: [3, 2], strides: [2, 1], pads: [1, 0, 1, 1] } },
  { op, opset: 11, args: [IMAGE], attributes: { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 } },
  { op, opset: 11, args: [IMAGE], attributes: { kernel_shape: [3, 3], auto_pad: { text: 'SAME_UPPER' }, strides: [2, 2] } },
  { op, opset: 11, args: [IMAGE], attributes: { kernel_shape: [2, 2], auto_pad: { text: 'SAME_LOWER' } } },
  { op, opset: 11, args: [x([1, 2, 7])], attributes: { kernel_shape: [3], strides: [2] } },
  { op, opset: 19, args: [IMAGE], attributes: { kernel_shape: [2, 2], dilations: [2, 3] } },
]); // prettier-ignore

const OTHER_POOLS: readonly OperatorCase[] = [
  { op: 'MaxPool', opset: 8, args: [IMAGE], attributes: { kernel_shape: [2, 2] }, outputs: 2 },
  { op: 'MaxPool', opset: 12, args: [x([2, 3, 5, 4])], attributes: { kernel_shape: [3, 2], strides: [2, 1], pads: [1, 0, 1, 1] }, outputs: 2 },
  { op: 'MaxPool', opset: 12, args: [x([1, 2, 5, 4], 'float', [0, 1])], attributes: { kernel_shape: [2, 2], storage_order: 1 }, outputs: 2 },
  { op: 'MaxPool', opset: 12, args: [x([2, 2, 7])], attributes: { kernel_shape: [3], dilations: [2] }, outputs: 2 },
  { op: 'MaxPool', opset: 10, args: [IMAGE], attributes: { kernel_shape: [2, 2], dilations: [3, 2], pads: [1, 1, 0, 1] } },
  { op: 'AveragePool', opset: 7, args: [IMAGE], attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1], count_include_pad: 1 } },
  { op: 'AveragePool', opset: 11, args: [IMAGE], attributes: { kernel_shape: [3, 3], pads: [1, 1, 0, 0], count_include_pad: 0 } },
  { op: 'AveragePool', opset: 19, args: [IMAGE], attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1], ceil_mode: 1, count_include_pad: 1 } },
  { op: 'AveragePool', opset: 19, args: [IMAGE], attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1], ceil_mode: 1 } },
  ...['GlobalAveragePool', 'GlobalMaxPool'].flatMap((op) => [
    ...[7, 22].map((opset): OperatorCase => ({ op, opset, args: [IMAGE] })),
    { op, opset: 7, args: [x([1, 3, 4])] },
  ]),
]; // prettier-ignore

const STATISTICS = [c([2], [1, 0.5]), c([2], [0.25, -1]), c([2], [0.5, 2]), c([2], [1, 4])];

const NORMALIZATIONS: readonly OperatorCase[] = [
  ...[7, 9, 14, 15].map((opset): OperatorCase => ({ op: 'BatchNormalization', opset, args: [IMAGE, ...STATISTICS] })),
  { op: 'BatchNormalization', opset: 9, args: [x([3, 2]), ...STATISTICS], attributes: { epsilon: { float: 0.01 }, momentum: { float: 0.5 } } },
  { op: 'BatchNormalization', opset: 15, args: [x([1, 2, 3]), ...STATISTICS], attributes: { training_mode: 0 } },
]; // prettier-ignore

export const SUMS: readonly OperatorCase[] = [
  ...REDUCTIONS.flatMap(reductions),
  { op: 'ReduceSum', opset: 13, args: [REDUCED, i64(1)] },
  { op: 'ReduceSum', opset: 13, args: [REDUCED, none], attributes: { keepdims: 0 } },
  { op: 'ReduceMax', opset: 13, args: [x([2, 3], 'int32')], attributes: { axes: [1] } },
  { op: 'ReduceMax', opset: 20, args: [x([2, 3], 'bool'), i64(1)] },
  { op: 'ReduceSum', opset: 13, args: [x([2, 3], 'int64'), i64(0)] },
  { op: 'ReduceMean', opset: 13, args: [x([2, 3], 'int32')], attributes: { axes: [1] } },
  ...EXTREMES,
  ...SOFTMAXES,
  ...PRODUCTS,
  ...CONVOLUTIONS,
  ...POOLS,
  ...OTHER_POOLS,
  ...NORMALIZATIONS,
];
