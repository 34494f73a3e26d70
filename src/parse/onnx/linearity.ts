/**
 * Where a linear map is a layer, and where it is a stage. Layers fold into their neighbours, and
 * clustering looks for structure in them; but a map that stands between stages, or that copies thousands
 * of cells of an image, is clearer as the loops that it was defined by.
 */
import type { LayerBuilder } from './builder.js';
import type { TensorValue, Value } from './values.js';

/** Maps of inputs and layers with at most so many weights are layers. */
const SMALL_MAP = 2 ** 12;

/** Maps that continue a map, and maps of few different weights, are layers up to this size. */
export const LARGE_MAP = 2 ** 18;

/** More different sizes of weights than this are no structure. */
const MOST_SIZES = 4;

/** Whether a map of the values with so many weights is to be a layer. Constants do not matter. */
export function staysLinear(
  layers: LayerBuilder,
  values: readonly Value[],
  weights: number,
): boolean {
  return values.every((value) => {
    if (value.kind === 'constant') return true;
    const { form } = value;
    if (form.kind === 'copy') return false;
    if (form.kind === 'linear') return weights <= LARGE_MAP;
    return weights <= SMALL_MAP && !layers.isStage(form.ref);
  });
}

/** Whether a tensor is what a stage computes, or copies. */
export function isStaged(layers: LayerBuilder, { form }: TensorValue): boolean {
  return form.kind === 'copy' || (form.kind === 'stored' && layers.isStage(form.ref));
}

/** Whether weights look as if they had been meant: few different sizes, zeros left out. */
export function isSymbolic(weights: Float64Array): boolean {
  const sizes = new Set<number>();
  for (const weight of weights) {
    if (weight !== 0) sizes.add(Math.abs(weight));
    if (sizes.size > MOST_SIZES) return false;
  }
  return true;
}
