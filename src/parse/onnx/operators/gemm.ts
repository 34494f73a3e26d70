/** Gemm: alpha · A · B + beta · C, either factor transposed on demand; A or B is a constant. */
import {
  addValues,
  matrixOf,
  multiplyLeft,
  multiplyRight,
  scaleConstant,
  scaleTensor,
} from '../arithmetic.js';
import type { Importer, OperatorContext } from '../context.js';
import { selectionRows } from '../rows.js';
import type { TensorValue } from '../values.js';

export const GEMM: Importer = {
  operator: 'Gemm',
  attributes: ['alpha', 'beta', 'transA', 'transB'],
  read(context) {
    const product = scaleTensor(context, multiply(context), context.float('alpha', 1));
    const bias = context.optional(2);
    if (bias === undefined) return product;
    const beta = context.float('beta', 1);
    const scaled =
      bias.kind === 'constant'
        ? scaleConstant(context, bias, beta)
        : scaleTensor(context, bias, beta);
    const sum = addValues(context, product, scaled);
    const grown = sum.shape.some((extent, axis) => extent !== product.shape[axis]);
    if (grown || sum.shape.length !== 2) throw context.mismatch(product.shape, bias.shape);
    return sum;
  },
};

function multiply(context: OperatorContext): TensorValue {
  const left = context.argument(0);
  const right = context.argument(1);
  const leftTransposed = context.integer('transA', 0) !== 0;
  const rightTransposed = context.integer('transB', 0) !== 0;
  if (left.shape.length !== 2 || right.shape.length !== 2) {
    throw context.mismatch(left.shape, right.shape);
  }
  // A transposed matrix on the right is read as one on the left, and the other way round.
  if (left.kind === 'tensor' && right.kind === 'constant') {
    const matrix = matrixOf(context, context.useWeights(right), !rightTransposed);
    return multiplyRight(context, leftTransposed ? transpose(context, left) : left, matrix);
  }
  if (left.kind === 'constant' && right.kind === 'tensor') {
    const matrix = matrixOf(context, context.useWeights(left), leftTransposed);
    return multiplyLeft(context, matrix, rightTransposed ? transpose(context, right) : right);
  }
  throw context.unsupported(`of two ${left.kind === 'tensor' ? 'computed tensors' : 'constants'}`);
}

function transpose(context: OperatorContext, tensor: TensorValue): TensorValue {
  if (tensor.batch) throw context.unsupported('with a transposed batch');
  const [rows, columns] = tensor.shape;
  const cells = Uint32Array.from(
    { length: rows * columns },
    (_, cell) => (cell % rows) * columns + Math.floor(cell / rows),
  );
  const map = { rows: selectionRows(cells), bias: new Float64Array(cells.length) };
  const extent = { shape: [columns, rows], batch: false };
  return context.layers.apply(tensor, map, extent, context.name);
}
