/** Attributes and forms of operators that are not supported: each names its operator and its node. */
import { describe, expect, it } from 'vitest';
import { Diagnostic, renderDiagnostic } from '../../../../src/diagnostics/diagnostic.js';
import { c, i64, networkOf, none, titleOf, x } from '../../../helpers/onnx-operator-case.js';
import type { OperatorCase } from '../../../helpers/onnx-operator-case.js';

/** A case, the end of the diagnostic's code, and words of its message. */
type Refusal = readonly [given: OperatorCase, code: string, words: string];

const IMAGE = x([1, 2, 5, 4]);
const KERNEL = c([3, 2, 3, 2]);

function given(op: string, opset: number, args: OperatorCase['args'], attributes: OperatorCase['attributes'] = {}, outputs = 1): OperatorCase {
  return { op, opset, args, attributes, outputs };
} // prettier-ignore

const text = (word: string) => ({ text: word });

const ATTRIBUTES: readonly Refusal[] = [
  [given('Relu', 13, [x([2])], { alpha: { float: 1 } }), 'ATTRIBUTE', 'alpha'],
  [given('LeakyRelu', 13, [x([2])], { alpha: 1 }), 'ATTRIBUTE', 'alpha'],
  [given('Elu', 13, [x([2])], { alpha: { float: NaN } }), 'ATTRIBUTE', 'alpha = NaN'],
  [given('Celu', 13, [x([2])], { alpha: { float: 0 } }), 'ATTRIBUTE', 'alpha = 0'],
  [given('Gelu', 20, [x([2])], { approximate: text('sigmoid') }), 'ATTRIBUTE', 'approximate = sigmoid'],
  [given('Clip', 11, [x([2])], { min: { float: 0 } }), 'ATTRIBUTE', 'min'],
  [given('Softmax', 13, [x([2, 3])], { axis: 2 }), 'ATTRIBUTE', 'axis = 2'],
  [given('LogSoftmax', 13, [x([2, 3])], { axis: -3 }), 'ATTRIBUTE', 'axis = -3'],
  [given('Conv', 11, [IMAGE, KERNEL], { group: 3 }), 'MISMATCH', ''],
  [given('Conv', 11, [IMAGE, KERNEL], { kernel_shape: [2, 2] }), 'ATTRIBUTE', 'kernel_shape = 2, 2'],
  [given('Conv', 11, [IMAGE, KERNEL], { strides: [0, 1] }), 'ATTRIBUTE', 'strides = 0, 1'],
  [given('Conv', 11, [IMAGE, KERNEL], { dilations: [1] }), 'ATTRIBUTE', 'dilations = 1'],
  [given('Conv', 11, [IMAGE, KERNEL], { pads: [1, 1] }), 'ATTRIBUTE', 'pads = 1, 1'],
  [given('Conv', 11, [IMAGE, KERNEL], { auto_pad: text('SAME') }), 'ATTRIBUTE', 'auto_pad = SAME'],
  [given('Conv', 11, [IMAGE, KERNEL], { auto_pad: text('VALID'), pads: [1, 1, 1, 1] }), 'ATTRIBUTE', 'VALID beside pads'],
  [given('MaxPool', 12, [x([1, 1, 2, 2, 2])], { kernel_shape: [2, 2, 2], storage_order: 1 }, 2), 'ATTRIBUTE', 'storage_order = 1'],
  [given('MaxPool', 12, [IMAGE]), 'FORM', 'without a kernel_shape'],
  [given('AveragePool', 11, [IMAGE], { kernel_shape: [2, 2], count_include_pad: { float: 1 } }), 'ATTRIBUTE', 'count_include_pad'],
  [given('BatchNormalization', 7, [IMAGE, c([2]), c([2]), c([2]), c([2], [1])], { spatial: 0 }), 'ATTRIBUTE', 'spatial = 0'],
  [given('BatchNormalization', 15, [IMAGE, c([2]), c([2]), c([2]), c([2], [1])], { training_mode: 1 }), 'FORM', 'in training'],
  [given('BatchNormalization', 7, [IMAGE, c([2]), c([2]), c([2]), c([2], [1])], {}, 5), 'FORM', 'in training'],
  [given('Dropout', 12, [x([2]), c([], [0.5]), c([], [1], 'bool')]), 'FORM', 'in training'],
  [given('Flatten', 13, [x([2, 3])], { axis: 3 }), 'ATTRIBUTE', 'axis = 3'],
  [given('Reshape', 14, [x([2, 3]), i64(0, 3)], { allowzero: 1 }), 'ATTRIBUTE', 'allowzero = 1'],
  [given('Transpose', 13, [x([2, 3])], { perm: [0, 0] }), 'ATTRIBUTE', 'perm = 0, 0'],
  [given('Concat', 13, [x([2]), x([2])]), 'FORM', 'without an axis'],
  [given('Concat', 13, [x([2]), x([2])], { axis: 1 }), 'ATTRIBUTE', 'axis = 1'],
  [given('Split', 13, [x([5])], {}, 2), 'FORM', '5 cells into 2 equal parts'],
  [given('Split', 18, [x([6])], { num_outputs: 0 }, 2), 'ATTRIBUTE', 'num_outputs = 0'],
  [given('Split', 18, [x([6]), i64(2, 3)], {}, 2), 'MISMATCH', ''],
  [given('Slice', 13, [x([6]), i64(0), i64(3), i64(0), i64(0)]), 'FORM', 'a step of 0'],
  [given('Slice', 13, [x([6]), i64(0), i64(3), i64(1)]), 'ATTRIBUTE', 'axes = 1'],
  [given('Gather', 13, [x([3]), i64(3)]), 'FORM', 'at the index 3 of 3'],
  [given('Gather', 13, [x([3]), i64(0)], { axis: 1 }), 'ATTRIBUTE', 'axis = 1'],
  [given('Squeeze', 13, [x([2, 1]), i64(0)]), 'MISMATCH', ''],
  [given('Squeeze', 13, [x([2, 1])], { axes: [1] }), 'ATTRIBUTE', 'axes'],
  [given('Unsqueeze', 13, [x([2])]), 'FORM', 'without axes'],
  [given('Unsqueeze', 13, [x([2]), i64(0, 0)]), 'ATTRIBUTE', 'axes = 0, 0'],
  [given('Expand', 13, [x([2]), i64(3)]), 'MISMATCH', ''],
  [given('Tile', 13, [x([2]), i64(2, 2)]), 'MISMATCH', ''],
  [given('Pad', 13, [x([3]), i64(1, 1)], { mode: text('mirror') }), 'ATTRIBUTE', 'mode = mirror'],
  [given('Pad', 13, [x([3]), i64(1, 1)], { pads: [1, 1] }), 'ATTRIBUTE', 'pads'],
  [given('Pad', 13, [x([2]), i64(3, 0)], { mode: text('reflect') }), 'FORM', 'larger than the tensor'],
  [given('ReduceSum', 13, [x([2])], { axes: [0] }), 'ATTRIBUTE', 'axes'],
  [given('ReduceMax', 18, [x([2])], { axes: [0] }), 'ATTRIBUTE', 'axes'],
  [given('ReduceMean', 13, [x([2])], { axes: [1] }), 'ATTRIBUTE', 'axes = 1'],
  [given('ArgMax', 13, [x([2])], { axis: 1 }), 'ATTRIBUTE', 'axis = 1'],
  [given('Cast', 13, [x([2])], { to: 8 }), 'ATTRIBUTE', 'to = string'],
  [given('Cast', 13, [x([2])], { to: 99 }), 'ATTRIBUTE', 'to = '],
  [given('Cast', 13, [x([2])]), 'ATTRIBUTE', 'to = '],
  [given('Constant', 13, [], { value_string: text('word') }), 'ATTRIBUTE', 'value_string'],
  [given('ConstantOfShape', 9, [i64(2)], { value: { tensor: { name: 't', dims: [2], data: [1, 2] } } }), 'ATTRIBUTE', 'value = 2 numbers'],
]; // prettier-ignore

const FORMS: readonly Refusal[] = [
  [given('ReduceMax', 13, [x([2, 2]), i64(0)]), 'FORM', 'of operator set 13 with its axes as an argument'],
  [given('Squeeze', 11, [x([1, 1]), i64(0)]), 'FORM', 'of operator set 11 with its axes as an argument'],
  [given('Split', 11, [x([2]), i64(1, 1)], {}, 2), 'FORM', 'of operator set 11 with its split as an argument'],
  [given('Reshape', 13, [x([2]), x([1], 'int64')]), 'NOT_CONSTANT', 'its shape'],
  [given('Expand', 13, [x([2]), x([1], 'int64')]), 'NOT_CONSTANT', 'its shape'],
  [given('Tile', 13, [x([2]), x([1], 'int64')]), 'NOT_CONSTANT', 'its repeats'],
  [given('Pad', 13, [x([2]), x([2], 'int64')]), 'NOT_CONSTANT', 'its pads'],
  [given('Pad', 13, [x([2]), i64(1, 1), x([2])]), 'NOT_CONSTANT', 'its value'],
  [given('Slice', 13, [x([2]), x([1], 'int64'), i64(1)]), 'NOT_CONSTANT', 'its starts'],
  [given('Split', 13, [x([2]), x([2], 'int64')], {}, 2), 'NOT_CONSTANT', 'its split'],
  [given('Squeeze', 13, [x([2, 1]), x([1], 'int64')]), 'NOT_CONSTANT', 'its axes'],
  [given('ReduceSum', 13, [x([2]), x([1], 'int64')]), 'NOT_CONSTANT', 'its axes'],
  [given('ReduceMean', 18, [x([2]), x([1], 'int64')]), 'NOT_CONSTANT', 'its axes'],
  [given('Add', 13, [x([2]), x([3])]), 'MISMATCH', '2 and 3'],
  [given('MatMul', 13, [x([2, 3]), c([2, 3])]), 'MISMATCH', '2x3 and 2x3'],
  [given('Gemm', 13, [x([2, 3]), c([3, 2]), c([3])]), 'MISMATCH', ''],
  [given('Where', 16, [x([2], 'bool'), x([3]), x([2])]), 'MISMATCH', ''],
  [given('PRelu', 16, [x([2]), c([2, 2])]), 'MISMATCH', ''],
  [given('Div', 13, [x([2], 'int64'), c([2], [0], 'int64')]), 'FORM', 'by 0'],
  [given('Conv', 11, [x([1, 1, 2, 2, 2, 2]), c([1, 1, 1, 1, 1, 1])]), 'FORM', 'spatial axes'],
  [given('Add', 13, [x([2]), none]), 'ARGUMENT', 'argument 2'],
  [given('Upsample', 9, [x([2]), c([1])]), 'OPERATOR', 'of operator set 9'],
  [given('ConvTranspose', 11, [IMAGE, KERNEL]), 'OPERATOR', 'of operator set 11'],
  [given('NonZero', 13, [x([2])]), 'OPERATOR', 'of operator set 13'],
]; // prettier-ignore

describe.each([
  ['attributes', ATTRIBUTES],
  ['forms', FORMS],
])('%s that are not supported', (_, refusals) => {
  it.each(refusals.map((refusal) => [titleOf(refusal[0]), ...refusal] as const))(
    '%s',
    async (__, { op, ...rest }, code, words) => {
      const problem = await networkOf({ op, ...rest }).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!(problem instanceof Diagnostic)) throw new Error(`no diagnostic: ${String(problem)}`);
      expect(problem.code).toMatch(new RegExp(`^ONNX_(UNSUPPORTED_|MISSING_|SHAPE_)?${code}$`));
      expect(problem.message).toContain(op);
      if (code === 'ATTRIBUTE') expect(problem.message).toContain(`of operator set ${rest.opset}`);
      expect(problem.message).toContain(words);
      expect(problem.place).toEqual({ file: 'model.onnx', node: 'node' });
      expect(renderDiagnostic(problem)).toMatch(/\n {2}hint: .{10}/);
    },
  );
});
