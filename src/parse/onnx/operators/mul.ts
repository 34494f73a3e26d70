/** Mul: a scaling of each cell by a constant; a product of computed tensors is a stage. */
import { multiplyValues } from '../arithmetic.js';
import type { Importer } from '../context.js';

export const MUL: Importer = {
  operator: 'Mul',
  attributes: [],
  read: (context) => multiplyValues(context, context.argument(0), context.argument(1)),
};
