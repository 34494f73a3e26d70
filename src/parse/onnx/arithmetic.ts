/**
 * The arithmetic that operators share: matrix products, scaling and addition with broadcasting, each
 * for constants and tensors. Everything with a tensor becomes an affine map.
 */
import { sizeOf } from '../../ir/model-interface.js';
import { add, multiply, num, subtract } from '../../ir/program-builders.js';
import type { Expression } from '../../ir/program.js';
import type { Extent } from './builder.js';
import { checkCost } from './builder.js';
import { commonExtent, computeEach, recipeOfEach } from './compute.js';
import type { OperatorContext } from './context.js';
import { exactProduct, exactSum } from './exact.js';
import { staysLinear } from './linearity.js';
import { allCells, placeRows, rowsOfMatrix, selectionRows } from './rows.js';
import type { Matrix, Placement } from './rows.js';
import { broadcastCells } from './shapes.js';
import type { ConstantValue, Recipe, TensorValue, Value } from './values.js';

/**
 * tensor · matrix: the last axis of the tensor is contracted, every other position alike. `dropLast`
 * removes the axis of outputs, for a matrix that was a vector.
 */
export function multiplyRight(
  context: OperatorContext,
  tensor: TensorValue,
  matrix: Matrix,
  dropLast = false,
): TensorValue {
  const { shape, batch } = tensor;
  if (shape.length < (batch ? 2 : 1) || shape.at(-1) !== matrix.inputs) {
    throw context.mismatch(shape, [matrix.inputs, matrix.outputs]);
  }
  const leading = shape.slice(0, -1);
  const blocks = sizeOf(leading);
  const result = dropLast ? leading : [...leading, matrix.outputs];
  checkCost(result, blocks * matrix.inputs * matrix.outputs, context.node.opType, context.place);
  const rows = rowsOfMatrix(matrix, context.layers.dense);
  const placements: Placement[] = [];
  for (let block = 0; blocks > 1 && block < blocks; block++) {
    for (let row = 0; row < matrix.outputs; row++) {
      placements.push({ row, base: block * matrix.inputs, step: 1 });
    }
  }
  const map = {
    rows: blocks === 1 ? rows : placeRows(rows, placements),
    bias: new Float64Array(blocks * matrix.outputs),
  };
  return context.layers.apply(tensor, map, { shape: result, batch }, context.name);
}

/** matrix · tensor for a tensor of one axis (a vector) or two. */
export function multiplyLeft(
  context: OperatorContext,
  matrix: Matrix,
  tensor: TensorValue,
  dropFirst = false,
): TensorValue {
  const { shape, batch } = tensor;
  if (batch || shape.length < 1 || shape.length > 2 || shape[0] !== matrix.inputs) {
    throw context.mismatch([matrix.outputs, matrix.inputs], shape);
  }
  const lanes = shape.length === 1 ? 1 : shape[1];
  const result = [...(dropFirst ? [] : [matrix.outputs]), ...shape.slice(1)];
  checkCost(result, lanes * matrix.inputs * matrix.outputs, context.node.opType, context.place);
  const placements: Placement[] = [];
  for (let row = 0; row < matrix.outputs; row++) {
    for (let lane = 0; lane < lanes; lane++) placements.push({ row, base: lane, step: lanes });
  }
  const map = {
    rows: placeRows(rowsOfMatrix(matrix, context.layers.dense), placements),
    bias: new Float64Array(lanes * matrix.outputs),
  };
  return context.layers.apply(tensor, map, { shape: result, batch: false }, context.name);
}

/** The matrix of a constant of one or two axes; `right` says on which side of the product it stands. */
export function matrixOf(
  context: OperatorContext,
  constant: ConstantValue,
  right: boolean,
): Matrix {
  const { data, shape } = constant;
  if (shape.length !== 1 && shape.length !== 2) {
    throw context.unsupported(`with a constant of ${shape.length} axes`);
  }
  const [rows, columns] = shape.length === 2 ? shape : right ? [shape[0], 1] : [1, shape[0]];
  return right
    ? { data, outputs: columns, inputs: rows, outputStride: 1, inputStride: columns }
    : { data, outputs: rows, inputs: columns, outputStride: columns, inputStride: 1 };
}

/** left + right, or left − right, with broadcasting. */
export function addValues(
  context: OperatorContext,
  left: Value,
  right: Value,
  sign: 1 | -1 = 1,
): Value {
  if (left.kind === 'constant' && right.kind === 'constant') {
    return foldConstants(context, left, right, (a, b) => [a + sign * b, exactSum(a, sign * b)]);
  }
  const extent = commonExtent(context, [left, right]);
  if (!staysLinear(context.layers, [left, right], sizeOf(extent.shape))) {
    return computeEach(context, [left, right], sign === 1 ? add : subtract);
  }
  const recipe = recipeOfEach(context, [left, right], sign === 1 ? add : subtract);
  if (right.kind === 'constant' && left.kind === 'tensor') {
    return addConstant(context, left, 1, right, sign, extent, recipe);
  }
  if (left.kind === 'constant' && right.kind === 'tensor') {
    return addConstant(context, right, sign, left, 1, extent, recipe);
  }
  if (left.kind === 'constant' || right.kind === 'constant') throw context.unsupported('here');
  const a = spread(context, left, 1, extent);
  const b = spread(context, right, sign, extent);
  return context.layers.add(a, b, extent, context.name, recipe);
}

/** tensorSign · tensor + constantSign · constant. */
function addConstant(
  context: OperatorContext,
  tensor: TensorValue,
  tensorSign: 1 | -1,
  constant: ConstantValue,
  constantSign: 1 | -1,
  extent: Extent,
  recipe: Recipe | undefined,
): TensorValue {
  const { data } = context.useWeights(constant);
  const cells = broadcastCells(tensor.shape, extent.shape);
  const factors = tensorSign === 1 ? undefined : new Float64Array(cells.length).fill(tensorSign);
  const bias = Float64Array.from(
    broadcastCells(constant.shape, extent.shape),
    (cell) => constantSign * data[cell] + 0,
  );
  const map = { rows: selectionRows(cells, factors), bias };
  return context.layers.apply(tensor, map, extent, context.name, recipe);
}

/** The tensor times ±1, broadcast to the extent; as it is where nothing changes. */
function spread(
  context: OperatorContext,
  tensor: TensorValue,
  sign: 1 | -1,
  extent: Extent,
): TensorValue {
  const size = sizeOf(extent.shape);
  if (sign === 1 && sizeOf(tensor.shape) === size) return tensor;
  const cells = broadcastCells(tensor.shape, extent.shape);
  const map = {
    rows: selectionRows(cells, new Float64Array(size).fill(sign)),
    bias: new Float64Array(size),
  };
  return context.layers.apply(tensor, map, extent, context.name);
}

/** left · right, cell by cell, with broadcasting; one of the two is a constant. */
export function multiplyValues(context: OperatorContext, left: Value, right: Value): Value {
  if (left.kind === 'constant') {
    return right.kind === 'constant'
      ? foldConstants(context, left, right, multiplyNumbers)
      : multiplyValues(context, right, left);
  }
  const extent = commonExtent(context, [left, right]);
  if (right.kind === 'tensor' || !staysLinear(context.layers, [left], sizeOf(extent.shape))) {
    return computeEach(context, [left, right], multiply);
  }
  const { data } = context.useWeights(right);
  const factors = Float64Array.from(
    broadcastCells(right.shape, extent.shape),
    (cell) => data[cell],
  );
  const cells = broadcastCells(left.shape, extent.shape);
  const map = { rows: selectionRows(cells, factors), bias: new Float64Array(cells.length) };
  const recipe = recipeOfEach(context, [left, right], multiply);
  return context.layers.apply(left, map, extent, context.name, recipe);
}

/** A value times a number that stands in no constant, such as Gemm's alpha. */
export function scaleValue(context: OperatorContext, value: Value, factor: number): Value {
  if (factor === 1) return value;
  return value.kind === 'constant'
    ? scaleConstant(context, value, factor)
    : scaleTensor(context, value, factor);
}

function scaleTensor(context: OperatorContext, tensor: TensorValue, factor: number): Value {
  const size = sizeOf(tensor.shape);
  const scaled = (cell: Expression): Expression => multiply(num(factor), cell);
  if (!staysLinear(context.layers, [tensor], size)) return computeEach(context, [tensor], scaled);
  const map = {
    rows: selectionRows(allCells(size), new Float64Array(size).fill(factor)),
    bias: new Float64Array(size),
  };
  const recipe = recipeOfEach(context, [tensor], scaled);
  return context.layers.apply(tensor, map, tensor, context.name, recipe);
}

function scaleConstant(
  context: OperatorContext,
  constant: ConstantValue,
  factor: number,
): ConstantValue {
  const scalar: ConstantValue = {
    kind: 'constant',
    name: String(factor),
    type: constant.type,
    shape: [],
    data: Float64Array.of(factor),
  };
  const product = foldConstants(context, constant, scalar, multiplyNumbers);
  return { ...product, name: constant.name };
}

function multiplyNumbers(a: number, b: number): readonly [number, number | undefined] {
  return [a * b, exactProduct(a, b)];
}

function foldConstants(
  context: OperatorContext,
  left: ConstantValue,
  right: ConstantValue,
  operate: (a: number, b: number) => readonly [rounded: number, exact: number | undefined],
): ConstantValue {
  const { shape } = commonExtent(context, [left, right]);
  const leftCells = broadcastCells(left.shape, shape);
  const rightCells = broadcastCells(right.shape, shape);
  const data = Float64Array.from(leftCells, (cell, index) => {
    const [rounded, exact] = operate(left.data[cell], right.data[rightCells[index]]);
    if (exact === undefined) context.noteRounding();
    if (!Number.isFinite(rounded)) throw context.unsupported('of constants that overflow');
    return rounded;
  });
  const rounded = left.rounded ?? right.rounded;
  return {
    kind: 'constant',
    name: `${left.name}, ${right.name}`,
    type: left.type,
    shape,
    data,
    ...(rounded === undefined ? {} : { rounded }),
  };
}
