/** MatMul: one factor is a constant of one or two axes, the other a tensor. */
import { matrixOf, multiplyLeft, multiplyRight } from '../arithmetic.js';
import type { Importer } from '../context.js';

export const MAT_MUL: Importer = {
  operator: 'MatMul',
  attributes: [],
  read(context) {
    const left = context.argument(0);
    const right = context.argument(1);
    if (left.kind === 'tensor' && right.kind === 'constant') {
      const matrix = matrixOf(context, context.useWeights(right), true);
      return multiplyRight(context, left, matrix, right.shape.length === 1);
    }
    if (left.kind === 'constant' && right.kind === 'tensor') {
      const matrix = matrixOf(context, context.useWeights(left), false);
      return multiplyLeft(context, matrix, right, left.shape.length === 1);
    }
    throw context.unsupported(
      `of two ${left.kind === 'tensor' ? 'computed tensors' : 'constants'}`,
    );
  },
};
