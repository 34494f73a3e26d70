/**
 * The loops over the index points of a value: full boxes, and where it has holes, bounds and conditions
 * that keep to its members, so that what is not computed stays 0.
 */
import type { Value } from '../values.js';
import type { IndexLowering } from './indices.js';
import type { RegionPlan, RegionSource } from './regions.js';
import { planRegion } from './regions.js';

/** The loops (outermost first) over a value's members, and the conditions for their body. */
export function memberLoops(
  value: Value,
  source: RegionSource,
  lowering: IndexLowering,
): RegionPlan {
  const everything = value.axes.map(() => ({ kind: 'all' }) as const);
  return planRegion(everything, undefined, { ...source, holesAreZero: false }, [], lowering);
}
