/**
 * Other words for the same regions. One row cannot tell which is meant: whether a comb ends at the
 * border or happens to end there, whether two runs of positions stand together or move apart. The
 * other members of a family decide.
 */
import type { Access, Description, PlacedRegion } from './region.js';
import { accessRange, regionCost } from './region.js';

/** Lists of more runs than this stay lists. */
const MAX_RUNS = 3;

/** Descriptions of the same cells in other words; costs in a row that holds the weights `weights`. */
export function variantsOf(description: Description, weights: readonly number[]): Description[] {
  const variants: Description[] = [];
  for (const reword of [closeSteps, splitLists]) {
    const words = description.regions.map(reword);
    if (words.every((word) => word === undefined)) continue;
    const regions = description.regions.flatMap((region, k) => words[k] ?? [region]);
    const cost = regions.reduce((sum, region) => sum + regionCost(region, weights), 0);
    variants.push({ regions, cost });
  }
  return variants;
}

/** The region with steps that end where they end, not at the border. */
function closeSteps(region: PlacedRegion): PlacedRegion[] | undefined {
  if (!region.accesses.some(isOpenComb)) return undefined;
  const accesses = region.accesses.map((access): Access => {
    if (!isOpenComb(access)) return access;
    const { from, to, step } = access;
    return { kind: 'range', from, to: from + step * Math.floor((to - 1 - from) / step) + 1, step };
  });
  return [{ ...region, accesses }];
}

function isOpenComb(access: Access): access is Extract<Access, { readonly kind: 'range' }> {
  return access.kind === 'range' && access.open === 'to' && access.follow === undefined;
}

/** The region with its one list told run by run. */
function splitLists(region: PlacedRegion): PlacedRegion[] | undefined {
  const lists = region.accesses.filter(({ kind }) => kind === 'list');
  if (lists.length !== 1) return undefined;
  const axis = region.accesses.findIndex(({ kind }) => kind === 'list');
  const access = region.accesses[axis];
  if (access.kind !== 'list') return undefined;
  const runs = runsOf(access.indices);
  if (runs.length > MAX_RUNS) return undefined;
  return runs.map((run) => ({
    ...region,
    accesses: region.accesses.map((own, other) =>
      other === axis ? accessRange(run[0], run[run.length - 1], 1, Infinity) : own,
    ),
  }));
}

function runsOf(indices: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const index of indices) {
    const run = runs.at(-1);
    if (run !== undefined && run[run.length - 1] === index - 1) run.push(index);
    else runs.push([index]);
  }
  return runs;
}
