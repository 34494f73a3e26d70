/**
 * Softmax over the only axis that has more than one cell: the softmax of a layer runs over all its
 * neurons. Up to operator set 12, `axis` (default 1) splits the shape in two and the softmax runs over
 * everything behind; from 13 on it names one axis (default the last).
 */
import { sizeOf } from '../../../ir/model-interface.js';
import type { Importer } from '../context.js';
import { normalAxis } from '../shapes.js';

export const SOFTMAX: Importer = {
  operator: 'Softmax',
  attributes: ['axis'],
  read(context) {
    const tensor = context.tensor(0);
    const named = context.opset >= 13;
    const given = context.integer('axis', named ? -1 : 1);
    const { shape } = tensor;
    // Before 13, the axis may also be the rank: then every cell is alone.
    const axis = !named && given === shape.length ? given : normalAxis(given, shape.length);
    if (axis === undefined) throw context.unsupportedAttribute('axis', String(given));
    if (tensor.batch && axis === 0) throw context.unsupported('over the batch');
    const others = shape.filter((_, other) => (named ? other !== axis : other < axis));
    if (sizeOf(others) !== 1) {
      throw context.unsupported(`over axis ${axis} of the shape ${shape.join('x')}`);
    }
    return context.layers.activate(tensor, { kind: 'softmax' }, context.name);
  },
};
