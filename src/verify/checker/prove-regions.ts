/**
 * The proof for texts that branch on sums of bounded real inputs, such as the regions of a ReLU network:
 * every way through the text's comparisons and the network's rectified sums is followed (`region-walk.ts`).
 * On each both sides are linear functions, and linear programs bound how far they are apart.
 *
 *   text      x + y > 1 ? 2·x : x − y + 1
 *   network   r(x + y − 1) + x − y + 1          x + y ≥ 1:  |2·x − 2·x|      x + y ≤ 1:  |x − y + 1 − (x − y + 1)|
 *
 * A text that jumps at a border is looked at on both sides of it, so that no strip is too thin to be seen.
 */
import { Budget } from './budget.js';
import type { Witness } from './components.js';
import { coneOf } from './cones.js';
import type { Context } from './context.js';
import { magnitude } from './forms.js';
import type { Linear } from './linear-functions.js';
import { valueAt } from './linear-functions.js';
import { isBent } from './linear-pieces.js';
import type { Num } from './num.js';
import type { Polyhedron } from './polyhedron.js';
import { RegionWalk } from './region-walk.js';

/** Most inputs: more have more regions than can be followed, where they are asked for at all. */
const MOST_CELLS = 64;

/** Share of the tolerance up to which a rectified sum may straddle 0: above what linear programs leave open. */
const NEGLIGIBLE_SHARE = 2 ** -12;

/** Share of the tolerance up to which no linear program is asked how small a difference really is. */
const SMALL_SHARE = 2 ** -24;

/** How far a witness is moved from a corner to the middle of its region: on borders a text may answer either way. */
const INWARDS = [2 ** -20, 2 ** -7, 0.5];

/**
 * Steps that each character of a text adds, which may spell its regions out: of the regions of a network of
 * two or four inputs this is some twenty times what they take. All together at most about a minute.
 */
const CHARACTER_STEPS = 2 ** 15;
const MOST_STEPS = 2 ** 35;

/** Steps of the budget for one of the interpreter. */
export const RUN_STEPS = 2 ** 11;

export interface RegionBound {
  /** A bound on |text − network| over all outputs and inputs; Infinity where some region has none. */
  readonly maxError: number;
  /** Where it may be larger. */
  readonly witnesses: readonly Witness[];
}

/**
 * Bounds |text − network| over all outputs: `run` evaluates the text's, `expected` are the network's.
 * `undefined` where there is nothing to follow: inputs without bounds, other functions than rectified sums
 * and maxima, or a text that compares nothing. `onRegion` is called for each that was followed.
 *
 * @throws Undecided where the budget is spent.
 */
export function boundByRegions(
  context: Context,
  cells: readonly number[],
  run: () => readonly Num[],
  expected: readonly Num[],
  tolerance: number,
  budget: Budget,
  onRegion: () => void,
): RegionBound | undefined {
  if (!haveRegions(context, cells, expected)) return undefined;
  let [maxError, comparisons] = [0, 0];
  let witnesses: readonly Witness[] = [];
  followRegions(context, cells, tolerance, budget, run, (walk, actual, asked) => {
    comparisons += asked;
    if (comparisons === 0) return false;
    // All of them before any is bounded: what one asks makes the region of the others smaller.
    const differences = actual.map((value, k) => differenceOf(context, walk, value, expected[k]));
    onRegion();
    const open = differences.find((difference) => {
      const size = sizeOf(walk.inputs, difference, tolerance);
      maxError = Math.max(maxError, size <= tolerance ? size : Infinity);
      return !(size <= tolerance);
    });
    if (open !== undefined) witnesses = witnessesOf(walk.inputs, open, cells);
    return open === undefined;
  });
  return comparisons === 0 ? undefined : { maxError, witnesses };
}

/** What a proof about a text of so many characters may cost, at least so many steps. */
export function regionBudget(least: number, characters: number, tick: () => void): Budget {
  return new Budget(Math.min(MOST_STEPS, least + CHARACTER_STEPS * characters), tick);
}

/** Whether all inputs have bounds, few enough, and the values are made of rectified sums and maxima. */
export function haveRegions(
  context: Context,
  cells: readonly number[],
  values: readonly Num[],
): boolean {
  const isBounded = cells.every((cell) => Number.isFinite(magnitude(context.atoms[cell])));
  if (cells.length > MOST_CELLS || !isBounded) return false;
  const atoms = values.flatMap((value) => [...context.flatten(value).atoms]);
  return coneOf(context, atoms).inner.every((atom) => isBent(context.atoms[atom]));
}

/**
 * Runs the text for every way through its comparisons. `look` is told what it answered and how many they
 * were, may ask more of the walk, and ends it by handing back false. @throws Undecided.
 */
export function followRegions<Answer>(
  context: Context,
  cells: readonly number[],
  tolerance: number,
  budget: Budget,
  run: () => Answer,
  look: (walk: RegionWalk, answer: Answer, comparisons: number) => boolean,
): void {
  const walk = new RegionWalk(context, cells, NEGLIGIBLE_SHARE * tolerance, budget);
  walk.follow(() => {
    let comparisons = 0;
    context.oracle = {
      exceeds: (form, band, strict, doubt) => {
        comparisons++;
        return walk.exceeds(form, band, strict, doubt);
      },
      firstLargest: () => undefined,
    };
    let answer: Answer;
    try {
      answer = run();
    } finally {
      context.oracle = undefined;
    }
    return look(walk, answer, comparisons);
  });
}

/** The difference of an output, linear where the walk has come to; its slop with the errors of both. */
function differenceOf(context: Context, walk: RegionWalk, actual: Num, expected: Num): Linear {
  const [left, right] = [context.flatten(actual), context.flatten(expected)];
  context.accumulator.addForm(left, 1);
  context.accumulator.addForm(right, -1);
  const linear = walk.linear(context.accumulator.finish());
  return { ...linear, slop: linear.slop + actual.err + expected.err };
}

/** A bound on |linear| over some inputs. */
function sizeOf(inputs: Polyhedron, { terms, slop }: Linear, tolerance: number): number {
  const opposite = terms.map((term) => -term);
  const ofBox = Math.max(inputs.mostOfBox(terms), inputs.mostOfBox(opposite)) + slop;
  if (ofBox <= SMALL_SHARE * tolerance) return ofBox;
  return Math.max(inputs.most(terms), inputs.most(opposite)) + slop;
}

/** Inputs at which a difference is large: the point known for it, moved a little to the middle. */
function witnessesOf(
  inputs: Polyhedron,
  { terms }: Linear,
  cells: readonly number[],
): readonly Witness[] {
  const sizes = inputs.points.map((point) => Math.abs(valueAt(terms, point)));
  const furthest = inputs.points.at(sizes.indexOf(Math.max(...sizes)));
  if (furthest === undefined) return [];
  const middle = inputs.middle();
  return INWARDS.map(
    (share) =>
      new Map(cells.map((cell, k) => [cell, furthest[k] + share * (middle[k] - furthest[k])])),
  );
}
