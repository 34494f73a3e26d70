/** Cases of operators that work cell by cell, in every form that operator sets 7 to 22 gave them. */
import { c, none, x } from '../onnx-operator-case.js';
import type { OperatorCase } from '../onnx-operator-case.js';

const POSITIVE = [0.25, 0.5, 1, 1.5, 2, 4];
const NOT_ZERO = [-3, -2, -0.5, 0.5, 1, 2, 5];
const SMALL = [-1, -0.5, -0.1, 0, 0.3, 0.9, 1];
const HALVES = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0, 1.4, -1.6];

/** One case for each operator set. */
function at(
  opsets: readonly number[],
  given: Omit<OperatorCase, 'opset'>,
): readonly OperatorCase[] {
  return opsets.map((opset) => ({ ...given, opset }));
}

function unary(op: string, opsets: readonly number[], values?: readonly number[], attributes?: OperatorCase['attributes']): readonly OperatorCase[] {
  const argument = values === undefined ? x([2, 3]) : x([2, 3], 'float', values);
  return at(opsets, { op, args: [argument], ...(attributes === undefined ? {} : { attributes }) });
} // prettier-ignore

/** Both arguments computed, either one constant, broadcast from both sides. */
function binary(op: string, opsets: readonly number[], values?: readonly number[]): readonly OperatorCase[] {
  const left = x([2, 3], 'float', values);
  return [
    ...at(opsets, { op, args: [left, x([2, 3], 'float', values)] }),
    ...at(opsets.slice(-1), { op, args: [left, c([3], values)] }),
    ...at(opsets.slice(-1), { op, args: [c([2, 1], values), left] }),
    ...at(opsets.slice(-1), { op, args: [x([3, 1], 'float', values), x([2, 1, 4], 'float', values)] }),
    ...at(opsets.slice(-1), { op, args: [x([], 'float', values), left] }),
  ];
} // prettier-ignore

const ALPHA = { alpha: { float: 0.3 } };

const UNARY: readonly OperatorCase[] = [
  ...unary('Neg', [7, 13]),
  ...unary('Abs', [7, 13]),
  ...unary('Sqrt', [7, 13], [0, ...POSITIVE]),
  ...unary('Exp', [7, 13]),
  ...unary('Log', [7, 13], POSITIVE),
  ...unary('Sin', [7, 22]),
  ...unary('Cos', [7, 22]),
  ...unary('Tan', [7, 22], SMALL),
  ...unary('Asin', [7, 22], SMALL),
  ...unary('Acos', [7, 22], SMALL),
  ...unary('Atan', [7, 22]),
  ...unary('Sinh', [9, 22]),
  ...unary('Cosh', [9, 22]),
  ...unary('Relu', [7, 13, 14]),
  ...unary('Sigmoid', [7, 13]),
  ...unary('Tanh', [7, 13]),
  ...unary('Softplus', [7, 22]),
  ...unary('Softsign', [7, 22]),
  ...unary('Sign', [9, 13]),
  ...unary('Erf', [9, 13]),
  ...unary('Floor', [7, 13], HALVES),
  ...unary('Ceil', [7, 13], HALVES),
  ...unary('Round', [11, 22], HALVES),
  ...unary('LeakyRelu', [7, 16]),
  ...unary('LeakyRelu', [16], undefined, ALPHA),
  ...unary('Elu', [7, 22]),
  ...unary('Elu', [22], undefined, ALPHA),
  ...unary('Selu', [7, 22]),
  ...unary('Selu', [22], undefined, { ...ALPHA, gamma: { float: 2 } }),
  ...unary('Celu', [12]),
  ...unary('Celu', [12], undefined, ALPHA),
  ...unary('Gelu', [20]),
  ...unary('Gelu', [20], undefined, { approximate: { text: 'tanh' } }),
  ...unary('HardSigmoid', [7, 22]),
  ...unary('HardSigmoid', [22], undefined, { ...ALPHA, beta: { float: 0.4 } }),
  ...unary('HardSwish', [14, 22], [-4, -3, -1, 0, 1, 3, 4]),
  ...at([13], { op: 'Neg', args: [x([4], 'int32')] }),
  ...at([13], { op: 'Abs', args: [x([4], 'int64')] }),
  ...at([13], { op: 'Sign', args: [x([4], 'int64')] }),
  ...at([14], { op: 'Relu', args: [x([4], 'int32')] }),
  ...at([13], { op: 'Exp', args: [x([4], 'double')] }),
  ...at([7, 13, 14, 16], { op: 'Identity', args: [x([2, 3])] }),
];

const BINARY: readonly OperatorCase[] = [
  ...binary('Add', [7, 13, 14]),
  ...binary('Sub', [7, 13, 14]),
  ...binary('Mul', [7, 13, 14]),
  ...binary('Div', [7, 13, 14], NOT_ZERO),
  ...binary('Pow', [7, 12, 13, 15], POSITIVE),
  ...at([13], { op: 'Div', args: [x([9], 'int32'), c([9], [-3, 2, 5, -2], 'int32')] }),
  ...at([13], { op: 'Div', args: [c([9], [-7, 7, 3, -3], 'int64'), x([9], 'int64', [-3, -2, 2, 3])] }),
  ...at([13], { op: 'Add', args: [x([4], 'int64'), c([4], [1, -2, 3], 'int64')] }),
  ...[2, 3, 0.5, -1, 0, 1].flatMap((exponent) => at([13], { op: 'Pow', args: [x([2, 3], 'float', POSITIVE), c([], [exponent])] })),
  ...at([13], { op: 'Pow', args: [x([6], 'float'), c([], [3])] }),
  ...at([13], { op: 'Pow', args: [c([], [2]), x([6])] }),
  ...at([7, 9, 16], { op: 'PRelu', args: [x([2, 3]), c([2, 3], [0.1, -0.5, 2])] }),
  ...at([16], { op: 'PRelu', args: [x([2, 3, 4]), c([3, 1], [0.1, 0.2, 0.3])] }),
  ...at([16], { op: 'PRelu', args: [x([2, 3]), x([3])] }),
]; // prettier-ignore

const CLIPS: readonly OperatorCase[] = [
  ...at([7], {
    op: 'Clip',
    args: [x([8])],
    attributes: { min: { float: -0.5 }, max: { float: 1 } },
  }),
  ...at([7], { op: 'Clip', args: [x([8])], attributes: { min: { float: -0.5 } } }),
  ...at([10], { op: 'Clip', args: [x([8])] }),
  ...at([11, 12, 13], { op: 'Clip', args: [x([8]), c([], [-0.5]), c([], [1])] }),
  ...at([13], { op: 'Clip', args: [x([8]), none, c([], [1])] }),
  ...at([13], { op: 'Clip', args: [x([8]), c([], [-1])] }),
  ...at([13], { op: 'Clip', args: [x([8])] }),
  ...at([12], { op: 'Clip', args: [x([8], 'int32'), c([], [-2], 'int32'), c([], [3], 'int32')] }),
  ...at([13], { op: 'Clip', args: [x([8]), x([], 'float', [-1, 0]), x([], 'float', [1, 2])] }),
];

const VARIADIC: readonly OperatorCase[] = ['Min', 'Max', 'Sum', 'Mean'].flatMap((op) => [
  ...at([8, 13], { op, args: [x([2, 3]), x([2, 3]), c([3])] }),
  ...at([13], { op, args: [x([2, 3])] }),
  ...at([13], { op, args: [x([2, 1]), x([3]), x([1, 3]), c([])] }),
]);

const COMPARISONS: readonly OperatorCase[] = [
  ...['Greater', 'Less'].flatMap((op) => binary(op, [7, 9, 13])),
  ...['GreaterOrEqual', 'LessOrEqual'].flatMap((op) => binary(op, [12, 16])),
  ...binary('Equal', [11, 13, 19]),
  ...at([7], { op: 'Equal', args: [x([8], 'int32'), x([8], 'int32')] }),
  ...at([13], { op: 'Equal', args: [x([8], 'bool'), x([8], 'bool')] }),
  ...at([13], { op: 'Greater', args: [x([8], 'int64'), c([], [1], 'int64')] }),
  ...['And', 'Or', 'Xor'].flatMap((op) => [
    ...at([7], { op, args: [x([2, 3], 'bool'), x([3], 'bool')] }),
    ...at([7], { op, args: [c([2, 3], [0, 1], 'bool'), x([2, 3], 'bool')] }),
  ]),
  ...at([7], { op: 'Not', args: [x([5], 'bool')] }),
  ...at([9, 16], { op: 'Where', args: [x([2, 3], 'bool'), x([2, 3]), x([3])] }),
  ...at([16], { op: 'Where', args: [c([3], [1, 0, 1], 'bool'), x([2, 3]), c([2, 1])] }),
  ...at([16], { op: 'Where', args: [x([2, 1], 'bool'), c([3]), c([], [-1])] }),
];

/** Numbers that the new type does not have are left out: what they become is no matter of ONNX's. */
const CASTS: readonly OperatorCase[] = [
  ...[7, 9, 13, 19, 21].flatMap((opset) => at([opset], { op: 'Cast', args: [x([12])], attributes: { to: 7 } })),
  ...[6, 7, 11, 10].map((to): OperatorCase => ({ op: 'Cast', opset: 13, args: [x([12])], attributes: { to } })),
  ...[2, 12, 13].map((to): OperatorCase => ({ op: 'Cast', opset: 13, args: [x([12], 'float', [0, 0.5, 1.9, 3, 200])], attributes: { to } })),
  { op: 'Cast', opset: 13, args: [x([12], 'float', [-2, 0, 0.5, 1e-8])], attributes: { to: 9 } },
  { op: 'Cast', opset: 13, args: [x([6], 'bool')], attributes: { to: 1 } },
  { op: 'Cast', opset: 13, args: [x([6], 'int64')], attributes: { to: 1 } },
  { op: 'Cast', opset: 13, args: [x([6], 'int64')], attributes: { to: 9 } },
  { op: 'Cast', opset: 13, args: [x([6], 'double', [0.1, 1 / 3, -2.7])], attributes: { to: 1 } },
  { op: 'Cast', opset: 13, args: [x([6], 'float', [0.25, -3, 2048, 65504])], attributes: { to: 10 } },
]; // prettier-ignore

export const ELEMENTWISE: readonly OperatorCase[] = [
  ...UNARY,
  ...BINARY,
  ...CLIPS,
  ...VARIADIC,
  ...COMPARISONS,
  ...CASTS,
];
