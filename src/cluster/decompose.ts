/**
 * Tells the weights of one row over one source as a sum of regions with zero residual: matching
 * pursuit over the registered patterns, started once with each pattern. Several descriptions come
 * back, since only the other members of a family show which one is meant.
 */
import type { Match } from './patterns/match.js';
import { better } from './patterns/match.js';
import type { Pattern } from './patterns/match.js';
import { FORMULAS, PATTERNS, PLAIN_PATTERNS, UNORDERED_PATTERNS } from './patterns/registry.js';
import { single } from './patterns/single.js';
import type { Description, PlacedRegion } from './region.js';
import { CELL_COST, regionCost } from './region.js';
import type { Residual } from './residual.js';
import { variantsOf } from './variants.js';

/** Descriptions that cost more than this beyond the cheapest are not worth keeping. */
const ALTERNATIVE_SLACK = 8;
const MAX_ALTERNATIVES = 5;
const MAX_REGIONS = 64;
/** A description of more regions than this must be much shorter than a list of the cells. */
const FEW_REGIONS = 8;
const MAX_LENGTH = 0.25;
/** Rows of up to this many cells are also told cell by cell. */
const MAX_PLAIN_CELLS = 8;
/** Among holes a line that holds one cell is still shorter than that cell. */
const LEAST_GAIN = -2;

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
  const found = new Map<string, Description>();
  const keep = (description: Description | undefined): void => {
    if (description === undefined) return;
    for (const own of [description, ...variantsOf(description, residual.weights)]) {
      found.set(JSON.stringify(own.regions), own);
    }
  };
  const starts = distinctStarts(residual);
  // Few cells may also be meant as cells: x[i] + x[i + 7] is no window.
  const plain =
    starts.length === 0 || positions.length <= MAX_PLAIN_CELLS ? listAll(residual) : undefined;
  keep(plain);
  starts.forEach((start, index) => {
    if (index > 0) residual.load(positions, weights, tolerance);
    keep(pursue(residual, start));
  });
  if (found.size === 0 && starts.length > 0) {
    residual.load(positions, weights, tolerance);
    keep(listAll(residual));
  }
  const sorted = [...found.values()].sort((a, b) => a.cost - b.cost);
  const close = sorted.filter(({ cost }) => cost <= sorted[0].cost + ALTERNATIVE_SLACK);
  const kept = close.slice(0, MAX_ALTERNATIVES);
  // A formula counts from a fixed cell; the weights of a window that moves are told cell by cell.
  const hasFormula = kept.some(({ regions }) =>
    regions.some(({ factors }) => factors !== undefined),
  );
  return plain !== undefined && hasFormula && !kept.includes(plain) ? [...kept, plain] : kept;
}

/** The best match of each pattern, without repeats; none where even the best is an accident. */
function distinctStarts(residual: Residual): Match[] {
  const starts = new Map<string, Match>();
  for (const pattern of patternsFor(residual)) {
    if (isTooSmall(pattern, residual)) continue;
    const match = pattern.detect(residual);
    if (
      match === undefined ||
      match.gain <= (residual.holes.length > 0 ? LEAST_GAIN : 0) ||
      isAccident(residual, match)
    )
      continue;
    const key = JSON.stringify(match.regions);
    if (!starts.has(key)) starts.set(key, match);
  }
  return [...starts.values()];
}

/** With too many different weights only formulas can help; without an order there are no places. */
function patternsFor(residual: Residual): readonly Pattern[] {
  if (!residual.isOrdered) return UNORDERED_PATTERNS;
  if (!residual.isClassified) return FORMULAS;
  return mayFollowFormula(residual) ? PATTERNS : PLAIN_PATTERNS;
}

/** Powers need three different weights, or two that differ in their sign; lines need four. */
function mayFollowFormula({ classes, tolerance }: Residual): boolean {
  if (tolerance > 0 || classes.length > 2) return true;
  return classes.length === 2 && classes[0] === -classes[1];
}

function isAccident(residual: Residual, match: Match): boolean {
  // Where the source has holes, a line may be all holes but one cell.
  if (match.cleared < 2 && residual.holes.length === 0) return true;
  return match.cleared < residual.leastCleared;
}

/** Whether a pattern can only match by accident. */
function isTooSmall({ limit }: Pattern, residual: Residual): boolean {
  return limit !== undefined && limit(residual) < residual.leastCleared;
}

/** Every cell for itself. */
function listAll(residual: Residual): Description | undefined {
  const match = residual.isClassified ? single.detect(residual) : undefined;
  return match === undefined ? undefined : describe(residual, match.regions);
}

function describe(residual: Residual, regions: readonly PlacedRegion[]): Description {
  const cost = regions.reduce((sum, region) => sum + regionCost(region, residual.weights), 0);
  return { regions, cost };
}

/** Greedy from `start` to the end; `undefined` if what comes out is no shorter than a table. */
function pursue(residual: Residual, start: Match): Description | undefined {
  const listed = CELL_COST * residual.count;
  const regions: PlacedRegion[] = [];
  let match: Match | undefined = start;
  while (match !== undefined) {
    for (const region of match.regions) {
      residual.subtract(region);
      regions.push(region);
    }
    if (regions.length > MAX_REGIONS) return undefined;
    match = bestMatch(residual);
  }
  if (residual.count > 0) {
    if (!residual.isClassified) return undefined;
    const cells = single.detect(residual);
    if (cells === undefined) return undefined;
    regions.push(...cells.regions);
  }
  const description = describe(residual, regions);
  const isShort = regions.length <= FEW_REGIONS || description.cost <= MAX_LENGTH * listed;
  return isShort ? description : undefined;
}

function bestMatch(residual: Residual): Match | undefined {
  const hasHoles = residual.holes.length > 0;
  if (residual.count < (hasHoles ? 1 : 2)) return undefined;
  let best: Match | undefined;
  const consider = ({ limit, detect }: Pattern): void => {
    const most = CELL_COST * (limit?.(residual) ?? Infinity);
    if (best === undefined || most > best.gain) best = better(best, detect(residual));
  };
  const patterns = patternsFor(residual);
  for (const pattern of patterns) if (!isTooSmall(pattern, residual)) consider(pattern);
  // What can only be an accident is asked last: where there is nothing else it decides nothing.
  if (best === undefined || isAccident(residual, best)) return undefined;
  for (const pattern of patterns) if (isTooSmall(pattern, residual)) consider(pattern);
  if (best.gain <= (hasHoles ? LEAST_GAIN : best.regions.length)) return undefined;
  return isAccident(residual, best) ? undefined : best;
}
