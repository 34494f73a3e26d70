/**
 * Tells the weights of one row over one source as a sum of regions with zero residual: matching
 * pursuit over the registered patterns, started once with each pattern. Several descriptions come
 * back, since only the other members of a family show which one is meant.
 */
import type { Match } from './patterns/match.js';
import { better } from './patterns/match.js';
import { PATTERNS } from './patterns/registry.js';
import { MAX_LISTED_CELLS, single } from './patterns/single.js';
import type { Description, PlacedRegion } from './region.js';
import { regionCost } from './region.js';
import type { Residual } from './residual.js';

/** Descriptions that cost more than this beyond the cheapest are not worth keeping. */
const ALTERNATIVE_SLACK = 8;
const MAX_ALTERNATIVES = 5;
const MAX_REGIONS = 64;
/** With many cells left, a region that clears less than this share of them is an accident. */
const MIN_SHARE = 1 / 12;

/**
 * Descriptions of the row given by `positions` (in the residual's source) and `weights`, cheapest
 * first; none if no pattern explains the row.
 */
export function decompose(
  residual: Residual,
  positions: Int32Array,
  weights: Float64Array,
  tolerance: number,
): Description[] {
  residual.load(positions, weights, tolerance);
  if (!residual.isClassified) return [];
  const starts: (Match | undefined)[] = [undefined];
  for (const pattern of PATTERNS) starts.push(pattern.detect(residual));
  const found = new Map<string, Description>();
  starts.forEach((start, index) => {
    if (index > 0 && start === undefined) return;
    if (index > 0) residual.load(positions, weights, tolerance);
    const description = pursue(residual, start);
    if (description !== undefined) found.set(JSON.stringify(description.regions), description);
  });
  const sorted = [...found.values()].sort((a, b) => a.cost - b.cost);
  return sorted
    .filter((description) => description.cost <= sorted[0].cost + ALTERNATIVE_SLACK)
    .slice(0, MAX_ALTERNATIVES);
}

/** Greedy from `start` (or from nothing) to the end. */
function pursue(residual: Residual, start: Match | undefined): Description | undefined {
  const regions: PlacedRegion[] = [];
  let match = start ?? bestMatch(residual);
  while (match !== undefined) {
    for (const region of match.regions) {
      residual.subtract(region);
      regions.push(region);
    }
    if (!residual.isClassified || regions.length > MAX_REGIONS) return undefined;
    match = bestMatch(residual);
  }
  if (residual.count > 0) {
    const cells = single.detect(residual);
    if (cells === undefined) return undefined;
    regions.push(...cells.regions);
  }
  const cost = regions.reduce((sum, region) => sum + regionCost(region, residual.weights), 0);
  return { regions, cost };
}

function bestMatch(residual: Residual): Match | undefined {
  if (residual.count < 2) return undefined;
  let best: Match | undefined;
  for (const pattern of PATTERNS) best = better(best, pattern.detect(residual));
  if (best === undefined || best.gain <= best.regions.length) return undefined;
  if (residual.count > MAX_LISTED_CELLS && best.cleared < residual.count * MIN_SHARE) {
    return undefined;
  }
  return best;
}
