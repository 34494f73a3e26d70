/** Sub: as Add, with the second argument negated. */
import { addValues } from '../arithmetic.js';
import type { Importer } from '../context.js';

export const SUB: Importer = {
  operator: 'Sub',
  attributes: [],
  read: (context) => addValues(context, context.argument(0), context.argument(1), -1),
};
