/** ZipMap: a dictionary of the classes for every row of scores. The scores; the classes are labels. */
import { ML_DOMAIN } from '../model.js';
import type { Importer } from '../context.js';

export const ZIP_MAP: Importer = {
  operator: 'ZipMap',
  domain: ML_DOMAIN,
  attributes: ['classlabels_int64s', 'classlabels_strings'],
  read: (context) => context.argument(0),
};
