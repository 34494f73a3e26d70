/**
 * What a genome pays for what is known beforehand. One that breaks a rule may live on an island, since the
 * way to a right formula leads through wrong ones, but only as what is worse than the best constant, the
 * worse the more it breaks; it never leaves the island. Where wrong dimensions cost instead of being refused,
 * each makes the loss look larger.
 */
import type { Engine } from '../engine/engine.js';
import { countBroken, countPenalties, hasRules } from '../knowledge/rules.js';
import type { Settings } from '../problem.js';
import { formulaOf } from './genome.js';
import type { Genome } from './genome.js';

export interface Burden {
  /** Whether the genome may leave the island, as far as the rules go. */
  readonly isRight: (genome: Genome) => boolean;
  /** The loss as members are compared by it; the loss itself where there are no rules. */
  readonly weigh: (genome: Genome, loss: number) => number;
}

const NONE: Burden = { isRight: () => true, weigh: (_, loss) => loss };
/** What a wrong dimension that is not refused makes of the loss. */
const PENALTY_FACTOR = 2;

/** @param settings those of the island. */
export function createBurden(engine: Engine, settings: Settings): Burden {
  if (!hasRules(settings)) return NONE;
  const worst = lossOfMiddle(engine);
  return {
    isRight: (genome) => countBroken(formulaOf(genome), settings) === 0,
    weigh(genome, loss) {
      const formula = formulaOf(genome);
      const broken = countBroken(formula, settings);
      if (broken > 0) return loss + broken * worst;
      return loss * PENALTY_FACTOR ** countPenalties(formula, settings);
    },
  };
}

/** The loss of the median as the answer everywhere; that of 1 where the loss has no value there. */
function lossOfMiddle(engine: Engine): number {
  const { target } = engine.problem.data;
  const middle = target.toSorted()[target.length >> 1];
  const loss = engine.lossOf(new Float64Array(target.length).fill(middle));
  return Number.isFinite(loss) && loss > 0 ? loss : 1;
}
