/** Identity: the value under another name. */
import type { Importer } from '../context.js';

export const IDENTITY: Importer = {
  operator: 'Identity',
  attributes: [],
  read: (context) => context.argument(0),
};
