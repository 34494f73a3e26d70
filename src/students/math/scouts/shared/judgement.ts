/**
 * How scouts compare formulas of different sizes: by description length, Σ over rows of the logarithm
 * of the loss plus what the formula costs. Losses at rounding level are equal.
 */
import type { Engine } from '../../engine/engine.js';
import type { Candidate } from '../../problem.js';

/** Mean losses below this share of the target's mean square are rounding. */
const ROUNDING = 1e-27;
/** What a node costs, in units of half the logarithm of the number of rows. */
const NODE_COST = 1;
/** How far a loss may rise for a constant less: log n + this, in twice the log likelihood. */
const SLACK = 3;

export interface Judgement {
  /** Losses up to here are rounding. */
  readonly floor: number;
  /** Smaller is better. */
  readonly scoreOf: (candidate: Pick<Candidate, 'loss' | 'complexity'>) => number;
  /** Whether a formula with a constant less may stand in for another. */
  readonly isAsGood: (simpler: number, loss: number) => boolean;
}

export function createJudgement(engine: Engine): Judgement {
  const { target } = engine.problem.data;
  const { kind } = engine.problem.settings.loss;
  const isRelative = kind === 'relative' || kind === 'log' || kind === 'direction';
  let square = 0;
  for (let i = 0; i < target.length; i++) square += engine.shares[i] * target[i] ** 2;
  const size = square > 0 && !isRelative ? square : 1;
  // Losses that grow linearly are compared as the square root of others.
  const power = engine.loss.residual === undefined && kind !== 'huber' ? 0.5 : 1;
  const floor = (ROUNDING * size) ** power;
  const rows = engine.rows;
  const penalty = (NODE_COST * Math.log(Math.max(rows, 3))) / 2;
  const fit = (loss: number): number => (rows / 2 / power) * Math.log(Math.max(loss, floor));
  return {
    floor,
    scoreOf: ({ loss, complexity }) => fit(loss) + penalty * complexity,
    isAsGood: (simpler, loss) =>
      simpler <= floor || 2 * (fit(simpler) - fit(loss)) <= Math.log(rows) + SLACK,
  };
}
