/**
 * The exact tree of a small ReLU network over a box: unit by unit it asks on which side of 0 the sum is,
 * and where a region has both sides the tree asks the input. At the end of each path the network is one
 * affine function (Montúfar et al. 2014 count such regions); decisions compare scores by further splits.
 *
 *   y = relu(x − 3)   →   x > 3 ?  yes: y = x − 3   no: y = 0
 *
 * It is right by construction: sides that are left out are refuted by linear programs whose bounds do not
 * rest on their tableaux (up to a tolerance that the answer reports), and every region is checked against
 * the forward pass at a point inside. A tie of scores on a border where their order changes is told as the
 * network does. Not every tie is: where scores only touch on the border of a region, the border may be
 * given to either class, and a sign is 0 only where it is that in a whole region, else negative on the line.
 */
import type { Box } from '../../../numeric/linear-program.js';
import type { Tree } from '../tree.js';
import { RegionTreeBuilder } from './regions-builder.js';
import type { ReluLayers } from './regions-network.js';

export interface RegionBudget {
  readonly maxRegions: number;
  /** Numbers that linear programs compute to find the regions; as many again to merge them. */
  readonly maxWork: number;
}

export interface RegionTree {
  /**
   * The whole tree: conditions `above` and `linear` (a `linear` one of a single term says x < t);
   * affine leaves, or classes for a decision: the index that wins, of `threshold` 0 or 1, of `sign` the
   * sign + 1. Leaves have no support. Absent where the budget did not suffice.
   */
  readonly tree?: Tree;
  readonly isComplete: boolean;
  /** Linear regions of the network that were reached, before anything was merged or decided. */
  readonly regions: number;
  /** Leaves of the tree; 0 without one. */
  readonly leaves: number;
  /** Linear programs that were solved. */
  readonly programs: number;
  /**
   * Parts of the box that were left out: there a sum is on the other side of 0 than the tree has it, by at
   * most `largestDropped` of the magnitude of its parts. 0 where nothing was.
   */
  readonly dropped: number;
  readonly largestDropped: number;
}

/** The work of some seconds. */
export const DEFAULT_REGION_BUDGET: RegionBudget = { maxRegions: 20_000, maxWork: 2e9 };

/**
 * The tree of a network's linear regions, or of its decisions.
 *
 * @param box one interval for each input, finite.
 * @throws Error where the tree and the forward pass differ at a point inside a region: a mistake here.
 */
export function buildRegionTree(
  network: ReluLayers,
  box: Box,
  budget: RegionBudget = DEFAULT_REGION_BUDGET,
): RegionTree {
  return new RegionTreeBuilder(network, box, budget).build();
}
