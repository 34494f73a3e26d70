/** Which shapes are legal: positive whole extents, and no more cells than can be held. */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Place } from '../diagnostics/diagnostic.js';

/**
 * Most cells of one tensor. A layer over more inputs than this would need a weights file beyond a
 * gigabyte; a larger shape is a misprint, refused before anything of its size is allocated.
 */
export const MOST_CELLS = 2 ** 24;

/**
 * Checks the extents of a shape (`[]` is a scalar); `least` is the smallest legal one: a constant may
 * have no cells at all.
 *
 * @throws Diagnostic SHAPE_INVALID or SHAPE_TOO_LARGE at `place`.
 */
export function checkShape(shape: readonly number[], place: Place, least = 1): void {
  let cells = 1;
  for (const extent of shape) {
    if (!Number.isSafeInteger(extent) || extent < least) {
      throw diagnose('SHAPE_INVALID', place, { found: String(extent) });
    }
    cells *= extent;
  }
  if (cells > MOST_CELLS) {
    throw diagnose('SHAPE_TOO_LARGE', place, { shape, largest: MOST_CELLS });
  }
}
