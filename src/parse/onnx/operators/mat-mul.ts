/** MatMul: the product of two vectors, matrices, or stacks of matrices with broadcasting. */
import type { Importer } from '../context.js';
import { multiplyFactors } from '../products.js';

export const MAT_MUL: Importer = {
  operator: 'MatMul',
  attributes: [],
  read(context) {
    const [left, right] = [context.argument(0), context.argument(1)];
    if (left.shape.length === 0 || right.shape.length === 0) {
      throw context.mismatch(left.shape, right.shape);
    }
    return multiplyFactors(
      context,
      { value: left, transposed: false },
      { value: right, transposed: false },
    );
  },
};
