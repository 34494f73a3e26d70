/** Gemm: alpha · A · B + beta · C, either factor transposed on demand. */
import { addValues, scaleValue } from '../arithmetic.js';
import type { Importer, OperatorContext } from '../context.js';
import { multiplyFactors } from '../products.js';
import { broadcastShape, sameShape } from '../shapes.js';
import type { Value } from '../values.js';

export const GEMM: Importer = {
  operator: 'Gemm',
  attributes: ['alpha', 'beta', 'transA', 'transB'],
  read(context) {
    const product = scaleValue(context, multiply(context), context.float('alpha', 1));
    const bias = context.optional(2);
    if (bias === undefined) return product;
    const common = broadcastShape(product.shape, bias.shape);
    if (common === undefined || !sameShape(common, product.shape)) {
      throw context.mismatch(product.shape, bias.shape);
    }
    return addValues(context, product, scaleValue(context, bias, context.float('beta', 1)));
  },
};

function multiply(context: OperatorContext): Value {
  const [left, right] = [context.argument(0), context.argument(1)];
  if (left.shape.length !== 2 || right.shape.length !== 2) {
    throw context.mismatch(left.shape, right.shape);
  }
  return multiplyFactors(
    context,
    { value: left, transposed: context.integer('transA', 0) !== 0 },
    { value: right, transposed: context.integer('transB', 0) !== 0 },
  );
}
