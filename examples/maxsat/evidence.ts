/**
 * What one clause says about the current variable, and how much it should count: fitted on sampled
 * formulas for which exhaustive search knows the better assignment.
 *
 * A clause with the positive literal speaks for true, one with the negative literal for false; louder
 * when no other variable can satisfy it any more.
 */
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import { fitLogistic } from '../common/logistic-regression.js';
import type { Example } from '../common/logistic-regression.js';
import { assignFirst, bestByExhaustion, drawFormula, gridOf } from './formula.js';

export interface DecisionWeights {
  /** Log-odds of true for each clause where the variable is the last hope. */
  readonly alone: number;
  /** Log-odds of true for each clause that other variables could still satisfy. */
  readonly among: number;
}

export interface SamplingOptions {
  readonly variables: number;
  readonly clauses: number;
  /** Formulas drawn. */
  readonly formulas: number;
  readonly seed: number;
}

/** How unsure the labels of the fit may stay; the data are not separable, so it hardly matters. */
const LABEL_DOUBT = 1e-6;

/**
 * How unsure a single clause without other literals may leave the network: as in the published one,
 * whose two outputs then differ by 20.
 */
const LONE_CLAUSE_DOUBT = 2e-9;

/**
 * Logistic regression of the better assignment on the two sums Σ(positive − negative) over clauses
 * without and with other literals; then both weights scaled together, so that one clause without
 * others decides as surely as `LONE_CLAUSE_DOUBT` says. Formulas in which both assignments are equally
 * good teach nothing and are left out.
 */
export function fitDecisionWeights(options: SamplingOptions): DecisionWeights {
  const random = createRandom(options.seed);
  const examples: Example[] = [];
  for (let drawn = 0; drawn < options.formulas; drawn++) {
    const example = drawExample(options, random);
    if (example !== undefined) examples.push(example);
  }
  const [alone, among] = fitLogistic(examples, LABEL_DOUBT);
  const scale = Math.log((1 - LONE_CLAUSE_DOUBT) / LONE_CLAUSE_DOUBT) / alone;
  return { alone: scale * alone, among: scale * among };
}

/** A formula with some variables assigned at random; `undefined` when its answer is a draw. */
function drawExample({ variables, clauses }: SamplingOptions, random: Random): Example | undefined {
  const grid = gridOf(drawFormula(variables, clauses, random));
  const assigned = random.below(variables);
  for (let k = 0; k < assigned; k++) assignFirst(grid, clauses, random.unit() < 0.5);
  const outcome = (value: boolean): number => {
    const rest = grid.slice();
    return (
      assignFirst(rest, clauses, value) + bestByExhaustion(rest, clauses, variables - assigned - 1)
    );
  };
  const difference = outcome(true) - outcome(false);
  if (difference === 0) return undefined;
  return { features: evidenceOf(grid, clauses), answer: difference > 0 };
}

/** [Σ over clauses without other literals, Σ over clauses with some] of positive − negative. */
function evidenceOf(grid: Float64Array, clauses: number): [alone: number, among: number] {
  let alone = 0;
  let among = 0;
  for (let column = 0; column < clauses; column++) {
    let others = 0;
    for (let cell = 2 * clauses + column; cell < grid.length; cell += clauses) others += grid[cell];
    const vote = grid[column] - grid[clauses + column];
    if (others === 0) alone += vote;
    else among += vote;
  }
  return [alone, among];
}
