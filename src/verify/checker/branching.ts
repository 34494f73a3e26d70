/**
 * The proof for texts whose comparisons cannot be joined into one form: `scores` is run along every path of
 * them. A text that puts its inputs into an order is followed by that order (`prove-paths.ts`), one that
 * compares sums of bounded inputs by the regions that these cut them into (`prove-regions.ts`).
 */
import type { Budget } from './budget.js';
import type { Witness } from './components.js';
import type { Context } from './context.js';
import type { Num } from './num.js';
import { boundByPaths } from './prove-paths.js';
import { RUN_STEPS, boundByRegions, regionBudget } from './prove-regions.js';
import { Undecided } from './undecided.js';

/**
 * Steps of a proof region by region for a short text: less than half a second, since most of what comes
 * here has more regions than can be followed.
 */
const REGION_STEPS = 2 ** 28;

/** A text whose outputs can be evaluated again and again, and the network's. */
export interface Branching {
  readonly context: Context;
  /** Atoms of all inputs: the first of the context. */
  readonly cells: readonly number[];
  /** The text's outputs, its comparisons answered by the context's oracle. */
  readonly run: () => readonly Num[];
  /** Steps of the interpreter that one run takes at most, about, and that the last one took. */
  readonly mostSteps: number;
  readonly lastSteps: () => number;
  readonly expected: readonly Num[];
  readonly tolerance: number;
  /** Characters of the text. */
  readonly length: number;
}

export interface BranchingProof {
  /** A bound on |text − network|; Infinity where none was found. */
  readonly maxError: number;
  /** Paths or regions that were followed. */
  readonly followed: number;
  /** What are followed, in words; absent for paths. */
  readonly regions?: string;
  /** Where the two may part. */
  readonly witnesses: readonly Witness[];
  /** Why there is no bound, where more is known than that there is none. */
  readonly reason?: string;
}

/** `budget` is for paths; regions have their own, of which `tick` is asked to stop. */
export function proveBranching(text: Branching, budget: Budget, tick: () => void): BranchingProof {
  const { context, cells, run, expected, tolerance } = text;
  try {
    const { maxError, paths } = boundByPaths(context, cells.length, run, expected, tolerance, budget); // prettier-ignore
    if (maxError <= tolerance) return { maxError, followed: paths, witnesses: [] };
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
  }
  return proveRegions(text, tick);
}

const NOTHING: BranchingProof = { maxError: Infinity, followed: 0, witnesses: [] };

function proveRegions(text: Branching, tick: () => void): BranchingProof {
  const { context, cells, run, mostSteps, lastSteps, expected, tolerance, length } = text;
  const budget = regionBudget(REGION_STEPS, length, tick);
  if (!budget.affords(RUN_STEPS * mostSteps)) return NOTHING;
  const charged = () => {
    const values = run();
    budget.spend(RUN_STEPS * lastSteps());
    return values;
  };
  let regions = 0;
  const onRegion = () => regions++;
  try {
    const found = boundByRegions(context, cells, charged, expected, tolerance, budget, onRegion);
    if (found === undefined) return NOTHING;
    const { maxError, witnesses } = found;
    const proof = { maxError, followed: regions, regions: wordsOf(regions), witnesses };
    return witnesses.length === 0 ? proof : { ...proof, reason: 'a difference in a region of the inputs' }; // prettier-ignore
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    return regions === 0 ? NOTHING : { ...NOTHING, reason: `${wordsOf(regions)} followed, then ${error.message}` }; // prettier-ignore
  }
}

function wordsOf(regions: number): string {
  return `${regions} region${regions === 1 ? '' : 's'} of the inputs`;
}
