/** Cases of operators that move cells, and of those that make constants of shapes. */
import { c, i64, none, x } from '../onnx-operator-case.js';
import type { OperatorCase } from '../onnx-operator-case.js';

const tensor = (data: readonly number[], type: 'float' | 'int64' = 'float', dims = [data.length]) => ({ tensor: { name: 't', dims, data, type } }); // prettier-ignore

const RESHAPES: readonly OperatorCase[] = [
  ...[-1, 0, 1, 2, 3].map((axis): OperatorCase => ({ op: 'Flatten', opset: 13, args: [x([2, 3, 4])], attributes: { axis } })),
  ...[7, 9, 11, 21].map((opset): OperatorCase => ({ op: 'Flatten', opset, args: [x([2, 3, 4])] })),
  ...[7, 13, 14, 19].map((opset): OperatorCase => ({ op: 'Reshape', opset, args: [x([2, 3, 4]), i64(0, -1, 2)] })),
  { op: 'Reshape', opset: 14, args: [x([2, 3]), i64(3, 2)], attributes: { allowzero: 1 } },
  { op: 'Reshape', opset: 13, args: [x([1]), c([0], [], 'int64')] },
  { op: 'Squeeze', opset: 7, args: [x([1, 3, 1])], attributes: { axes: [0] } },
  { op: 'Squeeze', opset: 11, args: [x([1, 3, 1])], attributes: { axes: [-1, 0] } },
  { op: 'Squeeze', opset: 11, args: [x([1, 3, 1])] },
  { op: 'Squeeze', opset: 13, args: [x([1, 3, 1]), i64(2)] },
  { op: 'Squeeze', opset: 13, args: [x([1, 3, 1])] },
  { op: 'Squeeze', opset: 21, args: [x([1, 3, 1]), i64(-3)] },
  { op: 'Unsqueeze', opset: 7, args: [x([2, 3])], attributes: { axes: [0, 2] } },
  { op: 'Unsqueeze', opset: 11, args: [x([2, 3])], attributes: { axes: [-1] } },
  { op: 'Unsqueeze', opset: 13, args: [x([2, 3]), i64(3, 0)] },
  { op: 'Unsqueeze', opset: 21, args: [x([2, 3]), i64(-2)] },
]; // prettier-ignore

const MOVES: readonly OperatorCase[] = [
  ...[7, 13, 21].map((opset): OperatorCase => ({ op: 'Transpose', opset, args: [x([2, 3, 4])] })),
  { op: 'Transpose', opset: 13, args: [x([2, 3, 4])], attributes: { perm: [1, 2, 0] } },
  { op: 'Transpose', opset: 13, args: [x([])] },
  { op: 'Concat', opset: 7, args: [x([2, 3]), x([2, 1])], attributes: { axis: 1 } },
  { op: 'Concat', opset: 11, args: [x([2, 3]), c([1, 3]), x([2, 3])], attributes: { axis: -2 } },
  { op: 'Concat', opset: 13, args: [x([2, 3])], attributes: { axis: 0 } },
  { op: 'Split', opset: 7, args: [x([4, 3])], outputs: 2 },
  { op: 'Split', opset: 7, args: [x([2, 6])], outputs: 3, attributes: { axis: 1, split: [1, 2, 3] } },
  { op: 'Split', opset: 11, args: [x([2, 6])], outputs: 2, attributes: { axis: -1 } },
  { op: 'Split', opset: 13, args: [x([2, 6]), i64(2, 4)], outputs: 2, attributes: { axis: 1 } },
  { op: 'Split', opset: 13, args: [x([2, 6])], outputs: 3, attributes: { axis: 1 } },
  { op: 'Split', opset: 18, args: [x([7])], outputs: 3, attributes: { num_outputs: 3 } },
  { op: 'Split', opset: 18, args: [x([7]), i64(3, 4)], outputs: 2 },
  { op: 'Slice', opset: 7, args: [x([4, 5])], attributes: { starts: [1, -3], ends: [3, 1000], axes: [0, 1] } },
  { op: 'Slice', opset: 9, args: [x([4, 5])], attributes: { starts: [1], ends: [-1] } },
  { op: 'Slice', opset: 10, args: [x([4, 5]), i64(0, 4), i64(4, 0), i64(0, 1), i64(2, -2)] },
  { op: 'Slice', opset: 11, args: [x([4, 5]), i64(-1), i64(-1000), i64(-1), i64(-1)] },
  { op: 'Slice', opset: 13, args: [x([4, 5]), i64(1, 1), c([2], [3, 4], 'int64')] },
  { op: 'Slice', opset: 13, args: [x([4, 5]), i64(1, 0), i64(9, 9), none, i64(1, 3)] },
  { op: 'Gather', opset: 7, args: [x([4, 3]), c([2, 2], [0, 3, 1, 1], 'int64')] },
  { op: 'Gather', opset: 11, args: [x([4, 3]), c([2], [-1, 0], 'int32')], attributes: { axis: 1 } },
  { op: 'Gather', opset: 13, args: [x([4, 3]), c([], [2], 'int64')], attributes: { axis: -2 } },
  { op: 'Gather', opset: 13, args: [c([5]), x([2, 3], 'int64', [0, 1, 2, 3, 4])] },
  { op: 'Gather', opset: 13, args: [x([2, 4]), x([3], 'int64', [0, 1, 2, 3])], attributes: { axis: 1 } },
  { op: 'Expand', opset: 8, args: [x([3, 1]), i64(2, 1, 4)] },
  { op: 'Expand', opset: 13, args: [x([3, 1]), i64(1)] },
  { op: 'Tile', opset: 7, args: [x([2, 3]), i64(2, 1)] },
  { op: 'Tile', opset: 13, args: [x([2, 3]), i64(1, 3)] },
  { op: 'Pad', opset: 7, args: [x([2, 3])], attributes: { pads: [1, 0, 0, 2], value: { float: 1.5 } } },
  { op: 'Pad', opset: 7, args: [x([3, 4])], attributes: { pads: [2, 1, 0, 3], mode: { text: 'reflect' } } },
  { op: 'Pad', opset: 10, args: [x([3, 4])], attributes: { pads: [2, 1, 0, 3], mode: { text: 'edge' } } },
  { op: 'Pad', opset: 11, args: [x([2, 3]), i64(1, 0, 0, 2), c([], [1.5])] },
  { op: 'Pad', opset: 13, args: [x([2, 3]), i64(0, 1, 1, 0)] },
  { op: 'Pad', opset: 13, args: [x([3, 4]), i64(-1, 0, 1, -2)] },
  { op: 'Pad', opset: 13, args: [x([3, 2]), i64(1, 0, 0, 2), x([])] },
  { op: 'Pad', opset: 13, args: [x([3, 2]), i64(0, 0, 0, 0), x([])] },
  { op: 'Pad', opset: 13, args: [c([2, 2]), i64(1, 0, 0, 1), x([])] },
  { op: 'Pad', opset: 13, args: [x([3, 4]), i64(1, 1, 1, 1)], attributes: { mode: { text: 'edge' } } },
  { op: 'Pad', opset: 18, args: [x([3, 4]), i64(1, 2), none, i64(1)], attributes: { mode: { text: 'reflect' } } },
  { op: 'Pad', opset: 19, args: [x([3, 4]), i64(1, 2, 2, 1)], attributes: { mode: { text: 'wrap' } } },
]; // prettier-ignore

/** Constants; each is added to something computed, or an output beside an input. */
const CONSTANTS: readonly OperatorCase[] = [
  { op: 'Shape', opset: 13, args: [x([2, 3, 4])] },
  { op: 'Shape', opset: 15, args: [x([2, 3, 4])], attributes: { start: 1, end: -1 } },
  ...[7, 9, 11, 13, 19].map((opset): OperatorCase => ({ op: 'Constant', opset, args: [], attributes: { value: tensor([1, 2.5, -3]) }, addedTo: x([3]) })),
  { op: 'Constant', opset: 12, args: [], attributes: { value_float: { float: 0.5 } }, addedTo: x([3]) },
  { op: 'Constant', opset: 13, args: [], attributes: { value_floats: { floats: [0.5, 1] } }, addedTo: x([2]) },
  { op: 'Constant', opset: 13, args: [], attributes: { value_int: 7 }, addedTo: x([2], 'int64') },
  { op: 'Constant', opset: 13, args: [], attributes: { value_ints: [1, -2] }, addedTo: x([2], 'int64') },
  { op: 'ConstantOfShape', opset: 9, args: [i64(2, 3)], attributes: { value: tensor([5]) }, addedTo: x([2, 3]) },
  { op: 'ConstantOfShape', opset: 20, args: [i64(3)], addedTo: x([3]) },
  { op: 'ConstantOfShape', opset: 9, args: [c([0], [], 'int64')], attributes: { value: tensor([2], 'int64') }, addedTo: x([3], 'int64') },
  ...[7, 13, 19].map((opset): OperatorCase => ({ op: 'Shape', opset, args: [x([2, 3, 4])], addedTo: x([3], 'int64') })),
  { op: 'Shape', opset: 15, args: [x([2, 3, 4])], attributes: { start: 1 }, addedTo: x([2], 'int64') },
  { op: 'Shape', opset: 15, args: [x([2, 3, 4])], attributes: { start: -2, end: -1 }, addedTo: x([1], 'int64') },
  { op: 'Dropout', opset: 7, args: [x([2, 3])], attributes: { ratio: { float: 0.3 } } },
  { op: 'Dropout', opset: 10, args: [x([2, 3])] },
  { op: 'Dropout', opset: 12, args: [x([2, 3]), c([], [0.3])] },
  { op: 'Dropout', opset: 13, args: [x([2, 3]), c([], [0.3]), c([], [0], 'bool')] },
]; // prettier-ignore

export const SHAPES: readonly OperatorCase[] = [...RESHAPES, ...MOVES, ...CONSTANTS];
