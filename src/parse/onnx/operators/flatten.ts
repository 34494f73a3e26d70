/** Flatten: the axes before `axis` (default 1) become one, and those from it on become one. */
import { sizeOf } from '../../../ir/model-interface.js';
import type { Importer } from '../context.js';
import { normalAxis } from '../shapes.js';
import { withShape } from '../views.js';

export const FLATTEN: Importer = {
  operator: 'Flatten',
  attributes: ['axis'],
  read(context) {
    const value = context.argument(0);
    const given = context.integer('axis', 1);
    const rank = value.shape.length;
    const axis = given === rank ? rank : normalAxis(given, rank);
    if (axis === undefined) throw context.unsupportedAttribute('axis', String(given));
    const behind = sizeOf(value.shape.slice(axis));
    // -1 stands for the axes before, the batch among them; with axis 0 there are none.
    return withShape(context, value, [axis === 0 ? 1 : -1, behind]);
  },
};
