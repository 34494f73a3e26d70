/** Add: a bias where one side is constant, a layer over two sources where both are layers or inputs. */
import { addValues } from '../arithmetic.js';
import type { Importer } from '../context.js';

export const ADD: Importer = {
  operator: 'Add',
  attributes: [],
  read: (context) => addValues(context, context.argument(0), context.argument(1)),
};
