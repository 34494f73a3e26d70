/** PRelu: as LeakyRelu, with slopes that are a tensor of their own, broadcast to the first one. */
import { compare, conditional, multiply, num } from '../../../ir/program-builders.js';
import { computeEach } from '../compute.js';
import type { Importer } from '../context.js';
import { broadcastShape, sameShape } from '../shapes.js';

export const P_RELU: Importer = {
  operator: 'PRelu',
  attributes: [],
  read(context) {
    const [value, slope] = [context.argument(0), context.argument(1)];
    const common = broadcastShape(value.shape, slope.shape);
    if (common === undefined || !sameShape(common, value.shape)) {
      throw context.mismatch(value.shape, slope.shape);
    }
    return computeEach(context, [value, slope], (cell, factor) =>
      conditional(compare('<', cell, num(0)), multiply(factor, cell), cell),
    );
  },
};
