/** Reshape: the same cells under another shape. A symbolic batch must stay an axis of its own. */
import type { Importer } from '../context.js';
import { withShape } from '../views.js';

export const RESHAPE: Importer = {
  operator: 'Reshape',
  attributes: ['allowzero'],
  read(context) {
    const { data, batchCells = [] } = context.constant(1, 'its shape');
    const wanted = Array.from(data);
    if (context.integer('allowzero', 0) !== 0 && wanted.includes(0)) {
      throw context.unsupportedAttribute('allowzero', '1');
    }
    return withShape(context, context.argument(0), wanted, batchCells.includes(0));
  },
};
